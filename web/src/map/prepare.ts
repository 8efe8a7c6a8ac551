// From the service's features to what the map draws: each gets its look, its days and its name in
// properties that the style reads. Pure. Prepared members begin with an underscore, so that they
// never meet a property of the data.
import type { Feature, FeatureCollection, Geometry } from "geojson";
import type { Interval } from "../api/client";
import type { AtlasFeature, Collection } from "../api/types";
import { nameOf, num, str } from "../text/phrases";
import { snap } from "../time/edges";
import { type Days, edtfDays, sureDays, validity } from "../time/edtf";
import { type Box, linesOf, markPoints, uncut } from "./geometry";
import { innerPoint } from "./inner-point";
import {
  AREAS,
  type AreaLookId,
  areaLook,
  borderLook,
  PLAIN_TONES,
  type Shapes,
  TINTS,
} from "./looks";
import type { Band } from "./rims";

export interface Drawn {
  _id: string;
  _collection: string;
  _look: string;
  _name: string;
  _first: number;
  _last: number;
  /** The days for which its own dates leave no doubt; left out where they leave none at all. */
  _sureFirst?: number;
  _sureLast?: number;
  /** Reported, but for a time that may not have come yet. */
  _unsure?: boolean;
  /** Its place in the list of tints, or of tones for plain layers. */
  _tint?: number;
  _contested?: boolean;
  _covers?: boolean;
  _rank?: number;
  _named?: boolean;
  /** Of marks that lie on one place: where in their row, from -1 to 1. */
  _aside?: number;
}

export type DrawnFeatures = FeatureCollection<Geometry, Drawn>;

/** Bounds that survive being written as JSON on the way to the map's worker. */
const NEVER = 10_000_000;
export const bound = (day: number) => Math.min(Math.max(day, -NEVER), NEVER);
const bounded = ({ first, last }: Days) => ({ _first: bound(first), _last: bound(last) });

/** The days a feature holds for. What a plain feature calls start and end is its own affair. */
export function daysOf(feature: Pick<AtlasFeature, "properties" | "days">, kind = ""): Days {
  if (feature.days) return feature.days;
  if (kind === "plain") return validity(null, null);
  return validity(feature.properties?.start, feature.properties?.end);
}

/**
 * The days for which a feature's own dates leave no doubt. Without a start it is sure only from the
 * day of the map it was taken from: before that it was probably there, and nobody says so.
 */
export function sureOf({ properties }: Pick<AtlasFeature, "properties">, kind = ""): Days {
  if (kind === "plain") return validity(null, null);
  const sure = sureDays(properties?.start, properties?.end);
  const mapped = properties?.start ? null : edtfDays(str(properties ?? {}, "as_mapped"));
  return { ...sure, first: mapped ? mapped.last : sure.first };
}

/** Features of a reader's own with their days, by what their layer calls start and end. */
export const withDays = (features: readonly AtlasFeature[], { start, end }: Interval) =>
  features.map((feature): AtlasFeature => {
    const written = (name?: string) => {
      const value = name && feature.properties[name];
      return typeof value === "string" ? value : "";
    };
    const dates = { start: written(start), end: written(end) };
    return { ...feature, dates, days: validity(dates.start, dates.end) };
  });

const sureBounds = (feature: AtlasFeature) => {
  const { first, last } = sureOf(feature);
  return { _sureFirst: bound(first), _sureLast: bound(last) };
};

export const collect = (features: Feature<Geometry, Drawn>[]): DrawnFeatures => ({
  type: "FeatureCollection",
  features,
});

/** Its name in the reader's language; a thing without one is drawn without one. */
const named = ({ properties }: AtlasFeature) =>
  str(properties ?? {}, "name") ? nameOf(properties) : "";

function draw(
  feature: AtlasFeature,
  collection: string,
  more: Partial<Drawn> & { _look: string },
): Feature<Geometry, Drawn>[] {
  if (!feature.geometry) return [];
  const properties: Drawn = {
    _id: String(feature.id ?? ""),
    _collection: collection,
    _name: named(feature),
    ...bounded(daysOf(feature)),
    ...more,
  };
  return [{ type: "Feature", geometry: feature.geometry, properties }];
}

/** A layer of more features than this is drawn without names: they would hide the map. */
const NAMED = 1_000;

/** The look of a layer of a reader's own, which the legend names by its title. */
export const plainLook = (collection: string) => `plain:${collection}`;

/** Which shapes a layer holds, for its picture in the legend. */
export function shapesOf(features: readonly AtlasFeature[]): Shapes {
  const shapes = { points: false, lines: false, areas: false };
  const see = (geometry: Geometry | null) => {
    if (geometry?.type === "GeometryCollection") geometry.geometries.forEach(see);
    else if (geometry?.type.endsWith("Point")) shapes.points = true;
    else if (geometry?.type.endsWith("String")) shapes.lines = true;
    else if (geometry) shapes.areas = true;
  };
  for (const { geometry } of features) see(geometry);
  return shapes;
}

/**
 * How the features of a collection that is no reported area are drawn, by its kind. `index` is its
 * place among those of its kind.
 */
