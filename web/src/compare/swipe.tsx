// The divider between the two sides of a comparison: a slider over the map, and what each side is.
import type { Map as MapLibreMap } from "maplibre-gl";
import { createEffect, For, on, onCleanup, Show } from "solid-js";
import type { Landing } from "../api/types";
import { useAtlas } from "../state/atlas";
import { useComparison } from "../state/comparison";
import { text } from "../text";
import { feedLeft, leftMap } from "./left-map";

export function Swipe(props: { map: MapLibreMap; landing: Landing }) {
  const comparison = useComparison();
  return (
    <Show when={comparison.isOn()}>
      <Divided map={props.map} landing={props.landing} />
    </Show>
  );
}

function Divided(props: { map: MapLibreMap; landing: Landing }) {
  const atlas = useAtlas();
  const comparison = useComparison();
  const at = () => atlas.state.compare?.at ?? 0;

  try {
    leftMap(props.map, props.landing, atlas.theme(), (left) => comparison.setLeftMap(left));
  } catch {
    // MapLibre throws when the browser has no second WebGL to give.
    atlas.setTrouble({ sentence: () => text.errors.secondMap });
  }
  createEffect(
    on([comparison.leftMap, comparison.left], ([left, side]) => {
      comparison.setLeftDrawn(false);
      if (!left || !side) return;
      const isDrawn = feedLeft(left, side, props.landing, comparison.setLeftInView);
      createEffect(() => comparison.setLeftDrawn(isDrawn()));
    }),
  );
  onCleanup(() => comparison.setLeftDrawn(false));
  // The divider's place is a variable of the map's container, which clips the left map by it.
  createEffect(() => props.map.getContainer().style.setProperty("--divider", String(at() / 100)));
  onCleanup(() => props.map.getContainer().style.removeProperty("--divider"));

  return (
    <div class="swipe" style={{ "--divider": String(at() / 100) }}>
      <Show when={!comparison.leftDrawn()}>
        <p class="swipe-wait">{text.loading}</p>
      </Show>
      <div class="swipe-line" aria-hidden="true" />
      <For each={["left", "right"] as const}>
        {(side) => (
          <p class={`swipe-name ${side}`}>
            {comparison.nameOf(side)}
            <Show when={comparison.isAhead(side)}>
              {" "}
              <span class="swipe-ahead">{text.time.future}</span>
            </Show>
          </p>
        )}
      </For>
      <input
        type="range"
        class="swipe-handle"
        min="0"
        max="100"
        value={at()}
        aria-label={text.compare.divider}
        aria-valuetext={text.compare.dividerAt(
          at(),
          comparison.nameOf("left"),
          comparison.nameOf("right"),
        )}
        onInput={(event) => comparison.change({ at: event.currentTarget.valueAsNumber })}
      />
    </div>
  );
}
