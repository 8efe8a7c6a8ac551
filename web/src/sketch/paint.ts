// Draws the map's own style on a canvas, without MapLibre: what the style says is worked out feature
// by feature. Left out are letters along lines, which turn with them, and what tiles hold.
import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import type { Size } from "../map/camera";
import { boxOf } from "../map/geometry";
import { imagesOf, type Picture } from "../map/icons";
import type { Drawn, DrawnFeatures } from "../map/prepare";
import type { Theme } from "../state/theme";
import type { Work } from "../ui/slices";
import { type Asked, evaluate } from "./expression";
import {
  drawName,
  type Frame,
  isOver,
  type Measure,
  type Name,
  type Placed,
  placed,
} from "./names";
import { beside, type Pixel, type Shape, type shapesIn, wound } from "./shape";

/** What is to be drawn. */
export interface Sketched {
  style: StyleSpecification;
  /** That of the style, and of the images that it names. */
  theme: Theme;
  /** What the style's sources hold. */
  contents: ReadonlyMap<string, DrawnFeatures>;
  /** The map's global state. */
  state: Readonly<Record<string, unknown>>;
  zoom: number;
  size: Size;
  /** Where on the screen geometries lie. */
  shapesOf: ReturnType<typeof shapesIn>;
}

/** A feature that a layer draws within the screen. */
export interface Seen {
  layer: string;
  properties: Drawn;
}

/** A part of a feature on its way to the canvas, in one layer. */
interface Part {
  shape: Shape;
  properties: Drawn;
  icons: readonly Icon[];
  /** A value of the layer's paint or layout. */
  of: (name: string) => unknown;
  pixels: (name: string, otherwise: number) => number;
}

const SORT_KEYS = ["fill-sort-key", "line-sort-key", "symbol-sort-key"];

/** A sketch worked out: what each layer draws, lowest first, and the names that have room. */
export interface Plan {
  layers: readonly { layer: LayerSpecification; parts: readonly Part[] }[];
  names: readonly Placed[];
}

/** Works a sketch out; `measure` tells how wide its letters are. */
export function* planned(
  { theme, style, contents, state, zoom, shapesOf, size }: Sketched,
  measure: Measure,
): Work<Plan> {
  const layers: { layer: LayerSpecification; parts: Part[] }[] = [];
  const images = imagesOf(theme);
  for (const layer of style.layers) {
    if (!isShown(layer, { zoom, state })) continue;
    const features = "source" in layer ? (contents.get(String(layer.source))?.features ?? []) : [];
    const values: Record<string, unknown> = { ...layer.layout, ...layer.paint };
    const sortKey = SORT_KEYS.find((name) => name in values);
    const parts: (Part & { key: number })[] = [];
    for (const { geometry, properties } of features) {
      for (const shape of shapesOf(geometry)) {
        const asked = { zoom, state, geometry: shape.kind, properties };
        if (!shape.isNear || !isIn(layer, asked)) continue;
        const of = (name: string) => evaluate(values[name], asked);
        const pixels = (name: string, otherwise: number) => Number(of(name) ?? otherwise);
        const part = { shape, properties, of, pixels };
        const key = sortKey ? pixels(sortKey, 0) : 0;
        parts.push({ ...part, icons: iconsOf(part, images), key });
      }
      yield;
    }
    layers.push({ layer, parts: parts.sort((a, b) => a.key - b.key) });
  }

  // What lies highest finds its place first, and marks before any name.
  const marks = layers.flatMap(({ parts }) => parts.flatMap(({ icons }) => icons));
  const named = [...layers]
    .reverse()
    .flatMap(({ layer, parts }) => (layer.type === "symbol" ? parts.flatMap(namesOf) : []));
  const screen: Frame = [0, 0, size.width, size.height];
  const taken = marks.map(({ box }) => box).filter((box) => isOver(box, screen));
  return { layers, names: yield* placed(measure, named, taken, size) };
}

/** Draws on a canvas whose units are pixels, lowest first; tells what is seen. */
export function* painted(
  context: CanvasRenderingContext2D,
  { size, theme }: Sketched,
  { layers, names }: Plan,
): Work<Seen[]> {
  const images = imagesOf(theme);
  for (const { layer, parts } of layers) {
    if (layer.type === "background") {
      context.fillStyle = String(layer.paint?.["background-color"]);
      context.fillRect(0, 0, size.width, size.height);
    }
    for (const part of parts) {
      if (layer.type === "fill") fill(context, part, images);
      if (layer.type === "line") line(context, part);
      if (layer.type === "circle") circles(context, part);
      for (const icon of part.icons) drawIcon(context, icon);
      yield;
    }
  }
  for (const name of names) {
    drawName(context, name);
    yield;
  }
  return layers.flatMap(({ layer, parts }) =>
    parts
      .filter((part) => isSeen(layer, part, size))
      .map(({ properties }) => ({ layer: layer.id, properties })),
  );
}

function isShown(layer: LayerSpecification, asked: Asked): boolean {
  const { minzoom = 0, maxzoom = Infinity, layout } = layer;
  const isIn = asked.zoom >= minzoom && asked.zoom < maxzoom;
  return isIn && evaluate(layout?.visibility ?? "visible", asked) === "visible";
}

/** Whether what a layer draws of a part comes onto the screen. */
function isSeen({ type }: LayerSpecification, { shape, icons, pixels }: Part, size: Size) {
  const screen: Frame = [0, 0, size.width, size.height];
  if (icons.length) return icons.some(({ box }) => isOver(box, screen));
  if (type !== "circle") return shape.isOn || (type === "fill" && shape.isRound);
  const reach = pixels("circle-radius", 5) + pixels("circle-stroke-width", 0);
  return shape.lines
    .flat()
    .some(([x, y]) => isOver([x - reach, y - reach, 2 * reach, 2 * reach], screen));
}

