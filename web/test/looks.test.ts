import { describe, expect, it } from "vitest";
import * as table from "../src/map/looks";
import { AREAS, areaLook, borderLook, LEGEND } from "../src/map/looks";
import { text } from "../src/text";

/** Hue in degrees and chroma from 0 to 1 of a `#rrggbb` colour. */
function hue(colour: string) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) =>
    Number.parseInt(colour.slice(at, at + 2), 16),
  );
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
  const chroma = most - least;
  if (chroma === 0) return { degrees: 0, chroma: 0 };
  const sector =
    most === r
      ? ((g - b) / chroma + 6) % 6
      : most === g
        ? (b - r) / chroma + 2
        : (r - g) / chroma + 4;
  return { degrees: sector * 60, chroma: chroma / 255 };
}

describe("the table of looks", () => {
  it("has no green at all", () => {
    const colours = [...JSON.stringify(table).matchAll(/#[0-9a-f]{6}/g)].flat().map(String);
    expect(colours.length).toBeGreaterThan(15);
    for (const colour of colours) {
      const { degrees, chroma } = hue(colour);
      expect(degrees > 70 && degrees < 170 && chroma > 0.04, colour).toBe(false);
    }
  });

  it("never fills a claim of clearance, and gives it a colour far from red", () => {
    expect(AREAS["clearance-claimed"].filled).toBe(false);
    expect(hue(AREAS["clearance-claimed"].colour.light).degrees).toBeGreaterThan(180);
  });

  it("tells marks apart without their colour", () => {
    const shapes = Object.values(AREAS).map(({ outline, filled }) => `${outline} ${filled}`);
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  it("has words for every entry of the legend", () => {
    for (const { look } of LEGEND) expect(text.legend.names[look], look).toBeTruthy();
  });
});

describe("what looks how", () => {
  it.each([
    ["mined", "hazard-reported", "hazard-mined"],
    ["mines-shifted", "hazard-reported", "hazard-mined"],
    ["suspected", "hazard-reported", "hazard-suspected"],
    ["clearance-started", "clearance-under-way", "clearance-under-way"],
    ["cleared", "clearance-claimed", "clearance-claimed"],
    ["no-mines", "clearance-claimed", "clearance-claimed"],
    ["no-reports", "unknown", "unknown"],
    ["unheard-of", "", "unknown"],
  ])("%s of class %j looks %s", (status, statusClass, look) => {
    expect(areaLook(status, statusClass)).toBe(look);
  });

  it("takes a border of no known status as unstated", () => {
    expect(borderLook("disputed")).toBe("border-disputed");
    expect(borderLook("")).toBe("border-unstated");
  });
});
