import type { Page } from "@playwright/test";
import { clickAt, drawnIn, expect, middle, open, settled, test, view } from "./service";

const panel = (page: Page) => page.getByRole("region", { name: "What is known" });

test("the map loads with its notice, legend and attributions", async ({ page, request }) => {
  await open(page);
  const landing = await (await request.get("/?f=json")).json();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(landing.title);
  await expect(page.locator(".notice")).toHaveText(landing.notice);
  await expect(page.locator(".notice").getByRole("button")).toHaveCount(0);
  expect(await drawnIn(page, "area-marks")).not.toEqual([]);
  expect(await drawnIn(page, "territories")).toContain("Kyrgyzstan");
  const legend = page.locator(".legend");
  await expect(legend).toContainText("Reported mined");
  await expect(legend).toContainText("Extent unknown");
  const { collections } = await (await request.get("/collections")).json();
  const osm = collections.find(({ id }: { id: string }) => id === "borders").attribution;
  await expect(page.locator(".attribution")).toContainText(osm);
});

test("the relief is drawn from the service's own tiles", async ({ page }) => {
  const tiles: number[] = [];
  page.on("response", (response) => {
    if (new URL(response.url()).pathname.startsWith("/relief/")) tiles.push(response.status());
  });
  await open(page);
  expect(tiles.length).toBeGreaterThan(0);
  expect(new Set(tiles)).toEqual(new Set([200]));
});

test("clicking Sokh's surroundings shows its claims, claimants, dates and sources", async ({
  page,
  request,
}) => {
  const item = "/collections/reported-areas/items/area-sokh-surrounds";
  const feature = await (await request.get(item)).json();
  const [longitude, latitude] = middle(feature.geometry);

  await open(page, view(11, latitude, longitude));
  await clickAt(page, longitude, latitude);
  // The enclave's outline and its border run along the same line.
  await expect(panel(page)).toContainText("Several things are here");
  await panel(page).getByRole("button", { name: feature.properties.name }).click();

  await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText(feature.properties.name);
  await expect(panel(page).locator(".status-line")).toContainText(/^.*[Rr]eported.*, by /);
  const { entries } = await (await request.get(`${item}/timeline`)).json();
  const claims = entries.filter(
    ({ type, inherited }: { type: string; inherited: boolean }) => type === "claim" && !inherited,
  );
  expect(claims.length).toBeGreaterThan(1);
  for (const claim of claims) {
    const row = panel(page).locator(".entry.claim", { hasText: claim.summary }).first();
    await expect(row).toContainText(claim.claimant.name);
    for (const source of claim.sources) await expect(row).toContainText(source.title);
    const links = claim.sources.filter(({ url }: { url?: string }) => url?.startsWith("http"));
    for (const { url } of links) await expect(row.locator(`a[href="${url}"]`)).toHaveCount(1);
    if (/^\d{4}(-\d\d)*$/.test(claim.date ?? "")) await expect(row).toContainText(claim.date);
  }
  expect(await page.evaluate(() => location.hash)).toContain(
    "selected=reported-areas/area-sokh-surrounds",
  );
});

test("contradictions that name the area's own claims come first, the others folded", async ({
  page,
}) => {
  await page.route("**/collections/claims/items?**", async (route) => {
    const answer = await (await route.fetch()).json();
    for (const { properties } of answer.features) properties.title_only = true;
    await route.fulfill({ json: answer });
  });
  await page.route("**/items/area-sokh-surrounds/timeline**", async (route) => {
    const answer = await (await route.fetch()).json();
    const [entry] = answer.entries;
    await route.fulfill({
      json: {
        ...answer,
        unlocated: [{ ...entry, id: "elsewhere", summary: "Somewhere there were mines." }],
      },
    });
  });
  await open(page, "#selected=reported-areas/area-sokh-surrounds");
  const status = panel(page).locator(".status");
  await expect(status.locator(".contested")).toHaveText(
    /^Contested: \d contradictions or tensions name its own claims\.$/,
  );
  const statements = status.locator(".statements").first();
  await expect(statements.locator(".tag").first()).toHaveText("contradiction");
  await expect(statements.locator(".tag").last()).toHaveText("tension");
  await expect(status.locator("details")).toHaveCount(2);
  await expect(status.locator("details li").first()).toBeHidden();
  await status.getByText("larger areas that contain this one").click();
  await expect(status.locator("details[open] li").first()).toBeVisible();
  await expect(status).toContainText("known from a title alone");
  await expect(panel(page)).toContainText("1 more claim names no location");
  await expect(
    panel(page).locator("section", { hasText: "whose location no source states" }),
  ).toContainText("Somewhere there were mines.");
});

