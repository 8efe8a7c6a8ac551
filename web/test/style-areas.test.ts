import { describe, expect, it } from "vitest";
import { areaLayers } from "../src/map/style-areas";

const { lower, upper, marks } = areaLayers("light");
const layers = [...lower, ...upper, ...marks];

describe("layers of reported areas", () => {
  it("are each drawn in order of harm, whatever the order of the data", () => {
    const unsorted = layers.filter(
      ({ type, layout = {} }) => !(`${type}-sort-key` in (layout as object)),
    );
    expect(unsorted.map(({ id }) => id)).toEqual([]);
  });
});

describe("whole countries and districts", () => {
  const filterOf = (id: string) =>
    JSON.stringify(layers.find((layer) => layer.id === id && "filter" in layer));

  it("are hatched for every look but a claim of clearance, which has a rim", () => {
    expect(filterOf("area-hatch")).toContain('"hazard-mined"');
    expect(filterOf("area-hatch")).toContain('"unknown"');
    const { filter } = layers.find(({ id }) => id === "area-hatch") as { filter: unknown };
    expect(JSON.stringify(filter)).not.toContain('"clearance-claimed"');
    expect(filterOf("area-rim-contested")).toContain('"_contested"');
  });
});
