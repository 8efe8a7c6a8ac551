// What stands on the sheet: title and dates, notice, the map with its scale, legend, the reports in
// it, their sources, whose data it is, and where to find the view again.

import { For, Show } from "solid-js";
import type { AtlasFeature } from "../api/types";
import { useAttributions } from "../map/attribution";
import { LegendList } from "../map/legend";
import { INK, PAPER } from "../map/looks";
import { useHidden } from "../map/switches";
import { NearAnswer } from "../near/near-answer";
import { clocksOf, saidOf } from "../panel/row";
import { type Atlas, AtlasContext, useAtlas } from "../state/atlas";
import { useComparison } from "../state/comparison";
import { text } from "../text";
import { capNote, list, nameOf, namesIn, sayDate } from "../text/phrases";
import { areasStatus, listed, sayWhen } from "../text/when";
import { isoDay, today } from "../time/edtf";
import { isAhead } from "../time/when";
import { Naming } from "../ui/said";
import { areasInView, isLater, sourcesOf } from "./in-view";
import type { Print } from "./print";
import { scaleBar } from "./scale";

export function Sheet(props: { print: Print }) {
  const atlas = useAtlas();
  const comparison = useComparison();
  const attributions = useAttributions();
  const hidden = useHidden();
  const areasOf = (side: Atlas) =>
    side.layers.ofKind("reported-area").flatMap(({ features }) => features);
  const named = (side: Atlas) =>
    areasInView(areasOf(side), props.print.view ?? atlas.landing.value()?.window ?? [0, 0, 0, 0]);
  const sides = () => {
    const left = comparison.left();
    const right = { side: comparison.right(), title: text.sheet.reports };
    if (!left) return [right];
    return [
      { side: left, title: text.sheet.left(sayWhen(left.when())) },
      { side: right.side, title: text.sheet.right(sayWhen(right.side.when())) },
    ];
  };
  const sources = () =>
    sourcesOf(
      sides().flatMap(({ side }) => Object.values(named(side)).flat()),
      atlas.ledger.value()?.entries ?? [],
    );
  const numbers = (area: AtlasFeature) =>
    list(area.properties, "sources")
      .map((id) => sources().findIndex((one) => one.id === id) + 1)
      .filter((at) => at > 0);
  const dates = () =>
    [
      ...(comparison.isOn()
        ? [text.sheet.compared(comparison.nameOf("left"), comparison.nameOf("right"))]
        : []),
      // A map that is depicted on the right stands where the clock's day does else.
      ...(comparison.sourceOf("right") || !comparison.isOn()
        ? [listed(atlas.when(), text.sheet.asOf, text.sheet.during)]
        : []),
      ...(sides().some(({ side }) => isAhead(side.when(), atlas.now)) ? [text.time.future] : []),
      ...(atlas.known() ? [text.clock.knownOn(atlas.known() ?? "")] : []),
      text.sheet.printed(isoDay(today())),
    ].join(" · ");
  return (
    <section class="paper">
      <h1>{atlas.words.title() ?? text.title}</h1>
      <p class="paper-dates">{dates()}</p>
      <p class="paper-notice">{atlas.words.notice() ?? text.notice}</p>
      <Show when={text.translation}>{(words) => <p>{words()}</p>}</Show>
      <Show when={missing()}>
        {(names) => <p class="paper-notice">{text.sheet.missing(names())}</p>}
      </Show>
      <Show when={hidden()}>{(words) => <p class="paper-notice">{words()}</p>}</Show>
      <Picture print={props.print} />
      <Show when={props.print.view}>
        {(view) => (
          <p class="paper-small">
            {text.sheet.window(
              text.near.point(view()[0], view()[1]),
              text.near.point(view()[2], view()[3]),
            )}
          </p>
        )}
      </Show>
      <h2>{text.sheet.legend}</h2>
      <div
        class="paper-legend"
        style={{ color: INK[props.print.theme], "background-color": PAPER[props.print.theme] }}
      >
        <AtlasContext.Provider value={{ ...atlas, theme: () => props.print.theme }}>
          <LegendList />
        </AtlasContext.Provider>
      </div>
      <Show when={atlas.known()}>
        <p>{text.time.notKnown.leftOut}</p>
      </Show>
      <For each={sides()}>
        {({ side, title }) => (
          <section>
            <h2>{title}</h2>
            <Show when={side.when().mode !== "day"}>
              <p>{areasStatus(side.dayText(), side.known())}</p>
            </Show>
            <Reports side={side} areas={named(side).located} numbers={numbers} none />
            <Reports
              side={side}
              title={text.sheet.whole}
              areas={named(side).whole}
              numbers={numbers}
            />
            <Reports
              side={side}
              title={text.sheet.unlocated}
              areas={named(side).unlocated}
              numbers={numbers}
            />
          </section>
        )}
      </For>
      <Show when={sources().length}>
        <h2>{text.sheet.sources}</h2>
        <ol class="paper-sources">
          <For each={sources()}>
            {({ id, source }) => (
              <li>
                {[
                  source?.title,
                  source?.publisher,
                  sayDate(source?.published ?? ""),
                  source?.url,
                  id,
                ]
                  .filter(Boolean)
                  .join(", ")}
                <Show when={isLater(source, atlas.knownDay())}> ({text.sheet.later})</Show>
              </li>
            )}
          </For>
        </ol>
      </Show>
      <h2>{text.sheet.data}</h2>
      <p class="paper-small">{attributions().join(" | ")}</p>
      <p class="paper-small">
        {text.sheet.address}: {location.href}
      </p>
      <Show when={atlas.state.near}>
        <div class="paper-answer">
          <NearAnswer />
        </div>
      </Show>
    </section>
  );

  /** Layers that failed or had not come: paper does not show that it waits. */
  function missing(): string {
    const layers = sides().flatMap(({ side }) => side.layers.answers());
    const names = layers.flatMap(({ collection, shown }) => {
      const title = atlas.words.titleOf(collection);
      const value = shown();
      if (!value) return [title];
      return value.capped ? [`${title} (${capNote(value)})`] : [];
    });
    if (atlas.layers.claims.error() !== null) names.push(text.time.claims);
    // The picture then shows the right side alone.
    if (comparison.isOn() && props.print.divider === null) {
      names.push(text.sheet.left(comparison.nameOf("left")));
    }
    names.push(...props.print.lacks);
    const waiting = !atlas.drawn() || sides().some(({ side }) => side.layers.loading());
    if (atlas.ledger.value() === undefined) names.push(text.errors.ledger);
    if (waiting || !atlas.collections.value()) names.push(text.sheet.waiting);
    return [...new Set(names)].join(", ");
  }
}

