import type { Position } from "geojson";
import { describe, expect, it } from "vitest";
import { contour } from "../src/map/contour";
import { boxOf, circle, markPoints, widen } from "../src/map/geometry";
import { finish } from "../src/ui/slices";

/** Great-circle metres, by the haversine formula. */
function metresBetween([aLon = 0, aLat = 0]: Position, [bLon = 0, bLat = 0]: Position) {
  const rad = Math.PI / 180;
  const h =
    Math.sin(((bLat - aLat) * rad) / 2) ** 2 +
    Math.cos(aLat * rad) * Math.cos(bLat * rad) * Math.sin(((bLon - aLon) * rad) / 2) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(h));
}

/** Metres from a point to a line, by walking the line in small steps. */
function metresToLine(point: Position, line: Position[]) {
  let best = Infinity;
  for (let index = 1; index < line.length; index++) {
    const [aLon = 0, aLat = 0] = line[index - 1] ?? [];
    const [bLon = 0, bLat = 0] = line[index] ?? [];
    for (let step = 0; step <= 200; step++) {
      const t = step / 200;
      const on = [aLon + (bLon - aLon) * t, aLat + (bLat - aLat) * t];
      best = Math.min(best, metresBetween(point, on));
    }
  }
  return best;
}

const SOKH: Position = [71.1, 40.03];

describe("a circle in metres", () => {
  it("is closed, and as far from its centre everywhere", () => {
    const ring = circle(SOKH, 20_000);
    expect(ring.at(-1)).toEqual(ring[0]);
    for (const point of ring) expect(metresBetween(SOKH, point)).toBeCloseTo(20_000, 3);
  });
});

describe("a contour", () => {
  const contourOf = (lines: Position[][], metres: number) => finish(contour(lines, metres));
  const bent: Position[] = [
    [71.0, 40.0],
    [71.2, 40.05],
    [71.2, 40.2],
    [71.35, 40.2],
  ];

  it("runs the distance asked for from a line, all along", () => {
    const rings = contourOf([bent], 5000);
    expect(rings).toHaveLength(1);
    const points = rings.flat();
    expect(points.length).toBeGreaterThan(60);
    for (const point of points) {
      const off = metresToLine(point, bent);
      expect(off).toBeGreaterThan(4850);
      expect(off).toBeLessThan(5150);
    }
  });

  it("is one ring around a point", () => {
    const [ring = [], ...others] = contourOf([[SOKH]], 3000);
    expect(others).toHaveLength(0);
    for (const point of ring) expect(Math.abs(metresBetween(SOKH, point) - 3000)).toBeLessThan(60);
  });

  it("leaves a hole inside a wide loop, and none inside a narrow one", () => {
    const loop = circle(SOKH, 15_000);
    expect(contourOf([loop], 3000)).toHaveLength(2);
    expect(contourOf([loop], 16_000)).toHaveLength(1);
  });

  it("joins what overlaps and keeps apart what does not", () => {
    const other: Position = [71.16, 40.03];
    expect(contourOf([[SOKH], [other]], 4000)).toHaveLength(1);
    expect(contourOf([[SOKH], [other]], 2000)).toHaveLength(2);
  });

  it("takes a jagged line of many points without loops of its own", () => {
    const jagged = Array.from(
      { length: 4000 },
      (_, i): Position => [70 + i / 4000, 40 + Math.sin(i / 3) * 0.004],
    );
    expect(contourOf([jagged], 5000)).toHaveLength(1);
  });

  it("is nothing for nothing", () => {
    expect(contourOf([], 5000)).toEqual([]);
    expect(contourOf([bent], 0)).toEqual([]);
  });
});

describe("boxes and marks", () => {
  it("takes the box of lines, and widens it by metres", () => {
    expect(boxOf([])).toBeNull();
    expect(
      boxOf([
        [
          [71, 40],
          [72, 39],
        ],
      ]),
    ).toEqual([71, 39, 72, 40]);
    const [, south, , north] = widen([71, 40, 71, 40], 11_119.5);
    expect(north - south).toBeCloseTo(0.2, 3);
  });

  it("hangs marks on points, half-way along lines, and inside polygons", () => {
    expect(markPoints({ type: "Point", coordinates: SOKH })).toEqual([SOKH]);
    const [half] = markPoints({
      type: "LineString",
      coordinates: [
        [70, 40],
        [71, 40],
        [72, 40],
      ],
    });
    expect(half?.[0]).toBeCloseTo(71, 5);
    const square: Position[] = [
      [70, 40],
      [72, 40],
      [72, 42],
      [70, 42],
      [70, 40],
    ];
    const [centre] = markPoints({ type: "Polygon", coordinates: [square] });
    expect(centre?.[0]).toBeCloseTo(71, 6);
    expect(centre?.[1]).toBeCloseTo(41, 6);
  });
});
