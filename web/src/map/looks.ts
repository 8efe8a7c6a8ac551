// The one table of how things look, for the style and the legend alike. A prepared feature names
// its look; nothing else decides about colour. No look relies on colour alone, and none is green:
// a claim of clearance is an outline in a neutral colour. Each colour is two tones, one on a light
// ground and one on a dark.
import type { Theme } from "../state/theme";

/** A colour in light and in dark. */
export type Tone = Readonly<Record<Theme, string>>;

const tone = (light: string, dark: string): Tone => ({ light, dark });

export const INK = tone("#22252b", "#eceae4");
/** What marks, points and halos of names are laid out with. */
export const PAPER = tone("#ffffff", "#15171b");
export const GROUND = tone("#f3f2ef", "#202328");

export interface LineLook {
  colour: Tone;
  width: number;
  /** In line widths, as MapLibre wants them; left out for a solid line. */
  dash?: readonly number[];
  opacity?: number;
}

export const BORDERS = {
  "border-delimited": { colour: INK, width: 1.8 },
  "border-demarcated": { colour: INK, width: 2.8 },
  "border-disputed": { colour: tone("#8a1c7c", "#f08be0"), width: 2.6, dash: [3, 1.6] },
  "border-unstated": { colour: tone("#4c5058", "#b3b8c1"), width: 2, dash: [0.4, 1.8] },
} as const satisfies Record<string, LineLook>;

export interface AreaLook {
  colour: Tone;
  /** The mark's outline, in a box of 24 by 24; drawn on the map and in the legend. */
  outline: string;
  filled: boolean;
  /** Strokes inside the mark: drawn in the paper's colour when it is filled, else in its colour. */
  inside: string;
  /** Whether a whole country or district is hatched with it; one that is not has a rim alone. */
  hatched: boolean;
  /** What may harm more is drawn over what may harm less, whatever the order of the data. */
  harm: number;
}

const TRIANGLE = "M12 2.5 22.5 21H1.5Z";
const EXCLAMATION = "M12 9v5.5M12 17.2v1";

/** What is reported mined is red, what is suspected orange, as in the IMAS land-release symbology. */
export const AREAS = {
  "hazard-mined": {
    colour: tone("#a3121f", "#ff6f6f"),
    outline: TRIANGLE,
    filled: true,
    inside: EXCLAMATION,
    hatched: true,
    harm: 4,
  },
  "hazard-suspected": {
    colour: tone("#a65200", "#ffb057"),
    outline: TRIANGLE,
    filled: false,
    inside: EXCLAMATION,
    hatched: true,
    harm: 3,
  },
  "clearance-under-way": {
    colour: tone("#6b4226", "#d6ab8c"),
    outline: "M12 1.5 22.5 12 12 22.5 1.5 12Z",
    filled: true,
    inside: "M7.5 12h9",
    hatched: true,
    harm: 2,
  },
  "clearance-claimed": {
    colour: tone("#3f5f8a", "#9dbdf0"),
    outline: "M3.5 3.5h17v17h-17Z",
    filled: false,
    inside: "M9.5 9v3M14.5 9v3",
    hatched: false,
    // Below what nobody knows: a claim hides nothing.
    harm: 0,
  },
  unknown: {
    colour: tone("#5b616b", "#b4bac4"),
    outline: "M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20Z",
    filled: false,
    inside: "M9 9.5a3 3 0 1 1 4.2 2.7c-.9.4-1.2 1-1.2 1.9M12 17.3v.6",
    hatched: true,
    harm: 1,
  },
} as const satisfies Record<string, AreaLook>;

export type AreaLookId = keyof typeof AREAS;
export type BorderLookId = keyof typeof BORDERS;

export const ENCLAVE = { colour: tone("#5a3e94", "#b79cf0"), width: 1.6, band: 5 } as const;
export const ENCLAVE_NAME = tone("#432c75", "#d3c1ff");
export const WATER = tone("#a9cbe8", "#1d3d5c");
export const RIVER = tone("#6ba3d0", "#3f7cad");
export const TERRITORY_NAME = tone("#6a6252", "#b5ad9c");
export const DISTRICT_NAME = tone("#6a6252", "#a8a193");
export const DISTRICT = { colour: tone("#8d8577", "#8f887b"), width: 1, dash: [4, 2] } as const;
export const SETTLEMENT = tone("#3a3d44", "#d4d1ca");
export const NEAR = { colour: tone("#0b57d0", "#8ab4f8"), width: 2, dash: [2, 2] } as const;
export const SELECTED = tone("#0b57d0", "#8ab4f8");
export const CHOSEN = { colour: SELECTED, width: 6, opacity: 0.4 } as const;
/**
 * Dashes of what is of unknown extent, and those of a second tone that fall into their gaps. The
 * gaps are the longer part: where two rims coincide, they must not close to one solid line.
 */
export const REACH_DASH = [2.6, 4.4] as const;
export const SECOND_DASH = [0, 4.1, 1.4, 1.5] as const;
export const CONTESTED = tone("#16181c", "#f4f2ec");
/**
 * How far from its place, in pixels, a mark is drawn at most where several lie on one: each of them,
 * 24 pixels wide, still covers it.
 */
export const ASIDE = 9;
/**
 * How strong a hatch is, on the map and in the legend: relief and names are read through it, and its
 * lines stand out three to one from their ground all the same (WCAG 2.2, 1.4.11).
 */
