// Layers of the reported areas. Filled only where a survey gave the polygon and the report is of
// a hazard; what covers a whole country is hatched lightly; a claim of clearance is neither, it has
// a rim.
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { Theme } from "../state/theme";
import { text } from "../text";
import { hatchImage, markImage } from "./icons";
import {
  AREAS,
  ASIDE,
  CONTESTED,
  HATCH,
  REACH_DASH,
  SECOND_DASH,
  SLIM,
  SMALL,
  WEAK,
} from "./looks";
import { lessWhere } from "./style-days";
import { FONT, halo } from "./style-tones";

const LOOKS = Object.keys(AREAS) as (keyof typeof AREAS)[];

/** A value for each look of an area. */
function byLook(value: (look: keyof typeof AREAS) => string | number): ExpressionSpecification {
  const [first, ...others] = LOOKS.flatMap((look) => [look, value(look)]);
  return [
    "match",
    ["get", "_look"],
    first ?? "",
    ...others,
    value("unknown"),
  ] as unknown as ExpressionSpecification;
}

const colourOf = (theme: Theme) => byLook((look) => AREAS[look].colour[theme]);
/** Sorts what may harm more over what may harm less. */
const harm = byLook((look) => AREAS[look].harm);
/** Sorts names the other way round: what comes first is placed first. */
export const harmFirst: ExpressionSpecification = ["-", 0, harm];
const polygon: ExpressionSpecification = ["==", ["geometry-type"], "Polygon"];
const covers: ExpressionSpecification = ["get", "_covers"];
const unsure: ExpressionSpecification = ["==", ["get", "_unsure"], true];
/** Less where the area's dates leave it open whether it was so. */
const pale = lessWhere(unsure, WEAK);
const slim = lessWhere(unsure, SLIM);
const small = lessWhere(unsure, SMALL);
const contested: ExpressionSpecification = ["get", "_contested"];
const looks = (is: (look: keyof typeof AREAS) => boolean): ExpressionSpecification => [
  "in",
  ["get", "_look"],
  ["literal", LOOKS.filter(is)],
];
/** The image of a look, another one for what is contested. */
const imageOf = (image: (look: string, contested: boolean) => string): ExpressionSpecification => [
  "case",
  contested,
  byLook((look) => image(look, true)),
  byLook((look) => image(look, false)),
];
/** A dashed rim of two tones where it is contested: short dashes in the gaps of the first. */
const rim = (colour: ExpressionSpecification | string, dash: readonly number[]) => ({
  "line-color": colour,
  "line-width": 1.5,
  "line-dasharray": [...dash],
});
/** So many pixels to the left, which is within a ring: others follow its border too. */
const WITHIN = -6;

/** In the theme's tones and the reader's language. */
export function areaLayers(theme: Theme) {
  const colour = colourOf(theme);
  return { lower: lower(colour), upper: upper(colour, theme), marks };
}

const lower = (colour: ExpressionSpecification): LayerSpecification[] => [
  {
    id: "area-hatch",
    type: "fill",
    source: "area-shapes",
    filter: ["all", polygon, covers, looks((look) => AREAS[look].hatched)],
    layout: { "fill-sort-key": harm },
    paint: { "fill-pattern": imageOf(hatchImage), "fill-opacity": HATCH, "fill-antialias": false },
  },
  {
    // Unseen: what covers a place is found under a click within its rim too.
    id: "area-covers",
    type: "fill",
    source: "area-shapes",
    filter: ["all", polygon, covers],
    layout: { "fill-sort-key": harm },
    paint: { "fill-opacity": 0 },
  },
  {
    id: "area-fill",
    type: "fill",
    source: "area-shapes",
    filter: ["all", polygon, ["!", covers], looks((look) => look.startsWith("hazard"))],
    layout: { "fill-sort-key": harm },
    // Its rim is a line of its own.
    paint: { "fill-color": colour, "fill-opacity": 0.28, "fill-antialias": false },
  },
  {
    // The reference line under the border it follows, wide, so that both can be seen.
    id: "area-line",
    type: "line",
    source: "area-shapes",
    filter: ["all", ["!", covers], ["!=", ["geometry-type"], "Point"]],
    layout: { "line-join": "round", "line-cap": "round", "line-sort-key": harm },
    paint: {
      "line-color": colour,
      "line-opacity": pale(0.45),
      "line-width": ["interpolate", ["linear"], ["zoom"], 6, slim(3), 11, slim(7)],
    },
  },
];

const upper = (colour: ExpressionSpecification, theme: Theme): LayerSpecification[] => [
  {
    id: "area-rim-contested",
    type: "line",
    source: "area-shapes",
    filter: ["all", ["!", polygon], covers, contested],
    layout: { "line-sort-key": harm },
    paint: { ...rim(CONTESTED[theme], SECOND_DASH), "line-offset": WITHIN },
  },
  {
    id: "area-rim",
    type: "line",
    source: "area-shapes",
    filter: ["all", ["!", polygon], covers],
    layout: { "line-sort-key": harm },
    paint: { ...rim(colour, REACH_DASH), "line-offset": WITHIN },
  },
  {
    id: "area-reach-contested",
    type: "line",
    source: "area-reach",
    filter: contested,
    layout: { "line-sort-key": harm },
    paint: rim(CONTESTED[theme], SECOND_DASH),
  },
  {
    id: "area-reach",
    type: "line",
    source: "area-reach",
    layout: { "line-sort-key": harm },
    paint: rim(colour, REACH_DASH),
  },
  {
    id: "area-reach-names",
    type: "symbol",
    source: "area-reach",
    minzoom: 8.3,
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 420,
      "symbol-sort-key": harmFirst,
      "text-field": text.map.extentUnknown,
      "text-font": FONT,
      "text-size": 10.5,
      "text-offset": [0, -0.8],
      "text-max-angle": 60,
    },
    paint: {
      "text-color": colour,
      ...halo(theme, 1.4),
    },
  },
];

/** On top of all names, so that names make room for the marks. */
const marks: LayerSpecification[] = [
  {
    id: "area-marks",
    type: "symbol",
    source: "area-marks",
    layout: {
      "icon-image": imageOf(markImage),
      "icon-size": ["interpolate", ["linear"], ["zoom"], 6, small(0.7), 10, small(1)],
      "icon-allow-overlap": true,
      "icon-offset": [
        "interpolate",
        ["linear"],
        ["coalesce", ["get", "_aside"], 0],
        -1,
        ["literal", [-ASIDE, 0]],
        1,
        ["literal", [ASIDE, 0]],
      ],
      "symbol-sort-key": harm,
    },
    paint: { "icon-opacity": pale(1) },
  },
];
