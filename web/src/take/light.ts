// Paper is light, whatever the screen shows. The map needs a moment to be drawn anew, and browsers
// lay paper out at once, so that a dark map is lit before the browser is asked to print.
import type { Map as MapLibreMap } from "maplibre-gl";
import type { Atlas } from "../state/atlas";

/** A map whose tiles never come must not keep anybody from printing what there is. */
const PATIENCE = 5_000;

/** Prints in light colours. */
export async function printLight(atlas: Atlas) {
  if (atlas.theme() === "dark") {
    atlas.setOnPaper(true);
    await Promise.all([window.demarcMap, window.demarcLeft].map((map) => map && drawn(map)));
  }
  window.print();
}

function drawn(map: MapLibreMap): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      map.off("idle", done);
      resolve();
    };
    const timer = setTimeout(done, PATIENCE);
    map.on("idle", done);
    map.triggerRepaint();
  });
}

/** Whether a key asks the browser to print. */
export const isPrintKey = ({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent) =>
  key.toLowerCase() === "p" && ctrlKey !== metaKey && !shiftKey && !altKey;
