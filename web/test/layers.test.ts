import { describe, expect, it } from "vitest";
import type { Collection } from "../src/api/types";
import { isDrawn, layerParameters } from "../src/state/layers";

const layer = (kind: string, temporal?: object): Collection => ({
  id: "x",
  title: "X",
  kind,
  extent: temporal ? { temporal } : {},
});

describe("a layer is asked for", () => {
  it.each([
    ["enclave", "../.."],
    ["reported-area", "2020-01-01"],
    ["settlement", null],
    ["plain", null],
  ])("%s with datetime %s", (kind, datetime) => {
    const parameters = layerParameters(layer(kind), "2020-01-01", null);
    expect(parameters).toEqual({ datetime, "known-at": null });
  });

  it("the clock's day where things of one's own have days", () => {
    const dated = layer("plain", { interval: [["1991-01-01T00:00:00Z", null]] });
    expect(layerParameters(dated, "2020-01-01", "2021-01-01")).toEqual({
      datetime: "2020-01-01",
      "known-at": "2021-01-01",
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
