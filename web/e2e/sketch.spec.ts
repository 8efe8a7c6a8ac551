// The sketch of the map, which is there before MapLibre: that it says what the map will say, follows
// the page, and hands over to the map.
import type { Page } from "@playwright/test";
import { AREAS } from "../src/map/looks";
import { expectNoViolations } from "./axe";
import { drawnIn, expect, middle, settled, test, unfoldClock, view } from "./service";

test.use({ deviceScaleFactor: 1 });

/** Holds the map's script back: only the sketch is there. Gives what lets it come. */
async function withoutMap(page: Page) {
  let release = () => {};
  const isDue = new Promise<void>((done) => {
    release = done;
  });
  await page.route("**/assets/map-*.js", async (route) => {
    await isDue;
    await route.continue();
  });
  return () => release();
}

/** Opens the page and waits for the sketch of all that comes. */
async function sketched(page: Page, hash = "") {
  await page.goto(`/${hash}`);
  await expect(page.locator(".sketch canvas")).toBeVisible();
  await expect(page.locator(".busy")).toHaveText("");
}

const legend = (page: Page) => page.locator(".legend ul").first().locator("li").allTextContents();

/** The sketch's pixels, each as red, green, blue, and how many of them lie side by side. */
const pixels = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>(".sketch canvas");
    const { width = 0, height = 0 } = canvas ?? {};
    const data = canvas?.getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
    return { width, data: Array.from(data) };
  });

const rgb = (colour: string) =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

