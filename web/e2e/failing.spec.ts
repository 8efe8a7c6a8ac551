// What the page says where something fails, looked at by axe, and a browser that draws no map.
import type { Page } from "@playwright/test";
import { en } from "../src/text/en";
import { expectNoViolations } from "./axe";
import { expect, open, suggestions, test, unfoldClock, view } from "./service";

/** The browser's own words about what a test took from it, and of nothing else. */
const FAILED = /^Failed to load resource/;
const NO_WEBGL = /WebGL/;
function forget(complaints: string[], said: RegExp) {
  complaints.splice(0, complaints.length, ...complaints.filter((one) => !said.test(one)));
}

/** A browser that has no WebGL to give. */
const withoutWebGl = (page: Page) =>
  page.addInitScript(() => {
    const { getContext } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.getContext = function (
      this: HTMLCanvasElement,
      kind: string,
      options: unknown,
    ) {
      return /webgl/.test(kind) ? null : getContext.call(this, kind, options);
    } as typeof getContext;
  });

/**
 * States of the page, what leads to them, and what the browser itself may say of it.
 */
const FAILING: [string, (page: Page) => Promise<void>, RegExp?][] = [
  [
    "an answer near a place that does not come",
    async (page) => {
      await page.route("**/near?**", (route) => route.fulfill({ status: 503, body: "" }));
      await open(page, "#near=1514637");
      await expect(page.locator(".near-answer").getByRole("alert")).toBeVisible();
    },
    FAILED,
  ],
  [
    "a timeline that does not come",
    async (page) => {
      await page.route("**/timeline**", (route) => route.abort());
      await open(page, "#selected=reported-areas/area-sokh-surrounds");
      await expect(page.locator(".panel").getByRole("alert")).toBeVisible();
    },
    FAILED,
  ],
  [
    "a link of which part cannot be read",
    async (page) => {
      await open(page, "#date=yesterday&near=1514637&radius=far");
      await expect(page.getByRole("alert")).toContainText("Part of the link could not be read");
    },
  ],
  [
    "a map to compare with that there is none of",
    async (page) => {
      await open(page, "#compare=source/none");
      await expect(page.locator(".compare .warning")).toBeVisible();
    },
  ],
  [
    "a language that does not come",
    async (page) => {
      await page.route("**/assets/ru-*.js", (route) => route.abort());
      await open(page, "#lang=ru");
      await expect(page.getByRole("alert")).toContainText(en.errors.language("Русский"));
    },
    FAILED,
  ],
  [
    "a browser that draws no map",
    async (page) => {
      await withoutWebGl(page);
      await page.goto("/#near=1514637");
      await expect(page.getByRole("alert")).toHaveText(en.errors.webgl);
      await expect(page.locator(".near-answer .message")).toBeVisible();
    },
    NO_WEBGL,
  ],
];

