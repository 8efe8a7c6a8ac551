// Where on the map there is room: what lies over it must not cover what the map goes to.
import type { Padding } from "./camera";
import type { Box } from "./geometry";

/** Pixels from the left and the top of the map. */
export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Pixels kept free round what the map goes to. */
const MARGIN = 40;
/** Room that shows things smaller than this share of what all of the map would is not kept to. */
const LEAST = 0.4;

const isOver = (a: Rect, b: Rect) =>
  a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

/**
 * Of a map of a size, the part under none of `over` in which a thing `shape` times as wide as high is
 * drawn largest; all of the map where that is far smaller.
 */
export function room(
  { width, height }: { width: number; height: number },
  over: readonly Rect[],
  shape: number,
): Rect {
  const scale = ({ left, top, right, bottom }: Rect) =>
    Math.min((right - left) / shape, bottom - top);
  const all = { left: 0, top: 0, right: width, bottom: height };
  const lefts = [0, ...over.map(({ right }) => right)];
  const rights = [width, ...over.map(({ left }) => left)];
  const tops = [0, ...over.map(({ bottom }) => bottom)];
  const bottoms = [height, ...over.map(({ top }) => top)];
  let best: Rect | null = null;
  for (const left of lefts)
    for (const right of rights)
      for (const top of tops)
        for (const bottom of bottoms) {
          const one = { left, top, right, bottom };
          const isFree = right > left && bottom > top && !over.some((other) => isOver(one, other));
          if (isFree && (!best || scale(one) > scale(best))) best = one;
        }
  return best && scale(best) >= LEAST * scale(all) ? best : all;
}

/** What lies over the map and stays there, and how large it becomes at least while it lies open. */
const OVER = {
  ".legend": [240, 320],
  ".attribution": [400, 80],
  ".map-top": [0, 0],
  ".maplibregl-ctrl": [0, 0],
} as const;

/** What lies over the map in `frame`, grown from the corner that it lies in. */
function lying(frame: DOMRect): Rect[] {
  return Object.entries(OVER).flatMap(([selector, [wide, high]]) =>
    [...document.querySelectorAll(selector)].flatMap((one) => {
      const box = one.getBoundingClientRect();
      const [left, right] = [box.left - frame.left, box.right - frame.left];
      const [top, bottom] = [box.top - frame.top, box.bottom - frame.top];
      if (!box.width) return [];
      if (!one.hasAttribute("open")) return [{ left, top, right, bottom }];
      const isLeft = left < frame.width - right;
      return [
        {
          left: isLeft ? left : Math.min(left, right - wide),
          right: isLeft ? Math.max(right, left + wide) : right,
          top: Math.max(0, Math.min(top, bottom - high)),
          bottom,
        },
      ];
    }),
  );
}

/** The padding with which the map in an element goes to a box, so that nothing lies over it. */
export function padding(
  container: HTMLElement,
  [west, south, east, north]: Box,
  most = MARGIN,
): Padding {
  const frame = container.getBoundingClientRect();
  const high = (north - south) / Math.max(0.01, Math.cos((((south + north) / 2) * Math.PI) / 180));
  const shape = high > 0 ? Math.min(10, Math.max(0.1, (east - west) / high)) : 1;
  const free = room(frame, lying(frame), shape);
  const margin = (size: number) => Math.min(most, size / 6);
  const [across, along] = [margin(free.right - free.left), margin(free.bottom - free.top)];
  return {
    left: free.left + across,
    right: frame.width - free.right + across,
    top: free.top + along,
    bottom: frame.height - free.bottom + along,
  };
}
