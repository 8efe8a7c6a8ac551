// The main states of the page, in light and in dark.
import type { Page } from "@playwright/test";
import { expectNoViolations } from "./axe";
import { clickAt, expect, open, settled, suggestions, test, view } from "./service";

/** What the buttons on the map lead to. */
const TOOLS: [string, (page: Page) => Promise<void>][] = [
  [
    "a circle about to be placed",
    async (page) => {
      await open(page, "#near=71.08,40.02");
      await expect(page.locator(".circle-rim")).toBeVisible();
      await page.locator(".draw").focus();
      await page.keyboard.press("Enter");
      await expect(page.locator(".draw-keys")).toBeVisible();
    },
  ],
  [
    "what can be taken away",
    async (page) => {
      await open(page, "#near=1514637");
      await page.getByRole("button", { name: "Take away" }).click();
      await expect(page.locator(".downloads a").first()).toBeVisible();
    },
  ],
  ["two days compared", (page) => open(page, "#compare=2024-04-30&date=2024-05-01")],
  [
    "a thing of one side of a comparison",
    async (page) => {
      await open(page, "#compare=source/src-tzbb-2025-01&selected=enclaves/vorukh");
      await expect(page.locator(".reading")).toBeVisible();
    },
  ],
  [
    "a day compared with a range",
    async (page) => {
      await open(page, "#compare=2024-06-01&date=2015-01-01/2024-06-01&map=9/39.98/71.1");
      await expect(page.locator(".differences li").first()).toBeVisible();
    },
  ],
];

const STATES: [string, (page: Page) => Promise<void>][] = [
  ["the map loaded", (page) => open(page)],
  [
    "an area's panel open",
    async (page) => {
      await open(page, "#selected=reported-areas/area-sokh-surrounds");
      await expect(page.locator(".entry").first()).toBeVisible();
    },
  ],
  ["the place's answer", (page) => open(page, "#near=1514637&date=2010-01-01&known=2012-01-01")],
  ["nothing found", (page) => open(page, "#near=69.6,41.75&radius=2000")],
  [
    "several things under a click",
    async (page) => {
      await open(page, view(10, 40.02, 71.08));
      await clickAt(page, 71.08, 40.02);
      await expect(page.locator(".chooser")).toBeVisible();
    },
  ],
  [
    "places to choose from",
    async (page) => {
      await open(page);
      await page.getByRole("combobox", { name: "Place" }).fill("Dostuk");
      await page.keyboard.press("Enter");
      await expect(page.locator(".suggestions .hint")).toBeVisible();
      await page.keyboard.press("ArrowDown");
    },
  ],
  [
    "a range on the clock, and a mark pointed at",
    async (page) => {
      await open(page, "#date=2003-01-01/2011-12-31&known=2012-01-01");
      await page.getByRole("slider", { name: /^What happened/ }).focus();
      await expect(page.locator(".pointed")).toBeVisible();
    },
  ],
  [
    "layers hidden",
    async (page) => {
      await open(page, "#hide=reports,relief");
      const unfold = page.locator(".switches-fold");
      if (!(await unfold.isVisible())) await page.locator(".legend summary").click();
      await unfold.click();
      await expect(page.locator(".switches")).toBeVisible();
    },
  ],
  ["all times", (page) => open(page, "#date=../..")],
  ["a thing whose link brought its time", (page) => open(page, "#selected=enclaves/barak")],
  [
    "a thing that is not on the map on the clock's day",
    (page) => open(page, "#selected=enclaves/barak&date=2025-06-01"),
  ],
  [
    "a layer that failed",
    async (page) => {
      await page.route("**/collections/borders/items**", (route) =>
        route.fulfill({ status: 200, contentType: "application/json", body: "{" }),
      );
      await open(page);
      await expect(page.getByRole("alert")).toBeVisible();
    },
  ],
];

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });
    for (const [state, reach] of [...STATES, ...TOOLS]) {
      test(`axe: ${state}, ${colorScheme}`, async ({ page }) => {
        await reach(page);
        await expectNoViolations(page);
      });
    }
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test("axe: on a phone", async ({ page }) => {
    await open(page);
    await page.locator(".legend summary").click();
    await expectNoViolations(page);
    await page.getByRole("combobox", { name: "Place" }).fill("Ak-Turpak");
    await suggestions(page).first().click();
    await expect(page.locator(".near-answer .message")).toBeVisible();
    await settled(page);
    await expectNoViolations(page);
  });
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`in ${colorScheme}`, () => {
      test.use({ colorScheme });
      for (const [state, reach] of [...STATES, ...TOOLS]) {
        test(`axe: ${state}, on a phone, ${colorScheme}`, async ({ page }) => {
          await reach(page);
          await expectNoViolations(page);
        });
      }
    });
  }
});
