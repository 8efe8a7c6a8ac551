// What a mark on the line says, in words. Pure.
import type { Entry } from "../api/types";
import { text } from "../text";
import { sayDate } from "../text/phrases";
import { sayWhen } from "../text/when";
import type { When } from "../time/when";
import type { Mark } from "./moments";

/** What the clock is set to: its days, and as known on which. */
export function sayShown(when: When, known: string | null): string {
  return [sayWhen(when), ...(known ? [text.clock.knownOn(known)] : [])].join(", ");
}

export const sayKind = ({ type }: Entry) =>
  type === "event" ? text.clock.event : text.clock.claim;

/** What an entry says, in the words of the atlas. */
export const titleOf = ({ title, summary, id }: Entry) => title ?? summary ?? id;

/** `Event: Barak goes to Uzbekistan`, as the ledger has it. */
export const sayEntry = (entry: Entry) => `${sayKind(entry)}: ${titleOf(entry)}`;

/** The date of an entry as written. */
export function sayEntryDate(entry: Entry): string {
  return entry.date ? sayDate(entry.date) : text.timeline.undated;
}

/** A mark for those who cannot see it: when, what, and how much more. */
export function sayMark({ entries, disputed }: Mark): string {
  const shown = entries.slice(0, 3).map((entry) => `${sayEntryDate(entry)}, ${sayEntry(entry)}`);
  const more = entries.length - shown.length;
  const parts = [...shown, ...(more > 0 ? [text.clock.more(more)] : [])];
  return parts.join("; ") + (disputed ? ` (${text.time.disputed})` : "");
}
