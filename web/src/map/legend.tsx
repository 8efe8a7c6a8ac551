// The legend: what is in view, in the table's order; open on a desk, folded on a phone.
import { createMemo, For, Show } from "solid-js";
import { useAtlas } from "../state/atlas";
import { useComparison } from "../state/comparison";
import { text } from "../text";
import { capNote } from "../text/phrases";
import { SwatchPicture } from "../ui/swatch";
import { LEGEND, PLAIN_TONES, type Swatch, toneAt } from "./looks";
import { plainLook, shapesOf } from "./prepare";
import { Switches } from "./switches";
import { isTiled } from "./tiled";

export function Legend() {
  return (
    <details class="legend" open={window.innerWidth >= 800}>
      <summary>
        {text.legend.title} <span class="quiet">{text.legend.scope}</span>
      </summary>
      <LegendList />
      <Switches />
    </details>
  );
}

export function LegendList() {
  const atlas = useAtlas();
  const comparison = useComparison();
  const isInView = (look: string) => atlas.inView().has(look) || comparison.leftInView().has(look);
  const shown = createMemo(() =>
    LEGEND.filter(({ look }) => isInView(look)).map(({ look, swatch }) => ({
      name: text.legend.names[look] ?? look,
      swatch,
    })),
  );
  /** Layers of the reader's own, under their titles. */
  const own = createMemo(() =>
    atlas.layers
      .ofKind("plain")
      .filter(({ collection }) => isInView(plainLook(collection.id)))
      .map((layer) => ({
        name: [
          atlas.words.titleOf(layer.collection),
          // The map has all of what is drawn from tiles.
          isTiled(layer.collection) ? "" : capNote(layer),
        ]
          .filter(Boolean)
          .join(". "),
        swatch: {
          shape: "plain",
          colour: toneAt(PLAIN_TONES, atlas.placeOf(layer.collection)),
          ...shapesOf(layer.features),
        } as Swatch,
      })),
  );
  const all = () => [...shown(), ...own()];
  return (
    <Show
      when={all().length}
      fallback={<p class="quiet">{atlas.drawn() ? text.legend.nothing : text.loading}</p>}
    >
      <ul>
        <For each={all()}>
          {({ name, swatch }) => (
            <li>
              <SwatchPicture swatch={swatch} />
              <span>{name}</span>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
