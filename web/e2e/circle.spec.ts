// Asking near a place by a circle on the map: by pointer and by keyboard, on a desk and on a phone.
import type { Page } from "@playwright/test";
import { expect, open, settled, test, view } from "./service";

const answer = (page: Page) => page.locator(".near-answer");
const heading = (page: Page) => answer(page).getByRole("heading", { level: 2 });
const draw = (page: Page) => page.getByRole("button", { name: "Draw a circle on the map" });
const centre = (page: Page) => page.getByRole("button", { name: /^Centre of the circle/ });
const rim = (page: Page) => page.getByRole("slider", { name: "Radius of the circle" });
const fragment = (page: Page) =>
  page.evaluate(() => Object.fromEntries(new URLSearchParams(location.hash.slice(1))));

/** Where on the page a longitude and latitude lie, and the other way round. */
const pixel = (page: Page, at: [number, number]) =>
  page.evaluate((lngLat) => {
    const map = window.demarcMap;
    const box = map?.getCanvas().getBoundingClientRect();
    const point = map?.project(lngLat);
    return { x: (box?.x ?? 0) + (point?.x ?? 0), y: (box?.y ?? 0) + (point?.y ?? 0) };
  }, at);

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
  await page.mouse.move(to.x, to.y);
  await page.mouse.up();
}

async function middleOf(of: ReturnType<typeof rim>) {
  await expect(of).toBeVisible();
  const box = await of.boundingBox();
  return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
}

