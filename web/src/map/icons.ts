// Images that the style names: the marks of reported areas and the hatches. Drawn here from the
// table of looks, so that nothing is fetched.
import type { Map as MapLibreMap } from "maplibre-gl";
import type { Theme } from "../state/theme";
import { AREAS, type AreaLook, CONTESTED, PAPER } from "./looks";
import { mark, pen, stroke } from "./pen";

const SIZE = 24;
const RATIO = 2;

export const markImage = (look: string, contested: boolean) =>
  contested ? `mark-${look}-contested` : `mark-${look}`;
export const hatchImage = (look: string, contested: boolean) =>
  contested ? `hatch-${look}-contested` : `hatch-${look}`;

/** An image with so many dots to a pixel. */
export interface Picture {
  canvas: HTMLCanvasElement;
  ratio: number;
}

const images: Partial<Record<Theme, ReadonlyMap<string, Picture>>> = {};

/** The images of a theme, by the names that the style gives them: drawn when they are first wanted. */
export function imagesOf(theme: Theme): ReadonlyMap<string, Picture> {
  images[theme] ??= imagesIn(theme);
  return images[theme];
}

function imagesIn(theme: Theme): ReadonlyMap<string, Picture> {
  const images = new Map<string, Picture>();
  const put = (id: string, { canvas }: CanvasRenderingContext2D) =>
    images.set(id, { canvas, ratio: RATIO });
  for (const [id, look] of Object.entries(AREAS)) {
    for (const contested of [false, true]) {
      put(markImage(id, contested), rimmed(look, contested, theme));
      const second = contested ? CONTESTED : look.colour;
      put(hatchImage(id, contested), hatch(look.colour[theme], second[theme]));
    }
  }
  return images;
}

/** Gives a map the images of a theme, over those of another where they are there. */
export function addImages(map: MapLibreMap, theme: Theme) {
  for (const [id, { canvas, ratio }] of imagesOf(theme)) {
    const image = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
    if (!image) continue;
    if (map.hasImage(id)) map.updateImage(id, image);
    else map.addImage(id, image, { pixelRatio: ratio });
  }
}

function picture(width: number, height: number, ratio: number): CanvasRenderingContext2D {
  const context = pen(document.createElement("canvas"), width, height, ratio);
  if (!context) throw new Error("no 2d canvas");
  return context;
}

/** A mark with a rim, which keeps it apart from whatever lies under it. */
function rimmed(look: AreaLook, contested: boolean, theme: Theme) {
  const context = picture(SIZE, SIZE, RATIO);
  context.translate(SIZE * 0.06, SIZE * 0.06);
  context.scale(0.88, 0.88);
  context.lineJoin = "round";
  stroke(context, look.outline, PAPER[theme], 5);
  mark(context, look, contested, theme);
  return context;
}

/** Thin diagonals, far apart, of two colours in turn: a country under them stays a map. */
function hatch(colour: string, second: string) {
  const size = 80;
  const context = picture(size, size, 1);
  for (const [at, one] of [colour, second].entries()) {
    const shifts = [-size, 0, size].map((shift) => shift + (at * size) / 2);
    const diagonals = shifts.map((shift) => `M${shift - 4} ${size + 4}L${shift + size + 4} -4`);
    stroke(context, diagonals.join(""), one, 1.6);
  }
  return context;
}
