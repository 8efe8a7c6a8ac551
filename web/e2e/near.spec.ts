import { expect, open, suggestions, test } from "./service";

test("near Ak-Turpak: by distance, certain and possible apart, with notice", async ({
  page,
  request,
}) => {
  await open(page);
  const field = page.getByRole("combobox", { name: "Place" });
  await field.fill("Ak-Turpak");
  await page
    .getByRole("option", { name: /Ak-Turpak/ })
    .first()
    .click();

  const answer = page.locator(".near-answer");
  await expect(answer.getByRole("heading", { level: 2 })).toHaveText("Within 20 km of Ak-Turpak");
  const url = await answer.getByRole("link", { name: /Download this answer/ }).getAttribute("href");
  const given = await (await request.get(String(url))).json();
  await expect(answer.locator(".message")).toHaveText(given.message);
  await expect(answer.locator(".warning")).toHaveText(given.notice);
  // The name is two places' name; the gazetteer says so.
  await expect(answer.locator(".note").first()).toHaveText(given.place.notes);

  for (const [match, title] of [
    ["certain", "Nearest ground spoken of: within the radius"],
    ["possible", "Nearest ground spoken of: perhaps within the radius"],
  ] as const) {
    const expected = given.features
      .filter(({ properties }: { properties: { match: string } }) => properties.match === match)
      .map(({ properties }: { properties: { name: string } }) => properties.name);
    expect(expected.length, `${match} areas`).toBeGreaterThan(0);
    const group = answer.locator(".group", {
      has: page.getByRole("heading", { name: title, exact: true }),
    });
    await expect(group.locator(".row-name")).toHaveText(expected);
  }
  const covering = answer.locator(".group", {
    has: page.getByRole("heading", { name: /cover this place/ }),
  });
  await expect(covering.locator(".row-name")).toHaveText(
    given.covering.map(({ properties }: { properties: { name: string } }) => properties.name),
  );
  const radius = await page.evaluate(
    () => window.demarcMap?.querySourceFeatures("near").length ?? 0,
  );
  expect(radius, "the radius is drawn").toBeGreaterThan(0);
});

test("near an empty place: nothing found, and what nothing means", async ({ page, request }) => {
  await open(page, "#near=69.6,41.75&radius=2000");
  const answer = page.locator(".near-answer");
  const given = await (await request.get("/near?at=69.6,41.75&radius=2000")).json();
  expect(given.features).toEqual([]);
  await expect(answer.locator(".message")).toHaveText(
    given.message.replace("69.6, 41.75", "41.7500° N, 69.6000° E"),
  );
  await expect(answer.locator(".message")).toContainText(/not evidence/i);
  await expect(answer.locator(".warning")).toHaveText(given.notice);
  await expect(answer.getByRole("heading", { name: /within the radius/ })).toHaveCount(0);
  // What is reported without a location may lie here too.
  expect(given.unlocated.length).toBeGreaterThan(0);
  await expect(
    answer.locator(".group", { hasText: "without any location" }).locator(".row-name"),
  ).toHaveText(
    given.unlocated.map(({ properties }: { properties: { name: string } }) => properties.name),
  );
});

test("near by keyboard alone", async ({ page }) => {
  await open(page);
  await page.keyboard.press("Tab");
  const field = page.getByRole("combobox", { name: "Place" });
  await expect(field).toBeFocused();
  await page.keyboard.type("Batken");
  await expect(suggestions(page).first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(suggestions(page).first()).toHaveAttribute("aria-selected", "true");
  await expect(field).toHaveAttribute("aria-activedescendant", "near-place-0");
  await page.keyboard.press("Enter");
  const answer = page.locator(".near-answer");
  await expect(answer.getByRole("heading", { level: 2 })).toContainText("Within 20 km of Batken");
  // The message is read out, not every row.
  await expect(answer.locator(".message")).toHaveAttribute("aria-live", "polite");
  await expect(answer.locator("[aria-live]")).toHaveCount(1);

  // On to the first area of the answer, and into its panel.
  const first = answer.locator(".row").first();
  const name = await first.locator(".row-name").textContent();
  await first.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".feature h2")).toHaveText(String(name));
  await expect(page.locator(".feature h2")).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(answer).toBeVisible();
});

