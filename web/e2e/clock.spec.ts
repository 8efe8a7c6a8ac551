import type { Locator, Page } from "@playwright/test";
import { drawnIn, expect, open, settled, test, view } from "./service";

const panel = (page: Page) => page.getByRole("region", { name: "What is known" });
const moment = (page: Page) => page.locator(".moment");
const fragment = (page: Page) => page.evaluate(() => location.hash);
const dayThumb = (page: Page) => page.getByRole("slider", { name: "Date on the clock" });
const knownThumb = (page: Page) => page.getByRole("slider", { name: "Known by this day" });
/** All marks: one control, whose value is one of them. */
const marks = (page: Page) => page.getByRole("slider", { name: /^What happened/ });
const mark = (page: Page, type: string, day: string) =>
  marks(page).locator(`.${type}[data-day^="${day}"]`);
const show = (page: Page, what: string) =>
  page.getByLabel("Show", { exact: true }).selectOption(what);
const BARAK = view(11, 40.668, 72.768);

/** Middle of something on the page. */
async function middle(of: Locator) {
  const box = await of.boundingBox();
  expect(box).not.toBeNull();
  return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
}

/** Opacities with which the map draws the lines of a layer, by name. */
const opacities = (page: Page, layer: string) =>
  page.evaluate((id) => {
    const found = window.demarcMap?.queryRenderedFeatures({ layers: [id] }) ?? [];
    return Object.fromEntries(
      found.map(({ properties, layer: { paint } }) => [
        String(properties._name),
        Number((paint as Record<string, unknown>)?.["line-opacity"]),
      ]),
    );
  }, layer);

test("moving either clock asks the service for nothing", async ({ page }) => {
  await open(page, "#date=2026-01-01");
  const status = page.locator(".panel .row", { hasText: "Whole of Kyrgyzstan" });
  await expect(status).toContainText("suspected");
  const asked: string[] = [];
  page.on("request", (request) => {
    // Chromium itself looks for the page's picture again at every new fragment.
    if (!request.url().endsWith("/favicon.svg")) asked.push(request.url());
  });
  await page.getByLabel("Date", { exact: true }).fill("2012-01-01");
  await expect(status).toContainText("no mines");
  for (let step = 0; step < 6; step += 1) {
    await page.getByRole("button", { name: "Previous event" }).click();
  }
  await page.getByLabel("Date", { exact: true }).fill("2026-01-01");
  await expect(status).toContainText("suspected");
  await page.getByLabel("As known on").fill("2012-01-01");
  await expect(status).toContainText("no mines");
  await page.getByLabel("As known on").fill("2013-01-01");
  await show(page, "A range");
  await show(page, "All times");
  await settled(page);
  expect(asked).toEqual([]);
});

test("a range shows what held at any time in it, and has two thumbs", async ({ page }) => {
  await open(page, `${BARAK}&date=2025-01-01`);
  expect(await drawnIn(page, "enclaves")).not.toContain("Barak");
  await show(page, "A range");
  await expect.poll(() => drawnIn(page, "enclaves")).toContain("Barak");
  await expect(moment(page)).toContainText(
    /^1 January 2020 to 1 January 2025 — areas as reported by 1 January 2025; \d+ events and \d+ claims begin in it/,
  );
  await expect(
    panel(page).getByRole("heading", { name: /^Enclaves, 1 January 2020 to/ }),
  ).toBeVisible();
  await expect(panel(page).locator(".row-name", { hasText: /^Barak$/ })).toHaveCount(1);
  await expect.poll(() => fragment(page)).toContain("date=2020-01-01/2025-01-01");

  // By keys, past the day on which Barak ended.
  const from = page.getByRole("slider", { name: "First day of the range" });
  await from.focus();
  for (let year = 0; year < 4; year += 1) await page.keyboard.press("PageUp");
  await expect(from).toHaveAttribute("aria-valuetext", "1 January 2024");
  expect(await drawnIn(page, "enclaves")).toContain("Barak");
  for (let month = 0; month < 4; month += 1) await page.keyboard.press("Shift+ArrowRight");
  await expect(from).toHaveAttribute("aria-valuetext", "1 May 2024");
  await expect.poll(() => drawnIn(page, "enclaves")).not.toContain("Barak");
  await expect(page.getByLabel("From", { exact: true })).toHaveValue("2024-05-01");

  // The thumbs do not pass each other.
  await page.keyboard.press("PageUp");
  await expect(from).toHaveAttribute("aria-valuetext", "1 January 2025");
  await page.getByLabel("To", { exact: true }).fill("2024-12-01");
  await expect(page.getByLabel("To", { exact: true })).toHaveValue("2025-01-01");

  // An emptied end is open.
  await page.getByLabel("From", { exact: true }).fill("");
  await expect(moment(page)).toContainText(/^until 1 January 2025/);
  await expect.poll(() => drawnIn(page, "enclaves")).toContain("Barak");
});

