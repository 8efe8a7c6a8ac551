import { expect, open, test } from "./service";

test.use({ deviceScaleFactor: 1 });

test("the style at /styles draws the atlas from its vector tiles", async ({ page }, info) => {
  await open(page);
  for (const [name, query, enclave] of [
    ["today", "", false],
    ["2010", "?datetime=2010-01-01", true],
  ] as const) {
    const drawn = await page.evaluate(async (query) => {
      const map = window.demarcMap;
      if (!map) throw new Error("the map is not drawn");
      map.setStyle(`/styles/atlas${query}`, { diff: false });
      await map.once("idle");
      return map.queryRenderedFeatures().map(({ sourceLayer, properties }) => ({
        layer: String(sourceLayer),
        id: String(properties.id),
      }));
    }, query);
    const layers = new Set(drawn.map(({ layer }) => layer));
    for (const layer of ["borders", "enclaves", "reported-areas", "territories", "rivers"]) {
      expect(layers, name).toContain(layer);
    }
    const enclaves = drawn.filter(({ layer }) => layer === "enclaves").map(({ id }) => id);
    expect(enclaves.includes("barak"), name).toBe(enclave);
    await page.screenshot({ path: info.outputPath(`${name}.png`) });
  }
});
