// Which looks are in view, for the legend. A look at all of a map takes long enough to be felt, so
// that each source is looked at in a task of its own.
import type { Map as MapLibreMap } from "maplibre-gl";
import { type Accessor, createSignal, onCleanup } from "solid-js";
import { partLook } from "./looks";
import { type Drawn, plainLook } from "./prepare";
import type { Stage } from "./stages";
import { tiledCollection } from "./tiled";

/** Whether a feature is drawn weaker, as `weaker` in the style has it. */
function isWeak(properties: Partial<Drawn>, { from, to }: Record<string, unknown>) {
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
const UNSEEN = new Set(["area-covers", "district-ground"]);

/** Adds what a layer shows by drawing a feature, in a map of a global state. */
export function see(
  seen: Set<string>,
  layer: string,
  properties: Partial<Drawn>,
  state: Record<string, unknown>,
) {
  const { _look: look, _contested: contested } = properties;
  if (UNSEEN.has(layer) || typeof look !== "string") return;
  const part = PARTS[layer];
  if (part) seen.add(partLook(part, look, contested === true));
  if (contested === true) seen.add("contested");
  if (isWeak(properties, state)) seen.add("weak");
  seen.add(look);
}

/** The layers of each source. */
function bySource(map: MapLibreMap): string[][] {
  const layers = new Map<string, string[]>();
  for (const id of map.getLayersOrder()) {
    const source = map.getLayer(id)?.source;
    if (source && !UNSEEN.has(id)) layers.set(source, [...(layers.get(source) ?? []), id]);
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
        see(seen, layer.id, properties, map.getGlobalState());
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
    // What the map never told may be of a sketch that stays.
    if (looked()) setInView(new Set());
  });
  return looked;
}
