// Two depictions of the border side by side, by pointer and by keyboard, on a desk and on a phone.
import type { Page } from "@playwright/test";
import { fragment, names, panel, row, tabTo, tool } from "./compare";
import { drawnIn, expect, open, settled, test, view } from "./service";

// Two maps take the processor longer to draw.
test.describe.configure({ timeout: 150_000 });

const EARLIER = "src-tzbb-2025-01";
const LATER = "src-tzbb-2026-10";

const side = (page: Page, where: "left" | "right") =>
  panel(page).getByRole("combobox", { name: `On the ${where}`, exact: true });

/** How the list of maps calls these two. */
async function choices(page: Page) {
  const { sources } = await (await page.request.get("/sources")).json();
  const title = (id: string) => sources.find((one: { id: string }) => one.id === id).title;
  return [`as mapped 2025-01: ${title(EARLIER)}`, `as mapped 2026-10: ${title(LATER)}`] as const;
}

/** Each side draws what its own map has, the list says the same, and the link holds it. */
async function expectBoth(page: Page) {
  await expect(names(page)).toHaveText(["as mapped 2025-01", "as mapped 2026-10"]);
  await expect(panel(page)).toContainText("A line on a map endorses nothing.");
  await settled(page);
  // Tiles of a layer are drawn anew one after the other.
  await expect.poll(() => drawnIn(page, "enclaves", "left")).toEqual(["Kayragach", "Vorukh"]);
  const right = await drawnIn(page, "enclaves", "right");
  expect(right).toContain("Vorukh");
  expect(right).not.toContain("Kayragach");
  await expect(row(page, "Vorukh")).toContainText(
    "drawn from another map: as mapped 2025-01 → as mapped 2026-10",
  );
  await expect(row(page, "Kayragach")).toContainText("not in the depiction on the right");
  expect((await fragment(page)).compare).toBe(`source/${EARLIER},source/${LATER}`);
}

/** What a depiction lacks is said to be missing from it, not from the ground. */
const LACKING =
  "Kayragach is not in this depiction (as mapped 2026-10). That it is missing says nothing about the ground.";

for (const [size, viewport, both] of [
  ["a desk", { width: 1280, height: 800 }, view(8, 40.0, 70.7)],
  ["a phone", { width: 390, height: 844 }, view(7.2, 40.05, 69.97)],
] as const) {
  test.describe(`on ${size}`, () => {
    test.use({ viewport });

    test("two depictions: each side shows what its own map has", async ({ page }) => {
      await open(page, both);
      await tool(page).click();
      await panel(page).getByRole("button", { name: "Begin with this day on the left" }).click();
      const [earlier, later] = await choices(page);
      await side(page, "left").selectOption(earlier);
      await side(page, "right").selectOption(later);
      await expectBoth(page);
      await row(page, "Kayragach").getByRole("button").click();
      await page.locator(".reading").getByRole("button").click();
      await expect(panel(page)).toContainText(LACKING);
    });

    test("two depictions by keyboard alone", async ({ page }) => {
      await open(page, both);
      await tool(page).focus();
      await page.keyboard.press("Enter");
      await expect(panel(page).getByRole("heading", { level: 2, name: "Compare" })).toBeFocused();
      const begin = panel(page).getByRole("button", { name: "Begin with this day on the left" });
      await tabTo(page, begin);
      await page.keyboard.press("Enter");

      // A list of choices goes by its arrows, and keeps the focus while the maps change.
      const [earlier, later] = await choices(page);
      for (const [where, label] of [
        ["left", earlier],
        ["right", later],
      ] as const) {
        const list = side(page, where);
        // The maps have their titles once the sources have come.
        await expect(list.locator("option", { hasText: label })).toHaveCount(1);
        await list.focus();
        const count = await list.locator("option").count();
        for (let press = 0; press < count; press += 1) {
          if ((await list.locator("option:checked").textContent()) === label) break;
          await page.keyboard.press("ArrowDown");
          await expect(list).toBeFocused();
        }
        await expect(list.locator("option:checked")).toHaveText(label);
      }
      await expectBoth(page);

      await row(page, "Kayragach").getByRole("button").focus();
      await page.keyboard.press("Enter");
      await expect(panel(page).getByRole("heading", { level: 2, name: "Kayragach" })).toBeFocused();
      await page.locator(".reading").getByRole("button").focus();
      await page.keyboard.press("Enter");
      await expect(panel(page)).toContainText(LACKING);
    });
  });
}

test("a depiction older than the clock's day is not drawn as if in doubt", async ({ page }) => {
  await open(page, `${view(9, 39.98, 71.1)}&compare=source/src-tzbb-2025-01&date=2003-01-01`);
  const sure = () =>
    page.evaluate(() =>
      (window.demarcLeft?.queryRenderedFeatures({ layers: ["enclaves"] }) ?? []).map(
        ({ properties }) => Number(properties._sureFirst),
      ),
    );
  await expect.poll(async () => (await sure()).length).toBeGreaterThan(0);
  for (const first of await sure()) expect(first).toBeLessThan(-1_000_000);
});

test("a map that the atlas does not have is named, and nothing is compared with it", async ({
  page,
}) => {
  await open(page, "#compare=source/none");
  await expect(panel(page).locator(".warning")).toHaveText(
    "The atlas has no map called `none`, so nothing is compared. Choose one of its maps, or a day.",
  );
  await expect(panel(page).locator(".differences")).toHaveCount(0);
  await expect(names(page).first()).toHaveText("unknown map `none`");
  const left = panel(page).getByRole("combobox", { name: "On the left" });
  await expect(left.locator("option:checked")).toHaveText("unknown map `none`");
  await left.selectOption({ label: "a day" });
  await expect(panel(page).locator(".warning")).toHaveCount(0);
});
