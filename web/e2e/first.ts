// How long a first visit waits for a map that says something, with nothing in the browser's cache,
// and then for one that moves: printed, since it hangs on the machine. `make frames` runs it.
import { AREAS, BORDERS, ENCLAVE } from "../src/map/looks";
import { expect, test } from "./service";

const VISITS = 5;
/** What the issue of the map asks for, milliseconds. */
const MOST = 1_500;
/** Of a report, a border and an enclave: where all of them are, the sketch says something. */
const COLOURS = [
  AREAS["hazard-mined"].colour.light,
  BORDERS["border-delimited"].colour.light,
  ENCLAVE.colour.light,
];

declare global {
  interface Window {
    /** When borders, enclaves and reported areas were first seen, milliseconds: on the sketch. */
    demarcFirst?: number;
    /** And on the map that moves, for a reader who turns to it once it can be seen. */
    demarcMoves?: number;
  }
}

test("a first visit", async ({ browser, service }) => {
  test.setTimeout(300_000);
  const times: Record<"demarcFirst" | "demarcMoves", number[]> = {
    demarcFirst: [],
    demarcMoves: [],
  };
  for (let visit = 0; visit < VISITS; visit += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.addInitScript((colours) => {
      /** Whether the sketch has all of the colours. */
      const says = (canvas: HTMLCanvasElement) => {
        const { width, height } = canvas;
        const dots = canvas.getContext("2d")?.getImageData(0, 0, width, height).data;
        const seen = new Set(new Uint32Array(dots?.buffer ?? new ArrayBuffer(0)));
        return colours.every((colour) => {
          const bytes = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
          return seen.has(new Uint32Array(new Uint8Array([...bytes, 255]).buffer)[0] ?? 0);
        });
      };
      const sketched = () => {
        const canvas = document.querySelector<HTMLCanvasElement>(".sketch canvas");
        // The legend lists what was drawn in the frame before; to look at every frame would cost some.
        if (!canvas || !document.querySelector(".legend li") || !says(canvas)) return;
        window.demarcFirst ??= looked;
        document.querySelector(".map-area")?.dispatchEvent(new Event("pointerenter"));
      };
      // Not what the map's script has drawn, but what the card has: so long it may take to be seen.
      let onScreen: WebGLSync | null | undefined;
      const moves = () => {
        const map = window.demarcMap;
        if (!map || window.demarcMoves) return;
        const canvas = map.getCanvas();
        const gl = canvas.getContext("webgl2");
        const drawn = (layers: string[]) => map.queryRenderedFeatures({ layers }).length > 0;
        // What is drawn is asked last: that costs the page some of the time that is measured.
        const isFine = canvas.width >= canvas.clientWidth;
        if (!gl || !isFine || getComputedStyle(canvas).visibility !== "visible") return;
        if (!["border-delimited", "enclaves", "area-marks"].every((layer) => drawn([layer])))
          return;
        onScreen ??= gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
        gl.flush();
        if (!onScreen || gl.getSyncParameter(onScreen, gl.SYNC_STATUS) !== gl.SIGNALED) return;
        window.demarcMoves = performance.now();
      };
      let looked = 0;
      const look = (time: number) => {
        requestAnimationFrame(look);
        looked = time;
        if (window.demarcFirst) moves();
        else sketched();
      };
      requestAnimationFrame(look);
    }, COLOURS);
    // The browser's own beginning is not the page's.
    await page.waitForTimeout(1_000);
    await page.goto(service);
    for (const what of ["demarcFirst", "demarcMoves"] as const) {
      const time = await page.waitForFunction((of) => window[of], what, { timeout: 45_000 });
      times[what].push((await time.jsonValue()) as number);
    }
    await context.close();
  }
  const said = (all: number[]) =>
    all
      .sort((a, b) => a - b)
      .map((time) => `${(time / 1000).toFixed(2)} s`)
      .join(", ");
  console.log(
    `A first map after ${said(times.demarcFirst)}; within ${MOST / 1000} s is asked for.`,
  );
  console.log(`One that moves after ${said(times.demarcMoves)}.`);
  expect(times.demarcMoves).toHaveLength(VISITS);
});
