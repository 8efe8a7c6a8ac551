import type { Page } from "@playwright/test";
import { drawnIn, expect, open, settled, suggestions, test } from "./service";

test.use({ deviceScaleFactor: 1 });

const ground = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const mapGround = (page: Page) =>
  page.evaluate(() => window.demarcMap?.getPaintProperty("background", "background-color"));

test("colours follow the system, and the reader's word before it", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open(page);
  const [dark, darkMap] = [await ground(page), await mapGround(page)];
  const areas = await drawnIn(page, "area-marks");
  expect(areas.length).toBeGreaterThan(3);

  await page.getByRole("button", { name: "Light colours" }).click();
  await expect.poll(() => ground(page)).toBe("rgb(255, 255, 255)");
  expect(dark).not.toBe("rgb(255, 255, 255)");
  await expect.poll(() => mapGround(page)).not.toBe(darkMap);
  // The map keeps what it holds: only its colours are new.
  await settled(page);
  expect(await drawnIn(page, "area-marks")).toEqual(areas);

  // The choice outlasts the page.
  await page.reload();
  await settled(page);
  expect(await ground(page)).toBe("rgb(255, 255, 255)");
  await page.getByRole("button", { name: "Dark colours" }).click();
  await expect.poll(() => ground(page)).toBe(dark);
  await expect.poll(() => mapGround(page)).toBe(darkMap);

  // Back at what the system says, the page follows the system again.
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(() => ground(page)).toBe("rgb(255, 255, 255)");
});

test("a mark on the map looks as it does in the legend, in both themes", async ({ page }) => {
  await open(page);
  const seen = new Set<string>();
  for (const theme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme: theme as "dark" | "light" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
    await settled(page);
    const onMap = () =>
      page.evaluate(() => window.demarcMap?.getPaintProperty("enclaves", "line-color"));
    const inLegend = () =>
      page
        .locator(".legend li", { hasText: "Enclave" })
        .locator("canvas")
        .evaluate((picture: HTMLCanvasElement) => {
          const { width, height } = picture;
          const middle = picture.getContext("2d")?.getImageData(width / 2, height / 2, 1, 1);
          const dot = middle?.data ?? [];
          const parts = [...dot.slice(0, 3)].map((part) => part.toString(16).padStart(2, "0"));
          return `#${parts.join("")}`;
        });
    // Map and legend take up the new colours one after the other.
    await expect.poll(async () => (await inLegend()) === (await onMap())).toBe(true);
    seen.add(await inLegend());
  }
  expect(seen.size).toBe(2);
});

/** How many steps the camera took when a place was asked about. */
async function steps(page: Page) {
  await open(page);
  await page.evaluate(() => {
    Object.assign(window, { steps: 0 });
    window.demarcMap?.on("move", () => {
      (window as unknown as { steps: number }).steps += 1;
    });
  });
  await page.getByRole("combobox", { name: "Place" }).fill("Ak-Turpak");
  await suggestions(page).first().click();
  await expect(page.locator(".near-answer .message")).toBeVisible();
  await settled(page);
  return page.evaluate(() => (window as unknown as { steps: number }).steps);
}

test("the camera jumps for readers who asked for less motion, and flies for others", async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  expect(await steps(page)).toBeGreaterThan(1);
  await page.emulateMedia({ reducedMotion: "reduce" });
  expect(await steps(page)).toBe(1);
});
