// Taking the map away: files in every format, and the address for QGIS.
import type { Page } from "@playwright/test";
import { expect, open, test, view } from "./service";

const panel = (page: Page) => page.getByRole("region", { name: "What is known" });
const tool = (page: Page) => page.getByRole("button", { name: "Take away", exact: true });
const ground = (page: Page) => panel(page).getByRole("combobox", { name: "Which ground" });
const format = (page: Page) => panel(page).getByRole("combobox", { name: "Format" });
const file = (page: Page, layer: string) =>
  page.locator(".downloads").getByRole("link", { name: layer, exact: true });
const hrefOf = async (page: Page, layer: string) =>
  String(await file(page, layer).getAttribute("href"));

for (const [size, viewport] of [
  ["a desk", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
] as const) {
  test.describe(`on ${size}`, () => {
    test.use({ viewport });

    test("the view in every format that the service offers, by keyboard alone", async ({
      page,
      request,
    }) => {
      await open(page, `${view(9, 39.98, 71.1)}&date=2020-01-01`);
      await tool(page).focus();
      await page.keyboard.press("Enter");
      await expect(panel(page).getByRole("heading", { name: "Take it away" })).toBeFocused();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await expect(ground(page)).toBeFocused();
      await page.keyboard.press("ArrowDown");
      await expect(ground(page)).toHaveValue("view");
      await expect(panel(page)).toContainText("reports without any location are in no cut");
      await expect.poll(() => hrefOf(page, "Enclaves")).toContain("bbox=");

      // What the answers link to, no more and no less.
      const { links } = await (await request.get("/collections/enclaves/items?limit=1")).json();
      const linked = links
        .filter(
          ({ rel, type }: { rel: string; type: string }) =>
            rel === "alternate" && type !== "text/html",
        )
        .map(({ title }: { title: string }) => title);
      expect(linked.length).toBeGreaterThan(4);
      await page.keyboard.press("Tab");
      await expect(format(page)).toBeFocused();
      const offered = await format(page)
        .locator("option")
        .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
      expect(offered.toSorted()).toEqual(["geojson", ...linked].toSorted());

      const drawn = await (await request.get(await hrefOf(page, "Enclaves"))).json();
      expect(drawn.features.map(({ id }: { id: string }) => id)).toContain("sokh");
      expect(drawn.features.length).toBeLessThan(8);
      expect(drawn.features).toHaveLength(drawn.numberMatched);
      await expect(page.locator(".downloads li", { hasText: "Enclaves" })).toContainText(
        new RegExp(`Enclaves ${drawn.features.length} feature`),
      );
      for (const one of offered) {
        await format(page).selectOption(one);
        const href = await hrefOf(page, "Enclaves");
        expect(href).toContain(`f=${one}`);
        expect(href).toContain("datetime=2020-01-01");
        const answer = await request.get(href);
        expect(answer.status(), one).toBe(200);
        expect((await answer.body()).byteLength, one).toBeGreaterThan(500);
      }
    });
  });
}

test("a file is saved under a name that says what and when", async ({ page }) => {
  await open(page, "#date=2003-01-01/2011-12-31&known=2012-01-01");
  await tool(page).click();
  await expect(panel(page)).toContainText(
    "What changes with time: 1 January 2003 to 31 December 2011, as known on 1 January 2012; the rest whole.",
  );
  await format(page).selectOption("gpkg");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    file(page, "Borders").click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^borders.*\.gpkg$/);
  const saved = await download.createReadStream();
  const first = await new Promise<Buffer>((resolve) => saved.once("data", resolve));
  expect(first.subarray(0, 15).toString()).toBe("SQLite format 3");
});

for (const [date, days] of [
  ["2006-01-01", "2006-01-01"],
  ["2003-01-01/2011-12-31", "2003-01-01-to-2011-12-31"],
  ["../..", "all-times"],
] as const) {
  test(`files and QGIS have the clock's days, and what was known: ${date}`, async ({
    page,
    request,
    service,
  }) => {
    await open(page, `#date=${date}&known=2008-01-01&near=1514637`);
    await tool(page).click();
    await ground(page).selectOption("all");
    const asked = `datetime=${encodeURIComponent(date)}&known-at=2008-01-01`;
    await expect.poll(() => hrefOf(page, "Reported areas")).toContain(asked);
    await expect(file(page, "Reported areas")).toHaveAttribute(
      "download",
      `reported-areas-${days}-known-2008-01-01.geojson`,
    );
    expect(await hrefOf(page, "Claims")).not.toContain("datetime");

    // What the file says is what the map shows.
    const taken = await (await request.get(await hrefOf(page, "Reported areas"))).json();
    const area = taken.features.find(({ id }: { id: string }) => id === "area-sokh-surrounds");
    await page.goto(`/#date=${date}&known=2008-01-01&selected=reported-areas/area-sokh-surrounds`);
    await expect(panel(page).locator(".status-line")).toContainText(area.properties.status_by);

    await tool(page).click();
    const what = panel(page).getByRole("combobox", { name: "What to open" });
    await what.selectOption("reported-areas");
    const address = await panel(page).getByRole("textbox", { name: "Address" }).inputValue();
    expect(address).toContain(`${service}/collections/reported-areas/items?f=json&${asked}`);
    await expect(panel(page)).toContainText("Add Vector Layer");
    const given = await (await request.get(address)).json();
    expect(given.features).toEqual(taken.features);
    await what.selectOption("");
    await expect(panel(page)).toContainText("QGIS then asks for itself");
  });
}

