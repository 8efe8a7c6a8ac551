// Layers that the reader hides: by keyboard, in the link, and never without a word.
import { drawnIn, expect, open, settled, test } from "./service";

const SIZES = [
  { name: "a desk", width: 1280, height: 800 },
  { name: "a phone", width: 390, height: 844 },
];
/** Layers of reports that draw something where the map begins. */
const REPORTS = ["area-marks", "area-hatch", "area-line", "area-reach"];
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
    // Each of them has something to lose, or that it is empty later would say nothing.
    for (const layer of REPORTS) {
      expect(await drawnIn(page, layer), layer).not.toEqual([]);
    }

    await reports.focus();
    await page.keyboard.press("Space");
    await settled(page);
    for (const layer of REPORTS) {
      await expect.poll(() => drawnIn(page, layer), layer).toEqual([]);
    }
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
  await open(page, "#map=9/40.0/71.1&date=2026-01-01&hide=reports,relief");
  for (const layer of REPORTS) await expect.poll(() => drawnIn(page, layer), layer).toEqual([]);
  const kept = ["border-delimited", "border-unstated", "enclaves", "territories", "settlements"];
  for (const layer of kept) expect(await drawnIn(page, layer), layer).not.toEqual([]);
  // The relief draws no features that could be counted.
  const hidden = await page.evaluate(
    (ids) => ids.filter((id) => window.demarcMap?.getLayer(id)?.isHidden(9) !== false),
    ["relief", ...REPORTS, ...kept],
  );
  expect(hidden).toEqual(["relief", ...REPORTS]);
  await expect(page.locator(".hidden-note")).toContainText("Reported areas, Relief");
  const map = await page.locator(".maplibregl-canvas").boundingBox();
  await page.mouse.click((map?.x ?? 0) + 500, (map?.y ?? 0) + 60);
  await page.locator(".chooser, .feature").waitFor();
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await expect(page.locator(".paper")).toContainText(UNSAID);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
});
