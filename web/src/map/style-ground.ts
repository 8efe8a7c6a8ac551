// The ground of the map: relief, countries, water, districts.
import type { LayerSpecification, SourceSpecification } from "maplibre-gl";
import type { Landing } from "../api/types";
import type { Theme } from "../state/theme";
import {
  ACCENT,
  DISTRICT,
  DISTRICT_NAME,
  GROUND,
  HIGHLIGHT,
  RIVER,
  SHADOW,
  TERRITORY_NAME,
  TINTS,
  WATER,
} from "./looks";
import { looksOnDays, onDays } from "./style-days";
import { BOLD, FONT, halo, tinted } from "./style-tones";

export function reliefSource(relief: NonNullable<Landing["relief"]>, window: Landing["window"]) {
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

/** From here on districts can be told apart. */
const DISTRICTS = 7.5;

const hillshade = (theme: Theme): LayerSpecification => ({
  id: "relief",
  type: "hillshade",
  source: "relief",
  paint: {
    "hillshade-exaggeration": 0.35,
    "hillshade-shadow-color": SHADOW[theme],
    "hillshade-highlight-color": HIGHLIGHT[theme],
    "hillshade-accent-color": ACCENT[theme],
  },
});

export function ground(relief: boolean, theme: Theme): LayerSpecification[] {
  return [
    { id: "background", type: "background", paint: { "background-color": GROUND[theme] } },
    {
      id: "territories",
      type: "fill",
      source: "territories",
      filter: onDays,
      paint: { "fill-color": tinted(TINTS, theme), "fill-antialias": false },
    },
    ...(relief ? [hillshade(theme)] : []),
    {
      id: "water",
      type: "fill",
      source: "context",
      filter: looksOnDays("water"),
      paint: { "fill-color": WATER[theme], "fill-outline-color": RIVER[theme] },
    },
    {
      id: "rivers",
      type: "line",
      source: "context",
      filter: looksOnDays("river"),
      paint: {
        "line-color": RIVER[theme],
        "line-width": ["interpolate", ["linear"], ["zoom"], 6, 0.7, 11, 2],
      },
    },
    {
      // To be clicked on.
      id: "district-ground",
      type: "fill",
      source: "context",
      filter: looksOnDays("district"),
      minzoom: DISTRICTS,
      paint: { "fill-opacity": 0 },
    },
    {
      id: "districts",
      type: "line",
      source: "context",
      filter: looksOnDays("district"),
      minzoom: DISTRICTS,
      paint: {
        "line-color": DISTRICT.colour[theme],
        "line-width": DISTRICT.width,
        "line-dasharray": [...DISTRICT.dash],
        "line-opacity": 0.7,
      },
    },
  ];
}

/** Below all other names, which they give way to. */
export const districtNames = (theme: Theme): LayerSpecification => ({
  id: "district-names",
  type: "symbol",
  source: "ground-names",
  filter: looksOnDays("district"),
  minzoom: 8.5,
  layout: {
    "text-field": ["get", "_name"],
    "text-font": FONT,
    "text-size": 11,
    "text-max-width": 8,
  },
  paint: { "text-color": DISTRICT_NAME[theme], ...halo(theme) },
});

/** Settlements and words along rims give way to them; marks and names of what is reported do not. */
export const territoryNames = (theme: Theme): LayerSpecification => ({
  id: "territory-names",
  type: "symbol",
  source: "ground-names",
  filter: looksOnDays("territory"),
  layout: {
    "text-field": ["get", "_name"],
    "text-font": BOLD,
    "text-size": ["interpolate", ["linear"], ["zoom"], 6, 13, 10, 17],
    "text-max-width": 8,
    "text-variable-anchor": ["center", "top", "bottom"],
  },
  paint: { "text-color": TERRITORY_NAME[theme], ...halo(theme) },
});
