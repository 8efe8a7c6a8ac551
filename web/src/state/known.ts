// Features as someone knew them on a day, and areas with their status. What does not change stays
// the same object, so that nothing is drawn again without need. Pure but for what it remembers.
import type { AtlasFeature, Properties } from "../api/types";
import type { Days } from "../time/edtf";

/**
 * Features as known on a day: none that begins later, and no end that lies later. `daysOf` says for
 * which days one holds.
 */
export function asKnownOn(daysOf: (feature: AtlasFeature) => Days) {
  const days = new WeakMap<AtlasFeature, Days>();
  const endless = new WeakMap<AtlasFeature, AtlasFeature>();
  return (features: readonly AtlasFeature[], known: number | null): readonly AtlasFeature[] => {
    if (known === null) return features;
    return features.flatMap((feature) => {
      const { first, last } = remember(days, feature, () => daysOf(feature));
      if (first > known) return [];
      if (last === Infinity || last <= known) return [feature];
      return [
        remember(endless, feature, () => ({
          ...feature,
          ...(feature.days
            ? { days: { first, last: Infinity } }
            : { properties: { ...feature.properties, end: null } }),
        })),
      ];
    });
  };
}

/** Areas with their status: the same object for as long as the same is said. */
export function withStatus() {
  const last = new WeakMap<AtlasFeature, { said: string; area: AtlasFeature }>();
  return (area: AtlasFeature, status: Properties): AtlasFeature => {
    const said = JSON.stringify(status);
    const before = last.get(area);
    if (before?.said === said) return before.area;
    const now = { ...area, properties: { ...area.properties, ...status } };
    last.set(area, { said, area: now });
    return now;
  };
}

/** Whether two lists hold the same objects in the same order. */
export function sameItems<T>(a: readonly T[] | undefined, b: readonly T[] | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || a.length !== b.length) return false;
  return a.every((one, at) => one === b[at]);
}

function remember<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
