// What is shown is of what is asked: while an answer is on its way the page says so, and shows
// nothing of another thing, day or side in its place.
import type { Page } from "@playwright/test";
import { clickAt, expect, open, test, view } from "./service";

const panel = (page: Page) => page.locator(".panel");

/** Holds back every request to an address until it is let go. */
async function held(page: Page, address: string | RegExp) {
  let go = () => {};
  const gate = new Promise<void>((open) => {
    go = open;
  });
  await page.route(address, async (route) => {
    await gate;
    await route.continue().catch(() => {});
  });
  return () => go();
}

test("the evidence under a name is that thing's, or none yet", async ({ page }) => {
  await open(page, "#selected=reported-areas/area-ak-turpak");
  const entries = panel(page).locator(".entry");
  await expect(entries.first()).toBeVisible();
  const go = await held(page, /\/timeline/);
  await page.evaluate(() => {
    location.hash = "#selected=reported-areas/area-uz-tj-border";
  });
  await expect(panel(page).getByRole("heading", { level: 2 })).toContainText("Tajik");
  await expect(entries).toHaveCount(0);
  await expect(panel(page).locator(".contested")).not.toContainText("but by no contradiction");
  await expect(panel(page)).toContainText("Loading");
  go();
  await expect(entries.first()).toBeVisible();
  await expect(panel(page).locator(".contested")).toContainText("contradictions");
});

test("claims that were not public by the known day leave at once", async ({ page }) => {
  await open(page, "#selected=reported-areas/area-sokh-surrounds");
  const entries = panel(page).locator(".entry");
  await expect(entries.first()).toBeVisible();
  const go = await held(page, /\/timeline/);
  await page.getByLabel("As known on").fill("2004-01-01");
  await expect(entries).toHaveCount(0);
  go();
  await expect(entries.first()).toBeVisible();
});

test("a side of a comparison that is not drawn yet says so, and answers no click", async ({
  page,
}) => {
  await open(page, `${view(9, 40.0, 71.1)}&date=2026-01-01`);
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await panel(page).getByRole("button", { name: "Begin with this day on the left" }).click();
  const waiting = page.locator(".swipe-wait");
  await expect(waiting).toHaveText("Loading…");
  await clickAt(page, 70.6, 40.1);
  await expect(page.locator(".reading")).toHaveCount(0);
  await expect(waiting).toHaveCount(0);
});

test("what cannot be read in a link is said, with how it is written", async ({ page }) => {
  await open(page, "#known=2012&date=2024-02-30");
  const alert = page.locator(".map-failures").getByRole("alert");
  await expect(alert).toContainText("known=2012, date=2024-02-30");
  await expect(alert).toContainText("2012-01-31");
  await page.getByLabel("As known on").fill("2012-01-01");
  await expect(alert).toHaveCount(0);
});

test("over a range a border says every status that it had", async ({ page }) => {
  await open(page, "#date=2000-01-01/2026-01-01&selected=borders/kg-uz-sokh");
  await expect(panel(page)).toContainText(/\d versions of it held in this time/);
  const versions = panel(page).locator(".versions li");
  await expect(versions.first()).toContainText("disputed");
  await expect(versions.last()).toContainText("delimited");
  await panel(page).getByRole("button", { name: /Back/ }).click();
  const rows = panel(page).locator(".row", { hasText: "→" });
  expect(await rows.count()).toBeGreaterThan(3);
});
