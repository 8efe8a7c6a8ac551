// One thing of the atlas: its name, what is reported of it, its facts, its timeline.
import { For, Show } from "solid-js";
import { address, ask } from "../api/client";
import type { AtlasFeature, Timeline } from "../api/types";
import { CasesOf } from "../compare/cases";
import { DEPICTED } from "../compare/versions";
import { daysOf } from "../map/prepare";
import { type Answer, createAnswer } from "../state/answer";
import { around, datesOf, nearestDay, sayAround, told } from "../state/around";
import { useAtlas } from "../state/atlas";
import { useComparison } from "../state/comparison";
import { DEFAULT_RADIUS, type Selection } from "../state/hash";
import { text } from "../text";
import { nameOf, namesIn, str, validityPhrase } from "../text/phrases";
import { listed } from "../text/when";
import { isoDay } from "../time/edtf";
import { overlaps } from "../time/when";
import { AnswerStatus } from "../ui/answer-status";
import { leave } from "../ui/leave";
import { Naming, Said } from "../ui/said";
import { facts } from "./facts";
import { clocksOf, kindWords, saidOf } from "./row";
import { Status } from "./status";
import { TimelineView } from "./timeline";

/** Kinds that the ledger speaks of. */
const IN_LEDGER = new Set(["reported-area", "border", "enclave", "territory"]);

export function FeaturePanel(props: { selection: Selection }) {
  const atlas = useAtlas();
  const kind = () => atlas.kindOf(props.selection.collection);
  const current = () => atlas.current(props.selection);
  /** The version to tell of: the clock's, else the last there was, else the first there will be. */
  const feature = () => current() ?? told(atlas.versions(props.selection), kind(), atlas.when());
  const datesPhrase = (version: AtlasFeature) => {
    const { start, end } = datesOf(version, kind());
    return validityPhrase(start, end);
  };
  /** The versions that held over the clock's days. */
  const held = () =>
    atlas
      .versions(props.selection)
      .filter((version) => overlaps(daysOf(version, kind()), atlas.when()));
  const back = () => {
    if (atlas.spot()) return text.panel.backSpot;
    if (atlas.sheet() === "compare") return text.compare.back;
    return atlas.state.near ? text.panel.backNear : text.panel.back;
  };
  const title = () => {
    const collection = atlas.collectionOf(props.selection.collection);
    return collection && atlas.words.titleOf(collection);
  };
  /** The day that the clock was set to for this thing, while it stands there. */
  const brought = () => {
    const { selection, day } = atlas.brought() ?? {};
    const own =
      selection?.collection === props.selection.collection && selection.id === props.selection.id;
    return own && day === atlas.day() ? day : null;
  };
  const waiting = () =>
    atlas.collections.loading() || atlas.layers.loading() || atlas.picked.loading();

  /** What failed of all that could tell of the thing: it may be in the atlas nevertheless. */
  const failed = (): Answer<unknown> | undefined =>
    [
      atlas.collections,
      atlas.picked,
      ...atlas.layers
        .answers()
        .filter(({ collection }) => collection.id === props.selection.collection)
        .map(({ answer }) => answer),
    ].find(({ error }) => error() !== null);
  const missing = () => (waiting() ? text.panel.waiting : text.panel.notFound);

  const timeline = createAnswer(
    () =>
      atlas.collections.value() && IN_LEDGER.has(kind())
        ? address(
            `/collections/${encodeURIComponent(props.selection.collection)}/items/${encodeURIComponent(props.selection.id)}/timeline`,
            { "known-at": atlas.known() },
          )
        : null,
    (url, signal) => ask<Timeline>(url, signal),
    // It asks where a moving clock comes to rest.
    { wait: 400 },
  );

  return (
    <article class="feature">
      <button type="button" class="back" onClick={() => atlas.select(null)}>
        ‹ {back()}
      </button>
      <p class="kind">{kindWords(kind(), title())}</p>
      <h2 tabindex="-1">{nameOf(feature()?.properties ?? {}, props.selection.id)}</h2>
      <Show
        when={feature()}
        fallback={
          <Show when={failed()} fallback={<p>{missing()}</p>}>
            {(answer) => <AnswerStatus of={answer()} />}
          </Show>
        }
      >
        {(found) => (
          <>
            <Show when={!current()}>
              <Gone selection={props.selection} feature={found()} />
            </Show>
            <Show when={held().length > 1}>
              <p class="note">{text.time.versions(held().length)}</p>
              <ul class="versions">
                <For each={held()}>
                  {(one) => (
                    <li>
                      {datesPhrase(one)}:{" "}
                      <Naming
                        words={saidOf(kind(), one, clocksOf(atlas), title())}
                        names={namesIn(one.properties)}
                      />
                    </li>
                  )}
                </For>
              </ul>
            </Show>
            <Show when={brought()}>
              {(day) => (
                <p class="note" role="status">
                  {text.time.brought(nameOf(found().properties, props.selection.id), isoDay(day()))}
                </p>
              )}
            </Show>
            <Show when={kind() === "reported-area"}>
              <Status area={found()} timeline={timeline} />
            </Show>
            <dl class="facts">
              <For each={facts(kind(), found())}>
                {([name, value, said]) => (
                  <div>
                    <dt>{name}</dt>
                    <dd>{said ? <Said>{value}</Said> : value}</dd>
                  </div>
                )}
              </For>
              <Show when={kind() !== "plain" && str(found().properties, "source")}>
                {(source) => (
                  <div>
                    <dt>{text.panel.source}</dt>
                    <dd>
                      <a href={`/sources/${encodeURIComponent(source())}`}>{source()}</a>
                    </dd>
                  </div>
                )}
              </Show>
            </dl>
            <p class="actions">
              <Show when={found().geometry && current()}>
                <button type="button" onClick={() => atlas.select(props.selection, "show")}>
                  {text.panel.show}
                </button>
              </Show>
              <Show when={kind() === "settlement"}>
                <button
                  type="button"
                  onClick={() =>
                    atlas.askNear({ where: props.selection.id, radius: DEFAULT_RADIUS })
                  }
                >
                  {text.near.hereShort}
                </button>
              </Show>
            </p>
            <Show when={DEPICTED.has(kind())}>
              <CasesOf selection={props.selection} />
            </Show>
          </>
        )}
      </Show>
      <Show when={IN_LEDGER.has(kind())}>
        <h3>{text.timeline.title}</h3>
        <AnswerStatus of={timeline} />
        <Show when={timeline.value()}>
          {(answer) => <TimelineView answer={answer()} day={atlas.day()} />}
        </Show>
      </Show>
    </article>
  );
}

