import { afterEach, describe, expect, it, vi } from "vitest";
import { askAll } from "../src/api/client";

/** A service that gives `count` features, `size` a page, under an address that is not the page's. */
function serve(count: number, size: number, numberMatched: number | undefined = count) {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    const from = Number(new URL(url, "http://page").searchParams.get("offset") ?? 0);
    const features = Array.from({ length: Math.min(size, count - from) }, (_, index) => ({
      type: "Feature",
      id: from + index,
    }));
    const next = from + size;
    const links =
      next < count
        ? [{ rel: "next", href: `http://inside:81/collections/a%2Fb/items?offset=${next}` }]
        : [];
    return Response.json({ type: "FeatureCollection", features, numberMatched, links });
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

describe("the pages of a layer", () => {
  it("are followed to the last, on the page's own host", async () => {
    const asked = serve(25, 10);
    const { features, matched, capped } = await askAll("a/b", { datetime: "2020-01-01" });
    expect(features.map(({ id }) => id)).toEqual(Array.from({ length: 25 }, (_, id) => id));
    expect([matched, capped]).toEqual([25, false]);
    expect(asked).toEqual([
      "/collections/a%2Fb/items?f=json&datetime=2020-01-01&limit=10000",
      "/collections/a%2Fb/items?offset=10",
      "/collections/a%2Fb/items?offset=20",
    ]);
  });

  it("end at the cap, and say so", async () => {
    const asked = serve(100, 10);
    const { features, matched, capped } = await askAll("a/b", {}, undefined, 30);
    expect([features.length, matched, capped]).toEqual([30, 100, true]);
    expect(asked).toHaveLength(3);
  });

  it("say that some are missing where no page follows", async () => {
    serve(10, 10, 40);
    expect(await askAll("a/b", {})).toMatchObject({ matched: 40, capped: true });
  });

  it("end where a page names itself as the next", async () => {
    const self = "/collections/a/items?f=json&limit=10000";
    vi.stubGlobal("fetch", async () =>
      Response.json({ features: [{ id: 1 }], links: [{ rel: "next", href: self }] }),
    );
    expect(await askAll("a", {})).toEqual({ features: [{ id: 1 }], matched: null, capped: false });
  });
});
