// Where the map is: a sketch of it at once, and the map itself once the reader turns to it. The map's
// script is most of what the page has to fetch and to work, which a reader of lists need not pay.
import type { Map as MapLibreMap } from "maplibre-gl";
import {
  createEffect,
  createMemo,
  createSignal,
  lazy,
  on,
  onCleanup,
  onMount,
  Show,
  Suspense,
} from "solid-js";
import type { Landing } from "../api/types";
import { SketchOfMap } from "../sketch/sketch";
import { useAtlas } from "../state/atlas";
import { useComparison } from "../state/comparison";
import { text } from "../text";
import { isRoomy } from "../ui/roomy";
import { constrained, fitted, MAX_ZOOM, type Size } from "./camera";
import { createContents } from "./contents";
import type { Box } from "./geometry";
import { boxOfCircle, boxOfThing, NEAREST } from "./goal";
import { keepClick } from "./replay";
import { padding } from "./room";

const MapView = lazy(() =>
  import("./map").then(
    ({ MapView }) => ({ default: MapView }),
    () => ({ default: NoMap }),
  ),
);

function NoMap() {
  const atlas = useAtlas();
  onMount(() =>
    atlas.setTrouble({
      sentence: () => text.errors.noMap,
      // A browser that failed to fetch a module may not ask for it again on the same page.
      retry: () => location.reload(),
      isFinal: true,
    }),
  );
  return null;
}

const NOTHING_OVER = { left: 0, right: 0, top: 0, bottom: 0 };

const isSame = (a: Size | null, b: Size | null) => a?.width === b?.width && a?.height === b?.height;

/** By these a reader turns to the map. */
const SIGNS = ["pointerenter", "pointerdown", "focusin", "wheel"] as const;
/** After so long with the sketch, milliseconds, the map comes without a sign: it is ready then. */
const PATIENCE = 5_000;

/** How far the map has come: a reader turned to it, it can be used, it has all that the sketch has. */
const STEPS = ["called", "usable", "whole"] as const;
type Step = (typeof STEPS)[number];

function createSteps() {
  const [taken, setTaken] = createSignal(0);
  const upTo = (step: Step) => STEPS.indexOf(step) + 1;
  return {
    has: (step: Step) => taken() >= upTo(step),
    reach: (step: Step) => setTaken((before) => Math.max(before, upTo(step))),
  };
}

export function MapArea(props: { landing: Landing }) {
  const atlas = useAtlas();
  const comparison = useComparison();
  const contents = createMemo(() => createContents(comparison.right()));
  const [size, setSize] = createSignal<Size | null>(null, { equals: isSame });
  /** What the last painting of the sketch came to. */
  const [sketch, setSketch] = createSignal<"awaited" | "failed" | "painted">("awaited");
  const isTried = () => sketch() !== "awaited";
  const { has, reach } = createSteps();
  let area: HTMLDivElement | undefined;
  /** What the atlas speaks of, beside what lies open on the map. */
  const whole = createMemo(() => {
    const { window } = props.landing;
    const [shown, free] = [size(), area && isRoomy() ? padding(area, window, 8) : NOTHING_OVER];
    return shown && fitted(window, shown, free);
  });
  const view = createMemo(() => {
    const [asked, shown] = [atlas.state.view ?? whole(), size()];
    return asked && shown && constrained(asked, shown);
  });
  // What is said of a trouble may change; that there is no map does not.
  const isLost = createMemo(atlas.isMapless);
  /** What the sketch does not do, or would show elsewhere than the map. */
  const needsMap = () =>
    atlas.state.near !== null ||
    atlas.state.compare !== null ||
    atlas.tiled().length > 0 ||
    atlas.drawing() ||
    atlas.reveal() !== null;
  /** What was seen stays until the map is there: a bare ground would read as nothing reported. */
  const isSketched = () => isLost() || (!has("whole") && (isTried() || !needsMap()));
  /** A map that was begun is not left off. */
  const isBegun = createMemo<boolean>(
    (was) => !isLost() && (was || needsMap() || (isTried() && has("called"))),
    false,
  );
  /** Where no map comes, the sketch goes where the map would. */
  function goTo(box: Box | null, nearest = MAX_ZOOM) {
    const shown = size();
    if (!box || !shown || !area) return;
    const { zoom, ...at } = fitted(box, shown, padding(area, box));
    atlas.moveTo({ ...at, zoom: Math.min(zoom, nearest) });
  }
  createEffect(
    on([isLost, atlas.reveal], ([lost, chosen]) => {
      if (lost && chosen) goTo(boxOfThing(atlas, chosen), NEAREST);
    }),
  );
  createEffect(
    on([isLost, atlas.near.value], ([lost, answer]) => {
      if (lost && answer && atlas.goesToCircle()) goTo(boxOfCircle(answer));
    }),
  );
  /** Makes again on the map what was done to the sketch. */
  let replay: (canvas: HTMLCanvasElement) => void = () => {};

  onMount(() => {
    if (!area) return;
    const element = area;
    replay = keepClick(element, atlas);
    for (const sign of SIGNS)
      element.addEventListener(sign, () => reach("called"), { passive: true });
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width && height) setSize({ width, height });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    onCleanup(() => observer.disconnect());
  });
  createEffect(() => {
    if (!isTried() || has("called")) return;
    const timer = setTimeout(() => reach("called"), PATIENCE);
    onCleanup(() => clearTimeout(timer));
  });

  /** Focus and click go over to the map from the sketch that stood for it. */
  function takeOver(map: MapLibreMap) {
    const canvas = map.getCanvas();
    if (document.activeElement?.matches(".sketch")) canvas.focus();
    reach("usable");
    replay(canvas);
  }

  return (
    <div class="map-area" ref={area}>
      <Show when={isSketched() && view()}>
        {(view) => (
          <Show when={size()}>
            {(size) => (
              <SketchOfMap
                landing={props.landing}
                contents={contents()}
                size={size()}
                view={view()}
                stays={isLost()}
                isUnder={has("usable")}
                onPainted={(isDone) => {
                  // Whatever becomes of the sketch, the map is not to wait for it.
                  setSketch(isDone ? "painted" : "failed");
                  if (!isDone) reach("called");
                }}
              />
            )}
          </Show>
        )}
      </Show>
      <Show when={!isLost() && !has("usable") && (isBegun() || !isTried())}>
        <p class="map-message">{text.map.loading}</p>
      </Show>
      <Show when={isBegun() && view()}>
        {(view) => (
          <Suspense>
            <MapView
              landing={props.landing}
              contents={contents()}
              view={view()}
              isSketched={isSketched() && sketch() === "painted"}
              onShown={takeOver}
              onWhole={() => reach("whole")}
            />
          </Suspense>
        )}
      </Show>
    </div>
  );
}
