// The panel's sheet for comparing: what each side shows, changes worth looking at, and what differs.
import { createSignal, For, Show } from "solid-js";
import { ask } from "../api/client";
import type { Source } from "../api/types";
import { createAnswer } from "../state/answer";
import { useAtlas } from "../state/atlas";
import { MIDDLE } from "../state/compare";
import { useComparison } from "../state/comparison";
import { text } from "../text";
import { sayDate } from "../text/phrases";
import { sayWhen } from "../text/when";
import { isoDay, parseDay } from "../time/edtf";
import { leave } from "../ui/leave";
import { Cases } from "./cases";
import { Differences } from "./what-differs";

export function CompareSheet() {
  const atlas = useAtlas();
  const comparison = useComparison();
  let heading: HTMLHeadingElement | undefined;
  return (
    <section class="sheet compare">
      <header class="panel-head">
        <h2 tabindex="-1" ref={heading}>
          {text.compare.title}
        </h2>
        <button type="button" onClick={() => atlas.openSheet(null)}>
          {text.panel.close}
        </button>
      </header>
      <p class="quiet">{text.compare.help}</p>
      <Show when={comparison.isOn()} fallback={<Begin />}>
        <Sides />
        <p>
          <button type="button" onClick={() => leave(comparison.stop, heading)}>
            {text.compare.stop}
          </button>
        </p>
        <Differences />
      </Show>
      <Cases opened={() => heading?.focus()} />
    </section>
  );
}

/** Another day to put on the left; the year before the clock's, until the reader says. */
function Begin() {
  const atlas = useAtlas();
  const [day, setDay] = createSignal(isoDay(atlas.day() - 365));
  return (
    <form
      class="compare-begin"
      onSubmit={(event) => {
        event.preventDefault();
        atlas.compare({ left: { day: day() }, right: null, at: MIDDLE, readsLeft: false }, "push");
      }}
    >
      <DayInput value={day()} onDay={setDay} />
      <button type="submit">{text.compare.begin}</button>
    </form>
  );
}

function DayInput(props: { value: string; onDay: (day: string) => void }) {
  return (
    <label>
      <span>{text.compare.day}</span>
      <input
        type="date"
        required
        value={props.value}
        onChange={(event) => {
          const written = event.currentTarget.value;
          if (parseDay(written) !== null && written >= "1000") props.onDay(written);
        }}
        onBlur={(event) => {
          // What was not taken must not stand there as if it had been.
          event.currentTarget.value = props.value;
        }}
      />
    </label>
  );
}

function Sides() {
  const atlas = useAtlas();
  const comparison = useComparison();
  const sources = createAnswer(
    () => "/sources?f=json",
    async (url, signal) => (await ask<{ sources: Source[] }>(url, signal)).sources,
  );
  const titleOf = (id: string) => sources.value()?.find((source) => source.id === id)?.title ?? id;
  const left = () => atlas.state.compare?.left;
  const day = () => {
    const face = left();
    return face && "day" in face ? face.day : null;
  };
  const options = (chosen: string | null) => (
    <>
      <For each={comparison.maps()}>
        {({ source, mapped }) => (
          <option value={source} selected={source === chosen}>
            {text.compare.depiction(sayDate(mapped), titleOf(source))}
          </option>
        )}
      </For>
      <Show when={comparison.unknown().find((source) => source === chosen)}>
        {(source) => (
          <option value={source()} selected>
            {text.compare.unknown(source())}
          </option>
        )}
      </Show>
    </>
  );
  return (
    <div class="compare-sides">
      <label>
        <span>{text.compare.left}</span>
        <select
          onChange={(event) => {
            const source = event.currentTarget.value;
            comparison.change(
              { left: source ? { source } : { day: isoDay(atlas.day() - 365) } },
              "push",
            );
          }}
        >
          <option value="" selected={day() !== null}>
            {text.compare.aDay}
          </option>
          {options(comparison.sourceOf("left"))}
        </select>
      </label>
      <Show when={day()}>
        {(written) => (
          <DayInput
            value={written()}
            onDay={(to) => comparison.change({ left: { day: to } }, "push")}
          />
        )}
      </Show>
      <label>
        <span>{text.compare.right}</span>
        <select
          onChange={(event) => {
            const source = event.currentTarget.value;
            comparison.change({ right: source ? { source } : null }, "push");
          }}
        >
          <option value="" selected={comparison.sourceOf("right") === null}>
            {text.compare.theClock(sayWhen(atlas.when()))}
          </option>
          {options(comparison.sourceOf("right"))}
        </select>
      </label>
      <Show when={comparison.sourceOf("left") ?? comparison.sourceOf("right")}>
        <p class="note">{text.compare.depictionNote}</p>
      </Show>
    </div>
  );
}
