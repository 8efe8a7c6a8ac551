// The map of the left side, laid over the reader's own within its container, under the handles and
// marks on it. It takes no part in anything: it looks where the other looks.
import { Map as MapLibreMap } from "maplibre-gl";
import { onCleanup } from "solid-js";
import type { Landing } from "../api/types";
import { feed, keepLegend } from "../map/feed";
import { addImages } from "../map/icons";
import { baseStyle } from "../map/style";
import type { Atlas } from "../state/atlas";

/** Lives as long as its owner; `ready` hears of the map once it is drawn, and of its end. */
export function leftMap(
  map: MapLibreMap,
  landing: Landing,
  day: number,
  ready: (left: MapLibreMap | null) => void,
) {
  const holder = document.createElement("div");
  holder.className = "left-map";
  holder.inert = true;
  holder.setAttribute("aria-hidden", "true");
  map.getCanvas().after(holder);
  const left = new MapLibreMap({
    container: holder,
    style: baseStyle(landing, day),
    center: map.getCenter(),
    zoom: map.getZoom(),
    maxZoom: map.getMaxZoom(),
    attributionControl: false,
    interactive: false,
  });
  const look = () => left.jumpTo({ center: map.getCenter(), zoom: map.getZoom() });
  map.on("move", look);
  left.once("load", () => {
    addImages(left);
    look();
    window.demarcLeft = left;
    ready(left);
  });
  onCleanup(() => {
    map.off("move", look);
    delete window.demarcLeft;
    ready(null);
    left.remove();
    holder.remove();
  });
  return left;
}

/** Shows the side on its map. */
export function feedLeft(
  left: MapLibreMap,
  side: Atlas,
  setInView: (looks: ReadonlySet<string>) => void,
) {
  feed(left, side);
  keepLegend(left, setInView);
}
