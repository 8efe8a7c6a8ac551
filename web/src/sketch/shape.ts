// A feature on the screen: its lines in pixels, without what is too fine to be seen. Pure.
import type { Geometry, Position } from "geojson";
import { projection, type Size, worlds } from "../map/camera";
import { linesOf } from "../map/geometry";
import type { View } from "../state/hash";

export type Pixel = readonly [number, number];

export interface Shape {
  /** GeoJSON's name, without Multi: the style asks for that. */
  kind: string;
  lines: Pixel[][];
  /** Whether something of it, or of how wide it is drawn, may lie on the screen. */
  isNear: boolean;
  /** Whether something of its lines does. */
  isOn: boolean;
  /** Whether all of the screen lies within it, beside its lines. */
  isRound: boolean;
}

/** Positions nearer to the one before than this, in pixels, are left out. */
const FINEST = 0.4;
/** So far beyond the screen, in pixels, a mark or a wide line still reaches onto it. */
const REACH = 16;

/** The shapes of a geometry: one, or one for each part of a collection or polygon of several. */
export function shapesOf(
  geometry: Geometry,
  project: (at: Position) => Pixel,
  size: Size,
): Shape[] {
  if (geometry.type === "GeometryCollection") {
    return geometry.geometries.flatMap((part) => shapesOf(part, project, size));
  }
  // Each by itself: where parts lie over one another, both are filled.
  if (geometry.type === "MultiPolygon") {
    return geometry.coordinates.flatMap((coordinates) =>
      shapesOf({ type: "Polygon", coordinates }, project, size),
    );
  }
  const kind = geometry.type.replace("Multi", "");
  const lines = linesOf(geometry).map((line) => coarsened(line.map(project)));
  const reaches = (reach: number) => lines.some((line) => meets(line, size, reach));
  const isOn = reaches(0);
  const isRound = !isOn && kind === "Polygon" && surrounds(lines, size);
  return [{ kind, lines, isNear: isOn || isRound || reaches(REACH), isOn, isRound }];
}

/**
 * The shapes of geometries in one view, each worked out once: the clock changes which are drawn, and
 * not where they lie.
 */
export function shapesIn(view: View, size: Size): (geometry: Geometry) => readonly Shape[] {
  const known = new WeakMap<Geometry, readonly Shape[]>();
  const projections = worlds(view, size).map((round) => projection(view, size, round));
  return (geometry) => {
    const shapes =
      known.get(geometry) ?? projections.flatMap((project) => shapesOf(geometry, project, size));
    known.set(geometry, shapes);
    return shapes;
  };
}

function coarsened(line: Pixel[]): Pixel[] {
  let kept: Pixel | undefined;
  return line.filter((at, index) => {
    const isFar = !kept || Math.hypot(at[0] - kept[0], at[1] - kept[1]) >= FINEST;
    if (isFar) kept = at;
    return isFar || index === line.length - 1;
  });
}

/** Whether a line comes onto the screen, or so near to it. */
function meets(line: readonly Pixel[], { width, height }: Size, reach: number): boolean {
  const [across, along] = [
    [-reach, width + reach],
    [-reach, height + reach],
  ] as const;
  return line.some((to, index) => {
    const from = line[index - 1] ?? to;
    // Most lie beyond one edge.
    if ((from[0] < -reach && to[0] < -reach) || (from[1] < -reach && to[1] < -reach)) return false;
    if (from[0] > across[1] && to[0] > across[1]) return false;
    if (from[1] > along[1] && to[1] > along[1]) return false;
    const [first, last] = within([0, 1], from[0], to[0], across);
    const [start, end] = within([first, last], from[1], to[1], along);
    return start <= end;
  });
}

type Range = readonly [number, number];

/** Which shares of a way from `a` to `b`, of those given, lie between two edges; none where the first is the larger (Liang and Barsky 1984). */
function within([first, last]: Range, a: number, b: number, [low, high]: Range): Range {
  if (a === b) return a >= low && a <= high ? [first, last] : [1, 0];
  const [one, other] = [(low - a) / (b - a), (high - a) / (b - a)];
  return [Math.max(first, Math.min(one, other)), Math.min(last, Math.max(one, other))];
}

/** Whether rings that nowhere come onto the screen lie round all of it: by the even-odd rule. */
function surrounds(rings: readonly Pixel[][], { width, height }: Size): boolean {
  const [x, y] = [width / 2, height / 2];
  let inside = false;
  for (const ring of rings) {
    for (const [index, to] of ring.entries()) {
      const from = ring[index - 1];
      if (!from || from[1] > y === to[1] > y) continue;
      const cut = from[0] + ((y - from[1]) / (to[1] - from[1])) * (to[0] - from[0]);
      if (x < cut) inside = !inside;
    }
  }
  return inside;
}

/** A polygon's rings, the outer one first, with what they hold on their right hand, as tiles have them. */
export const wound = (rings: readonly (readonly Pixel[])[]): (readonly Pixel[])[] =>
  rings.map((ring, index) => (area(ring) < 0 === (index === 0) ? [...ring].reverse() : ring));

/** Twice the signed area of a ring, positive where it runs clockwise on the screen. */
function area(ring: readonly Pixel[]): number {
  return ring.reduce((sum, [x, y], index) => {
    const [beforeX, beforeY] = ring[index - 1] ?? [x, y];
    return sum + beforeX * y - x * beforeY;
  }, 0);
}

/** The line so many pixels to the right of another; to its left where they are less than none. */
export function beside(line: readonly Pixel[], pixels: number): Pixel[] {
  const normals = line.slice(1).map(([x, y], index): Pixel => {
    const [beforeX, beforeY] = line[index] ?? [x, y];
    const length = Math.hypot(x - beforeX, y - beforeY) || 1;
    return [(beforeY - y) / length, (x - beforeX) / length];
  });
  return line.map(([x, y], index) => {
    const [a, b] = [normals[index - 1] ?? normals[index], normals[index] ?? normals[index - 1]];
    const [across, along] = [
      ((a?.[0] ?? 0) + (b?.[0] ?? 0)) / 2,
      ((a?.[1] ?? 0) + (b?.[1] ?? 0)) / 2,
    ];
    return [x + across * pixels, y + along * pixels];
  });
}
