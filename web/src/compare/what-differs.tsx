// What differs between the two sides, as a list: the swipe for a keyboard and for those who do not
// see it. Nothing is listed while anything is missing: a short list would read as an answer.
import { batch, createMemo, For, Show } from "solid-js";
import { daysOf } from "../map/prepare";
import { clocksOf, saidOf, thing } from "../panel/row";
import type { Atlas } from "../state/atlas";
import { useAtlas } from "../state/atlas";
import type { SideName } from "../state/compare";
import { useComparison } from "../state/comparison";
import { text } from "../text";
import { nameOf, namesIn, sayDate, str } from "../text/phrases";
import { areasStatus } from "../text/when";
import { overlaps } from "../time/when";
import { Naming } from "../ui/said";
import { type Difference, differences, type Shown } from "./differences";

/** The kinds that days and depictions decide about. */
const KINDS = ["reported-area", "enclave", "border", "territory"];

function shownOn(side: Atlas): Shown[] {
  return KINDS.flatMap((kind) =>
    side.layers.ofKind(kind).map(({ collection, features }) => ({
      collection: collection.id,
      kind,
      features: features.filter((feature) => overlaps(daysOf(feature), side.when())),
    })),
  );
}

/** Whether anything that could differ is not there, or not all of it. */
function isPartial({ layers, ledger }: Atlas): boolean {
  const answers = [layers.claims, ledger, ...layers.answers().map(({ answer }) => answer)];
  return (
    answers.some(({ error }) => error() !== null) ||
    KINDS.some((kind) => layers.ofKind(kind).some(({ capped }) => capped))
  );
}

export function Differences() {
  const comparison = useComparison();
  const sides = (): Atlas[] =>
    [comparison.left(), comparison.right()].filter((side) => side !== null);
  const waiting = () => sides().some((side) => side.layers.loading());
  const partial = () => sides().some(isPartial);
  /** Days whose last one is that of every status. */
  const stretched = () => sides().filter((side) => side.when().mode !== "day");
  const all = createMemo(() => {
    const left = comparison.left();
    if (!left || waiting() || partial() || comparison.unknown().length) return [];
    return differences(shownOn(left), shownOn(comparison.right()));
  });
  const outcome = (): { words: string; look?: string } => {
    const [source] = comparison.unknown();
    if (source) return { words: text.compare.unknownMap(source), look: "warning" };
    if (partial()) return { words: text.compare.partial, look: "warning" };
    if (waiting()) return { words: text.compare.waiting, look: "loading" };
    return { words: all().length ? text.compare.count(all().length) : text.compare.none };
  };
  return (
    <section aria-busy={waiting()}>
      <h3>{text.compare.differences}</h3>
      {/* It alone is read out when it changes: nobody can follow a list that is read from its top. */}
      <p class={outcome().look} aria-live="polite">
        {outcome().words}
      </p>
      <Show when={all().length}>
        <For each={stretched()}>
          {(side) => (
            <p class="quiet">
              {text.compare.reading(
                side === comparison.left() ? text.compare.left : text.compare.right,
                areasStatus(side.dayText(), side.known()),
              )}
            </p>
          )}
        </For>
        <ul class="rows differences">
          <For each={all()}>{(difference) => <Row of={difference} />}</For>
        </ul>
      </Show>
    </section>
  );
}

function Row(props: { of: Difference }) {
  const atlas = useAtlas();
  const comparison = useComparison();
  const one = () => props.of.left ?? props.of.right;
  const where = (side: SideName) =>
    (side === "left" ? text.compare.left : text.compare.right).toLowerCase();
  /** A depiction that lacks a thing says less than a day on which there is none. */
  const only = (side: SideName) => {
    const other = side === "left" ? "right" : "left";
    return comparison.sourceOf(other)
      ? text.compare.lacks(where(other))
      : text.compare.only(where(side));
  };
  const said = (side: SideName) => {
    const feature = props.of[side];
    return feature ? saidOf(props.of.kind, feature, clocksOf(comparison[side]() ?? atlas)) : "";
  };
  /** What is said of both, where it differs; other reports may come to the same status. */
  const restated = () => {
    const [left, right] = [said("left"), said("right")];
    return left === right ? text.compare.sameStatus(left) : text.compare.from(left, right);
  };
  const names = () => namesIn(props.of.left?.properties ?? {}, props.of.right?.properties ?? {});
  return (
    <li>
      <button
        type="button"
        class="row"
        data-thing={thing(props.of.selection)}
        onClick={() => {
          // The side is the new step's, not of the one that is left.
          batch(() => {
            atlas.select(props.of.selection, "show");
            comparison.setReading(props.of.right ? "right" : "left");
          });
        }}
      >
        <span class="row-text">
          <span class="row-name">{nameOf(one()?.properties ?? {}, props.of.selection.id)}</span>
          <Show when={!props.of.left || !props.of.right}>
            <span>
              {only(props.of.left ? "left" : "right")}:{" "}
              <Naming words={said(props.of.left ? "left" : "right")} names={names()} />
            </span>
          </Show>
          <Show when={props.of.restated}>
            <span>
              <Naming words={restated()} names={names()} />
            </span>
          </Show>
          <For each={props.of.several}>
            {(side) => <span class="quiet">{text.compare.several(where(side))}</span>}
          </For>
          <Show when={props.of.redrawn}>
            <span class="quiet">{redrawn(props.of)}</span>
          </Show>
        </span>
      </button>
    </li>
  );
}

/** From which map to which; on one and the same map a thing may have another shape. */
function redrawn({ left, right }: Difference): string {
  const [from = "", to = ""] = [left, right].map((one) =>
    text.compare.mapped(sayDate(str(one?.properties ?? {}, "as_mapped"))),
  );
  return from === to
    ? `${text.compare.reshaped} ${from}`
    : `${text.compare.redrawn} ${text.compare.from(from, to)}`;
}
