// What the clock shows, in words. Pure.
import { isoDay } from "../time/edtf";
import type { When } from "../time/when";
import { text } from ".";

/** `30 April 2024`, one day to another, since or until a day, or that all times are meant. */
export function sayWhen({ mode, first, last }: When): string {
  const said = (day: number) => (Number.isFinite(day) ? text.day(isoDay(day)) : "");
  if (mode === "day") return said(last);
  const [from, to] = [said(first), said(last)];
  if (from && to) return text.time.range(from, to);
  if (from) return text.time.since(from);
  return to ? text.time.until(to) : text.time.all;
}

/** A heading over a list: the one words a day, the other any stretch of days. */
export function listed(
  when: When,
  onDay: (day: string) => string,
  during: (when: string) => string,
): string {
  return when.mode === "day" ? onDay(sayWhen(when)) : during(sayWhen(when));
}

/** A heading with the day up to which things are known, where there is one. */
export const withKnown = (heading: string, known: string | null): string =>
  known === null ? heading : `${heading}, ${text.clock.knownOn(known)}`;

/** Of which day the status of areas is over more than one day, and by what was public when. */
export const areasStatus = (on: string, known: string | null): string =>
  known === null ? text.time.areasStatus(on) : text.time.notKnown.areasStatus(on, known);
