// The clock's line: marks and thumbs, by pointer, by keys and by finger.
import { dayThumb, fragment, knownThumb, mark, marks, middle, moment, panel } from "./clock";
import { expect, open, test } from "./service";

test("marks on the line say what they are to a pointer, and lead there", async ({ page }) => {
  await open(page);
  const { x, y } = await middle(mark(page, "claim", "2005-10-31"));
  await page.mouse.move(x, y);
  const pointed = page.locator(".pointed");
  // That it is disputed comes first: a long title is cut off.
  await expect(pointed).toContainText("2005-10-31 (stands against another claim) Claim: ");
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

test("with a day to come on the clock, what is known can still be taken back", async ({ page }) => {
  for (const key of ["ArrowLeft", "PageDown"]) {
    await open(page, "#date=2090-01-01");
    await expect(knownThumb(page)).toHaveAttribute("aria-valuetext", "Everything known");
    await knownThumb(page).focus();
    await page.keyboard.press(key);
    await expect(knownThumb(page)).toHaveAttribute("aria-valuetext", /^\d+ \w+ 20\d\d$/);
    await expect.poll(() => fragment(page)).toContain("known=20");
    await page.keyboard.press("PageUp");
    await expect(knownThumb(page)).toHaveAttribute("aria-valuetext", "Everything known");
    await page.goto("about:blank");
  }
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
