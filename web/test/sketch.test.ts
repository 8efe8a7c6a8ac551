import type { Geometry } from "geojson";
import { describe, expect, it } from "vitest";
import { type Name, placed } from "../src/sketch/names";
import { beside, type Shape, shapesIn, shapesOf, wound } from "../src/sketch/shape";
import { finish } from "../src/ui/slices";

const size = { width: 100, height: 60 };
/** Pixels are degrees here. */
const flat = ([x = 0, y = 0]: number[]): [number, number] => [x, y];

const shapeOf = (geometry: Geometry, ...more: [typeof flat, typeof size]) =>
  shapesOf(geometry, ...more)[0] as Shape;

describe("a shape on the screen", () => {
  const square = (low: number, high: number) => ({
    type: "Polygon" as const,
    coordinates: [
      [
        [low, low],
        [high, low],
        [high, high],
        [low, high],
        [low, low],
      ],
    ],
  });

  const lineOf = (...coordinates: number[][]) => ({ type: "LineString" as const, coordinates });

  it("is on the screen where a part of its lines is, and round it where all of the screen lies in it", () => {
    const on = (geometry: Geometry) => {
      const { isOn, isRound, isNear } = shapeOf(geometry, flat, size);
      return { isOn, isRound, isNear };
    };
    expect(on(square(10, 20))).toEqual({ isOn: true, isRound: false, isNear: true });
    expect(on(square(-500, 500))).toEqual({ isOn: false, isRound: true, isNear: true });
    const nowhere = { isOn: false, isRound: false, isNear: false };
    expect(on(square(200, 300))).toEqual(nowhere);
    // Its box lies round the screen, and nothing of it does.
    expect(on(lineOf(...(square(-500, 500).coordinates[0] ?? [])))).toEqual(nowhere);
    // The box of its one segment reaches over a corner of the screen, and the segment does not.
    expect(on(lineOf([80, -100], [300, 40]))).toEqual(nowhere);
    const across = { isOn: true, isRound: false, isNear: true };
    expect(on(lineOf([-500, 30], [500, 30]))).toEqual(across);
    expect(on(lineOf([90, -10], [110, 10]))).toEqual(across);
  });

  it("is drawn a little beyond the screen, where it is not seen itself", () => {
    const { isNear, isOn } = shapeOf({ type: "Point", coordinates: [-5, 30] }, flat, size);
    expect([isNear, isOn]).toEqual([true, false]);
  });

  it("lies in each of the worlds that are seen, and is worked out once", () => {
    const point: Geometry = { type: "Point", coordinates: [179, 0] };
    const at = (longitude: number) => shapesIn({ zoom: 4, longitude, latitude: 0 }, size);
    const near = ({ isNear }: Shape) => isNear;
    expect(at(-180)(point).filter(near)).toHaveLength(1);
    expect(at(180)(point).filter(near)).toHaveLength(1);
    expect(at(178)(point).filter(near)).toHaveLength(1);
    expect(at(0)(point).filter(near)).toHaveLength(0);
    const shapes = at(179);
    expect(shapes(point)).toBe(shapes(point));
  });

  it("is one for each part of a collection", () => {
    const geometries = [{ type: "Point" as const, coordinates: [5, 5] }, square(10, 20)];
    const shapes = shapesOf({ type: "GeometryCollection", geometries }, flat, size);
    expect(shapes.map(({ kind }) => kind)).toEqual(["Point", "Polygon"]);
  });

  it("keeps its ends, and nothing too fine to be seen", () => {
    const line = [
      [0, 0],
      [0.1, 0],
      [0.2, 0],
      [5, 0],
      [5.1, 0],
    ];
    const { kind, lines } = shapeOf({ type: "MultiLineString", coordinates: [line] }, flat, size);
    expect(kind).toBe("LineString");
    expect(lines).toEqual([
      [
        [0, 0],
        [5, 0],
        [5.1, 0],
      ],
    ]);
  });

  it("has a line beside it on the right hand, which is within a ring as tiles have it", () => {
    const right = beside(
      [
        [0, 0],
        [10, 0],
      ],
      2,
    );
    // Eastward the right hand is to the south, which is down.
    expect(right).toEqual([
      [0, 2],
      [10, 2],
    ]);
    expect(
      beside(
        [
          [0, 0],
          [10, 0],
        ],
        -2,
      ),
    ).toEqual([
      [0, -2],
      [10, -2],
    ]);
    const outer = [
      [0, 0],
      [0, 10],
      [10, 10],
      [10, 0],
      [0, 0],
    ] as const;
    const hole = outer.map(([x, y]) => [3 + x * 0.4, 3 + y * 0.4] as const);
    // Either way round that they are given: what lies beside the outer ring is within it, and what
    // lies beside its hole is round that.
    for (const ring of [outer, [...outer].reverse()]) {
      const [first = [], second = []] = wound([ring, hole]);
      const [, corner = [0, 0]] = beside(first, 1);
      expect(corner[0] > 0 && corner[0] < 10 && corner[1] > 0 && corner[1] < 10).toBe(true);
      const [, other = [5, 5]] = beside(second, 1);
      expect(other[0] > 3 && other[0] < 7 && other[1] > 3 && other[1] < 7).toBe(false);
      expect(wound(wound([ring, hole]))).toEqual(wound([ring, hole]));
    }
  });
});

describe("names on a sketch", () => {
  const context = {
    font: "",
    measureText: (text: string) => ({ width: 6 * text.length }),
  } as never;
  const placedOn = (...given: Parameters<typeof placed>) => finish(placed(...given));
  const name = (text: string, at: [number, number], more: Partial<Name> = {}): Name => ({
    at,
    text,
    size: 10,
    isBold: false,
    across: 10,
    anchors: ["center"],
    away: 0,
    colour: "#000000",
    halo: "#ffffff",
    haloWidth: 1,
    ...more,
  });

  it("stand where nothing else does, the first first", () => {
    const names = [name("Osh", [50, 30]), name("Uzgen", [52, 31])];
    expect(placedOn(context, names, [], size).map((one) => one.name.text)).toEqual(["Osh"]);
    expect(placedOn(context, names, [[45, 25, 10, 10]], size)).toEqual([]);
  });

  it("go to another side of their place where one is taken", () => {
    const anchors = ["top", "bottom"] as const;
    const [below] = placedOn(context, [name("Osh", [50, 30], { anchors, away: 0.5 })], [], size);
    expect(below?.frame[1]).toBe(35);
    const [above] = placedOn(
      context,
      [name("Osh", [50, 30], { anchors, away: 0.5 })],
      [[40, 36, 20, 5]],
      size,
    );
    expect(above?.anchor).toBe("bottom");
    expect((above?.frame[1] ?? 0) + (above?.frame[3] ?? 0)).toBe(25);
  });

  it("are broken between words, and stand wholly on the screen or not at all", () => {
    const [broken] = placedOn(
      context,
      [name("Sokh enclave east", [50, 30], { across: 8 })],
      [],
      size,
    );
    expect(broken?.lines).toEqual(["Sokh enclave", "east"]);
    expect(placedOn(context, [name("Osh", [2, 30])], [], size)).toEqual([]);
  });
});
