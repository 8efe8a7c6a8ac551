// Files as readers get them: saved by a click in each format that the sheet offers, and beginning as
// a file of that format does.
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { panel } from "./clock";
import { expect, open, test } from "./service";

const DAY = "2020-01-01";
const LAYER = "Reported areas";
/** An area that the layer holds on the day, and that lies near Ak-Turpak. */
const AREA = "Ak-Turpak";

/** How a file begins, by its extension; of what people read, what must be in it. */
const FILES: Record<string, { begins: string; says: RegExp }> = {
  geojson: { begins: '{"type":"FeatureCollection"', says: /"name":"[^"]*Ak-Turpak/ },
  geojsons: { begins: '\x1e{"type":"Feature"', says: /"name":"[^"]*Ak-Turpak/ },
  csv: { begins: "id,name,", says: /\narea-ak-turpak,/ },
  kml: { begins: '<?xml version="1.0"', says: /<kml [\s\S]*<name>[^<]*Ak-Turpak/ },
  fgb: { begins: "fgb\x03fgb", says: /Ak-Turpak/ },
  gpkg: { begins: "SQLite format 3\0", says: /Ak-Turpak/ },
};

/** That a file begins as its format does, and holds the area. */
function expectWhole({ name, text }: { name: string; text: string }) {
  const { begins, says } = FILES[name.split(".").at(-1) ?? ""] ?? {};
  expect(begins, name).toBeDefined();
  expect(text.slice(0, begins?.length), name).toBe(begins);
  expect(says?.test(text), `${name} names ${AREA}`).toBe(true);
}

/** Clicks a link, and reads the file that the browser saves for it. */
async function saved(page: Page, link: Locator) {
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(await download.failure()).toBeNull();
  const bytes = await readFile(await download.path());
  return { name: download.suggestedFilename(), text: bytes.toString("latin1") };
}

const format = (page: Page) => panel(page).getByRole("combobox", { name: "Format" });
const layer = (page: Page) =>
  page.locator(".downloads").getByRole("link", { name: LAYER, exact: true });

/** The names of what is saved in every format that the sheet offers, one after the other. */
async function saveAll(page: Page) {
  await expect(layer(page)).toBeVisible();
  const offered = await format(page)
    .locator("option")
    .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  const names: string[] = [];
  for (const one of offered) {
    await format(page).selectOption(one);
    await expect(layer(page)).toHaveAttribute("href", new RegExp(`[?&]f=${one}(&|$)`));
    const file = await saved(page, layer(page));
    expectWhole(file);
    names.push(file.name);
  }
  const extensions = names.map((name) => name.split(".").at(-1) ?? "");
  expect(extensions.toSorted()).toEqual(Object.keys(FILES).toSorted());
  return names;
}

test("on a desk: a layer is saved in every format", async ({ page }) => {
  await open(page, `#date=${DAY}`);
  await page.getByRole("button", { name: "Take away", exact: true }).click();
  await saveAll(page);
});

test("on a desk: the answer near a place is saved whole, and its layer in every format", async ({
  page,
}) => {
  await open(page, `#date=${DAY}&near=1514637`);
  const { text: answer } = await saved(
    page,
    page.locator(".near-answer").getByRole("link", { name: /Download this answer/ }),
  );
  expect(JSON.parse(answer).notice).not.toBe("");
  await panel(page).getByRole("button", { name: "Other formats" }).click();
  await saveAll(page);
  const whole = await saved(page, panel(page).getByRole("link", { name: /^The whole answer/ }));
  expect(whole.text).toBe(answer);
  expect(whole.text).toContain(AREA);
});

test("on a desk: the name of a saved file says its ground and its days, in every format", async ({
  page,
}) => {
  await open(page, `#date=${DAY}&near=1514637`);
  await panel(page).getByRole("button", { name: "Other formats" }).click();
  // A part of a layer must not pass for all of it, nor a day for another.
  const said = `reported-areas-within-20000-m-of-1514637-${DAY}.`;
  for (const name of await saveAll(page)) expect.soft(name.slice(0, said.length)).toBe(said);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("a layer and the answer near a place are saved", async ({ page }) => {
    await open(page, `#date=${DAY}&near=1514637`);
    await panel(page).getByRole("button", { name: "Other formats" }).click();
    for (const one of ["csv", "gpkg"]) {
      await format(page).selectOption(one);
      await expect(layer(page)).toHaveAttribute("href", new RegExp(`[?&]f=${one}(&|$)`));
      const file = await saved(page, layer(page));
      expect(file.name).toMatch(new RegExp(`\\.${one}$`));
      expectWhole(file);
    }
    const whole = await saved(page, panel(page).getByRole("link", { name: /^The whole answer/ }));
    expect(JSON.parse(whole.text).notice).not.toBe("");
  });
});
