// Reports that lie on one another: what may harm is seen, and so is what it lies on.
import type { Page } from "@playwright/test";
import { clickAt, drawnIn, expect, open, test, view } from "./service";

/** Kungeioetoek, reported mined, and Chonkara, verified free, are located by one settlement. */
const SHARED: [number, number] = [71.01139, 40.26028];

/** Looks of the marks so many pixels beside a place, topmost first. */
const marksAt = (page: Page, [longitude, latitude]: [number, number], aside: number) =>
  page.evaluate(
    ([lon = 0, lat = 0, by = 0]) => {
      const map = window.demarcMap;
      const { x, y } = map?.project([lon, lat]) ?? { x: 0, y: 0 };
      const found = map?.queryRenderedFeatures([x + by, y], { layers: ["area-marks"] });
      return (found ?? []).map(({ properties }) => String(properties._look));
    },
    [longitude, latitude, aside],
  );

for (const zoom of [7, 11, 15]) {
  test(`a mark of a hazard and one of a claim on its place are both seen: zoom ${zoom}`, async ({
    page,
  }) => {
    await open(page, `${view(zoom, 40.26, 71.011)}&date=2026-01-01`);
    const far = zoom < 10 ? 11 : 16;
    await expect.poll(() => marksAt(page, SHARED, -far)).toEqual(["hazard-mined"]);
    expect(await marksAt(page, SHARED, far)).toEqual(["clearance-claimed"]);
    // Where they overlap, and on their very place, the hazard lies on top.
    expect((await marksAt(page, SHARED, 0))[0]).toBe("hazard-mined");
  });
}

test("of two reports on one place a click finds both, what may harm first", async ({ page }) => {
  await open(page, `${view(11, 40.24, 71.01)}&date=2026-01-01`);
  await clickAt(page, ...SHARED);
  const rows = page.locator(".chooser .row");
  await expect(rows.nth(0)).toContainText("mined");
  await expect(rows.nth(1)).toContainText("verified");
});

test("a country of which a claim says that it has no mines has a rim of two tones, and no hatch", async ({
  page,
}) => {
  await open(page, "#date=2012-01-01");
  expect(await drawnIn(page, "area-rim")).toEqual(["Whole of Kyrgyzstan"]);
  expect(await drawnIn(page, "area-rim-contested")).toEqual(["Whole of Kyrgyzstan"]);
  expect(await drawnIn(page, "area-hatch")).toEqual([]);
  // It covers what lies within its rim all the same.
  await clickAt(page, 72.6, 41.2);
  await expect(page.locator(".panel")).toContainText("Covering this point");
  await expect(page.locator(".panel .row", { hasText: "no mines" })).toBeVisible();
});

test("what the atlas speaks of begins with none of its marks under what lies on the map", async ({
  page,
}) => {
  await open(page, "#date=2026-01-01");
  await expect(page.locator(".legend")).toHaveAttribute("open");
  const covered = await page.evaluate(() => {
    const map = window.demarcMap;
    const frame = map?.getCanvas().getBoundingClientRect();
    const marks = map?.queryRenderedFeatures({ layers: ["area-marks"] }) ?? [];
    return marks.flatMap(({ geometry, properties }) => {
      if (!map || !frame || geometry.type !== "Point") return [];
      const { x, y } = map.project(geometry.coordinates as [number, number]);
      const top = document.elementFromPoint(frame.x + x, frame.y + y);
      return top === map.getCanvas() ? [] : [String(properties._name)];
    });
  });
  expect(covered).toEqual([]);
});
