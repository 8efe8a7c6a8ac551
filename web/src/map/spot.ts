// What lies under a click. Kept is where that was: what lies there is looked for again whenever the
// map has come to rest after anything but the view has changed, so that the panel never says that
// nothing is drawn where something is.
import type { Map as MapLibreMap, MapSourceDataEvent } from "maplibre-gl";
import { batch, createEffect, createSignal, on, onCleanup } from "solid-js";
import { dividerAt } from "../compare/divider";
import type { Atlas } from "../state/atlas";
import type { Comparison } from "../state/comparison";
import type { Selection } from "../state/hash";
import { type Picked, pick } from "./pick";

/** Sources of what is chosen and asked about, which cannot be picked. */
const UNPICKED = new Set(["selected", "near"]);

/** What is found now; what was found before stays the same object, and its row the same row. */
const renewed = (now: Selection[], before: readonly Selection[]) =>
  now.map((one) => before.find((b) => b.id === one.id && b.collection === one.collection) ?? one);

export function keepSpot(map: MapLibreMap, atlas: Atlas, comparison: Comparison) {
  const left = () => (comparison.leftDrawn() ? comparison.leftMap() : null);
  /** The map that is seen at a place: left of a comparison's divider the other, once it is drawn. */
  const sideAt = (x: number): MapLibreMap | null => {
    const at = atlas.state.compare?.at;
    const isLeft = at !== undefined && x < dividerAt(at, map.getContainer().clientWidth);
    return isLeft ? left() : map;
  };

  const [picked, setPicked] = createSignal<Picked>({ found: [], covering: [] });
  map.on("click", ({ point, lngLat, originalEvent: { target, detail } }) => {
    // What lies over the map, as the rim's handle does, has clicks of its own; the centre's is
    // hollow, and a click on it means what is seen in it. A key's click has no place.
    const isHollow = target instanceof Element && target.matches(".circle-centre") && detail > 0;
    if (target !== map.getCanvas() && !isHollow) return;
    const side = sideAt(point.x);
    if (!side) return;
    const { found } = setPicked(pick(side, point));
    const [only] = found;
    atlas.setSpot({
      at: [lngLat.lng, lngLat.lat],
      get found() {
        return picked().found;
      },
      get covering() {
        return picked().covering;
      },
    });
    // The side is the new step's, not of the one that is left.
    batch(() => {
      atlas.select(found.length === 1 && only ? only : null);
      comparison.setReading(side === map ? "right" : "left");
    });
  });
  map.on("mousemove", ({ point }) => {
    const side = sideAt(point.x);
    map.getCanvas().style.cursor = side && pick(side, point).found.length ? "pointer" : "";
  });

  let isDue = false;
  const change = () => {
    isDue = true;
    // What changes nothing that is drawn brings no rest of its own.
    map.triggerRepaint();
    left()?.triggerRepaint();
  };
  const read = () => (comparison.reading() === "left" ? left() : map);
  createEffect(
    on(() => [atlas.state.hidden.join(), comparison.read().when(), atlas.known(), read()], change, {
      defer: true,
    }),
  );
  const onData = ({ sourceId, sourceDataType }: MapSourceDataEvent) => {
    if (sourceDataType === "content" && !UNPICKED.has(sourceId)) change();
  };
  const renew = () => {
    const spot = atlas.spot();
    const side = read();
    if (!isDue || !spot || !side?.loaded() || comparison.read().layers.loading()) return;
    isDue = false;
    const { x, y } = side.project(spot.at);
    const { clientWidth, clientHeight } = side.getContainer();
    // Out of view nothing can be looked for, and what was found is no longer so.
    if (x < 0 || y < 0 || x > clientWidth || y > clientHeight) {
      atlas.setSpot(null);
      return;
    }
    const { found, covering } = pick(side, { x, y });
    setPicked((before) => ({
      found: renewed(found, before.found),
      covering: renewed(covering, before.covering),
    }));
  };
  createEffect(() => {
    for (const one of [map, left()]) {
      if (!one) continue;
      one.on("sourcedata", onData);
      one.on("idle", renew);
      onCleanup(() => {
        one.off("sourcedata", onData);
        one.off("idle", renew);
      });
    }
  });

  // Another step in the history looks elsewhere, or at other days.
  const clear = () => atlas.setSpot(null);
  window.addEventListener("popstate", clear);
  onCleanup(() => window.removeEventListener("popstate", clear));
}
