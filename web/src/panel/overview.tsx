// Everything on the clock's day as lists: the map for a keyboard, and the way to take it away.

import { createMemo, For, Show } from "solid-js";
import type { AtlasFeature } from "../api/types";
import { coversWhole, daysOf } from "../map/prepare";
import { isTiled } from "../map/tiled";
import { type Atlas, useAtlas } from "../state/atlas";
import type { Layer } from "../state/layers";
import { text } from "../text";
import { capNote } from "../text/phrases";
import { areasStatus, listed, withKnown } from "../text/when";
import { overlaps } from "../time/when";
import { Ahead } from "../ui/ahead";
import { Failure, Loading } from "../ui/answer-status";
import { aTurnAfter } from "../ui/slices";
import { FeatureRow } from "./row";

/** The rows of one layer of the reader's own; the map and the download have all of it. */
const ROWS = 200;

/**
 * Which lists are due. The first come one after the other, each in a turn of its own after what the
 * map makes of the same answers: together they would hold the reader up.
 */
export function createListing(atlas: Atlas) {
  const come = createMemo(() => atlas.layers.ofKind("reported-area"));
  const hasAreas = () =>
    atlas.collections.value()?.some(({ kind }) => kind === "reported-area") ?? false;
  const isListed = aTurnAfter(() => come().length > 0);
  /** Reported areas, by layer. */
  const areas = () => (isListed() ? come() : []);
  const isComing = () => atlas.layers.loading() || come().length > areas().length;
  // The layers are not yet asked for in the moment in which the collections come.
  const asked = () => atlas.collections.value() !== undefined && !atlas.collections.loading();
  const waiting = () => hasAreas() && areas().length === 0 && isComing();
  /** What comes below the areas waits for them the first time: it would jump away from a reader. */
  const others = aTurnAfter(() => asked() && !waiting());
  return { hasAreas, areas, isComing, others };
}

export function Overview(props: { of: ReturnType<typeof createListing> }) {
  const atlas = useAtlas();
  const { hasAreas, areas, isComing, others } = props.of;
  return (
    <>
      <Loading of={atlas.collections} />
      <Show when={atlas.collections.error()}>
        {(sentence) => (
          <Failure
            words={`${text.time.areasMissing} ${sentence()}`}
            retry={atlas.collections.retry}
          />
        )}
      </Show>
      <Show when={atlas.collections.value()}>
        <Show when={hasAreas()} fallback={<p class="warning">{text.panel.noAreaLayer}</p>}>
          <h2>
            {withKnown(listed(atlas.when(), text.panel.areas, text.time.areas), atlas.known())}
          </h2>
          <Ahead when={atlas.when()} />
          <Show when={atlas.known()}>
            <p class="quiet">{text.time.notKnown.leftOut}</p>
          </Show>
          <Show when={atlas.when().mode !== "day"}>
            <p class="quiet">{areasStatus(atlas.dayText(), atlas.known())}</p>
          </Show>
        </Show>
      </Show>
      <Show when={hasAreas() && areas().length === 0}>
        <Show when={isComing()} fallback={<p class="warning">{text.time.areasMissing}</p>}>
          <p class="loading">{text.loading}</p>
        </Show>
      </Show>
      <For each={areas()}>{(layer) => <Areas layer={layer} titled={areas().length > 1} />}</For>
      <Show when={others()}>
        <Section
          title={listed(atlas.when(), text.panel.enclaves, text.time.enclaves)}
          none={text.panel.noEnclaves}
          layers={atlas.layers.ofKind("enclave")}
        />
        <Section
          title={listed(atlas.when(), text.panel.borders, text.time.borders)}
          none={text.panel.noBorders}
          layers={atlas.layers.ofKind("border")}
        />
        <For each={atlas.layers.ofKind("plain")}>{(layer) => <Own layer={layer} />}</For>
        <p>
          <button type="button" onClick={() => atlas.openSheet("take")}>
            {text.take.title}
          </button>
        </p>
        <Show when={text.translation}>{(words) => <p class="note">{words()}</p>}</Show>
      </Show>
    </>
  );
}

function Areas(props: { layer: Layer; titled: boolean }) {
  const atlas = useAtlas();
  const id = () => props.layer.collection.id;
  const of = (takes: (area: AtlasFeature) => boolean) => props.layer.features.filter(takes);
  const located = () => of((area) => area.geometry !== null && !coversWhole(area));
  const whole = () => of((area) => area.geometry !== null && coversWhole(area));
  const unlocated = () => of((area) => area.geometry === null);
  const noAreas = () => {
    const known = atlas.known();
    return known ? text.time.notKnown.noAreas(known) : text.panel.noAreas;
  };
  return (
    <>
      <Show when={props.titled}>
        <h3>{atlas.words.titleOf(props.layer.collection)}</h3>
      </Show>
      <Show when={props.layer.features.length === 0}>
        <p>{noAreas()}</p>
      </Show>
      <Capped layer={props.layer} />
      <Rows collection={id()} features={located()} />
      <Show when={whole().length}>
        <h3>{text.panel.whole}</h3>
        <p class="quiet">{text.panel.wholeNote}</p>
        <Rows collection={id()} features={whole()} />
      </Show>
      <Show when={unlocated().length}>
        <h3>{text.panel.unlocated}</h3>
        <p class="quiet">{text.panel.unlocatedNote}</p>
        <Rows collection={id()} features={unlocated()} />
      </Show>
    </>
  );
}

function Section(props: { title: string; none: string; layers: Layer[] }) {
  const atlas = useAtlas();
  /** One of each thing: over a range several of its versions may have held. */
  const held = (features: readonly AtlasFeature[]) => {
    const things = features.filter((feature) => overlaps(daysOf(feature), atlas.when()));
    return [...new Map(things.map((feature) => [feature.id, feature])).values()];
  };
  return (
    <Show when={props.layers.length}>
      <h2>{withKnown(props.title, atlas.known())}</h2>
      <For each={props.layers}>
        {(layer) => (
          <>
            <Capped layer={layer} />
            <Show when={held(layer.features).length} fallback={<p>{props.none}</p>}>
              <Rows collection={layer.collection.id} features={held(layer.features)} />
            </Show>
          </>
        )}
      </For>
    </Show>
  );
}

function Own(props: { layer: Layer }) {
  const atlas = useAtlas();
  const held = () =>
    props.layer.features.filter((feature) => overlaps(daysOf(feature, "plain"), atlas.when()));
  const more = () => held().length - ROWS;
  return (
    <>
      <h2>{atlas.words.titleOf(props.layer.collection)}</h2>
      <Show when={isTiled(props.layer.collection)} fallback={<Capped layer={props.layer} />}>
        <p class="quiet">
          {text.panel.inView(
            props.layer.features.length,
            props.layer.matched ?? props.layer.features.length,
            props.layer.collection.count ?? 0,
          )}
        </p>
      </Show>
      <Rows collection={props.layer.collection.id} features={held().slice(0, ROWS)} />
      <Show when={more() > 0}>
        <p class="quiet">{text.panel.more(more())}</p>
      </Show>
    </>
  );
}

function Capped(props: { layer: Layer }) {
  return <Show when={capNote(props.layer)}>{(note) => <p class="note">{note()}.</p>}</Show>;
}

function Rows(props: { collection: string; features: readonly AtlasFeature[] }) {
  return (
    <ul class="rows">
      <For each={props.features}>
        {(feature) => (
          <FeatureRow selection={{ collection: props.collection, id: String(feature.id) }} show />
        )}
      </For>
    </ul>
  );
}
