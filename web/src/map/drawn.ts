// Says whether what has come is drawn: data is not yet on the map when it has come.
import type { Map as MapLibreMap } from "maplibre-gl";
import { type Accessor, createEffect, on, onCleanup } from "solid-js";
import type { Atlas } from "../state/atlas";

/** `hasAll`: whether all that the map is to hold is given to it; `looked`: whether the legend says what is in view. */
export function keepDrawn(
  map: MapLibreMap,
  atlas: Atlas,
  hasAll: Accessor<boolean>,
  looked: Accessor<boolean>,
) {
  createEffect(() => {
    if (!hasAll()) atlas.setDrawn(false);
    // An answer that changes nothing, or fails, brings no drawing of its own to wait for.
    else map.triggerRepaint();
  });
  const rest = () => atlas.setDrawn(hasAll() && looked());
  createEffect(on(looked, rest));
  map.on("idle", rest);
  onCleanup(() => map.off("idle", rest));
}
