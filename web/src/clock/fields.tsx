// The clock in words and figures: what it shows, its days to be typed, how fast it plays.
import { For, Match, Show, Switch } from "solid-js";
import { useAtlas } from "../state/atlas";
import { text } from "../text";
import { isoDay } from "../time/edtf";
import { ALL, addMonths, type Mode, oneDay, range, withFirst, withLast } from "../time/when";
import { leave } from "../ui/leave";
import { DayField } from "./day-field";

const MODES: readonly Mode[] = ["day", "range", "all"];
/** How far a range reaches back when it is first asked for. */
const MONTHS = 60;
/** Where the keyboard goes when the field beside a button went with it. */
const DAY = ".clock .day input";

const fieldBeside = (button: Element) => button.previousElementSibling?.querySelector("input");

export function Fields(props: { onTouch: () => void }) {
  const atlas = useAtlas();
  const when = () => atlas.when();
  const written = (day: number) => (Number.isFinite(day) ? isoDay(day) : "");

  function show(mode: Mode) {
    const day = atlas.day();
    if (mode === "all") atlas.setWhen(ALL);
    else atlas.setWhen(mode === "day" ? oneDay(day) : range(addMonths(day, -MONTHS), day));
  }
  // A day that is being typed passes through others: the end that it moves along comes back with it.
  let before = when();
  const begin = () => {
    props.onTouch();
    before = when();
  };
  /** An emptied end is open. */
  const setFirst = (day: number | null) => atlas.setWhen(withFirst(before, day ?? -Infinity));
  const setLast = (day: number | null) => atlas.setWhen(withLast(before, day ?? Infinity));

  return (
    <>
      <select
        aria-label={text.time.mode}
        value={when().mode}
        onChange={(event) => show(event.currentTarget.value as Mode)}
      >
        <For each={MODES}>{(mode) => <option value={mode}>{text.time.modes[mode]}</option>}</For>
      </select>
      <Switch>
        <Match when={when().mode === "day"}>
          <DayField
            label={text.clock.date}
            value={written(when().last)}
            onBegin={begin}
            onDay={(day) => atlas.setWhen(oneDay(day ?? atlas.now))}
          />
        </Match>
        <Match when={when().mode === "range"}>
          <DayField
            label={text.time.from}
            value={written(when().first)}
            onBegin={begin}
            onDay={setFirst}
          />
          <DayField
            label={text.time.to}
            value={written(when().last)}
            onBegin={begin}
            onDay={setLast}
          />
        </Match>
      </Switch>
      <Show when={when().mode !== "day" || when().last !== atlas.now}>
        <button
          type="button"
          onClick={(event) =>
            leave(() => atlas.setWhen(oneDay(atlas.now)), fieldBeside(event.currentTarget), DAY)
          }
        >
          {text.clock.today}
        </button>
      </Show>
      <DayField
        label={text.clock.known}
        value={atlas.known() ?? ""}
        help={text.clock.knownHelp}
        none={atlas.now}
        onBegin={begin}
        onDay={atlas.setKnown}
      />
      <Show when={atlas.known()}>
        <button
          type="button"
          onClick={(event) =>
            leave(() => atlas.setKnown(null), fieldBeside(event.currentTarget), DAY)
          }
        >
          {text.clock.everything}
        </button>
      </Show>
    </>
  );
}
