// Which looks are in view, for the legend. A look at all of a map takes long enough to be felt, so
// that each source is looked at in a task of its own.
import type { Map as MapLibreMap } from "maplibre-gl";
import { type Accessor, createSignal, onCleanup } from "solid-js";
import { partLook } from "./looks";
import { plainLook } from "./prepare";
import type { Stage } from "./stages";
import { tiledCollection } from "./tiled";

/** Whether a feature is drawn weaker, as `weaker` in the style has it. */
function isWeak(properties: Record<string, unknown>, { from, to }: Record<string, unknown>) {
  const { _sureFirst: first, _sureLast: last } = properties;
  return properties._unsure === true || Number(first) > Number(to) || Number(last) < Number(from);
}

/** What layers draw of an area beside its mark, as the legend has it. */
const PARTS: Record<string, string> = {
  "area-hatch": "covers",
  "area-rim": "covers",
  "area-reach": "reach",
};

/** Drawn for the pick alone: nobody sees it. */
const UNSEEN = "area-covers";

/** The layers of each source. */
function bySource(map: MapLibreMap): string[][] {
  const layers = new Map<string, string[]>();
  for (const id of map.getLayersOrder()) {
    const source = map.getLayer(id)?.source;
    if (source && id !== UNSEEN) layers.set(source, [...(layers.get(source) ?? []), id]);
  }
  return [...layers.values()];
}

/**
 * Tells the legend which looks are in view whenever a map of all stages comes to rest. Tells
 * whether it has once.
 */
export function keepLegend(
  map: MapLibreMap,
  setInView: (looks: ReadonlySet<string>) => void,
  stage: Accessor<Stage>,
): Accessor<boolean> {
  const [looked, setLooked] = createSignal(false);
  let latest = 0;
  async function look() {
    if (stage() !== "relief") return;
    latest += 1;
    const mine = latest;
    const seen = new Set<string>();
    for (const layers of bySource(map)) {
      for (const { properties, layer, source } of map.queryRenderedFeatures({ layers })) {
        const tiled = tiledCollection(source);
        if (tiled !== null) seen.add(plainLook(tiled));
        const part = PARTS[layer.id];
        if (part) seen.add(partLook(part, properties._look, properties._contested === true));
        if (properties._contested === true) seen.add("contested");
        if (isWeak(properties, map.getGlobalState())) seen.add("weak");
        if (typeof properties._look === "string") seen.add(properties._look);
      }
      await new Promise((resume) => setTimeout(resume));
      if (mine !== latest) return;
    }
    setInView(seen);
    setLooked(true);
  }
  map.on("idle", look);
  onCleanup(() => {
    latest += 1;
    map.off("idle", look);
    setInView(new Set());
  });
  return looked;
}
