import { createRoot, createSignal } from "solid-js";
import { describe, expect, it, vi } from "vitest";
import type { Band } from "../src/map/rims";
import { createRims } from "../src/map/rims";

const band = (id: string, latitude: number, metres = 3000): Band => ({
  area: {
    type: "Feature",
    geometry: {
      type: "LineString",
      coordinates: [
        [71, latitude],
        [71.4, latitude + 0.1],
      ],
    },
    properties: {
      _id: id,
      _collection: "areas",
      _look: "hazard-mined",
      _name: "",
      _first: 0,
      _last: 0,
    },
  },
  metres,
});

/** Rims of bands that can be changed, under an owner that stays. */
const rimsOf = (first: readonly Band[]) =>
  createRoot(() => {
    const [bands, setBands] = createSignal(first);
    return { ...createRims(bands), setBands };
  });

const ids = ({ features }: ReturnType<ReturnType<typeof rimsOf>["features"]>) =>
  features.map(({ properties }) => properties._id);

describe("the rims of ground of unknown extent", () => {
  it("are there a moment later, and until then they are not said to be", async () => {
    const rims = rimsOf([band("a", 40), band("b", 40.3)]);
    expect(rims.isWhole()).toBe(false);
    await vi.waitFor(() => expect(rims.isWhole()).toBe(true));
    expect(ids(rims.features())).toEqual(["a", "b"]);
    expect(rims.features().features[0]?.geometry.type).toBe("MultiLineString");
  });

  it("come where other bands are asked for before the first are there", async () => {
    const rims = rimsOf([band("c", 41)]);
    for (let at = 0; at < 20; at += 1) {
      rims.setBands([band("c", 41), band("d", 41.1 + at / 10)]);
      await Promise.resolve();
    }
    await vi.waitFor(() => expect(rims.isWhole()).toBe(true));
    expect(ids(rims.features())).toEqual(["c", "d"]);
  });

  it("are worked out once for each place, and anew where a version is located otherwise", async () => {
    const rims = rimsOf([band("e", 42)]);
    await vi.waitFor(() => expect(rims.isWhole()).toBe(true));
    expect(rimsOf([band("another version of e", 42)]).isWhole()).toBe(true);
    expect(rimsOf([band("e", 42.001)]).isWhole()).toBe(false);
    expect(rimsOf([band("e", 42, 4000)]).isWhole()).toBe(false);
  });
});
