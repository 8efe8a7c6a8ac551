// A thumb on the clock's line: dragged, or moved by keys day by day, month by month, year by year.
// Keys go past the ends of the line as a drag does; the line follows.
import { addMonths } from "../time/when";
import type { Line } from "./line";

interface Props {
  kind: "from" | "day" | "known";
  label: string;
  day: number;
  said: string;
  line: Line;
  left: (day: number) => string;
  onDay: (day: number) => void;
  onHold: (event: PointerEvent) => void;
}

export function Thumb(props: Props) {
  function target({ key, shiftKey }: KeyboardEvent): number | null {
    const by = (days: number) => (shiftKey ? addMonths(props.day, days) : props.day + days);
    switch (key) {
      case "ArrowRight":
      case "ArrowUp":
        return by(1);
      case "ArrowLeft":
      case "ArrowDown":
        return by(-1);
      case "PageUp":
        return addMonths(props.day, 12);
      case "PageDown":
        return addMonths(props.day, -12);
      case "Home":
        return props.line.first;
      case "End":
        return props.line.last;
      default:
        return null;
    }
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      class={`thumb ${props.kind}`}
      aria-label={props.label}
      aria-valuemin={props.line.first}
      aria-valuemax={props.line.last}
      aria-valuenow={props.day}
      aria-valuetext={props.said}
      style={{ left: props.left(props.day) }}
      onKeyDown={(event) => {
        const day = target(event);
        if (day === null) return;
        event.preventDefault();
        props.onDay(day);
      }}
      onPointerDown={(event) => event.button === 0 && props.onHold(event)}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={props.kind === "known" ? UP : DOWN} />
      </svg>
    </div>
  );
}

/** Pins that stand on the line, and hang from it. */
const DOWN = "M12 22 5 14V3h14v11Z";
const UP = "M12 2 19 10v11H5V10Z";
