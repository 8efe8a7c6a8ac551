// The page in its languages: chosen, remembered in the link, and complete.
import type { Page } from "@playwright/test";
import { en } from "../src/text/en";
import { ky } from "../src/text/ky";
import { LANGUAGES } from "../src/text/languages";
import { ru } from "../src/text/ru";
import { tg } from "../src/text/tg";
import { uz } from "../src/text/uz";
import { expectNoViolations } from "./axe";
import { drawnIn, expect, open, settled, suggestions, test, view } from "./service";

const CATALOGUES = { en, ru, ky, uz, tg };
type Tag = keyof typeof CATALOGUES;

const spoken = (page: Page) => page.evaluate(() => document.documentElement.lang);
const choose = (page: Page, tag: Tag) => page.locator(".settings select").selectOption(tag);

/** Names of areas that the atlas has not put into the page's language, and shows as they are. */
async function untranslated(page: Page) {
  const { features } = await (await page.request.get("/collections/reported-areas/items")).json();
  const tag = await spoken(page);
  return (features as { properties: Record<string, string> }[])
    .filter(({ properties }) => !properties[`name_${tag}`])
    .map(({ properties }) => String(properties.name));
}

/** Words on the page that are neither the atlas's own nor a name that sources give. */
async function englishWords(page: Page, within = "body"): Promise<string[]> {
  const names = await untranslated(page);
  const words = await page.evaluate((part) => {
    const root = document.querySelector(part) as Element;
    const own = '[lang="en"], .attribution, .settings, .sources, noscript, script';
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest(own)) found.push(node.textContent ?? "");
    }
    for (const element of root.querySelectorAll("[aria-label], [title], [placeholder]")) {
      if (element.closest(own)) continue;
      for (const name of ["aria-label", "title", "placeholder"]) {
        found.push(element.getAttribute(name) ?? "");
      }
    }
    return found;
  }, within);
  const english =
    /\b(reported|reports?|border|enclaves?|known|source|ground|evidence|search|nearest|date|claim|event|unknown|zoom|map|list|show|layers?|place|radius|legend|loading|between|status|area|cleared|mined)\b/i;
  // Uzbek and English share this one.
  const isUzbek = (await spoken(page)) === "uz";
  return words
    .map((word) => names.reduce((rest, name) => rest.replace(name, ""), word))
    .filter((word) => english.test(isUzbek ? word.replace(/\bradius/gi, "") : word));
}

test("a language is chosen in the page, without a reload", async ({ page, request }) => {
  const landing = await (await request.get("/?f=json")).json();
  await open(page, view(9, 40.05, 71.15));
  await page.evaluate(() => Object.assign(window, { kept: true }));
  await expect(page.locator(".notice")).toHaveText(landing.notice);
  await expect
    .poll(() => drawnIn(page, "area-names"))
    .toContain("Territory around the Sokh enclave");

  for (const tag of ["ky", "uz", "tg", "ru", "en"] as const) {
    await choose(page, tag);
    await expect.poll(() => spoken(page)).toBe(tag);
    await settled(page);
    const catalogue = CATALOGUES[tag];
    const own = landing.translations[tag] ?? landing;
    await expect(page.locator(".notice")).toHaveText(own.notice);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(own.title);
    await expect(page.locator(".legend summary")).toContainText(catalogue.legend.title);
    await expect(page.getByRole("combobox", { name: catalogue.near.place })).toBeVisible();
    await expect(page.getByRole("button", { name: catalogue.map.zoomIn })).toBeVisible();
    await expect(page.getByRole("region", { name: catalogue.map.label })).toBeVisible();
    await expect(page.locator(".maplibregl-ctrl-scale")).toContainText(catalogue.map.kilometre);
    const label = await page.evaluate(() =>
      window.demarcMap?.getLayoutProperty("area-reach-names", "text-field"),
    );
    expect(label).toBe(catalogue.map.extentUnknown);
    expect(page.url()).toContain(`lang=${tag}`);
    await expect(page.locator(`.settings option[value=${tag}]`)).toHaveText(LANGUAGES[tag]);
  }
  await expect
    .poll(() => drawnIn(page, "area-names"))
    .toContain("Territory around the Sokh enclave");
  expect(await page.evaluate(() => "kept" in window), "the page was not loaded anew").toBe(true);
});

