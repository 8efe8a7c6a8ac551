// Where the map is: a sketch of it at once, and the map itself once the reader turns to it. The map's
// script is most of what the page has to fetch and to work, which a reader of lists need not pay.
import type { Map as MapLibreMap } from "maplibre-gl";
import {
  createEffect,
  createMemo,
  createSignal,
  lazy,
  onCleanup,
  onMount,
  Show,
  Suspense,
} from "solid-js";
import type { Landing } from "../api/types";
import { fitted } from "../sketch/camera";
import { SketchOfMap } from "../sketch/sketch";
import { useAtlas } from "../state/atlas";
import type { View } from "../state/hash";
import { text } from "../text";
import { isRoomy } from "../ui/roomy";
import { createContents } from "./contents";
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

/** By these a reader turns to the map. */
const SIGNS = ["pointerenter", "pointerdown", "focusin", "wheel"] as const;
/** After so long with the sketch, milliseconds, the map comes without a sign: it is ready then. */
const PATIENCE = 5_000;

export function MapArea(props: { landing: Landing }) {
  const atlas = useAtlas();
  const contents = createContents(atlas);
  const [first, setFirst] = createSignal<View | null>(null);
  const [isPainted, setPainted] = createSignal(false);
  const [isCalled, setCalled] = createSignal(false);
  const [isShown, setShown] = createSignal(false);
  const view = () => atlas.state.view ?? first();
  const isLost = () => atlas.trouble()?.isFinal === true;
  /** What the sketch does not do, or would show elsewhere than the map. */
  const needsMap = () =>
    atlas.state.near !== null ||
    atlas.state.compare !== null ||
    atlas.tiled().length > 0 ||
    atlas.drawing() ||
    atlas.reveal() !== null;
  /** What was seen stays until the map is there: a bare ground would read as nothing reported. */
  const isSketched = () => isLost() || (!isShown() && (isPainted() || !needsMap()));
  /** A map that was begun is not left off. */
  const isBegun = createMemo<boolean>(
    (was) => !isLost() && (was || needsMap() || (isPainted() && isCalled())),
    false,
  );
  /** Layers that the sketch lacks, since they come as tiles. */
  const unsketched = () => {
    const tiled = atlas.tiled().flatMap(({ id }) => atlas.collectionOf(id) ?? []);
    return tiled.map((collection) => atlas.words.titleOf(collection)).join(", ");
  };
  let area: HTMLDivElement | undefined;
  /** Where the sketch was clicked before the map was there, and the state it was a sketch of. */
  let clicked: { x: number; y: number; hash: string } | null = null;

  onMount(() => {
    if (!area) return;
    const { window } = props.landing;
    // What the atlas speaks of begins beside what lies open on the map.
    const free = isRoomy() ? padding(area, window, 8) : { left: 0, right: 0, top: 0, bottom: 0 };
    setFirst(fitted(window, area.getBoundingClientRect(), free));
  });
  createEffect(() => {
    if (!isPainted() || isCalled()) return;
    const timer = setTimeout(() => setCalled(true), PATIENCE);
    onCleanup(() => clearTimeout(timer));
  });

  /** Focus and click go over to the map from the sketch that stood for it. */
  function takeOver(map: MapLibreMap) {
    const canvas = map.getCanvas();
    if (document.activeElement?.matches(".sketch")) canvas.focus();
    setShown(true);
    // In another state another thing may lie there.
    if (clicked?.hash !== location.hash) return;
    const { left, top } = canvas.getBoundingClientRect();
    const at = { clientX: left + clicked.x, clientY: top + clicked.y };
    for (const type of ["mousedown", "mouseup", "click"]) {
      canvas.dispatchEvent(new MouseEvent(type, { ...at, bubbles: true, detail: 1 }));
    }
  }

  return (
    <div
      class="map-area"
      ref={(element) => {
        area = element;
        for (const sign of SIGNS)
          element.addEventListener(sign, () => setCalled(true), { passive: true });
        element.addEventListener("click", ({ target, clientX, clientY }) => {
          const isOnSketch = target instanceof Element && target.closest(".sketch, .awaited");
          const isOnMap = target instanceof HTMLCanvasElement;
          if (!isOnSketch || !isOnMap) return;
          const { left, top } = element.getBoundingClientRect();
          clicked = { x: clientX - left, y: clientY - top, hash: location.hash };
        });
      }}
    >
      <Show when={isSketched() && view()}>
        {(view) => (
          <SketchOfMap
            landing={props.landing}
            contents={contents}
            view={view()}
            onPainted={() => setPainted(true)}
          />
        )}
      </Show>
      <Show when={!isLost() && !isShown() && (isBegun() || !isPainted())}>
        <p class="map-message">{text.map.loading}</p>
      </Show>
      <Show when={isLost() && unsketched()}>
        {(titles) => <p class="map-message">{text.map.notSketched(titles())}</p>}
      </Show>
      <Show when={isBegun() && view()}>
        {(view) => (
          <Suspense>
            <MapView landing={props.landing} contents={contents} view={view()} onShown={takeOver} />
          </Suspense>
        )}
      </Show>
    </div>
  );
}