test("the time filter can be turned off, and a link carries that", async ({ page }) => {
  await open(page, BARAK);
  await show(page, "All times");
  await expect.poll(() => drawnIn(page, "enclaves")).toContain("Barak");
  await expect(moment(page)).toContainText("everything that was ever so is drawn at once");
  await expect(page.getByRole("button", { name: "Play" })).toBeDisabled();
  await expect(dayThumb(page)).toHaveCount(0);
  await expect.poll(() => fragment(page)).toContain("date=../..");
  await page.reload();
  await settled(page);
  expect(await drawnIn(page, "enclaves")).toContain("Barak");
  await page.getByRole("button", { name: "Today" }).click();
  await expect.poll(() => drawnIn(page, "enclaves")).not.toContain("Barak");
});

test("over all times a list has each thing once", async ({ page }) => {
  await open(page, "#date=../..");
  const names = await panel(page).locator(".row-name").allTextContents();
  expect(names.filter((name) => name === "Sokh")).toHaveLength(1);
  expect(names).toContain("Barak");
  expect(names).toContain("Unnamed Tajik part at Oktyabr (name unverified)");
});

test("the answer near a place says which day it is of while the next is on its way", async ({
  page,
}) => {
  await open(page, "#near=1514637&date=2026-01-01");
  const answer = page.locator(".near-answer");
  const sokh = answer.locator(".row", { hasText: "Sokh enclave" });
  await expect(answer).toContainText("1 January 2026");
  let release = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  await page.route("**/near?**", async (route) => {
    await held;
    await route.continue();
  });
  await page.getByLabel("Date", { exact: true }).fill("2003-12-31");
  await expect(moment(page)).toContainText("31 December 2003");
  await page.waitForTimeout(600);
  await expect(answer).toContainText("1 January 2026");
  await expect(sokh).not.toContainText("Reported mined");
  release();
  await expect(sokh).toContainText("Reported mined");
  await expect(answer).toContainText("31 December 2003");
  await expect(answer).not.toContainText("1 January 2026");
});

test("of more claims than a page can hold the service is asked for the day", async ({ page }) => {
  await page.route("**/collections?f=json", async (route) => {
    const answer = await (await route.fetch()).json();
    for (const collection of answer.collections) {
      if (collection.kind === "claims") collection.count = 1_000_000;
    }
    await route.fulfill({ json: answer });
  });
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname.endsWith("/claims/items")) asked.push("claims");
    if (pathname.endsWith("/reported-areas/items"))
      asked.push(String(searchParams.get("datetime")));
  });
  await open(page, "#date=2026-01-01");
  const kyrgyzstan = panel(page).locator(".row", { hasText: "Whole of Kyrgyzstan" });
  await expect(kyrgyzstan).toContainText("suspected");
  await page.getByLabel("Date", { exact: true }).fill("2012-01-01");
  await expect(kyrgyzstan).toContainText("no mines");
  await show(page, "A range");
  await expect.poll(() => asked).toEqual(["2026-01-01", "2012-01-01", "2007-01-01/2012-01-01"]);
});

