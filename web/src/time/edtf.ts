// EDTF dates as days. A day is a number: days since 1970-01-01, so that times compare as numbers
// in the map's filters too. An open or missing end is unbounded: ±Infinity.

const DAY_MS = 86_400_000;

/** The day number of a civil date; months and days past the end roll over, as in `Date.UTC`. */
function dayNumber(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / DAY_MS);
}

/** `2024-04-30` of a day number. */
export function isoDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** A whole `YYYY-MM-DD` as a day number; null when it is no date of the calendar. */
export function parseDay(written: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) return null;
  const [year = 0, month = 0, day = 0] = written.split("-").map(Number);
  const number = dayNumber(year, month, day);
  return isoDay(number) === written ? number : null;
}

/** The beginning of a day in years: 2024-07-02 is 2024.5. */
export function decimalYear(day: number): number {
  if (!Number.isFinite(day)) return day;
  const year = new Date(day * DAY_MS).getUTCFullYear();
  const first = dayNumber(year, 1, 1);
  return year + (day - first) / (dayNumber(year + 1, 1, 1) - first);
}

export interface Days {
  first: number;
  last: number;
}

const SIMPLE = /^(-?\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?$/;

/** First and last day of a year, a month or a day; null for what is none of these. */
function simple(written: string): Days | null {
  const match = SIMPLE.exec(written.trim());
  if (!match) return null;
  const year = Number(match[1]);
  if (match[2] === undefined) {
    return { first: dayNumber(year, 1, 1), last: dayNumber(year + 1, 1, 1) - 1 };
  }
  const month = Number(match[2]);
  if (month < 1 || month > 12) return null;
  if (match[3] === undefined) {
    return { first: dayNumber(year, month, 1), last: dayNumber(year, month + 1, 1) - 1 };
  }
  const day = parseDay(`${match[1]}-${match[2]}-${match[3]}`);
  return day === null ? null : { first: day, last: day };
}

/** First and last day of an EDTF date or interval; null when it cannot be read. */
export function edtfDays(written: string): Days | null {
  const [from = "", to] = written.split("/");
  if (to === undefined) return simple(from);
  const open = (end: string) => end === "" || end === "..";
  const start = open(from) ? { first: -Infinity, last: -Infinity } : simple(from);
  const end = open(to) ? { first: Infinity, last: Infinity } : simple(to);
  return start && end ? { first: start.first, last: end.last } : null;
}

/**
 * The days a feature holds for: from the first day of `start` to the last day of `end`. What is
 * missing or cannot be read is unbounded: a mark is rather shown than lost.
 */
export function validity(start: unknown, end: unknown): Days {
  const from = typeof start === "string" && start ? edtfDays(start) : null;
  const to = typeof end === "string" && end ? edtfDays(end) : null;
  return { first: from?.first ?? -Infinity, last: to?.last ?? Infinity };
}

/**
 * The days a feature surely holds for, by its own dates: a start of `1991` may mean its last day, an
 * end of `2024-04` its first. They may be none at all, with the last before the first.
 */
export function sureDays(start: unknown, end: unknown): Days {
  const from = typeof start === "string" && start ? edtfDays(start) : null;
  const to = typeof end === "string" && end ? edtfDays(end) : null;
  return { first: from?.last ?? -Infinity, last: to?.first ?? Infinity };
}

export function holdsOn(days: Days, day: number): boolean {
  return days.first <= day && day <= days.last;
}

/** Today where the reader is. */
export function today(now = new Date()): number {
  return dayNumber(now.getFullYear(), now.getMonth() + 1, now.getDate());
}
