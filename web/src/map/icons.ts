// Images that the style names: the marks of reported areas and the hatches. Drawn here from the
// table of looks, so that nothing is fetched.
import type { Map as MapLibreMap } from "maplibre-gl";
import type { Theme } from "../state/theme";
import { AREAS, type AreaLook, CONTESTED, PAPER } from "./looks";

const SIZE = 24;
const RATIO = 2;

export const markImage = (look: string, contested: boolean) =>
  contested ? `mark-${look}-contested` : `mark-${look}`;
export const hatchImage = (look: string) => `hatch-${look}`;

/** Draws the images of a theme, over those of another where they are there. */
export function addImages(map: MapLibreMap, theme: Theme) {
  const put = (id: string, image: ImageData) => {
    if (map.hasImage(id)) map.updateImage(id, image);
    else map.addImage(id, image, { pixelRatio: RATIO });
  };
  for (const [id, look] of Object.entries(AREAS)) {
    for (const contested of [false, true]) {
      put(markImage(id, contested), mark(look, contested, theme));
    }
    put(hatchImage(id), hatch(look.colour[theme]));
  }
}

function canvas(size: number) {
  const element = document.createElement("canvas");
  element.width = size;
  element.height = size;
  // Every picture is read back at once, which a graphics card makes slow.
  const context = element.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no 2d canvas");
  return context;
}

function mark(look: AreaLook, contested: boolean, theme: Theme): ImageData {
  const [colour, paper, ink] = [look.colour[theme], PAPER[theme], CONTESTED[theme]];
  const context = canvas(SIZE * RATIO);
  context.scale(RATIO, RATIO);
  // A rim keeps the mark apart from whatever lies under it.
  context.translate(SIZE * 0.06, SIZE * 0.06);
  context.scale(0.88, 0.88);
  context.lineJoin = "round";
  context.lineCap = "round";
  const outline = new Path2D(look.outline);
  stroke(context, outline, paper, 5);
  context.fillStyle = look.filled ? colour : paper;
  context.fill(outline);
  stroke(context, outline, colour, 2.4);
  stroke(context, new Path2D(look.inside), look.filled ? paper : colour, 2.2);
  if (contested) {
    // Two tones: the right half again in ink.
    context.save();
    context.beginPath();
    context.rect(12, -2, 16, 28);
    context.clip();
    context.fillStyle = look.filled ? ink : paper;
    context.fill(outline);
    stroke(context, outline, ink, 2.4);
    stroke(context, new Path2D(look.inside), look.filled ? paper : ink, 2.2);
    context.restore();
  }
  return context.getImageData(0, 0, SIZE * RATIO, SIZE * RATIO);
}

function stroke(context: CanvasRenderingContext2D, path: Path2D, colour: string, width: number) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(path);
}

/** Thin diagonals, far apart: a country under them stays a map. */
function hatch(colour: string): ImageData {
  const size = 40;
  const context = canvas(size);
  context.strokeStyle = colour;
  context.lineWidth = 1.6;
  context.beginPath();
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift - 4, size + 4);
    context.lineTo(shift + size + 4, -4);
  }
  context.stroke();
  return context.getImageData(0, 0, size, size);
}