function Picture(props: { print: Print }) {
  const comparison = useComparison();
  const bar = () => scaleBar(props.print.across);
  return (
    <Show when={props.print.picture} fallback={<p>{text.sheet.noMap}</p>}>
      {(picture) => (
        <figure class="paper-map">
          {picture()}
          <Show when={props.print.divider}>
            {(at) => (
              <>
                <p class="paper-side left" style={{ right: `${(1 - at()) * 100}%` }}>
                  {comparison.nameOf("left")}
                </p>
                <p class="paper-side right" style={{ left: `${at() * 100}%` }}>
                  {comparison.nameOf("right")}
                </p>
              </>
            )}
          </Show>
          <Show when={bar()}>
            {(scale) => (
              <figcaption>
                <span class="paper-scale" style={{ width: `${scale().share * 100}%` }} />
                <span>{text.sheet.scale(text.distance(scale().metres))}</span>
              </figcaption>
            )}
          </Show>
        </figure>
      )}
    </Show>
  );
}

function Reports(props: {
  side: Atlas;
  title?: string;
  areas: AtlasFeature[];
  numbers: (area: AtlasFeature) => number[];
  none?: boolean;
}) {
  return (
    <Show when={props.areas.length} fallback={<Show when={props.none}>{text.sheet.none}</Show>}>
      <Show when={props.title}>
        <h3>{props.title}</h3>
      </Show>
      <ul class="paper-reports">
        <For each={props.areas}>
          {(area) => (
            <li>
              <strong>{nameOf(area.properties, String(area.id))}</strong>:{" "}
              <Naming
                words={saidOf("reported-area", area, clocksOf(props.side))}
                names={namesIn(area.properties)}
              />
              <Show when={props.numbers(area).length}> [{props.numbers(area).join(", ")}]</Show>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
