// The answer to a near question: the message first, then what covers the place, then what lies
// certainly and what possibly within the radius, by distance; the notice always.

import { For, Show } from "solid-js";
import type { AtlasFeature } from "../api/types";
import { areaLook } from "../map/looks";
import { type Clocks, saidOf, thing } from "../panel/row";
import { useAtlas } from "../state/atlas";
import type { AnsweredNear as Answer } from "../state/near";
import { fileName } from "../take/files";
import { text } from "../text";
import { distancePhrase, nameOf, namesIn, nearMessage, str } from "../text/phrases";
import { sayWhen } from "../text/when";
import { statusDay } from "../time/when";
import { Ahead } from "../ui/ahead";
import { AnswerStatus } from "../ui/answer-status";
import { leave } from "../ui/leave";
import { Naming } from "../ui/said";
import { AreaMark } from "../ui/swatch";

export function NearAnswer() {
  const atlas = useAtlas();
  const answer = () => (atlas.near.error() ? undefined : atlas.near.value());
  const message = () => {
    const found = answer();
    return found ? nearMessage(found, atlas.placeWords(found.place), found.asked.known) : "";
  };
  return (
    <section class="near-answer" aria-busy={atlas.near.loading()}>
      <AnswerStatus of={atlas.near} />
      <Show when={atlas.near.error()}>
        <button type="button" onClick={() => leave(() => atlas.askNear(null), ".panel")}>
          {text.near.clear}
        </button>
      </Show>
      <Show when={answer()}>{(found) => <Head answer={found()} />}</Show>
      {/* It alone is read out, not every row; it stands before its words do, or they would not be. */}
      <p class="message" aria-live="polite">
        {message()}
      </p>
      <Show when={answer()}>{(found) => <Found answer={found()} />}</Show>
    </section>
  );
}

function Head(props: { answer: Answer }) {
  const atlas = useAtlas();
  const place = () => atlas.placeWords(props.answer.place);
  return (
    <>
      <header class="panel-head">
        <h2 tabindex="-1">{text.near.heading(place(), props.answer.radius_m)}</h2>
        <button type="button" onClick={() => leave(() => atlas.askNear(null), ".panel")}>
          {text.near.clear}
        </button>
      </header>
      <p class="quiet">
        <Show when={props.answer.place.country}>{(code) => <>{text.country(code())} · </>}</Show>
        <Show when={props.answer.asked.when}>{(when) => <>{sayWhen(when())}</>}</Show>
        <Show when={props.answer.asked.known}>
          {(known) => <>, {text.clock.knownOn(known())}</>}
        </Show>
      </p>
      <Ahead when={props.answer.asked.when ?? atlas.when()} />
    </>
  );
}

function Found(props: { answer: Answer }) {
  const atlas = useAtlas();
  const lang = () => atlas.words.foreign() ?? undefined;
  const of = (match: string) =>
    props.answer.features.filter(({ properties }) => str(properties ?? {}, "match") === match);
  const known = () => props.answer.asked.known;
  const clocks = () => ({
    day: statusDay(props.answer.asked.when ?? atlas.when(), atlas.now),
    known: known(),
  });
  const file = () => fileName("near", props.answer.asked.when ?? atlas.when(), known(), "geojson");
  return (
    <>
      <Show when={known()}>
        <p class="quiet">{text.time.notKnown.leftOut}</p>
      </Show>
      <Show when={props.answer.place.notes}>
        {(notes) => (
          <p class="note" lang={lang()}>
            {notes()}
          </p>
        )}
      </Show>
      <For each={props.answer.place.namesakes}>
        {({ name, notes }) => (
          <p class="note">
            {text.near.namesake(name)} <span lang={lang()}>{notes}</span>
          </p>
        )}
      </For>
      <p class="warning">{atlas.words.notice() ?? props.answer.notice}</p>
      <Show when={text.translation}>{(words) => <p class="note">{words()}</p>}</Show>
      <Show when={!atlas.isMapless()}>
        <p class="quiet by-hand">{text.circle.byHand}</p>
      </Show>
      <Group
        title={text.near.certain}
        help={text.near.certainHelp}
        areas={of("certain")}
        clocks={clocks()}
      />
      <Group
        title={text.near.possible}
        help={text.near.possibleHelp}
        areas={of("possible")}
        clocks={clocks()}
      />
      <Group title={text.near.covering} areas={props.answer.covering} clocks={clocks()} />
      <Group
        title={text.near.unlocated}
        help={text.near.unlocatedHelp}
        areas={props.answer.unlocated ?? []}
        clocks={clocks()}
      />
      <p>
        <a href={props.answer.asked.url} download={file()}>
          {text.near.download}
        </a>
      </p>
      <p>
        <button type="button" onClick={() => atlas.openSheet("take")}>
          {text.take.more}
        </button>
      </p>
    </>
  );
}

function Group(props: {
  title: string;
  help?: string;
  areas: readonly AtlasFeature[];
  clocks: Clocks;
}) {
  return (
    <Show when={props.areas.length}>
      <section class="group">
        <h3>{props.title}</h3>
        <Show when={props.help}>{(help) => <p class="quiet">{help()}</p>}</Show>
        <ul class="rows">
          <For each={props.areas}>{(area) => <Row area={area} clocks={props.clocks} />}</For>
        </ul>
      </section>
    </Show>
  );
}

function Row(props: { area: AtlasFeature; clocks: Clocks }) {
  const atlas = useAtlas();
  const fields = () => props.area.properties;
  const selection = () => ({
    collection: str(fields(), "collection"),
    id: String(props.area.id),
  });
  const isArea = () => atlas.kindOf(selection().collection) === "reported-area";
  return (
    <li>
      <button
        type="button"
        class="row"
        data-thing={thing(selection())}
        onClick={() => atlas.select(selection(), "show")}
      >
        <Show when={isArea()}>
          <AreaMark
            look={areaLook(str(fields(), "status"), str(fields(), "status_class"))}
            contested={fields().contested === true}
          />
        </Show>
        <span class="row-text">
          <span class="row-name">{nameOf(fields(), String(props.area.id))}</span>
          <Show when={isArea()}>
            <span>
              <Naming
                words={saidOf("reported-area", props.area, props.clocks)}
                names={namesIn(fields())}
              />
            </span>
          </Show>
          <span class="quiet">{distancePhrase(fields())}</span>
        </span>
      </button>
    </li>
  );
}
