// What a feature's properties say, as rows of name and value, by the kind of its collection. Pure.
import type { AtlasFeature } from "../api/types";
import { text } from "../text";
import { list, nameOf, num, sayDate, str, validityPhrase } from "../text/phrases";

/** `said` is in the words of the atlas. */
export type Fact = [name: string, value: string, said?: boolean];

export function facts(kind: string, { properties }: AtlasFeature): Fact[] {
  const words = text.facts;
  const put = (name: string, value: string): Fact[] => (value ? [[name, value]] : []);
  const field = (name: string, property: string, say = (value: string) => value) => {
    const value = str(properties, property);
    return put(name, value ? say(value) : "");
  };
  const validity = put(
    words.validity,
    validityPhrase(str(properties, "start"), str(properties, "end")),
  );
  const said = (name: string, property: string): Fact[] =>
    field(name, property).map(([label, value]) => [label, value, true]);
  const notes = said(words.notes, "notes");
  const names = put(words.names, spellings(properties).join(", "));
  switch (kind) {
    case "border":
      return [
        ...field(words.status, "status", text.borderStatus),
        ...field(words.parties, "parties", text.countries),
        ...field(words.asMapped, "as_mapped", sayDate),
        ...validity,
        ...notes,
      ];
    case "territory":
      return [
        ...field(words.country, "country", text.country),
        ...field(words.asMapped, "as_mapped", sayDate),
        ...validity,
        ...notes,
      ];
    case "enclave": {
      const area = num(properties, "area_km2");
      return [
        ...field(words.administered, "administered_by", text.countries),
        ...field(words.surrounded, "surrounded_by", text.countries),
        ...put(words.area, area === null ? "" : words.km2(area)),
        ...field(words.asMapped, "as_mapped", sayDate),
        ...validity,
        ...names,
        ...notes,
      ];
    }
    case "reported-area":
      return [...areaFacts(properties, put, said), ...notes];
    case "settlement": {
      const population = num(properties, "population");
      return [
        ...field(words.country, "country", text.country),
        ...put(words.population, population ? text.number(population) : ""),
        ...names,
        ...notes,
      ];
    }
    case "context":
      return [...field(words.country, "country", text.country), ...names, ...notes];
    case "plain":
      return Object.entries(properties ?? {}).flatMap(([name, value]) => put(name, written(value)));
    default:
      return notes;
  }
}

function areaFacts(
  properties: AtlasFeature["properties"],
  put: (name: string, value: string) => Fact[],
  said: (name: string, property: string) => Fact[],
): Fact[] {
  const words = text.facts;
  const metres = num(properties, "uncertainty_m");
  const precision = num(properties, "precision");
  const extent = str(properties, "extent") === "known" ? words.extentKnown : words.extentUnknown;
  return [
    ...put(words.hazards, list(properties, "hazards").map(text.hazard).join(", ")),
    ...put(words.located, text.basis(str(properties, "basis"))),
    ...put(words.extent, extent),
    ...put(words.reach, metres === null ? "" : text.distance(metres)),
    ...said(words.reachReason, "uncertainty_reason"),
    ...put(words.precision, precision === null ? "" : words.precisionOf(precision)),
    ...put(words.origin, str(properties, "origin") === "enrichment" ? words.enrichment : ""),
  ];
}

/** A value of any kind, as the data has it. */
function written(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Other names and spellings, each once. */
function spellings(properties: AtlasFeature["properties"]): string[] {
  const given = Object.keys(properties)
    .filter((name) => /^name(_[a-z]{2,3})?$/.test(name))
    .map((name) => str(properties, name));
  const all = [...given, ...list(properties, "aliases")].filter(Boolean);
  return [...new Set(all)].filter((name) => name !== nameOf(properties));
}
