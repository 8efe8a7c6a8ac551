// Sentences put together from properties. Pure; the words themselves are the catalogue's.
import type { AtlasFeature, NearAnswer } from "../api/types";
import { language, text } from ".";

export type Fields = Record<string, unknown>;

export function str(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : "";
}

export function num(fields: Fields, name: string): number | null {
  const value = fields[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Ids or names joined by `, `, as flat properties carry lists. */
export function list(fields: Fields, name: string): string[] {
  const value = fields[name];
  if (Array.isArray(value)) return value.filter((one) => typeof one === "string");
  return str(fields, name)
    .split(/\s*,\s*/)
    .filter(Boolean);
}

/** An EDTF date for reading: the figures stay as written, only the signs become words. */
export function sayDate(written: string): string {
  const [from = "", to] = written.split("/");
  if (to === undefined) return sayOne(from);
  const open = (end: string) => end === "" || end === "..";
  if (open(from) && open(to)) return text.dates.open;
  if (open(from)) return text.dates.until(sayOne(to));
  if (open(to)) return text.dates.since(sayOne(from));
  return text.dates.span(sayOne(from), sayOne(to));
}

function sayOne(written: string): string {
  const sign = written.at(-1) ?? "";
  const bare = written.slice(0, -1);
  if (sign === "~") return text.dates.about(bare);
  if (sign === "?") return text.dates.perhaps(bare);
  if (sign === "%") return text.dates.perhaps(text.dates.about(bare));
  return written;
}

/** Whether nothing is reported of an area: nobody's statement. */
export const isSilent = (area: Fields) => (str(area, "status") || "no-reports") === "no-reports";

/**
 * `Reported cleared, 2005, by …`: never the bare status, and never as if of today what nobody dated.
 * `known` is the day up to which things are
 * known, where there is one: what was not public by then is left out, not missing.
 */
export function statusPhrase(area: Fields, known: string | null = null): string {
  if (known !== null && isSilent(area)) return text.time.notKnown.noReports(known);
  const status = str(area, "status") || "no-reports";
  const parts: string[] = [text.reportedAs(status)];
  const about = str(area, "status_about");
  const by = str(area, "status_by");
  if (about) parts.push(sayDate(about));
  else if (!isSilent(area) && !str(area, "status_reported")) parts.push(text.timeline.undated);
  if (by) parts.push(text.by(by));
  return parts.join(", ");
}

/** When and by whom the standing claim was made public; empty where there is none. */
export function statusOrigin(area: Fields): string {
  const reported = str(area, "status_reported");
  const reporter = str(area, "status_reporter");
  const parts: string[] = [];
  if (reported) parts.push(text.status.madePublic(sayDate(reported)));
  if (reporter && reporter !== str(area, "status_by")) parts.push(text.status.through(reporter));
  const sentence = parts.join(", ");
  return sentence ? `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.` : "";
}

/** Who said and who made public what stands of these things. */
export const namesIn = (...all: Fields[]): string[] =>
  all.flatMap((area) => [str(area, "status_by"), str(area, "status_reporter")]).filter(Boolean);

/** A sentence in parts, with the names in it apart; of two that begin alike the longer. */
export function partsOf(words: string, names: readonly string[]) {
  const sought = [...names].sort((a, b) => b.length - a.length);
  if (sought.length === 0) return [{ words, isName: false }];
  const literal = sought.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return words
    .split(new RegExp(`(${literal.join("|")})`))
    .map((part, at) => ({ words: part, isName: at % 2 === 1 }))
    .filter((part) => part.words !== "");
}

/** For words that go on after a colon; abbreviations in them keep their capitals. */
export const uncapitalised = (words: string) => words.charAt(0).toLowerCase() + words.slice(1);

export function validityPhrase(start: string, end: string): string {
  if (!start && !end) return text.facts.always;
  return sayDate(`${start}/${end}`);
}

/** The name in the reader's language where the data has it, else its own. */
export function nameOf(fields: Fields, fallback = ""): string {
  return str(fields, `name_${language()}`) || str(fields, "name") || fallback || text.unnamed;
}

/** Only addresses a browser may open; a ledger is text that people edit. */
export function webAddress(url: string | undefined): string | null {
  return url && /^https?:\/\//i.test(url) ? url : null;
}

/** That a layer is not all there; empty when it is. */
export function capNote(layer: {
  features: readonly unknown[];
  matched: number | null;
  capped: boolean;
}): string {
  return layer.capped ? text.legend.capped(layer.features.length, layer.matched) : "";
}

/** `Drawn 776 m to the south-west; nearest ground spoken of: 0 m to 3.8 km`; empty where unmeasured. */
export function distancePhrase(fields: Fields): string {
  const metres = num(fields, "distance_m");
  if (metres === null) return "";
  const bearing = num(fields, "bearing");
  const wind = bearing === null ? "" : text.bearing(bearing);
  const parts = [metres === 0 ? text.near.markHere : text.near.mark(text.distance(metres), wind)];
  const [nearest, farthest] = [num(fields, "nearest_m"), num(fields, "farthest_m")];
  if (nearest !== null && farthest !== null) {
    parts.push(text.near.nearest(text.distance(nearest), text.distance(farthest)));
  }
  return parts.join("; ");
}

/** Failures that say the same are said once, with the names of all that failed so. */
export function bySentence<T extends { name: string; sentence: string }>(failures: readonly T[]) {
  const grouped = new Map<string, T[]>();
  for (const failure of failures) {
    grouped.set(failure.sentence, [...(grouped.get(failure.sentence) ?? []), failure]);
  }
  return [...grouped].map(([sentence, of]) => ({
    words: text.errors.layers(of.map(({ name }) => name).filter(Boolean), sentence),
    of,
  }));
}

/** What the service's message says, in the reader's language: never less than the service does. */
export function nearMessage(answer: NearAnswer, place: string, known: string | null): string {
  const says = text.near.says;
  // What became public later may be a report all the same.
  const silence = (n: number) => says.silent(n, known ? text.clock.knownOn(known) : "");
  const of = (match: string) =>
    answer.features.filter(({ properties }) => str(properties ?? {}, "match") === match).length;
  const [certain, possible] = [of("certain"), of("possible")];
  // An area without a report is counted as an area, and said to have none.
  const silentAmong = (areas: readonly AtlasFeature[]) =>
    areas.filter(({ properties }) => isSilent(properties ?? {})).length;
  const silent = silentAmong(answer.features);
  const sentences: string[] = [
    certain + possible === 0
      ? says.nothing(place, answer.radius_m)
      : says.areas(certain, possible, place, answer.radius_m),
  ];
  if (silent > 0) sentences.push(silence(silent));
  if (certain + possible === silent) sentences.push(says.notEvidence);
  if (answer.within_window === "none") sentences.push(says.outside);
  if (answer.within_window === "part") sentences.push(says.partlyOutside);
  for (const [areas, say] of [
    [answer.covering, says.covering],
    [answer.unlocated ?? [], says.unlocated],
  ] as const) {
    if (areas.length === 0) continue;
    sentences.push(say(areas.length));
    const without = silentAmong(areas);
    if (without > 0) sentences.push(silence(without));
  }
  return sentences.join(" ");
}
