// What a reader sees on opening the map over the valley: every layer is drawn, on a desk and on a phone.
import type { Page } from "@playwright/test";
import { drawnIn, expect, open, settled, test, view } from "./service";

test.use({ deviceScaleFactor: 1 });

/** A day on which borders of three statuses meet round Batken. */
const DAY = "2020-01-01";
const VALLEY = `${view(7.7, 40.15, 71.1)}&date=${DAY}`;
const STATUSES = ["delimited", "demarcated", "disputed", "unstated"];

interface Named {
  id: string;
  properties: { name: string; status: string; country: string };
}

/** What the service has of a layer within the window that the map shows. */
async function inView(page: Page, layer: string): Promise<Named[]> {
  const bbox = await page.evaluate(() => window.demarcMap?.getBounds().toArray().flat().join(","));
  const asked = `/collections/${layer}/items?limit=1000&datetime=${DAY}&bbox=${bbox}`;
  return (await (await page.request.get(asked)).json()).features;
}
/** What the map draws in a layer, by the identifiers that the service gives. */
const idsDrawn = (page: Page, layer: string) =>
  page.evaluate((id) => {
    const found = window.demarcMap?.queryRenderedFeatures({ layers: [id] }) ?? [];
    return [...new Set(found.map(({ properties }) => String(properties._id)))];
  }, layer);
/** The share of dots that differ between two pictures of one size. */
const changed = (page: Page, ...pictures: [Buffer, Buffer]) =>
  page.evaluate(
    async (sources) => {
      const [one, other] = await Promise.all(
        sources.map(async (source) => {
          const image = new Image();
          image.src = `data:image/png;base64,${source}`;
          await image.decode();
          const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
          pen?.drawImage(image, 0, 0);
          const { data } = pen?.getImageData(0, 0, image.width, image.height) ?? {};
          return new Uint32Array(data?.buffer ?? new ArrayBuffer(0));
        }),
      );
      const differing = one?.filter((dot, at) => dot !== other?.[at]);
      return (differing?.length ?? 0) / (one?.length || 1);
    },
    pictures.map((picture) => picture.toString("base64")),
  );
const sorted = (features: readonly Named[]) =>
  [...new Set(features.map(({ properties }) => properties.name))].sort();

for (const [size, viewport] of [
  ["a desk", { width: 1280, height: 800 }],
  ["a phone", { width: 390, height: 844 }],
] as const) {
  test.describe(`on ${size}`, () => {
    test.use({ viewport });

    test("three countries, and the enclaves within them", async ({ page }) => {
      await open(page, VALLEY);
      const countries = await drawnIn(page, "territories");
      expect(countries).toEqual(["Kyrgyzstan", "Tajikistan", "Uzbekistan"]);
      // Each in a tone of its own, so that they can be told apart.
      const tones = await page.evaluate(() => {
        const found = window.demarcMap?.queryRenderedFeatures({ layers: ["territories"] }) ?? [];
        return [...new Set(found.map(({ layer }) => JSON.stringify(layer.paint)))].length;
      });
      expect(tones).toBe(3);
      const enclaves = sorted(await inView(page, "enclaves"));
      expect(enclaves).toEqual(expect.arrayContaining(["Chon-Gara", "Sokh", "Vorukh"]));
      for (const layer of ["enclaves", "enclave-ground", "enclave-band"]) {
        expect(await drawnIn(page, layer), layer).toEqual(enclaves);
      }
    });

    test("borders, each in the line of its status", async ({ page }) => {
      await open(page, VALLEY);
      const borders = await inView(page, "borders");
      const statuses = new Set(borders.map(({ properties }) => properties.status));
      expect([...statuses].sort()).toEqual(["delimited", "disputed", "unstated"]);
      for (const status of STATUSES) {
        const expected = sorted(borders.filter(({ properties }) => properties.status === status));
        expect(await drawnIn(page, `border-${status}`), status).toEqual(expected);
      }
      // Of two statuses no two look alike.
      const looks = await page.evaluate(
        (layers) =>
          layers.map((id) => {
            const map = window.demarcMap;
            return JSON.stringify([
              map?.getPaintProperty(id, "line-dasharray") ?? "solid",
              map?.getPaintProperty(id, "line-width"),
            ]);
          }),
        STATUSES.map((status) => `border-${status}`),
      );
      expect(new Set(looks).size).toBe(STATUSES.length);
    });

    test("water, rivers, districts and settlements", async ({ page }) => {
      await open(page, VALLEY);
      for (const layer of ["districts", "rivers", "water"]) {
        const known = (await inView(page, layer)).map(({ id }) => id);
        const drawn = await idsDrawn(page, layer);
        expect(drawn.length, layer).toBeGreaterThan(layer === "rivers" ? 0 : 2);
        for (const id of drawn) expect(known, layer).toContain(id);
      }
      for (const layer of ["settlements", "settlement-names"]) {
        expect(await drawnIn(page, layer), layer).toContain("Isfara");
      }
    });

    test("the relief, which changes what the ground looks like", async ({ page }) => {
      // Three pictures of a map that the processor draws.
      test.slow();
      const tiles = new Set<number>();
      page.on("response", (response) => {
        if (new URL(response.url()).pathname.startsWith("/relief/")) tiles.add(response.status());
      });
      await open(page, VALLEY);
      expect([...tiles]).toEqual([200]);
      const picture = () => page.locator(".maplibregl-canvas").first().screenshot();
      const show = async (visibility: "visible" | "none") => {
        await page.evaluate(
          (how) => window.demarcMap?.setLayoutProperty("relief", "visibility", how),
          visibility,
        );
        await settled(page);
        return picture();
      };
      const seen = await picture();
      // Drawn anew as it was, all but a few dots at the edges of letters are the same.
      expect(await changed(page, seen, await show("visible"))).toBeLessThan(0.02);
      expect(await changed(page, seen, await show("none"))).toBeGreaterThan(0.2);
    });
  });
}
