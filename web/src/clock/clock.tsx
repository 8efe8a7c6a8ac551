// The clock under the map: which day the map shows, and as known on which day.
import { createMemo, createSignal, For, Show } from "solid-js";
import { useAtlas } from "../state/atlas";
import { text } from "../text";
import { isoDay, parseDay } from "../time/edtf";
import { type Moment, moments, SLIDER_START, step, ticks, years } from "./moments";

const YEAR_1000 = parseDay("1000-01-01") as number;

export function Clock() {
  const atlas = useAtlas();
  const all = createMemo(() =>
    moments(
      atlas.ledger.value()?.entries ?? [],
      ["border", "territory", "enclave"]
        .flatMap(atlas.layers.ofKind)
        .flatMap(({ features }) => features),
    ),
  );
  const first = () => Math.min(SLIDER_START, atlas.day());
  const last = () => Math.max(atlas.now, atlas.day());
  const marks = createMemo(() => ticks(all(), first(), last()));
  const here = createMemo(() => all().find(({ day }) => day === atlas.day()) ?? null);
  const target = (direction: -1 | 1) => step(all(), atlas.day(), direction, last());
  const go = (direction: -1 | 1) => {
    const moment = target(direction);
    if (moment) atlas.setDay(moment.day);
  };

  return (
    <section class="clock" aria-label={text.clock.label}>
      <div class="clock-row">
        <button
          type="button"
          class="step"
          disabled={!target(-1)}
          onClick={() => go(-1)}
          aria-label={text.clock.previous}
          title={text.clock.previous}
        >
          ‹
        </button>
        <div class="slider">
          <Ticks of={marks()} />
          <input
            type="range"
            min={first()}
            max={last()}
            value={atlas.day()}
            aria-label={text.clock.slider}
            aria-valuetext={text.day(atlas.dayText())}
            onInput={(event) => atlas.setDay(event.currentTarget.valueAsNumber)}
          />
          <div class="years" aria-hidden="true">
            <For each={years(first(), last())}>
              {({ at, year }) => <span style={{ left: `${at * 100}%` }}>{year}</span>}
            </For>
          </div>
        </div>
        <button
          type="button"
          class="step"
          disabled={!target(1)}
          onClick={() => go(1)}
          aria-label={text.clock.next}
          title={text.clock.next}
        >
          ›
        </button>
      </div>
      <div class="clock-row fields">
        <DayField
          label={text.clock.date}
          value={atlas.dayText()}
          onDay={(day) => atlas.setDay(day ?? atlas.now)}
        />
        <Show when={atlas.day() !== atlas.now}>
          <button type="button" onClick={() => atlas.setDay(atlas.now)}>
            {text.clock.today}
          </button>
        </Show>
        <DayField
          label={text.clock.known}
          value={atlas.known() ?? ""}
          help={text.clock.knownHelp}
          onDay={(day) => atlas.setKnown(day === null ? null : isoDay(day))}
        />
        <Show when={atlas.known()}>
          <button type="button" onClick={() => atlas.setKnown(null)}>
            {text.clock.everything}
          </button>
        </Show>
      </div>
      <p class="moment" aria-live="polite">
        <strong>{text.day(atlas.dayText())}</strong>
        <Show when={atlas.known()}>{(known) => <>, {text.clock.knownOn(known())}</>}</Show>
        <Show when={here()}>{(moment) => <MomentLine moment={moment()} />}</Show>
      </p>
    </section>
  );
}

function Ticks(props: { of: ReturnType<typeof ticks> }) {
  return (
    <svg class="ticks" viewBox="0 0 1000 20" preserveAspectRatio="none" role="img">
      <title>{text.clock.ticks}</title>
      <For each={props.of}>
        {(tick) => (
          <line
            x1={tick.at * 1000}
            x2={tick.at * 1000}
            y1={tick.type === "event" ? 0 : 11}
            y2={tick.type === "event" ? 9 : 20}
            class={tick.type}
            vector-effect="non-scaling-stroke"
          />
        )}
      </For>
    </svg>
  );
}

/** What happens on the day the clock shows: two titles, and how many more. */
function MomentLine(props: { moment: Moment }) {
  const titles = () => [
    ...props.moment.entries.map(
      (entry) =>
        `${entry.type === "event" ? text.clock.event : text.clock.claim}: ${entry.title ?? entry.summary ?? entry.id}`,
    ),
    ...(props.moment.changes.length
      ? [text.clock.changes(props.moment.changes.slice(0, 3).join(", "))]
      : []),
  ];
  const shown = () => titles().slice(0, 2).join(" · ");
  const more = () => titles().length - 2;
  return (
    <>
      {" — "}
      {shown()}
      <Show when={more() > 0}> {text.clock.more(more())}</Show>
    </>
  );
}

function DayField(props: {
  label: string;
  value: string;
  help?: string;
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
          if (day !== null && day < YEAR_1000) return;
          setWrong(written !== "" && day === null);
          if (day !== null || written === "") props.onDay(day);
        }}
      />
      <Show when={wrong()}>
        <span role="alert">{text.clock.notADate}</span>
      </Show>
    </label>
  );
}
