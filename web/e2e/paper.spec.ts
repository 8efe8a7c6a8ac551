// The sheet of paper: what stands on it, and that the browser prints it.
import { inflateSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expect, open, settled, test, view } from "./service";

test.use({ deviceScaleFactor: 1 });

// Maps drawn finer for paper take the processor longer to draw.
test.describe.configure({ timeout: 150_000 });

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
  await expect(paper).toContainText(
    /As of 1 January 2006 · as known on 1 January 2012 · Printed \d+ \w+ 20/,
  );
  await expect(paper.locator(".paper-notice")).toHaveText([landing.notice]);
  await expect(paper).toContainText(
    /From 39\.\d{4}° N, 70\.\d{4}° E to 40\.\d{4}° N, 71\.\d{4}° E/,
  );
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

test("a source that came out after the day of knowledge has a word beside it", async ({
  page,
  request,
}) => {
  const later = "(came out after the day of knowledge: it tells what was known by then, and more)";
  await open(page, `${view(9, 39.98, 71.1)}&date=2004-06-01&known=2004-06-01`);
  const { sources } = await (await request.get("/sources?f=json")).json();
  const paper = await onPaper(page);
  const lines = await paper.locator(".paper-sources li").allTextContents();
  const counts = { later: 0, earlier: 0 };
  for (const line of lines) {
    const source = sources.find(({ id }: { id: string }) => line.includes(`, ${id}`));
    const isLater = String(source?.published ?? "") > "2004-06-01";
    expect(line.includes(later), line).toBe(isLater);
    counts[isLater ? "later" : "earlier"] += 1;
  }
  expect(counts.later).toBeGreaterThan(0);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test("the sheet is made by keyboard, with all that is on one from a desk", async ({ page }) => {
    await open(page, `${view(8, 39.98, 71.1)}&date=2003-01-01/2011-12-31`);
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute("data-printed", "yes");
    });
    await page.getByRole("button", { name: "Take away" }).press("Enter");
    await page.getByRole("button", { name: "Print this map" }).press("Enter");
    await expect(page.locator("body")).toHaveAttribute("data-printed", "yes");
    const paper = await onPaper(page);
    for (const part of ["h1", ".paper-notice", "canvas", ".paper-scale", ".paper-legend li"]) {
      await expect(paper.locator(part).first()).toBeVisible();
    }
    await expect(paper.locator(".paper-reports li").first()).toBeVisible();
    await expect(paper.locator(".paper-sources li").first()).toBeVisible();
    for (const part of [".stage", ".head", ".panel"]) {
      await expect(page.locator(part)).toBeHidden();
    }
    expect(new Set((await pixels(page)).data).size).toBeGreaterThan(500);
  });
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
  await open(page, `${view(12, 40.668, 72.768)}&compare=2024-03-31&date=2024-05-01`);
  const paper = await onPaper(page);
  await expect(paper).toContainText("On the left 31 March 2024, on the right 1 May 2024");
  await expect(paper.locator(".paper-side")).toHaveText(["31 March 2024", "1 May 2024"]);
  await expect(
    paper.getByRole("heading", { name: "Reports on the left, 31 March 2024" }),
  ).toHaveCount(1);
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

test("two depictions on paper: what is reported has the clock's day", async ({ page }) => {
  const maps = "source/src-geomaps-2017,source/src-tzbb-2025-01";
  await open(page, `${view(9, 39.98, 71.1)}&compare=${maps}&date=2003-12-31`);
  const paper = await onPaper(page);
  await expect(paper.locator(".paper-dates")).toContainText("As of 31 December 2003");
  for (const side of ["left", "right"]) {
    const name = `Reports on the ${side}, 31 December 2003`;
    await expect(paper.getByRole("heading", { name, exact: true })).toHaveCount(1);
  }
});

test("a depiction on the right leaves the clock's day to what is reported", async ({ page }) => {
  const sides = "2003-12-31,source/src-tzbb-2025-01";
  await open(page, `${view(9, 39.98, 71.1)}&compare=${sides}&date=2010-01-01`);
  const paper = await onPaper(page);
  await expect(paper.locator(".paper-dates")).toContainText("As of 1 January 2010");
  const right = "Reports on the right, 1 January 2010";
  await expect(paper.getByRole("heading", { name: right, exact: true })).toHaveCount(1);
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

test("the button on the sheet of files prints, by keyboard too", async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute("data-printed", "yes");
  });
  await page.getByRole("button", { name: "Take away" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Print this map" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("body")).toHaveAttribute("data-printed", "yes");
});

test("a sheet of A4 has its title in letters as large as its text, or larger", async ({ page }) => {
  await page.setViewportSize({ width: 794, height: 1123 });
  await open(page);
  const paper = await onPaper(page);
  const size = (part: string) =>
    paper
      .locator(part)
      .first()
      .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
  expect(await size("h1")).toBeGreaterThanOrEqual(await size(".paper-reports"));
});

test("a range on paper says of which day the status is", async ({ page }) => {
  await open(page, `${view(9, 39.98, 71.1)}&date=2003-01-01/2011-12-31`);
  const paper = await onPaper(page);
  await expect(paper).toContainText("Shown: 1 January 2003 to 31 December 2011 · Printed");
  await expect(paper).toContainText(
    "Their status is the last reported about days up to 31 December 2011, whenever the report came out.",
  );
});

test.describe("in the dark", () => {
  test.use({ colorScheme: "dark" });

  /** How light the picture on the sheet is on the whole, 0 to 255. */
  const lightness = async (page: Page) => {
    const { data } = await pixels(page);
    return data.reduce((sum, pixel) => sum + ((pixel >> 8) & 255), 0) / data.length;
  };

  for (const [how, print] of [
    [
      "the button",
      async (page: Page) => {
        await page.getByRole("button", { name: "Take away" }).click();
        await page.getByRole("button", { name: "Print this map" }).click();
      },
    ],
    ["the browser's own key", (page: Page) => page.keyboard.press("Control+p")],
  ] as const) {
    test(`paper is light by ${how}, and the screen is dark again after it`, async ({ page }) => {
      await open(page, `${view(12, 40.668, 72.768)}&compare=2024-04-30&date=2024-05-01`);
      await page.evaluate(() => {
        window.print = () => {
          window.dispatchEvent(new Event("beforeprint"));
          document.body.setAttribute("data-printed", "yes");
        };
      });
      await print(page);
      await expect(page.locator("body")).toHaveAttribute("data-printed", "yes");
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      expect(await lightness(page)).toBeGreaterThan(180);
      const paper = page.locator(".paper");
      await expect(paper).toHaveCSS("color", "rgb(34, 37, 43)");
      await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
      await page.emulateMedia({ media: "screen", colorScheme: "dark" });
      await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    });
  }

  test("what the browser's menu prints is light but for the map, whose legend goes with it", async ({
    page,
  }) => {
    await open(page);
    const paper = await onPaper(page);
    await expect(paper).toHaveCSS("color", "rgb(34, 37, 43)");
    expect(await lightness(page)).toBeLessThan(110);
    const legend = paper.locator(".paper-legend");
    await expect(legend).toHaveCSS("background-color", "rgb(21, 23, 27)");
    await expect(legend.locator("canvas").first()).toBeVisible();
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await page.emulateMedia({ media: "screen" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });
});
