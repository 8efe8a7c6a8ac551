// What is reported of an area on a day, as known on a day: the rule of docs/atlas.md, so that the
// clock moves without asking. The service reckons the same in src/atlas/status.rs; a browser test
// holds the two to each other wherever anything changes. Pure.
import type { AtlasFeature, Contradiction, Entry, Properties } from "../api/types";
import { list, str } from "../text/phrases";
import { edtfDays, parseDay } from "./edtf";

interface Claim {
  id: string;
  areas: string[];
  /** The first day it speaks of; -Infinity for one that speaks of all before, or is undated. */
  begins: number;
  /** The first day on which it was public; null when nobody says. */
  known: number | null;
  /** It says that nothing is known, and displaces nothing. */
  silent: boolean;
  fields: Properties;
  /** The date it was made public, as written. */
  reported: string | null;
}

export type StatusOf = (area: string, at: number, known: number | null) => Properties;

const SILENT = new Set(["unknown", "no-further-information"]);

/** `..` is a day before every day. */
function publicFrom(fields: Properties): number | null {
  const written = str(fields, "known_from");
  return written === ".." ? -Infinity : parseDay(written);
}

function read(feature: AtlasFeature, entry: Entry | undefined): Claim {
  const fields = feature.properties;
  const known = publicFrom(fields);
  const spoken = str(fields, "about") ? parseDay(str(fields, "start")) : known;
  return {
    id: String(feature.id),
    areas: list(fields, "area"),
    begins: spoken ?? -Infinity,
    known,
    silent: SILENT.has(str(fields, "asserts")),
    fields,
    reported: str(fields, "reported") || firstPublished(entry),
  };
}

/** The earliest date of a claim's sources, as written. */
function firstPublished(entry: Entry | undefined): string | null {
  const dates = (entry?.sources ?? []).flatMap(({ published }) => {
    const days = published ? edtfDays(published) : null;
    return published && days ? [{ published, first: days.first }] : [];
  });
  const first = Math.min(...dates.map((date) => date.first));
  return dates.find((date) => date.first === first)?.published ?? null;
}

/** The ids of all areas that contain each one, over all its versions. */
function containers(areas: readonly AtlasFeature[]): (id: string) => Set<string> {
  const parents = new Map<string, string[]>();
  for (const { id, properties } of areas) {
    const own = parents.get(String(id)) ?? [];
    parents.set(String(id), [...own, ...list(properties, "within")]);
  }
  return (id) => {
    const found = new Set(parents.get(id));
    for (const one of found) {
      for (const parent of parents.get(one) ?? []) found.add(parent);
    }
    found.delete(id);
    return found;
  };
}

/**
 * Joins areas with the ledger. `claims` are the features of the collection, in the ledger's order,
 * which decides between claims that are alike in everything else; `entries` know their sources and
 * what contradicts them.
 */
export function createStatus(
  areas: readonly AtlasFeature[],
  claims: readonly AtlasFeature[],
  entries: readonly Entry[],
): StatusOf {
  const entryOf = new Map(entries.map((entry) => [entry.id, entry]));
  const all = claims.map((feature) => read(feature, entryOf.get(String(feature.id))));
  const within = containers(areas);
  const contradictions = contradictionsOf(entries).map(({ claims: ids = [] }) =>
    all.filter(({ id }) => ids.includes(id)),
  );
  const records = new Map<string, ReturnType<typeof record>>();
  function record(id: string) {
    const around = within(id);
    const own = all.filter((claim) => claim.areas.includes(id));
    const inherited = all.filter(
      (claim) => !own.includes(claim) && claim.areas.some((area) => around.has(area)),
    );
    const touches = (claim: Claim) => own.includes(claim) || inherited.includes(claim);
    return { own, inherited, touches, against: contradictions.filter((of) => of.some(touches)) };
  }

  return (area, at, known) => {
    const about = records.get(area) ?? record(area);
    records.set(area, about);
    const isLive = (claim: Claim) =>
      claim.begins <= at && (known === null || (claim.known !== null && claim.known <= known));
    const own = about.own.filter(isLive);
    const against = about.against
      .map((claimsOf) => claimsOf.filter(isLive))
      .filter((live) => live.length > 1 && live.some(about.touches))
      .flat();
    const standing = own.reduce<Claim | null>(
      (best, claim) => (best && outweighs(best, claim) ? best : claim),
      null,
    );
    return {
      ...said(standing),
      contested: against.length > 0,
      contested_by: ids(all.filter((claim) => against.includes(claim))),
      claims: ids(own),
      inherited: ids(about.inherited.filter(isLive)),
      hazards: unique(own.flatMap(({ fields }) => list(fields, "hazard"))),
      sources: unique(own.flatMap(({ fields }) => list(fields, "sources"))),
    };
  };
}

/** Whether a claim stands before one that comes after it in the ledger. */
function outweighs(one: Claim, later: Claim): boolean {
  if (one.silent !== later.silent) return later.silent;
  if (one.begins !== later.begins) return one.begins > later.begins;
  if (one.known === later.known) return false;
  return later.known === null || (one.known !== null && one.known > later.known);
}

/** What the standing claim says; without one nobody's statement. */
function said(standing: Claim | null): Properties {
  const fields = standing?.fields ?? {};
  const field = (name: string) => str(fields, name) || null;
  return {
    status: field("asserts") ?? "no-reports",
    status_class: field("status_class") ?? "unknown",
    status_by: field("claimant"),
    status_reporter: field("reporter"),
    status_reported: standing?.reported ?? null,
    status_about: field("about"),
    status_claim: standing?.id ?? null,
    status_title_only: fields.title_only === true,
  };
}

/**
 * Whether what is said about a time may not have begun on a day: a claim about `2005` counts from
 * its first day, and may mean its last.
 */
export function isUnsure(about: string, at: number): boolean {
  const start = edtfDays(about.split("/")[0] ?? "");
  return start !== null && at < start.last;
}

function contradictionsOf(entries: readonly Entry[]): Contradiction[] {
  const all = entries.flatMap((entry) =>
    entry.type === "claim" ? (entry.contradicted_by ?? []) : [],
  );
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

const ids = (claims: readonly Claim[]) => claims.map(({ id }) => id).join(", ");
const unique = (words: readonly string[]) => [...new Set(words)].join(", ");

/** The days on which the status of any area may change: a claim begins, or becomes public. */
export function claimDays(claims: readonly AtlasFeature[]): { begins: number[]; known: number[] } {
  const all = claims.map((feature) => read(feature, undefined));
  return {
    begins: all.map(({ begins }) => begins).filter(Number.isFinite),
    known: all.flatMap(({ known }) => (known === null ? [] : [known])).filter(Number.isFinite),
  };
}
