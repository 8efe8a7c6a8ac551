// Pictures for the documentation, of the real service: eight states of the map, light and dark, on a
// desk and on a phone. `make screenshots` makes them again.
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { expect, open, settled, test, view } from "./service";

interface Picture {
  /** What the address carries. */
  hash: string;
  /** What must stand on the page before the picture is taken, after `act`. */
  shows: string;
  act?: (page: Page) => Promise<void>;
}

const SOKH = view(9.4, 39.98, 71.1);

const STATES: Record<string, Picture> = {
  map: { hash: "", shows: ".panel .row" },
  near: { hash: "#near=1514637&lang=ky", shows: ".near-answer .message" },
  circle: { hash: "#near=71.1,40.05&radius=12000", shows: ".near-answer .message" },
  area: {
    hash: `${SOKH}&selected=reported-areas/area-sokh-surrounds`,
    shows: ".entry",
  },
  history: { hash: `${SOKH}&date=1999-01-01/2005-12-31&known=2006-12-31`, shows: ".panel .row" },
  compare: {
    hash: `${view(12.6, 40.668, 72.776)}&compare=2024-03-31&date=2024-05-01`,
    shows: ".differences li",
  },
  take: {
    hash: `${SOKH}&lang=uz`,
    shows: ".downloads a",
    act: async (page) => page.locator(".map-top button").last().click(),
  },
  language: { hash: "#lang=ru&date=2010-06-01", shows: ".panel .row" },
};

const SIZES = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${size}, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });
      for (const [state, { hash, shows, act }] of Object.entries(STATES)) {
        test(state, async ({ page }) => {
          await open(page, hash);
          await act?.(page);
          await expect(page.locator(shows).first()).toBeVisible();
          await settled(page);
          const name = `${state}-${size}-${colorScheme}.jpg`;
          await page.screenshot({
            path: fileURLToPath(new URL(`../../docs/screenshots/${name}`, import.meta.url)),
            quality: 85,
          });
        });
      }
    });
  }
}
