// Layers of a reader's own data, of which the map knows the geometry alone: neutral tones, under
// the borders and the reported areas.
import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import type { Theme } from "../state/theme";
import { PAPER, PLAIN_TONES, toneAt } from "./looks";
import { held } from "./style-days";
import { FONT, halo, tinted } from "./style-tones";
import { heldInTile, tiledId } from "./tiled";

const kinds = (...types: string[]): ExpressionSpecification => [
  "in",
  ["geometry-type"],
  ["literal", types],
];
const points = kinds("Point", "MultiPoint");
const lines = kinds("LineString", "MultiLineString");
const areas = kinds("Polygon", "MultiPolygon");

const FILL = 0.18;
/** From here on the rims of many small areas can be told apart; farther out they are filled more. */
const RIMS = 12;
const near: ExpressionSpecification = [">=", ["zoom"], RIMS];
const FAR_FILL: ExpressionSpecification = ["step", ["zoom"], 0.35, RIMS, FILL];

type Tone = string | ExpressionSpecification;

/** A layer that is drawn from tiles: its collection, and its place among layers of its kind. */
export interface Tiled {
  id: string;
  place: number;
  /** Its features have days of their own. */
  dated: boolean;
}

export function plainLayers(theme: Theme, tiled: readonly Tiled[]) {
  const tone = tinted(PLAIN_TONES, theme);
  const own = shapes((part) => `plain-${part}`, tone, theme, { source: "plain" }, ["all", ...held]);
  const large = tiled.map(({ id, place, dated }) => {
    const source = { source: tiledId(id), "source-layer": id };
    const when = dated ? heldInTile : undefined;
    return shapes(
      (part) => tiledId(id, part),
      toneAt(PLAIN_TONES, place)[theme],
      theme,
      source,
      when,
    );
  });
  return {
    lower: [...large, own].flatMap(({ lower }) => lower),
    upper: [...[...large, own].map(({ point }) => point), names(tone, theme)],
  };
}

function shapes(
  name: (part: string) => string,
  tone: Tone,
  theme: Theme,
  source: { source: string; "source-layer"?: string },
  when?: ExpressionSpecification,
) {
  const large = "source-layer" in source;
  const only = (shape: ExpressionSpecification): ExpressionSpecification =>
    when ? ["all", shape, when] : shape;
  const lower: LayerSpecification[] = [
    {
      id: name("fill"),
      type: "fill",
      ...source,
      filter: only(areas),
      paint: {
        "fill-color": tone,
        "fill-opacity": large ? FAR_FILL : FILL,
        "fill-antialias": !large,
      },
    },
    {
      id: name("line"),
      type: "line",
      ...source,
      filter: only(large ? ["any", lines, ["all", areas, near]] : ["!", points]),
      paint: { "line-color": tone, "line-width": ["case", areas, 1.2, 2] },
    },
  ];
  const point: LayerSpecification = {
    id: name("point"),
    type: "circle",
    ...source,
    filter: only(points),
    paint: {
      // Of many, points are as large as the spots that tiles keep one of (docs/api.md).
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 6, 3, 10, large ? 4 : 5],
      "circle-color": tone,
      "circle-stroke-color": PAPER[theme],
      // Far out, rims of many points would hide the points themselves.
      "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 9, 0, 12, 1.2],
    },
  };
  return { lower, point };
}

const names = (tone: Tone, theme: Theme): LayerSpecification => ({
  id: "plain-names",
  type: "symbol",
  source: "plain",
  minzoom: 8.3,
  filter: ["all", ["get", "_named"], ["any", points, areas], ...held],
  layout: {
    "text-field": ["get", "_name"],
    "text-font": FONT,
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
});
