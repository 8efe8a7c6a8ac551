// Every journey by keyboard alone, on a desk and on a phone.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { tabTo } from "./keys";
import { drawnIn, expect, open, settled, suggestions, test, view } from "./service";

const panel = (page: Page) => page.getByRole("region", { name: "What is known" });
const focused = (page: Page) => page.locator(":focus");

for (const [device, viewport] of [
  ["a desk", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
] as const) {
  test.describe(`on ${device}`, () => {
    test.use({ viewport });

    test("the focus is seen wherever it goes, and goes from top to bottom", async ({ page }) => {
      await open(page, "#date=2003-01-01/2011-12-31&known=2012-01-01");
      const parts: string[] = [];
      for (let press = 0; press < 40; press += 1) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => {
          const element = document.activeElement as HTMLElement;
          const { outlineStyle, outlineWidth } = getComputedStyle(element);
          const { top, bottom, left, right } = element.getBoundingClientRect();
          return {
            name: `${element.tagName} ${element.className}`,
            part: element.closest(".head, .map-frame, .clock, .panel")?.classList[0] ?? "none",
            ring: outlineStyle === "none" ? 0 : Number.parseFloat(outlineWidth),
            seen: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
          };
        });
        expect(at.part, at.name).not.toBe("none");
        expect(at.ring, at.name).toBeGreaterThanOrEqual(2);
        expect(at.seen, at.name).toBe(true);
        if (parts.at(-1) !== at.part) parts.push(at.part);
        if (at.part === "panel") break;
      }
      expect(parts).toEqual(["head", "map-frame", "clock", "panel"]);
    });

    test("the clock: step, play, marks, both thumbs, a range, all times", async ({ page }) => {
      await open(page, `${view(11, 40.668, 72.768)}&date=2024-01-15`);
      const moment = page.locator(".moment");
      await tabTo(page, /^Previous event$/);
      await page.keyboard.press("Enter");
      await expect(moment).toContainText(/^1 January 2024 — /);
      await tabTo(page, /^Play$/);
      await page.keyboard.press("Enter");
      await expect(moment).toContainText(/^\d+ \w+ 2024/);
      await expect(focused(page)).toHaveAttribute("aria-label", "Pause");
      await page.keyboard.press("Enter");
      await expect(focused(page)).toHaveAttribute("aria-label", "Play");

      await tabTo(page, /^Speed/);
      await page.keyboard.press("ArrowDown");
      await expect(focused(page)).toHaveValue("2");
      await tabTo(page, /^What happened/);
      await page.keyboard.press("End");
      await page.keyboard.press("ArrowLeft");
      const said = String(await focused(page).getAttribute("aria-valuetext"));
      await page.keyboard.press("Enter");
      await expect(moment).toContainText(/\d{4}/.exec(said)?.[0] ?? "a year");

      await tabTo(page, /^Date on the clock$/);
      await page.keyboard.press("PageDown");
      await page.keyboard.press("PageDown");
      const day = String(await focused(page).getAttribute("aria-valuetext"));
      await expect(moment).toContainText(day);
      await tabTo(page, /^Known by this day$/);
      await page.keyboard.press("PageDown");
      await expect(moment).toContainText("as known on");

      if (viewport.width < 800) {
        await tabTo(page, /^Set the clock: /);
        await page.keyboard.press("Enter");
      }
      await tabTo(page, /^Show$/);
      await page.keyboard.press("ArrowDown");
      await expect(moment).toContainText(` to ${day}`);
      await page.keyboard.press("ArrowDown");
      await expect(moment).toContainText("all times");
      await expect.poll(() => drawnIn(page, "enclaves")).toContain("Barak");

      // Buttons that go once they are pressed hand the focus on.
      await tabTo(page, /^Today$/);
      await page.keyboard.press("Enter");
      await expect(focused(page)).toHaveAttribute("type", "date");
      await tabTo(page, /^Everything known$/);
      await page.keyboard.press("Enter");
      await expect(focused(page)).toHaveAttribute("type", "date");
      await expect(moment).not.toContainText("as known on");

      // At the last event the button stays, and keeps the focus.
      await page.keyboard.press("Shift+Tab");
      const next = page.getByRole("button", { name: "Next event" });
      await next.focus();
      await page.keyboard.press("Enter");
      await expect(next).toBeFocused();
      await expect(next).toHaveAttribute("aria-disabled", "true");
    });

    test("a thing: from the list to its panel and its sources, and back to its row", async ({
      page,
    }) => {
      await open(page);
      await tabTo(page, /^Border areas around Chonkara/, 60);
      await page.keyboard.press("Enter");
      await expect(panel(page).getByRole("heading", { level: 2 })).toBeFocused();
      await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText(
        "Border areas around Chonkara",
      );
      await expect(panel(page).locator(".entry").first()).toBeVisible();
      await tabTo(page, /opens in a new tab/);
      await expect(focused(page)).toHaveAttribute("href", /^https?:/);
      await expect(focused(page)).toBeInViewport();

      await panel(page)
        .getByRole("button", { name: /Back to the list/ })
        .focus();
      await page.keyboard.press("Enter");
      await expect(focused(page)).toContainText("Border areas around Chonkara");
      await expect(focused(page)).toBeInViewport();
    });

    test("a place: asked, answered, an area of the answer opened, and back", async ({ page }) => {
      await open(page);
      await page.keyboard.press("Tab");
      await page.keyboard.type("Batken");
      await expect(suggestions(page).first()).toBeVisible();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      const answer = page.locator(".near-answer");
      await expect(answer.getByRole("heading", { level: 2 })).toContainText("Batken");
      await settled(page);
      await tabTo(page, /^Clear$/, 60);
      await page.keyboard.press("Tab");
      const name = await focused(page).locator(".row-name").textContent();
      await page.keyboard.press("Enter");
      await expect(panel(page).getByRole("heading", { level: 2 })).toHaveText(String(name));
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Enter");
      await expect(answer).toBeVisible();
      expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
    });

    test("the map: moved and zoomed, its legend and its data's makers opened", async ({ page }) => {
      await open(page);
      const where = () =>
        page.evaluate(() => {
          const map = window.demarcMap;
          return { zoom: map?.getZoom() ?? 0, east: map?.getCenter().lng ?? 0 };
        });
      await tabTo(page, /^Map of borders/);
      const before = await where();
      await page.keyboard.press("ArrowRight");
      await expect.poll(async () => (await where()).east).toBeGreaterThan(before.east);
      await page.keyboard.press("+");
      await expect.poll(async () => (await where()).zoom).toBeGreaterThan(before.zoom + 0.9);
      await settled(page);
      await tabTo(page, /^Legend/);
      const legend = page.locator(".legend");
      const open_ = await legend.getAttribute("open");
      await page.keyboard.press("Enter");
      expect(await legend.getAttribute("open")).not.toBe(open_);
      await tabTo(page, /^Map data/);
      await expect(focused(page)).toBeVisible();
    });

    test("the address of a layer for QGIS is copied", async ({ page, request }) => {
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await open(page, "#date=2003-12-31");
      await tabTo(page, /^Take away$/);
      await page.keyboard.press("Enter");
      const what = panel(page).getByRole("combobox", { name: "What to open" });
      await tabTo(page, /^What to open$/, 60);
      await expect(what).toBeFocused();
      while ((await what.inputValue()) !== "reported-areas") await page.keyboard.press("ArrowDown");
      await tabTo(page, /^Copy$/);
      await page.keyboard.press("Enter");
      await expect(panel(page).getByRole("status")).toHaveText("Copied.");
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied).toContain("/collections/reported-areas/items?");
      expect(copied).toContain("datetime=2003-12-31");
      const answer = await (await request.get(copied)).json();
      expect(answer.features.length).toBeGreaterThan(0);
    });

    test("the answer near a place is saved as a table", async ({ page }) => {
      await open(page, "#near=1514637");
      await tabTo(page, /^Other formats$/, 60);
      await page.keyboard.press("Enter");
      const format = panel(page).getByRole("combobox", { name: "Format" });
      await tabTo(page, /^Format$/);
      await expect(format).toBeFocused();
      while ((await format.inputValue()) !== "csv") await page.keyboard.press("ArrowDown");
      await tabTo(page, /^Reported areas$/);
      const download = page.waitForEvent("download");
      await page.keyboard.press("Enter");
      const table = await readFile(await (await download).path(), "utf8");
      expect(table.split("\n")[0]).toContain("distance_m");
      expect(table).toContain("Ak-Turpak");
    });

    test("a layer is downloaded", async ({ page }) => {
      await open(page, "#date=2023-06-01");
      await tabTo(page, /^Take away$/, 60);
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { name: "Take it away" })).toBeFocused();
      await expect(page.getByRole("link", { name: "Enclaves", exact: true })).toBeVisible();
      await tabTo(page, /^Enclaves/, 40);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.keyboard.press("Enter"),
      ]);
      expect(download.suggestedFilename()).toMatch(/\.(geo)?json$/);
    });
  });
}

