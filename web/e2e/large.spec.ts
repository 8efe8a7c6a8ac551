import { rm } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { makeLargeFolder } from "./large";
import { test as base, clickAt, expect, open, serving, settled, view } from "./service";

const PARCELS = 30_000;
const SURVEYS = 25_000;

const test = base.extend<object, { service: string }>({
  service: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern, even an empty one
    async ({}, use) => {
      const folder = await makeLargeFolder(PARCELS, SURVEYS);
      await serving(use, "--geodata", folder);
      await rm(folder, { recursive: true });
    },
    { scope: "worker" },
  ],
});

/** Where many of both layers lie: the first village of the surveys. */
const AT = view(13, 40.2, 71.4);

const drawn = (page: Page, part: string) =>
  page.evaluate((layer) => {
    const found = window.demarcMap?.queryRenderedFeatures({ layers: [layer] }) ?? [];
    return [...new Set(found.map(({ properties }) => String(properties.id)))].sort();
  }, part);

/** The ids that the service gives for what the map shows. */
async function inView(page: Page, collection: string, datetime: string) {
  const bounds = await page.evaluate(() => window.demarcMap?.getBounds().toArray().flat().join());
  const parameters = { bbox: String(bounds), datetime, limit: "10000", f: "json" };
  const answer = await page.request.get(`/collections/${collection}/items`, { params: parameters });
  const { features } = await answer.json();
  return (features as { id: string }[]).map(({ id }) => id).sort();
}

test("a layer too large for the page is drawn from tiles, and all of it", async ({ page }) => {
  const asked: URL[] = [];
  page.on("request", (request) => asked.push(new URL(request.url())));
  await open(page, AT);
  const parcels = await inView(page, "parcels", "../..");
  expect(parcels.length).toBeGreaterThan(20);
  expect(await drawn(page, "tiles:fill:parcels")).toEqual(parcels);
  const items = asked.filter(({ pathname }) => pathname === "/collections/parcels/items");
  expect(items.length).toBeGreaterThan(0);
  for (const { searchParams } of items) expect(searchParams.get("limit")).toBe("200");

  await expect(page.locator(".legend")).toContainText("Parcels");
  await expect(page.locator(".legend")).not.toContainText("Only the first");
  await expect(page.locator(".panel")).toContainText(
    `${parcels.length} of 30,000 lie in the present view.`,
  );
});

test("the clock chooses among the days in the tiles, and asks for none again", async ({ page }) => {
  await open(page, `${AT}&date=2000-06-01`);
  expect(await drawn(page, "tiles:fill:surveys")).toEqual(
    await inView(page, "surveys", "2000-06-01"),
  );
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  for (const [day, written] of [
    ["2003-12-31", "2003-12-31"],
    ["2004-01-01", "2004-01-01"],
    ["1990-12-31", "1990-12-31"],
  ] as const) {
    await page.getByLabel("Date", { exact: true }).fill(day);
    await settled(page);
    const expected = await inView(page, "surveys", written);
    await expect.poll(() => drawn(page, "tiles:fill:surveys")).toEqual(expected);
  }
  expect(asked.filter((url) => url.includes("/tiles/"))).toEqual([]);
});

test("a thing of a large layer can be picked on the map and from a link", async ({
  page,
  complaints,
}) => {
  await open(page, AT);
  const [first] = await inView(page, "parcels", "../..");
  const answer = await page.request.get(`/collections/parcels/items/${first}?f=json`);
  const [west, south] = (await answer.json()).geometry.coordinates[0][0];
  await page.evaluate(
    ([x, y]) => window.demarcMap?.jumpTo({ center: [x as number, y as number], zoom: 16 }),
    [west + 0.0003, south + 0.0002],
  );
  await settled(page);
  await clickAt(page, west + 0.0003, south + 0.0002);
  const panel = page.locator(".panel");
  await expect(panel).toContainText("cotton");

  await page.goto("/");
  await open(page, "#selected=parcels/f29999");
  await expect(panel.locator("h2")).toHaveText("f29999");
  await expect(panel).toContainText("cotton");
  await open(page, "#selected=parcels/none-such");
  await expect(panel).toContainText("none-such");
  await expect(panel.getByRole("alert")).toContainText("there is no `none-such`");
  // Browsers say of themselves that they were answered with 404.
  expect(complaints.splice(0)).toHaveLength(1);
});

test("a thing of one's own begins and ends by what its layer calls so", async ({ page }) => {
  const answer = await page.request.get("/collections/surveys/items/f1?f=json&datetime=../..");
  const { begun, ended } = (await answer.json()).properties;
  const panel = page.locator(".panel");
  await open(page, "#selected=surveys/f1&date=1980-01-01");
  await expect(panel).toContainText(`is not on the map on 1 January 1980. It begins: ${begun}.`);
  await page.goto("/#selected=surveys/f1&date=2090-01-01");
  await expect(panel).toContainText(`is not on the map on 1 January 2090. It ended: ${ended}.`);
});

test("tiles that fail say of which layer, and can be tried again", async ({ page, complaints }) => {
  let broken = true;
  await page.route("**/collections/parcels/tiles/**", (route) =>
    broken ? route.abort() : route.continue(),
  );
  await page.goto(`/${AT}`);
  const alert = page.locator(".map-failures").getByRole("alert");
  await expect(alert).toContainText("Parcels: part of it could not be drawn.");
  await settled(page);
  broken = false;
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect
    .poll(async () => (await drawn(page, "tiles:fill:parcels")).length)
    .toBeGreaterThan(20);
  await expect(alert).toHaveCount(0);
  complaints.splice(0);
});
