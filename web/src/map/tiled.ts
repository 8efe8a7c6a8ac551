// Layers of a reader's own that are too large for a page to hold: drawn from vector tiles, and listed
// as far as they are in view. The clock's days are compared with the decimal years in the tiles.
import type { ExpressionSpecification, Map as MapLibreMap, SourceSpecification } from "maplibre-gl";
import type { Collection } from "../api/types";
import { type Days, decimalYear } from "../time/edtf";

/** More features than this are drawn from tiles. */
const LARGE = 20_000;
/** The most features in view that are listed. */
export const LISTED = 200;
/** From here on tiles have every detail (docs/api.md), and deeper ones are drawn from those. */
const DEEPEST = 14;
const PREFIX = "tiles:";

export const isTiled = ({ kind, count = 0 }: Pick<Collection, "kind" | "count">) =>
  kind === "plain" && count > LARGE;

/** The source, or a layer of it, that draws a collection. */
export const tiledId = (collection: string, part = "") => `${PREFIX}${part}:${collection}`;

/** The collection that a source or layer draws; null for those that the page fills itself. */
export const tiledCollection = (id: string): string | null =>
  id.startsWith(PREFIX) ? id.slice(id.indexOf(":", PREFIX.length) + 1) : null;

/** Where the tiles of a collection are: its geometry at all times, as known on a day. */
export function tileAddress(collection: string, known: string | null): string {
  const asKnown = known ? `&known-at=${encodeURIComponent(known)}` : "";
  const path = `/collections/${encodeURIComponent(collection)}/tiles/WebMercatorQuad`;
  return `${location.origin}${path}/{z}/{y}/{x}?f=mvt&datetime=../..&properties=${asKnown}`;
}

export const tiledSource = (collection: string, known: string | null): SourceSpecification => ({
  type: "vector",
  tiles: [tileAddress(collection, known)],
  maxzoom: DEEPEST,
});

/** Bounds that survive being written as JSON on the way to the map's worker. */
const NEVER = 1e9;
const bounded = (year: number) => Math.min(Math.max(year, -NEVER), NEVER);

/** The moments, in decimal years, between which the clock's days lie. */
export const yearsShown = ({ first, last }: Days) => ({
  fromYear: bounded(decimalYear(first)),
  toYear: bounded(decimalYear(last + 1)),
});

/** Features of a tile that hold at some moment of the clock's days. */
export const heldInTile: ExpressionSpecification = [
  "all",
  ["<", ["coalesce", ["get", "start"], -NEVER], ["global-state", "toYear"]],
  [">", ["coalesce", ["get", "end"], NEVER], ["global-state", "fromYear"]],
];

/** The layers of a map that draw from tiles, highest first. */
export const tiledLayers = (map: MapLibreMap): string[] =>
  map
    .getLayersOrder()
    .filter((id) => tiledCollection(id) !== null)
    .reverse();
