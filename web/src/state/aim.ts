// Whether the map goes to the circle of a question: once, where the question was asked by name. One
// that was placed on the map stays where the hand is; one that a link or a step in the history
// brings, where that looks.
import type { Near, View } from "./hash";

export function createAim() {
  let last: { near: Near; goes: boolean } | null = null;
  return {
    /** A question that was asked on the page. */
    ask: (near: Near | null, goes: boolean) => {
      last = near && { near, goes };
    },
    goesTo: (near: Near | null, view: View | null): boolean => {
      const isLast = last?.near.where === near?.where && last?.near.radius === near?.radius;
      const goes = last && isLast ? last.goes : view === null;
      if (last) last.goes = false;
      return goes;
    },
  };
}
