// Small geometry: circles in metres, boxes, a point to hang a mark on. Pure.
import type { Geometry, Position } from "geojson";

const EARTH_M = 6_371_008.8;
const RAD = Math.PI / 180;
/** Metres of one degree of latitude. */
export const DEGREE_M = EARTH_M * RAD;

/** The point `metres` from another towards a bearing in degrees, on a sphere. */
export function destination(
  [longitude = 0, latitude = 0]: Position,
  metres: number,
  bearing: number,
): [number, number] {
  const arc = metres / EARTH_M;
  const [phi, theta] = [latitude * RAD, bearing * RAD];
  const sine = Math.sin(phi) * Math.cos(arc) + Math.cos(phi) * Math.sin(arc) * Math.cos(theta);
  const turn = Math.atan2(
    Math.sin(theta) * Math.sin(arc) * Math.cos(phi),
    Math.cos(arc) - Math.sin(phi) * sine,
  );
  return [longitude + turn / RAD, Math.asin(sine) / RAD];
}

/** A closed ring of points `metres` from a centre, on a sphere. */
export function circle(centre: Position, metres: number, steps = 96) {
  return Array.from({ length: steps + 1 }, (_, step) =>
    destination(centre, metres, ((step % steps) / steps) * 360),
  );
}

/** How far one point is from another, on a sphere: what the service measures is geodesic. */
export function metresBetween([aLon = 0, aLat = 0]: Position, [bLon = 0, bLat = 0]: Position) {
  const half = (degrees: number) => Math.sin((degrees * RAD) / 2) ** 2;
  const square =
    half(bLat - aLat) + Math.cos(aLat * RAD) * Math.cos(bLat * RAD) * half(bLon - aLon);
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(square)));
}

/** The bearing from one point towards another, degrees clockwise from north. */
export function bearingBetween([aLon = 0, aLat = 0]: Position, [bLon = 0, bLat = 0]: Position) {
  const [from, to, turn] = [aLat * RAD, bLat * RAD, (bLon - aLon) * RAD];
  const east = Math.sin(turn) * Math.cos(to);
  const north = Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(turn);
  return (Math.atan2(east, north) / RAD + 360) % 360;
}

/** The lines of a geometry: a polygon's rings, a point as a line of one position. */
export function linesOf(geometry: Geometry): Position[][] {
  switch (geometry.type) {
    case "Point":
      return [[geometry.coordinates]];
    case "MultiPoint":
      return geometry.coordinates.map((position) => [position]);
    case "LineString":
      return [geometry.coordinates];
    case "MultiLineString":
    case "Polygon":
      return geometry.coordinates;
    case "MultiPolygon":
      return geometry.coordinates.flat();
    case "GeometryCollection":
      return geometry.geometries.flatMap(linesOf);
  }
}

export type Box = [number, number, number, number];

/** West, south, east, north of the lines given; null when there are none. */
export function boxOf(lines: Position[][]): Box | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const line of lines) {
    for (const at of line) {
      // By number: on the way to the first picture nothing is compiled yet, and taking arrays apart
      // costs several times as much.
      const longitude = at[0] ?? 0;
      const latitude = at[1] ?? 0;
      if (longitude < west) west = longitude;
      if (longitude > east) east = longitude;
      if (latitude < south) south = latitude;
      if (latitude > north) north = latitude;
    }
  }
  return Number.isFinite(west) ? [west, south, east, north] : null;
}

/** Rings as lines, without what runs along the edges of a box that they were cut with. */
export function uncut(rings: Position[][], [west, south, east, north]: Box): Position[][] {
  const isCut = (a: Position, b: Position) =>
    [
      [west, east],
      [south, north],
    ].some((edges, axis) => edges.some((edge) => a[axis] === edge && b[axis] === edge));
  return rings.flatMap((ring) => {
    const lines: Position[][] = [[]];
    for (const [index, to] of ring.entries()) {
      const from = ring[index - 1];
      if (from && isCut(from, to)) lines.push([]);
      lines.at(-1)?.push(to);
    }
    return lines.filter(({ length }) => length > 1);
  });
}

/** A box widened by metres on every side. */
export function widen([west, south, east, north]: Box, metres: number): Box {
  const high = metres / DEGREE_M;
  const wide = high / Math.max(0.01, Math.cos(((south + north) / 2) * RAD));
  return [west - wide, south - high, east + wide, north + high];
}

function flat(a: Position, b: Position): number {
  const latitude = a[1] ?? 0;
  const across = ((b[0] ?? 0) - (a[0] ?? 0)) * Math.cos(latitude * RAD);
  return Math.hypot(across, (b[1] ?? 0) - latitude);
}

/** The point half-way along a line. */
function middle(line: Position[]): Position | null {
  const steps = line.map((position, index) => flat(line[index - 1] ?? position, position));
  let left = steps.reduce((sum, step) => sum + step, 0) / 2;
  for (let index = 1; index < line.length; index += 1) {
    const step = steps[index] ?? 0;
    const [from, to] = [line[index - 1], line[index]];
    if (from && to && step >= left && step > 0) {
      const between = (a = 0, b = 0) => a + ((b - a) * left) / step;
      return [between(from[0], to[0]), between(from[1], to[1])];
    }
    left -= step;
  }
  return line[0] ?? null;
}

/** Centroid of a ring by the shoelace formula, with its signed area. */
export function centroid(ring: Position[]): { at: Position; area: number } | null {
  const origin = ring[0];
  if (!origin) return null;
  const [x0 = 0, y0 = 0] = origin;
  let [area, x, y] = [0, 0, 0];
  let [aLon, aLat] = [0, 0];
  for (const at of ring) {
    const bLon = (at[0] ?? 0) - x0;
    const bLat = (at[1] ?? 0) - y0;
    const cross = aLon * bLat - bLon * aLat;
    area += cross / 2;
    x += ((aLon + bLon) * cross) / 6;
    y += ((aLat + bLat) * cross) / 6;
    aLon = bLon;
    aLat = bLat;
  }
  return { at: area ? [x0 + x / area, y0 + y / area] : [x0, y0], area: Math.abs(area) };
}

/** Where a mark hangs: the point itself, the middle of the longest line, the largest centroid. */
export function markPoints(geometry: Geometry): Position[] {
  if (geometry.type === "Point" || geometry.type === "MultiPoint") {
    return linesOf(geometry).flat();
  }
  const lines = linesOf(geometry);
  if (geometry.type === "Polygon" || geometry.type === "MultiPolygon") {
    const found = lines.map(centroid).filter((one) => one !== null);
    const largest = found.sort((a, b) => b.area - a.area)[0];
    return largest ? [largest.at] : [];
  }
  const lengths = lines.map((line) => ({ line, box: boxOf([line]) }));
  const longest = lengths.sort((a, b) => size(b.box) - size(a.box))[0];
  const point = longest ? middle(longest.line) : null;
  return point ? [point] : [];
}

function size(box: Box | null): number {
  return box ? Math.hypot(box[2] - box[0], box[3] - box[1]) : 0;
}