/** A thing that does not hold on the clock's days says until when it did, or from when it does. */
function Gone(props: { selection: Selection; feature: AtlasFeature }) {
  const atlas = useAtlas();
  const comparison = useComparison();
  const kind = () => atlas.kindOf(props.selection.collection);
  const name = () => nameOf(props.feature.properties, String(props.feature.id));
  const sides = () => around(atlas.versions(props.selection), kind(), atlas.when());
  /** Whether a map, and not the days, decides that it is not there. */
  const depicted = () =>
    DEPICTED.has(kind()) && comparison.isOn() && comparison.sourceOf(comparison.reading()) !== null;
  return (
    <p class="warning">
      <Show
        when={depicted()}
        fallback={
          <>
            {listed(
              atlas.when(),
              (day) => text.panel.gone(name(), day),
              (when) => text.time.gone(name(), when),
            )}{" "}
            {sayAround(sides(), kind())}{" "}
            <Show when={nearestDay(sides(), kind())}>
              {(day) => (
                <button
                  type="button"
                  onClick={() => leave(() => atlas.setWhen(day()), ".panel h2[tabindex]")}
                >
                  {text.time.showOn(isoDay(day().last))}
                </button>
              )}
            </Show>
          </>
        }
      >
        {text.compare.notDepicted(name(), comparison.nameOf(comparison.reading()))}
      </Show>
    </p>
  );
}
