// A feature on the screen: its lines in pixels, without what is too fine to be seen. Pure.
import type { Geometry, Position } from "geojson";
import { linesOf } from "../map/geometry";
import type { Size } from "./camera";

export type Pixel = readonly [number, number];

export interface Shape {
  /** GeoJSON's name, without Multi: the style asks for that. */
  kind: string;
  lines: Pixel[][];
  /** Whether something of it, or of how wide it is drawn, may lie on the screen. */
  isNear: boolean;
  /** Whether something of itself does. */
  isInView: boolean;
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
  const isRound = kind === "Polygon" && surrounds(lines, size);
  const reaches = (reach: number) => isRound || lines.some((line) => meets(line, size, reach));
  return [{ kind, lines, isNear: reaches(REACH), isInView: reaches(0) }];
}

function coarsened(line: Pixel[]): Pixel[] {
  let kept: Pixel | undefined;
  return line.filter((at, index) => {
    const isFar = !kept || Math.hypot(at[0] - kept[0], at[1] - kept[1]) >= FINEST;
    if (isFar) kept = at;
    return isFar || index === line.length - 1;
  });
}

/** Whether a line comes onto the screen, by the boxes of its segments. */
function meets(line: readonly Pixel[], { width, height }: Size, reach: number): boolean {
  return line.some((to, index) => {
    const from = line[index - 1] ?? to;
    return (
      Math.max(from[0], to[0]) >= -reach &&
      Math.min(from[0], to[0]) <= width + reach &&
      Math.max(from[1], to[1]) >= -reach &&
      Math.min(from[1], to[1]) <= height + reach
    );
  });
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

/** Rings with what they hold on their right hand, as vector tiles have them. */
export const wound = (ring: readonly Pixel[]): readonly Pixel[] =>
  area(ring) < 0 ? [...ring].reverse() : ring;

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
