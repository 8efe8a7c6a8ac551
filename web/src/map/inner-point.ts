// Where the name of a country or district stands. Pure.
import type { Geometry, Position } from "geojson";
import { centroid } from "./geometry";

/**
 * A point inside a polygon, of several the largest: level with the centroid, in the middle of the
 * longest stretch there that lies within. The centroid itself may lie in a neighbour, which a name
 * must not. Null for what is no polygon, or has no ground.
 */
export function innerPoint(geometry: Geometry): Position | null {
  const polygons =
    geometry.type === "Polygon"
      ? [geometry.coordinates]
      : geometry.type === "MultiPolygon"
        ? geometry.coordinates
        : [];
  const [largest] = polygons
    .map((rings) => ({ rings, middle: rings[0] ? centroid(rings[0]) : null }))
    .sort((a, b) => (b.middle?.area ?? 0) - (a.middle?.area ?? 0));
  const latitude = largest?.middle?.at[1];
  if (!largest || latitude === undefined) return null;
  const crossed = crossings(largest.rings, latitude);
  let [from, to] = [0, 0];
  for (let at = 0; at + 1 < crossed.length; at += 2) {
    const [west = 0, east = 0] = [crossed[at], crossed[at + 1]];
    if (east - west > to - from) [from, to] = [west, east];
  }
  return to > from ? [(from + to) / 2, latitude] : null;
}

/** The longitudes at which rings cross a parallel, from the west: in and out in turns. */
function crossings(rings: readonly Position[][], latitude: number): number[] {
  const found: number[] = [];
  for (const ring of rings) {
    let before = ring[0];
    for (const at of ring) {
      const y0 = before?.[1] ?? 0;
      const y1 = at[1] ?? 0;
      if (y0 > latitude !== y1 > latitude) {
        const x0 = before?.[0] ?? 0;
        found.push(x0 + ((latitude - y0) / (y1 - y0)) * ((at[0] ?? 0) - x0));
      }
      before = at;
    }
  }
  return found.sort((a, b) => a - b);
}
