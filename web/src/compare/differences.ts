// What differs between the two sides of a comparison, in words' terms: the swipe for those who do
// not see it. Pure.
import type { AtlasFeature } from "../api/types";
import type { Selection } from "../state/hash";
import { str } from "../text/phrases";

export interface Difference {
  selection: Selection;
  kind: string;
  /** The version on each side; one of them may be missing. */
  left: AtlasFeature | null;
  right: AtlasFeature | null;
  /** Taken from another map, or another shape on the same. */
  redrawn: boolean;
  /** Another status: of a border its own, of an area what is reported. */
  restated: boolean;
}

export interface Shown {
  collection: string;
  kind: string;
  /** What holds on that side. */
  features: readonly AtlasFeature[];
}

const STATED = [
  "status",
  "status_by",
  "status_reported",
  "status_about",
  "status_claim",
  "contested",
];

export function differences(left: readonly Shown[], right: readonly Shown[]): Difference[] {
  const collections = [
    ...new Map([...left, ...right].map((one) => [one.collection, one])).values(),
  ];
  return collections.flatMap(({ collection, kind }) => {
    const [a, b] = [left, right].map((side) => indexOf(side, collection)) as [Index, Index];
    const ids = [...new Set([...a.keys(), ...b.keys()])];
    return ids.flatMap((id): Difference[] => {
      const [one = null, other = null] = [a.get(id), b.get(id)];
      const redrawn = one !== null && other !== null && !sameShape(one, other);
      const restated = one !== null && other !== null && !sameStatement(one, other);
      const differs = one === null || other === null || redrawn || restated;
      const found = { selection: { collection, id }, kind, left: one, right: other };
      return differs ? [{ ...found, redrawn, restated }] : [];
    });
  });
}

type Index = Map<string, AtlasFeature>;

const indexOf = (side: readonly Shown[], collection: string): Index =>
  new Map(
    side
      .filter((one) => one.collection === collection)
      .flatMap(({ features }) => features.map((feature) => [String(feature.id), feature])),
  );

const sameStatement = (a: AtlasFeature, b: AtlasFeature) =>
  STATED.every((name) => (a.properties[name] ?? null) === (b.properties[name] ?? null));

/** Versions are told apart by their own objects first: geometries are long. */
function sameShape(a: AtlasFeature, b: AtlasFeature): boolean {
  if (a === b || a.geometry === b.geometry) return true;
  if (str(a.properties, "as_mapped") !== str(b.properties, "as_mapped")) return false;
  return JSON.stringify(a.geometry) === JSON.stringify(b.geometry);
}
