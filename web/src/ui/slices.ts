// Long work in slices, between which the page can answer its reader.
import { type Accessor, createEffect, createSignal } from "solid-js";

/** Work that can be left off at each of its steps. */
export type Work<T> = Generator<void, T>;

/** How long a slice takes, milliseconds: on a phone four times slower it is not felt either. */
const SLICE = 8;

declare const scheduler: { yield?: () => Promise<void> } | undefined;

/** Resolves once what else is waiting for the page has had its turn. */
export const turn = () =>
  (typeof scheduler === "undefined" ? undefined : scheduler?.yield?.()) ??
  new Promise<void>((done) => setTimeout(done));

/** Whether something once was so, from the turn after: what follows from it then is work of its own. */
export function aTurnAfter(isSo: Accessor<boolean>): Accessor<boolean> {
  const [isDue, setDue] = createSignal(false);
  createEffect(() => {
    if (isSo()) void turn().then(() => setDue(true));
  });
  return isDue;
}

/** What work comes to, done in slices from the next turn on; null where it is wanted no longer. */
export async function inSlices<T>(
  work: Work<T>,
  isWanted: () => boolean,
  slice = SLICE,
): Promise<T | null> {
  for (;;) {
    await turn();
    if (!isWanted()) return null;
    const end = performance.now() + slice;
    do {
      const step = work.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
  }
}

/** What work comes to, done at once. */
export function finish<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
