// Following a pointer along the line, and on past its ends while it is held there.
import { overscrolled } from "./motion";

interface Follower {
  /** 0 at the line's start, 1 at its end. */
  to: (place: number) => void;
  /** So many days past an end: negative past the start. */
  beyond: (days: number) => void;
  done: () => void;
}

const TICK = 50;

/** Follows a pointer that has just gone down until it is let go. */
export function drag(down: PointerEvent, line: HTMLElement, { to, beyond, done }: Follower) {
  const target = down.currentTarget as HTMLElement;
  let past: -1 | 0 | 1 = 0;
  let since = 0;

  const move = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return;
    const { left, right, width } = line.getBoundingClientRect();
    const now = event.clientX < left ? -1 : event.clientX > right ? 1 : 0;
    if (now !== past) {
      since = performance.now();
      // A quick hand may leave the line between two events: its end is where it went.
      if (now !== 0) to(now < 0 ? 0 : 1);
    }
    past = now;
    if (past === 0) to((event.clientX - left) / width);
  };
  const timer = setInterval(() => {
    if (past !== 0) beyond(past * overscrolled(performance.now() - since, TICK));
  }, TICK);
  const stop = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return;
    clearInterval(timer);
    target.removeEventListener("pointermove", move);
    target.removeEventListener("pointerup", stop);
    target.removeEventListener("pointercancel", stop);
    done();
  };

  target.setPointerCapture(down.pointerId);
  target.addEventListener("pointermove", move);
  target.addEventListener("pointerup", stop);
  target.addEventListener("pointercancel", stop);
}
