// What looks are drawn with: the map's marks and the pictures of legend and lists are made of the
// same strokes, as dots. A path that the page draws itself costs far more where there
// is no graphics card.
import type { Theme } from "../state/theme";
import { type AreaLook, CONTESTED, PAPER, type Tone } from "./looks";

/** To draw on a canvas of a size in units of `ratio` dots each; null where the browser has none. */
export function pen(canvas: HTMLCanvasElement, width: number, height: number, ratio: number) {
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  // What is drawn by the processor is at hand at once, to be read back or shown.
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context?.scale(ratio, ratio);
  return context;
}

export function stroke(
  context: CanvasRenderingContext2D,
  path: string,
  colour: string,
  width: number,
) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(new Path2D(path));
}

/** Where the halves of a contested mark meet. */
const SEAM = "M12-2v28";

export function fill(context: CanvasRenderingContext2D, path: string, colour: string) {
  context.fillStyle = colour;
  context.fill(new Path2D(path));
}

/**
 * The mark of a reported area, in a box of 24 by 24. The right half of a contested one is full of ink,
 * with a seam of paper between the halves: told from others by its shape, not by a tone alone.
 */
export function mark(
  context: CanvasRenderingContext2D,
  look: AreaLook,
  contested: boolean,
  theme: Theme,
) {
  const paper = PAPER[theme];
  const whole = (tone: Tone, filled: boolean) => {
    const colour = tone[theme];
    fill(context, look.outline, filled ? colour : paper);
    stroke(context, look.outline, colour, 2.4);
    stroke(context, look.inside, filled ? paper : colour, 2.2);
  };
  context.lineJoin = "round";
  context.lineCap = "round";
  whole(look.colour, look.filled);
  if (!contested) return;
  context.save();
  context.beginPath();
  context.rect(12, -2, 16, 28);
  context.clip();
  whole(CONTESTED, true);
  stroke(context, SEAM, paper, 3);
  context.restore();
}
