// Depictions of the borders, and the changes between versions that are worth comparing. Pure.
import type { AtlasFeature } from "../api/types";
import { daysOf } from "../map/prepare";
import type { Selection } from "../state/hash";
import { nameOf, str } from "../text/phrases";
import { edtfDays, holdsOn } from "../time/edtf";

/** Kinds of which the atlas has versions, each taken from someone's map. */
export const DEPICTED: ReadonlySet<string> = new Set(["border", "territory", "enclave"]);

export interface Depiction {
  /** Id of the source: its maker's map at a date. */
  source: string;
  /** The date of the map (EDTF), as the features have it. */
  mapped: string;
}

/** The maps that features were taken from, in order of their date. */
export function depictions(features: readonly AtlasFeature[]): Depiction[] {
  const found = new Map<string, string>();
  for (const { properties } of features) {
    const [source, mapped] = [str(properties, "source"), str(properties, "as_mapped")];
    if (source && mapped && !found.has(source)) found.set(source, mapped);
  }
  return [...found]
    .map(([source, mapped]) => ({ source, mapped }))
    .sort((a, b) => a.mapped.localeCompare(b.mapped) || a.source.localeCompare(b.source));
}

/**
 * What one map shows: of each thing that was taken from it one version, the one that holds on the
 * day, else the latest. A thing that was taken from another map alone is not in it.
 */
export function depicted(
  features: readonly AtlasFeature[],
  source: string,
  day: number,
): AtlasFeature[] {
  const byId = new Map<string, AtlasFeature>();
  for (const feature of features) {
    if (str(feature.properties, "source") !== source) continue;
    const id = String(feature.id);
    const before = byId.get(id);
    const holds = (one: AtlasFeature) => holdsOn(daysOf(one), day);
    const later = before && daysOf(feature).first > daysOf(before).first;
    if (!before || holds(feature) || (later && !holds(before))) byId.set(id, feature);
  }
  return [...byId.values()];
}

/**
 * Drawn whatever the clock says, and never weaker: a map shows what it shows. The open start is
 * written out, since one left out is sure only from the day of the map.
 */
export const timeless = (feature: AtlasFeature): AtlasFeature => ({
  ...feature,
  properties: { ...feature.properties, start: "..", end: null },
});

export interface Change {
  selection: Selection;
  name: string;
  how: "ends" | "begins" | "redrawn";
  /** A day on which it was surely still to come, and one on which it surely had come. */
  before: number;
  after: number;
  /** Its date as written (EDTF). */
  written: string;
}

/** Every date at which a thing began, ended or was drawn anew, in order. */
export function changes(collection: string, versions: readonly AtlasFeature[]): Change[] {
  const found: Change[] = [];
  const byId = new Map<string, AtlasFeature[]>();
  for (const one of versions) {
    const id = String(one.id);
    byId.set(id, [...(byId.get(id) ?? []), one]);
  }
  const earliest = Math.min(...versions.map((one) => daysOf(one).first));
  for (const [id, of] of byId) {
    const sorted = of.sort((a, b) => daysOf(a).first - daysOf(b).first);
    for (const [index, version] of sorted.entries()) {
      const { first, last } = daysOf(version);
      const [previous, next] = [sorted[index - 1], sorted[index + 1]];
      const [start, end] = [str(version.properties, "start"), str(version.properties, "end")];
      const put = (how: Change["how"], written: string, before: number, after: number) =>
        found.push({
          selection: { collection, id },
          name: nameOf(version.properties, id),
          how,
          before,
          after,
          written,
        });
      const follows = previous && daysOf(previous).last === first - 1;
      // Where the whole layer begins, nothing is said to have begun.
      if (Number.isFinite(first) && !follows && first > earliest) {
        put("begins", start, first - 1, Math.min(sureStart(start, first), last));
      }
      if (!Number.isFinite(last)) continue;
      const before = Math.max(sureEnd(end, last), first);
      if (next && daysOf(next).first === last + 1) {
        const begun = str(next.properties, "start");
        put("redrawn", begun, before, Math.min(sureStart(begun, last + 1), daysOf(next).last));
      } else put("ends", end, before, last + 1);
    }
  }
  return found.sort((a, b) => a.before - b.before || a.name.localeCompare(b.name));
}

// `2024-04` is some day of that month: what ends then surely held until the month began, what begins
// then surely holds when the month is over.
const sureEnd = (written: string, day: number) => {
  const days = edtfDays(written);
  return days && days.first < days.last ? days.first - 1 : day;
};
const sureStart = (written: string, day: number) => {
  const days = edtfDays(written);
  return days && days.first < days.last ? days.last : day;
};
