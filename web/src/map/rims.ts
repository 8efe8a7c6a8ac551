// The rims of the bands in which ground of unknown extent may lie. They are the dearest of what is
// drawn to work out, so that it is done in slices, and once: an area's place is the same on every day
// of the clock.
import type { Feature, Geometry, Position } from "geojson";
import { type Accessor, createMemo, createSignal } from "solid-js";
import { inSlices, type Work } from "../ui/slices";
import { contour } from "./contour";
import { circle, linesOf } from "./geometry";
import { collect, type Drawn, type DrawnFeatures } from "./prepare";

/** An area and how far from its geometry its ground may reach. */
export interface Band {
  area: Feature<Geometry, Drawn>;
  metres: number;
}

/** By what they hang on, whoever asks for them: two sides of a comparison ask for the same. */
const rims = new Map<string, Position[][]>();
const waiting = new Map<string, Band>();
const [reckoned, setReckoned] = createSignal(0);
const [failure, setFailure] = createSignal<unknown>(null);
let isAtWork = false;

/** What went wrong with a rim; null while nothing did. An area is drawn without a rim that failed. */
export const rimFailure = failure;

const prints = new WeakMap<Geometry, string>();

/** Tells a geometry from others by all of its positions: versions of an area may be located otherwise. */
function printOf(geometry: Geometry): string {
  const known = prints.get(geometry);
  if (known !== undefined) return known;
  let [one, other] = [0, 0];
  const add = (degrees: number) => {
    const whole = Math.round(degrees * 1e7);
    one = (Math.imul(one, 31) + whole) | 0;
    other = (Math.imul(other, 37) ^ whole) | 0;
  };
  for (const line of linesOf(geometry)) {
    add(line.length);
    for (const at of line) {
      add(at[0] ?? 0);
      add(at[1] ?? 0);
    }
  }
  const print = `${geometry.type} ${one} ${other}`;
  prints.set(geometry, print);
  return print;
}

function* rimOf({ area: { geometry }, metres }: Band): Work<Position[][]> {
  if (geometry.type === "Point") return [circle(geometry.coordinates, metres)];
  return yield* contour(linesOf(geometry), metres);
}

/** Works out what waits, and what comes to wait meanwhile. */
async function work() {
  if (isAtWork) return;
  isAtWork = true;
  for (const [key, band] of waiting) {
    try {
      rims.set(key, (await inSlices(rimOf(band), () => true)) ?? []);
    } catch (error) {
      rims.set(key, []);
      setFailure(error);
    }
    waiting.delete(key);
  }
  isAtWork = false;
  setReckoned((times) => times + 1);
}

/** The rims of `bands`, and whether all of them are there, for as long as their owner lives. */
export function createRims(bands: Accessor<readonly Band[]>) {
  const keyed = createMemo(() =>
    bands().map((band) => ({ ...band, key: `${printOf(band.area.geometry)} ${band.metres}` })),
  );
  const isWhole = createMemo(() => {
    reckoned();
    const due = keyed().filter(({ key }) => !rims.has(key));
    for (const { key, ...band } of due) waiting.set(key, band);
    if (due.length) void work();
    return due.length === 0;
  });
  const features = createMemo((): DrawnFeatures => {
    reckoned();
    return collect(
      keyed().flatMap(({ area, key }) => {
        const coordinates = rims.get(key) ?? [];
        if (!coordinates.length) return [];
        return [{ ...area, geometry: { type: "MultiLineString" as const, coordinates } }];
      }),
    );
  });
  return { features, isWhole };
}
