// Where frames are slow the map moves in fewer dots, goes on moving, and gets its dots back.
import type { Page } from "@playwright/test";
import { expect, open, test, view } from "./service";

test.use({ deviceScaleFactor: 1 });

/** Has every frame seem to come four times as late as it does. */
const slowly = (page: Page) =>
  page.addInitScript(() => {
    const request = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) => request((time) => callback(4 * time));
  });

const dots = (page: Page) =>
  page.evaluate(() => {
    const map = window.demarcMap;
    const canvas = map?.getCanvas();
    return (canvas?.width ?? 0) / (canvas?.clientWidth ?? 1);
  });
const longitude = (page: Page) => page.evaluate(() => window.demarcMap?.getCenter().lng ?? 0);

test("a drag is carried to its end in fewer dots, and all of them are back at rest", async ({
  page,
}) => {
  await slowly(page);
  await open(page, view(9, 40.2, 71.4));
  const all = await dots(page);
  const width = await page.evaluate(() => {
    const bounds = window.demarcMap?.getBounds();
    const across = window.demarcMap?.getContainer().clientWidth ?? 1;
    return bounds ? (bounds.getEast() - bounds.getWest()) / across : 0;
  });
  // The second begins in the dots in which the first could move.
  for (const _ of [1, 2]) {
    const from = await longitude(page);
    await page.mouse.move(1100, 300);
    await page.mouse.down();
    let fewest = all;
    for (let step = 1; step <= 30; step += 1) {
      await page.mouse.move(1100 - 10 * step, 300);
      fewest = Math.min(fewest, await dots(page));
    }
    // Held still, so that it does not glide on.
    await page.waitForTimeout(400);
    await page.mouse.up();
    expect(fewest).toBeLessThan(all);
    await expect.poll(() => dots(page)).toBe(all);
    const moved = (await longitude(page)) - from;
    // But for the few pixels by which a drag is told from a click.
    expect(moved / width).toBeGreaterThan(285);
    expect(moved / width).toBeLessThan(305);
  }
});

test("a drag that begins under the sketch is carried to its end", async ({ page }) => {
  await page.goto(`/${view(9, 40.2, 71.4)}`);
  await page.locator(".sketch").hover();
  await page.waitForFunction(() => window.demarcMap && document.querySelector(".sketch"));
  const from = await longitude(page);
  const across = await page.evaluate(() => {
    const map = window.demarcMap;
    const [left, right] = [map?.unproject([0, 0]).lng ?? 0, map?.unproject([100, 0]).lng ?? 0];
    return (right - left) / 100;
  });
  await page.mouse.move(1100, 300);
  await page.mouse.down();
  for (let step = 1; step <= 20; step += 1) await page.mouse.move(1100 - 10 * step, 300);
  await page.waitForTimeout(400);
  await page.mouse.up();
  expect(((await longitude(page)) - from) / across).toBeGreaterThan(185);
  await expect(page.locator(".sketch")).toHaveCount(0);
});
