// Layers of a reader's own data, of which the map knows the geometry alone: neutral tones, under
// the borders and the reported areas.
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";

const kinds = (...types: string[]): ExpressionSpecification => [
  "in",
  ["geometry-type"],
  ["literal", types],
];
const points = kinds("Point", "MultiPoint");
const areas = kinds("Polygon", "MultiPolygon");
const tone: ExpressionSpecification = ["get", "_tint"];

const lower: LayerSpecification[] = [
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

const upper: LayerSpecification[] = [
  {
    id: "plain-point",
    type: "circle",
    source: "plain",
    filter: points,
    paint: {
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 6, 3, 10, 5],
      "circle-color": tone,
      "circle-stroke-color": "#fff",
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
      "text-halo-color": "rgba(255,255,255,0.92)",
      "text-halo-width": 1.4,
    },
  },
];

export const plainLayers = { lower, upper };
