// Asking the map by tap: a finger on a phone finds what a mouse does, and what is told is in sight.
import type { Page } from "@playwright/test";
import { panel } from "./clock";
import { expect, middle, open, pointAt, settled, test, view } from "./service";

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

async function tapAt(page: Page, longitude: number, latitude: number) {
  const { x, y } = await pointAt(page, longitude, latitude);
  await page.touchscreen.tap(x, y);
}

const heading = (page: Page) => panel(page).getByRole("heading", { level: 2 });

test("on a phone a tap on a mark opens what is reported there", async ({ page, request }) => {
  const item = "/collections/reported-areas/items/area-tortgul";
  const { properties, geometry } = await (await request.get(item)).json();
  const [longitude, latitude] = geometry.coordinates;
  // With the dots of villages hidden it lies alone.
  await open(page, `${view(12, latitude, longitude)}&hide=settlements`);
  await tapAt(page, longitude, latitude);
  await expect(heading(page)).toHaveText(properties.name);
  await expect(heading(page)).toBeInViewport();
  await expect(panel(page).locator(".status-line")).toBeInViewport();
  await expect(panel(page).locator(".status-line")).toContainText(properties.status_by);
});

test("on a phone a tap where several things lie asks which, and a tap answers", async ({
  page,
  request,
}) => {
  const item = "/collections/reported-areas/items/area-sokh-surrounds";
  const { properties, geometry } = await (await request.get(item)).json();
  const [longitude, latitude] = middle(geometry);
  await open(page, view(11, latitude, longitude));
  await tapAt(page, longitude, latitude);
  await expect(heading(page)).toHaveText("Several things are here");
  await expect(heading(page)).toBeInViewport();
  // The enclave and its border run along the line of the report.
  const rows = panel(page).locator(".chooser .row-name");
  const names = await rows.allTextContents();
  expect(names).toEqual(expect.arrayContaining([properties.name, "Sokh"]));
  await panel(page).getByRole("button", { name: properties.name }).tap();
  await expect(heading(page)).toHaveText(properties.name);
  await expect(panel(page).locator(".entry.claim").first()).toBeAttached();
});

test("on a phone a tap on empty ground says what emptiness means, and asks on", async ({
  page,
}) => {
  await open(page, view(12, 41.35, 72.2));
  await tapAt(page, 72.2, 41.35);
  await expect(heading(page)).toHaveText("Nothing is drawn here");
  await expect(heading(page)).toBeInViewport();
  await expect(panel(page)).toContainText("not evidence that ground is free of mines");
  await panel(page)
    .getByRole("button", { name: /Ask what is reported near this point/ })
    .tap();
  await expect(page.locator(".near-answer .warning")).not.toBeEmpty();
  await settled(page);
  await expect(heading(page)).toContainText("Within 20 km");
});
