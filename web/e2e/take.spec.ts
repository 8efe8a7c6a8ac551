// Taking the map away: files in every format, the address for QGIS, a sheet of paper.
import { inflateSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, open, settled, test, view } from "./service";

// Two maps, and maps drawn finer for paper, take the processor longer to draw.
test.describe.configure({ timeout: 150_000 });

const panel = (page: Page) => page.getByRole("region", { name: "What is known" });
const tool = (page: Page) => page.getByRole("button", { name: "Take away", exact: true });
const ground = (page: Page) => panel(page).getByRole("combobox", { name: "Which ground" });
const format = (page: Page) => panel(page).getByRole("combobox", { name: "Format" });
const file = (page: Page, layer: string) =>
  page.locator(".downloads").getByRole("link", { name: layer, exact: true });
const hrefOf = async (page: Page, layer: string) =>
  String(await file(page, layer).getAttribute("href"));

for (const [size, viewport] of [
  ["a desk", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
] as const) {
  test.describe(`on ${size}`, () => {
    test.use({ viewport });

    test("the view in every format that the service offers, by keyboard alone", async ({
      page,
      request,
    }) => {
      await open(page, `${view(9, 39.98, 71.1)}&date=2020-01-01`);
      await tool(page).focus();
      await page.keyboard.press("Enter");
      await expect(panel(page).getByRole("heading", { name: "Take it away" })).toBeFocused();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await expect(ground(page)).toBeFocused();
      await page.keyboard.press("ArrowDown");
      await expect(ground(page)).toHaveValue("view");
      await expect(panel(page)).toContainText("reports without any location are in no cut");
      await expect.poll(() => hrefOf(page, "Enclaves")).toContain("bbox=");

      // What the answers link to, no more and no less.
      const { links } = await (await request.get("/collections/enclaves/items?limit=1")).json();
      const linked = links
        .filter(
          ({ rel, type }: { rel: string; type: string }) =>
            rel === "alternate" && type !== "text/html",
        )
        .map(({ title }: { title: string }) => title);
      expect(linked.length).toBeGreaterThan(4);
      await page.keyboard.press("Tab");
      await expect(format(page)).toBeFocused();
      const offered = await format(page)
        .locator("option")
        .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
      expect(offered.toSorted()).toEqual(["geojson", ...linked].toSorted());

      const drawn = await (await request.get(await hrefOf(page, "Enclaves"))).json();
      expect(drawn.features.map(({ id }: { id: string }) => id)).toContain("sokh");
      expect(drawn.features.length).toBeLessThan(8);
      expect(drawn.features).toHaveLength(drawn.numberMatched);
      await expect(page.locator(".downloads li", { hasText: "Enclaves" })).toContainText(
        new RegExp(`Enclaves ${drawn.features.length} feature`),
      );
      for (const one of offered) {
        await format(page).selectOption(one);
        const href = await hrefOf(page, "Enclaves");
        expect(href).toContain(`f=${one}`);
        expect(href).toContain("datetime=2020-01-01");
        const answer = await request.get(href);
        expect(answer.status(), one).toBe(200);
        expect((await answer.body()).byteLength, one).toBeGreaterThan(500);
      }
    });
  });
}

test("a file is saved under a name that says what and when", async ({ page }) => {
  await open(page, "#date=2020-01-01");
  await tool(page).click();
  await format(page).selectOption("gpkg");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    file(page, "Borders").click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^borders.*\.gpkg$/);
  const saved = await download.createReadStream();
  const first = await new Promise<Buffer>((resolve) => saved.once("data", resolve));
  expect(first.subarray(0, 15).toString()).toBe("SQLite format 3");
});

test("the answer near a place as files: with distance, and what is in the whole answer alone", async ({
  page,
  request,
}) => {
  await open(page, "#near=1514637");
  await panel(page).getByRole("button", { name: "Other formats" }).click();
  await expect(ground(page)).toHaveValue("near");
  await expect(ground(page).locator("option:checked")).toHaveText("within 20 km of Ak-Turpak");
  await expect(panel(page)).toContainText(
    "Reports without any location are in the whole answer alone.",
  );
  const whole = panel(page).getByRole("link", { name: /^The whole answer/ });
  const given = await (await request.get(String(await whole.getAttribute("href")))).json();
  expect(given.unlocated.length).toBeGreaterThan(0);

  await format(page).selectOption("csv");
  await expect.poll(() => hrefOf(page, "Reported areas")).toContain("near=1514637");
  const csv = await (await request.get(await hrefOf(page, "Reported areas"))).text();
  const [head = ""] = csv.split("\n");
  for (const column of ["distance_m", "match", "notice"]) expect(head).toContain(column);
  for (const { id } of [...given.features, ...given.covering]) expect(csv).toContain(id);
  for (const { id } of given.unlocated) expect(csv).not.toContain(id);

  // The question stands when the sheet is closed.
  await panel(page).getByRole("button", { name: "Close" }).click();
  await expect(page.locator(".near-answer")).toBeVisible();
});

