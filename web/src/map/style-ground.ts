// The ground of the map: relief, countries, water, districts.
import type { LayerSpecification, SourceSpecification } from "maplibre-gl";
import type { Landing } from "../api/types";
import type { Theme } from "../state/theme";
import { ACCENT, DISTRICT, GROUND, HIGHLIGHT, RIVER, SHADOW, TINTS, WATER } from "./looks";
import { looksOnDays, onDays } from "./style-days";
import { tinted } from "./style-tones";

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
      id: "districts",
      type: "line",
      source: "context",
      filter: looksOnDays("district"),
      minzoom: 7.5,
      paint: {
        "line-color": DISTRICT.colour[theme],
        "line-width": DISTRICT.width,
        "line-dasharray": [...DISTRICT.dash],
        "line-opacity": 0.7,
      },
    },
  ];
}
