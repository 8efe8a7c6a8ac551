// The shapes that the service answers in (docs/api.md), as far as the map uses them.
// Not a place for anything the map derives from them.
import type { Feature, FeatureCollection, Geometry, Point } from "geojson";

export type Properties = Record<string, unknown>;
export type AtlasFeature = Feature<Geometry | null, Properties> & {
  /** The days of a reader's own feature, read by what its layer calls start and end. */
  days?: { first: number; last: number };
  /** The dates that those days were read from. */
  dates?: { start: string; end: string };
};
export type Features = FeatureCollection<Geometry | null, Properties>;

export interface Landing {
  title: string;
  description?: string;
  notice: string;
  /** BCP 47; of the atlas's own words. */
  defaultLanguage?: string | null;
  /** What the atlas says of itself in other languages, by tag. */
  translations?: Record<string, Translation>;
  window: [number, number, number, number];
  relief?: {
    tiles: string;
    minzoom: number;
    maxzoom: number;
    attribution?: string;
  };
}

export interface Translation {
  title?: string;
  notice?: string;
  /** Titles of collections, by id. */
  layers?: Record<string, string>;
}

export type Kind =
  | "border"
  | "territory"
  | "enclave"
  | "reported-area"
  | "settlement"
  | "context"
  | "plain";

export interface Collection {
  id: string;
  title: string;
  description?: string;
  kind?: Kind | string;
  attribution?: string | null;
  licence?: string | null;
  /** `temporal` is there when its features have days of their own. */
  extent?: { temporal?: unknown };
  /** What is answered when no time is asked for. */
  defaultDatetime?: "today" | "all";
  /** How many features it has. */
  count?: number;
}

export interface Page extends Features {
  numberMatched?: number;
  numberReturned: number;
  notice?: string;
  links?: { rel: string; href: string; type?: string; title?: string }[];
}

export interface Source {
  id: string;
  title: string;
  publisher?: string;
  published?: string;
  url?: string;
}

export interface Actor {
  id: string;
  name: string;
}

interface EntryBase {
  id: string;
  date?: string;
  start?: string;
  end?: string;
  /** The first day on which it was public; `..` where that lies before every day. */
  known_from?: string | null;
  title?: string;
  summary?: string;
  notes?: string;
  quote?: string;
  origin?: string;
  title_only?: boolean;
  sources?: Source[];
}

export interface ClaimEntry extends EntryBase {
  type: "claim";
  reported?: string;
  asserts: string;
  areas: string[];
  inherited?: boolean;
  claimant?: Actor;
  reporter?: Actor;
  laid_by?: Actor;
  cleared_by?: Actor;
  verified_by?: Actor;
  hazard?: string[];
  evidence?: string;
  contradicted_by?: Contradiction[];
}

export interface Contradiction {
  id: string;
  kind?: string;
  statement: string;
  claims?: string[];
  events?: string[];
}

export interface EventEntry extends EntryBase {
  type: "event";
  kind: string;
  parties?: string[];
  state?: string;
  covers?: string[];
  figures?: { value: string; unit?: string; of?: string }[];
}

export type Entry = ClaimEntry | EventEntry;

export interface Timeline {
  notice?: string;
  message?: string;
  entries: Entry[];
  /** Entries about areas whose location no source states. */
  unlocated?: Entry[];
}

export interface NearPlace {
  id?: string;
  name?: string;
  coordinates: [number, number];
  country?: string;
  notes?: string;
  /** Other places of the same name, some of them without coordinates. */
  namesakes?: { id: string; name: string; notes?: string | null }[];
}

export interface NearAnswer extends Features {
  place: NearPlace;
  radius_m: number;
  datetime?: string;
  notice: string;
  message: string;
  /** How much of the circle lies in the region that the atlas speaks of. */
  within_window: "whole" | "part" | "none";
  covering: AtlasFeature[];
  /** Areas whose location no source states. */
  unlocated?: AtlasFeature[];
}

/** A place without a geometry was located by nobody, or is an area: `area` then names it. */
export type Places = FeatureCollection<Point | null, Properties>;
