// The clock in a sentence: what it shows, and what happens then.
import { For, Match, Show, Switch } from "solid-js";
import type { Entry } from "../api/types";
import { useAtlas } from "../state/atlas";
import { text } from "../text";
import { sayWhen } from "../text/when";
import { isAhead } from "../time/when";
import { Said } from "../ui/said";
import { isDisputed, type Mark, type Moment } from "./moments";
import { sayEntryDate, sayKind, titleOf } from "./words";

interface Props {
  all: readonly Moment[];
  /** How many entries of the ledger have no date. */
  undated: number;
  pointed: readonly Mark[];
  playing: boolean;
}

export function MomentLine(props: Props) {
  return (
    <div class="said">
      <Shown all={props.all} undated={props.undated} playing={props.playing} />
      <Show when={props.pointed.length}>
        {/* Screen readers hear the same as the name of the mark. */}
        <p class="pointed" aria-hidden="true">
          <Pointed marks={props.pointed} />
        </p>
      </Show>
    </div>
  );
}

/** `Event: Barak goes to Uzbekistan`: the kind in the reader's language, the rest in the atlas's. */
function Told(props: { entry: Entry }) {
  return (
    <>
      {sayKind(props.entry)}: <Said>{titleOf(props.entry)}</Said>
    </>
  );
}

/** What the marks under the pointer are: as much as the two lines hold. */
function Pointed(props: { marks: readonly Mark[] }) {
  const entries = () => props.marks.flatMap((mark) => mark.entries);
  const more = () => entries().length - 2;
  return (
    <>
      <For each={entries().slice(0, 2)}>
        {(entry, at) => (
          <>
            {at() > 0 ? " · " : ""}
            <strong>{sayEntryDate(entry)}</strong>
            {isDisputed(entry) ? ` (${text.time.disputed}) ` : " "}
            <Told entry={entry} />
          </>
        )}
      </For>
      <Show when={more() > 0}> {text.clock.more(more())}</Show>
    </>
  );
}

function Shown(props: Omit<Props, "pointed">) {
  const atlas = useAtlas();
  const when = () => atlas.when();
  const here = () => props.all.find(({ day }) => day === when().last);
  return (
    // Read out when it comes to rest: nobody can follow every day of a clock that plays.
    <p
      class="moment"
      classList={{ whole: when().mode !== "day" }}
      aria-live={props.playing ? "off" : "polite"}
    >
      {/* On a phone the button over it says so already. */}
      <span class="moment-days">
        <strong>{sayWhen(when())}</strong>
        <Show when={atlas.known()}>{(known) => <>, {text.clock.knownOn(known())}</>}</Show>
        <Show when={isAhead(when(), atlas.now)}> ({text.time.future})</Show>
        <Show when={when().mode !== "day" || here()}>{" — "}</Show>
      </span>
      <Switch>
        <Match when={when().mode === "all"}>
          {text.time.status(atlas.dayText())}; {text.time.allDrawn}
        </Match>
        <Match when={when().mode === "range"}>
          {text.time.status(atlas.dayText())}; {inRange(props.all, when())}
        </Match>
        <Match when={here()}>{(moment) => <Happens moment={moment()} />}</Match>
      </Switch>
      <Show when={when().mode !== "day" && props.undated}>
        {(many) => <>; {text.clock.undated(many())}</>}
      </Show>
    </p>
  );
}

function inRange(all: readonly Moment[], { first, last }: { first: number; last: number }): string {
  const entries = all
    .filter(({ day }) => day >= first && day <= last)
    .flatMap((moment) => moment.entries);
  const events = entries.filter(({ type }) => type === "event").length;
  return text.time.inRange(events, entries.length - events);
}

/** What happens on the clock's day: two titles, and how many more. */
function Happens(props: { moment: Moment }) {
  const entries = () => props.moment.entries;
  const changes = () => props.moment.changes;
  const told = () => entries().slice(0, 2);
  const isTold = () => told().length < 2 && changes().length > 0;
  const all = () => entries().length + (changes().length ? 1 : 0);
  const more = () => all() - told().length - (isTold() ? 1 : 0);
  return (
    <>
      <For each={told()}>
        {(entry, at) => (
          <>
            {at() > 0 ? " · " : ""}
            <Told entry={entry} />
          </>
        )}
      </For>
      <Show when={isTold()}>
        {told().length ? " · " : ""}
        {text.clock.changes(changes().slice(0, 3).join(", "))}
      </Show>
      <Show when={more() > 0}> {text.clock.more(more())}</Show>
    </>
  );
}
