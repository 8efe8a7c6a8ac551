// A look as a small picture, for the legend and the lists.
import type { Theme } from "../state/theme";
import {
  HATCH,
  type LineLook,
  PAPER,
  REACH_DASH,
  type Rim,
  SECOND_DASH,
  type Swatch,
  type Tone,
} from "./looks";
import { fill, mark, pen, stroke } from "./pen";

/** Dots to a unit: enough for phones and for paper. */
const RATIO = 3;

const FRAME = "M3 3h26v14H3Z";
const LINE = "M2 10h28";
const BAND = "M2 12.5h28";
const HATCHES = "M3 17 17 3M23 17 29 11";
const SECOND_HATCHES = "M3 7 7 3M13 17 27 3";
const dot = (radius: number) => `M16 ${10 - radius}a${radius} ${radius} 0 1 0 .01 0Z`;

/**
 * Draws a swatch. It is not read back: browsers that hide what they are would give other dots.
 */
export function draw(canvas: HTMLCanvasElement, swatch: Swatch, theme: Theme) {
  const [width, height] = swatch.shape === "mark" ? [28, 28] : [32, 20];
  const context = pen(canvas, width, height, RATIO);
  if (!context) return;
  switch (swatch.shape) {
    case "mark":
      context.translate(2, 2);
      mark(context, swatch, swatch.contested === true, theme);
      break;
    case "line":
      line(context, swatch, swatch.band, theme);
      break;
    case "fill":
      fill(context, FRAME, swatch.fill[theme]);
      stroke(context, FRAME, (swatch.stroke ?? swatch.fill)[theme], 1);
      break;
    case "hatch":
      context.globalAlpha = HATCH;
      stroke(context, HATCHES, swatch.colour[theme], 1.2);
      stroke(context, SECOND_HATCHES, (swatch.second ?? swatch.colour)[theme], 1.2);
      break;
    case "rim":
      rim(context, FRAME, swatch, theme);
      break;
    case "reach": {
      const step = Math.min(7, 18 / swatch.rims.length);
      for (const [at, one] of swatch.rims.entries()) {
        const y = 10 + (at - (swatch.rims.length - 1) / 2) * step;
        rim(context, `M2 ${y}h28`, one, theme);
      }
      break;
    }
    case "dot":
      fill(context, dot(4), PAPER[theme]);
      stroke(context, dot(4), swatch.colour[theme], 1.6);
      break;
    case "plain": {
      const colour = swatch.colour[theme];
      if (swatch.areas) {
        context.globalAlpha = 0.18;
        fill(context, FRAME, colour);
        context.globalAlpha = 1;
        stroke(context, FRAME, colour, 1.2);
      }
      if (swatch.lines) stroke(context, LINE, colour, 2);
      if (swatch.points) {
        fill(context, dot(4.5), colour);
        stroke(context, dot(4.5), PAPER[theme], 1);
      }
      break;
    }
  }
}

function rim(context: CanvasRenderingContext2D, path: string, look: Rim, theme: Theme) {
  const width = 1.6;
  const dashed = (dash: readonly number[], colour: Tone) => {
    context.setLineDash(dash.map((length) => length * width));
    stroke(context, path, colour[theme], width);
  };
  if (look.second) dashed(SECOND_DASH, look.second);
  dashed(REACH_DASH, look.colour);
}

function line(
  context: CanvasRenderingContext2D,
  look: LineLook,
  band: number | undefined,
  theme: Theme,
) {
  const colour = look.colour[theme];
  if (band) {
    context.globalAlpha = 0.25;
    stroke(context, BAND, colour, band);
  }
  context.globalAlpha = look.opacity ?? 1;
  const dash = look.dash ?? [];
  context.setLineDash(dash.map((length) => length * look.width));
  context.lineCap = (dash[0] ?? 1) < 1 ? "round" : "butt";
  stroke(context, LINE, colour, look.width);
}