for (const [device, viewport] of [
  ["a desk", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
] as const) {
  test.describe(`on ${device}`, () => {
    test.use({ viewport });

    test("has every mark where the map then has it, and the same legend", async ({ page }) => {
      const release = await withoutMap(page);
      for (const hash of ["#lang=en", `${view(9, 39.98, 71.1)}&date=2006-01-01`]) {
        await page.goto("about:blank");
        await sketched(page, hash);
        const [before, picture] = [await legend(page), await pixels(page)];
        expect(await page.evaluate(() => window.demarcMap)).toBeUndefined();
        release();
        await settled(page);
        await expect(page.locator(".sketch")).toHaveCount(0);
        expect(await legend(page)).toEqual(before);
        const marks = await page.evaluate(() => {
          const map = window.demarcMap;
          const found = map?.queryRenderedFeatures({ layers: ["area-marks"] }) ?? [];
          return found.flatMap(({ geometry, properties }) => {
            if (geometry.type !== "Point" || !map) return [];
            const { x, y } = map.project(geometry.coordinates as [number, number]);
            return [{ x, y, look: String(properties._look) }];
          });
        });
        const { clientWidth = 0, clientHeight = 0 } = await page.evaluate(() => {
          const container = window.demarcMap?.getContainer();
          return { clientWidth: container?.clientWidth, clientHeight: container?.clientHeight };
        });
        const inside = marks.filter(
          ({ x, y }) => x > 30 && y > 30 && x < clientWidth - 30 && y < clientHeight - 30,
        );
        expect(inside.length).toBeGreaterThan(0);
        for (const { x, y, look } of inside) {
          const [red, green, blue] = rgb(AREAS[look as keyof typeof AREAS].colour.light);
          const near = Array.from({ length: 31 * 31 }, (_, at) => {
            const [across, down] = [Math.round(x) - 15 + (at % 31), Math.round(y) - 15 + at / 31];
            return 4 * (Math.floor(down) * picture.width + across);
          });
          const isThere = near.some(
            (at) =>
              picture.data[at] === red &&
              picture.data[at + 1] === green &&
              picture.data[at + 2] === blue,
          );
          expect(isThere, `a mark of ${look} at ${x}, ${y}`).toBe(true);
        }
      }
    });

    test("follows the clock, and what is hidden", async ({ page }) => {
      await withoutMap(page);
      await sketched(page, `${view(11, 40.668, 72.768)}&date=2023-06-01`);
      await expect.poll(() => legend(page)).toContain("Enclave");
      await unfoldClock(page);
      await page.getByLabel("Date", { exact: true }).fill("2025-06-01");
      await expect.poll(() => legend(page)).not.toContain("Enclave");
      expect(await legend(page)).toContain("Territory as mapped");
      await page.goBack();
      await expect.poll(() => legend(page)).toContain("Enclave");
      await page.evaluate(() => {
        location.hash = `${location.hash}&hide=enclaves`;
      });
      await expect.poll(() => legend(page)).not.toContain("Enclave");
    });

    test("is clicked for the map: what lies there opens once the map has come", async ({
      page,
      request,
    }) => {
      const item = "/collections/reported-areas/items/area-sokh-surrounds";
      const { geometry, properties } = await (await request.get(item)).json();
      const [longitude, latitude] = middle(geometry);
      const release = await withoutMap(page);
      await sketched(page, view(11, latitude, longitude));
      // The view's middle.
      await page.locator(".sketch").click();
      await expect(page.locator(".busy")).toHaveText("");
      release();
      const panel = page.getByRole("region", { name: "What is known" });
      await expect(panel).toContainText("Several things are here");
      await expect(panel.getByRole("button", { name: properties.name })).toBeVisible();
    });

    test("hands its focus over to the map", async ({ page }) => {
      const release = await withoutMap(page);
      await sketched(page);
      const sketch = page.locator(".sketch");
      await sketch.focus();
      await expect(sketch).toHaveAttribute("aria-label", /\w/);
      const label = await sketch.getAttribute("aria-label");
      release();
      await settled(page);
      await expect(page.locator(".maplibregl-canvas")).toBeFocused();
      await expect(page.locator(".maplibregl-canvas")).toHaveAttribute("aria-label", String(label));
    });

    for (const colorScheme of ["light", "dark"] as const) {
      test.describe(`in ${colorScheme}`, () => {
        test.use({ colorScheme });
        test("axe: the sketch", async ({ page }) => {
          await withoutMap(page);
          await sketched(page);
          await expectNoViolations(page);
        });
      });
    }
  });
}

test("the map comes by itself to a reader who does nothing, where the sketch was", async ({
  page,
}) => {
  await sketched(page);
  expect(await page.evaluate(() => window.demarcMap)).toBeUndefined();
  await page.waitForFunction(() => window.demarcMap, null, { timeout: 30_000 });
  expect(await drawnIn(page, "area-marks")).not.toEqual([]);
  expect(new URL(page.url()).hash).toBe("");
});

test("is what paper shows where the map has not come", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await withoutMap(page);
  await sketched(page, "#date=2003-12-31");
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  const colours = await page.evaluate(() => {
    const picture = document.querySelector<HTMLCanvasElement>(".paper canvas");
    const { width = 0, height = 0 } = picture ?? {};
    const context = new OffscreenCanvas(width || 1, height || 1).getContext("2d");
    if (picture) context?.drawImage(picture, 0, 0);
    const data = context?.getImageData(0, 0, width || 1, height || 1).data ?? [];
    const seen = new Set<string>();
    for (let at = 0; at < data.length; at += 4) seen.add([...data.slice(at, at + 3)].join());
    return [...seen];
  });
  expect(colours).toContain(rgb(AREAS["hazard-mined"].colour.light).join());
  expect(colours).not.toContain(rgb(AREAS["hazard-mined"].colour.dark).join());
  await expect(page.locator(".paper figcaption")).toHaveText(/\d+ km in the middle of the map/);
});

test("stays where the map's script does not come, and says that it does not move", async ({
  page,
  complaints,
}) => {
  await page.route("**/assets/map-*.js", (route) => route.abort());
  await sketched(page);
  await page.locator(".sketch").hover();
  await expect(page.getByRole("alert")).toContainText("a picture that cannot be moved");
  await expect(page.locator(".sketch canvas")).toBeVisible();
  expect(await legend(page)).toContain("Reported mined");
  // The browser's own line about the script that this test kept from it.
  expect(complaints.splice(0).every((line) => line.includes("ERR_FAILED"))).toBe(true);
});
