// Dresses a drawn map anew when the reader changes the colours or the language, and once it is known
// which layers are drawn from tiles: its style, its images, and the words of its controls. A
// comparison's left map has style and images alone.
import { type Map as MapLibreMap, NavigationControl, ScaleControl } from "maplibre-gl";
import { type Accessor, createEffect, on, untrack } from "solid-js";
import type { Landing } from "../api/types";
import type { Atlas } from "../state/atlas";
import { language, text } from "../text";
import { addImages } from "./icons";
import type { Stage } from "./stages";
import { baseStyle } from "./style";

export const withoutRelief = ({ window }: Landing): Pick<Landing, "window"> => ({ window });

/** What MapLibre says itself. */
const locale = () => ({
  "Map.Title": text.map.label,
  "NavigationControl.ZoomIn": text.map.zoomIn,
  "NavigationControl.ZoomOut": text.map.zoomOut,
  "ScaleControl.Kilometers": text.map.kilometre,
  "ScaleControl.Meters": text.map.metre,
});

/** The style and its images follow theme and language for as long as their owner lives. */
export function dressStyle(
  map: MapLibreMap,
  atlas: Atlas,
  landing: Landing,
  stage: Accessor<Stage>,
) {
  // Relief is the dearest to draw and says the least: it comes under what is already there.
  const hasRelief = () => stage() === "relief";
  createEffect(
    on([atlas.theme, language, atlas.tiled, hasRelief], ([theme, , tiled, relief]) => {
      addImages(map, theme);
      const ground = relief ? landing : withoutRelief(landing);
      map.setStyle(baseStyle(ground, theme, tiled, untrack(atlas.known)), {
        diff: true,
        // What the sources hold is theirs; only how it looks is new.
        transformStyle: (before, next) => ({
          ...next,
          sources: { ...next.sources, ...before?.sources },
        }),
      });
    }),
  );
}

/** All of the map follows theme and language for as long as its owner lives. */
export function dress(map: MapLibreMap, atlas: Atlas, landing: Landing, stage: Accessor<Stage>) {
  dressStyle(map, atlas, landing, stage);
  let controls: (NavigationControl | ScaleControl)[] = [];
  createEffect(
    on(language, () => {
      // MapLibre takes its words when it is made and has no way to be given others.
      Object.assign(map._locale, locale());
      map.getCanvas().setAttribute("aria-label", text.map.label);
      for (const control of controls) map.removeControl(control);
      controls = [
        new NavigationControl({ showCompass: false }),
        new ScaleControl({ unit: "metric" }),
      ];
      for (const control of controls) map.addControl(control, "top-right");
    }),
  );
}
