// What differs between the two sides of a comparison, in words' terms: the swipe for those who do
// not see it. Pure.
import type { AtlasFeature } from "../api/types";
import type { SideName } from "../state/compare";
import type { Selection } from "../state/hash";
import { str } from "../text/phrases";

export interface Difference {
  selection: Selection;
  kind: string;
  /** The version on each side, of several the last; one of them may be missing. */
  left: AtlasFeature | null;
  right: AtlasFeature | null;
  /** Taken from another map, or another shape on the same. */
  redrawn: boolean;
  /** Another status: of a border its own, of an area what is reported, and by how many reports. */
  restated: boolean;
  /** Sides that show more than one version, as a range may; empty where both show the same. */
  several: SideName[];
}

export interface Shown {
  collection: string;
  kind: string;
  /** What holds on that side. */
  features: readonly AtlasFeature[];
}

/**
 * Of an area all that is reported of it counts, not only the claim that its status is taken from;
 * what is reported of a larger area is that one's.
 */
const STATED = [
  "status",
  "status_by",
  "status_reported",
  "status_about",
  "status_claim",
  "contested",
  "claims",
  "hazards",
];

export function differences(left: readonly Shown[], right: readonly Shown[]): Difference[] {
  const collections = [
    ...new Map([...left, ...right].map((one) => [one.collection, one])).values(),
  ];
  return collections.flatMap(({ collection, kind }) => {
    const [a, b] = [left, right].map((side) => indexOf(side, collection)) as [Index, Index];
    const ids = [...new Set([...a.keys(), ...b.keys()])];
    return ids.flatMap((id): Difference[] => {
      const [ones, others] = [a.get(id) ?? [], b.get(id) ?? []];
      const [one, other] = [ones.at(-1) ?? null, others.at(-1) ?? null];
      if (one && other && isSubset(ones, others) && isSubset(others, ones)) return [];
      return [
        {
          selection: { collection, id },
          kind,
          left: one,
          right: other,
          redrawn: one !== null && other !== null && !sameShape(one, other),
          restated: one !== null && other !== null && !sameStatement(one, other),
          several: [
            ...(ones.length > 1 ? (["left"] as const) : []),
            ...(others.length > 1 ? (["right"] as const) : []),
          ],
        },
      ];
    });
  });
}

type Index = Map<string, AtlasFeature[]>;

function indexOf(side: readonly Shown[], collection: string): Index {
  const index: Index = new Map();
  for (const one of side) {
    if (one.collection !== collection) continue;
    for (const feature of one.features) {
      const id = String(feature.id);
      index.set(id, [...(index.get(id) ?? []), feature]);
    }
  }
  return index;
}

/** Whether each of the versions is among the others. */
const isSubset = (of: readonly AtlasFeature[], others: readonly AtlasFeature[]) =>
  of.every((one) => others.some((other) => sameShape(one, other) && sameStatement(one, other)));

const sameStatement = (a: AtlasFeature, b: AtlasFeature) =>
  STATED.every((name) => (a.properties[name] ?? null) === (b.properties[name] ?? null));

/** Versions are told apart by their own objects first: geometries are long. */
function sameShape(a: AtlasFeature, b: AtlasFeature): boolean {
  if (a === b || a.geometry === b.geometry) return true;
  if (str(a.properties, "as_mapped") !== str(b.properties, "as_mapped")) return false;
  return JSON.stringify(a.geometry) === JSON.stringify(b.geometry);
}
