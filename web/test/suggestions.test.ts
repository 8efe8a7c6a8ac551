import { describe, expect, it } from "vitest";
import type { AtlasFeature } from "../src/api/types";
import { areaOf, decide, isPosition, leftOf, move, spelling } from "../src/near/suggestions";

describe("moving through suggestions", () => {
  it("goes down and up, round both ends", () => {
    expect(move(-1, 3, "ArrowDown")).toBe(0);
    expect(move(2, 3, "ArrowDown")).toBe(0);
    expect(move(-1, 3, "ArrowUp")).toBe(2);
    expect(move(0, 3, "ArrowUp")).toBe(2);
    expect(move(2, 3, "ArrowUp")).toBe(1);
  });

  it("leaves other keys, and an empty list, alone", () => {
    expect(move(1, 3, "a")).toBeNull();
    expect(move(-1, 0, "ArrowDown")).toBeNull();
  });
});

describe("the spelling found", () => {
  const names = ["Ohangaron", "Akhangaran", "Ахангаран"];
  it("is said when the place's own name begins otherwise", () => {
    expect(spelling(names, "ak")).toBe("Akhangaran");
    expect(spelling(names, " Ах")).toBe("Ахангаран");
  });

  it("is left out when the own name does, or when nothing begins so", () => {
    expect(spelling(names, "oh")).toBeNull();
    expect(spelling(names, "hanga")).toBeNull();
    expect(spelling([], "x")).toBeNull();
  });
});

const place = (match: string, located: boolean, area?: string): AtlasFeature => ({
  type: "Feature",
  geometry: located ? { type: "Point", coordinates: [71, 40] } : null,
  properties: { match, ...(area ? { area } : {}) },
});

describe("what Enter means", () => {
  it("is the one place called exactly so, wherever it stands", () => {
    expect(decide([place("exact", true), place("prefix", true)])).toEqual({ take: 0 });
    expect(decide([place("prefix", true), place("exact", true)])).toEqual({ take: 1 });
    expect(decide([place("exact", false, "enclaves/sokh")])).toEqual({ take: 0 });
  });

  it.each([
    ["two located", [place("exact", true), place("exact", true)]],
    ["one a point, one an area", [place("exact", true), place("exact", false, "enclaves/sokh")]],
    ["one located, one not", [place("exact", true), place("exact", false)]],
  ])("is not guessed between several: %s", (_, places) => {
    expect(decide(places)).toEqual({ say: "several" });
  });

  it("is nothing where none is called exactly so, or nobody located it", () => {
    expect(decide([place("similar", true)])).toEqual({ say: "similar" });
    expect(decide([place("prefix", true)])).toEqual({ say: "similar" });
    expect(decide([place("exact", false), place("similar", true)])).toEqual({ say: "nowhere" });
    expect(decide([])).toEqual({ say: "noPlace" });
  });
});

describe("a place that is an area", () => {
  it("names the feature", () => {
    expect(areaOf(place("exact", false, "enclaves/sokh"))).toEqual({
      collection: "enclaves",
      id: "sokh",
    });
  });

  it("is none where it has coordinates, or names no feature", () => {
    expect(areaOf(place("exact", true, "enclaves/sokh"))).toBeNull();
    for (const area of ["", "enclaves", "enclaves/", "/sokh"]) {
      expect(areaOf(place("exact", false, area)), area).toBeNull();
    }
  });
});

describe("what is no name but a position", () => {
  it.each(["39°54'N 70°54'E", "39.9 70.9", "70.9,39.9", "N 39° 54′ 12″"])("%s", (typed) =>
    expect(isPosition(typed)).toBe(true),
  );
  it.each(["Sokh", "Batken 2", "", "NE", "Сох"])("%j is none", (typed) =>
    expect(isPosition(typed)).toBe(false),
  );
});

it("the field lets go of the place that is no longer asked about, not of other words", () => {
  expect(leftOf("Ak-Turpak", "Ak-Turpak")).toBe("");
  expect(leftOf("Batken", "Ak-Turpak")).toBe("Batken");
  expect(leftOf("Sokh enclave", "")).toBe("Sokh enclave");
});
