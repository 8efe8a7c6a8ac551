// Which reported areas a sheet of paper has to name: those whose ground may reach into the map, those
// that speak of all of it, and those that nobody located. And the sources behind them. Pure.
import type { AtlasFeature, Entry, Source } from "../api/types";
import { type Box, boxOf, linesOf, widen } from "../map/geometry";
import { coversWhole } from "../map/prepare";
import { list, num } from "../text/phrases";
import { edtfDays } from "../time/edtf";

export interface Named {
  /** Their mark, or the ground that it may stand for, lies in the map. */
  located: AtlasFeature[];
  /** Of a whole country or district that reaches into the map. */
  whole: AtlasFeature[];
  /** Nobody says where: here, too, perhaps. */
  unlocated: AtlasFeature[];
}

export function areasInView(areas: readonly AtlasFeature[], view: Box): Named {
  const named: Named = { located: [], whole: [], unlocated: [] };
  for (const area of areas) {
    const box = area.geometry ? boxOf(linesOf(area.geometry)) : null;
    if (!box) named.unlocated.push(area);
    else if (meets(widen(box, num(area.properties, "uncertainty_m") ?? 0), view))
      named[coversWhole(area) ? "whole" : "located"].push(area);
  }
  return named;
}

const meets = (a: Box, b: Box) => a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];

/** The sources that areas name, in order of their first mention; an id alone where none is known. */
export function sourcesOf(
  areas: readonly AtlasFeature[],
  entries: readonly Entry[],
): { id: string; source: Source | null }[] {
  const known = new Map(entries.flatMap(({ sources = [] }) => sources.map((one) => [one.id, one])));
  const ids = [...new Set(areas.flatMap(({ properties }) => list(properties, "sources")))];
  return ids.map((id) => ({ id, source: known.get(id) ?? null }));
}

/** Whether a source surely came out after a day: what it tells was known by then from others. */
export function isLater(source: Source | null, day: number | null): boolean {
  const published = source?.published ? edtfDays(source.published) : null;
  return published !== null && day !== null && published.first > day;
}
