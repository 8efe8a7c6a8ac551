// The map itself: MapLibre made, fed and listened to. What is drawn how stands in style.ts.
import { Map as MapLibreMap, setWorkerUrl } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import "./canvas.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { createEffect, createSignal, on, onCleanup, onMount, Show } from "solid-js";
import type { Bounds, Landing } from "../api/types";
import { type Trouble, useAtlas } from "../state/atlas";
import { text } from "../text";
import { dress } from "./dress";
import { feed, still } from "./feed";
import { pick } from "./pick";
import { baseStyle } from "./style";
import { tiledCollection } from "./tiled";

// A script of our own, so that the page needs no blob or inline script.
setWorkerUrl(workerUrl);

declare global {
  interface Window {
    /** The map, once it is drawn: the hook for browser tests and for the console. */
    demarcMap?: MapLibreMap;
  }
}

const boundsOf = (map: MapLibreMap): Bounds => {
  const [[west, south], [east, north]] = map.getBounds().toArray();
  return [west, south, east, north];
};

export function MapView(props: { landing: Landing }) {
  const atlas = useAtlas();
  const [ready, setReady] = createSignal<MapLibreMap | null>(null);
  let container: HTMLDivElement | undefined;

  onMount(() => {
    const map = create(container as HTMLDivElement);
    if (!map) return;
    map.once("load", () => {
      setReady(map);
      atlas.setBounds(boundsOf(map));
      window.demarcMap = map;
    });
    map.on("moveend", () => {
      const { lng, lat } = map.getCenter();
      atlas.moveTo({ zoom: map.getZoom(), latitude: lat, longitude: lng });
      atlas.setBounds(boundsOf(map));
    });
    map.on("click", ({ point, lngLat }) => {
      const { found, covering } = pick(map, point);
      const [only] = found;
      atlas.setSpot({ at: [lngLat.lng, lngLat.lat], found, covering });
      atlas.select(found.length === 1 && only ? only : null);
    });
    map.on("mousemove", ({ point }) => {
      map.getCanvas().style.cursor = pick(map, point).found.length ? "pointer" : "";
    });
    map.on("error", (event) => {
      const source = "sourceId" in event ? String(event.sourceId) : "";
      atlas.setTrouble(
        tileTrouble(source, () => map.refreshTiles(source)) ?? {
          sentence: () => text.errors.map(event.error.message),
        },
      );
    });
    onCleanup(() => {
      delete window.demarcMap;
      map.remove();
    });
  });

  function tileTrouble(source: string, retry: () => void): Trouble | null {
    if (source === "relief") return { sentence: () => text.errors.relief, retry };
    const collection = atlas.collectionOf(tiledCollection(source) ?? "");
    if (!collection) return null;
    return { sentence: () => text.errors.tiles(atlas.words.titleOf(collection)), retry };
  }

  function create(element: HTMLDivElement): MapLibreMap | null {
    const view = atlas.state.view;
    try {
      const map = new MapLibreMap({
        container: element,
        style: baseStyle(props.landing, atlas.theme(), atlas.tiled(), atlas.known()),
        ...(view
          ? { center: [view.longitude, view.latitude], zoom: view.zoom }
          : { bounds: props.landing.window }),
        maxZoom: 16,
        attributionControl: false,
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        // Readers who asked their system for less motion get no fading either.
        fadeDuration: still() ? 0 : 300,
      });
      return map;
    } catch {
      // MapLibre throws when the browser gives it no WebGL.
      atlas.setTrouble({ sentence: () => text.errors.webgl });
      return null;
    }
  }

  createEffect(
    on(ready, (map) => {
      if (!map) return;
      dress(map, atlas, props.landing);
      feed(map, atlas);
    }),
  );

  return (
    <div class="map">
      <div class="map-canvas" ref={container} />
      <Show when={!ready() && !atlas.trouble()}>
        <p class="map-message">{text.map.loading}</p>
      </Show>
    </div>
  );
}
