// Sharing what is seen and reading it in one's language, by keyboard alone, on a desk and on a phone.
import type { Page } from "@playwright/test";
import { ky } from "../src/text/ky";
import { ru } from "../src/text/ru";
import { dayThumb, fragment, moment, panel } from "./clock";
import { expect, open, settled, test, unfoldClock } from "./service";

/** Asks near Batken by keyboard, and opens the first area of the answer. */
async function ask(page: Page) {
  await page.getByRole("combobox", { name: "Place" }).focus();
  await page.keyboard.type("Batken");
  await expect(page.locator("#near-places").getByRole("option").first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.locator(".near-answer h2")).toContainText("Within 20 km of Batken");
  await settled(page);
  const row = page.locator(".near-answer .row").first();
  const name = String(await row.locator(".row-name").textContent());
  await row.press("Enter");
  await expect(page.locator(".feature h2")).toHaveText(name);
  await settled(page);
  return name;
}

for (const [size, viewport] of [
  ["a desk", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
] as const) {
  test.describe(`on ${size}`, () => {
    test.use({ viewport });

    test("a link shows another reader the same; back and forward go through it", async ({
      page,
    }) => {
      await open(page, "#date=2010-06-01");
      const name = await ask(page);
      await dayThumb(page).focus();
      await page.keyboard.press("PageDown");
      await expect(moment(page)).toContainText(/^1 June 2009/);
      await settled(page);
      await expect.poll(() => fragment(page)).toContain("date=2009-06-01");

      const other = await page.context().newPage();
      await other.goto(page.url());
      await settled(other);
      await expect(other.locator(".feature h2")).toHaveText(name);
      await expect(moment(other)).toContainText(/^1 June 2009/);
      await expect(other.getByRole("combobox", { name: "Place" })).toHaveValue("Batken");
      const [mine, theirs] = await Promise.all(
        [page, other].map((one) =>
          one.evaluate(() => {
            const map = window.demarcMap;
            return [map?.getZoom(), map?.getCenter().lng, map?.getCenter().lat];
          }),
        ),
      );
      for (const [at, value] of (mine ?? []).entries()) {
        expect(theirs?.[at]).toBeCloseTo(Number(value), 2);
      }
      await other.close();

      await page.goBack();
      await expect(moment(page)).toContainText(/^1 June 2010/);
      await expect(page.locator(".feature h2")).toHaveText(name);
      await page.goBack();
      await expect(page.locator(".near-answer h2")).toContainText("Batken");
      await page.goBack();
      await expect(panel(page).locator("h2").first()).toHaveText("Reported areas on 1 June 2010");
      for (let step = 0; step < 3; step += 1) await page.goForward();
      await expect(page.locator(".feature h2")).toHaveText(name);
      await expect(moment(page)).toContainText(/^1 June 2009/);
    });

    test("a language is chosen by keyboard, and everything follows", async ({ page, request }) => {
      await open(page, "#near=1514637&date=2003-12-31");
      const { translations } = await (await request.get("/?f=json")).json();
      const languages = page.locator(".settings select");
      await languages.focus();
      for (const [tag, catalogue] of [
        ["ru", ru],
        ["ky", ky],
      ] as const) {
        await page.keyboard.press("ArrowDown");
        await expect(page.locator("html")).toHaveAttribute("lang", tag);
        await settled(page);
        await expect(languages).toBeFocused();
        await expect(page.locator(".notice")).toHaveText(translations[tag].notice);
        await expect(page.locator(".near-answer .warning")).toHaveText(translations[tag].notice);
        await expect(moment(page).locator("strong")).toHaveText(catalogue.day("2003-12-31"));
        await expect(page.locator(".map-tools button").first()).toHaveText(catalogue.compare.open);
        await expect(page.locator(".near-answer")).toContainText(catalogue.near.certain);
        expect(await fragment(page)).toContain(`lang=${tag}`);
      }
      await unfoldClock(page);
      await expect(page.getByLabel(ky.clock.date, { exact: true })).toBeVisible();
    });
  });
}
