// A click on the map before it can be clicked: it is kept, and made again once the map is there.
import type { Atlas } from "../state/atlas";

/** Farther than this from where the pointer went down, in pixels, a click is the end of a drag. */
const STILL = 3;

/** Keeps the last click on an area's sketch; what it gives makes it again, on the map's canvas. */
export function keepClick(area: HTMLElement, atlas: Atlas): (canvas: HTMLCanvasElement) => void {
  /** What the page shows: in another state, or another size, another thing may lie there. */
  const state = () => {
    const { clientWidth, clientHeight } = area;
    return [location.hash, atlas.sheet(), atlas.drawing(), clientWidth, clientHeight].join();
  };
  let down = { x: 0, y: 0 };
  let clicked: { x: number; y: number; state: string } | null = null;

  area.addEventListener("pointerdown", ({ clientX, clientY }) => {
    down = { x: clientX, y: clientY };
  });
  area.addEventListener("click", ({ target, clientX, clientY }) => {
    const isOnMap =
      target instanceof Element && target.matches(".sketch, .sketch canvas, .awaited canvas");
    const isStill = Math.hypot(clientX - down.x, clientY - down.y) <= STILL;
    if (!isOnMap || !isStill) return;
    const { left, top } = area.getBoundingClientRect();
    clicked = { x: clientX - left, y: clientY - top, state: state() };
  });

  return (canvas) => {
    if (clicked?.state !== state()) return;
    const { left, top } = canvas.getBoundingClientRect();
    const at = { clientX: left + clicked.x, clientY: top + clicked.y };
    for (const type of ["mousedown", "mouseup", "click"]) {
      canvas.dispatchEvent(new MouseEvent(type, { ...at, bubbles: true, detail: 1 }));
    }
  };
}