test("where a layer has nothing in view, that is no evidence about the ground", async ({
  page,
}) => {
  await open(page, view(13, 38.2, 68.2));
  await tool(page).click();
  await ground(page).selectOption("view");
  const row = (layer: string) => page.locator(".downloads li", { hasText: layer });
  await expect(row("Enclaves")).toHaveText("Enclaves none of it here");
  await expect(row("Reported areas")).toHaveText(
    "Reported areas none of it here; that is not evidence that ground is free of mines",
  );
});

test("a layer that cannot be asked about is a sentence with a way to try again", async ({
  page,
  complaints,
}) => {
  let broken = false;
  await page.route("**/collections/rivers/items**limit=1&**", (route) =>
    broken ? route.abort() : route.continue(),
  );
  await open(page);
  broken = true;
  await tool(page).click();
  const row = page.locator(".downloads li", { hasText: "Rivers" });
  await expect(row.getByRole("alert")).toContainText("The service cannot be reached");
  await expect(file(page, "Borders")).toBeVisible();
  broken = false;
  await row.getByRole("button", { name: "Try again" }).click();
  await expect(file(page, "Rivers")).toBeVisible();
  complaints.splice(0);
});

test("the address for QGIS is copied, or selected where the browser forbids it", async ({
  page,
  service,
  request,
}) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  await tool(page).click();
  const address = panel(page).getByRole("textbox", { name: "Address of the service" });
  await expect(address).toHaveValue(`${service}/`);
  await expect(panel(page)).toContainText("WFS / OGC API – Features Layer");
  await panel(page).getByRole("button", { name: "Copy" }).click();
  await expect(panel(page).getByRole("status")).toHaveText("Copied.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${service}/`);
  // What a program gets there is the landing page of the API.
  const landing = await (await request.get(`${service}/`)).json();
  expect(landing.links.map(({ rel }: { rel: string }) => rel)).toContain("conformance");

  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
  });
  await panel(page).getByRole("button", { name: "Copy" }).click();
  await expect(panel(page).getByRole("status")).toContainText("press Ctrl+C");
  await expect(address).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(`${service}/`);
});

/** The streams of a PDF that can be inflated. */
function streams(pdf: Buffer): string[] {
  const found: string[] = [];
  for (let at = pdf.indexOf("stream\n"); at >= 0; at = pdf.indexOf("stream\n", at + 1)) {
    const end = pdf.indexOf("endstream", at);
    try {
      found.push(inflateSync(pdf.subarray(at + 7, end)).toString("latin1"));
    } catch {
      // An end of a stream, or one that is stored otherwise.
    }
  }
  return found;
}

/** The sheet as it stands when the browser prints. */
async function onPaper(page: Page) {
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  return page.locator(".paper");
}

/** The pixels of the sheet's picture, each as one number. */
const pixels = (page: Page) =>
  page.evaluate(() => {
    const picture = document.querySelector<HTMLCanvasElement>(".paper canvas");
    if (!picture) return { width: 0, height: 0, data: [] };
    const { width, height } = picture;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context?.drawImage(picture, 0, 0);
    const data = context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
    return { width, height, data: [...new Uint32Array(data.buffer)] };
  });

