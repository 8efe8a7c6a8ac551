// Layers of a reader's own data, of which the map knows the geometry alone: neutral tones, under
// the borders and the reported areas.
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { Theme } from "../state/theme";
import { PAPER, PLAIN_TONES } from "./looks";
import { halo, tinted } from "./style-tones";

const kinds = (...types: string[]): ExpressionSpecification => [
  "in",
  ["geometry-type"],
  ["literal", types],
];
const points = kinds("Point", "MultiPoint");
const areas = kinds("Polygon", "MultiPolygon");

export function plainLayers(theme: Theme) {
  const tone = tinted(PLAIN_TONES, theme);
  return { lower: lower(tone), upper: upper(tone, theme) };
}

const lower = (tone: ExpressionSpecification): LayerSpecification[] => [
  {
    id: "plain-fill",
    type: "fill",
    source: "plain",
    filter: areas,
    paint: { "fill-color": tone, "fill-opacity": 0.18 },
  },
  {
    id: "plain-line",
    type: "line",
    source: "plain",
    filter: ["!", points],
    paint: { "line-color": tone, "line-width": ["case", areas, 1.2, 2] },
  },
];

const upper = (tone: ExpressionSpecification, theme: Theme): LayerSpecification[] => [
  {
    id: "plain-point",
    type: "circle",
    source: "plain",
    filter: points,
    paint: {
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 6, 3, 10, 5],
      "circle-color": tone,
      "circle-stroke-color": PAPER[theme],
      // Far out, rims of many points would hide the points themselves.
      "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 9, 0, 12, 1.2],
    },
  },
  {
    id: "plain-names",
    type: "symbol",
    source: "plain",
    minzoom: 8.3,
    filter: ["all", ["get", "_named"], ["any", points, areas]],
    layout: {
      "text-field": ["get", "_name"],
      "text-font": ["Noto Sans Regular", "sans-serif"],
      "text-size": 11,
      "text-max-width": 11,
      "text-variable-anchor": ["top", "bottom", "left", "right"],
      "text-radial-offset": 0.7,
      "text-justify": "auto",
    },
    paint: {
      "text-color": tone,
      ...halo(theme, 1.4),
    },
  },
];
