// The sheet of paper: what the map shows, with all that must go with it. It exists only while the
// browser prints, made from the state of that moment; on paper it comes before what the panel tells of one thing.
import type { Map as MapLibreMap } from "maplibre-gl";
import { createSignal, onCleanup, Show } from "solid-js";
import { dividerAt } from "../compare/divider";
import { boundsOf, type Size } from "../map/camera";
import type { Box } from "../map/geometry";
import { metresBetween } from "../map/geometry";
import { INK } from "../map/looks";
import type { Sketch } from "../sketch/sketch";
import { type Atlas, useAtlas } from "../state/atlas";
import { type Comparison, useComparison } from "../state/comparison";
import type { Theme } from "../state/theme";
import { isPrintKey, printLight } from "./light";
import { Sheet } from "./sheet-of-paper";

/** What is taken from the map when the browser begins to print. */
export interface Print {
  /** The map as drawn; null where it could not be. */
  picture: HTMLCanvasElement | null;
  /** The colours it was drawn in: dark only where the browser's own menu was asked to print. */
  theme: Theme;
  view: Box | null;
  /** Metres across the middle of the map. */
  across: number;
  /** Where the divider of a comparison stands, as a share of the width; null without one. */
  divider: number | null;
  /** What the picture leaves out of what the map shows. */
  lacks: readonly string[];
}

export function PrintSheet() {
  const atlas = useAtlas();
  const comparison = useComparison();
  const [print, setPrint] = createSignal<Print | null>(null);
  // Browsers lay paper out as soon as this returns: all of it has to be there by then.
  const begin = () => {
    setPrint(take(window.demarcMap ?? null, atlas, comparison));
    atlas.setOnPaper(true);
  };
  const end = () => {
    setPrint(null);
    atlas.setOnPaper(false);
  };
  const onKey = (event: KeyboardEvent) => {
    if (!isPrintKey(event) || atlas.theme() === "light") return;
    event.preventDefault();
    printLight(atlas);
  };
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  window.addEventListener("keydown", onKey);
  onCleanup(() => {
    window.removeEventListener("keydown", onKey);
    window.removeEventListener("beforeprint", begin);
    window.removeEventListener("afterprint", end);
  });
  return <Show when={print()}>{(taken) => <Sheet print={taken()} />}</Show>;
}

const NOTHING: Print = {
  picture: null,
  theme: "light",
  view: null,
  across: 0,
  divider: null,
  lacks: [],
};

/** A sketch is at hand in any colours. */
function ofSketch({ size, view, draw, lacks }: Sketch): Print {
  const shown = boundsOf(view, size);
  const [west, , east] = shown;
  const across = metresBetween([west, view.latitude], [east, view.latitude]);
  const drawn = draw("light", FINER);
  const picture = drawn && finished(size, (context) => context.drawImage(drawn, 0, 0));
  return { picture, theme: "light", view: shown, across, divider: null, lacks: lacks() };
}

function take(map: MapLibreMap | null, atlas: Atlas, comparison: Comparison): Print {
  // While there is one it is what is seen, and has more than a map that is on its way.
  const sketch = atlas.sketch();
  if (sketch) return ofSketch(sketch);
  if (!map) return NOTHING;
  const theme = atlas.theme();
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const [west, east] = [0, width].map((x) => map.unproject([x, height / 2]).toArray());
  const left = comparison.leftDrawn() ? comparison.leftMap() : null;
  const at = atlas.state.compare?.at;
  const divider = left && at !== undefined ? dividerAt(at, width) / width : null;
  return {
    picture: picture(map, divider === null ? null : left, divider ?? 0),
    theme,
    view: atlas.bounds(),
    across: metresBetween(west ?? [], east ?? []),
    divider,
    lacks: [],
  };
}

/** Dots of the picture for each of the screen's: paper shows more of them. */
const FINER = 2;

/** A copy of what is drawn; WebGL's own canvas is empty by the time that the browser gets to it. */
function picture(
  map: MapLibreMap,
  left: MapLibreMap | null,
  divider: number,
): HTMLCanvasElement | null {
  const { clientWidth, clientHeight } = map.getContainer();
  return finished({ width: clientWidth, height: clientHeight }, (context, width, height) => {
    drawn(map, (canvas) => context.drawImage(canvas, 0, 0, width, height));
    if (!left) return;
    const at = Math.round(width * divider);
    context.save();
    context.beginPath();
    context.rect(0, 0, at, height);
    context.clip();
    drawn(left, (canvas) => context.drawImage(canvas, 0, 0, width, height));
    context.restore();
    context.fillStyle = INK.light;
    context.fillRect(at - FINER, 0, 2 * FINER, height);
  });
}

/**
 * A canvas that prints, of a size on the screen: handed over as a finished bitmap, since Chromium
 * would print what was drawn on a canvas of its own in the same moment a little too small for its frame.
 */
function finished(
  size: Size,
  draw: (context: OffscreenCanvasRenderingContext2D, width: number, height: number) => void,
): HTMLCanvasElement | null {
  const [width, height] = [size.width * FINER, size.height * FINER];
  const shown = document.createElement("canvas");
  const frame = shown.getContext("bitmaprenderer");
  const isAble = frame !== null && typeof OffscreenCanvas !== "undefined";
  if (!isAble || width === 0 || height === 0) return null;
  const copy = new OffscreenCanvas(width, height);
  const context = copy.getContext("2d");
  if (!context) return null;
  draw(context, width, height);
  shown.width = width;
  shown.height = height;
  frame.transferFromImageBitmap(copy.transferToImageBitmap());
  return shown;
}

/** Draws a map finer, hands its canvas over while it still holds what was drawn, and takes that back. */
function drawn(map: MapLibreMap, use: (canvas: HTMLCanvasElement) => void) {
  map.setPixelRatio(Math.max(FINER, map.getPixelRatio()));
  map.redraw();
  use(map.getCanvas());
  // MapLibre keeps a ratio that it was given; without one it follows the screen's again.
  map.setPixelRatio(undefined as unknown as number);
  map.redraw();
}
