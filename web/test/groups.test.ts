import { describe, expect, it } from "vitest";
import { groupOf, groupsOf } from "../src/map/groups";
import { SOURCES } from "../src/map/style";
import { tiledId } from "../src/map/tiled";

describe("groups of layers", () => {
  it("take in every source but what is asked about and what is chosen", () => {
    expect(SOURCES.filter((source) => groupOf(source) === null)).toEqual(["near", "selected"]);
    expect(groupOf(tiledId("wells"))).toBe("own");
    expect(groupOf("relief")).toBe("relief");
  });

  it("are those of which the atlas has something", () => {
    const kinds = ["claims", "plain", "border", "reported-area"].map((kind) => ({ kind }));
    expect(groupsOf(kinds, {})).toEqual(["reports", "borders", "own"]);
    expect(groupsOf([], { relief: { tiles: "", minzoom: 0, maxzoom: 9 } as never })).toEqual([
      "relief",
    ]);
  });
});
