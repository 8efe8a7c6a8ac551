// The circle of a near question as something to take in hand: sizes that read well, steps for keys,
// where its handle hangs. Pure.
import { asCoordinates, type Near } from "../state/hash";

export interface Circle {
  centre: [number, number];
  /** Metres. */
  radius: number;
}

/** The smallest and the largest circle that a hand draws; a link may ask for more. */
export const LEAST_M = 100;
export const MOST_M = 1_000_000;

/** A radius as a hand means it: to a figure that a reader can say. */
export function roundRadius(metres: number): number {
  const grain = metres < 1_000 ? 10 : metres < 100_000 ? 100 : 1_000;
  return Math.min(MOST_M, Math.max(LEAST_M, Math.round(metres / grain) * grain));
}

/** The radius after a key on the rim's handle; null when the key is not for it. */
export function resize(radius: number, key: string): number | null {
  const step = radius < 2_000 ? 100 : radius < 10_000 ? 500 : radius < 50_000 ? 1_000 : 5_000;
  const steps: Record<string, number> = {
    ArrowUp: 1,
    ArrowRight: 1,
    ArrowDown: -1,
    ArrowLeft: -1,
    PageUp: 5,
    PageDown: -5,
  };
  const by = steps[key];
  return by === undefined ? null : roundRadius(radius + by * step);
}

/** How many pixels a key moves the centre, right and down; null when the key is not for it. */
export function shift(key: string, far: boolean): [number, number] | null {
  const by = far ? 50 : 10;
  switch (key) {
    case "ArrowRight":
      return [by, 0];
    case "ArrowLeft":
      return [-by, 0];
    case "ArrowDown":
      return [0, by];
    case "ArrowUp":
      return [0, -by];
    default:
      return null;
  }
}

/** A position as a question carries it: to about a metre. */
export const whereOf = (centre: readonly number[]): string =>
  centre.map((degrees) => Number(degrees.toFixed(5))).join(",");

/** A place, as a question named it, and where it lies. */
export interface Located {
  where: string;
  coordinates: [number, number];
}

/** The circle asked about; null while nobody has said yet where the place lies. */
export function circleOf(near: Near | null, place: Located | undefined): Circle | null {
  if (!near) return null;
  const known = place?.where === near.where ? place.coordinates : null;
  const centre = asCoordinates(near.where) ?? known;
  return centre && { centre, radius: near.radius };
}

/** Bearings at which the rim's handle may hang, the usual one first. */
const BEARINGS = [90, 270, 0, 180, 45, 135, 225, 315];

/** Where the rim can be taken hold of: as it is now, else wherever it is in view; null when nowhere. */
export function handleBearing(now: number, isInView: (bearing: number) => boolean): number | null {
  return [now, ...BEARINGS].find(isInView) ?? null;
}