export const HATCH = 0.75;
/**
 * What is left of the strength of a line or mark whose dates leave it open whether it held: enough to
 * stand out three to one from its ground (WCAG 2.2, 1.4.11).
 */
export const WEAK = 0.8;
/** And of a line's width, and of a mark's size: by that it is told from what surely held. */
export const SLIM = 0.55;
export const SMALL = 0.75;

/** Tints for territories in order of their code: faint, unlike each other, none of them green. */
export const TINTS = [
  tone("#fbf1dd", "#332c20"),
  tone("#efe9f8", "#2b2738"),
  tone("#e4eef9", "#212d3a"),
  tone("#f6ece6", "#35292a"),
] as const;
const TERRITORY_RIM = tone("#c9c2b2", "#6b6557");

/** The relief's three colours. */
export const SHADOW = tone("#5d5648", "#050607");
export const HIGHLIGHT = tone("#ffffff", "#565c66");
export const ACCENT = tone("#8a8273", "#14161a");

/** Tones for layers of a reader's own, which the map knows nothing about: all of them neutral. */
export const PLAIN_TONES = [
  tone("#4a5563", "#a9b6c8"),
  tone("#6b5344", "#cdb19d"),
  tone("#5c4763", "#c5a9cf"),
  tone("#33566b", "#93bdd0"),
] as const;

/** One of a list of tones, which begins anew where it ends. */
export const toneAt = (tones: readonly Tone[], index: number): Tone =>
  tones[index % tones.length] as Tone;

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

/** A dashed line, of two tones where it is contested. */
export interface Rim {
  colour: Tone;
  second?: Tone;
}

/** How a legend shows a look: drawn from the same values as the map. */
export type Swatch =
  | ({ shape: "line" } & LineLook & { band?: number })
  | ({ shape: "mark" } & AreaLook & { contested?: boolean })
  | { shape: "fill"; fill: Tone; stroke?: Tone }
  | { shape: "hatch"; colour: Tone; second?: Tone }
  /** The rim of a whole country or district. */
  | { shape: "rim"; colour: Tone; second?: Tone }
  /** Rims of what is of unknown extent, one below another. */
  | { shape: "reach"; rims: readonly Rim[] }
  | { shape: "dot"; colour: Tone }
  | ({ shape: "plain"; colour: Tone } & Shapes);

export interface LegendEntry {
  look: string;
  /** Left out for what is drawn in each look of an area: it is shown in those that are in view. */
  swatch?: Swatch;
}

const line = (look: LineLook): Swatch => ({ shape: "line", ...look });

const { width, ...delimited } = BORDERS["border-delimited"];
const WEAKER = line({ ...delimited, width: width * SLIM, opacity: WEAK });

/** In the order a reader wants them: what may harm first. */
export const LEGEND: readonly LegendEntry[] = [
  ...Object.entries(AREAS).map(([look, area]) => ({
    look,
    swatch: { shape: "mark", ...area } as Swatch,
  })),
  { look: "contested", swatch: { shape: "mark", ...AREAS["hazard-suspected"], contested: true } },
  { look: "reach" },
  { look: "covers" },
  ...Object.entries(BORDERS).map(([look, border]) => ({ look, swatch: line(border) })),
  { look: "enclave", swatch: { shape: "line", ...ENCLAVE } },
  { look: "weak", swatch: WEAKER },
  { look: "near", swatch: line(NEAR) },
  { look: "selected", swatch: line(CHOSEN) },
  { look: "territory", swatch: { shape: "fill", fill: TINTS[0], stroke: TERRITORY_RIM } },
  { look: "district", swatch: line(DISTRICT) },
  { look: "settlement", swatch: { shape: "dot", colour: SETTLEMENT } },
  { look: "water", swatch: { shape: "fill", fill: WATER, stroke: RIVER } },
  { look: "river", swatch: line({ colour: RIVER, width: 1.4 }) },
];

/** What says that a part of areas, `reach` or `covers`, is in view in a look. */
export const partLook = (part: string, look: string, contested: boolean) =>
  [part, look, contested ? "contested" : ""].join(":");

/** Pictures of a part of areas, in the looks in which it is in view. */
function partSwatches(part: string, isInView: (look: string) => boolean): Swatch[] {
  const seen = (Object.keys(AREAS) as AreaLookId[]).flatMap((look) =>
    [false, true]
      .filter((contested) => isInView(partLook(part, look, contested)))
      .map((contested) => ({ look, ...rimOf(look, contested) })),
  );
  if (part === "reach") return seen.length ? [{ shape: "reach", rims: seen }] : [];
  return seen.map(({ look, ...rim }) => ({ shape: AREAS[look].hatched ? "hatch" : "rim", ...rim }));
}

const rimOf = (look: AreaLookId, contested: boolean): Rim => ({
  colour: AREAS[look].colour,
  ...(contested ? { second: CONTESTED } : {}),
});

/** The entries of a legend of what is in view, each with its pictures. */
export const legendOf = (isInView: (look: string) => boolean) =>
  LEGEND.map(({ look, swatch }) => ({
    look,
    swatches: swatch ? [swatch].filter(() => isInView(look)) : partSwatches(look, isInView),
  })).filter(({ swatches }) => swatches.length > 0);
