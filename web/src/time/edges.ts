// The days on which the map may change: between them a moving clock has nothing to draw. Pure.
import type { Days } from "./edtf";

/** Every first day, and every day after a last, once and in order. */
export function edgesOf(spans: Iterable<Days>): number[] {
  const days = new Set<number>();
  for (const { first, last } of spans) {
    if (Number.isFinite(first)) days.add(first);
    if (Number.isFinite(last)) days.add(last + 1);
  }
  return [...days].sort((a, b) => a - b);
}

/** The last edge on or before a day; -Infinity before the first. */
export function snap(edges: readonly number[], day: number): number {
  return edges.findLast((edge) => edge <= day) ?? -Infinity;
}