test("names of areas and settlements follow on the map and in the list", async ({ page }) => {
  await open(page, `${view(9, 40.05, 71.15)}&lang=ru`);
  await expect.poll(() => drawnIn(page, "area-names")).toContain("Территория вокруг анклава Сох");
  expect(await drawnIn(page, "enclaves")).toContain("Сох");
  await expect(page.locator(".panel")).toContainText("Территория вокруг анклава Сох");
  // A name that the data has in no other language stays what it is.
  expect(await drawnIn(page, "enclaves")).toContain("Jangail");
  await expect(page.locator(".panel").getByText("Jangail")).toBeVisible();
});

test("a link's language goes before the browser's, and that before the atlas's", async ({
  browser,
  service,
}) => {
  for (const [locale, hash, expected] of [
    ["ky-KG", "", "ky"],
    ["de-DE", "", "en"],
    ["ru-RU", "#lang=tg", "tg"],
    ["ru-RU", "#lang=xx", "ru"],
  ] as const) {
    const context = await browser.newContext({ baseURL: service, locale });
    const page = await context.newPage();
    await page.goto(`/${hash}`);
    await expect.poll(() => spoken(page)).toBe(expected);
    await expect(page.locator(".legend summary")).toContainText(CATALOGUES[expected].legend.title);
    await context.close();
  }
});

test("the browser's title says what is told of, and of which atlas", async ({ page, request }) => {
  const landing = await (await request.get("/?f=json")).json();
  await open(page, "#near=1514637&lang=en");
  await expect(page).toHaveTitle(`Within 20 km of Ak-Turpak – ${landing.title}`);
  await choose(page, "ru");
  const title = landing.translations.ru.title;
  await expect(page).toHaveTitle(new RegExp(`Ак-Турпак.* – ${title}$`));
  await page.goto("/#selected=reported-areas/area-sokh-surrounds&lang=ru");
  await expect(page).toHaveTitle(`Территория вокруг анклава Сох – ${title}`);
  await page.goto("/#lang=ru");
  await expect(page).toHaveTitle(title);
});

test("a language chosen stays when the reader goes back", async ({ page }) => {
  await open(page, "#date=2003-12-31");
  await page.locator(".panel .row", { hasText: "Sokh enclave" }).first().click();
  await expect(page.locator(".feature")).toBeVisible();
  await choose(page, "ru");
  await expect.poll(() => spoken(page)).toBe("ru");
  await page.goBack();
  await expect(page.locator(".feature")).toHaveCount(0);
  expect(await spoken(page)).toBe("ru");
  await expect(page).toHaveURL(/date=2003-12-31&lang=ru$/);
  await page.goForward();
  await expect(page.locator(".feature")).toBeVisible();
  expect(await spoken(page)).toBe("ru");
  // A link that names a language brings it.
  await page.evaluate(() => {
    location.hash = "#lang=ky";
  });
  await expect.poll(() => spoken(page)).toBe("ky");
});

/** A place as someone writes it in their own script. */
const PLACES = { ru: "Ак-Турпак", ky: "Ак-Турпак", uz: "Oqturpoq", tg: "Ак-Турпак" } as const;

