// Reading a border's agreements by keyboard alone, on a desk and on a phone.
import type { Page } from "@playwright/test";
import { panel } from "./clock";
import { tabTo } from "./keys";
import { expect, open, test } from "./service";

const BORDER = "Kyrgyz-Tajik border in Batken province";
/** What the ledger has had from the beginning: written here, so that none of it can be lost unseen. */
const SIGNED = [
  ["2023-10", "protocol", "Protocol no. 44"],
  ["2025-02-21", "agreement", "Package of border documents"],
  ["2025-03-13", "treaty", "Treaty on the Kyrgyz-Tajik state border"],
  ["2025-03-31", "treaty", "Treaty on the junction of the three borders"],
] as const;

interface Event {
  title: string;
  date?: string;
  kind?: string;
  parties?: string[];
}

/** Presses Tab until the focus is within an entry, at one of its sources. */
async function tabInto(page: Page, title: string) {
  for (let press = 0; press < 80; press += 1) {
    await page.keyboard.press("Tab");
    const own = await page.evaluate(
      () => document.activeElement?.closest(".entry")?.querySelector(".entry-title")?.textContent,
    );
    if (own === title) return;
  }
  expect(null, `${title} is reached by Tab`).not.toBeNull();
}

for (const [size, viewport] of [
  ["a desk", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
] as const) {
  test.describe(`on ${size}`, () => {
    test.use({ viewport });

    test("a border from the list: what was agreed about it, when and by whom", async ({
      page,
      request,
    }) => {
      const path = "/collections/borders/items/kg-tj-batken/timeline";
      const { entries } = await (await request.get(path)).json();
      const agreed = (entries as Event[]).filter(({ kind = "" }) =>
        ["agreement", "treaty", "protocol"].includes(kind),
      );
      expect(agreed.map(({ date, kind, title }) => [date, kind, title])).toEqual(
        expect.arrayContaining(SIGNED.map((one) => [...one])),
      );

      await open(page, "#date=2026-01-01");
      await tabTo(page, new RegExp(`^${BORDER}`), 120);
      await page.keyboard.press("Enter");
      const heading = panel(page).getByRole("heading", { level: 2 });
      await expect(heading).toHaveText(BORDER);
      await expect(heading).toBeFocused();
      await expect(panel(page)).toContainText("delimited");
      for (const { title, date = "", kind = "", parties = [] } of agreed) {
        await tabInto(page, title);
        const entry = page.locator(".entry", { has: page.locator(":focus") });
        const head = entry.locator(".entry-head");
        await head.scrollIntoViewIfNeeded();
        await expect(head).toBeInViewport();
        await expect(head.locator("time"), title).toHaveText(date);
        await expect(head).toContainText(kind);
        for (const party of parties) await expect(entry.locator("dd").first()).toContainText(party);
      }
      // In the order in which they came about.
      const dates = await panel(page).locator(".entry time").allTextContents();
      const days = dates.filter((day) => /^\d{4}/.test(day));
      expect(days).toEqual(days.toSorted());
    });
  });
}