test("the sheet of paper has the map and all that must go with it", async ({ page, request }) => {
  await open(page, `${view(9, 39.98, 71.1)}&date=2006-01-01&known=2012-01-01`);
  const landing = await (await request.get("/?f=json")).json();
  const across = await page.evaluate(() => {
    const map = window.demarcMap;
    const width = map?.getContainer().clientWidth ?? 0;
    const middle = (map?.getContainer().clientHeight ?? 0) / 2;
    return map?.unproject([0, middle]).distanceTo(map.unproject([width, middle])) ?? 0;
  });
  const paper = await onPaper(page);
  await expect(paper.getByRole("heading", { level: 1 })).toHaveText(landing.title);
  await expect(paper).toContainText("As of 2006-01-01 · as known on 2012-01-01 · Printed 20");
  await expect(paper.locator(".paper-notice")).toHaveText([landing.notice]);
  await expect(paper.locator("figcaption")).toHaveText("20 km in the middle of the map");
  await expect(paper).toContainText("Reported mined");
  await expect(paper).toContainText("Extent unknown: up to here");
  await expect(paper.locator(".paper-reports").first()).toContainText(
    /Territory around the Sokh enclave: Reported .* by .*\[\d/,
  );
  await expect(paper).toContainText("Without any location: here too, perhaps");
  expect(await paper.locator(".paper-sources li").count()).toBeGreaterThan(3);
  await expect(paper).toContainText("OpenStreetMap contributors");
  await expect(paper).toContainText(page.url());
  expect(new Set((await pixels(page)).data).size).toBeGreaterThan(500);
  await expect(page.locator(".stage")).toBeHidden();
  await expect(page.locator(".head")).toBeHidden();

  // The scale bar measures what the map shows, whatever the paper's width.
  const share = await paper.evaluate((sheet) => {
    const width = (part: string) => sheet.querySelector(part)?.getBoundingClientRect().width ?? 0;
    return width(".paper-scale") / width("canvas");
  });
  expect(share).toBeCloseTo(20_000 / across, 2);

  // Back on the screen nothing of it is left, and the map is as it was.
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await expect(paper).toHaveCount(0);
  expect(await page.evaluate(() => window.demarcMap?.getPixelRatio() === devicePixelRatio)).toBe(
    true,
  );
});

test("what the browser prints holds the picture of the map", async ({ page }) => {
  await open(page, "#near=1514637");
  await expect(page.locator(".near-answer .message")).toBeVisible();
  await settled(page);
  const bytes = await page.pdf({ format: "A4" });
  const pdf = bytes.toString("latin1");
  const widths = [...pdf.matchAll(/\/Width (\d+)/g)].map(([, width]) => Number(width));
  const canvas = await page.evaluate(() => window.demarcMap?.getContainer().clientWidth ?? 0);
  expect(widths).toContain(2 * canvas);
  // It fills its frame: where it is placed, and the frame that it is clipped to.
  const drawing = streams(bytes).find((stream) => /\/X\d+ Do/.test(stream)) ?? "";
  const placed =
    /([\d.]+) [\d.]+ re\nW\* n\nq\n([\d.]+) 0 0 -[\d.]+ [\d.]+ [\d.]+ cm\n[^q]*?Do/.exec(drawing);
  expect(Number(placed?.[2]) / Number(placed?.[1])).toBeCloseTo(1, 2);
  // The sheet, and after it the answer near the place.
  expect((pdf.match(/\/Type \/Page\b/g) ?? []).length).toBeGreaterThan(1);
});

test("the answer near a place goes along on paper, whatever the panel shows", async ({ page }) => {
  await open(page, "#near=1514637");
  await page.getByRole("button", { name: "Other formats" }).click();
  await expect(page.locator(".near-answer")).toHaveCount(0);
  const paper = await onPaper(page);
  const answer = paper.locator(".near-answer");
  await expect(answer.getByRole("heading", { level: 2 })).toHaveText("Within 20 km of Ak-Turpak");
  await expect(answer.locator(".message")).toBeVisible();
  await expect(answer.locator(".warning")).toBeVisible();
  await expect(answer.locator(".row").first()).toBeVisible();
  await expect(answer.getByRole("button", { name: "Clear", exact: true })).toBeHidden();
  await expect(page.locator(".panel")).toBeHidden();
});

test("a comparison is printed with both its sides", async ({ page }) => {
  await open(page, `${view(12, 40.668, 72.768)}&compare=2024-04-30&date=2024-05-01`);
  const paper = await onPaper(page);
  await expect(paper).toContainText("On the left 2024-04-30, on the right 2024-05-01");
  await expect(paper.locator(".paper-side")).toHaveText(["2024-04-30", "2024-05-01"]);
  await expect(paper.getByRole("heading", { name: "Reports on the left, 2024-04-30" })).toHaveCount(
    1,
  );
  // Barak's violet outline is on the left half alone.
  const { width, data } = await pixels(page);
  const violet = data.flatMap((pixel, at) => {
    const [r, g, b] = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
    const is = Math.abs(r - 0x5a) < 8 && Math.abs(g - 0x3e) < 8 && Math.abs(b - 0x94) < 8;
    return is ? [(at % width) / width] : [];
  });
  expect(violet.length).toBeGreaterThan(100);
  expect(Math.max(...violet)).toBeLessThan(0.5);
});

test("paper says when not everything was loaded", async ({ page, complaints }) => {
  await page.route("**/collections/reported-areas/items**", (route) => route.abort());
  await open(page);
  const paper = await onPaper(page);
  await expect(paper.locator(".paper-notice").nth(1)).toContainText(
    "Not everything was loaded when this was printed",
  );
  await expect(paper.locator(".paper-notice").nth(1)).toContainText("Missing: Reported areas");
  complaints.splice(0);
});
