// The map of the left side, laid over the reader's own within its container, under the handles and
// marks on it. It takes no part in anything: it looks where the other looks.
import { Map as MapLibreMap } from "maplibre-gl";
import { onCleanup } from "solid-js";
import type { Landing } from "../api/types";
import { createContents } from "../map/contents";
import { dressStyle, withoutRelief } from "../map/dress";
import { feed } from "../map/feed";
import { keepLegend } from "../map/in-view";
import { createStages } from "../map/stages";
import { baseStyle } from "../map/style";
import type { Atlas } from "../state/atlas";
import type { Theme } from "../state/theme";
import { still } from "../ui/still";

/** Lives as long as its owner; `ready` hears of the map once it is drawn, and of its end. */
export function leftMap(
  map: MapLibreMap,
  landing: Landing,
  theme: Theme,
  ready: (left: MapLibreMap | null) => void,
) {
  const holder = document.createElement("div");
  holder.className = "left-map";
  holder.inert = true;
  holder.setAttribute("aria-hidden", "true");
  map.getCanvas().after(holder);
  const left = new MapLibreMap({
    container: holder,
    style: baseStyle(withoutRelief(landing), theme),
    center: map.getCenter(),
    zoom: map.getZoom(),
    maxZoom: map.getMaxZoom(),
    attributionControl: false,
    interactive: false,
    fadeDuration: still() ? 0 : 300,
  });
  const look = () => left.jumpTo({ center: map.getCenter(), zoom: map.getZoom() });
  map.on("move", look);
  left.once("load", () => {
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

/** Shows the side on its map; tells whether all but the relief is drawn. */
export function feedLeft(
  left: MapLibreMap,
  side: Atlas,
  landing: Landing,
  setInView: (looks: ReadonlySet<string>) => void,
) {
  const stage = createStages(left, side);
  dressStyle(left, side, landing, stage);
  const contents = createContents(side);
  feed(left, contents, stage);
  keepLegend(left, setInView, stage);
  return () => stage() === "relief" && contents.isWhole();
}
