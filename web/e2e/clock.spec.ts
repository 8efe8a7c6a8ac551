// What the clock makes of the map: one day, a range, all times, and as known on a day.
import type { Locator, Page } from "@playwright/test";
import { BARAK, date, dayThumb, fragment, moment, panel, show } from "./clock";
import { drawnIn, expect, open, settled, test } from "./service";

/** Opacity and width with which the map draws the lines of a layer, by name. */
const drawnAs = (page: Page, layer: string) =>
  page.evaluate((id) => {
    const found = window.demarcMap?.queryRenderedFeatures({ layers: [id] }) ?? [];
    return Object.fromEntries(
      found.map(({ properties, layer: { paint } }) => {
        const of = (property: string) => Number((paint as Record<string, unknown>)?.[property]);
        return [String(properties._name), [of("line-opacity"), of("line-width")] as const];
      }),
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
    /^1 January 2020 to 1 January 2025 — areas as last reported about days up to 1 January 2025; \d+ events and \d+ claims begin in it/,
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

  // An emptied end is open.
  await page.getByLabel("From", { exact: true }).fill("");
  await expect(moment(page)).toContainText(/^until 1 January 2025/);
  await expect.poll(() => drawnIn(page, "enclaves")).toContain("Barak");
});

test("the time filter can be turned off, and a link carries that", async ({ page }) => {
  await open(page, BARAK);
  await show(page, "All times");
  await expect.poll(() => drawnIn(page, "enclaves")).toContain("Barak");
  const { entries } = await (await page.request.get("/timeline")).json();
  const undated = entries.filter(({ start }: { start?: string }) => !start).length;
  expect(undated).toBeGreaterThan(0);
  await expect(moment(page)).toContainText(
    `every border, enclave and territory that ever held is drawn at once, areas only as last reported; without a date, and so not on the line: ${undated}`,
  );
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
  const asked = page.waitForRequest(/\/near\?.*datetime=2003-12-31/);
  await page.getByLabel("Date", { exact: true }).fill("2003-12-31");
  await expect(moment(page)).toContainText("31 December 2003");
  await asked;
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

test("what its dates leave open is drawn weaker, and the legend says so", async ({ page }) => {
  // Barak ended in April 2024; no source says on which day.
  await open(page, `${BARAK}&date=2024-03-31`);
  const [opacity, width = 0] = (await drawnAs(page, "enclaves")).Barak ?? [];
  expect(opacity).toBe(1);
  await expect(page.locator(".legend")).not.toContainText("Thinner or smaller:");
  await page.getByLabel("Date", { exact: true }).fill("2024-04-15");
  const drawn = async () => (await drawnAs(page, "enclaves")).Barak ?? [1, width];
  await expect.poll(async () => (await drawn())[0]).toBeLessThan(0.9);
  // By its width it is told apart: a paler line would be lost on its ground.
  expect((await drawn())[1]).toBeLessThan(0.6 * width);
  await expect(page.locator(".legend")).toContainText(
    "Thinner or smaller: perhaps not yet, or no longer",
  );
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

test("a day that is left before the year 1000 is not taken, and the field says so", async ({
  page,
}) => {
  await open(page, "#date=2010-01-01");
  const clock = page.locator(".clock");
  await date(page).fill("0202-01-01");
  await expect(moment(page)).toHaveText("1 January 2010");
  await date(page).blur();
  await expect(date(page)).toHaveValue("2010-01-01");
  await expect(clock.getByRole("alert")).toHaveText("Not taken: the clock has years from 1000 on.");
  await date(page).fill("2011-01-01");
  await expect(clock.getByRole("alert")).toHaveCount(0);
  await expect(moment(page)).toHaveText("1 January 2011");
  // A link may name the year before 1, which has no name that readers know.
  await page.goto("/#date=0000-01-01");
  await expect(moment(page).locator("strong")).toHaveText("0000-01-01");
});

test("an end of a range that is typed past the other moves it along", async ({ page }) => {
  await open(page, "#date=2003-01-01/2005-12-31");
  const [from, to] = ["From", "To"].map((name) => page.getByLabel(name, { exact: true }));
  await from?.fill("2007-05-01");
  await expect(moment(page)).toContainText(/^1 May 2007 to 1 May 2007/);
  await expect(to as Locator).toHaveValue("2007-05-01");
  // What was passed through while typing leaves nothing behind.
  await from?.fill("2004-02-01");
  await expect(moment(page)).toContainText(/^1 February 2004 to 31 December 2005/);
  await to?.fill("1999-01-01");
  await expect(from as Locator).toHaveValue("1999-01-01");
  await expect.poll(() => fragment(page)).toContain("date=1999-01-01/1999-01-01");
});

test("a claim about a year is said to be perhaps not yet so, wherever it stands", async ({
  page,
}) => {
  await open(page, "#date=2005-02-01&near=71.05,40.19&radius=100km");
  const sure = "may not have been so yet";
  const answer = page.locator(".near-answer .row", { hasText: "Reported cleared, 2005" });
  await expect(answer.first()).toContainText(sure);
  await page.getByRole("button", { name: "Clear", exact: true }).first().click();
  const row = page.locator(".panel .row", { hasText: "Reported cleared, 2005" });
  await expect(row.first()).toContainText(sure);
});
