// The legend: what is in view, in the table's order; open on a desk, folded where the map is small.
import { createMemo, For, Show } from "solid-js";
import { useAtlas } from "../state/atlas";
import { useComparison } from "../state/comparison";
import { text } from "../text";
import { capNote } from "../text/phrases";
import { isRoomy } from "../ui/roomy";
import { SwatchPicture } from "../ui/swatch";
import { legendOf, PLAIN_TONES, type Swatch, toneAt } from "./looks";
import { plainLook, shapesOf } from "./prepare";
import { Switches } from "./switches";
import { isTiled } from "./tiled";

export function Legend() {
  return (
    <details class="legend" open={isRoomy()}>
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
    legendOf(isInView).map(({ look, swatches }) => ({
      name: text.legend.names[look] ?? look,
      swatches,
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
        swatches: [
          {
            shape: "plain",
            colour: toneAt(PLAIN_TONES, atlas.placeOf(layer.collection)),
            ...shapesOf(layer.features),
          } as Swatch,
        ],
      })),
  );
  const all = () => [...shown(), ...own()];
  const none = () => {
    const failure = atlas.unpainted();
    // Where there is no picture, that nothing of it is in view would read as an answer.
    if (failure !== null) return text.errors.map(failure);
    return atlas.drawn() ? text.legend.nothing : text.loading;
  };
  return (
    <Show when={all().length} fallback={<p class="quiet">{none()}</p>}>
      <ul>
        <For each={all()}>
          {({ name, swatches }) => (
            <li>
              <span class="swatches">
                <For each={swatches}>{(swatch) => <SwatchPicture swatch={swatch} />}</For>
              </span>
              <span>{name}</span>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
