// Asking near a place in Uzbek and in Tajik, by keyboard alone, on a desk and on a phone.
import { tg } from "../src/text/tg";
import { uz } from "../src/text/uz";
import { tabTo } from "./keys";
import { expect, open, settled, suggestions, test } from "./service";

/** Each with what is typed for Ak-Turpak, and what the answer calls it: the atlas has no Tajik name. */
const JOURNEYS = [
  ["uz", uz, "Oqturpoq", "Oq-Turpoq"],
  ["tg", tg, "Ак-Турпак", "Ak-Turpak"],
] as const;

for (const [size, viewport] of [
  ["a desk", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
] as const) {
  for (const [tag, words, typed, named] of JOURNEYS) {
    test.describe(`on ${size}`, () => {
      test.use({ viewport });

      test(`a place is asked about and an area of the answer opened, in ${tag}`, async ({
        page,
        request,
      }) => {
        await open(page, `#lang=${tag}&date=2003-12-31`);
        const panel = page.getByRole("region", { name: words.panel.label });
        await expect(panel.locator("h2").first()).toHaveText(words.panel.areas("2003-12-31"));

        await page.keyboard.press("Tab");
        await expect(page.getByRole("combobox", { name: words.near.place })).toBeFocused();
        await page.keyboard.type(typed);
        await expect(suggestions(page).first()).toBeVisible();
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        const answer = page.locator(".near-answer");
        const url = answer.getByRole("link", { name: "GeoJSON" });
        const given = await (await request.get(String(await url.getAttribute("href")))).json();
        await expect(answer.locator("h2")).toHaveText(words.near.heading(named, 20_000));
        await expect(answer.getByRole("heading", { name: words.near.certain })).toBeVisible();
        const landing = await (await request.get("/?f=json")).json();
        await expect(answer.locator(".warning")).toHaveText(landing.translations[tag].notice);
        await settled(page);

        await tabTo(page, new RegExp(`^${words.near.clear}$`), 60);
        await page.keyboard.press("Tab");
        const row = page.locator(".row:focus");
        const name = String(await row.locator(".row-name").textContent());
        const [first] = given.features;
        expect(name).toBe(first.properties[`name_${tag}`] ?? first.properties.name);
        await expect(row).toContainText(words.reportedAs(first.properties.status));
        await page.keyboard.press("Enter");
        const heading = panel.getByRole("heading", { level: 2 });
        await expect(heading).toHaveText(name);
        await expect(heading).toBeFocused();
        await expect(panel.locator(".status-line")).toContainText(
          words.reportedAs(first.properties.status),
        );
        await expect(panel.locator(".entry .label").first()).toHaveText(words.timeline.sources);
        await expect(panel.locator(".entry-head").first()).toContainText(
          new RegExp(`${words.clock.claim}|${words.clock.event}`),
        );

        await page.keyboard.press("Shift+Tab");
        await expect(page.locator(":focus")).toContainText(words.panel.backNear);
        await page.keyboard.press("Enter");
        await expect(answer.locator("h2")).toHaveText(words.near.heading(named, 20_000));
      });
    });
  }
}
