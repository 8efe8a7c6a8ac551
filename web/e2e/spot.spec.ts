// What the panel says of a click stays what is drawn there.
import type { Page } from "@playwright/test";
import { clickAt, drawnIn, expect, open, settled, test } from "./service";

const SHARED: [number, number] = [71.01139, 40.26028];
const HIDDEN =
  "#date=2026-01-01&hide=reports,settlements,borders,enclaves&map=12/40.26028/71.01139";
const panel = (page: Page) => page.getByRole("region", { name: "What is known" });
const rows = (page: Page) => page.locator(".chooser .row");

test("what was hidden under a click is listed once it is shown, and no more once it is hidden", async ({
  page,
}) => {
  await open(page, HIDDEN);
  await clickAt(page, ...SHARED);
  await expect(panel(page)).toContainText("Nothing is drawn here");
  await page.getByRole("button", { name: "Show all layers" }).click();
  await settled(page);
  await expect(panel(page)).toContainText("Several things are here");
  await expect(panel(page)).not.toContainText("Nothing is drawn here");
  await expect(rows(page).filter({ hasText: "Kungeioetoek" })).toBeVisible();
  await expect(rows(page).filter({ hasText: "Chonkara" }).first()).toBeVisible();

  const legend = page.locator(".legend");
  await legend.getByRole("button", { name: "Layers" }).click();
  await legend.getByRole("checkbox", { name: "Reported areas" }).click();
  await expect(rows(page).filter({ hasText: "Kungeioetoek" })).toHaveCount(0);
});

test("what is listed under a click follows the clock, and the focus stays there", async ({
  page,
}) => {
  await open(page, "#date=2025-06-01&map=12/40.668/72.768&hide=borders,settlements");
  await clickAt(page, 72.768, 40.668);
  await expect(panel(page)).toContainText("Nothing is drawn here");
  const date = page.getByLabel("Date", { exact: true });
  await date.fill("2023-06-01");
  await settled(page);
  await expect(rows(page).first()).toContainText("Barak");
  await expect(date).toBeFocused();
});

test("a step back puts away what was clicked elsewhere", async ({ page }) => {
  await open(page, HIDDEN);
  await page.getByRole("button", { name: "Show all layers" }).click();
  await settled(page);
  await expect.poll(() => drawnIn(page, "area-marks")).not.toEqual([]);
  await clickAt(page, ...SHARED);
  await expect(panel(page)).toContainText("Several things are here");
  await page.goBack();
  await settled(page);
  await expect(page.locator(".chooser")).toHaveCount(0);
});
