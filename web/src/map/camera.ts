// Where the map looks, and what falls where on the screen: Web Mercator at 512 pixels to the world at
// zoom 0, as MapLibre has it. Pure.
import type { Position } from "geojson";
import type { View } from "../state/hash";
import type { Box } from "./geometry";

export interface Size {
  width: number;
  height: number;
}

/** Pixels kept free at each side. */
export interface Padding {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Nothing is known closely enough to be looked at from nearer. */
export const MAX_ZOOM = 16;

const WORLD = 512;
/** The latitude at which the world's square ends. */
const POLEMOST = 85.051_128_779_806_59;
const RAD = Math.PI / 180;

/** Shares of the world's square, from its north-west corner. */
const share = (at: Position): [number, number] => {
  const within = Math.min(POLEMOST, Math.max(-POLEMOST, at[1] ?? 0));
  return [
    ((at[0] ?? 0) + 180) / 360,
    (1 - Math.log(Math.tan(Math.PI / 4 + (within * RAD) / 2)) / Math.PI) / 2,
  ];
};

const place = ([x, y]: readonly [number, number]): [number, number] => [
  x * 360 - 180,
  (2 * Math.atan(Math.exp(Math.PI * (1 - 2 * y))) - Math.PI / 2) / RAD,
];

/** The view of a box as large as it fits between what is kept free. */
export function fitted(
  [west, south, east, north]: Box,
  { width, height }: Size,
  { left, right, top, bottom }: Padding,
): View {
  const [x0, y0] = share([west, north]);
  const [x1, y1] = share([east, south]);
  const scale = Math.min((width - left - right) / (x1 - x0), (height - top - bottom) / (y1 - y0));
  // Without any room the whole world is the least that can be meant.
  const zoom = scale > 0 ? Math.min(Math.log2(scale / WORLD), MAX_ZOOM) : 0;
  const world = WORLD * 2 ** zoom;
  const [longitude, latitude] = place([
    (x0 + x1) / 2 - (left - right) / 2 / world,
    (y0 + y1) / 2 - (top - bottom) / 2 / world,
  ]);
  return { zoom, longitude, latitude };
}

/** The view nearest to one that is asked for, of those that the map has: within its zooms, and no pole passed. */
export function constrained({ zoom, longitude, latitude }: View, { height }: Size): View {
  const within = Math.min(MAX_ZOOM, Math.max(zoom, Math.log2(height / WORLD)));
  const half = height / 2 / (WORLD * 2 ** within);
  const [x, y] = share([longitude, latitude]);
  const [, shown] = place([x, Math.min(1 - half, Math.max(half, y))]);
  return { zoom: within, longitude, latitude: shown };
}

/**
 * Longitude and latitude to pixels from the map's upper left corner, in the world so many times round
 * from the one that longitudes count in.
 */
export function projection(
  { zoom, longitude, latitude }: View,
  { width, height }: Size,
  round = 0,
) {
  const world = WORLD * 2 ** zoom;
  const [x0, y0] = share([longitude, latitude]);
  return (position: Position): [number, number] => {
    const at = share(position);
    // In place, since it is done some ten thousand times for a first picture.
    at[0] = (at[0] + round - x0) * world + width / 2;
    at[1] = (at[1] - y0) * world + height / 2;
    return at;
  };
}

/** The worlds that are seen side by side, by how often they are round: 0 alone but at the antimeridian. */
export function worlds(view: View, size: Size): number[] {
  const [west, , east] = boundsOf(view, size);
  const first = Math.floor((west + 180) / 360);
  const last = Math.floor((east + 180) / 360);
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** West, south, east, north of what is seen. */
export function boundsOf({ zoom, longitude, latitude }: View, { width, height }: Size): Box {
  const world = WORLD * 2 ** zoom;
  const [x, y] = share([longitude, latitude]);
  const [across, along] = [width / 2 / world, height / 2 / world];
  const [west, north] = place([x - across, y - along]);
  const [east, south] = place([x + across, y + along]);
  return [west, south, east, north];
}
