import type { Position } from "geojson";
import { describe, expect, it } from "vitest";
import { innerPoint } from "../src/map/inner-point";

const box = (west: number, south: number, east: number, north: number): Position[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];
const polygon = (...coordinates: Position[][]) => ({ type: "Polygon" as const, coordinates });

describe("a point inside", () => {
  it("is the middle of what is plain", () => {
    expect(innerPoint(polygon(box(70, 40, 72, 41)))).toEqual([71, 40.5]);
  });

  it("lies in an arm of a horseshoe, and not in the valley that it surrounds", () => {
    // Open to the west, with its centroid in the opening.
    const ring: Position[] = [
      [69, 39],
      [75, 39],
      [75, 42],
      [69, 42],
      [69, 41.5],
      [73, 41.5],
      [73, 39.5],
      [69, 39.5],
      [69, 39],
    ];
    const [x = 0] = innerPoint(polygon(ring)) ?? [];
    expect(x).toBe(74);
  });

  it("lies beside a hole", () => {
    const [x = 0] = innerPoint(polygon(box(70, 40, 76, 41), box(71, 40.2, 73.5, 40.8))) ?? [];
    expect(x).toBe(74.75);
  });

  it("lies in the largest of several, and nowhere in what has no ground", () => {
    const coordinates = [[box(60, 40, 61, 41)], [box(70, 40, 74, 42)]];
    expect(innerPoint({ type: "MultiPolygon", coordinates })).toEqual([72, 41]);
    expect(innerPoint({ type: "Point", coordinates: [70, 40] })).toBeNull();
    expect(innerPoint(polygon([]))).toBeNull();
    expect(innerPoint(polygon(box(70, 40, 70, 40)))).toBeNull();
  });
});
