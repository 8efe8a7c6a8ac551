// How the clock moves by itself: playing, and on past the ends of its line while a thumb is held
// there. Pure.
import { moveTo, type When } from "../time/when";
import { type Moment, step } from "./moments";

/** Years of the map in a second of playing. */
export const SPEEDS = [0.5, 1, 2, 5] as const;
export const USUAL_SPEED = 1;

const YEAR = 365.2425;

/** Days that pass while playing for so many milliseconds. */
export const daysPlayed = (speed: number, ms: number) => (speed * YEAR * ms) / 1000;

/** How long to stay on an event when the clock steps instead of gliding. */
export const stepPause = (speed: number) => 2000 / speed;

/** Moved on by some days, to stop at `end`; null when it is there already. */
export function played(when: When, days: number, end: number): When | null {
  if (when.mode === "all" || !Number.isFinite(when.last) || when.last >= end) return null;
  return moveTo(when, Math.min(when.last + days, end));
}

/** On to the next event, or to the end when there is none left; null when it is there already. */
export function stepped(when: When, all: readonly Moment[], end: number): When | null {
  if (when.mode === "all" || !Number.isFinite(when.last) || when.last >= end) return null;
  return moveTo(when, step(all, when.last, 1, end)?.day ?? end);
}

/** A thumb at an end of the line waits this long before it goes on: nobody is carried off. */
const HOLD = 400;

/**
 * Days to go past an end of the line, for one that has been held there so long: slowly at first,
 * then faster, since what is meant may lie a year away or a century.
 */
export function overscrolled(heldMs: number, tickMs: number): number {
  if (heldMs < HOLD) return 0;
  const perSecond = YEAR * Math.min(2 ** ((heldMs - HOLD) / 1000), 64);
  return Math.max(1, Math.round((perSecond * tickMs) / 1000));
}

/** The day at a place along a line: 0 is its start, 1 its end. */
export function dayAt(place: number, first: number, last: number): number {
  return Math.round(first + Math.min(Math.max(place, 0), 1) * (last - first));
}