const isIn = (layer: LayerSpecification, asked: Asked) =>
  !("filter" in layer) || evaluate(layer.filter, asked) === true;

function trace(lines: readonly (readonly Pixel[])[], isClosed: boolean): Path2D {
  const path = new Path2D();
  for (const line of lines) {
    for (const [index, [x, y]] of line.entries()) {
      if (index) path.lineTo(x, y);
      else path.moveTo(x, y);
    }
    if (isClosed) path.closePath();
  }
  return path;
}

function fill(
  context: CanvasRenderingContext2D,
  { shape, of, pixels }: Part,
  images: ReadonlyMap<string, Picture>,
) {
  if (shape.kind !== "Polygon") return;
  const opacity = pixels("fill-opacity", 1);
  // Drawn to be clicked on.
  if (opacity === 0) return;
  const path = trace(shape.lines, true);
  const image = images.get(String(of("fill-pattern")));
  const pattern = image && context.createPattern(image.canvas, "repeat");
  pattern?.setTransform(new DOMMatrix().scale(1 / (image?.ratio ?? 1)));
  context.globalAlpha = opacity;
  context.fillStyle = pattern ?? String(of("fill-color") ?? "transparent");
  context.fill(path, "evenodd");
  const rim = of("fill-outline-color");
  if (rim) {
    context.strokeStyle = String(rim);
    context.lineWidth = 1;
    context.setLineDash([]);
    context.stroke(path);
  }
  context.globalAlpha = 1;
}

function line(context: CanvasRenderingContext2D, { shape, of, pixels }: Part) {
  if (shape.kind === "Point") return;
  const width = pixels("line-width", 1);
  const aside = pixels("line-offset", 0);
  const isRing = shape.kind === "Polygon";
  const rings = isRing ? wound(shape.lines) : shape.lines;
  const lines = aside ? rings.map((one) => beside(one, aside)) : shape.lines;
  context.globalAlpha = pixels("line-opacity", 1);
  context.strokeStyle = String(of("line-color"));
  context.lineWidth = width;
  // The style's own; a canvas would draw longer spikes, over ground that is not meant.
  context.miterLimit = 2;
  context.lineJoin = (of("line-join") as CanvasLineJoin | null) ?? "miter";
  context.lineCap = (of("line-cap") as CanvasLineCap | null) ?? "butt";
  const dash = (of("line-dasharray") as readonly number[] | null) ?? [];
  context.setLineDash(dash.map((length) => length * width));
  context.stroke(trace(lines, isRing));
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function circles(context: CanvasRenderingContext2D, { shape, of, pixels }: Part) {
  if (shape.kind !== "Point") return;
  const width = pixels("circle-stroke-width", 0);
  for (const [x, y] of shape.lines.flat()) {
    const path = new Path2D();
    path.arc(x, y, pixels("circle-radius", 5) + width / 2, 0, 2 * Math.PI);
    context.globalAlpha = pixels("circle-opacity", 1);
    context.fillStyle = String(of("circle-color"));
    context.fill(path);
    context.globalAlpha = 1;
    if (!width) continue;
    context.strokeStyle = String(of("circle-stroke-color"));
    context.lineWidth = width;
    context.stroke(path);
  }
}

interface Icon {
  image: Picture;
  opacity: number;
  box: Frame;
}

function iconsOf(
  { shape, of, pixels }: Pick<Part, "shape" | "of" | "pixels">,
  images: ReadonlyMap<string, Picture>,
): Icon[] {
  const image = images.get(String(of("icon-image")));
  if (!image) return [];
  const scale = pixels("icon-size", 1);
  const [aside = 0, below = 0] = (of("icon-offset") as number[] | null) ?? [];
  const { width: across, height: along } = image.canvas;
  const [width, height] = [across, along].map((dots) => (dots / image.ratio) * scale) as [
    number,
    number,
  ];
  return shape.lines.flat().map(([x, y]) => {
    const [left, top] = [x + aside * scale - width / 2, y + below * scale - height / 2];
    return { image, opacity: pixels("icon-opacity", 1), box: [left, top, width, height] };
  });
}

function drawIcon(context: CanvasRenderingContext2D, { image, opacity, box }: Icon) {
  context.globalAlpha = opacity;
  context.drawImage(image.canvas, ...box);
  context.globalAlpha = 1;
}

function namesOf({ shape, of, pixels }: Part): Name[] {
  const text = String(of("text-field") ?? "");
  if (!text || of("symbol-placement") === "line") return [];
  return placesOf(shape).map((at) => ({
    at,
    text,
    size: pixels("text-size", 16),
    isBold: /Bold/.test(String(of("text-font"))),
    across: pixels("text-max-width", 10),
    anchors: (of("text-variable-anchor") as Name["anchors"] | null) ?? ["center"],
    away: pixels("text-radial-offset", 0),
    colour: String(of("text-color")),
    halo: String(of("text-halo-color")),
    haloWidth: pixels("text-halo-width", 0),
  }));
}

/** Where a shape's name stands: at each of its points, in the middle of a polygon, where a line begins. */
function placesOf(shape: Shape): readonly Pixel[] {
  if (shape.kind === "Point") return shape.lines.flat();
  const at = shape.kind === "Polygon" ? middle(shape) : shape.lines[0]?.[0];
  return at ? [at] : [];
}

/** The middle of the box of the longest ring. */
function middle({ lines }: Shape): Pixel | undefined {
  const [longest] = [...lines].sort((a, b) => b.length - a.length);
  const box = longest && boxOf([longest.map(([x, y]) => [x, y])]);
  return box ? [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] : undefined;
}
