// The line that runs a given number of metres from a geometry: the rim of the band in which
// ground of unknown extent may lie. A geographic width, so the same at every zoom.
//
// Borders are jagged at a scale far below the band's width; offsetting them segment by segment
// gives a tangle of loops. A grid of distances, cut at the distance wanted, has no such trouble,
// joins what overlaps and leaves holes open.
import type { Position } from "geojson";
import type { Work } from "../ui/slices";
import { boxOf, DEGREE_M, widen } from "./geometry";

const CELLS_ACROSS_REACH = 8;
const MOST_CELLS = 3_000_000;

interface Grid {
  columns: number;
  rows: number;
  /** Metres between neighbours. */
  cell: number;
  /** Squares of distances, in cells: there are millions, and only those on the rim need a root. */
  squares: Float32Array;
  /** Longitude and latitude of a grid coordinate. */
  position: (column: number, row: number) => Position;
}

/**
 * Rings at `metres` from the lines given (a line of one position is a point). Distances are plane,
 * at the box's middle latitude: good to a few parts in a hundred over a few hundred kilometres,
 * which is well below what such a band claims to know.
 */
export function* contour(lines: Position[][], metres: number): Work<Position[][]> {
  const grid = metres > 0 ? yield* measure(lines, metres) : null;
  return grid ? yield* cut(grid, metres) : [];
}

function* measure(lines: Position[][], metres: number): Work<Grid | null> {
  const extent = boxOf(lines);
  if (!extent) return null;
  const [west, south, east, north] = widen(extent, metres * 1.3);
  const perLon = DEGREE_M * Math.cos(((south + north) / 2) * (Math.PI / 180));
  const [width, height] = [(east - west) * perLon, (north - south) * DEGREE_M];
  const cell = Math.max(metres / CELLS_ACROSS_REACH, Math.sqrt((width * height) / MOST_CELLS));
  const columns = Math.ceil(width / cell) + 1;
  const rows = Math.ceil(height / cell) + 1;
  const squares = new Float32Array(columns * rows).fill(Infinity);
  const project = ([longitude = 0, latitude = 0]: Position): [number, number] => [
    ((longitude - west) * perLon) / cell,
    ((latitude - south) * DEGREE_M) / cell,
  ];
  const reach = metres / cell + 2;
  for (const line of lines) {
    let from: [number, number] | null = null;
    for (const [index, written] of line.entries()) {
      const to = project(written);
      // Steps much shorter than a cell change nothing that the grid can show.
      const last = index === line.length - 1;
      if (from && !last && Math.hypot(to[0] - from[0], to[1] - from[1]) < 0.25) continue;
      spread(squares, columns, rows, reach, from ?? to, to);
      from = to;
      yield;
    }
  }
  return {
    columns,
    rows,
    cell,
    squares,
    position: (column, row) => [west + (column * cell) / perLon, south + (row * cell) / DEGREE_M],
  };
}

/** Lowers the distances around one segment. */
function spread(
  squares: Float32Array,
  columns: number,
  rows: number,
  reach: number,
  [ax, ay]: [number, number],
  [bx, by]: [number, number],
) {
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const firstRow = Math.max(0, Math.floor(Math.min(ay, by) - reach));
  const lastRow = Math.min(rows - 1, Math.ceil(Math.max(ay, by) + reach));
  const firstColumn = Math.max(0, Math.floor(Math.min(ax, bx) - reach));
  const lastColumn = Math.min(columns - 1, Math.ceil(Math.max(ax, bx) + reach));
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const along = square ? ((column - ax) * dx + (row - ay) * dy) / square : 0;
      const share = Math.min(1, Math.max(0, along));
      const [east, north] = [column - ax - share * dx, row - ay - share * dy];
      const off = east * east + north * north;
      const index = row * columns + column;
      if (off < (squares[index] ?? 0)) squares[index] = off;
    }
  }
}

// Sides of a cell, and for each of its 16 patterns of corners within reach (1 south-west,
// 2 south-east, 4 north-east, 8 north-west) the sides the rim crosses, ground within on its left.
const [S, E, N, W] = [0, 1, 2, 3] as const;
const CROSSINGS: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [[S, W]],
  [[E, S]],
  [[E, W]],
  [[N, E]],
  [
    [S, W],
    [N, E],
  ],
  [[N, S]],
  [[N, W]],
  [[W, N]],
  [[S, N]],
  [
    [E, S],
    [W, N],
  ],
  [[E, N]],
  [[W, E]],
  [[S, E]],
  [[W, S]],
  [],
];

function* cut(
  { columns, rows, cell, squares, position }: Grid,
  metres: number,
): Work<Position[][]> {
  const at = (column: number, row: number) => squares[row * columns + column] ?? Infinity;
  const reach = metres / cell;
  const most = reach * reach;
  // A side is known by the grid point it starts from: even numbers run east, odd ones north.
  const sideOf = (column: number, row: number, side: number): number => {
    if (side === N) return 2 * ((row + 1) * columns + column);
    if (side === E) return 2 * (row * columns + column + 1) + 1;
    return 2 * (row * columns + column) + (side === W ? 1 : 0);
  };
  const next = new Map<number, number>();
  for (let row = 0; row < rows - 1; row++) {
    for (let column = 0; column < columns - 1; column++) {
      const pattern =
        (at(column, row) <= most ? 1 : 0) |
        (at(column + 1, row) <= most ? 2 : 0) |
        (at(column + 1, row + 1) <= most ? 4 : 0) |
        (at(column, row + 1) <= most ? 8 : 0);
      for (const [from, to] of CROSSINGS[pattern] ?? []) {
        next.set(sideOf(column, row, from), sideOf(column, row, to));
      }
    }
    yield;
  }
  const crossing = (side: number): Position => {
    const start = side >> 1;
    const [column, row] = [start % columns, Math.floor(start / columns)];
    const [east, north] = side % 2 ? [0, 1] : [1, 0];
    const [a, b] = [at(column, row), at(column + east, row + north)].map(Math.sqrt) as [
      number,
      number,
    ];
    // A corner out of every segment's reach has no distance: cut half-way there.
    const share = Number.isFinite(a) && Number.isFinite(b) ? (reach - a) / (b - a) : 0.5;
    return position(column + east * share, row + north * share);
  };
  const rings: Position[][] = [];
  for (const first of next.keys()) {
    const ring: Position[] = [];
    let side: number | undefined = first;
    while (side !== undefined && next.has(side)) {
      ring.push(crossing(side));
      const following: number | undefined = next.get(side);
      next.delete(side);
      side = following;
    }
    if (ring.length > 2) rings.push([...ring, ring[0] as Position]);
    yield;
  }
  return rings;
}
