// What a first visit has to fetch before it sees a map.
import { expect, open, test } from "./service";

test("scripts and styles, the worker among them, are under 450 kB as they are sent", async ({
  page,
}) => {
  await open(page, "#lang=ky");
  const fetched = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(({ name }) => name.includes("/assets/"))
      .map((entry) => {
        const { name, encodedBodySize } = entry as PerformanceResourceTiming;
        return { name: name.replace(/^.*\/assets\//, ""), encodedBodySize };
      }),
  );
  const names = fetched.map(({ name }) => name).join(" ");
  for (const part of ["index-", "map-", "maplibre-gl-worker-", "ky-"]) {
    expect(names).toContain(part);
  }
  // Of the languages only the one that is spoken.
  expect(names).not.toMatch(/\b(ru|uz|tg)-/);
  const total = fetched.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  expect(total).toBeGreaterThan(100_000);
  expect(total, names).toBeLessThan(450_000);
});

test("of MapLibre's styles only what the page has none of is left out", async ({ page }) => {
  await open(page);
  await expect(page.locator(".map-canvas .maplibregl-canvas-container")).toHaveCSS(
    "cursor",
    "grab",
  );
  await expect(page.locator(".maplibregl-ctrl-zoom-in .maplibregl-ctrl-icon")).toHaveCSS(
    "background-image",
    /svg/,
  );
});

test("what the build compressed is sent as it is to those who take it", async ({
  page,
  request,
}) => {
  await page.goto("/");
  const script = await page.locator("script[src]").getAttribute("src");
  const of = async (coding: string) => {
    const answer = await request.get(String(script), { headers: { "Accept-Encoding": coding } });
    return { coding: answer.headers()["content-encoding"], text: await answer.text(), answer };
  };
  const plain = await of("identity");
  expect(plain.coding).toBeUndefined();
  const brotli = await of("gzip, br");
  expect(brotli.coding).toBe("br");
  expect(brotli.text).toBe(plain.text);
  expect(Number(brotli.answer.headers()["content-length"])).toBeGreaterThan(1000);
  expect(brotli.answer.headers().vary).toContain("accept-encoding");
  expect(brotli.answer.headers()["content-type"]).toMatch(/javascript/);
  for (const refusing of ["gzip, br;q=0", "gzip"]) {
    const other = await of(refusing);
    expect(other.coding).toBe("gzip");
    expect(other.text).toBe(plain.text);
    // What is compressed on its way has no length.
    expect(Number(other.answer.headers()["content-length"])).toBeGreaterThan(1000);
  }
});

test("the page says that it loads until the map has drawn what has come", async ({ page }) => {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const look = () => {
      const legend = document.querySelector(".legend");
      if (legend) {
        const marks = legend.querySelectorAll("li").length;
        const busy = document.querySelector(".busy")?.textContent !== "";
        const now = `${busy ? "loading" : "at rest"}: ${marks ? "marks" : legend.querySelector("p")?.textContent}`;
        if (seen.at(-1) !== now) seen.push(now);
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await open(page);
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect(seen).toContain("loading: Loading…");
  expect(seen.at(-1)).toBe("at rest: marks");
  expect(seen.filter((one) => /Nothing in view|at rest: Load/.test(one))).toEqual([]);
});
