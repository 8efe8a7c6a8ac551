// Who made what is drawn: every layer's attribution, on the map; folded where the map is
// small, and once it has been moved.
import { createEffect, createMemo, For, on } from "solid-js";
import { useAtlas } from "../state/atlas";
import { isDrawn } from "../state/layers";
import { text } from "../text";
import { isRoomy } from "../ui/roomy";

/** The lines that go with what is drawn, each once. */
export function useAttributions() {
  const atlas = useAtlas();
  return createMemo(() => {
    const layers = (atlas.collections.value() ?? [])
      .filter(isDrawn)
      .map(({ attribution }) => attribution);
    const all = [...layers, atlas.landing.value()?.relief?.attribution ?? ""];
    // A layer of several origins joins them; each is named once.
    return [...new Set(all.flatMap((line) => line?.split(/;\s*/) ?? []).filter(Boolean))];
  });
}

export function Attribution() {
  const atlas = useAtlas();
  const lines = useAttributions();
  // Open until the reader moves the map: from then on they need the ground under it.
  let details: HTMLDetailsElement | undefined;
  createEffect(
    on(
      () => atlas.state.view,
      () => details?.removeAttribute("open"),
      { defer: true },
    ),
  );
  return (
    <details ref={details} class="attribution" open={isRoomy()}>
      <summary>{text.map.attribution}</summary>
      <ul>
        <For each={lines()}>{(line) => <li>{line}</li>}</For>
      </ul>
    </details>
  );
}
