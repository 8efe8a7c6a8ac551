// The map before MapLibre: what the style draws of what has come, on a canvas of the page's own. It
// says what the map says, but does not move; where a browser cannot draw the map, it stays.
import { createEffect, createMemo, createSignal, on, onCleanup } from "solid-js";
import type { Landing } from "../api/types";
import { boundsOf, type Size } from "../map/camera";
import type { Contents } from "../map/contents";
import { see } from "../map/in-view";
import { pen } from "../map/pen";
import { hasFirst, stateIn } from "../map/stages";
import { baseStyle } from "../map/style";
import { useAtlas } from "../state/atlas";
import { useComparison } from "../state/comparison";
import type { View } from "../state/hash";
import type { Theme } from "../state/theme";
import { language, text } from "../text";
import { finish, inSlices, turn, type Work } from "../ui/slices";
import { type Plan, painted, planned, type Seen, type Sketched } from "./paint";
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
  /** Whether the map lies over it, and takes what the reader does. */
  isUnder: boolean;
  /** Whenever it is on its way to the screen, or could not be painted. */
  onPainted: (isDone: boolean) => void;
}

/** For so long what comes is gathered before it is sketched, milliseconds. */
const GATHERED = 150;
/** How long a slice of painting takes, milliseconds: what it drew becomes dots after it, and that takes longer. */
const STROKES = 3;
/** After so long, milliseconds, it is said that what is seen is not yet what was asked for. */
const LATE = 300;

export function SketchOfMap(props: Props) {
  const atlas = useAtlas();
  const comparison = useComparison();
  const styleIn = (theme: Theme) => baseStyle({ window: props.landing.window }, theme);
  const style = createMemo(on([atlas.theme, language], ([theme]) => styleIn(theme)));
  const shapesOf = createMemo(() => shapesIn(props.view, props.size));
  const sketched = (): Sketched => {
    const contents = new Map(
      [...props.contents.sources].map(([id, holds]) => [id, holds()] as const),
    );
    const filled = [...contents.keys()].filter((id) => contents.get(id)?.features.length);
    const state = { ...props.contents.days(), ...stateIn("places", filled, atlas.state.hidden) };
    const { zoom } = props.view;
    const [drawn, where] = [
      { theme: atlas.theme(), style: style() },
      { size: props.size, zoom },
    ];
    return { ...drawn, ...where, contents, state, shapesOf: shapesOf() };
  };
  // Once there is a sketch it follows the page, also while a part is asked for again.
  const hasSome = createMemo<boolean>(
    (was) => was || (hasFirst(props.contents.of) && props.contents.isWhole()),
    false,
  );
  const [picture, setPicture] = createSignal<HTMLCanvasElement | null>(null);
  const letters = document.createElement("canvas").getContext("2d");

  /** Half a picture would read as a whole one: where it cannot be painted there is none. */
  function fail(error: unknown) {
    setPicture(null);
    if (props.stays) atlas.setUnpainted(String(error));
  }

  function paintOn(
    onto: HTMLCanvasElement,
    what: Sketched,
    plan: Plan,
    ratio: number,
  ): Work<Seen[]> {
    const context = pen(onto, what.size.width, what.size.height, ratio);
    if (!context) throw new Error("no 2d canvas");
    return painted(context, what, plan);
  }

  createEffect(() => atlas.setBounds(boundsOf(props.view, props.size)));
  let isGone = false;
  let isAtWork = false;
  let hasPainted = false;
  let late: ReturnType<typeof setTimeout> | undefined;
  let next: { what: Sketched; isAll: boolean } | null = null;
  /** Paints what is next, and what became next meanwhile: what is begun is shown, or a drag would show nothing. */
  async function work() {
    if (isAtWork) return;
    isAtWork = true;
    while (next && !isGone) {
      // What comes first is shown at once; then there is more to come, and each sketch takes its time.
      if (hasPainted && !next.isAll) await new Promise((done) => setTimeout(done, GATHERED));
      const { what, isAll } = next;
      next = null;
      const looks = new Set<string>();
      let isDone = false;
      try {
        if (!letters) throw new Error("no 2d canvas");
        const isWanted = () => !isGone;
        const plan = await inSlices(planned(what, letters), isWanted);
        if (!plan) return;
        // Out of sight: half a picture would read as a whole one.
        const picture = document.createElement("canvas");
        const work = paintOn(picture, what, plan, devicePixelRatio);
        const seen = await inSlices(work, isWanted, STROKES);
        if (!seen) return;
        setPicture(picture);
        for (const { layer, properties } of seen) see(looks, layer, properties, what.state);
        isDone = true;
        hasPainted = true;
        atlas.setUnpainted(null);
      } catch (error) {
        fail(error);
      }
      // The legend is work of its own.
      await turn();
      if (isGone) return;
      atlas.setInView(looks);
      if (!next) {
        clearTimeout(late);
        late = undefined;
        atlas.setDrawn(isDone && isAll);
      }
      props.onPainted(isDone);
    }
    isAtWork = false;
  }
  createEffect(() => {
    if (!hasSome()) return;
    const isAll = !props.contents.of.layers.loading() && props.contents.isWhole();
    // That it cannot be painted is said only once no map comes after it.
    void props.stays;
    next = { what: sketched(), isAll };
    // What takes a moment need not be said at each step of the clock.
    late ??= setTimeout(() => atlas.setDrawn(false), LATE);
    void work();
  });
  onCleanup(() => {
    isGone = true;
    clearTimeout(late);
    atlas.setUnpainted(null);
  });
  createEffect(() => {
    atlas.setSketch({
      size: props.size,
      view: props.view,
      draw: (theme, ratio) => {
        const paper = document.createElement("canvas");
        const what = { ...sketched(), theme, style: styleIn(theme) };
        try {
          if (letters) finish(paintOn(paper, what, finish(planned(what, letters)), ratio));
          return letters && paper;
        } catch {
          return null;
        }
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
      inert={props.isUnder && !props.stays}
      aria-label={text.map.label}
    >
      {picture()}
    </section>
  );
}
