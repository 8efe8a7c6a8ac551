import type { Geometry } from "geojson";
import { describe, expect, it } from "vitest";
import type { AtlasFeature } from "../src/api/types";
import { drawn, drawnAreas } from "../src/map/prepare";
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
    const { shapes, reach, marks } = drawnAreas("areas", [area]);
    expect([shapes, reach, marks].map(({ features }) => features.length)).toEqual([1, 1, 1]);
    expect(reach.features[0]?.geometry.type).toBe("MultiLineString");
    expect(reach.features[0]?.properties).toMatchObject({ _id: "a", _collection: "areas" });
  });

  it("get no ring where a survey knows the extent", () => {
    const area = feature("a", square, { basis: "surveyed", extent: "known", uncertainty_m: 50 });
    expect(drawnAreas("areas", [area]).reach.features).toEqual([]);
  });

  it("of a whole country are hatched, with neither ring nor mark in the middle of it", () => {
    const area = feature("kg", square, { ...mined, basis: "country", uncertainty_m: 4000 });
    const { shapes, reach, marks } = drawnAreas("areas", [area]);
    expect(shapes.features[0]?.properties._covers).toBe(true);
    expect(reach.features).toEqual([]);
    expect(marks.features).toEqual([]);
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
