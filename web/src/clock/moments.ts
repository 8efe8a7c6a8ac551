// What the clock can step to and what stands on its line: days on which something in the ledger
// begins, or on which the map's own features begin or end. Pure.
import type { AtlasFeature, Contradiction, Entry } from "../api/types";
import { nameOf } from "../text/phrases";
import { edtfDays, isoDay, parseDay, validity } from "../time/edtf";

export interface Moment {
  day: number;
  entries: Entry[];
  /** Names of features that begin to hold or cease to hold on this day. */
  changes: string[];
}

/** Where the line begins unless something asks for more: the valley's and most ledgers' start. */
export const LINE_START = parseDay("1991-01-01") as number;

/** The first day of an entry; null when it has no date. */
export function entryDay(entry: Entry): number | null {
  const first = entry.start ? edtfDays(entry.start)?.first : undefined;
  return first !== undefined && Number.isFinite(first) ? first : null;
}

/**
 * The entries that were public by a day, with what stands against them as far as all of that was
 * public too. Undated ones are known only where no day is named.
 */
export function publicBy(entries: readonly Entry[], known: number | null): readonly Entry[] {
  if (known === null) return entries;
  const isPublic = ({ known_from: from }: Entry) => {
    if (!from) return false;
    return from === ".." || (parseDay(from) ?? Infinity) <= known;
  };
  const later = new Set(entries.filter((entry) => !isPublic(entry)).map(({ id }) => id));
  const wasSeen = ({ claims = [], events = [] }: Contradiction) =>
    ![...claims, ...events].some((id) => later.has(id));
  return entries.filter(isPublic).map((entry) => {
    if (entry.type === "event" || !entry.contradicted_by) return entry;
    return { ...entry, contradicted_by: entry.contradicted_by.filter(wasSeen) };
  });
}

export function moments(entries: readonly Entry[], features: readonly AtlasFeature[]): Moment[] {
  const byDay = new Map<number, Moment>();
  const on = (day: number) => {
    const known = byDay.get(day);
    if (known) return known;
    const moment: Moment = { day, entries: [], changes: [] };
    byDay.set(day, moment);
    return moment;
  };
  for (const entry of entries) {
    const day = entryDay(entry);
    if (day !== null) on(day).entries.push(entry);
  }
  for (const feature of features) {
    const { first, last } = validity(feature.properties?.start, feature.properties?.end);
    for (const day of [first, last + 1]) {
      if (!Number.isFinite(day)) continue;
      const { changes } = on(day);
      const name = nameOf(feature.properties, String(feature.id));
      if (!changes.includes(name)) changes.push(name);
    }
  }
  return [...byDay.values()].sort((a, b) => a.day - b.day);
}

/** The nearest moment before (-1) or after (1) a day, not beyond `latest`. */
export function step(
  all: readonly Moment[],
  day: number,
  direction: -1 | 1,
  latest: number,
): Moment | null {
  if (direction === 1) return all.find((one) => one.day > day && one.day <= latest) ?? null;
  return all.findLast((one) => one.day < day) ?? null;
}

export interface Mark {
  day: number;
  type: Entry["type"];
  entries: Entry[];
  /** One of its claims stands against another, whichever is right. */
  disputed: boolean;
}

/** Whether a claim stands in a contradiction with another. */
export const isDisputed = (entry: Entry) =>
  entry.type === "claim" &&
  (entry.contradicted_by ?? []).some(({ claims = [] }) => claims.length > 1);

/** The marks on the line, a day's events before its claims; what lies outside of it has none. */
export function marksOn(all: readonly Moment[], first: number, last: number): Mark[] {
  return all
    .filter(({ day }) => day >= first && day <= last)
    .flatMap(({ day, entries }) =>
      (["event", "claim"] as const).flatMap((type) => {
        const own = entries.filter((entry) => entry.type === type);
        return own.length ? [{ day, type, entries: own, disputed: own.some(isDisputed) }] : [];
      }),
    );
}

/** Years to write under the line: its ends and round years between, none too near another. */
export function years(first: number, last: number): { at: number; year: string }[] {
  const yearOf = (day: number) => Number(isoDay(day).slice(0, 4));
  const span = last - first;
  const marks = [{ at: 0, year: String(yearOf(first)) }];
  const count = yearOf(last) - yearOf(first);
  const every = [10, 20, 50, 100, 200, 500, 1000].find((years) => count / years <= 6) ?? 2000;
  for (let year = Math.ceil(yearOf(first) / every) * every; year <= yearOf(last); year += every) {
    const at = ((parseDay(`${year}-01-01`) ?? first) - first) / span;
    if (at > 0.1 && at < 0.9) marks.push({ at, year: String(year) });
  }
  return [...marks, { at: 1, year: String(yearOf(last)) }];
}
