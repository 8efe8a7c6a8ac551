// The sheet of the panel that is open.
import { type Accessor, createEffect, createMemo, createSignal, on } from "solid-js";

/** What the panel offers beside the map, when it tells of nothing chosen. */
export type Sheet = "compare" | "take";

/**
 * A comparison that begins brings its sheet along: it may come by a link, or by a step forward. One
 * that goes on leaves a sheet closed that the reader closed.
 */
export function createSheet(compares: Accessor<boolean>) {
  const begun = createMemo(compares);
  const [sheet, setSheet] = createSignal<Sheet | null>(begun() ? "compare" : null);
  createEffect(on(begun, (isBegun) => isBegun && setSheet("compare"), { defer: true }));
  return { sheet, setSheet };
}
