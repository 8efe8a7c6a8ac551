// Layers that the reader hides: by keyboard, in the link, and never without a word.
import { drawnIn, expect, open, settled, test } from "./service";

const SIZES = [
  { name: "a desk", width: 1280, height: 800 },
  { name: "a phone", width: 390, height: 844 },
];
const UNSAID = "Where the map shows no report, there may be one.";

for (const { name, width, height } of SIZES) {
  test(`on ${name}: a hidden layer is said in words, and back and forward bring it back`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    const legend = page.locator(".legend");
    const reports = legend.getByRole("checkbox", { name: "Reported areas" });
    const unfold = legend.getByRole("button", { name: "Layers" });
    if (!(await unfold.isVisible())) await legend.locator("summary").click();
    await unfold.press("Enter");
    await expect(reports).toBeChecked();
    const note = page.locator(".hidden-note");
    await expect(note).toBeEmpty();
    const drawn = await drawnIn(page, "area-marks");
    expect(drawn).not.toEqual([]);

    await reports.focus();
    await page.keyboard.press("Space");
    await settled(page);
    await expect.poll(() => drawnIn(page, "area-marks")).toEqual([]);
    await expect.poll(() => drawnIn(page, "area-fill")).toEqual([]);
    await expect.poll(() => drawnIn(page, "enclaves")).toContain("Sokh");
    await expect(page).toHaveURL(/#(.*&)?hide=reports(&|$)/);
    await expect(note).toContainText("Reported areas");
    await expect(note).toContainText(UNSAID);
    await expect(legend).not.toContainText("Reported mined");

    await page.goBack();
    await settled(page);
    await expect(reports).toBeChecked();
    await expect(note).toBeEmpty();
    await expect.poll(() => drawnIn(page, "area-marks")).toEqual(drawn);
    await page.goForward();
    await settled(page);
    await expect.poll(() => drawnIn(page, "area-marks")).toEqual([]);

    await note.getByRole("button", { name: "Show all layers" }).click();
    await settled(page);
    await expect.poll(() => drawnIn(page, "area-marks")).toEqual(drawn);
    await expect(note).toBeEmpty();
  });
}

test("a link hides layers, on paper and under a click with the words for it", async ({ page }) => {
  await open(page, "#map=9/40.0/71.1&hide=reports,relief");
  await expect.poll(() => drawnIn(page, "area-marks")).toEqual([]);
  const layers = await page.evaluate(() =>
    ["relief", "area-line", "borders", "enclaves"].filter((id) => {
      const layer = window.demarcMap?.getLayer(id);
      return layer && !layer.isHidden(9);
    }),
  );
  expect(layers).toEqual(["enclaves"]);
  await expect(page.locator(".hidden-note")).toContainText("Reported areas, Relief");
  const map = await page.locator(".maplibregl-canvas").boundingBox();
  await page.mouse.click((map?.x ?? 0) + 500, (map?.y ?? 0) + 60);
  await page.locator(".chooser, .feature").waitFor();
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await expect(page.locator(".paper")).toContainText(UNSAID);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
});
