// The rims of the bands in which ground of unknown extent may lie. They are the dearest of what is
// drawn to work out, so that it is done in slices, and once: an area's place is the same on every day
// of the clock.
import type { Feature, Geometry, Position } from "geojson";
import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from "solid-js";
import { inSlices, type Work } from "../ui/slices";
import { contour } from "./contour";
import { circle, linesOf } from "./geometry";
import { collect, type Drawn, type DrawnFeatures } from "./prepare";

/** An area and how far from its geometry its ground may reach. */
export interface Band {
  area: Feature<Geometry, Drawn>;
  metres: number;
}

const rims = new Map<string, Position[][]>();

/** What a rim hangs on: another version of an area may be located otherwise. */
function keyOf({ area: { geometry, properties }, metres }: Band): string {
  const lines = linesOf(geometry);
  const positions = lines.reduce((sum, line) => sum + line.length, 0);
  const ends = [lines[0]?.[0], lines.at(-1)?.at(-1)];
  const { _collection, _id } = properties;
  return [_collection, _id, metres, geometry.type, positions, ...ends].join();
}

function* reckon(bands: readonly Band[]): Work<void> {
  for (const band of bands) {
    const { geometry } = band.area;
    const rim =
      geometry.type === "Point"
        ? [circle(geometry.coordinates, band.metres)]
        : yield* contour(linesOf(geometry), band.metres);
    rims.set(keyOf(band), rim);
    yield;
  }
}

/** The rims of `bands`, and whether all of them are there, for as long as their owner lives. */
export function createRims(bands: Accessor<readonly Band[]>) {
  const [reckoned, setReckoned] = createSignal(0);
  const keyed = createMemo(() => bands().map((band) => ({ ...band, key: keyOf(band) })));
  const due = createMemo(() => {
    reckoned();
    return keyed().filter(({ key }) => !rims.has(key));
  });
  createEffect(() => {
    if (!due().length) return;
    let isWanted = true;
    onCleanup(() => {
      isWanted = false;
    });
    void inSlices(reckon(due()), () => isWanted).then(() => setReckoned((times) => times + 1));
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
  return { features, isWhole: () => due().length === 0 };
}
