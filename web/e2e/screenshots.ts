// Pictures for the documentation, of the real service: `npm run screenshots`.
import { fileURLToPath } from "node:url";
import { expect, open, settled, test, view } from "./service";

const at = (name: string) =>
  fileURLToPath(new URL(`../../docs/screenshots/${name}.png`, import.meta.url));

test("map", async ({ page }) => {
  await open(page);
  await page.screenshot({ path: at("map") });
});

test("near", async ({ page }) => {
  await open(page, "#near=1514637");
  await expect(page.locator(".near-answer .message")).toBeVisible();
  await settled(page);
  await page.screenshot({ path: at("near") });
});

test("panel", async ({ page }) => {
  await open(page, `${view(10, 39.98, 71.1)}&selected=reported-areas/area-sokh-surrounds`);
  await expect(page.locator(".entry").first()).toBeVisible();
  await page.screenshot({ path: at("panel") });
});

test.describe("in the dark", () => {
  test.use({ colorScheme: "dark" });
  test("dark", async ({ page }) => {
    await open(page, "#lang=ru");
    await page.screenshot({ path: at("dark") });
  });
  test.describe("on a phone", () => {
    test.use({ viewport: { width: 390, height: 844 } });
    test("phone-dark", async ({ page }) => {
      await open(page, "#lang=ky&near=1514637&map=9/40.1/71.1");
      await expect(page.locator(".near-answer .message")).toBeVisible();
      await settled(page);
      await page.screenshot({ path: at("phone-dark") });
    });
  });
});

test("compare", async ({ page }) => {
  await open(page, `${view(12.6, 40.668, 72.768)}&compare=2024-03-31&date=2024-05-01`);
  await expect(page.locator(".differences li").first()).toBeVisible();
  await page.screenshot({ path: at("compare") });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test("phone", async ({ page }) => {
    await open(page, "#selected=reported-areas/area-sokh-surrounds&map=8.5/40.1/71.2");
    await expect(page.locator(".status-line")).toBeVisible();
    await page.screenshot({ path: at("phone") });
  });
});
