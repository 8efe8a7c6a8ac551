import type { Geometry } from "geojson";
import { describe, expect, it } from "vitest";
import type { AtlasFeature } from "../src/api/types";
import { daysOf, drawn, drawnAreas, shapesOf, spread } from "../src/map/prepare";
import { parseDay } from "../src/time/edtf";

const point: Geometry = { type: "Point", coordinates: [71.05, 40.19] };
const square: Geometry = {
  type: "Polygon",
  coordinates: [
    [
      [70, 40],
      [72, 40],
      [72, 42],
      [70, 42],
      [70, 40],
    ],
  ],
};
const feature = (id: string, geometry: Geometry | null, properties: object): AtlasFeature => ({
  type: "Feature",
  id,
  geometry,
  properties: { name: id, ...properties },
});

describe("reported areas", () => {
  const mined = { status: "mined", status_class: "hazard-reported" };

  it("get a ring of their uncertainty where the extent is unknown", () => {
    const area = feature("a", point, {
      basis: "settlement",
      extent: "unknown",
      uncertainty_m: 5000,
    });
    const { shapes, bands, marks } = drawnAreas("areas", [area]);
    expect([shapes, marks].map(({ features }) => features.length)).toEqual([1, 1]);
    expect(bands).toEqual([{ area: shapes.features[0], metres: 5000 }]);
    expect(shapes.features[0]?.properties).toMatchObject({ _id: "a", _collection: "areas" });
  });

  it("get no ring where a survey knows the extent", () => {
    const area = feature("a", square, { basis: "surveyed", extent: "known", uncertainty_m: 50 });
    expect(drawnAreas("areas", [area]).bands).toEqual([]);
  });

  it("of a whole country are hatched, with neither ring nor mark in the middle of it", () => {
    const area = feature("kg", square, { ...mined, basis: "country", uncertainty_m: 4000 });
    const { shapes, bands, marks } = drawnAreas("areas", [area]);
    expect(shapes.features[0]?.properties._covers).toBe(true);
    expect(bands).toEqual([]);
    expect(marks.features).toEqual([]);
  });

  it("of a country that is claimed cleared have a rim, but none where the atlas ends", () => {
    const area = feature("kg", square, { status_class: "clearance-claimed", basis: "country" });
    const { shapes } = drawnAreas("areas", [area], [69, 39, 72, 42]);
    expect(shapes.features.map(({ geometry }) => geometry)).toEqual([
      square,
      {
        type: "MultiLineString",
        coordinates: [
          [
            [70, 40],
            [72, 40],
          ],
          [
            [70, 42],
            [70, 40],
          ],
        ],
      },
    ]);
  });

  it("without a location are not drawn", () => {
    const area = feature("own", null, { ...mined, basis: "unlocated", uncertainty_m: null });
    expect(drawnAreas("areas", [area]).shapes.features).toEqual([]);
  });

  it("carry whether they are contested", () => {
    const area = feature("a", point, { ...mined, basis: "settlement", contested: true });
    expect(drawnAreas("areas", [area]).marks.features[0]?.properties).toMatchObject({
      _look: "hazard-mined",
      _contested: true,
    });
  });
});

describe("marks on one place", () => {
  const at = (id: string, status_class: string, east = 0) =>
    feature(
      id,
      { type: "Point", coordinates: [71.01 + east, 40.26] },
      {
        basis: "settlement",
        status_class,
      },
    );
  const row = (...areas: AtlasFeature[]) =>
    spread(drawnAreas("areas", areas).marks).features.map(({ geometry, properties }) => ({
      id: properties._id,
      aside: properties._aside,
      geometry,
    }));

  it("stand in a row, what may harm most first, and keep their place", () => {
    const areas = [
      at("b", "clearance-claimed"),
      at("a", "clearance-claimed"),
      at("c", "hazard-reported", 0.000_01),
    ];
    const marks = row(...areas);
    expect(marks.map(({ id, aside }) => [id, aside])).toEqual([
      ["b", 1],
      ["a", 0],
      ["c", -1],
    ]);
    expect(marks.map(({ geometry }) => geometry)).toEqual(areas.map(({ geometry }) => geometry));
    expect(row(...areas.reverse()).find(({ id }) => id === "a")?.aside).toBe(0);
  });

  it("are not moved where they lie apart", () => {
    const marks = row(at("a", "hazard-reported"), at("b", "clearance-claimed", 0.001));
    expect(marks.map(({ aside }) => aside)).toEqual([undefined, undefined]);
  });
});

describe("layers of a reader's own", () => {
  const own = { id: "wells", kind: "plain" };

  it("hold on every day, whatever their properties are called", () => {
    const well = feature("w", point, { start: "2090", end: "1990" });
    const [shown] = drawn(own, [well]).features;
    expect(shown?.properties._first).toBeLessThan(parseDay("1000-01-01") ?? 0);
    expect(shown?.properties._last).toBeGreaterThan(parseDay("2200-01-01") ?? 0);
    expect(daysOf(well, "plain")).toEqual({ first: -Infinity, last: Infinity });
  });

  it("have each a look and a tone of their own", () => {
    const looks = [0, 1].map((index) =>
      drawn({ id: `own-${index}`, kind: "plain" }, [feature("w", point, {})], index),
    );
    const [first, second] = looks.map(({ features }) => features[0]?.properties);
    expect(first?._look).toBe("plain:own-0");
    expect(first?._tint).not.toBe(second?._tint);
  });

  it("go without names when they are very many", () => {
    const many = Array.from({ length: 1001 }, (_, index) => feature(`w${index}`, point, {}));
    expect(drawn(own, many).features[0]?.properties._named).toBe(false);
    expect(drawn(own, many.slice(1)).features[0]?.properties._named).toBe(true);
  });

  it("show which shapes they hold", () => {
    const nested: Geometry = { type: "GeometryCollection", geometries: [point, square] };
    expect(shapesOf([feature("a", nested, {}), feature("b", null, {})])).toEqual({
      points: true,
      lines: false,
      areas: true,
    });
  });
});

describe("layers", () => {
  it("carry their days as numbers that a filter can compare", () => {
    const barak = feature("barak", square, { end: "2024-04" });
    const { features } = drawn({ id: "enclaves", kind: "enclave" }, [barak]);
    expect(features[0]?.properties._last).toBe(parseDay("2024-04-30"));
    expect(features[0]?.properties._first).toBeLessThan(parseDay("1900-01-01") ?? 0);
    expect(Number.isFinite(features[0]?.properties._first)).toBe(true);
  });

  it("give each country's territory a tint, the same for all its versions", () => {
    const { features } = drawn({ id: "territories", kind: "territory" }, [
      feature("uz", square, { country: "UZ", end: "2023" }),
      feature("kg", square, { country: "KG" }),
      feature("uz", square, { country: "UZ", start: "2024" }),
    ]);
    const [old, kg, young] = features.map(({ properties }) => properties._tint);
    expect(old).toBe(young);
    expect(kg).not.toBe(old);
  });
});