test("buttons that go once they are pressed hand the keyboard on", async ({ page, complaints }) => {
  /** By keyboard; what has the focus then. */
  const press = async (name: string) => {
    await page.getByRole("button", { name, exact: true }).press("Enter");
    return focused(page);
  };
  await open(page, "#near=1514637&hide=relief&date=2003-12-31");
  expect(await press("Show all layers")).toBeVisible();
  await expect(await press("Clear")).toHaveClass(/panel/);
  await expect(panel(page)).toContainText("Reported areas on");

  await page.route("**/near?**", (route) => route.abort());
  await page.evaluate(() => {
    location.hash = "#near=71,40";
  });
  await expect(panel(page).getByRole("alert")).toBeVisible();
  await expect(await press("Clear")).toHaveClass(/panel/);
  complaints.splice(0);
});

test("leaving a comparison, or a day, leaves the keyboard in the panel", async ({ page }) => {
  await open(page, "#compare=2003-12-31&date=2020-01-01");
  const heading = panel(page).getByRole("heading", { level: 2 });
  await page.getByRole("button", { name: "Stop comparing" }).press("Enter");
  await expect(focused(page)).toHaveText("Compare");
  await open(page, "#selected=enclaves/barak&date=2026-01-01");
  await expect(heading).toHaveText("Barak");
  await page.getByRole("button", { name: /^Set the clock to/ }).press("Enter");
  await expect(focused(page)).toHaveText("Barak");
});

test("back in an answer, or in a comparison, is back at the row", async ({ page }) => {
  for (const hash of ["#near=1514637&date=2003-12-31", "#compare=2003-12-31&date=2020-01-01"]) {
    // A comparison opens its sheet where the page begins with it.
    await page.goto("about:blank");
    await open(page, hash);
    const row = panel(page).locator(".near-answer .row, .differences .row").nth(1);
    const name = String(await row.locator(".row-name").textContent());
    await row.press("Enter");
    await expect(panel(page).locator(".feature h2")).toHaveText(name);
    await panel(page)
      .getByRole("button", { name: /^‹ Back to/ })
      .press("Enter");
    await expect(focused(page).locator(".row-name")).toHaveText(name);
  }
});
