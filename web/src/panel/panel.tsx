// Beside the map: the one thing chosen, or what is under a click, or the answer near a place, or
// the list of everything on the clock's day.
import { createEffect, Match, on, Switch } from "solid-js";
import { NearAnswer } from "../near/near-answer";
import { useAtlas } from "../state/atlas";
import { text } from "../text";
import { Chooser } from "./chooser";
import { FeaturePanel } from "./feature";
import { Overview } from "./overview";
import { thing } from "./row";

export function Panel() {
  const atlas = useAtlas();
  let panel: HTMLElement | undefined;

  // What was chosen is read from its top, and keyboards and screen readers land on its heading.
  // Back in a list they land where they left it.
  let opened = atlas.state.selected && thing(atlas.state.selected);
  createEffect(
    on(
      () => [atlas.state.selected?.collection, atlas.state.selected?.id, atlas.spot()],
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
      <Switch fallback={<Overview />}>
        <Match when={atlas.state.selected}>
          {(selection) => <FeaturePanel selection={selection()} />}
        </Match>
        <Match when={atlas.spot()}>{(spot) => <Chooser spot={spot()} />}</Match>
        <Match when={atlas.state.near}>
          <NearAnswer />
        </Match>
      </Switch>
    </section>
  );
}
