// One thing of the atlas: its name, what is reported of it, its facts, its timeline.
import { For, Show } from "solid-js";
import { address, ask } from "../api/client";
import type { AtlasFeature, Timeline } from "../api/types";
import { CasesOf } from "../compare/cases";
import { DEPICTED } from "../compare/versions";
import { createAnswer } from "../state/answer";
import { useAtlas } from "../state/atlas";
import { useComparison } from "../state/comparison";
import { DEFAULT_RADIUS, type Selection } from "../state/hash";
import { text } from "../text/en";
import { nameOf, sayDate, str } from "../text/phrases";
import { AnswerStatus } from "../ui/answer-status";
import { facts } from "./facts";
import { kindWords } from "./row";
import { Status } from "./status";
import { TimelineView } from "./timeline";

/** Kinds that the ledger speaks of. */
const IN_LEDGER = new Set(["reported-area", "border", "enclave", "territory"]);

export function FeaturePanel(props: { selection: Selection }) {
  const atlas = useAtlas();
  const kind = () => atlas.kindOf(props.selection.collection);
  const current = () => atlas.current(props.selection);
  /** The version to tell of: today's, else the last there was. */
  const feature = () => current() ?? atlas.versions(props.selection).at(-1) ?? null;
  const back = () => {
    if (atlas.spot()) return text.panel.backSpot;
    if (atlas.sheet() === "compare") return text.compare.back;
    return atlas.state.near ? text.panel.backNear : text.panel.back;
  };
  const waiting = () => atlas.collections.loading() || atlas.layers.loading();

  const timeline = createAnswer(
    () =>
      atlas.collections.value() && IN_LEDGER.has(kind())
        ? address(
            `/collections/${encodeURIComponent(props.selection.collection)}/items/${encodeURIComponent(props.selection.id)}/timeline`,
            { "known-at": atlas.known() },
          )
        : null,
    (url, signal) => ask<Timeline>(url, signal),
  );

  return (
    <article class="feature">
      <button type="button" class="back" onClick={() => atlas.select(null)}>
        ‹ {back()}
      </button>
      <p class="kind">{kindWords(kind(), atlas.collectionOf(props.selection.collection)?.title)}</p>
      <h2 tabindex="-1">{nameOf(feature()?.properties ?? {}, props.selection.id)}</h2>
      <Show
        when={feature()}
        fallback={<p>{waiting() ? text.panel.waiting : text.panel.notFound}</p>}
      >
        {(found) => (
          <>
            <Show when={!current()}>
              <Gone feature={found()} />
            </Show>
            <Show when={kind() === "reported-area"}>
              <Status area={found()} timeline={timeline} />
            </Show>
            <dl class="facts">
              <For each={facts(kind(), found())}>
                {([name, value]) => (
                  <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
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

/** A thing that does not hold on the clock's day says since when, or from when. */
function Gone(props: { feature: AtlasFeature }) {
  const atlas = useAtlas();
  const comparison = useComparison();
  const fields = () => props.feature.properties;
  const name = () => nameOf(fields(), String(props.feature.id));
  const end = () => str(fields(), "end");
  return (
    <p class="warning">
      <Show
        when={comparison.isOn() && comparison.sourceOf(comparison.reading())}
        fallback={
          <>
            {text.panel.gone(name(), atlas.dayText())}{" "}
            {end()
              ? text.panel.ended(sayDate(end()))
              : text.panel.begins(sayDate(str(fields(), "start")))}
          </>
        }
      >
        {text.compare.notDepicted(name(), comparison.nameOf(comparison.reading()))}
      </Show>
    </p>
  );
}
