import { describe, expect, it } from "vitest";
import type { Collection } from "../src/api/types";
import type { Box } from "../src/map/geometry";
import { claimsOf, isDrawn, layerParameters } from "../src/state/layers";

const layer = (kind: string, more: Partial<Collection> = {}): Collection => ({
  id: "x",
  title: "X",
  kind,
  ...more,
});
const clock = {
  datetime: "2020-01-01",
  known: "2021-01-01",
  bounds: [71.123456, 39, 72, 40] as Box,
};

describe("a layer is asked for", () => {
  it.each(["border", "enclave", "territory", "settlement", "context", "reported-area", "plain"])(
    "%s once, for all times and all that is known",
    (kind) => {
      expect(layerParameters(layer(kind), { ...clock, statusHere: true })).toEqual({
        datetime: "../..",
        "known-at": null,
        bbox: null,
      });
    },
  );

  it("on the clock's days where it is the list of a large layer whose things have days", () => {
    const extent = { temporal: { interval: [["1991", null]] } };
    const asked = { ...clock, statusHere: true };
    expect(layerParameters(layer("plain", { extent }), asked).datetime).toBe("../..");
    const large = layer("plain", { extent, count: 1_000_000 });
    expect(layerParameters(large, asked)).toMatchObject({
      datetime: "2020-01-01",
      "known-at": "2021-01-01",
    });
  });

  it("on the clock's days where there are more claims than a page can hold", () => {
    expect(layerParameters(layer("reported-area"), { ...clock, statusHere: false })).toEqual({
      datetime: "2020-01-01",
      "known-at": "2021-01-01",
      bbox: null,
    });
    const claims = (count: number) => claimsOf([layer("border"), layer("claims", { count })]);
    expect(claims(63)?.kind).toBe("claims");
    expect(claims(300_000)).toBeUndefined();
  });

  it("in the map's view where it is too large for a page, and drawn from tiles", () => {
    const many = layer("plain", { count: 1_000_000 });
    expect(layerParameters(many, { ...clock, statusHere: true })).toEqual({
      datetime: "../..",
      "known-at": null,
      bbox: "71.12346,39.00000,72.00000,40.00000",
    });
  });

  it("unless it is the ledger's", () => {
    expect(["plain", "border", "claims", "events"].map((kind) => isDrawn(layer(kind)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