test("marks on the line say what they are to a pointer, and lead there", async ({ page }) => {
  await open(page);
  const { x, y } = await middle(mark(page, "claim", "2005-10-31"));
  await page.mouse.move(x, y);
  const pointed = page.locator(".pointed");
  await expect(pointed).toContainText("2005-10-31 Claim: ");
  await page.mouse.click(x, y);
  await expect(moment(page)).toContainText("31 October 2005 — Claim: ");
  await page.mouse.move(10, 10);
  await expect(pointed).toHaveCount(0);
});

test("marks are one stop for the keyboard, and say what they are", async ({ page }) => {
  await open(page, "#date=2024-01-15");
  await page.getByRole("combobox", { name: /Speed/ }).focus();
  await page.keyboard.press("Tab");
  await expect(marks(page)).toBeFocused();
  const said = async () => String(await marks(page).getAttribute("aria-valuetext"));
  // Where the clock is, or the last before it.
  expect((await said()) < "2024-01-16").toBe(true);
  await page.keyboard.press("ArrowRight");
  const next = await said();
  expect(next).toMatch(/^2024-\d\d[^,]*, (Event|Claim): /);
  await expect(marks(page).locator(".active")).toHaveAttribute("data-day", /^2024-/);
  await expect(page.locator(".pointed")).toContainText(next.slice(0, 7));
  await page.keyboard.press("Enter");
  await expect(moment(page)).toContainText(next.slice(next.indexOf("Event")).slice(0, 30));
  await page.keyboard.press("End");
  expect(await marks(page).getAttribute("aria-valuenow")).toBe(
    await marks(page).getAttribute("aria-valuemax"),
  );
  await page.keyboard.press("Tab");
  await expect(dayThumb(page)).toBeFocused();
  await expect(page.locator(".pointed")).toHaveCount(0);
});

test("a claim that stands against another is marked, and nobody is said to be right", async ({
  page,
}) => {
  await open(page, "#date=2011-06-21");
  const disputed = marks(page).locator(".disputed");
  const all = await marks(page).locator("span").count();
  expect(await disputed.count()).toBeGreaterThan(3);
  expect(await disputed.count()).toBeLessThan(all);
  await expect(disputed.first()).toHaveCSS("background-image", /linear-gradient/);

  // Every mark, as it is read out.
  await marks(page).focus();
  await page.keyboard.press("Home");
  const said: string[] = [];
  for (let at = 0; at < all; at += 1) {
    said.push(String(await marks(page).getAttribute("aria-valuetext")));
    await page.keyboard.press("ArrowRight");
  }
  const against = said.filter((words) => words.includes("(stands against another claim)"));
  expect(against).toHaveLength(await disputed.count());
  for (const words of against) expect(words).not.toMatch(/\b(true|false|wrong|correct)\b/i);

  // At the end of 2003 nobody had yet said what now stands against the claims of that year.
  const of2003 = marks(page).locator('.disputed[data-day^="2003"]');
  expect(await of2003.count()).toBeGreaterThan(0);
  await page.getByLabel("As known on").fill("2003-12-31");
  await expect(marks(page).locator('.claim[data-day^="2003"]').first()).toBeVisible();
  await expect(of2003).toHaveCount(0);
});

test("the day as known on is a second thumb on the same line", async ({ page }) => {
  await open(page, "#date=2026-01-01");
  const kyrgyzstan = panel(page).locator(".row", { hasText: "Whole of Kyrgyzstan" });
  await expect(kyrgyzstan).toContainText("suspected");
  await expect(knownThumb(page)).toHaveAttribute("aria-valuetext", "Everything known");
  const later = marks(page).locator('[data-day^="2025"]');
  expect(await later.count()).toBeGreaterThan(0);

  const [day, known] = [await dayThumb(page).boundingBox(), await knownThumb(page).boundingBox()];
  const line = await page.locator(".lane").boundingBox();
  expect((known?.y ?? 0) >= (day?.y ?? 0) + (day?.height ?? 0), "the thumbs do not overlap").toBe(
    true,
  );
  const from = await middle(knownThumb(page));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((line?.x ?? 0) + (line?.width ?? 0) * 0.586, from.y, { steps: 4 });
  await page.mouse.up();
  await expect(knownThumb(page)).toHaveAttribute("aria-valuetext", / 201[12]$/);
  await expect(kyrgyzstan).toContainText("no mines");
  await expect(moment(page)).toContainText(/as known on \d+ \w+ 201[12]/);
  // What nobody had said by then does not stand on the line.
  await expect(later).toHaveCount(0);
  await expect.poll(() => fragment(page)).toMatch(/known=201[12]-/);

  await knownThumb(page).focus();
  await page.keyboard.press("End");
  await expect(knownThumb(page)).toHaveAttribute("aria-valuetext", "Everything known");
  await expect(kyrgyzstan).toContainText("suspected");
});