for (const [device, viewport, colorScheme] of [
  ["a desk", { width: 1280, height: 800 }, "light"],
  ["a phone", { width: 390, height: 844 }, "dark"],
] as const) {
  test.describe(`on ${device}, in ${colorScheme}`, () => {
    test.use({ viewport, colorScheme });
    for (const [state, reach, said] of FAILING) {
      test(`axe: ${state}`, async ({ page, complaints }) => {
        await reach(page);
        await expectNoViolations(page);
        if (said) forget(complaints, said);
      });
    }
  });

  test.describe(`on ${device}, without WebGL`, () => {
    test.use({ viewport });
    test("the list, the search and the clock still work", async ({ page, complaints }) => {
      await withoutWebGl(page);
      await page.goto("/");
      await expect(page.getByRole("alert")).toHaveText(en.errors.webgl);
      await expect(page.locator(".busy")).toHaveText("");
      // The sketch stays, and the legend says what is on it.
      await expect(page.locator(".sketch canvas")).toBeVisible();
      const legend = page.locator(".legend");
      if ((await legend.getAttribute("open")) === null) await legend.locator("summary").click();
      await expect(legend).toContainText("Reported mined");
      await expect(page.locator(".notice")).toBeVisible();

      const panel = page.getByRole("region", { name: "What is known" });
      const sokh = panel.locator(".row", { hasText: "Sokh enclave" }).first();
      await expect(sokh).toBeVisible();
      await unfoldClock(page);
      await page.getByLabel("Date", { exact: true }).fill("2003-12-31");
      await expect(sokh).toContainText("Reported mined");
      await sokh.press("Enter");
      await expect(panel.locator(".status-line")).toContainText("Reported mined");
      await expect(panel.locator(".entry").first()).toBeVisible();

      await page.getByRole("combobox", { name: "Place" }).fill("Ak-Turpak");
      await suggestions(page).first().click();
      await expect(page.locator(".near-answer .message")).toContainText("of Ak-Turpak");
      await page.getByRole("button", { name: "Take away" }).click();
      await expect(page.locator(".downloads a").first()).toBeVisible();
      forget(complaints, NO_WEBGL);
    });

    test("the right side of a comparison is drawn, and the left is said to be missing", async ({
      page,
      complaints,
    }) => {
      await withoutWebGl(page);
      const maps = "compare=source/src-tzbb-2026-10,source/src-tzbb-2025-01";
      await page.goto(`/${view(12, 40.07, 69.55)}&${maps}&date=2026-01-01`);
      await expect(page.getByRole("alert").first()).toHaveText(en.errors.webgl);
      const legend = page.locator(".legend");
      if ((await legend.getAttribute("open")) === null) await legend.locator("summary").click();
      // Kayragach is on the earlier map alone: neither on the later one nor on the clock's day.
      await expect(legend).toContainText("Enclave");
      const left = "Reports on the left, as mapped 2026-10";
      await expect(page.locator(".map-failures")).toContainText(`Not in this picture: ${left}`);
      await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
      await expect(page.locator(".paper")).toContainText(`Missing: ${left}`);
      forget(complaints, NO_WEBGL);
    });

    test("what needs a map is not offered, and the sketch goes where the map would", async ({
      page,
      complaints,
    }) => {
      await withoutWebGl(page);
      await page.goto("/");
      await expect(page.locator(".busy")).toHaveText("");
      await expect(page.getByRole("button", { name: en.circle.draw })).toHaveCount(0);
      const hash = () => decodeURIComponent(new URL(page.url()).hash);
      const row = page.locator('[data-thing="reported-areas/area-ak-turpak"]');
      await row.click();
      await expect.poll(hash).toMatch(/map=/);
      const chosen = hash();
      await page.goto("/#near=1514637");
      await expect(page.locator(".panel")).toContainText("Ak-Turpak");
      await expect(page.locator(".panel .by-hand")).toHaveCount(0);
      await expect.poll(hash).toMatch(/map=/);
      expect(hash()).not.toContain(/map=[^&]*/.exec(chosen)?.[0]);
      forget(complaints, NO_WEBGL);
    });

    test("is painted anew on a screen of another size, as of a phone that is turned", async ({
      page,
      complaints,
    }) => {
      await withoutWebGl(page);
      await page.goto("/");
      await expect(page.locator(".busy")).toHaveText("");
      const canvas = page.locator(".sketch canvas");
      const width = () => canvas.evaluate((one: HTMLCanvasElement) => one.width);
      const before = await width();
      await page.setViewportSize({ width: viewport.height, height: viewport.width });
      await expect.poll(width).not.toBe(before);
      await expect(page.locator(".legend summary")).toBeVisible();
      expect(new URL(page.url()).hash).toBe("");
      forget(complaints, NO_WEBGL);
    });

    test("a picture that cannot be painted is none, and is said to be", async ({
      page,
      complaints,
    }) => {
      await withoutWebGl(page);
      await page.addInitScript(() => {
        const { fill } = CanvasRenderingContext2D.prototype;
        CanvasRenderingContext2D.prototype.fill = function (
          this: CanvasRenderingContext2D,
          ...given: unknown[]
        ) {
          if (given[1] === "evenodd") throw new Error("no fills today");
          return fill.apply(this, given as unknown as Parameters<typeof fill>);
        } as typeof fill;
      });
      await page.goto("/");
      const alert = page.getByRole("alert").filter({ hasText: "no fills today" });
      await expect(alert).toBeVisible();
      await expect(page.locator(".busy")).toHaveText("");
      const legend = page.locator(".legend");
      if ((await legend.getAttribute("open")) === null) await legend.locator("summary").click();
      await expect(legend.locator("li")).toHaveCount(0);
      await expect(legend).toContainText("no fills today");
      await expect(page.locator(".sketch canvas")).toHaveCount(0);
      forget(complaints, NO_WEBGL);
    });
  });
}
