import { rm } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { makeFolder, WELLS } from "./folder";
import { test as base, clickAt, drawnIn, expect, open, serving, view } from "./service";

const test = base.extend<object, { service: string }>({
  service: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern, even an empty one
    async ({}, use) => {
      const folder = await makeFolder();
      await serving(use, "--geodata", folder);
      await rm(folder, { recursive: true });
    },
    { scope: "worker" },
  ],
});

const panel = (page: Page) => page.getByRole("region", { name: "What is known" });

test("layers of a reader's own are drawn, and stand in the legend under their titles", async ({
  page,
}) => {
  await open(page);
  expect(await drawnIn(page, "plain-line")).toEqual(["branches", "canal", "field", "fields"]);
  expect(await drawnIn(page, "plain-fill")).toEqual(["field", "fields"]);
  expect(await drawnIn(page, "plain-point")).toContain("posts");
  const legend = page.locator(".legend");
  for (const title of ["Wells", "Canals", "Fields and posts"]) {
    await expect(legend).toContainText(title);
  }
  await expect(legend).not.toContainText("Only the first");
  await page.getByRole("button", { name: "Take away" }).click();
  const downloads = page.locator(".downloads");
  await expect(downloads.getByRole("link", { name: "Wells" })).toHaveCount(1);
});

test("all pages of a long layer are drawn", async ({ page }) => {
  const pages: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/collections/wells/items")) pages.push(request.url());
  });
  // The last well lies on the second page.
  await open(page, view(14, 40.5 + (WELLS - 1) / 201 / 1000, 70.6));
  expect(pages).toHaveLength(2);
  expect(await drawnIn(page, "plain-point")).toContain(`well-${WELLS - 201}`);
  await expect(panel(page)).toContainText("more, on the map and in the download");
});

test("QGIS is sent to the whole service where one address would give it a part", async ({
  page,
  service,
}) => {
  await open(page);
  await page.getByRole("button", { name: "Take away" }).click();
  const what = panel(page).getByRole("combobox", { name: "What to open" });
  const address = panel(page).getByRole("textbox", { name: "Address" });
  await what.selectOption("wells");
  await expect(panel(page)).toContainText(
    "This layer has 10,050 features for these days, and QGIS would get the first 10,000 alone.",
  );
  await expect(address).toHaveValue(`${service}/`);
  await expect(panel(page)).toContainText("WFS / OGC API – Features Layer");
  await what.selectOption("canals");
  await expect(panel(page)).not.toContainText("would get the first");
  await expect(address).toHaveValue(/canals\/items/);
});

test("a click on a thing of one's own shows its properties as they are", async ({ page }) => {
  await open(page, view(12, 40.25, 71.55));
  await clickAt(page, 71.55, 40.25);
  await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText("field");
  await expect(panel(page).locator(".kind")).toHaveText("Fields and posts");
  await expect(panel(page)).toContainText("cotton");

  // What it calls its start is its own affair, and takes it off no day.
  await open(page, "#selected=wells/well-7");
  await page.reload();
  await expect(panel(page).locator(".facts")).toContainText('{"kind":"hand"}');
  await expect(panel(page).locator(".facts")).toContainText("2090");
  await expect(panel(page)).not.toContainText("is not on the map");
});

test("every layer of reported areas is drawn, listed and asked", async ({ page }) => {
  await open(page);
  expect(await drawnIn(page, "area-marks")).toEqual(["Post A", "Post B"]);
  await expect(panel(page).getByRole("heading", { name: "Police files" })).toBeVisible();
  await expect(panel(page).getByRole("heading", { name: "Army files" })).toBeVisible();
  await panel(page)
    .getByRole("button", { name: /Post B/ })
    .click();
  await expect(panel(page).locator(".status-line")).toContainText("Reported mined");

  await open(page, "#near=71.2,40.4&radius=50000");
  await page.reload();
  const rows = page.locator(".near-answer .row");
  await expect(rows.locator(".row-name")).toHaveText(["Post A", "Post B"]);
  await expect(rows.nth(1)).toContainText("Reported mined");
});

test("an atlas without borders, enclaves or relief works, and says nothing of them", async ({
  page,
}) => {
  await open(page);
  await expect(panel(page)).not.toContainText("Enclaves on");
  await expect(panel(page)).not.toContainText("Borders on");
  await expect(page.getByRole("alert")).toHaveCount(0);
  await page.getByRole("button", { name: "Previous event" }).click();
  await expect(page.locator(".moment")).toContainText("1 January 2000");
});
