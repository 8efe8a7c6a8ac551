// Two states of the map side by side: by pointer and by keyboard, on a desk and on a phone.
import type { Page } from "@playwright/test";
import { divider, fragment, names, panel, row, tabTo, tool } from "./compare";
import { clickAt, drawnIn, expect, open, settled, test, view } from "./service";

// Two maps take the processor longer to draw.
test.describe.configure({ timeout: 150_000 });

/** Pixels that the left map is clipped to, from the map's left edge: what the clip leaves at the right, taken off. */
const leftWidth = (page: Page) =>
  page.evaluate(() => {
    const left = document.querySelector(".left-map");
    const inset = left ? getComputedStyle(left).clipPath : "";
    const probe = document.createElement("div");
    document.querySelector(".map")?.append(probe);
    probe.style.cssText = "position: absolute; height: 0";
    probe.style.width = inset.replace(/^inset\(0px /, "").replace(/ 0px 0px\)$/, "");
    const hidden = probe.getBoundingClientRect().width;
    probe.remove();
    return (left?.getBoundingClientRect().width ?? 0) - hidden;
  });

for (const [size, viewport] of [
  ["a desk", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
] as const) {
  test.describe(`on ${size}`, () => {
    test.use({ viewport });

    test("Barak before and after April 2024", async ({ page }) => {
      await open(page);
      await tool(page).click();
      await panel(page).getByRole("button", { name: "Barak: before and after 2024-04" }).click();
      await expect(names(page)).toHaveText(["31 March 2024", "1 May 2024"]);
      await settled(page);
      await expect.poll(() => drawnIn(page, "enclaves", "left")).toContain("Barak");
      await expect.poll(() => drawnIn(page, "enclaves", "right")).not.toContain("Barak");
      await expect(row(page, "Barak")).toContainText("only on the left");
      expect(await fragment(page)).toMatchObject({ compare: "2024-03-31", date: "2024-05-01" });

      // The divider is dragged, and the left map shows as far as it.
      const width = Number((await page.locator(".map-canvas").boundingBox())?.width);
      expect(await leftWidth(page)).toBeCloseTo(width / 2, 0);
      const box = await divider(page).boundingBox();
      const middle = { x: (box?.x ?? 0) + width / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
      await page.mouse.move(middle.x, middle.y);
      await page.mouse.down();
      await page.mouse.move(middle.x - width / 4, middle.y, { steps: 4 });
      await page.mouse.up();
      await expect.poll(async () => Number((await fragment(page)).divider)).toBeLessThan(30);
      expect(await leftWidth(page)).toBeLessThan(width * 0.3);
      expect(await leftWidth(page)).toBeGreaterThan(width * 0.15);

      // All of it is in the link.
      const link = page.url();
      await page.goto("about:blank");
      await page.goto(link);
      await settled(page);
      await expect(names(page)).toHaveText(["31 March 2024", "1 May 2024"]);
      await expect(row(page, "Barak")).toContainText("only on the left");

      await panel(page).getByRole("button", { name: "Stop comparing" }).click();
      await expect(names(page)).toHaveCount(0);
      await expect(page.locator(".left-map")).toHaveCount(0);
      await page.goBack();
      await expect(names(page)).toHaveText(["31 March 2024", "1 May 2024"]);
    });

    test("comparing by keyboard alone", async ({ page }) => {
      await open(page, view(11, 40.668, 72.768));
      await tool(page).focus();
      await page.keyboard.press("Enter");
      const heading = panel(page).getByRole("heading", { level: 2, name: "Compare" });
      await expect(heading).toBeFocused();
      // Past the sheet's own button, the day on the left and what begins.
      await page.keyboard.press("Tab");
      await expect(panel(page).getByRole("button", { name: "Close" })).toBeFocused();
      const barak = panel(page).getByRole("button", { name: /^Barak: before/ });
      await tabTo(page, barak);
      await page.keyboard.press("Enter");
      await expect(names(page)).toHaveText(["31 March 2024", "1 May 2024"]);
      await expect(heading).toBeFocused();
      await settled(page);

      await divider(page).focus();
      for (let press = 0; press < 5; press++) await page.keyboard.press("ArrowRight");
      await expect(divider(page)).toHaveAttribute(
        "aria-valuetext",
        "55 % of the map: 31 March 2024 on the left of it, 1 May 2024 on the right",
      );
      await expect.poll(async () => (await fragment(page)).divider).toBe("55");

      // The list leads to the thing as its side has it, and on to the other side.
      await row(page, "Barak").getByRole("button").focus();
      await page.keyboard.press("Enter");
      await expect(panel(page).getByRole("heading", { level: 2, name: "Barak" })).toBeFocused();
      await expect(page.locator(".reading strong")).toHaveText("On the left: 31 March 2024");
      await expect(panel(page)).not.toContainText("is not on the map");
      await page.locator(".reading").getByRole("button").focus();
      await page.keyboard.press("Enter");
      await expect(page.locator(".reading strong")).toHaveText("On the right: 1 May 2024");
      await expect(panel(page)).toContainText("Barak is not on the map on 1 May 2024");

      await page.getByRole("button", { name: "Back to the comparison" }).focus();
      await page.keyboard.press("Enter");
      await expect(panel(page).getByRole("button", { name: "Stop comparing" })).toBeVisible();
      await panel(page).getByRole("button", { name: "Close" }).focus();
      await page.keyboard.press("Enter");
      await expect(tool(page)).toBeFocused();
    });
  });
}

test("what was reported by each of two days, with the words for it", async ({ page }) => {
  await open(page, `${view(10, 39.98, 71.1)}&compare=2003-12-31&date=2006-01-01`);
  const sokh = row(page, "Territory around the Sokh enclave");
  await expect(sokh).toContainText(/Reported mined, 2003.* → /);
  await sokh.getByRole("button").click();
  await expect(page.locator(".reading strong")).toHaveText("On the right: 1 January 2006");
  await expect(panel(page).locator(".status-line")).not.toContainText("Reported mined, 2003");
  await page.locator(".reading").getByRole("button").click();
  await expect(panel(page).locator(".status-line")).toContainText("Reported mined, 2003");
});

test("a click tells of the side it falls on", async ({ page }) => {
  // Barak lies left of the middle here, and above the legend.
  await open(page, `${view(12, 40.65, 72.82)}&compare=2024-04-30&date=2024-05-01`);
  await clickAt(page, 72.768, 40.666);
  await expect(page.locator(".reading strong")).toHaveText("On the left: 30 April 2024");
  await expect(panel(page)).toContainText("Barak");
  await expect(panel(page)).not.toContainText("is not on the map");
});

test("the divider's handle leaves the circle's centre free, and is not lost under the legend", async ({
  page,
}) => {
  await open(page, "#near=71.08,40.02&compare=2003-12-31&date=2006-01-01&divider=12");
  await expect(page.locator(".legend li").first()).toBeVisible();
  const centre = page.getByRole("button", { name: /^Centre of the circle/ });
  const onTop = (selector: string, share: number) =>
    page.evaluate(
      ([of = "", at]) => {
        const box = document.querySelector(of)?.getBoundingClientRect() ?? new DOMRect();
        const x = box.x + 20 + Number(at) * (box.width - 40);
        return document.elementFromPoint(x, box.y + box.height / 2)?.matches(of) ?? false;
      },
      [selector, String(share)],
    );
  expect(await onTop(".swipe-handle", 0.12)).toBe(true);
  await page.getByRole("slider", { name: "Divider between the two" }).fill("50");
  await centre.click({ trial: true });
  expect(await onTop(".swipe-handle", 0.5)).toBe(true);
});

test("a border's panel leads to the days around its change", async ({ page }) => {
  await open(page, "#selected=borders/kg-uz-sokh");
  await panel(page).getByRole("button", { name: "Compare before and after 2023-01-27" }).click();
  await expect(names(page)).toHaveText(["26 January 2023", "27 January 2023"]);
  await expect(row(page, "Border of the Sokh enclave")).toContainText(/disputed → .*delimited/);
});

test("the clock's range against a day: each side draws its own days, and the list says so", async ({
  page,
}) => {
  // Sokh's border was disputed until 2023 and is delimited since.
  const sokh = view(9, 39.98, 71.1);
  await open(page, `${sokh}&compare=2024-06-01&date=2022-01-01/2024-06-01`);
  await expect(names(page)).toHaveText(["1 June 2024", "1 January 2022 to 1 June 2024"]);
  const border = row(page, "Border of the Sokh enclave");
  await expect(border).toContainText("on the right in more than one version over its days");
  await expect(panel(page)).toContainText(
    "Their status is the last reported about days up to 1 June 2024, whenever the report came out.",
  );
  const disputed = (side: "left" | "right") => drawnIn(page, "border-disputed", side);
  await expect.poll(() => disputed("right")).toContain("Border of the Sokh enclave");
  expect(await disputed("left")).not.toContain("Border of the Sokh enclave");

  // The clock turned to all times leaves the day on the left alone.
  await page.goto(`/${sokh}&compare=2024-06-01&date=../..`);
  await settled(page);
  await expect(names(page)).toHaveText(["1 June 2024", "all times"]);
  await expect.poll(() => disputed("right")).toContain("Border of the Sokh enclave");
  expect(await disputed("left")).not.toContain("Border of the Sokh enclave");
});

test("a thing that a day on the left lacks is shown by setting that day", async ({ page }) => {
  await open(page, "#compare=2025-06-01&date=2026-01-01&selected=enclaves/barak");
  await page.locator(".reading").getByRole("button").click();
  await expect(page.locator(".reading strong")).toHaveText("On the left: 1 June 2025");
  await panel(page).getByRole("button", { name: "Set the clock to 30 April 2024" }).click();
  await expect(names(page)).toHaveText(["30 April 2024", "1 January 2026"]);
  await expect(panel(page)).not.toContainText("is not on the map");
});

test("what both sides hold alike is asked once", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith("/items")) asked.push(pathname);
  });
  await open(page, `${view(9, 39.98, 71.1)}&compare=2003-12-31&date=2006-01-01`);
  const of = (id: string) => asked.filter((path) => path.includes(`/${id}/`)).length;
  expect(of("borders")).toBe(1);
  expect(of("territories")).toBe(1);
  expect(of("reported-areas")).toBe(1);
  expect(of("claims")).toBe(1);
});