test("a thumb goes on past either end of the line, dragged or by keys", async ({ page }) => {
  await open(page, "#date=1992-01-01");
  const line = await page.locator(".lane").boundingBox();
  const year = async () => Number((await dayThumb(page).getAttribute("aria-valuetext"))?.slice(-4));
  const from = await middle(dayThumb(page));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((line?.x ?? 0) - 20, from.y, { steps: 3 });
  await expect.poll(year).toBeLessThan(1988);
  await page.mouse.up();
  const reached = await year();
  await expect(page.locator(".years span").first()).toHaveText(String(reached));
  await page.waitForTimeout(600);
  expect(await year(), "let go of, it stays").toBe(reached);

  // Let go of and back among its years, the line is as it was.
  await page.getByLabel("Date", { exact: true }).fill("1991-01-02");
  await expect(page.locator(".years span").first()).toHaveText("1991");
  await dayThumb(page).focus();
  for (let day = 0; day < 2; day += 1) await page.keyboard.press("ArrowLeft");
  await expect(dayThumb(page)).toHaveAttribute("aria-valuetext", "31 December 1990");
  await expect(page.locator(".years span").first()).toHaveText("1990");

  await page.getByRole("button", { name: "Today" }).click();
  await dayThumb(page).focus();
  await page.keyboard.press("PageUp");
  await expect(moment(page)).toContainText("After today: what was last reported, not a forecast");
});

test("what its dates leave open is drawn weaker, and the legend says so", async ({ page }) => {
  // Barak ended in April 2024; no source says on which day.
  await open(page, `${BARAK}&date=2024-03-31`);
  const before = await opacities(page, "enclaves");
  expect(before.Barak).toBe(1);
  await expect(page.locator(".legend")).not.toContainText("Weaker:");
  await page.getByLabel("Date", { exact: true }).fill("2024-04-15");
  await expect.poll(async () => (await opacities(page, "enclaves")).Barak).toBeLessThan(0.6);
  await expect(page.locator(".legend")).toContainText("Weaker: perhaps not yet, or no longer");
});

test("a claim dated by its year says that it may not have been so yet", async ({ page }) => {
  await open(page, "#selected=reported-areas/area-sokh-surrounds&date=2003-06-01");
  const status = panel(page).locator(".status");
  await expect(status).toContainText("Reported mined");
  await expect(status).toContainText(
    "dated 2003, no closer: on 1 June 2003 it may not have been so yet",
  );
  await page.getByLabel("Date", { exact: true }).fill("2003-12-31");
  await expect(status).toContainText("Reported mined");
  await expect(status).not.toContainText("no closer");
});

test("a link to a thing brings its time along", async ({ page }) => {
  await open(page, "#selected=enclaves/barak");
  await expect(panel(page)).toContainText(
    "The link names no day, and Barak is not on the map today: the clock was set to 30 April 2024.",
  );
  await expect(page.getByLabel("Date", { exact: true })).toHaveValue("2024-04-30");
  await expect.poll(() => fragment(page)).toContain("date=2024-04-30");
  await expect.poll(() => drawnIn(page, "enclaves")).toContain("Barak");
  // Whoever then asks for today gets today, and a way back.
  await page.getByRole("button", { name: "Today" }).click();
  await expect(panel(page)).toContainText("Barak is not on the map on");
  await panel(page).getByRole("button", { name: "Set the clock to 30 April 2024" }).click();
  await expect(page.getByLabel("Date", { exact: true })).toHaveValue("2024-04-30");
});

