// What was probably already there: a thing without a first day is sure only from the day of the map
// that it was taken from. Before that it is drawn, and weaker than what is sure.
import type { Page } from "@playwright/test";
import { date } from "./clock";
import { drawnIn, expect, open, test, view } from "./service";

/** Chon-Gara, within sight of Sokh: both have a first day in the atlas, until the test takes it. */
const VIEW = view(9, 40.05, 71.0);
const MAPPED = "2017-12-01";
const BEFORE = "2005-06-01";

interface Item {
  id: string;
  properties: Record<string, unknown>;
}

/** Takes a thing's first day away, as of a source that does not say since when. */
async function forgetStart(page: Page, collection: string, id: string) {
  await page.route(`**/collections/${collection}/items**`, async (route) => {
    const answer = await (await route.fetch()).json();
    for (const feature of answer.features as Item[]) {
      if (feature.id !== id) continue;
      feature.properties.start = null;
      feature.properties.as_mapped = MAPPED;
    }
    await route.fulfill({ json: answer });
  });
}

/** Opacity and width with which the map draws the lines of a layer, by name. */
const drawnAs = (page: Page, layer: string) =>
  page.evaluate((id) => {
    const found = window.demarcMap?.queryRenderedFeatures({ layers: [id] }) ?? [];
    return Object.fromEntries(
      found.map(({ properties, layer: { paint } }) => {
        const of = (property: string) => Number((paint as Record<string, unknown>)?.[property]);
        return [
          String(properties._name),
          { opacity: of("line-opacity"), width: of("line-width") },
        ] as const;
      }),
    );
  }, layer);

for (const [what, collection, id, layer, name, sure] of [
  ["an enclave", "enclaves", "chon-gara", "enclaves", "Chon-Gara", "Sokh"],
  [
    "a border",
    "borders",
    "kg-uz-chon-gara",
    "border-unstated",
    "Border of the Chon-Gara enclave",
    "Uzbek-Tajik border",
  ],
] as const) {
  test(`${what} that was probably already there is drawn weaker than one that surely was`, async ({
    page,
  }) => {
    await forgetStart(page, collection, id);
    await open(page, `${VIEW}&date=${BEFORE}`);
    const before = await drawnAs(page, layer);
    // It is drawn: that no source says since when is no word that it was not there.
    expect(Object.keys(before)).toEqual(expect.arrayContaining([name, sure]));
    expect(before[sure]?.opacity).toBe(1);
    expect(before[name]?.opacity).toBeLessThan(0.9);
    // By its width it is told apart: a paler line would be lost on its ground.
    expect(before[name]?.width).toBeLessThan(0.6 * Number(before[sure]?.width));
    await expect(page.locator(".legend")).toContainText(
      "Thinner or smaller: perhaps not yet, or no longer",
    );

    // From the day of its map on it is as sure as the other.
    await date(page).fill(MAPPED);
    await expect.poll(async () => (await drawnAs(page, layer))[name]).toEqual(before[sure]);
    await expect(page.locator(".legend")).not.toContainText("Thinner or smaller");
    await date(page).fill("2017-11-30");
    await expect.poll(async () => (await drawnAs(page, layer))[name]).toEqual(before[name]);
    expect(await drawnIn(page, layer)).toContain(name);
  });
}
