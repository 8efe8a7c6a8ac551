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
