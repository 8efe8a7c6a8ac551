import type { Page } from "@playwright/test";
import { LANGUAGES } from "../src/text/languages";
import { drawnIn, expect, open, suggestions, test } from "./service";

test.use({ viewport: { width: 390, height: 844 } });

test("on a phone: map, clock, panel and notice all fit the width", async ({ page }) => {
  await open(page);
  for (const part of [".notice", ".clock", ".map-frame", ".panel", ".near-form"]) {
    const box = await page.locator(part).boundingBox();
    expect(box, part).not.toBeNull();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 999) <= 390, part).toBe(true);
    await expect(page.locator(part)).toBeInViewport();
  }
  const map = await page.locator(".map-frame").boundingBox();
  expect(map?.height).toBeGreaterThan(240);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  expect(await drawnIn(page, "area-marks")).not.toEqual([]);
});

test("on a phone: near and the panel can be used", async ({ page }) => {
  await open(page);
  await page.getByRole("combobox", { name: "Place" }).fill("Ak-Turpak");
  await suggestions(page).first().click();
  const answer = page.locator(".near-answer");
  await expect(answer.getByRole("heading", { level: 2 })).toContainText("Ak-Turpak");
  await answer.locator(".row").first().click();
  await expect(page.locator(".feature h2")).toBeInViewport();
  await page.locator(".legend summary").click();
  await expect(page.locator(".legend li").first()).toBeVisible();
});

/** What lies on the map and what stands round it, none of it over another. */
const BESIDES = [
  [".head", ".map-frame", ".notice", ".clock", ".panel"],
  [
    ".map-tools button:first-child",
    ".map-tools button:last-child",
    ".maplibregl-ctrl-group",
    ".maplibregl-ctrl-scale",
    ".legend",
    ".attribution",
    ".circle-centre",
    ".circle-rim",
    ".circle-size",
  ],
];

/** Pairs that overlap, and parts that reach out of the window. */
const overlaps = (page: Page) =>
  page.evaluate((groups) => {
    const found: string[] = [];
    for (const group of groups) {
      const boxes = group.flatMap((part) => {
        const box = document.querySelector(part)?.getBoundingClientRect();
        return box?.width ? [{ part, box }] : [];
      });
      for (const [at, a] of boxes.entries()) {
        if (a.box.left < 0 || a.box.right > innerWidth || a.box.top < 0)
          found.push(`${a.part} out`);
        for (const b of boxes.slice(at + 1)) {
          const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
          const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
          if (wide > 0.5 && high > 0.5) found.push(`${a.part} over ${b.part}`);
        }
      }
    }
    return found;
  }, BESIDES);

/** Parts with words that do not fit into them. */
const clipped = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const blocks =
      "h1, .notice, .moment, .said, .clock, .clock-set, .map-tools button, .legend summary, .attribution summary, .near-form button, .circle-size";
    for (const element of document.querySelectorAll(blocks)) {
      const { scrollWidth, scrollHeight, clientWidth, clientHeight } = element;
      if (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1) {
        found.push(`${element.className || element.tagName}: ${element.textContent}`);
      }
    }
    const pen = document.createElement("canvas").getContext("2d");
    if (!pen) return ["no canvas to measure with"];
    const ARROW = 18;
    for (const field of document.querySelectorAll<HTMLSelectElement | HTMLInputElement>(
      ".head select, .clock .speed, .near-form input",
    )) {
      const { font, paddingLeft, paddingRight } = getComputedStyle(field);
      pen.font = font;
      const isSelect = field instanceof HTMLSelectElement;
      // What a reader wrote may be longer; the answer's heading has it whole.
      const words = isSelect ? (field.selectedOptions[0]?.text ?? "") : field.placeholder;
      const room = field.clientWidth - Number.parseFloat(paddingLeft);
      const needs =
        pen.measureText(words).width + (isSelect ? ARROW : Number.parseFloat(paddingRight));
      if (needs > room + 1) found.push(`${field.ariaLabel ?? field.tagName}: ${words}`);
    }
    return found;
  });