export function drawn(
  { id, kind }: Pick<Collection, "id" | "kind">,
  features: readonly AtlasFeature[],
  index = 0,
): DrawnFeatures {
  const countries = [...new Set(features.map((one) => str(one.properties, "country")))].sort();
  return collect(
    features.flatMap((feature) => {
      const properties = feature.properties;
      switch (kind) {
        case "border":
          return draw(feature, id, {
            _look: borderLook(str(properties, "status")),
            ...sureBounds(feature),
          });
        case "territory": {
          const _tint = countries.indexOf(str(properties, "country")) % TINTS.length;
          return draw(feature, id, { _look: "territory", _tint });
        }
        case "enclave":
          return draw(feature, id, { _look: "enclave", ...sureBounds(feature) });
        case "settlement": {
          const _rank = num(properties, "population") ?? 0;
          return draw(feature, id, { _look: "settlement", _rank });
        }
        case "plain":
          return draw(feature, id, {
            _look: plainLook(id),
            _tint: index % PLAIN_TONES.length,
            _named: features.length <= NAMED,
            ...bounded(daysOf(feature, kind)),
          });
        default:
          return draw(feature, id, { _look: contextLook(id, feature.geometry) });
      }
    }),
  );
}

const DISTRICTS = /district|province|region/;

/** The names of countries and districts, each at a point inside. */
export function groundNames(
  { id, kind }: Pick<Collection, "id" | "kind">,
  features: readonly AtlasFeature[],
): Feature<Geometry, Drawn>[] {
  return features.flatMap((feature) => {
    const _look = kind === "territory" ? kind : contextLook(id, feature.geometry);
    const isNamed = kind === "territory" || DISTRICTS.test(id);
    const coordinates = isNamed && feature.geometry && innerPoint(feature.geometry);
    if (!coordinates) return [];
    return draw({ ...feature, geometry: { type: "Point", coordinates } }, id, { _look });
  });
}

/** Context layers have no kind of their own; their name or their geometry tells. */
function contextLook(id: string, geometry: Geometry | null): string {
  if (/water|lake|reservoir/.test(id)) return "water";
  if (/river|stream|canal/.test(id)) return "river";
  if (DISTRICTS.test(id)) return "district";
  return geometry?.type.includes("Line") ? "river" : "district";
}

/** The days that the map's filters compare with: those of the clock, as far as they matter. */
export function daysShown(edges: readonly number[], { first, last }: Days) {
  return { from: bound(snap(edges, first)), to: bound(snap(edges, last)) };
}

export interface DrawnAreas {
  /** Reference geometries, and rims of what covers a whole country without a hatch. */
  shapes: DrawnFeatures;
  /** The bands in which ground of unknown extent may lie. */
  bands: Band[];
  /** Points to hang a mark and a name on. */
  marks: DrawnFeatures;
}

const WHOLE = new Set(["country", "district"]);

/** An area that speaks of a whole country or district. */
export const coversWhole = (area: AtlasFeature) => WHOLE.has(str(area.properties, "basis"));

/** `window` is what the atlas speaks of: where a country is cut off there, it has no border. */
export function drawnAreas(
  collection: string,
  areas: readonly AtlasFeature[],
  window: Box = [-180, -90, 180, 90],
): DrawnAreas {
  const shapes: Feature<Geometry, Drawn>[] = [];
  const bands: Band[] = [];
  const marks: Feature<Geometry, Drawn>[] = [];
  for (const area of areas) {
    const covers = coversWhole(area);
    const look = areaLook(str(area.properties, "status"), str(area.properties, "status_class"));
    const more = {
      _look: look,
      // A report of a hazard is never drawn weaker.
      _unsure: area.properties._unsure === true && !look.startsWith("hazard"),
      _contested: area.properties.contested === true,
      _covers: covers,
    };
    const [shape] = draw(area, collection, more);
    if (!shape) continue;
    shapes.push(shape);
    if (covers && !AREAS[look].hatched) {
      const coordinates = uncut(linesOf(shape.geometry), window);
      shapes.push({ ...shape, geometry: { type: "MultiLineString", coordinates } });
    }
    const metres = num(area.properties, "uncertainty_m");
    if (metres && !covers && str(area.properties, "extent") !== "known") {
      bands.push({ area: shape, metres });
    }
    // A mark in the middle of a country would point at a place that nobody named.
    if (str(area.properties, "basis") !== "country") {
      for (const coordinates of markPoints(shape.geometry)) {
        marks.push({ ...shape, geometry: { type: "Point", coordinates } });
      }
    }
  }
  return { shapes: collect(shapes), bands, marks: collect(marks) };
}

/** Marks lie on one place where they round to the same ten-thousandth of a degree, some ten metres. */
const spotOf = ({ geometry }: Feature<Geometry, Drawn>) =>
  linesOf(geometry)[0]?.[0]
    ?.map((degrees) => degrees.toFixed(4))
    .join() ?? "";

const harmOf = ({ properties }: Feature<Geometry, Drawn>) =>
  AREAS[properties._look as AreaLookId]?.harm ?? 0;

/** Puts marks that lie on one place in a row, what may harm most first: none hides another. */
export function spread({ features }: DrawnFeatures): DrawnFeatures {
  const rows = new Map<string, Feature<Geometry, Drawn>[]>();
  for (const mark of features) {
    const spot = spotOf(mark);
    const row = rows.get(spot) ?? [];
    row.push(mark);
    rows.set(spot, row);
  }
  const asides = new Map<Feature<Geometry, Drawn>, number>();
  for (const row of rows.values()) {
    if (row.length < 2) continue;
    row.sort((a, b) => harmOf(b) - harmOf(a) || (a.properties._id < b.properties._id ? -1 : 1));
    for (const [at, mark] of row.entries()) asides.set(mark, (2 * at) / (row.length - 1) - 1);
  }
  return collect(
    features.map((mark) => {
      const _aside = asides.get(mark);
      return _aside === undefined ? mark : { ...mark, properties: { ...mark.properties, _aside } };
    }),
  );
}
