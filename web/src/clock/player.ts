// The clock that runs: glides from day to day, or for readers who asked their system for less
// motion steps from event to event.
import { createSignal, onCleanup } from "solid-js";
import type { When } from "../time/when";
import { still } from "../ui/still";
import { daysPlayed, stepPause, USUAL_SPEED } from "./motion";

/** Long enough for a map to draw in, short enough to look like a movement. */
const TICK = 200;

interface Movement {
  /** The next position after so many days, and after the next event; null at the end. */
  glide: (days: number) => When | null;
  step: () => When | null;
  /** Where to begin when it is at the end already. */
  rewind: () => void;
  /** `again` once it is under way: all of one run is one step in the history. */
  move: (to: When, again: boolean) => void;
}

export function createPlayer({ glide, step, rewind, move }: Movement) {
  const [playing, setPlaying] = createSignal(false);
  const [speed, setSpeed] = createSignal<number>(USUAL_SPEED);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function pause() {
    clearTimeout(timer);
    setPlaying(false);
  }

  function tick(before: number, owed: number, again: boolean) {
    const wait = still() ? stepPause(speed()) : TICK;
    timer = setTimeout(() => {
      const now = performance.now();
      // A tab in the background, or a machine that was busy, does not leap over years.
      const days = owed + daysPlayed(speed(), Math.min(now - before, 2 * TICK));
      const whole = Math.floor(days);
      const next = still() ? step() : glide(whole);
      if (next === null) return pause();
      move(next, again);
      tick(now, days - whole, true);
    }, wait);
  }

  function play() {
    const atEnd = glide(1) === null;
    if (atEnd) rewind();
    setPlaying(true);
    tick(performance.now(), 0, atEnd);
  }

  onCleanup(pause);
  return { playing, toggle: () => (playing() ? pause() : play()), pause, speed, setSpeed };
}
