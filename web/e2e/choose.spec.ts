import type { Page } from "@playwright/test";
import { expect, open, suggestions, test } from "./service";

const field = (page: Page) => page.getByRole("combobox", { name: "Place" });
const heading = (page: Page) => page.locator(".near-answer").getByRole("heading", { level: 2 });

/** Answers the gazetteer's next questions with these places. */
async function know(page: Page, ...features: object[]) {
  await page.route("**/places?**", (route) =>
    route.fulfill({
      json: { type: "FeatureCollection", numberReturned: features.length, features },
    }),
  );
}

const place = (id: string, coordinates: number[] | null, properties: object) => ({
  type: "Feature",
  id,
  geometry: coordinates && { type: "Point", coordinates },
  properties: { name: id, names: [id], country: "KG", match: "exact", ...properties },
});

test("of two places of one name none is guessed", async ({ page }) => {
  await open(page);
  await field(page).fill("Dostuk");
  await field(page).press("Enter");
  await expect(page.locator(".suggestions .hint")).toHaveText(/Several places are called so/);
  await expect(suggestions(page)).toHaveCount(2);
  await expect(field(page)).toBeFocused();
  await expect(page.locator(".near-answer")).toHaveCount(0);

  // The button asks no differently.
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await expect(page.locator(".suggestions .hint")).toBeVisible();
  await expect(page.locator(".near-answer")).toHaveCount(0);

  await field(page).press("ArrowDown");
  await field(page).press("ArrowDown");
  await field(page).press("Enter");
  await expect(heading(page)).toHaveText("Within 20 km of Dostuk");
  await expect(page.locator(".near-answer")).toContainText("Kyrgyzstan");
});

test("the one place called exactly so is taken", async ({ page }) => {
  await open(page);
  await field(page).fill("Batken");
  await field(page).press("Enter");
  await expect(heading(page)).toHaveText("Within 20 km of Batken");
});

test("a name that is only like it is not taken", async ({ page }) => {
  await open(page);
  await field(page).fill("Batke");
  await field(page).press("Enter");
  await expect(page.locator(".suggestions .hint")).toHaveText(/No place is called exactly so/);
  await expect(page.locator(".near-answer")).toHaveCount(0);
});

test("other words than the place asked about are a new question", async ({ page }) => {
  await open(page, "#near=1514637");
  await expect(field(page)).toHaveValue("Ak-Turpak");
  await field(page).fill("Dostuk");
  await field(page).press("Escape");
  await field(page).press("Enter");
  await expect(page.locator(".suggestions .hint")).toHaveText(/Several places/);
  await expect(heading(page)).toHaveText("Within 20 km of Ak-Turpak");
});

test("a place that nobody located cannot be asked about", async ({ page }) => {
  await open(page);
  await know(page, place("Lost", null, {}));
  await field(page).fill("Lost");
  await expect(suggestions(page).first()).toHaveAttribute("aria-disabled", "true");
  await field(page).press("Enter");
  await expect(page.locator(".suggestions .hint")).toHaveText(/Nobody located/);
  await suggestions(page).first().click({ force: true });
  await expect(page.locator(".near-answer")).toHaveCount(0);
});

test("a place that is an area is shown on the map", async ({ page }) => {
  await open(page);
  await know(
    page,
    place("Sokh", [71.14565, 39.94694], {}),
    place("Sokh enclave", null, { area: "enclaves/sokh" }),
  );
  await field(page).fill("Sokh");
  await field(page).press("Enter");
  await expect(page.locator(".suggestions .hint")).toHaveText(/Several places/);
  await suggestions(page).nth(1).click();
  await expect(page.locator(".feature h2")).toHaveText(/Sokh/);
  expect(await page.evaluate(() => location.hash)).toContain("selected=enclaves/sokh");
  expect(await page.evaluate(() => location.hash)).not.toContain("near=");
});

test("certain speaks of the nearest ground's distance, and of nothing else", async ({
  page,
  request,
}) => {
  await open(page, "#near=1514637");
  const answer = page.locator(".near-answer");
  const certain = answer.locator(".group", {
    has: page.getByRole("heading", { name: "Nearest ground spoken of: within the radius" }),
  });
  await expect(certain).toContainText("Certain about distance alone");
  await expect(certain).toContainText("Not certain is that mines are there");
  await expect(certain).toContainText("ground may also lie far outside");
  const { features } = await (await request.get("/near?place=1514637")).json();
  const sokh = features.find(({ id }: { id: string }) => id === "area-sokh-surrounds");
  expect(sokh.properties.nearest_m).toBe(0);
  await expect(answer.locator(".row", { hasText: "Territory around the Sokh" })).toContainText(
    /Drawn \d+ m to the south-west; nearest ground spoken of: 0 m to 3.8 km/,
  );
});
