// Reading what the map shows, on a desk and on a phone: marks, borders, and nothing.
import type { Page } from "@playwright/test";
import {
  clickAt,
  expect,
  middle,
  open,
  settled,
  suggestions,
  test,
  unfoldClock,
  view,
} from "./service";

const panel = (page: Page) => page.locator(".panel");
const CASE = "/collections/reported-areas/items/area-sokh-surrounds";

for (const [size, viewport] of [
  ["a desk", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
] as const) {
  test.describe(`on ${size}`, () => {
    test.use({ viewport });

    test("a mark: who claims what, when, from which source, and what stands against it", async ({
      page,
      request,
    }) => {
      const [area, { entries }] = await Promise.all(
        [CASE, `${CASE}/timeline`].map(async (path) => (await request.get(path)).json()),
      );
      const [longitude, latitude] = middle(area.geometry);
      await open(page, view(11, latitude, longitude));
      await clickAt(page, longitude, latitude);
      // The enclave's outline and its border run along the same line.
      await panel(page).getByRole("button", { name: area.properties.name }).click();
      await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText(area.properties.name);
      const claims = entries.filter(
        ({ type, inherited }: { type: string; inherited: boolean }) =>
          type === "claim" && !inherited,
      );
      expect(claims.length).toBeGreaterThan(1);
      for (const claim of claims) {
        const entry = panel(page).locator(".entry.claim", { hasText: claim.summary }).first();
        await entry.scrollIntoViewIfNeeded();
        await expect(entry).toBeInViewport();
        await expect(entry).toContainText(claim.claimant.name);
        for (const source of claim.sources) await expect(entry).toContainText(source.title);
      }
      await expect(panel(page)).toContainText(/Contested: \d/);
    });

    test("a border: the agreements about it, with their dates and parties", async ({
      page,
      request,
    }) => {
      const path = "/collections/borders/items/kg-tj-batken/timeline";
      const { entries } = await (await request.get(path)).json();
      const own = entries.filter(({ inherited }: { inherited: boolean }) => !inherited);
      expect(own.length).toBeGreaterThan(1);
      await open(page, "#selected=borders/kg-tj-batken");
      for (const entry of own) {
        const row = panel(page).locator(".entry", { hasText: entry.title ?? entry.summary });
        await expect(row.first()).toBeAttached();
        for (const party of entry.parties ?? []) await expect(row.first()).toContainText(party);
        for (const { title } of entry.sources) await expect(row.first()).toContainText(title);
      }
    });

    test("nothing found near a place, by keyboard: what nothing means", async ({
      page,
      request,
    }) => {
      await open(page);
      const field = page.getByRole("combobox", { name: "Place" });
      await field.focus();
      await page.keyboard.type("69.6,41.75");
      await page.keyboard.press("Enter");
      const given = await (await request.get("/near?at=69.6,41.75&radius=20000")).json();
      expect(given.features).toEqual([]);
      await expect(page.locator(".near-answer .message")).toContainText(/not evidence/i);
      await expect(page.locator(".near-answer .warning")).toHaveText(given.notice);
    });

    test("of a day to come no answer passes for a forecast", async ({ page }) => {
      await open(page, "#date=2090-01-01&near=71.1,40&radius=20000");
      await expect(page.locator(".near-answer")).toContainText("not a forecast");
      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
      await expect(page.locator(".paper-dates")).toContainText("not a forecast");
    });
  });
}

test("the map is neither turned nor tilted: no link would say so", async ({ page }) => {
  await open(page);
  await page.locator(".maplibregl-canvas").first().focus();
  for (const key of ["ArrowRight", "ArrowUp"]) await page.keyboard.press(`Shift+${key}`);
  await settled(page);
  const turn = await page.evaluate(() => [
    window.demarcMap?.getBearing(),
    window.demarcMap?.getPitch(),
  ]);
  expect(turn).toEqual([0, 0]);
});

test("names that cannot be looked up: a sentence, and a button that asks again", async ({
  page,
  complaints,
}) => {
  await open(page);
  await page.route("**/places?**", (route) => route.abort());
  await page.getByRole("combobox", { name: "Place" }).fill("Ak-Turpak");
  const again = page.locator(".suggestions").getByRole("button", { name: "Try again" });
  await again.waitFor();
  await page.unroute("**/places?**");
  await again.click();
  await expect(suggestions(page).first()).toContainText("Ak-Turpak");
  // The browser's own line about what it could not reach.
  complaints.length = 0;
});

test("a date of which a part is deleted is about to be written, not emptied", async ({ page }) => {
  await open(page, "#date=2010-12-31");
  await unfoldClock(page);
  const field = page.getByLabel("Date", { exact: true });
  await field.focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Backspace");
  expect(new URL(page.url()).hash).toContain("date=2010-12-31");
  await page.keyboard.type("2003");
  await expect.poll(() => new URL(page.url()).hash).toContain("date=2003-12-31");
});

test("a date of which every part is deleted is emptied once it is left", async ({ page }) => {
  await open(page, "#date=2020-01-01&known=2019-06-01");
  await unfoldClock(page);
  await page.getByLabel("As known on", { exact: true }).focus();
  for (let part = 0; part < 3; part += 1) {
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Tab");
  await expect.poll(() => new URL(page.url()).hash).not.toContain("known=");
  await expect(page.locator(".moment")).toHaveText("1 January 2020");
});

test("the side of a comparison that the panel tells of is in the link", async ({ page }) => {
  await open(page, "#compare=2024-03-31&date=2024-05-01&selected=enclaves/barak&side=left");
  await expect(panel(page)).toContainText("On the left");
  await expect(panel(page).getByRole("heading", { level: 2 }).first()).toContainText("Barak");
  await expect(panel(page)).not.toContainText("is not on the map");
});

test("a file of what the map shows does not pass for the whole layer", async ({ page }) => {
  await open(page, `${view(9, 39.98, 71.1)}&date=2020-01-01`);
  await page.getByRole("button", { name: "Take away", exact: true }).click();
  const ground = page.getByRole("combobox", { name: "Which ground" });
  const link = page.locator(".downloads").getByRole("link", { name: "Enclaves", exact: true });
  await expect(link).toHaveAttribute("download", "enclaves-2020-01-01.geojson");
  await ground.selectOption("view");
  await expect(link).toHaveAttribute("download", "enclaves-part-in-view-2020-01-01.geojson");
});
