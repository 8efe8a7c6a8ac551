// The clock in motion, and the way back through what it was set to.
import { date, dayThumb, fragment, moment, show } from "./clock";
import { expect, open, test } from "./service";

test("back and forward go through the clock's choices", async ({ page }) => {
  await open(page, "#date=2003-12-31");
  await show(page, "All times");
  await expect.poll(() => fragment(page)).toContain("date=../..");
  await page.goBack();
  await expect(date(page)).toHaveValue("2003-12-31");
  await page.goForward();
  await expect(moment(page)).toContainText("all times");
  await page.goBack();

  // What is done in one go is one step: a press held down is not fifty.
  await page.waitForTimeout(2100);
  // Dispatched at once: on a busy machine presses lie further apart than one turn of the clock lasts.
  await dayThumb(page).evaluate((thumb) => {
    for (let year = 0; year < 5; year += 1) {
      thumb.dispatchEvent(new KeyboardEvent("keydown", { key: "PageUp", bubbles: true }));
    }
  });
  await expect(date(page)).toHaveValue("2008-12-31");
  await expect.poll(() => fragment(page)).toContain("date=2008-12-31");
  await page.goBack();
  await expect(date(page)).toHaveValue("2003-12-31");
});

test("the clock plays at the chosen speed, and pauses", async ({ page }) => {
  await open(page, "#date=2003-01-01");
  await page.getByRole("button", { name: "Play" }).click();
  await expect(moment(page)).toHaveAttribute("aria-live", "off");
  await expect.poll(() => date(page).inputValue()).toMatch(/^20(0[4-9]|1)/);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(moment(page)).toHaveAttribute("aria-live", "polite");
  const paused = await date(page).inputValue();
  await page.waitForTimeout(700);
  expect(await date(page).inputValue()).toBe(paused);
  await expect.poll(() => fragment(page)).toContain(`date=${paused}`);

  // It ends at today, and begins again from the start.
  await page.getByRole("combobox", { name: /Speed/ }).selectOption("5 years/s");
  await date(page).fill("2026-01-01");
  await page.getByRole("button", { name: "Play" }).click();
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible({ timeout: 20_000 });
  await expect.poll(() => fragment(page)).not.toContain("date=");
  await page.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => date(page).inputValue()).toMatch(/^199/);
  // Going back stops nothing by surprise: a hand on the line does.
  await dayThumb(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
});

test("going back while the clock plays stops it where the reader went back to", async ({
  page,
}) => {
  await open(page, "#date=2003-12-31");
  await page.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => date(page).inputValue()).toMatch(/^200[4-9]/);
  await page.goBack();
  await expect(page.getByRole("button", { name: "Play" })).toBeVisible();
  await expect(date(page)).toHaveValue("2003-12-31");
  await page.waitForTimeout(700);
  expect(await date(page).inputValue()).toBe("2003-12-31");
  expect(await fragment(page)).toContain("date=2003-12-31");
  // What is done next is a step of its own.
  await page.getByRole("button", { name: "Next event" }).click();
  await expect(date(page)).not.toHaveValue("2003-12-31");
  await page.goBack();
  await expect(date(page)).toHaveValue("2003-12-31");
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

  test("however slowly it steps, a run is one step in the history", async ({ page }) => {
    await open(page, "#date=2024-01-15");
    await page.getByRole("combobox", { name: /Speed/ }).selectOption("0.5 years/s");
    const before = await page.evaluate(() => history.length);
    await page.getByRole("button", { name: "Play" }).click();
    const seen = new Set<string>();
    await expect
      .poll(async () => seen.add(await date(page).inputValue()).size, { timeout: 30_000 })
      .toBeGreaterThan(3);
    await page.getByRole("button", { name: "Pause" }).click();
    expect(await page.evaluate(() => history.length)).toBe(before + 1);
    await page.goBack();
    await expect(date(page)).toHaveValue("2024-01-15");
  });
});
