// What the clock shows: one day, a range of days, or all times. Written as the service's `datetime`
// is, so that a link and a question say the same. Pure.
import { type Days, isoDay, parseDay } from "./edtf";

export type Mode = "day" | "range" | "all";

/** The days shown; an open end of a range is infinite. */
export interface When extends Days {
  mode: Mode;
}

export const ALL: When = { mode: "all", first: -Infinity, last: Infinity };
export const oneDay = (day: number): When => ({ mode: "day", first: day, last: day });
export const range = (first: number, last: number): When =>
  first === -Infinity && last === Infinity ? ALL : { mode: "range", first, last };

const OPEN = "..";

/** A day, `a/b`, `../b`, `a/..` or `../..`; null when it is none of these, or ends before it starts. */
export function parseWhen(written: string): When | null {
  const [from = "", to, ...more] = written.split("/");
  if (more.length) return null;
  if (to === undefined) {
    const day = parseDay(from);
    return day === null ? null : oneDay(day);
  }
  const first = from === OPEN ? -Infinity : parseDay(from);
  const last = to === OPEN ? Infinity : parseDay(to);
  return first === null || last === null || last < first ? null : range(first, last);
}

export function formatWhen({ mode, first, last }: When): string {
  if (mode === "day") return isoDay(first);
  const end = (day: number) => (Number.isFinite(day) ? isoDay(day) : OPEN);
  return `${end(first)}/${end(last)}`;
}

/** The day whose status is shown: the last one, or today where there is no last. */
export function statusDay({ last }: When, now: number): number {
  return Number.isFinite(last) ? last : now;
}

/** Whether days reach past today, where nothing has been reported yet; all times claim no such. */
export const isAhead = ({ last }: Days, now: number) => Number.isFinite(last) && last > now;

export function overlaps(days: Days, when: Days): boolean {
  return days.first <= when.last && days.last >= when.first;
}

/** A range given another first day; a last one that lies before it moves along. */
export const withFirst = ({ last }: When, day: number): When => range(day, Math.max(last, day));
/** A range given another last day; a first one that lies after it moves along. */
export const withLast = ({ first }: When, day: number): When => range(Math.min(first, day), day);

/** Days before this are not meant, and those after the last cannot be written with four digits. */
const EARLIEST = parseDay("1000-01-01") as number;
const LATEST = parseDay("9999-12-31") as number;
export const within = (day: number) => Math.min(Math.max(day, EARLIEST), LATEST);

/** The same stretch of days, moved until it ends on `day`; an open end stays open. */
export function moveTo(when: When, day: number): When {
  const last = within(day);
  if (when.mode === "day") return oneDay(last);
  if (!Number.isFinite(when.last)) return when;
  const first = when.first + last - when.last;
  return range(Number.isFinite(first) ? within(first) : first, last);
}

/** The same day of the month, so many months on; the last of the month where it has no such day. */
export function addMonths(day: number, months: number): number {
  const [year = 0, month = 1, date = 1] = isoDay(day).split("-").map(Number);
  const first = new Date(0);
  first.setUTCFullYear(year, month - 1 + months, 1);
  const next = new Date(first);
  next.setUTCMonth(first.getUTCMonth() + 1);
  const start = Math.round(first.getTime() / 86_400_000);
  const length = Math.round(next.getTime() / 86_400_000) - start;
  return within(start + Math.min(date, length) - 1);
}
