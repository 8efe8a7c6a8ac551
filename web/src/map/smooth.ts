// Fewer dots while maps move, where all of them would make them stutter: without a graphics card
// each dot takes the processor's time. At rest all are there.
import type { Map as MapLibreMap } from "maplibre-gl";
import { onCleanup } from "solid-js";

/**
 * Frames that come later than this after the one before, milliseconds, are slow: fewer than 30 a
 * second, which is all that some screens have where they save power.
 */
const SLOW = 35;
/** So many slow frames are no accident, where every two others make up for one. */
export const ENOUGH = 3;
/** The least share of the screen's dots along each side that a moving map is drawn in. */
const LEAST = 1 / 4;
/** So long after it has come to rest, milliseconds, a map gets its dots back: wheels turn in jerks. */
const REST = 150;
/** So long it is not tried anew, milliseconds, whether the map can move in all its dots. */
const REMEMBERED = 60_000;

/** How many slow frames there are with one more, that came so many milliseconds after the one before. */
export const counted = (slow: number, gap: number): number =>
  gap > SLOW ? slow + 1 : Math.max(0, slow - 1 / 2);

/** Draws a map in a share of the screen's dots. */
function draw(map: MapLibreMap, share: number) {
  // What `setPixelRatio` does, but for its `resize`: that ends what the reader's hand is doing.
  map._overridePixelRatio = share === 1 ? null : devicePixelRatio * share;
  // A map that lost its context has no size; it takes the ratio when it gets another.
  if (map._lostContextSnapshot.style !== null) return;
  map._resizeInternal();
  // In another size the canvas is empty: it must not be seen so.
  map.redraw();
}

/** Lives as long as its owner; `beside` is the map that moves along, if there is one. */
export function keepSmooth(map: MapLibreMap, beside: () => MapLibreMap | null) {
  /** The share that is drawn, and the one in which the map moves without a stutter. */
  let share = 1;
  let smooth = 1;
  let tried = 0;
  let slow = 0;
  let before: number | null = null;
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const take = (to: number) => {
    if (share === to) return;
    share = to;
    before = null;
    slow = 0;
    for (const one of [map, beside()]) if (one) draw(one, to);
  };
  // Every frame is looked at, not only those that the map asked for: a hand may be slow too.
  const look = (now: number) => {
    frame = requestAnimationFrame(look);
    slow = counted(slow, now - (before ?? now));
    before = now;
    if (slow < ENOUGH || share <= LEAST) return;
    [smooth, tried] = [share / 2, now];
    take(smooth);
  };
  const onStart = () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    if (performance.now() - tried > REMEMBERED) smooth = 1;
    before = null;
    slow = 0;
    frame = requestAnimationFrame((now) => {
      take(smooth);
      look(now);
    });
  };
  const onEnd = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    timer = setTimeout(() => take(1), REST);
  };
  map.on("movestart", onStart);
  map.on("moveend", onEnd);
  onCleanup(() => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    map.off("movestart", onStart);
    map.off("moveend", onEnd);
  });
}
