import { describe, expect, it } from "vitest";
import type { AtlasFeature, Entry, Page } from "../src/api/types";
import type { Box } from "../src/map/geometry";
import { fileName, filesOf, GEOJSON_MOST, groundParameters, windowOf } from "../src/take/files";
import { areasInView, sourcesOf } from "../src/take/in-view";
import { isPrintKey } from "../src/take/light";
import { scaleBar } from "../src/take/scale";
import { parseWhen, type When } from "../src/time/when";

const VIEW: Box = [70, 39, 71, 40];

describe("the ground of a file", () => {
  const near = { where: "1514637", radius: 5_000 };
  it.each([
    ["all", {}],
    ["view", { bbox: "70.00000,39.00000,71.00000,40.00000" }],
    ["near", { near: "1514637", radius: 5_000 }],
  ] as const)("%s is asked with %o", (ground, parameters) => {
    expect(groundParameters(ground, VIEW, near)).toEqual(parameters);
  });

  it("is all there is where nothing says otherwise", () => {
    expect(groundParameters("view", null, null)).toEqual({});
    expect(groundParameters("near", VIEW, null)).toEqual({});
  });

  it("is within what longitudes and latitudes there are", () => {
    expect(windowOf(VIEW)).toEqual(VIEW);
    expect(windowOf([-250, -100, 200, 95])).toEqual([-180, -90, 180, 90]);
    // A map turned once round shows the same places.
    expect(windowOf([430, 39, 431, 40])).toEqual(VIEW);
    expect(windowOf([170, 0, 190, 10])).toEqual([170, 0, -170, 10]);
  });
});

describe("the files of an answer", () => {
  const link = (rel: string, type: string, query: string) => ({
    rel,
    type,
    href: `http://elsewhere:8080/collections/borders/items?datetime=2020-01-01&limit=1&skipGeometry=true${query}`,
  });
  const page: Page = {
    type: "FeatureCollection",
    features: [],
    numberReturned: 0,
    links: [
      link("self", "application/geo+json", ""),
      link("alternate", "text/html", "&f=html"),
      link("next", "application/geo+json", "&cursor=1"),
      link("alternate", "text/csv; charset=utf-8", "&f=csv"),
      link("alternate", "application/geopackage+sqlite3", "&f=gpkg"),
      { rel: "collection", type: "application/json", href: "http://elsewhere:8080/collections/x" },
    ],
  };

  it("are itself and its alternates but for pages, each whole and beside the page", () => {
    expect(filesOf(page)).toEqual([
      {
        format: "geojson",
        href: `/collections/borders/items?datetime=2020-01-01&f=geojson&limit=${GEOJSON_MOST}`,
      },
      { format: "csv", href: "/collections/borders/items?datetime=2020-01-01&f=csv" },
      { format: "gpkg", href: "/collections/borders/items?datetime=2020-01-01&f=gpkg" },
    ]);
  });

  it("are none where it links to none", () => {
    expect(filesOf({ type: "FeatureCollection", features: [], numberReturned: 0 })).toEqual([]);
  });

  it("have names that say what and when", () => {
    const name = (when: string, known: string | null, format = "gpkg") =>
      fileName("borders", parseWhen(when) as When, known, format);
    expect(name("2020-01-01", null)).toBe("borders-2020-01-01.gpkg");
    expect(name("2020-01-01", null, "geojsonseq")).toBe("borders-2020-01-01.geojsons");
    expect(name("2020-01-01", "2012-01-01")).toBe("borders-2020-01-01-known-2012-01-01.gpkg");
    expect(name("2003-01-01/2011-12-31", null)).toBe("borders-2003-01-01-to-2011-12-31.gpkg");
    expect(name("../2011-12-31", null)).toBe("borders-until-2011-12-31.gpkg");
    expect(name("2003-01-01/..", null)).toBe("borders-since-2003-01-01.gpkg");
    expect(name("../..", "2012-01-01")).toBe("borders-all-times-known-2012-01-01.gpkg");
  });
});

it("the browser's own key for printing is known by its modifiers", () => {
  const keys = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  const asks = (key: string, ...held: (keyof typeof keys)[]) =>
    isPrintKey({
      ...keys,
      ...Object.fromEntries(held.map((one) => [one, true])),
      key,
    } as unknown as KeyboardEvent);
  expect(asks("p", "ctrlKey")).toBe(true);
  expect(asks("P", "metaKey")).toBe(true);
  expect(asks("p")).toBe(false);
  expect(asks("p", "ctrlKey", "shiftKey")).toBe(false);
  expect(asks("o", "ctrlKey")).toBe(false);
});

describe("a scale bar", () => {
  it.each([
    [100_000, 20_000],
    [85_000, 20_000],
    [400, 100],
    [39_999, 5_000],
    [8, 2],
  ])("on a map of %d m is %d m long", (across, metres) => {
    const bar = scaleBar(across);
    expect(bar?.metres).toBe(metres);
    expect(bar?.share).toBeCloseTo(metres / across, 9);
    expect(bar?.share).toBeLessThanOrEqual(0.25);
    expect(bar?.share).toBeGreaterThan(0.099);
  });

  it.each([0, -1, Number.NaN, Infinity])("is none on a map of %d m", (across) => {
    expect(scaleBar(across)).toBeNull();
  });
});

describe("reports on paper", () => {
  const area = (
    id: string,
    at: [number, number] | null,
    properties: object = {},
  ): AtlasFeature => ({
    type: "Feature",
    id,
    geometry: at && { type: "Point", coordinates: at },
    properties: { name: id, ...properties },
  });
  const ids = (areas: AtlasFeature[]) => areas.map(({ id }) => id);

  it("are those whose ground may reach into the map", () => {
    const named = areasInView(
      [
        area("in", [70.5, 39.5]),
        area("out", [72, 39.5], { uncertainty_m: 1_000 }),
        // Its mark lies outside, the ground spoken of perhaps inside.
        area("perhaps", [71.02, 39.5], { uncertainty_m: 5_000 }),
        area("country", [70.5, 39.5], { basis: "country" }),
        area("nowhere", null),
      ],
      VIEW,
    );
    expect(ids(named.located)).toEqual(["in", "perhaps"]);
    expect(ids(named.whole)).toEqual(["country"]);
    expect(ids(named.unlocated)).toEqual(["nowhere"]);
  });

  it("come with their sources, each once, by its id where nothing else is known", () => {
    const entries = [
      { type: "claim", id: "c", asserts: "mined", areas: [], sources: [{ id: "a", title: "A" }] },
    ] as Entry[];
    const areas = [
      area("one", null, { sources: "b, a" }),
      area("two", null, { sources: "a" }),
      area("three", null),
    ];
    expect(sourcesOf(areas, entries)).toEqual([
      { id: "b", source: null },
      { id: "a", source: { id: "a", title: "A" } },
    ]);
  });
});
