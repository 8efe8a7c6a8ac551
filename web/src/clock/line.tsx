// The clock's line: what happened stands on it as marks, and thumbs show which days the map draws
// and as known on which day.
import { createMemo, createSignal, For, Show } from "solid-js";
import { useAtlas } from "../state/atlas";
import { text } from "../text";
import { isoDay } from "../time/edtf";
import { moveTo, oneDay, range, within } from "../time/when";
import { drag } from "./drag";
import { Marks } from "./marks";
import { LINE_START, type Mark, type Moment, marksOn, years } from "./moments";
import { dayAt } from "./motion";
import { Thumb } from "./thumb";

/** How near to a mark, in pixels, a pointer means it. */
const SLACK = 7;

export interface Line {
  first: number;
  last: number;
}

const sayDay = (day: number) => (Number.isFinite(day) ? text.day(isoDay(day)) : text.time.open);

interface Props {
  all: readonly Moment[];
  /** The marks under the pointer, or the one that the keyboard is on. */
  onPoint: (marks: readonly Mark[]) => void;
  onTouch: () => void;
}

export function TimeLine(props: Props) {
  const atlas = useAtlas();
  let lane: HTMLDivElement | undefined;
  const finite = (...days: (number | null)[]) =>
    days.filter((day): day is number => day !== null && Number.isFinite(day));
  /** From the usual start to today, or as far as what is shown asks for. */
  const asked = createMemo((): Line => {
    const { first, last } = atlas.when();
    const days = finite(first, last, atlas.knownDay());
    return { first: Math.min(LINE_START, ...days), last: Math.max(atlas.now, ...days) };
  });
  // While a thumb is held the line only grows: what shrinks under a finger cannot be aimed at.
  const [held, setHeld] = createSignal<Line | null>(null);
  const line = createMemo((): Line => {
    const least = held();
    const { first, last } = asked();
    return least
      ? { first: Math.min(first, least.first), last: Math.max(last, least.last) }
      : { first, last };
  });
  const at = (day: number) => (day - line().first) / (line().last - line().first);
  const left = (day: number) => `${Math.min(Math.max(at(day), 0), 1) * 100}%`;
  const marks = createMemo(() => marksOn(props.all, line().first, line().last));

  const placeOf = (event: PointerEvent) => {
    const box = (lane as HTMLDivElement).getBoundingClientRect();
    return { x: event.clientX - box.x, y: (event.clientY - box.y) / box.height, width: box.width };
  };
  /** The marks under a pointer, nearest first: events in the upper half, claims in the lower. */
  function near(event: PointerEvent): Mark[] {
    const { x, y, width } = placeOf(event);
    const type = y < 0.5 ? "event" : "claim";
    const distance = (mark: Mark) => Math.abs(at(mark.day) * width - x);
    return marks()
      .filter((mark) => mark.type === type && distance(mark) <= SLACK)
      .sort((a, b) => distance(a) - distance(b));
  }
  function choose({ day }: Mark) {
    props.onTouch();
    const { mode, last } = atlas.when();
    const isRange = mode === "range" && Number.isFinite(last);
    atlas.setWhen(isRange ? moveTo(atlas.when(), day) : oneDay(day));
  }

  const when = () => atlas.when();
  const setFirst = (to: number) =>
    atlas.setWhen(range(Math.min(within(to), when().last), when().last));
  const setLast = (to: number) => {
    const { mode, first } = when();
    atlas.setWhen(mode === "day" ? oneDay(within(to)) : range(first, Math.max(within(to), first)));
  };
  const setKnown = (day: number) => atlas.setKnown(within(day));

  const hold = (event: PointerEvent, move: (day: number) => void) => {
    props.onTouch();
    props.onPoint([]);
    setHeld(line());
    drag(event, lane as HTMLDivElement, {
      to: (place) => move(dayAt(place, line().first, line().last)),
      // The line follows the day, so that its end is where the thumb is.
      beyond: (days) => move(days < 0 ? line().first + days : line().last + days),
      done: () => setHeld(null),
    });
  };

  /** A touch of the bare line moves the nearest thumb there; one near a mark means the mark. */
  function touch(event: PointerEvent) {
    if (event.button !== 0 || (event.target as Element).closest(".thumb")) return;
    const [mark] = near(event);
    if (mark) return choose(mark);
    if (when().mode === "all") return;
    const day = dayAt(placeOf(event).x / placeOf(event).width, line().first, line().last);
    const nearer = Math.abs(day - when().first) < Math.abs(day - when().last);
    const move = when().mode === "range" && nearer ? setFirst : setLast;
    move(day);
    hold(event, move);
  }

  return (
    // Pointing is a shorter way only: thumbs and marks have the keyboard.
    <div
      class="line"
      onPointerDown={touch}
      onPointerMove={(event) => {
        if (!held() && event.pointerType !== "touch") props.onPoint(near(event));
      }}
      onPointerLeave={() => props.onPoint([])}
    >
      <div class="lane" ref={lane}>
        <Marks of={marks()} left={left} onPoint={props.onPoint} onChoose={choose} />
        <div class="track">
          <Show when={when().mode !== "day"}>
            <div
              class="shown"
              style={{
                left: left(when().first),
                right: `${100 - Number.parseFloat(left(when().last))}%`,
              }}
            />
          </Show>
        </div>
        <Show when={when().mode === "range"}>
          <Thumb
            kind="from"
            label={text.time.fromThumb}
            day={Math.max(when().first, line().first)}
            said={sayDay(when().first)}
            line={line()}
            left={left}
            onDay={setFirst}
            onHold={(event) => hold(event, setFirst)}
          />
        </Show>
        <Show when={when().mode !== "all"}>
          <Thumb
            kind="day"
            label={when().mode === "day" ? text.clock.slider : text.time.toThumb}
            day={Math.min(when().last, line().last)}
            said={sayDay(when().last)}
            line={line()}
            left={left}
            onDay={setLast}
            onHold={(event) => hold(event, setLast)}
          />
        </Show>
        <Thumb
          kind="known"
          label={text.time.knownThumb}
          day={atlas.knownDay() ?? atlas.now}
          said={atlas.known() ? sayDay(atlas.knownDay() ?? Infinity) : text.clock.everything}
          line={line()}
          left={left}
          onDay={setKnown}
          onHold={(event) => hold(event, setKnown)}
        />
      </div>
      <div class="years" aria-hidden="true">
        <For each={years(line().first, line().last)}>
          {({ at: place, year }) => <span style={{ left: `${place * 100}%` }}>{year}</span>}
        </For>
      </div>
    </div>
  );
}
