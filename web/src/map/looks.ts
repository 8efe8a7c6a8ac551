// The one table of how things look, for the style and the legend alike. A prepared feature names
// its look; nothing else decides about colour. No look relies on colour alone, and none is green:
// a claim of clearance is an outline in a neutral colour.

export const INK = "#22252b";

export interface LineLook {
  colour: string;
  width: number;
  /** In line widths, as MapLibre wants them; left out for a solid line. */
  dash?: readonly number[];
}

export const BORDERS = {
  "border-delimited": { colour: INK, width: 1.8 },
  "border-demarcated": { colour: INK, width: 2.8 },
  "border-disputed": { colour: "#8a1c7c", width: 2.6, dash: [3, 1.6] },
  "border-unstated": { colour: "#4c5058", width: 2, dash: [0.4, 1.8] },
} as const satisfies Record<string, LineLook>;

export interface AreaLook {
  colour: string;
  /** The mark's outline, in a box of 24 by 24; drawn on the map and in the legend. */
  outline: string;
  filled: boolean;
  /** Strokes inside the mark: drawn in white when it is filled, else in its colour. */
  inside: string;
}

const TRIANGLE = "M12 2.5 22.5 21H1.5Z";
const EXCLAMATION = "M12 9v5.5M12 17.2v1";

export const AREAS = {
  "hazard-mined": { colour: "#a3121f", outline: TRIANGLE, filled: true, inside: EXCLAMATION },
  "hazard-suspected": { colour: "#c4303c", outline: TRIANGLE, filled: false, inside: EXCLAMATION },
  "clearance-under-way": {
    colour: "#b85c00",
    outline: "M12 1.5 22.5 12 12 22.5 1.5 12Z",
    filled: true,
    inside: "M7.5 12h9",
  },
  "clearance-claimed": {
    colour: "#3f5f8a",
    outline: "M3.5 3.5h17v17h-17Z",
    filled: false,
    inside: "M9.5 9v3M14.5 9v3",
  },
  unknown: {
    colour: "#5b616b",
    outline: "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20Z",
    filled: false,
    inside: "M9 9.5a3 3 0 1 1 4.2 2.7c-.9.4-1.2 1-1.2 1.9M12 17.3v.6",
  },
} as const satisfies Record<string, AreaLook>;

export type AreaLookId = keyof typeof AREAS;
export type BorderLookId = keyof typeof BORDERS;

export const ENCLAVE = { colour: "#5a3e94", width: 1.6, band: 5 } as const;
export const WATER = "#a9cbe8";
export const RIVER = "#6ba3d0";
export const DISTRICT = { colour: "#8d8577", width: 1, dash: [4, 2] } as const;
export const SETTLEMENT = "#3a3d44";
export const NEAR = { colour: "#0b57d0", width: 2, dash: [2, 2] } as const;
export const SELECTED = "#0b57d0";
/**
 * Dashes of what is of unknown extent, and those of a second tone that fall into their gaps. The
 * gaps are the longer part: where two rims coincide, they must not close to one solid line.
 */
export const REACH_DASH = [2.6, 4.4] as const;
export const SECOND_DASH = [0, 4.1, 1.4, 1.5] as const;
export const CONTESTED = "#16181c";

/** Tints for territories in order of their code: light, unlike each other, none of them green. */
const TINTS = ["#fbf1dd", "#efe9f8", "#e4eef9", "#f6ece6"] as const;
export const tint = (index: number): string => TINTS[index % TINTS.length] ?? TINTS[0];

/** Tones for layers of a reader's own, which the map knows nothing about: all of them neutral. */
export const PLAIN_TONES = ["#4a5563", "#6b5344", "#5c4763", "#33566b"] as const;
export const plainTone = (index: number): string =>
  PLAIN_TONES[index % PLAIN_TONES.length] ?? PLAIN_TONES[0];

/** The look of a reported area, by its status; unheard-of ones go by their class. */
export function areaLook(status: string, statusClass: string): AreaLookId {
  if (statusClass === "hazard-reported") {
    return status === "suspected" ? "hazard-suspected" : "hazard-mined";
  }
  if (statusClass === "clearance-under-way" || statusClass === "clearance-claimed") {
    return statusClass;
  }
  return "unknown";
}

export function borderLook(status: string): BorderLookId {
  const look = `border-${status}`;
  return look in BORDERS ? (look as BorderLookId) : "border-unstated";
}

/** Which kinds of geometry a layer holds. */
export interface Shapes {
  points: boolean;
  lines: boolean;
  areas: boolean;
}

/** How a legend shows a look: drawn from the same values as the map. */
export type Swatch =
  | ({ shape: "line" } & LineLook & { band?: number; under?: string })
  | ({ shape: "mark" } & AreaLook & { contested?: boolean })
  | { shape: "fill"; fill: string; stroke?: string }
  | { shape: "hatch"; colour: string }
  | { shape: "dot"; colour: string }
  | ({ shape: "plain"; colour: string } & Shapes);

export interface LegendEntry {
  look: string;
  swatch: Swatch;
}

const line = (look: LineLook): Swatch => ({ shape: "line", ...look });

/** In the order a reader wants them: what may harm first. */
export const LEGEND: readonly LegendEntry[] = [
  ...Object.entries(AREAS).map(([look, area]) => ({
    look,
    swatch: { shape: "mark", ...area } as Swatch,
  })),
  { look: "contested", swatch: { shape: "mark", ...AREAS["hazard-suspected"], contested: true } },
  {
    look: "reach",
    swatch: {
      shape: "line",
      colour: AREAS["hazard-suspected"].colour,
      width: 1.6,
      dash: REACH_DASH,
    },
  },
  { look: "covers", swatch: { shape: "hatch", colour: AREAS["hazard-suspected"].colour } },
  ...Object.entries(BORDERS).map(([look, border]) => ({ look, swatch: line(border) })),
  { look: "enclave", swatch: { shape: "line", ...ENCLAVE } },
  { look: "near", swatch: line(NEAR) },
  { look: "territory", swatch: { shape: "fill", fill: TINTS[0], stroke: "#c9c2b2" } },
  { look: "district", swatch: line(DISTRICT) },
  { look: "settlement", swatch: { shape: "dot", colour: SETTLEMENT } },
  { look: "water", swatch: { shape: "fill", fill: WATER, stroke: RIVER } },
  { look: "river", swatch: line({ colour: RIVER, width: 1.4 }) },
];