test("moving the clock from 2023 to 2025 takes Barak off the map, and its panel says why", async ({
  page,
}) => {
  const barak = view(11, 40.668, 72.768);
  await open(page, `${barak}&date=2023-06-01`);
  expect(await drawnIn(page, "enclaves")).toContain("Barak");
  await page.getByLabel("Date", { exact: true }).fill("2025-06-01");
  await expect.poll(() => drawnIn(page, "enclaves")).not.toContain("Barak");
  expect(await drawnIn(page, "territories")).toContain("Uzbekistan");
  expect(await page.evaluate(() => location.hash)).toContain("date=2025-06-01");

  await open(page, `${barak}&date=2025-06-01&selected=enclaves/barak`);
  await page.reload();
  await settled(page);
  await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText("Barak");
  await expect(panel(page)).toContainText(
    "Barak is not on the map on 1 June 2025. It ended: 2024-04",
  );
});

test("before its first version a thing begins, and has not ended", async ({ page }) => {
  for (const [id, name] of [
    ["sokh", "Sokh"],
    ["barak", "Barak"],
  ]) {
    await open(page, `#selected=enclaves/${id}&date=1980-01-01`);
    await expect(panel(page)).toContainText(
      `${name} is not on the map on 1 January 1980. It begins: 1991.`,
    );
    await expect(panel(page)).not.toContainText("It ended");
  }
  await panel(page).getByRole("button", { name: "Set the clock to 1 January 1991" }).click();
  await expect(page.getByLabel("Date", { exact: true })).toHaveValue("1991-01-01");
  await expect(panel(page)).not.toContainText("is not on the map");
});

test("the clock steps from event to event", async ({ page }) => {
  await open(page, "#date=2024-01-15");
  await page.getByRole("button", { name: "Next event" }).click();
  const after = page.locator(".moment");
  await expect(after).toContainText(/^\d+ \w+ 2024 — (Event|Claim|Changes)/);
  await page.getByRole("button", { name: "Previous event" }).click();
  await expect(page.locator(".moment strong")).not.toHaveText("15 January 2024");
  expect(await page.locator(".ticks .event").count()).toBeGreaterThan(10);
  expect(await page.locator(".ticks .claim").count()).toBeGreaterThan(10);
});

test("as known on a day takes later reports back", async ({ page }) => {
  const kyrgyzstan = "#selected=reported-areas/area-kyrgyzstan&date=2026-01-01";
  await open(page, kyrgyzstan);
  await expect(panel(page).locator(".status-line")).toContainText("suspected");
  await page.getByLabel("As known on").fill("2012-01-01");
  await expect(panel(page).locator(".status-line")).not.toContainText("suspected");
  await expect(page.locator(".moment")).toContainText("as known on 1 January 2012");
});

test("an empty spot says what emptiness means, and can be asked about", async ({ page }) => {
  await open(page, view(12, 41.35, 72.2));
  await clickAt(page, 72.2, 41.35);
  await expect(panel(page)).toContainText("Nothing is drawn here");
  await expect(panel(page)).toContainText("not evidence that ground is free of mines");
  await expect(panel(page)).toContainText("Covering this point");
  await panel(page)
    .getByRole("button", { name: /Ask what is reported near this point/ })
    .click();
  await expect(panel(page).locator(".warning")).not.toBeEmpty();
});

test("going back returns to what was chosen before", async ({ page }) => {
  await open(page);
  await panel(page)
    .getByRole("button", { name: /Ak-Turpak/ })
    .first()
    .click();
  await expect(panel(page).getByRole("heading", { level: 2 })).toContainText("Ak-Turpak");
  await page.goBack();
  await expect(panel(page).getByRole("heading", { level: 2 }).first()).toContainText(
    "Reported areas on",
  );
});

test("a layer's download is the GeoJSON that the service gives for the day", async ({
  page,
  request,
}) => {
  await open(page, "#date=2023-06-01");
  await page.getByRole("button", { name: "Take away" }).click();
  const link = page.locator(".downloads").getByRole("link", { name: "Enclaves" });
  const href = await link.getAttribute("href");
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toMatch(/\.(geo)?json$/);
  const saved = await download.createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of saved) chunks.push(chunk as Buffer);
  const file = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  const answer = await (await request.get(String(href))).json();
  expect(file.type).toBe("FeatureCollection");
  expect(file.features).toEqual(answer.features);
  expect(file.features.map(({ id }: { id: string }) => id)).toContain("barak");
  expect(file.features).toHaveLength(file.numberMatched);
});

test("a service that cannot be reached is a sentence with a way to try again", async ({
  page,
  complaints,
}) => {
  let broken = true;
  await page.route("**/collections/reported-areas/items**", (route) =>
    broken ? route.abort() : route.continue(),
  );
  await open(page);
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("The service cannot be reached");
  broken = false;
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(panel(page)).toContainText("Ak-Turpak");
  // The browser's own line about the request that this test broke.
  expect(complaints.splice(0).every((line) => line.includes("ERR_FAILED"))).toBe(true);
});

test("only the reader moves the map: neither to open nor to print it changes its link", async ({
  page,
}) => {
  await open(page);
  await settled(page);
  for (const event of ["beforeprint", "afterprint"]) {
    await page.evaluate((name) => window.dispatchEvent(new Event(name)), event);
  }
  await settled(page);
  expect(new URL(page.url()).hash).toBe("");
});
