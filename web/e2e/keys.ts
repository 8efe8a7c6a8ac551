// Going through the page by keyboard alone.
import type { Page } from "@playwright/test";
import { expect } from "./service";

/** Presses Tab until something by this name has the focus. */
export async function tabTo(page: Page, name: RegExp, most = 40) {
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const { activeElement: at } = document;
      const label = at?.closest("label")?.firstElementChild?.textContent;
      return at?.getAttribute("aria-label") ?? label ?? at?.textContent ?? "";
    });
    if (name.test(here.trim())) return;
  }
  expect(null, `${name} is reached by Tab`).not.toBeNull();
}
