// A day to be typed.
import { createSignal, Show } from "solid-js";
import { text } from "../text";
import { parseDay } from "../time/edtf";
import { within } from "../time/when";

export function DayField(props: {
  label: string;
  value: string;
  help?: string;
  /** From this day on a day is none, which is said. */
  none?: number;
  /** Somebody is about to type. */
  onBegin: () => void;
  /** Null is an emptied field. */
  onDay: (day: number | null) => void;
}) {
  const [wrong, setWrong] = createSignal<"" | "notADate" | "tooEarly" | "notYet">("");
  /** Whether a part of what is written was deleted. */
  let isBroken = false;
  const isTooEarly = (day: number | null) => day !== null && day < within(day);
  return (
    <>
      <label class="day" title={props.help}>
        <span>{props.label}</span>
        <input
          type="date"
          // A date field knows no year 0.
          value={props.value.startsWith("0000") ? "" : props.value}
          aria-invalid={wrong() === "notADate"}
          onFocus={() => {
            setWrong("");
            props.onBegin();
          }}
          onChange={(event) => {
            // A date of which a part was deleted is about to be written, and not emptied yet.
            isBroken = event.currentTarget.validity.badInput;
            if (isBroken) return;
            const written = event.currentTarget.value;
            const day = parseDay(written);
            // Typing 2024 passes through the years 2, 20 and 202: they are not meant.
            if (isTooEarly(day)) return;
            setWrong(written !== "" && day === null ? "notADate" : "");
            if (day === null && written !== "") return;
            if (day !== null && day >= (props.none ?? Infinity)) setWrong("notYet");
            props.onDay(day);
            // A day that the clock did not take must not stand there as if it had.
            event.currentTarget.value = props.value;
          }}
          onBlur={(event) => {
            const field = event.currentTarget;
            const isHalf = field.validity.badInput;
            // Of the last parts that were deleted the browser tells nothing.
            if (isBroken && !isHalf && field.value === "") props.onDay(null);
            // Left there, they are: the clock has not taken them.
            const isEarly = isTooEarly(parseDay(field.value));
            if (isBroken || isEarly) field.value = props.value;
            isBroken = false;
            if (isEarly || isHalf) setWrong(isEarly ? "tooEarly" : "notADate");
          }}
        />
      </label>
      {/* Beside the label: within, it would be a part of the field's name. */}
      <Show when={wrong()}>
        {(why) => <span role="alert">{text.clock[why() as "notADate"]}</span>}
      </Show>
    </>
  );
}
