import { drawnIn, expect, open, suggestions, test } from "./service";

test.use({ viewport: { width: 390, height: 844 } });

test("on a phone: map, clock, panel and notice all fit the width", async ({ page }) => {
  await open(page);
  for (const part of [".notice", ".clock", ".map-frame", ".panel", ".near-form"]) {
    const box = await page.locator(part).boundingBox();
    expect(box, part).not.toBeNull();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 999) <= 390, part).toBe(true);
    await expect(page.locator(part)).toBeInViewport();
  }
  const map = await page.locator(".map-frame").boundingBox();
  expect(map?.height).toBeGreaterThan(240);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await drawnIn(page, "area-marks")).not.toEqual([]);
});

test("on a phone: near and the panel can be used", async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Place" }).fill("Ak-Turpak");
  await suggestions(page).first().click();
  const answer = page.locator(".near-answer");
  await expect(answer.getByRole("heading", { level: 2 })).toContainText("Ak-Turpak");
  await answer.locator(".row").first().click();
  await expect(page.locator(".feature h2")).toBeInViewport();
  await page.locator(".legend summary").click();
  await expect(page.locator(".legend li").first()).toBeVisible();
});
