// The map before MapLibre: what the style draws of what has come, on a canvas of the page's own. It
// says what the map says, but does not move; where a browser cannot draw the map, it stays.
import { createEffect, createMemo, createSignal, on, onCleanup, onMount } from "solid-js";
import type { Landing } from "../api/types";
import type { Contents } from "../map/contents";
import { imagesOf } from "../map/icons";
import { see } from "../map/in-view";
import { pen } from "../map/pen";
import { hasFirst, stateIn } from "../map/stages";
import { baseStyle } from "../map/style";
import { useAtlas } from "../state/atlas";
import type { View } from "../state/hash";
import type { Theme } from "../state/theme";
import { language, text } from "../text";
import { boundsOf, type Size } from "./camera";
import { paint, type Sketched } from "./paint";

/** What paper takes of a sketch. */
export interface Sketch {
  size: Size;
  view: View;
  /** The sketch anew, in so many dots to a pixel. */
  draw: (theme: Theme, ratio: number) => HTMLCanvasElement;
}

interface Props {
  landing: Landing;
  contents: Contents;
  view: View;
  /** Once it is on its way to the screen. */
  onPainted: () => void;
}

export function SketchOfMap(props: Props) {
  const atlas = useAtlas();
  const [size, setSize] = createSignal<Size | null>(null);
  const styleIn = (theme: Theme) => baseStyle({ window: props.landing.window }, theme);
  const style = createMemo(on([atlas.theme, language], ([theme]) => styleIn(theme)));
  const images = createMemo(() => imagesOf(atlas.theme()));
  const contents = () =>
    new Map([...props.contents.sources].map(([id, holds]) => [id, holds()] as const));
  const sketched = (): Sketched => {
    const held = contents();
    const filled = [...held.keys()].filter((id) => held.get(id)?.features.length);
    const state = { ...props.contents.days(), ...stateIn("places", filled, atlas.state.hidden) };
    return { style: style(), images: images(), contents: held, state, view: props.view };
  };
  // Once there is a sketch it follows the page, also while a part is asked for again.
  const hasSome = createMemo<boolean>((was) => was || hasFirst(atlas), false);
  let canvas: HTMLCanvasElement | undefined;

  onMount(() => {
    const measure = () => {
      const { clientWidth: width = 0, clientHeight: height = 0 } = canvas?.parentElement ?? {};
      if (width && height) setSize({ width, height });
    };
    const observer = new ResizeObserver(measure);
    if (canvas?.parentElement) observer.observe(canvas.parentElement);
    measure();
    onCleanup(() => observer.disconnect());
  });
  createEffect(() => {
    const shown = size();
    if (shown) atlas.setBounds(boundsOf(props.view, shown));
  });
  createEffect(() => {
    const shown = size();
    if (!shown || !hasSome()) return;
    const what = sketched();
    const isAll = !atlas.layers.loading();
    // Once for all that comes before the next frame.
    const frame = requestAnimationFrame(() => {
      const context = canvas && pen(canvas, shown.width, shown.height, devicePixelRatio);
      // Whatever becomes of the sketch, the map is not to wait for it.
      props.onPainted();
      if (!context) return;
      const looks = new Set<string>();
      for (const { layer, properties } of paint(context, shown, what)) {
        see(looks, layer, properties, what.state);
      }
      atlas.setInView(looks);
      atlas.setDrawn(isAll);
    });
    onCleanup(() => cancelAnimationFrame(frame));
  });
  createEffect(() => {
    const shown = size();
    if (!shown) return;
    atlas.setSketch({
      size: shown,
      view: props.view,
      draw: (theme, ratio) => {
        const paper = document.createElement("canvas");
        const context = pen(paper, shown.width, shown.height, ratio);
        const what = { ...sketched(), style: styleIn(theme), images: imagesOf(theme) };
        if (context) paint(context, shown, what);
        return paper;
      },
    });
  });
  onCleanup(() => atlas.setSketch(null));

  return (
    <section
      class="sketch"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is where the map will be, which takes keys
      tabIndex={0}
      aria-label={text.map.label}
    >
      <canvas ref={canvas} />
    </section>
  );
}
