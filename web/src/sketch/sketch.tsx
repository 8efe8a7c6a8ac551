// The map before MapLibre: what the style draws of what has come, on a canvas of the page's own. It
// says what the map says, but does not move; where a browser cannot draw the map, it stays.
import { createEffect, createMemo, on, onCleanup } from "solid-js";
import type { Landing } from "../api/types";
import { boundsOf, type Size } from "../map/camera";
import type { Contents } from "../map/contents";
import { imagesOf } from "../map/icons";
import { see } from "../map/in-view";
import { pen } from "../map/pen";
import { hasFirst, stateIn } from "../map/stages";
import { baseStyle } from "../map/style";
import { useAtlas } from "../state/atlas";
import { useComparison } from "../state/comparison";
import type { View } from "../state/hash";
import type { Theme } from "../state/theme";
import { language, text } from "../text";
import { paint, type Seen, type Sketched } from "./paint";
import { shapesIn } from "./shape";

/** What paper takes of a sketch, and what has to be said of it. */
export interface Sketch {
  size: Size;
  view: View;
  /** The sketch anew, in so many dots to a pixel; null where it cannot be drawn. */
  draw: (theme: Theme, ratio: number) => HTMLCanvasElement | null;
  /** What the map would show and the sketch does not. */
  lacks: () => string[];
}

interface Props {
  landing: Landing;
  contents: Contents;
  size: Size;
  view: View;
  /** Whether no map comes after it. */
  stays: boolean;
  /** Whenever it is on its way to the screen, or could not be painted. */
  onPainted: (isDone: boolean) => void;
}

export function SketchOfMap(props: Props) {
  const atlas = useAtlas();
  const comparison = useComparison();
  const styleIn = (theme: Theme) => baseStyle({ window: props.landing.window }, theme);
  const style = createMemo(on([atlas.theme, language], ([theme]) => styleIn(theme)));
  const images = createMemo(() => imagesOf(atlas.theme()));
  const shapesOf = createMemo(() => shapesIn(props.view, props.size));
  const sketched = (): Sketched => {
    const contents = new Map(
      [...props.contents.sources].map(([id, holds]) => [id, holds()] as const),
    );
    const filled = [...contents.keys()].filter((id) => contents.get(id)?.features.length);
    const state = { ...props.contents.days(), ...stateIn("places", filled, atlas.state.hidden) };
    const { zoom } = props.view;
    return { style: style(), images: images(), contents, state, zoom, shapesOf: shapesOf() };
  };
  // Once there is a sketch it follows the page, also while a part is asked for again.
  const hasSome = createMemo<boolean>((was) => was || hasFirst(atlas), false);
  let canvas: HTMLCanvasElement | undefined;

  /** Paints on a canvas; null, and nothing, where that fails: half a picture would read as a whole one. */
  function painted(onto: HTMLCanvasElement, ratio: number, what: Sketched): Seen[] | null {
    const { width, height } = props.size;
    const context = pen(onto, width, height, ratio);
    if (!context) return null;
    try {
      return paint(context, props.size, what);
    } catch (error) {
      context.clearRect(0, 0, width, height);
      const sentence = () => text.errors.map(String(error));
      if (props.stays) atlas.setTrouble({ ...atlas.trouble(), sentence });
      return null;
    }
  }

  createEffect(() => atlas.setBounds(boundsOf(props.view, props.size)));
  createEffect(() => {
    if (!hasSome()) return;
    const what = sketched();
    const isAll = !atlas.layers.loading();
    // That it cannot be painted is said only once no map comes after it.
    void props.stays;
    // Once for all that comes before the next frame.
    const frame = requestAnimationFrame(() => {
      const seen = canvas && painted(canvas, devicePixelRatio, what);
      props.onPainted(Boolean(seen));
      const looks = new Set<string>();
      for (const { layer, properties } of seen ?? []) see(looks, layer, properties, what.state);
      atlas.setInView(looks);
      atlas.setDrawn(isAll && Boolean(seen));
    });
    onCleanup(() => cancelAnimationFrame(frame));
  });
  createEffect(() => {
    atlas.setSketch({
      size: props.size,
      view: props.view,
      draw: (theme, ratio) => {
        const paper = document.createElement("canvas");
        const what = { ...sketched(), style: styleIn(theme), images: imagesOf(theme) };
        return painted(paper, ratio, what) && paper;
      },
      lacks: () => [
        ...(comparison.isOn() ? [text.sheet.left(comparison.nameOf("left"))] : []),
        ...atlas
          .tiled()
          .flatMap(({ id }) => atlas.collectionOf(id) ?? [])
          .map((collection) => atlas.words.titleOf(collection)),
      ],
    });
  });
  onCleanup(() => atlas.setSketch(null));

  return (
    <section
      class="sketch"
      // Where the map will be, which takes keys, one can already be; a picture alone takes none.
      tabIndex={props.stays ? undefined : 0}
      aria-label={text.map.label}
    >
      <canvas ref={canvas} />
    </section>
  );
}
