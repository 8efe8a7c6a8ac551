// What lies under a click, when it is not one thing alone.
import { For, Show } from "solid-js";
import { useHidden } from "../map/switches";
import { type Spot, useAtlas } from "../state/atlas";
import { DEFAULT_RADIUS } from "../state/hash";
import { text } from "../text";
import { FeatureRow } from "./row";

export function Chooser(props: { spot: Spot }) {
  const atlas = useAtlas();
  const heading = () => {
    const { length } = props.spot.found;
    if (length === 0) return text.panel.chooserNone;
    return length === 1 ? text.panel.chooserOne : text.panel.chooser;
  };
  const hidden = useHidden();
  const where = () => props.spot.at.map((degrees) => degrees.toFixed(5)).join(",");
  return (
    <section class="chooser">
      <header class="panel-head">
        <h2 tabindex="-1">{heading()}</h2>
        <button type="button" onClick={() => atlas.setSpot(null)}>
          {text.panel.close}
        </button>
      </header>
      <p class="quiet">{text.near.point(...props.spot.at)}</p>
      <Show when={props.spot.found.length === 0}>
        <p>{text.panel.chooserNoneHelp}</p>
      </Show>
      <Show when={hidden()}>{(words) => <p class="warning">{words()}</p>}</Show>
      <ul class="rows">
        <For each={props.spot.found}>{(selection) => <FeatureRow selection={selection} />}</For>
      </ul>
      <Show when={props.spot.covering.length}>
        <h3>{text.panel.covering}</h3>
        <ul class="rows">
          <For each={props.spot.covering}>
            {(selection) => <FeatureRow selection={selection} />}
          </For>
        </ul>
      </Show>
      <p>
        <button
          type="button"
          onClick={() =>
            atlas.askNear({ where: where(), radius: atlas.state.near?.radius ?? DEFAULT_RADIUS })
          }
        >
          {text.near.here}
        </button>
      </p>
    </section>
  );
}
