// The sheet of the panel that is open.
import { type Accessor, createEffect, createMemo, createSignal, on } from "solid-js";

/** What the panel offers beside the map, when it tells of nothing chosen. */
export type Sheet = "compare" | "take";

/**
 * A comparison that begins brings its sheet along: it may come by a link, or by a step forward. One
 * that goes on leaves a sheet closed that the reader closed. A question near a place, `asks`, is
 * answered where the sheet is.
 */
export function createSheet(compares: Accessor<boolean>, asks: Accessor<string | null>) {
  const begun = createMemo(compares);
  const asked = createMemo(asks);
  const [sheet, setSheet] = createSignal<Sheet | null>(begun() ? "compare" : null);
  createEffect(on(asked, (question) => question && setSheet(null), { defer: true }));
  createEffect(on(begun, (isBegun) => isBegun && setSheet("compare"), { defer: true }));
  return { sheet, setSheet };
}
