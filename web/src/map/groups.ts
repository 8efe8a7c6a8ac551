// The groups of layers that a reader may hide. What is asked about and what is chosen stay drawn.
import type { Collection, Landing } from "../api/types";
import { tiledCollection } from "./tiled";

/** In the order of the switches: what may harm first. */
export const GROUPS = [
  "reports",
  "borders",
  "enclaves",
  "settlements",
  "own",
  "ground",
  "relief",
] as const;
export type Group = (typeof GROUPS)[number];

const OF_SOURCE: Record<string, Group> = {
  "area-shapes": "reports",
  "area-reach": "reports",
  "area-marks": "reports",
  borders: "borders",
  enclaves: "enclaves",
  settlements: "settlements",
  plain: "own",
  territories: "ground",
  context: "ground",
  "ground-names": "ground",
  relief: "relief",
};
const OF_KIND: Record<string, Group> = {
  "reported-area": "reports",
  border: "borders",
  enclave: "enclaves",
  settlement: "settlements",
  plain: "own",
  territory: "ground",
  context: "ground",
};

/** The group that a source of the map is drawn in; null for what cannot be hidden. */
export const groupOf = (source: string): Group | null =>
  tiledCollection(source) !== null ? "own" : (OF_SOURCE[source] ?? null);

/** Names of groups, each once and in their order; null where one is not known. */
export function parseGroups(written: string | null): Group[] | null {
  const names = (written ?? "").split(",").filter(Boolean);
  const isKnown = names.every((name) => (GROUPS as readonly string[]).includes(name));
  return isKnown ? GROUPS.filter((group) => names.includes(group)) : null;
}

/** The groups of which an atlas has something. */
export function groupsOf(
  collections: readonly Pick<Collection, "kind">[],
  landing: Pick<Landing, "relief"> | undefined,
): Group[] {
  const has = new Set(collections.map(({ kind }) => OF_KIND[kind ?? ""]));
  if (landing?.relief) has.add("relief");
  return GROUPS.filter((group) => has.has(group));
}
