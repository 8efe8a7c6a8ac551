import type { Geometry } from "geojson";
import { describe, expect, it } from "vitest";
import { type Name, placed } from "../src/sketch/names";
import { beside, type Shape, shapesOf, wound } from "../src/sketch/shape";

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

  it("is in view where a part of it is, or all of the screen lies in it", () => {
    expect(shapeOf(square(10, 20), flat, size).isInView).toBe(true);
    expect(shapeOf(square(-500, 500), flat, size).isInView).toBe(true);
    expect(shapeOf(square(200, 300), flat, size).isInView).toBe(false);
    // Its box lies round the screen, and nothing of it does.
    const round = {
      type: "LineString" as const,
      coordinates: square(-500, 500).coordinates[0] ?? [],
    };
    expect(shapeOf(round, flat, size).isInView).toBe(false);
    const across = {
      type: "LineString" as const,
      coordinates: [
        [-500, 30],
        [500, 30],
      ],
    };
    expect(shapeOf(across, flat, size).isInView).toBe(true);
  });

  it("is drawn a little beyond the screen, where it is not seen itself", () => {
    const { isNear, isInView } = shapeOf({ type: "Point", coordinates: [-5, 30] }, flat, size);
    expect([isNear, isInView]).toEqual([true, false]);
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
    const ring = [
      [0, 0],
      [0, 10],
      [10, 10],
      [10, 0],
      [0, 0],
    ] as const;
    const [, corner = [0, 0]] = beside(wound(ring), 2);
    expect(corner[0] > 0 && corner[0] < 10 && corner[1] > 0 && corner[1] < 10).toBe(true);
    expect(wound(wound(ring))).toEqual(wound(ring));
  });
});

describe("names on a sketch", () => {
  const context = {
    font: "",
    measureText: (text: string) => ({ width: 6 * text.length }),
  } as never;
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
    expect(placed(context, names, [], size).map((one) => one.name.text)).toEqual(["Osh"]);
    expect(placed(context, names, [[45, 25, 10, 10]], size)).toEqual([]);
  });

  it("go to another side of their place where one is taken", () => {
    const anchors = ["top", "bottom"] as const;
    const [below] = placed(context, [name("Osh", [50, 30], { anchors, away: 0.5 })], [], size);
    expect(below?.frame[1]).toBe(35);
    const [above] = placed(
      context,
      [name("Osh", [50, 30], { anchors, away: 0.5 })],
      [[40, 36, 20, 5]],
      size,
    );
    expect(above?.anchor).toBe("bottom");
    expect((above?.frame[1] ?? 0) + (above?.frame[3] ?? 0)).toBe(25);
  });

  it("are broken between words, and stand wholly on the screen or not at all", () => {
    const [broken] = placed(
      context,
      [name("Sokh enclave east", [50, 30], { across: 8 })],
      [],
      size,
    );
    expect(broken?.lines).toEqual(["Sokh enclave", "east"]);
    expect(placed(context, [name("Osh", [2, 30])], [], size)).toEqual([]);
  });
});
