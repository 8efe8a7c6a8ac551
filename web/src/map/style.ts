// The map's style: sources and layers, lowest first, all taken from the table of looks.
import type {
  FilterSpecification,
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from "maplibre-gl";
import type { Landing } from "../api/types";
import { BORDERS, DISTRICT, ENCLAVE, INK, NEAR, RIVER, SELECTED, SETTLEMENT, WATER } from "./looks";
import { areaLayers } from "./style-areas";
import { plainLayers } from "./style-plain";

/** Sources that the map fills; each holds prepared features. */
export const SOURCES = [
  "territories",
  "context",
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

export const FONT = ["Noto Sans Regular", "sans-serif"];
export const BOLD = ["Noto Sans Bold", "sans-serif"];

/** Features that hold on the clock's day, which the map carries as global state. */
const onDay: FilterSpecification = [
  "all",
  ["<=", ["get", "_first"], ["global-state", "day"]],
  [">=", ["get", "_last"], ["global-state", "day"]],
];
const looksOnDay = (look: string): FilterSpecification => [
  "all",
  ["==", ["get", "_look"], look],
  ["<=", ["get", "_first"], ["global-state", "day"]],
  [">=", ["get", "_last"], ["global-state", "day"]],
];

function reliefSource(relief: NonNullable<Landing["relief"]>, window: Landing["window"]) {
  // The service names its tiles by the address it believes to have; behind a proxy that may not be
  // the page's. They are always served beside the page, whose policy admits no other host.
  const path = relief.tiles.replace(/^https?:\/\/[^/]+/, "").replace(/^\//, "");
  const tiles = `${location.origin}/${path}`;
  return {
    type: "raster-dem",
    encoding: "terrarium",
    tiles: [tiles],
    tileSize: 256,
    minzoom: relief.minzoom,
    maxzoom: relief.maxzoom,
    bounds: window,
  } satisfies SourceSpecification;
}

export function baseStyle({ relief, window }: Landing, day: number): StyleSpecification {
  const empty = { type: "FeatureCollection" as const, features: [] };
  const own = SOURCES.map((id) => [
    id,
    { type: "geojson" as const, data: empty, tolerance: 0.2 } as SourceSpecification,
  ]);
  return {
    version: 8,
    state: { day: { default: day } },
    sources: {
      ...Object.fromEntries(own),
      ...(relief ? { relief: reliefSource(relief, window) } : {}),
    },
    layers: [
      ...ground(relief !== undefined),
      ...plainLayers.lower,
      ...areaLayers.lower,
      ...lines(),
      ...areaLayers.upper,
      ...plainLayers.upper,
      ...names(),
      ...areaLayers.marks,
    ],
  };
}

const hillshade: LayerSpecification = {
  id: "relief",
  type: "hillshade",
  source: "relief",
  paint: {
    "hillshade-exaggeration": 0.35,
    "hillshade-shadow-color": "#5d5648",
    "hillshade-highlight-color": "#ffffff",
    "hillshade-accent-color": "#8a8273",
  },
};

function ground(relief: boolean): LayerSpecification[] {
  return [
    { id: "background", type: "background", paint: { "background-color": "#f3f2ef" } },
    {
      id: "territories",
      type: "fill",
      source: "territories",
      filter: onDay,
      paint: { "fill-color": ["get", "_tint"], "fill-antialias": false },
    },
    ...(relief ? [hillshade] : []),
    {
      id: "water",
      type: "fill",
      source: "context",
      filter: looksOnDay("water"),
      paint: { "fill-color": WATER, "fill-outline-color": RIVER },
    },
    {
      id: "rivers",
      type: "line",
      source: "context",
      filter: looksOnDay("river"),
      paint: {
        "line-color": RIVER,
        "line-width": ["interpolate", ["linear"], ["zoom"], 6, 0.7, 11, 2],
      },
    },
    {
      id: "districts",
      type: "line",
      source: "context",
      filter: looksOnDay("district"),
      minzoom: 7.5,
      paint: {
        "line-color": DISTRICT.colour,
        "line-width": DISTRICT.width,
        "line-dasharray": [...DISTRICT.dash],
        "line-opacity": 0.7,
      },
    },
  ];
}

function lines(): LayerSpecification[] {
  return [
    {
      id: "enclave-ground",
      type: "fill",
      source: "enclaves",
      filter: onDay,
      paint: { "fill-color": ENCLAVE.colour, "fill-opacity": 0.07 },
    },
    {
      id: "enclave-band",
      type: "line",
      source: "enclaves",
      filter: onDay,
      paint: {
        "line-color": ENCLAVE.colour,
        "line-opacity": 0.22,
        "line-width": ENCLAVE.band,
        "line-offset": ENCLAVE.band / 2,
      },
    },
    ...Object.entries(BORDERS).map(
      ([look, { colour, width, ...border }]): LayerSpecification => ({
        id: look,
        type: "line",
        source: "borders",
        filter: looksOnDay(look),
        layout: { "line-join": "round", "line-cap": look === "border-unstated" ? "round" : "butt" },
        paint: {
          "line-color": colour,
          "line-width": ["interpolate", ["linear"], ["zoom"], 6, width * 0.7, 11, width],
          ...("dash" in border ? { "line-dasharray": [...border.dash] } : {}),
        },
      }),
    ),
    {
      id: "enclaves",
      type: "line",
      source: "enclaves",
      filter: onDay,
      paint: { "line-color": ENCLAVE.colour, "line-width": ENCLAVE.width },
    },
    {
      id: "selected",
      type: "line",
      source: "selected",
      paint: { "line-color": SELECTED, "line-width": 6, "line-opacity": 0.4 },
    },
    {
      id: "selected-point",
      type: "circle",
      source: "selected",
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": 15,
        "circle-color": SELECTED,
        "circle-opacity": 0.3,
        "circle-stroke-color": SELECTED,
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
        "line-color": NEAR.colour,
        "line-width": NEAR.width,
        "line-dasharray": [...NEAR.dash],
      },
    },
  ];
}

function names(): LayerSpecification[] {
  const halo = { "text-halo-color": "rgba(255,255,255,0.92)", "text-halo-width": 1.6 } as const;
  const shown: FilterSpecification = [
    "all",
    [">=", ["get", "_rank"], ["step", ["zoom"], 100_000, 7, 30_000, 8, 8_000, 9.5, 1, 10.5, 0]],
    ["<=", ["get", "_first"], ["global-state", "day"]],
    [">=", ["get", "_last"], ["global-state", "day"]],
  ];
  return [
    {
      id: "settlements",
      type: "circle",
      source: "settlements",
      filter: shown,
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["get", "_rank"], 0, 2.2, 200_000, 4.5],
        "circle-color": "#fff",
        "circle-stroke-color": SETTLEMENT,
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
      paint: { "text-color": SETTLEMENT, ...halo },
    },
    {
      id: "enclave-names",
      type: "symbol",
      source: "enclaves",
      filter: onDay,
      layout: {
        "text-field": ["get", "_name"],
        "text-font": BOLD,
        "text-size": 12.5,
        "text-max-width": 7,
      },
      paint: { "text-color": "#432c75", ...halo },
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
      },
      paint: { "text-color": INK, ...halo },
    },
  ];
}