for (const tag of Object.keys(LANGUAGES)) {
  test(`on a phone the map keeps its height, and all words are whole: ${tag}`, async ({ page }) => {
    const full = "&date=2003-01-01/2011-12-31&known=2012-01-01";
    for (const state of ["", full, `${full}&near=1514637`, `${full}&near=71.08,40.02`]) {
      await open(page, `#lang=${tag}${state}`);
      if (state.includes("near")) {
        await expect(page.locator(".near-answer .message")).toBeVisible();
        await expect(page.locator(".circle-rim")).toBeVisible();
      }
      const height = async () => (await page.locator(".map-frame").boundingBox())?.height ?? 0;
      expect(await height(), state).toBeGreaterThanOrEqual(240);
      expect(await overlaps(page), state).toEqual([]);
      expect(await clipped(page), state).toEqual([]);
      for (const part of [".notice", ".clock", ".moment"]) {
        await expect(page.locator(part)).toBeInViewport({ ratio: 1 });
      }
      // The fields come when they are asked for, and the map stays as it is.
      const before = await height();
      await expect(page.locator("#clock-fields")).toBeHidden();
      await page.locator(".clock-set").click();
      await expect(page.locator("#clock-fields input").last()).toBeInViewport({ ratio: 1 });
      expect(await height()).toBe(before);
      expect(await overlaps(page), `${state}, unfolded`).toEqual([]);
      expect(await clipped(page), `${state}, unfolded`).toEqual([]);
      await page.locator(".clock-set").click();
    }
  });
}

test.describe("on a short phone", () => {
  test.use({ viewport: { width: 375, height: 667 } });
  test("nothing lies over another, and the page scrolls to the rest", async ({ page }) => {
    await open(page, "#lang=ru&date=2003-01-01/2011-12-31&known=2012-01-01");
    expect((await page.locator(".map-frame").boundingBox())?.height).toBeGreaterThanOrEqual(240);
    expect(await overlaps(page)).toEqual([]);
    expect(await clipped(page)).toEqual([]);
    await page.locator(".clock-set").click();
    expect(await overlaps(page)).toEqual([]);
    await page.locator(".panel .row").last().scrollIntoViewIfNeeded();
    await expect(page.locator(".panel .row").last()).toBeInViewport();
  });
});

/** What is seen and sticks out of the page to the right. */
const sticksOut = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("body *")]
      .filter((element) => element.checkVisibility() && !element.closest(".map-area, canvas"))
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => `${element.tagName} ${element.className}: ${element.textContent}`),
  );

test.describe("at 320 pixels, as wide as WCAG 2.2 asks for (1.4.10)", () => {
  test.use({ viewport: { width: 320, height: 640 } });
  for (const tag of Object.keys(LANGUAGES)) {
    test(`nothing is cut off or lies over another: ${tag}`, async ({ page }) => {
      for (const state of ["", "&date=2003-01-01/2011-12-31&near=1514637"]) {
        await open(page, `#lang=${tag}${state}`);
        if (state) await expect(page.locator(".near-answer .message")).toBeVisible();
        expect(await overlaps(page), state).toEqual([]);
        expect(await clipped(page), state).toEqual([]);
        expect(await sticksOut(page), state).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      }
    });
  }
});

test.describe("where the screen is low", () => {
  for (const [width, height] of [
    [844, 390],
    [667, 375],
    [1024, 600],
  ] as const) {
    test(`the notice is on the first screen, and nothing lies open on the map: ${width} × ${height}`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height });
      await open(page, "#date=2026-01-01");
      await expect(page.locator(".notice")).toBeInViewport({ ratio: 1 });
      for (const part of [".legend", ".attribution"]) {
        await expect(page.locator(part)).not.toHaveAttribute("open");
        await expect(page.locator(part)).toBeInViewport({ ratio: 1 });
      }
      expect(await overlaps(page)).toEqual([]);
      await page.locator(".panel .row").last().scrollIntoViewIfNeeded();
      await expect(page.locator(".panel .row").last()).toBeInViewport();
    });
  }
});
