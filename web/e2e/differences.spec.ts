// What the panel says of a comparison: that there is one, and what differs between its sides.
import type { Page } from "@playwright/test";
import { expect, open, settled, test, view } from "./service";

// Two maps take the processor longer to draw.
test.describe.configure({ timeout: 150_000 });

const panel = (page: Page) => page.getByRole("region", { name: "What is known" });
const names = (page: Page) => page.locator(".swipe-name");
const sheet = (page: Page) =>
  panel(page).getByRole("heading", { level: 2, name: "Compare", exact: true });

test("another report that leaves the status as it was is a difference", async ({ page }) => {
  // Early in 2024 a claim begins that nothing is known: it displaces no other.
  await open(page, "#compare=2023-12-31&date=2024-01-15");
  const rows = panel(page).locator(".differences li");
  await expect(rows).toHaveCount(1);
  await expect(rows.locator(".row-name")).toHaveText("Whole of Kyrgyzstan");
  await expect(rows).toContainText(
    /other reports bear on it, the same status: Reported as suspected to be contaminated, 2017/,
  );
  await expect(rows).not.toContainText("→");
  await expect(panel(page)).not.toContainText("Nothing that the atlas maps");
  // How many there are is read out, and not each of them.
  await expect(panel(page).locator("[aria-live]")).toHaveText("1 thing differs");
});

test("a comparison that comes to an open page is told in the panel", async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    location.hash = "#compare=2003-12-31&date=2006-01-01";
  });
  await expect(sheet(page)).toBeFocused();
  await expect(panel(page).locator(".differences li").first()).toBeVisible();
  await expect(panel(page).locator("[aria-live]")).toHaveText(/^\d+ things differ$/);

  // Who closes the sheet goes on comparing without it.
  await panel(page).getByRole("button", { name: "Close" }).click();
  await expect(sheet(page)).toHaveCount(0);
  await page.getByRole("slider", { name: "Divider between the two" }).press("ArrowRight");
  await expect.poll(() => page.evaluate(() => location.hash)).toContain("divider=51");
  await expect(names(page)).toHaveCount(2);
  await expect(sheet(page)).toHaveCount(0);

  await page.goBack();
  await expect(names(page)).toHaveCount(0);
  await page.goForward();
  await expect(names(page)).toHaveCount(2);
  await expect(sheet(page)).toBeVisible();
  await settled(page);
});

test("a side that shows a day to come says that nothing of it is foreseen", async ({ page }) => {
  const future = "After today: what was last reported, not a forecast";
  await open(page, "#compare=2090-01-01&date=2003-12-31");
  await expect(names(page)).toHaveText([`1 January 2090 ${future}`, "31 December 2003"]);
  await page.goto("/#compare=2003-12-31&date=2090-01-01");
  await expect(names(page)).toHaveText(["31 December 2003", `1 January 2090 ${future}`]);
  await settled(page);
});

for (const [collection, failed] of [
  ["reported-areas", "Reported areas (the other side of the comparison): not loaded"],
  ["claims", "The claims behind the reported areas: not loaded"],
] as const) {
  test(`without ${collection} no list of differences is given`, async ({ page, complaints }) => {
    let broken = true;
    await page.route(`**/collections/${collection}/items**`, (route) =>
      broken ? route.abort() : route.continue(),
    );
    await open(page, `${view(10, 39.98, 71.1)}&compare=2003-12-31&date=2006-01-01`);
    await expect(panel(page)).toContainText("Not everything could be loaded");
    await expect(panel(page).locator(".differences")).toHaveCount(0);
    await expect(panel(page)).not.toContainText("Nothing that the atlas maps");
    const alert = page.locator(".map-failures").getByRole("alert");
    await expect(alert).toContainText(failed);
    broken = false;
    await alert.getByRole("button", { name: "Try again" }).click();
    const sokh = panel(page).locator(".differences li", {
      hasText: "Territory around the Sokh enclave",
    });
    await expect(sokh).toContainText("Reported mined");
    complaints.splice(0);
  });
}
