// The map's style: sources and layers, lowest first, all taken from the table of looks.
import type {
  FilterSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from "maplibre-gl";
import type { Landing } from "../api/types";
import type { Theme } from "../state/theme";
import {
  BORDERS,
  CHOSEN,
  ENCLAVE,
  ENCLAVE_NAME,
  INK,
  NEAR,
  PAPER,
  SELECTED,
  SETTLEMENT,
} from "./looks";
import { initialState, staged } from "./stages";
import { areaLayers, harmFirst } from "./style-areas";
import { held, looksOnDays, onDays, slimmer, weaker } from "./style-days";
import { districtNames, ground, reliefSource, territoryNames } from "./style-ground";
import { plainLayers, type Tiled } from "./style-plain";
import { BOLD, FONT, halo } from "./style-tones";
import { tiledId, tiledSource } from "./tiled";

/** Sources that the map fills; each holds prepared features. */
export const SOURCES = [
  "territories",
  "context",
  "ground-names",
  "plain",
  "borders",
  "enclaves",
  "settlements",
  "area-shapes",
  "area-reach",
  "area-marks",
  "near",
  "selected",
] as const;
export type SourceId = (typeof SOURCES)[number];

/**
 * How far what is drawn may lie from where it is, in pixels, other than MapLibre's 0.375: many
 * reports follow the same long borders, under wide lines, and the rims of bands claim less than this.
 */
const TOLERANCES: Partial<Record<SourceId, number>> = { "area-shapes": 1, "area-reach": 1 };

/** The style in a theme's tones, its words in the reader's language. */
export function baseStyle(
  { relief, window }: Pick<Landing, "relief" | "window">,
  theme: Theme,
  tiled: readonly Tiled[] = [],
  known: string | null = null,
): StyleSpecification {
  const empty = { type: "FeatureCollection" as const, features: [] };
  const own = SOURCES.map((id): [SourceId, SourceSpecification] => [
    id,
    { type: "geojson", data: empty, tolerance: TOLERANCES[id] ?? 0.375 },
  ]);
  const areas = areaLayers(theme);
  const plain = plainLayers(theme, tiled);
  return {
    version: 8,
    // Nothing, until the clock says which days.
    state: {
      from: { default: 1 },
      to: { default: 0 },
      fromYear: { default: 1 },
      toYear: { default: 0 },
      ...initialState(SOURCES),
    },
    sources: {
      ...Object.fromEntries(own),
      ...Object.fromEntries(tiled.map(({ id }) => [tiledId(id), tiledSource(id, known)])),
      ...(relief ? { relief: reliefSource(relief, window) } : {}),
    },
    layers: [
      ...ground(relief !== undefined, theme),
      ...plain.lower,
      ...areas.lower,
      ...lines(theme),
      districtNames(theme),
      ...areas.upper,
      ...plain.upper,
      ...names(theme),
      ...areas.marks,
    ].map((layer) => staged(layer, SOURCES)),
  };
}

function lines(theme: Theme): LayerSpecification[] {
  return [
    {
      id: "enclave-ground",
      type: "fill",
      source: "enclaves",
      filter: onDays,
      // Its rim is a line of its own.
      paint: {
        "fill-color": ENCLAVE.colour[theme],
        "fill-opacity": 0.07,
        "fill-antialias": false,
      },
    },
    {
      id: "enclave-band",
      type: "line",
      source: "enclaves",
      filter: onDays,
      paint: {
        "line-color": ENCLAVE.colour[theme],
        "line-opacity": weaker(0.22),
        "line-width": ENCLAVE.band,
        "line-offset": ENCLAVE.band / 2,
      },
    },
    ...Object.entries(BORDERS).map(
      ([look, { colour, width, ...border }]): LayerSpecification => ({
        id: look,
        type: "line",
        source: "borders",
        filter: looksOnDays(look),
        layout: { "line-join": "round", "line-cap": look === "border-unstated" ? "round" : "butt" },
        paint: {
          "line-color": colour[theme],
          "line-opacity": weaker(1),
          "line-width": [
            "interpolate",
            ["linear"],
            ["zoom"],
            6,
            slimmer(width * 0.7),
            11,
            slimmer(width),
          ],
          ...("dash" in border ? { "line-dasharray": [...border.dash] } : {}),
        },
      }),
    ),
    {
      id: "enclaves",
      type: "line",
      source: "enclaves",
      filter: onDays,
      paint: {
        "line-color": ENCLAVE.colour[theme],
        "line-opacity": weaker(1),
        "line-width": slimmer(ENCLAVE.width),
      },
    },
    {
      id: "selected",
      type: "line",
      source: "selected",
      paint: {
        "line-color": CHOSEN.colour[theme],
        "line-width": CHOSEN.width,
        "line-opacity": CHOSEN.opacity,
      },
    },
    {
      id: "selected-point",
      type: "circle",
      source: "selected",
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": 15,
        "circle-color": SELECTED[theme],
        "circle-opacity": 0.3,
        "circle-stroke-color": SELECTED[theme],
        "circle-stroke-width": 2,
      },
    },
    {
      // Wide and unseen, to take hold of the rim.
      id: "near-grip",
      type: "line",
      source: "near",
      paint: { "line-width": 18, "line-opacity": 0 },
    },
    {
      id: "near",
      type: "line",
      source: "near",
      paint: {
        "line-color": NEAR.colour[theme],
        "line-width": NEAR.width,
        "line-dasharray": [...NEAR.dash],
      },
    },
  ];
}

function names(theme: Theme): LayerSpecification[] {
  const shown: FilterSpecification = [
    "all",
    [">=", ["get", "_rank"], ["step", ["zoom"], 100_000, 7, 30_000, 8, 8_000, 9.5, 1, 10.5, 0]],
    ...held,
  ];
  return [
    {
      id: "settlements",
      type: "circle",
      source: "settlements",
      filter: shown,
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["get", "_rank"], 0, 2.2, 200_000, 4.5],
        "circle-color": PAPER[theme],
        "circle-stroke-color": SETTLEMENT[theme],
        "circle-stroke-width": 1.4,
      },
    },
    {
      id: "settlement-names",
      type: "symbol",
      source: "settlements",
      filter: shown,
      layout: {
        "text-field": ["get", "_name"],
        "text-font": FONT,
        "text-size": ["interpolate", ["linear"], ["get", "_rank"], 0, 11, 200_000, 13.5],
        "text-variable-anchor": ["top", "bottom", "left", "right"],
        "text-radial-offset": 0.5,
        "symbol-sort-key": ["-", 0, ["get", "_rank"]],
      },
      paint: { "text-color": SETTLEMENT[theme], ...halo(theme) },
    },
    territoryNames(theme),
    {
      id: "enclave-names",
      type: "symbol",
      source: "enclaves",
      filter: onDays,
      layout: {
        "text-field": ["get", "_name"],
        "text-font": BOLD,
        "text-size": 12.5,
        "text-max-width": 7,
      },
      paint: { "text-color": ENCLAVE_NAME[theme], ...halo(theme) },
    },
    {
      id: "area-names",
      type: "symbol",
      source: "area-marks",
      minzoom: 8.3,
      layout: {
        "text-field": ["get", "_name"],
        "text-font": BOLD,
        "text-size": 11.5,
        "text-max-width": 11,
        "text-variable-anchor": ["top", "bottom", "left", "right"],
        "text-radial-offset": 1.7,
        "text-justify": "auto",
        // Where room is short, the name of what may harm most.
        "symbol-sort-key": harmFirst,
      },
      paint: { "text-color": INK[theme], ...halo(theme) },
    },
  ];
}
