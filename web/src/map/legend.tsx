// The legend: what is in view, in the table's order; open on a desk, folded on a phone.
import { createMemo, For, Show } from "solid-js";
import { useAtlas } from "../state/atlas";
import { text } from "../text/en";
import { SwatchPicture } from "../ui/swatch";
import { LEGEND } from "./looks";

export function Legend() {
  const atlas = useAtlas();
  const shown = createMemo(() => LEGEND.filter(({ look }) => atlas.inView().has(look)));
  return (
    <details class="legend" open={window.innerWidth >= 800}>
      <summary>
        {text.legend.title} <span class="quiet">{text.legend.scope}</span>
      </summary>
      <Show when={shown().length} fallback={<p class="quiet">{text.legend.nothing}</p>}>
        <ul>
          <For each={shown()}>
            {({ look, swatch }) => (
              <li>
                <SwatchPicture swatch={swatch} />
                <span>{text.legend.names[look]}</span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </details>
  );
}