test("the whole atlas is one file, of the clock's days and as known on its second", async ({
  page,
  request,
}) => {
  const whole = panel(page).getByRole("link", { name: /^The whole atlas with its claims/ });
  await open(page);
  await tool(page).click();
  expect(await whole.getAttribute("href")).toBe("/atlas.gpkg");
  await expect(panel(page)).not.toContainText("those alone that speak of these days");
  // The sheet stays open.
  await open(page, "#date=2006-01-01&known=2008-01-01");
  await expect(whole).toHaveAttribute("download", "atlas-2006-01-01-known-2008-01-01.gpkg");
  await expect(panel(page)).toContainText(
    "Of claims and events it holds those alone that speak of these days.",
  );
  const href = String(await whole.getAttribute("href"));
  expect(href).toBe("/atlas.gpkg?datetime=2006-01-01&known-at=2008-01-01");
  const bytes = await (await request.get(href)).body();
  expect(bytes.subarray(0, 15).toString()).toBe("SQLite format 3");
  // A cut has no whole atlas in it.
  await ground(page).selectOption("view");
  await expect(whole).toHaveCount(0);
});

test("the answer near a place as files: with distance, and what is in the whole answer alone", async ({
  page,
  request,
}) => {
  await open(page, "#near=1514637");
  await panel(page).getByRole("button", { name: "Other formats" }).click();
  await expect(ground(page)).toHaveValue("near");
  await expect(ground(page).locator("option:checked")).toHaveText("within 20 km of Ak-Turpak");
  await expect(panel(page)).toContainText(
    "Reports without any location are in the whole answer alone.",
  );
  const whole = panel(page).getByRole("link", { name: /^The whole answer/ });
  const given = await (await request.get(String(await whole.getAttribute("href")))).json();
  expect(given.unlocated.length).toBeGreaterThan(0);

  await format(page).selectOption("csv");
  await expect.poll(() => hrefOf(page, "Reported areas")).toContain("near=1514637");
  const csv = await (await request.get(await hrefOf(page, "Reported areas"))).text();
  const [head = ""] = csv.split("\n");
  for (const column of ["distance_m", "match", "notice"]) expect(head).toContain(column);
  for (const { id } of [...given.features, ...given.covering]) expect(csv).toContain(id);
  for (const { id } of given.unlocated) expect(csv).not.toContain(id);

  // The question stands when the sheet is closed.
  await panel(page).getByRole("button", { name: "Close" }).click();
  await expect(page.locator(".near-answer")).toBeVisible();
});

test("where a layer has nothing in view, that is no evidence about the ground", async ({
  page,
}) => {
  await open(page, view(13, 38.2, 68.2));
  await tool(page).click();
  await ground(page).selectOption("view");
  const row = (layer: string) => page.locator(".downloads li", { hasText: layer });
  await expect(row("Enclaves")).toHaveText("Enclaves none of it here");
  await expect(row("Reported areas")).toHaveText(
    "Reported areas none of it here; that is not evidence that ground is free of mines",
  );
});

test("a layer that cannot be asked about is a sentence with a way to try again", async ({
  page,
  complaints,
}) => {
  let broken = false;
  await page.route("**/collections/rivers/items**limit=1&**", (route) =>
    broken ? route.abort() : route.continue(),
  );
  await open(page);
  broken = true;
  await tool(page).click();
  const row = page.locator(".downloads li", { hasText: "Rivers" });
  await expect(row.getByRole("alert")).toContainText("The service cannot be reached");
  await expect(file(page, "Borders")).toBeVisible();
  broken = false;
  await row.getByRole("button", { name: "Try again" }).click();
  await expect(file(page, "Rivers")).toBeVisible();
  complaints.splice(0);
});

test("the address for QGIS is copied, or selected where the browser forbids it", async ({
  page,
  service,
  request,
}) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  await tool(page).click();
  const address = panel(page).getByRole("textbox", { name: "Address" });
  await expect(address).toHaveValue(`${service}/`);
  await expect(panel(page)).toContainText("WFS / OGC API – Features Layer");
  await panel(page).getByRole("button", { name: "Copy" }).click();
  await expect(panel(page).getByRole("status")).toHaveText("Copied.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${service}/`);
  // What a program gets there is the landing page of the API.
  const landing = await (await request.get(`${service}/`)).json();
  expect(landing.links.map(({ rel }: { rel: string }) => rel)).toContain("conformance");

  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
  });
  await panel(page).getByRole("button", { name: "Copy" }).click();
  await expect(panel(page).getByRole("status")).toContainText("press Ctrl+C");
  await expect(address).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(`${service}/`);
});
