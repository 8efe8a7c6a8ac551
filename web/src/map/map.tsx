// The map itself: MapLibre made, fed and listened to. What is drawn how stands in style.ts.
import { type ErrorEvent, Map as MapLibreMap, setWorkerUrl, type Tile } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import "./canvas.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import {
  createEffect,
  createMemo,
  createSignal,
  on,
  onCleanup,
  onMount,
  Show,
  untrack,
} from "solid-js";
import type { Landing } from "../api/types";
import { Swipe } from "../compare/swipe";
import { type Trouble, useAtlas } from "../state/atlas";
import { useComparison } from "../state/comparison";
import type { View } from "../state/hash";
import { text } from "../text";
import { still } from "../ui/still";
import { MAX_ZOOM } from "./camera";
import type { Contents } from "./contents";
import { keepDrawn } from "./drawn";
import { dress, withoutRelief } from "./dress";
import { feed, follow } from "./feed";
import type { Box } from "./geometry";
import { circleHandles } from "./handles";
import { keepLegend } from "./in-view";
import { placing } from "./placing";
import { keepSmooth } from "./smooth";
import { keepSpot } from "./spot";
import { createStages, fence, hasFirst } from "./stages";
import { baseStyle } from "./style";
import { tiledCollection } from "./tiled";

// A script of our own, so that the page needs no blob or inline script.
setWorkerUrl(workerUrl);

declare global {
  interface Window {
    /** The map, once its first stage is drawn: the hook for browser tests and for the console. */
    demarcMap?: MapLibreMap;
    /** The map of a comparison's left side, while there is one. */
    demarcLeft?: MapLibreMap;
  }
}

/**
 * Dots to a pixel of a map that is not seen yet: it is drawn whenever some of it comes, and each
 * time as a whole, in vain.
 */
const UNSEEN = 1 / 16;

const isSame = (a: View, b: View) =>
  a.zoom === b.zoom && a.latitude === b.latitude && a.longitude === b.longitude;

const viewOf = (map: MapLibreMap): View => {
  const { lng, lat } = map.getCenter();
  return { zoom: map.getZoom(), latitude: lat, longitude: lng };
};

const boundsOf = (map: MapLibreMap): Box => {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
};

interface FailedTile {
  source: string;
  tile: { x: number; y: number; z: number };
}

/** The tile that an error of the map is about; null where it is about something else. */
function failedTile(event: ErrorEvent): FailedTile | null {
  const { sourceId, tile } = event as { sourceId?: string; tile?: Tile };
  return sourceId && tile ? { source: sourceId, tile: tile.tileID.canonical } : null;
}

interface Props {
  landing: Landing;
  contents: Contents;
  /** Where the map looks at first. */
  view: View;
  /** Whether a sketch lies over the map until it has all that the sketch has. */
  isSketched: boolean;
  /** Once the map is there to be used, be it seen or under a sketch. */
  onShown: (map: MapLibreMap) => void;
  /** Once a sketch is not wanted any longer. */
  onWhole: () => void;
}

