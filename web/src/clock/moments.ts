// What the clock can step to: days on which something in the ledger begins, or on which the map's
// own features begin or end. Pure.
import type { AtlasFeature, Entry } from "../api/types";
import { nameOf } from "../text/phrases";
import { edtfDays, isoDay, parseDay, validity } from "../time/edtf";

export interface Moment {
  day: number;
  entries: Entry[];
  /** Names of features that begin to hold or cease to hold on this day. */
  changes: string[];
}

/** Where the slider begins unless something asks for more: the valley's and most ledgers' start. */
export const SLIDER_START = parseDay("1991-01-01") as number;

/** The first day of an entry; null when it has no date. */
export function entryDay(entry: Entry): number | null {
  const first = entry.start ? edtfDays(entry.start)?.first : undefined;
  return first !== undefined && Number.isFinite(first) ? first : null;
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

export interface Tick {
  /** 0 at the slider's start, 1 at its end. */
  at: number;
  type: Entry["type"];
}

/** Places of events and claims along the slider; what lies outside of it has none. */
export function ticks(all: readonly Moment[], first: number, last: number): Tick[] {
  return all
    .filter(({ day }) => day >= first && day <= last)
    .flatMap(({ day, entries }) =>
      [...new Set(entries.map(({ type }) => type))].map((type) => ({
        at: (day - first) / (last - first),
        type,
      })),
    );
}

/** Years to write under the slider: its ends and the decades between, none too near an end. */
export function years(first: number, last: number): { at: number; year: string }[] {
  const yearOf = (day: number) => Number(isoDay(day).slice(0, 4));
  const span = last - first;
  const marks = [{ at: 0, year: String(yearOf(first)) }];
  for (let year = Math.ceil(yearOf(first) / 10) * 10; year <= yearOf(last); year += 10) {
    const at = ((parseDay(`${year}-01-01`) ?? first) - first) / span;
    if (at > 0.1 && at < 0.9) marks.push({ at, year: String(year) });
  }
  return [...marks, { at: 1, year: String(yearOf(last)) }];
}