test("back and forward go through the clock's choices", async ({ page }) => {
  await open(page, "#date=2003-12-31");
  const date = page.getByLabel("Date", { exact: true });
  await show(page, "All times");
  await expect.poll(() => fragment(page)).toContain("date=../..");
  await page.goBack();
  await expect(date).toHaveValue("2003-12-31");
  await page.goForward();
  await expect(moment(page)).toContainText("all times");
  await page.goBack();

  // What is done in one go is one step: a press held down is not fifty.
  await page.waitForTimeout(2100);
  await dayThumb(page).focus();
  for (let year = 0; year < 5; year += 1) await page.keyboard.press("PageUp");
  await expect(date).toHaveValue("2008-12-31");
  await expect.poll(() => fragment(page)).toContain("date=2008-12-31");
  await page.goBack();
  await expect(date).toHaveValue("2003-12-31");
});

test("the clock plays at the chosen speed, and pauses", async ({ page }) => {
  await open(page, "#date=2003-01-01");
  const date = page.getByLabel("Date", { exact: true });
  await page.getByRole("button", { name: "Play" }).click();
  await expect(moment(page)).toHaveAttribute("aria-live", "off");
  await expect.poll(() => date.inputValue()).toMatch(/^20(0[4-9]|1)/);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(moment(page)).toHaveAttribute("aria-live", "polite");
  const paused = await date.inputValue();
  await page.waitForTimeout(700);
  expect(await date.inputValue()).toBe(paused);
  await expect.poll(() => fragment(page)).toContain(`date=${paused}`);

  // It ends at today, and begins again from the start.
  await page.getByRole("combobox", { name: /Speed/ }).selectOption("5 years/s");
  await date.fill("2026-01-01");
  await page.getByRole("button", { name: "Play" }).click();
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible({ timeout: 20_000 });
  await expect.poll(() => fragment(page)).not.toContain("date=");
  await page.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => date.inputValue()).toMatch(/^199/);
  // Going back stops nothing by surprise: a hand on the line does.
  await dayThumb(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
});

test.describe("with less motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });
  test("the clock steps from event to event instead of gliding", async ({ page }) => {
    await open(page, "#date=2024-01-15");
    await page.getByRole("combobox", { name: /Speed/ }).selectOption("5 years/s");
    await page.getByRole("button", { name: "Play" }).click();
    const seen = new Set<string>();
    await expect
      .poll(async () => {
        seen.add((await moment(page).textContent()) ?? "");
        return seen.size;
      })
      .toBeGreaterThan(3);
    await page.getByRole("button", { name: "Pause" }).click();
    seen.delete("15 January 2024");
    for (const said of seen) expect(said).toMatch(/^\d+ \w+ 20\d\d — (Event|Claim|Changes)/);
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test("the clock fits, and its marks and thumbs can be touched", async ({ page }) => {
    await open(page, "#date=2003-01-01/2011-12-31&known=2012-01-01");
    for (const part of [".clock", ".line", ".moment", ".controls"]) {
      const box = await page.locator(part).boundingBox();
      expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 999) <= 390, part).toBe(true);
    }
    const map = await page.locator(".map-frame").boundingBox();
    expect(map?.height).toBeGreaterThan(240);
    const { x, y } = await middle(mark(page, "claim", "2005-10-31"));
    await page.touchscreen.tap(x, y);
    // The range moves there with its length.
    await expect(moment(page)).toContainText(/^\d+ \w+ 1996 to \d+ \w+ 2005/);
    const thumbs = page.locator(".thumb");
    await expect(thumbs).toHaveCount(3);
    for (const thumb of await thumbs.all()) {
      const box = await thumb.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
    }

    // A finger that drags the day as known on to the end lets go of it.
    const fingers = await page.context().newCDPSession(page);
    const from = await middle(knownThumb(page));
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", x?: number) =>
      fingers.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: x === undefined ? [] : [{ x, y: from.y }],
      });
    await touch("touchStart", from.x);
    for (const x of [280, 320, 360, 378]) await touch("touchMove", x);
    await touch("touchEnd");
    await expect(knownThumb(page)).toHaveAttribute("aria-valuetext", "Everything known");
  });
});