export function MapView(props: Props) {
  const atlas = useAtlas();
  const comparison = useComparison();
  const [made, setMade] = createSignal<MapLibreMap | null>(null);
  const [ready, setReady] = createSignal<MapLibreMap | null>(null);
  const [loaded, setLoaded] = createSignal(false);
  const drawing = createMemo(() => {
    const map = ready();
    return map && { map, stage: createStages(map, atlas) };
  });
  const [hasMoved, setMoved] = createSignal(false);
  /** The map has all that a sketch has, or was moved, which a sketch cannot follow. */
  const isWhole = createMemo(() => loaded() && (hasMoved() || drawing()?.stage() === "relief"));
  const isAwaited = () => !loaded() && (props.isSketched || !atlas.trouble());
  /** All that the map is to hold has come and is given to it. */
  const hasAll = () => !props.contents.of.layers.loading() && props.contents.isWhole();
  let container: HTMLDivElement | undefined;
  let seen = props.view;
  let isFollowing = false;

  onMount(() => {
    const map = create(container as HTMLDivElement);
    if (!map) return;
    setMade(map);
    atlas.setBounds(boundsOf(map));
    map.once("style.load", () => setReady(map));
    map.on("render", () => {
      if (isAwaited()) fence(map);
    });
    map.once("load", () => {
      window.demarcMap = map;
      setLoaded(true);
    });
    seen = viewOf(map);
    map.on("moveend", () => {
      atlas.setBounds(boundsOf(map));
      const view = viewOf(map);
      // Another size, or another ratio of dots, is a move to MapLibre, but none of the reader's.
      if (isSame(view, seen)) return;
      seen = view;
      if (!isFollowing) atlas.moveTo(view);
    });
    map.on("error", (event) => {
      // What else fails then fails for want of it.
      if (atlas.isMapless()) return;
      // The script that reads tiles: without it nothing is drawn, and MapLibre does not ask again.
      if (/^Worker failed/.test(event.error.message)) {
        const retry = () => location.reload();
        // The map goes, and the keyboard with it.
        if (container?.contains(document.activeElement))
          container.closest<HTMLElement>(".map-frame")?.focus();
        atlas.setTrouble({ sentence: () => text.errors.noMap, retry, isFinal: true });
        return;
      }
      const failed = failedTile(event);
      atlas.setTrouble(
        (failed && tileTrouble(map, failed)) ?? {
          sentence: () => text.errors.map(event.error.message),
        },
      );
    });
    onCleanup(() => {
      delete window.demarcMap;
      map.remove();
    });
  });

  /** All of the atlas is seen anew on a screen of another size, by the sketch: no move of the reader's. */
  function followSketch(map: MapLibreMap) {
    if (atlas.state.view || map.isMoving()) return;
    const { zoom, longitude, latitude } = props.view;
    isFollowing = true;
    map.jumpTo({ center: [longitude, latitude], zoom });
    isFollowing = false;
  }

  // MapLibre asks again for tiles that failed only where they are named.
  const failures = new Map<string, FailedTile["tile"][]>();
  function tileTrouble(map: MapLibreMap, { source, tile }: FailedTile): Trouble | null {
    const collection = atlas.collectionOf(tiledCollection(source) ?? "");
    if (source !== "relief" && !collection) return null;
    failures.set(source, [...(failures.get(source) ?? []), tile]);
    const retry = () => {
      map.refreshTiles(source, failures.get(source) ?? []);
      failures.delete(source);
    };
    return {
      sentence: () =>
        collection ? text.errors.tiles(atlas.words.titleOf(collection)) : text.errors.relief,
      retry,
    };
  }

  function create(element: HTMLDivElement): MapLibreMap | null {
    const { zoom, longitude, latitude } = props.view;
    try {
      const map = new MapLibreMap({
        container: element,
        center: [longitude, latitude],
        zoom,
        maxZoom: MAX_ZOOM,
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        // A link has no turn, and a comparison's other half would not follow one.
        maxPitch: 0,
        // Readers who asked their system for less motion get no fading either.
        fadeDuration: still() ? 0 : 300,
        pixelRatio: UNSEEN,
      });
      map.touchZoomRotate.disableRotation();
      map.keyboard.disableRotation();
      return map;
    } catch {
      // MapLibre throws when the browser gives it no WebGL.
      atlas.setTrouble({ sentence: () => text.errors.webgl, isFinal: true });
      return null;
    }
  }

  // A map of nothing is dear to draw, and what is to be drawn would wait for it.
  const hasSome = createMemo<boolean>(
    (was) => was || (hasFirst(props.contents.of) && props.contents.isWhole()),
    false,
  );
  createEffect(
    on([made, hasSome], ([map, has]) => {
      if (!map || !has || ready()) return;
      map.setStyle(
        baseStyle(withoutRelief(props.landing), atlas.theme(), atlas.tiled(), atlas.known()),
      );
    }),
  );
  createEffect(() => {
    const map = made();
    if (!map || isAwaited()) return;
    // MapLibre keeps a ratio that it was given; without one it follows the screen's.
    map.setPixelRatio(undefined as unknown as number);
    if (!loaded()) return;
    // Once: that the sketch goes must not end what the reader's hand has begun.
    untrack(() => {
      if (props.isSketched) followSketch(map);
      // In another size the canvas is empty: it must not be seen so.
      map.redraw();
      props.onShown(map);
    });
    map.once("movestart", () => setMoved(true));
  });
  createEffect(() => {
    if (isWhole()) props.onWhole();
  });
  createEffect(
    on(drawing, (begun) => {
      if (!begun) return;
      const { map, stage } = begun;
      dress(map, atlas, props.landing, stage);
      follow(map, atlas);
      keepSmooth(map, comparison.leftMap);
      keepSpot(map, atlas, comparison);
      const looked = keepLegend(map, atlas.setInView, stage);
      keepDrawn(map, atlas, hasAll, looked);
      circleHandles(map, atlas);
      placing(map, atlas);
    }),
  );
  createEffect(
    on([drawing, () => props.contents], ([begun, contents]) => {
      if (begun) feed(begun.map, contents, begun.stage);
    }),
  );

  return (
    <div class="map">
      <div
        class="map-canvas"
        classList={{ awaited: isAwaited(), veiled: props.isSketched }}
        ref={container}
      />
      <Show when={ready()}>{(map) => <Swipe map={map()} landing={props.landing} />}</Show>
    </div>
  );
}
