// The parts of a comparison, for the tests of it.
import { expect, type Locator, type Page } from "@playwright/test";

export const panel = (page: Page) => page.getByRole("region", { name: "What is known" });
export const tool = (page: Page) => page.getByRole("button", { name: "Compare", exact: true });
export const divider = (page: Page) =>
  page.getByRole("slider", { name: "Divider between the two" });
/** What each side of the map is called. */
export const names = (page: Page) => page.locator(".swipe-name");
/** What differs about one thing. */
export const row = (page: Page, name: string) =>
  panel(page).locator(".differences li", { has: page.getByText(name, { exact: true }) });
export const fragment = (page: Page) =>
  page.evaluate(() => Object.fromEntries(new URLSearchParams(location.hash.slice(1))));

/** Goes on to something of the sheet by Tab, as far as twelve presses reach. */
export async function tabTo(page: Page, target: Locator) {
  for (let press = 0; press < 12; press += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}
