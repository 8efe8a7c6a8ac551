// What lies under a click: things to open, and what covers the point as a whole.
import type { Map as MapLibreMap, PointLike } from "maplibre-gl";
import type { Selection } from "../state/hash";
import { BORDERS } from "./looks";
import { tiledCollection, tiledLayers } from "./tiled";

/** Layers whose features can be opened, those a reader means most first. */
const OPENS = [
  "area-marks",
  "area-names",
  "area-reach",
  "area-reach-names",
  "area-line",
  "area-fill",
  ...Object.keys(BORDERS),
  "enclaves",
  "enclave-band",
  "enclave-names",
  "enclave-ground",
  "settlements",
  "settlement-names",
  "plain-point",
  "plain-names",
  "plain-line",
  "plain-fill",
];
const COVERS = ["area-covers", "district-ground", "territories"];

/** How far from the pointer, in pixels, a thin line still counts as hit. */
const SLACK = 6;

export interface Picked {
  found: Selection[];
  covering: Selection[];
}

export function pick(map: MapLibreMap, { x, y }: { x: number; y: number }): Picked {
  const box: [PointLike, PointLike] = [
    [x - SLACK, y - SLACK],
    [x + SLACK, y + SLACK],
  ];
  return {
    found: unique(map, box, [...OPENS, ...tiledLayers(map)]),
    covering: unique(map, [x, y], COVERS),
  };
}

function unique(map: MapLibreMap, where: PointLike | [PointLike, PointLike], layers: string[]) {
  const found = new Map<string, Selection & { rank: number }>();
  for (const feature of map.queryRenderedFeatures(where, { layers })) {
    const collection = tiledCollection(feature.source) ?? String(feature.properties._collection);
    const id = String(feature.properties._id ?? feature.properties.id);
    const rank = layers.indexOf(feature.layer.id);
    const before = found.get(`${collection}/${id}`);
    if (!before || rank < before.rank) found.set(`${collection}/${id}`, { collection, id, rank });
  }
  return [...found.values()]
    .sort((a, b) => a.rank - b.rank)
    .map(({ collection, id }) => ({ collection, id }));
}
