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

  it("puts every report of a hazard above all else, and a claim of clearance below all", () => {
    const order = Object.entries(AREAS).sort(([, a], [, b]) => b.harm - a.harm);
    expect(order.map(([look]) => look)).toEqual([
      "hazard-mined",
      "hazard-suspected",
      "clearance-under-way",
      "unknown",
      "clearance-claimed",
    ]);
    expect(new Set(order.map(([, { harm }]) => harm)).size).toBe(order.length);
  });

  it("has words for every entry of the legend", () => {
    for (const { look } of LEGEND) expect(text.legend.names[look], look).toBeTruthy();
  });
});

/** Contrast after WCAG 2.2 of two `#rrggbb` colours. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(["light", "dark"] as const)("in %s", (theme) => {
  const grounds = [table.GROUND, table.PAPER, ...table.TINTS].map((tone) => tone[theme]);
  const lines = [
    ...Object.values(AREAS),
    ...Object.values(table.BORDERS),
    ...[table.ENCLAVE, table.NEAR],
  ].map(({ colour }) => colour[theme]);
  const names = [table.INK, table.SETTLEMENT, table.ENCLAVE_NAME, ...table.PLAIN_TONES];

  it("marks and lines stand out from every ground, 3 to 1", () => {
    for (const colour of [...lines, table.SELECTED[theme], table.CONTESTED[theme]]) {
      for (const ground of grounds) {
        expect(contrast(colour, ground), `${colour} on ${ground}`).toBeGreaterThanOrEqual(3);
      }
    }
  });

  /** A colour over another, as strong as `share`. */
  const mixed = (colour: string, ground: string, share: number) =>
    `#${[1, 3, 5]
      .map((at) => {
        const [over = 0, under = 0] = [colour, ground].map((one) =>
          Number.parseInt(one.slice(at, at + 2), 16),
        );
        const both = Math.round(share * over + (1 - share) * under);
        return both.toString(16).padStart(2, "0");
      })
      .join("")}`;

  it("they do where they are drawn weaker too, and so do hatches", () => {
    const hatches = Object.values(AREAS).filter(({ hatched }) => hatched);
    const hatched = [...hatches.map(({ colour }) => colour), table.CONTESTED];
    const seen = [
      ...lines.map((colour) => [colour, table.WEAK] as const),
      ...hatched.map((colour) => [colour[theme], table.HATCH] as const),
    ];
    for (const [colour, share] of seen) {
      for (const ground of grounds) {
        const drawn = mixed(colour, ground, share);
        expect(contrast(drawn, ground), `${colour} on ${ground}`).toBeGreaterThanOrEqual(3);
      }
    }
  });

  it("names can be read on their halo, 4.5 to 1", () => {
    const inked = [...names, ...Object.values(AREAS).map(({ colour }) => colour)];
    for (const tone of inked) {
      expect(contrast(tone[theme], table.PAPER[theme]), tone[theme]).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe("the legend of what is in view", () => {
  const legend = (...seen: string[]) => {
    const entries = table.legendOf((look) => seen.includes(look));
    return Object.fromEntries(entries.map(({ look, swatches }) => [look, swatches]));
  };
  const claimed = AREAS["clearance-claimed"].colour;
  const suspected = AREAS["hazard-suspected"].colour;

  it("shows a country that is claimed cleared by a rim in the claim's colour, never by a hatch", () => {
    const { covers } = legend(table.partLook("covers", "clearance-claimed", false));
    expect(covers).toEqual([{ shape: "rim", colour: claimed }]);
  });

  it("shows each look of what covers a country, in two tones where it is contested", () => {
    const { covers } = legend(
      table.partLook("covers", "clearance-claimed", true),
      table.partLook("covers", "hazard-suspected", false),
    );
    expect(covers).toEqual([
      { shape: "hatch", colour: suspected },
      { shape: "rim", colour: claimed, second: table.CONTESTED },
    ]);
  });

  it("shows rims of unknown extent in the looks that are in view", () => {
    const looks = ["clearance-claimed", "hazard-suspected"];
    const { reach } = legend(...looks.map((look) => table.partLook("reach", look, false)));
    expect(reach).toEqual([
      {
        shape: "reach",
        rims: [
          { look: looks[1], colour: suspected },
          { look: looks[0], colour: claimed },
        ],
      },
    ]);
    expect(legend("hazard-suspected")).not.toHaveProperty("reach");
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