test("the place field lets go of a place that is no longer asked about", async ({ page }) => {
  await open(page);
  await open(page, "#near=1514637");
  const field = page.getByRole("combobox", { name: "Place" });
  await expect(field).toHaveValue("Ak-Turpak");
  await page.locator(".near-answer").getByRole("button", { name: "Clear", exact: true }).click();
  await expect(field).toHaveValue("");
  await page.goBack();
  await expect(field).toHaveValue("Ak-Turpak");
  await page.goBack();
  await expect(field).toHaveValue("");
});

test("an unknown place is a sentence, not an empty list", async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Place" }).fill("Qwxzvbn");
  await expect(page.locator(".suggestions")).toContainText("No place of that name");
});

test("the place's answer follows the clock", async ({ page }) => {
  await open(page, "#near=1514637&date=2026-01-01");
  const sokh = page.locator(".near-answer .row", { hasText: "Sokh enclave" });
  const later = await sokh.locator(".row-text > span").nth(1).textContent();
  await page.getByLabel("Date", { exact: true }).fill("2003-12-31");
  await expect(sokh).toContainText("Reported mined");
  expect(later).not.toContain("Reported mined");
});

test("a position in another writing is told how one is written", async ({ page }) => {
  await open(page);
  const field = page.getByRole("combobox", { name: "Place" });
  const said = page.locator(".suggestions");
  for (const typed of ["39°54'N 70°54'E", "39.9° N, 70.9° E", "N39 54 E70 54"]) {
    await field.fill(typed);
    await expect(said).toContainText("longitude first: 70.9, 39.9.");
    await expect(said).not.toContainText("No place of that name");
  }
  await field.fill("70.9, 39.9");
  await expect(said).toContainText("39.9000° N, 70.9000° E");
  await field.press("Enter");
  await expect(page.locator(".near-answer")).toContainText("39.9000° N, 70.9000° E");
});

test("an answer that comes late takes the map to its circle", async ({ page }) => {
  await page.route("**/near?**", async (route) => {
    await page.waitForFunction(() => window.demarcMap);
    await route.continue();
  });
  await page.goto("/#near=71.08,40.02&radius=5000");
  await expect(page.locator(".near-answer .message")).toBeVisible();
  // Beside what lies open on the map, so not in its middle.
  const isThere = () =>
    page.evaluate(() => {
      const map = window.demarcMap;
      return map?.getBounds().contains([71.08, 40.02]) && map.getZoom() > 10;
    });
  await expect.poll(isThere).toBe(true);
});

test("no answer stands under a question about another circle", async ({ page }) => {
  await open(page, "#near=1514637&date=2003-12-31");
  const answer = page.locator(".near-answer");
  const heading = answer.getByRole("heading", { level: 2 });
  await expect(heading).toHaveText("Within 20 km of Ak-Turpak");
  let release = () => {};
  const held = new Promise<void>((go) => {
    release = go;
  });
  await page.route("**/near?**", async (route) => {
    await held;
    await route.continue();
  });
  await page.locator(".near-form select").selectOption({ label: "5 km" });
  await expect(heading).toHaveCount(0);
  await expect(answer).toContainText("Loading");
  await expect(answer.getByRole("link", { name: /Download/ })).toHaveCount(0);
  release();
  await expect(heading).toHaveText("Within 5 km of Ak-Turpak");
  await expect(answer.getByRole("link", { name: /Download/ })).toHaveAttribute(
    "href",
    /radius=5000/,
  );
});

test("a link that names a place by its name has its circle on the map", async ({ page }) => {
  await open(page, "#near=Osh");
  await expect(page.locator(".near-answer .message")).toBeVisible();
  await expect(page.getByRole("slider", { name: "Radius of the circle" })).toHaveAttribute(
    "aria-valuenow",
    "20000",
  );
});

test("the English message is the service's own, at every edge of the atlas", async ({ page }) => {
  for (const near of ["69.6,41.75&radius=2000", "73.99,41.79&radius=20000", "60,30", "1514637"]) {
    await open(page, `#near=${near}`);
    const url = await page.locator('.near-answer a[href*="/near"]').getAttribute("href");
    const given = await (await page.request.get(String(url))).json();
    // The page writes a position as people do, the service as it takes it.
    const said = String(given.message).replace(
      /(\d+(?:\.\d+)?), (\d+(?:\.\d+)?)/,
      (_, east, north) => `${Number(north).toFixed(4)}° N, ${Number(east).toFixed(4)}° E`,
    );
    await expect(page.locator(".near-answer .message")).toHaveText(said);
  }
});
