// The map is drawn in stages, what may harm first. Each layer's style says in which it is drawn;
// the map's global state says how far the map is, which groups the reader hides, and which sources
// hold anything: a layer of an empty one costs as many passes over the screen as any other.
import type { LayerSpecification, Map as MapLibreMap, StateSpecification } from "maplibre-gl";
import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from "solid-js";
import type { Atlas } from "../state/atlas";
import { GROUPS, type Group, groupOf } from "./groups";
import { tiledCollection } from "./tiled";

/** In their order; each begins once what the one before draws is on the screen. */
export const STAGES = ["reports", "places", "relief"] as const;
export type Stage = (typeof STAGES)[number];

const PLACES = new Set(["territories", "context", "ground-names", "settlements", "plain"]);

/** The stage in which a source is drawn first. */
export function stageOf(source: string | undefined): Stage {
  if (source === "relief") return "relief";
  const isPlace = source !== undefined && (PLACES.has(source) || tiledCollection(source) !== null);
  return isPlace ? "places" : "reports";
}

/** Whether a map that has come to `stage` draws `source`. */
export const hasBegun = (stage: Stage, source: string): boolean =>
  STAGES.indexOf(stage) >= STAGES.indexOf(stageOf(source));

const STAGE = "stage";
const holds = (source: string) => `holds:${source}`;
const hides = (group: Group) => `hides:${group}`;

/** What a style must begin with: the first stage, nothing hidden, nothing in the sources given. */
export const initialState = (sources: readonly string[]): StateSpecification => ({
  [STAGE]: { default: 0 },
  ...Object.fromEntries(sources.map((source) => [holds(source), { default: false }])),
  ...Object.fromEntries(GROUPS.map((group) => [hides(group), { default: false }])),
});

/** The state of a map at rest in a stage, with what these sources hold and but for what is hidden. */
export const stateIn = (
  stage: Stage,
  filled: readonly string[],
  hidden: readonly Group[],
): Readonly<Record<string, unknown>> => ({
  [STAGE]: STAGES.indexOf(stage),
  ...Object.fromEntries(filled.map((source) => [holds(source), true])),
  ...Object.fromEntries(hidden.map((group) => [hides(group), true])),
});

/** The layer, shown from its stage on where its source holds something, unless it is hidden. */
export function staged(layer: LayerSpecification, filled: readonly string[]): LayerSpecification {
  if (layer.type === "background") return layer;
  const source = String(layer.source);
  const begun = [">=", ["global-state", STAGE], STAGES.indexOf(stageOf(source))];
  const is = (name: string) => ["==", ["global-state", name], true];
  const group = groupOf(source);
  const all = [
    begun,
    ...(filled.includes(source) ? [is(holds(source))] : []),
    ...(group ? [["!", is(hides(group))]] : []),
  ];
  const visibility = ["case", ["all", ...all], "visible", "none"];
  return { ...layer, layout: { ...layer.layout, visibility } } as LayerSpecification;
}

/** Tells the map's layers whether a source holds anything. */
export const setHolds = (map: MapLibreMap, source: string, any: boolean) =>
  map.setGlobalStateProperty(holds(source), any);

/** Tells the map's layers which groups the reader hides. */
export function setHidden(map: MapLibreMap, hidden: readonly Group[]) {
  for (const group of GROUPS) map.setGlobalStateProperty(hides(group), hidden.includes(group));
}

/** What has to be there before a map is drawn at all; what failed is not waited for. */
export function hasFirst(atlas: Atlas): boolean {
  const { answers, claims } = atlas.layers;
  const kinds = new Set(["border", "enclave", "reported-area"]);
  return (
    !atlas.collections.loading() &&
    !claims.loading() &&
    !atlas.ledger.loading() &&
    answers().every(
      ({ collection, answer }) => !kinds.has(collection.kind ?? "") || !answer.loading(),
    )
  );
}

/**
 * Takes a map from stage to stage for as long as its owner lives, the next when all has come and
 * the last is drawn.
 */
export function createStages(map: MapLibreMap, atlas: Atlas): Accessor<Stage> {
  const [reached, setReached] = createSignal(0);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const next = () => {
    if (waiting !== undefined || atlas.layers.loading() || reached() === STAGES.length - 1) return;
    const onScreen = fence(map);
    const look = () => {
      waiting = undefined;
      if (!onScreen()) {
        waiting = setTimeout(look, 10);
        return;
      }
      setReached(reached() + 1);
      map.setGlobalStateProperty(STAGE, reached());
      // A stage that adds nothing has to come to rest too.
      map.triggerRepaint();
    };
    look();
  };
  map.on("idle", next);
  // An answer that changes nothing, or fails, brings no drawing of its own.
  createEffect(() => {
    if (!atlas.layers.loading()) map.triggerRepaint();
  });
  onCleanup(() => {
    clearTimeout(waiting);
    map.off("idle", next);
  });
  return createMemo(() => STAGES[reached()] ?? "relief");
}

/**
 * Has the card begin with what was drawn so far, and tells whether it is done. What is not seen it
 * would put off; a shader that is compiled before it is done waits for it, and the page with it.
 */
export function fence(map: MapLibreMap): () => boolean {
  const gl = map.getCanvas().getContext("webgl2");
  const sync = gl?.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (!gl || !sync) return () => true;
  gl.flush();
  return () => gl.isContextLost() || gl.getSyncParameter(sync, gl.SYNC_STATUS) === gl.SIGNALED;
}
