// The service goes away while the map is in use, and comes back.
import type { ChildProcess } from "node:child_process";
import { test as base, drawnIn, expect, open, settled, start, unfoldClock } from "./service";

interface Running {
  address: string;
  stop: () => Promise<void>;
  again: () => Promise<void>;
}

const test = base.extend<{ running: Running }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern, even an empty one
  running: async ({}, use) => {
    let { address, child } = await start();
    const end = (one: ChildProcess) =>
      new Promise<void>((done) => {
        one.removeAllListeners("exit");
        if (one.exitCode !== null || one.signalCode !== null) return done();
        one.once("exit", () => done());
        one.kill("SIGKILL");
      });
    await use({
      address,
      stop: () => end(child),
      again: async () => {
        ({ child } = await start([], new URL(address).host));
      },
    });
    await end(child);
  },
  baseURL: async ({ running }, use) => use(running.address),
  // The browser's own lines about what it could not reach are what this file is about.
  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(error.message));
    await use(complaints);
    expect(complaints).toEqual([]);
  },
});

for (const [width, height] of [
  [1280, 800],
  [390, 844],
] as const) {
  test(`a service that stops in mid-use loses nothing, at ${width} × ${height}`, async ({
    page,
    running,
  }) => {
    await page.setViewportSize({ width, height });
    await open(page, "#map=9/40.0/71.1&date=2003-12-31");
    const panel = page.getByRole("region", { name: "What is known" });
    const fragment = () => page.evaluate(() => location.hash);
    await running.stop();

    // What has come stays, and the clock goes on.
    await page.getByRole("button", { name: "Next event" }).click();
    await expect(page.locator(".moment")).toContainText(/^1 January 2004 — /);
    const day = await page.getByLabel("Date", { exact: true }).inputValue();
    await expect(page.getByRole("alert")).toHaveCount(0);
    expect(await drawnIn(page, "area-marks")).not.toEqual([]);

    // A thing is opened: its status stands, its timeline cannot be had.
    await panel.locator(".row", { hasText: "Sokh enclave" }).first().press("Enter");
    await expect(panel.getByRole("heading", { level: 2 })).toBeFocused();
    await expect(panel.locator(".status-line")).toContainText("Reported");
    const alert = panel.getByRole("alert");
    await expect(alert).toContainText("The service cannot be reached. Check the connection");
    expect(await fragment()).toContain("selected=reported-areas/area-sokh-surrounds");
    expect(await fragment()).toContain(`date=${day}`);

    // Trying in vain says the same again, and takes nothing away.
    await alert.getByRole("button", { name: "Try again" }).press("Enter");
    await expect(panel).toBeFocused();
    await expect(alert).toContainText("The service cannot be reached");
    await expect(panel.locator(".status-line")).toContainText("Reported");

    await running.again();
    await alert.getByRole("button", { name: "Try again" }).press("Enter");
    await expect(panel.locator(".entry").first()).toBeVisible();
    await expect(alert).toHaveCount(0);
    expect(await page.getByLabel("Date", { exact: true }).inputValue()).toBe(day);
    await settled(page);
  });

  test(`a question that finds no service is kept, at ${width} × ${height}`, async ({
    page,
    running,
  }) => {
    await page.setViewportSize({ width, height });
    await open(page, "#near=1514637&date=2003-12-31");
    const answer = page.locator(".near-answer");
    await expect(answer.getByRole("heading", { level: 2 })).toContainText("Ak-Turpak");
    await running.stop();

    // Another day is another question: the old answer would pass for the new one's.
    await unfoldClock(page);
    await page.getByLabel("Date", { exact: true }).fill("2010-01-01");
    const alert = answer.getByRole("alert");
    await expect(alert).toContainText("The service cannot be reached");
    await expect(page.getByRole("combobox", { name: "Place" })).toHaveValue("Ak-Turpak");
    await expect
      .poll(() => page.evaluate(() => location.hash))
      .toMatch(/date=2010-01-01.*near=1514637/);

    await running.again();
    await alert.getByRole("button", { name: "Try again" }).press("Enter");
    await expect(answer.getByRole("heading", { level: 2 })).toContainText("Ak-Turpak");
    await expect(answer).toContainText("1 January 2010");
  });
}
