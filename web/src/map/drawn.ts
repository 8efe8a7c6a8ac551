// Says whether what has come is drawn: data is not yet on the map when it has come.
import type { Map as MapLibreMap } from "maplibre-gl";
import { createEffect, onCleanup } from "solid-js";
import type { Atlas } from "../state/atlas";

export function keepDrawn(map: MapLibreMap, atlas: Atlas) {
  createEffect(() => {
    if (atlas.layers.loading()) atlas.setDrawn(false);
    // An answer that changes nothing, or fails, brings no drawing of its own to wait for.
    else map.triggerRepaint();
  });
  const rest = () => atlas.setDrawn(!atlas.layers.loading());
  map.on("idle", rest);
  onCleanup(() => map.off("idle", rest));
}
