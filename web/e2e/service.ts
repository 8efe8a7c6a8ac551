// Starts the built binary on a free port for one worker, and hands each test a page that fails on
// any console error or warning and on any request to another host.
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { test as base, expect, type Page } from "@playwright/test";
import type {} from "../src/map/map";

const BINARY =
  process.env.DEMARC_BIN ?? fileURLToPath(new URL("../../target/debug/demarc", import.meta.url));
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Starts the service; at a given address where one is to come back. */
export function start(
  more: string[] = [],
  listen = "127.0.0.1:0",
): Promise<{ address: string; child: ChildProcess }> {
  const child = spawn(BINARY, ["serve", "--listen", listen, ...more], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (bytes: Buffer) => {
      said += bytes.toString();
      const match = /^listening on (http:\/\/\S+)/.exec(said);
      if (match?.[1]) resolve({ address: match[1], child });
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${BINARY} ended with ${code}: ${said}`)));
  });
}

/** Serves the folder that ships, or as `more` says, for as long as `use` takes. */
export async function serving(use: (address: string) => Promise<void>, ...more: string[]) {
  const { address, child } = await start(more);
  await use(address);
  child.removeAllListeners("exit");
  child.kill("SIGTERM");
}

/** A map view as the fragment carries it. */
export const view = (zoom: number, latitude: number, longitude: number) =>
  `#map=${zoom}/${latitude}/${longitude}`;

export const test = base.extend<{ complaints: string[] }, { service: string }>({
  service: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern, even an empty one
    async ({}, use) => {
      await serving(use);
    },
    { scope: "worker" },
  ],
  baseURL: async ({ service }, use) => use(service),
  complaints: [
    async ({ page, service }, use) => {
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type()))
          complaints.push(`${message.text()} ${message.location().url}`);
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("request", (request) => {
        const url = request.url();
        const own = url.startsWith(`${service}/`) || /^(blob|data):/.test(url);
        if (!own) complaints.push(`a request to ${url}`);
      });
      await use(complaints);
      expect(complaints, "console errors, warnings and foreign requests").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Opens the page and waits until the map has drawn all it has. */
export async function open(page: Page, hash = "") {
  await page.goto(`/${hash}`);
  await settled(page);
}

export async function settled(page: Page) {
  await atRest(page);
  // Relief is asked for once all else is drawn.
  await page.waitForTimeout(100);
  await atRest(page);
}

async function atRest(page: Page) {
  await page.waitForFunction(
    () => {
      const map = window.demarcMap;
      // The map comes once somebody turns to it, or after a while.
      if (!map) document.querySelector(".map-area")?.dispatchEvent(new Event("pointerenter"));
      const isComparing = /[#&]compare=/.test(location.hash);
      const left = window.demarcLeft;
      if (isComparing !== (left !== undefined) || left?.loaded() === false) return false;
      const busy = document.querySelector(".busy")?.textContent !== "";
      // A map that moved gets its dots back a moment later.
      const isSharp = map?.getPixelRatio() === devicePixelRatio;
      return map?.loaded() === true && !map.isMoving() && isSharp && !busy;
    },
    null,
    { timeout: 45_000 },
  );
}

/** On a phone the clock's fields stand behind a button; on a desk they are there. */
export async function unfoldClock(page: Page) {
  const button = page.locator(".clock-set");
  if (await button.isVisible()) await button.click();
}

/** The rows under the place field. */
export const suggestions = (page: Page) => page.locator("#near-places").getByRole("option");

/** Names of the features that a map draws in a layer, in the present view. */
export function drawnIn(page: Page, layer: string, side: "left" | "right" = "right") {
  return page.evaluate(
    ([id = "", of]) => {
      const map = of === "left" ? window.demarcLeft : window.demarcMap;
      const found = map?.queryRenderedFeatures({ layers: [id] }) ?? [];
      return [...new Set(found.map(({ properties }) => String(properties._name)))].sort();
    },
    [layer, side],
  );
}

/** Where on the screen the map has a longitude and latitude. */
export async function pointAt(page: Page, longitude: number, latitude: number) {
  const point = await page.evaluate(
    ([lon = 0, lat = 0]) => {
      const map = window.demarcMap;
      const box = map?.getCanvas().getBoundingClientRect();
      const at = map?.project([lon, lat]);
      return at && box ? { x: box.x + at.x, y: box.y + at.y } : null;
    },
    [longitude, latitude],
  );
  expect(point, "the map is there to be clicked").not.toBeNull();
  return point ?? { x: 0, y: 0 };
}

/** Clicks the map where a longitude and latitude are. */
export async function clickAt(page: Page, longitude: number, latitude: number) {
  const { x, y } = await pointAt(page, longitude, latitude);
  await page.mouse.click(x, y);
}

/** The middle position of the longest line of a geometry. */
export function middle({ coordinates }: { coordinates: unknown[] }): [number, number] {
  const lines = Array.isArray((coordinates[0] as unknown[])[0])
    ? (coordinates as [number, number][][])
    : [coordinates as [number, number][]];
  const [longest = []] = lines.sort((a, b) => b.length - a.length);
  return longest[Math.floor(longest.length / 2)] ?? [0, 0];
}