for (const tag of ["ru", "ky", "uz", "tg"] as const) {
  test(`a whole journey in ${LANGUAGES[tag]}`, async ({ page, request }) => {
    const words = CATALOGUES[tag];
    await open(page, `#lang=${tag}&date=2003-12-31`);
    await expect(page.locator(".panel h2").first()).toHaveText(words.panel.areas("2003-12-31"));
    expect(await englishWords(page)).toEqual([]);
    await expectNoViolations(page);

    await page.getByRole("combobox", { name: words.near.place }).fill(PLACES[tag]);
    await suggestions(page).first().click();
    const answer = page.locator(".near-answer");
    await expect(answer.getByRole("heading", { level: 2 })).toContainText(
      words.near.kilometres(20_000),
    );
    const url = await answer.getByRole("link", { name: "GeoJSON" }).getAttribute("href");
    const given = await (await request.get(String(url))).json();
    const of = (match: string) =>
      given.features.filter(({ properties }: { properties: { match: string } }) =>
        properties.match.startsWith(match),
      ).length;
    const name = String(await answer.getByRole("heading", { level: 2 }).textContent());
    const place = /[«“](.+)[»”]/.exec(name)?.[1] ?? "";
    const message = answer.locator(".message");
    await expect(message).toContainText(
      words.near.says.areas(of("certain"), of("possible"), place, 20_000),
    );
    await expect(message).toContainText(words.near.says.covering(given.covering.length));
    await expect(message).toContainText(words.near.says.unlocated(given.unlocated.length));
    await expect(answer.getByRole("heading", { name: words.near.certain })).toBeVisible();
    const landing = await (await request.get("/?f=json")).json();
    await expect(answer.locator(".warning")).toHaveText(landing.translations[tag].notice);
    expect(await englishWords(page)).toEqual([]);

    await answer
      .locator(".row", { hasText: words.reportedAs("mined") })
      .first()
      .click();
    const panel = page.locator(".panel");
    await expect(panel.locator(".status-line")).toContainText(words.reportedAs("mined"));
    await expect(panel.locator(".entry").first()).toBeVisible();
    await expect(panel).toContainText(words.panel.inWordsOf("English"));
    // What the atlas says in its own words is marked as such, for whoever has it read out.
    await expect(panel.locator('.entry [lang="en"]').first()).toBeVisible();
    expect(await englishWords(page)).toEqual([]);
    await expectNoViolations(page);

    await panel.getByRole("button", { name: words.panel.backNear }).click();
    await expect(message).toBeVisible();
    await page.getByLabel(words.clock.date, { exact: true }).fill("2011-06-30");
    await expect(page.locator(".moment strong")).toHaveText(words.day("2011-06-30"));

    // What the clock says of a day on which something happens, of a range, of all times, of days to come.
    for (const [day, said] of [
      ["2005-10-31", words.clock.claim],
      ["2003-01-01/2011-12-31&known=2012-01-01", words.time.status("2011-12-31")],
      ["../..", words.time.allDrawn],
      ["2090-01-01", words.time.future],
    ]) {
      await open(page, `#lang=${tag}&date=${day}`);
      const moment = page.locator(".moment");
      await expect(moment).toContainText(String(said));
      // Of a day it has two lines, so that the map keeps its height; what stays is read whole.
      const isCut = (p: HTMLElement) => p.scrollHeight > p.clientHeight + 1;
      if (String(day).includes("/")) expect(await moment.evaluate(isCut), day).toBe(false);
      expect(await englishWords(page, ".said")).toEqual([]);
    }
  });
}

test("nothing found says what nothing means, in every language", async ({ page, request }) => {
  await open(page, "#near=69.6,41.75&radius=2000");
  const given = await (await request.get("/near?at=69.6,41.75&radius=2000")).json();
  for (const tag of Object.keys(CATALOGUES) as Tag[]) {
    await choose(page, tag);
    const says = CATALOGUES[tag].near.says;
    const message = page.locator(".near-answer .message");
    await expect(message).toContainText(says.notEvidence);
    await expect(message).toContainText(says.unlocated(given.unlocated.length));
  }
});

test("a language that does not come is a sentence with a way to try again", async ({
  page,
  complaints,
}) => {
  await open(page);
  await page.route("**/assets/ru-*.js", (route) => route.abort());
  await choose(page, "ru");
  const alert = page.getByRole("alert");
  await expect(alert).toContainText(en.errors.language("Русский"));
  expect(await spoken(page)).toBe("en");
  // Another language that comes ends the trouble.
  await choose(page, "ky");
  await expect.poll(() => spoken(page)).toBe("ky");
  await expect(alert).toHaveCount(0);
  await choose(page, "ru");
  await expect(alert).toContainText(ky.errors.language("Русский"));
  await page.unroute("**/assets/ru-*.js");
  await alert.getByRole("button", { name: ky.retry }).click();
  await expect.poll(() => spoken(page)).toBe("ru");
  await expect(alert).toHaveCount(0);
  // The browser's own word about what the test cut off.
  complaints.splice(0);
});

test("words of a refusal come in the reader's language, the service's own beside them", async ({
  page,
  complaints,
}) => {
  await page.route("**/collections/borders/items**", (route) =>
    route.fulfill({ status: 400, json: { detail: "bbox: is wrong" } }),
  );
  await open(page, "#lang=ky");
  await expect(page.getByRole("alert")).toHaveText(
    new RegExp(
      `^Чек аралар: .*${ky.errors.refused(400, "bbox: is wrong").replace(/[()]/g, "\\$&")}`,
    ),
  );
  await choose(page, "en");
  await expect(page.getByRole("alert")).toContainText("Borders: not loaded. bbox: is wrong");
  complaints.splice(0);
});

test("rows mark who said it as words of the atlas", async ({ page }) => {
  const said = "Kyrgyz authorities";
  for (const [hash, rows] of [
    ["", ".panel .row"],
    ["&near=1514637", ".near-answer .row"],
    ["&selected=reported-areas/area-sokh-surrounds", ".status-line"],
  ] as const) {
    await page.goto(`/#lang=ru&date=2003-12-31${hash}`);
    const row = page.locator(rows, { hasText: said }).first();
    await expect(row.locator('[lang="en"]', { hasText: said })).toBeVisible();
  }
});