for (const [size, viewport] of [
  ["a desk", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
] as const) {
  test.describe(`on ${size}`, () => {
    test.use({ viewport });

    test("a circle dragged outward is asked about, then made larger and moved", async ({
      page,
      request,
    }) => {
      await open(page, view(9, 40.02, 71.0));
      await draw(page).click();
      await expect(draw(page)).toHaveAttribute("aria-pressed", "true");
      const start = await pixel(page, [71.0, 40.0]);
      await drag(page, start, { x: start.x + 60, y: start.y });
      await expect(heading(page)).toHaveText("Within 7 km of 40.0000° N, 71.0000° E");
      await expect(draw(page)).toHaveAttribute("aria-pressed", "false");

      // What is listed is what the service says of that circle, each group by distance.
      const asked = await fragment(page);
      const given = await (
        await request.get(`/near?at=${asked.near}&radius=${asked.radius}`)
      ).json();
      await expect(answer(page).locator(".message")).toHaveText(
        given.message.replace("71, 40", "40.0000° N, 71.0000° E"),
      );
      await expect(answer(page).locator(".warning")).toHaveText(given.notice);
      const named = (of: { properties: { name: string; match?: string } }[]) =>
        of.map(({ properties }) => properties.name);
      const expected = ["certain", "possible"].flatMap((match) =>
        named(
          given.features.filter(
            ({ properties }: { properties: { match: string } }) => properties.match === match,
          ),
        ),
      );
      expect(expected.length).toBeGreaterThan(0);
      await expect(answer(page).locator(".row-name")).toHaveText([
        ...expected,
        ...named(given.covering),
        ...named(given.unlocated),
      ]);

      // The rim outward: a larger radius about the same place.
      const before = Number(asked.radius);
      const hold = await middleOf(rim(page));
      await drag(page, hold, { x: hold.x + 40, y: hold.y });
      await expect.poll(async () => Number((await fragment(page)).radius)).toBeGreaterThan(before);
      expect((await fragment(page)).near).toBe(asked.near);

      // The rim's line, once it is drawn there, does the same away from its handle; the map
      // itself stays.
      await settled(page);
      const larger = Number((await fragment(page)).radius);
      const middle = await middleOf(centre(page));
      const reach = (await middleOf(rim(page))).x - middle.x;
      const still = (await fragment(page)).map;
      await drag(
        page,
        { x: middle.x - reach, y: middle.y },
        { x: middle.x - reach + 30, y: middle.y },
      );
      await expect.poll(async () => Number((await fragment(page)).radius)).toBeLessThan(larger);
      expect((await fragment(page)).map).toBe(still);

      // The centre elsewhere: the same radius about another place.
      const now = await fragment(page);
      const title = await heading(page).innerText();
      const grip = await middleOf(centre(page));
      await drag(page, grip, { x: grip.x - 30, y: grip.y + 20 });
      await expect.poll(async () => (await fragment(page)).near).not.toBe(now.near);
      expect((await fragment(page)).radius).toBe(now.radius);
      await expect(heading(page)).not.toHaveText(title);

      // Each was a choice: back goes through them.
      await page.goBack();
      await expect.poll(() => fragment(page)).toMatchObject({ near: now.near, radius: now.radius });
    });

    test("a click while drawing asks with the usual radius", async ({ page }) => {
      await open(page, view(9, 40.02, 71.0));
      await draw(page).click();
      const at = await pixel(page, [71.05, 40.03]);
      await page.mouse.click(at.x, at.y);
      await expect(heading(page)).toHaveText(/^Within 20 km of 40\.0[23]\d*° N, 71\.0[45]/);
      await expect(page.locator(".chooser")).toHaveCount(0);
    });

    test("a circle by keyboard alone", async ({ page }) => {
      await open(page, view(9, 40.02, 71.0));
      await draw(page).focus();
      await page.keyboard.press("Enter");
      const surface = page.getByRole("application", { name: "Place the circle" });
      await expect(surface).toBeFocused();
      await expect(surface).toHaveAccessibleDescription(/arrow keys move the map/);

      // Leaving off asks nothing and comes back to the button.
      await page.keyboard.press("Escape");
      await expect(surface).toHaveCount(0);
      await expect(draw(page)).toBeFocused();
      await expect(answer(page)).toHaveCount(0);

      await page.keyboard.press("Enter");
      await expect(surface).toBeFocused();
      // The map's own keys still move it under the cross.
      const before = (await fragment(page)).map;
      await page.keyboard.press("ArrowRight");
      await expect.poll(async () => (await fragment(page)).map).not.toBe(before);
      await settled(page);
      await page.keyboard.press("Enter");
      await expect(heading(page)).toHaveText(/^Within 20 km of 40\.0\d+° N, 7\d\.\d+° E/);
      await expect(centre(page)).toBeFocused();

      const first = await fragment(page);
      for (let press = 0; press < 3; press++) await page.keyboard.press("ArrowUp");
      const latitude = (where: string | undefined) => Number(where?.split(",")[1]);
      await expect
        .poll(async () => latitude((await fragment(page)).near))
        .toBeGreaterThan(latitude(first.near));
      await settled(page);
      expect((await fragment(page)).map).toBe(first.map);

      await page.keyboard.press("Tab");
      await expect(rim(page)).toBeFocused();
      await page.keyboard.press("PageDown");
      await expect(rim(page)).toHaveAttribute("aria-valuetext", "15 km");
      await expect(heading(page)).toContainText("Within 15 km of");
      // Growing beyond the view brings the rim back into it, and the focus stays.
      for (let press = 0; press < 12; press++) await page.keyboard.press("PageUp");
      await expect(rim(page)).toHaveAttribute("aria-valuetext", /^\d\d+ km$/);
      await expect(rim(page)).toBeFocused();
      await expect(rim(page)).toBeInViewport();
    });
  });
}

test("moving a named place's circle by a row of keys is one step back", async ({ page }) => {
  await open(page, "#near=1514637");
  await expect(heading(page)).toHaveText("Within 20 km of Ak-Turpak");
  await centre(page).focus();
  for (let press = 0; press < 4; press++) await page.keyboard.press("ArrowLeft");
  await expect(heading(page)).toHaveText(/^Within 20 km of \d/);
  await expect(page.getByRole("combobox", { name: "Place" })).toHaveValue(/^7\d\.\d+, 40\.\d+$/);
  await page.goBack();
  await expect(heading(page)).toHaveText("Within 20 km of Ak-Turpak");
});

test("nothing within the circle is an answer with its warning", async ({ page }) => {
  await open(page, view(10, 41.7, 69.6));
  await draw(page).click();
  const start = await pixel(page, [69.6, 41.7]);
  await drag(page, start, { x: start.x + 20, y: start.y + 20 });
  await expect(answer(page).locator(".message")).toContainText(/not evidence/i);
  await expect(answer(page).locator(".warning")).not.toBeEmpty();
  await expect(answer(page).getByRole("heading", { name: /within the radius/ })).toHaveCount(0);
});

test("handles out of sight take no focus", async ({ page }) => {
  await open(page, "#near=71,40&map=12/41.2/72.5");
  await expect(answer(page)).toBeVisible();
  await page.evaluate(() => window.demarcMap?.jumpTo({ center: [72.5, 41.2], zoom: 12 }));
  await expect(centre(page)).toBeHidden();
  await expect(rim(page)).toBeHidden();
});

test("the map goes to a circle where nothing lies over it", async ({ page }) => {
  await open(page, "#near=71.01139,40.26028&radius=20000");
  const hold = await middleOf(rim(page));
  const middle = await middleOf(centre(page));
  const radius = Math.hypot(hold.x - middle.x, hold.y - middle.y);
  for (const part of [".legend", ".attribution", ".map-tools", ".maplibregl-ctrl-group"]) {
    const box = await page.locator(part).boundingBox();
    const isBeside =
      !box ||
      box.x + box.width < middle.x - radius ||
      box.x > middle.x + radius ||
      box.y + box.height < middle.y - radius ||
      box.y > middle.y + radius;
    expect(isBeside, part).toBe(true);
  }
});

test("what is reported at the centre is seen in its handle, and found by a click on it", async ({
  page,
}) => {
  await open(page, "#near=71.01139,40.26028&radius=5000&date=2026-01-01");
  await expect(centre(page)).toHaveCSS("background-color", "rgba(0, 0, 0, 0)");
  expect((await centre(page).boundingBox())?.width).toBeGreaterThan(40);
  await centre(page).click();
  await expect(page.locator(".chooser .row").first()).toContainText("Kungeioetoek");
  expect((await fragment(page)).near).toBe("71.01139,40.26028");
});

test.describe("by finger", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test("a circle is drawn, moved and made larger by finger", async ({ page }) => {
    const touch = await page.context().newCDPSession(page);
    type Point = { x: number; y: number };
    const finger = async (from: Point, to: Point, end: "touchEnd" | "touchCancel" = "touchEnd") => {
      const send = (type: "touchStart" | "touchMove" | typeof end, touchPoints: Point[]) =>
        touch.send("Input.dispatchTouchEvent", { type, touchPoints });
      await send("touchStart", [from]);
      for (const share of [0.3, 0.6, 1]) {
        const x = from.x + (to.x - from.x) * share;
        await send("touchMove", [{ x, y: from.y + (to.y - from.y) * share }]);
      }
      await send(end, []);
    };
    await open(page, view(9, 40.02, 71.0));
    await draw(page).tap();
    const start = await pixel(page, [71.0, 40.0]);
    await finger(start, { x: start.x + 60, y: start.y });
    await expect(heading(page)).toHaveText("Within 7 km of 40.0000° N, 71.0000° E");
    const drawn = await fragment(page);

    const hold = await middleOf(rim(page));
    await finger(hold, { x: hold.x + 40, y: hold.y });
    await expect.poll(async () => Number((await fragment(page)).radius)).toBeGreaterThan(7_000);
    const grip = await middleOf(centre(page));
    await finger(grip, { x: grip.x - 30, y: grip.y + 20 });
    await expect.poll(async () => (await fragment(page)).near).not.toBe("71,40");
    expect((await fragment(page)).map).toBe(drawn.map);

    // What the system takes away, for a call or a gesture of its own, is let go of: the handles, and
    // the rim's line. The next finger moves the map.
    await settled(page);
    const asked = await fragment(page);
    const middle = await middleOf(centre(page));
    const reach = (await middleOf(rim(page))).x - middle.x;
    const held = [middle, await middleOf(rim(page)), { x: middle.x - reach, y: middle.y }];
    for (const [at, from] of held.entries()) {
      const size = await rim(page).getAttribute("aria-valuetext");
      await finger(from, { x: from.x + 25, y: from.y + 5 }, "touchCancel");
      await expect(rim(page), `${at}`).toHaveAttribute("aria-valuetext", String(size));
      expect(await middleOf(centre(page)), `${at}`).toEqual(middle);
    }
    const free = { x: middle.x, y: middle.y + reach / 2 };
    await finger(free, { x: free.x - 20, y: free.y });
    await expect.poll(async () => (await fragment(page)).map).not.toBe(asked.map);
    expect({ ...(await fragment(page)), map: asked.map }).toEqual(asked);
  });
});
