// Names on a sketch: each where nothing else stands yet, or not at all.
import type { Size } from "../map/camera";
import type { Work } from "../ui/slices";
import type { Pixel } from "./shape";

export type Anchor = "center" | "top" | "bottom" | "left" | "right";

export interface Name {
  at: Pixel;
  text: string;
  /** Pixels. */
  size: number;
  isBold: boolean;
  /** How wide a line may be, and how far from its place the name stands: in its sizes. */
  across: number;
  away: number;
  /** Which of its sides may lie at its place, the best first. */
  anchors: readonly Anchor[];
  colour: string;
  halo: string;
  haloWidth: number;
}

/** Left, top, width, height. */
export type Frame = readonly [number, number, number, number];

export interface Placed {
  name: Name;
  lines: readonly string[];
  frame: Frame;
  anchor: Anchor;
}

const LEADING = 1.2;
/** Pixels kept free round a name. */
const APART = 2;

const fontOf = ({ size, isBold }: Name) =>
  `${isBold ? "bold " : ""}${size}px "Noto Sans", sans-serif`;

/** Breaks a text between words, so that lines are no wider than they may be where that can be. */
function broken(text: string, width: (line: string) => number, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && width(`${last} ${word}`) <= most)
      lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines;
}

export const isOver = ([ax, ay, aw, ah]: Frame, [bx, by, bw, bh]: Frame) =>
  ax < bx + bw && bx < ax + aw && ay < by + bh && by < ay + ah;

/** What tells how wide letters are. */
export type Measure = Pick<CanvasRenderingContext2D, "font" | "measureText">;

/** Finds a place for each name in its turn, over none of `taken` and wholly on the screen. */
export function* placed(
  context: Measure,
  names: readonly Name[],
  taken: readonly Frame[],
  { width, height }: Size,
): Work<Placed[]> {
  const over = [...taken];
  const found: Placed[] = [];
  for (const name of names) {
    context.font = fontOf(name);
    const measure = (line: string) => context.measureText(line).width;
    const lines = broken(name.text, measure, name.across * name.size);
    const wide = Math.max(...lines.map(measure)) + 2 * APART;
    const high = lines.length * name.size * LEADING + 2 * APART;
    const away = name.away * name.size;
    const [x, y] = name.at;
    for (const anchor of name.anchors) {
      // The side that is named lies at the place: what hangs below it has its top there.
      const left =
        anchor === "left" ? x + away : anchor === "right" ? x - away - wide : x - wide / 2;
      const top =
        anchor === "top" ? y + away : anchor === "bottom" ? y - away - high : y - high / 2;
      const frame: Frame = [left, top, wide, high];
      const isOn = left >= 0 && top >= 0 && left + wide <= width && top + high <= height;
      if (!isOn || over.some((other) => isOver(frame, other))) continue;
      over.push(frame);
      found.push({ name, lines, frame, anchor });
      break;
    }
    yield;
  }
  return found;
}

export function drawName(
  context: CanvasRenderingContext2D,
  { name, lines, frame: [left, top, wide, high], anchor }: Placed,
) {
  context.font = fontOf(name);
  context.textBaseline = "middle";
  context.textAlign = anchor === "left" || anchor === "right" ? anchor : "center";
  const x =
    anchor === "left" ? left + APART : anchor === "right" ? left + wide - APART : left + wide / 2;
  context.lineJoin = "round";
  context.strokeStyle = name.halo;
  context.lineWidth = 2 * name.haloWidth;
  context.fillStyle = name.colour;
  for (const draw of ["strokeText", "fillText"] as const) {
    for (const [index, line] of lines.entries()) {
      context[draw](line, x, top + ((index + 0.5) / lines.length) * high);
    }
  }
}
