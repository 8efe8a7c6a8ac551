// When a thing is on the map: its dates as they are written, and what it was before the clock's days
// or is after them. Pure.
import type { AtlasFeature } from "../api/types";
import { daysOf } from "../map/prepare";
import { text } from "../text";
import { sayDate, str } from "../text/phrases";
import type { Days } from "../time/edtf";
import { oneDay, type When } from "../time/when";

/** The dates that bound a feature's days, as written: a year is not said as its first day. */
export function datesOf(feature: AtlasFeature, kind: string): { start: string; end: string } {
  const { first, last } = daysOf(feature, kind);
  const { start, end } = feature.dates ?? {
    start: str(feature.properties, "start"),
    end: str(feature.properties, "end"),
  };
  return {
    start: Number.isFinite(first) ? start : "",
    end: Number.isFinite(last) ? end : "",
  };
}

export interface Around {
  /** The last version that ended before the clock's days; null when none did. */
  before: AtlasFeature | null;
  /** The first that begins after them. */
  after: AtlasFeature | null;
}

/** The versions on both sides of days on which none holds; a file may have them in any order. */
export function around(versions: readonly AtlasFeature[], kind: string, when: Days): Around {
  const days = (one: AtlasFeature) => daysOf(one, kind);
  const best = (all: readonly AtlasFeature[], isBetter: (a: Days, b: Days) => boolean) =>
    all.reduce<AtlasFeature | null>(
      (found, one) => (found && !isBetter(days(one), days(found)) ? found : one),
      null,
    );
  return {
    before: best(
      versions.filter((one) => days(one).last < when.first),
      (a, b) => a.last > b.last,
    ),
    after: best(
      versions.filter((one) => days(one).first > when.last),
      (a, b) => a.first < b.first,
    ),
  };
}

/** The version to tell of where none holds: the last there was, else the first there will be. */
export function told(versions: readonly AtlasFeature[], kind: string, when: Days) {
  const { before, after } = around(versions, kind, when);
  return before ?? after ?? versions.at(-1) ?? null;
}

/** That a thing ended, or when it begins; between two of its versions both. */
export function sayAround({ before, after }: Around, kind: string): string {
  const begins = before ? text.panel.beginsAgain : text.panel.begins;
  return [
    before ? text.panel.ended(sayDate(datesOf(before, kind).end)) : "",
    after ? begins(sayDate(datesOf(after, kind).start)) : "",
  ]
    .filter(Boolean)
    .join(" ");
}

/** The last day on which a thing was on the map, else its first; null where nothing is around. */
export function nearestDay({ before, after }: Around, kind: string): When | null {
  if (before) return oneDay(daysOf(before, kind).last);
  return after && oneDay(daysOf(after, kind).first);
}
