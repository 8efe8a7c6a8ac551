// A day to be typed.
import { createSignal, Show } from "solid-js";
import { text } from "../text";
import { parseDay } from "../time/edtf";
import { within } from "../time/when";

export function DayField(props: {
  label: string;
  value: string;
  help?: string;
  /** Null is an emptied field. */
  onDay: (day: number | null) => void;
}) {
  const [wrong, setWrong] = createSignal(false);
  return (
    <label class="day" title={props.help}>
      <span>{props.label}</span>
      <input
        type="date"
        value={props.value}
        aria-invalid={wrong()}
        onChange={(event) => {
          const written = event.currentTarget.value;
          const day = parseDay(written);
          // Typing 2024 passes through the years 2, 20 and 202: they are not meant.
          if (day !== null && day < within(day)) return;
          setWrong(written !== "" && day === null);
          if (day === null && written !== "") return;
          props.onDay(day);
          // A day that the clock did not take must not stand there as if it had.
          event.currentTarget.value = props.value;
        }}
      />
      <Show when={wrong()}>
        <span role="alert">{text.clock.notADate}</span>
      </Show>
    </label>
  );
}
