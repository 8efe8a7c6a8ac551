// WCAG 2.2 AA in the main states of the page, as far as axe can tell.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { clickAt, expect, open, settled, suggestions, test, view } from "./service";

async function expectNoViolations(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.slice(0, 5).map(({ html, failureSummary }) => `${html} ${failureSummary}`),
  }));
  expect(found).toEqual([]);
}

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

for (const [state, reach] of STATES) {
  test(`axe: ${state}`, async ({ page }) => {
    await reach(page);
    await expectNoViolations(page);
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
});
