// Beside the map: the one thing chosen, or what is under a click, or a sheet, or the answer near a
// place, or the list of everything on the clock's day. While two states are compared, what was
// chosen is told of as one side has it.
import { createEffect, Match, on, Show, Switch } from "solid-js";
import { Reading } from "../compare/reading";
import { CompareSheet } from "../compare/sheet";
import { NearAnswer } from "../near/near-answer";
import { AtlasContext, useAtlas } from "../state/atlas";
import { useComparison } from "../state/comparison";
import { TakeSheet } from "../take/sheet";
import { text } from "../text";
import { Chooser } from "./chooser";
import { FeaturePanel } from "./feature";
import { createListing, Overview } from "./overview";
import { thing } from "./row";

export function Panel() {
  const atlas = useAtlas();
  const comparison = useComparison();
  let panel: HTMLElement | undefined;
  const listing = createListing(atlas);

  // What was chosen is read from its top, and keyboards and screen readers land on its heading.
  // Back in a list they land where they left it.
  let opened = atlas.state.selected && thing(atlas.state.selected);
  createEffect(
    on(
      () => [
        atlas.state.selected?.collection,
        atlas.state.selected?.id,
        atlas.spot(),
        atlas.sheet(),
      ],
      () => {
        const heading = panel?.querySelector<HTMLElement>("h2[tabindex]");
        const rows = panel?.querySelectorAll<HTMLElement>("[data-thing]") ?? [];
        const row = [...rows].find(({ dataset }) => dataset.thing === opened);
        opened = atlas.state.selected && thing(atlas.state.selected);
        if (row) return row.focus();
        panel?.scrollTo({ top: 0 });
        (heading ?? panel)?.focus({ preventScroll: true });
      },
      { defer: true },
    ),
  );

  return (
    <section class="panel" aria-label={text.panel.label} ref={panel} tabIndex={-1}>
      <Switch fallback={<Overview of={listing} />}>
        <Match when={atlas.state.selected || atlas.spot()}>
          <Reading />
          <Show when={comparison.read()} keyed>
            {(side) => (
              <AtlasContext.Provider value={side}>
                <Chosen />
              </AtlasContext.Provider>
            )}
          </Show>
        </Match>
        <Match when={atlas.sheet() === "compare"}>
          <CompareSheet />
        </Match>
        <Match when={atlas.sheet() === "take"}>
          <TakeSheet />
        </Match>
        <Match when={atlas.state.near}>
          <NearAnswer />
        </Match>
      </Switch>
    </section>
  );
}

function Chosen() {
  const atlas = useAtlas();
  return (
    <Switch>
      <Match when={atlas.state.selected}>
        {(selection) => <FeaturePanel selection={selection()} />}
      </Match>
      <Match when={atlas.spot()}>{(spot) => <Chooser spot={spot()} />}</Match>
    </Switch>
  );
}
