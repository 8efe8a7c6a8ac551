// The state that a link carries, written in the URL's fragment. Pure: parse and format only.
import { type Group, parseGroups } from "../map/groups";
import { isLanguage, type Language } from "../text/languages";
import { parseDay } from "../time/edtf";
import { parseWhen } from "../time/when";
import { type Compare, formatCompare, MIDDLE, parseCompare, parseDivider } from "./compare";

export interface View {
  zoom: number;
  latitude: number;
  longitude: number;
}

export interface Selection {
  collection: string;
  id: string;
}

export interface Near {
  /** A place's id in the gazetteer, or `lon,lat`. */
  where: string;
  radius: number;
}

export interface State {
  view: View | null;
  /** The clock's day, range or all times, written as the service's `datetime`; null is today. */
  date: string | null;
  /** As known on; null is everything known. */
  known: string | null;
  selected: Selection | null;
  near: Near | null;
  compare: Compare | null;
  /** Groups of layers that are not drawn. */
  hidden: readonly Group[];
  /** The language chosen; null leaves it to the browser and the atlas. */
  language: Language | null;
}

export const EMPTY: State = {
  view: null,
  date: null,
  known: null,
  selected: null,
  near: null,
  compare: null,
  hidden: [],
  language: null,
};
export const DEFAULT_RADIUS = 20_000;
/** The farthest a question may reach: half the way round the earth. */
const MAX_RADIUS = 20_000_000;

export function parseHash(hash: string): State {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const language = parameters.get("lang");
  return {
    view: parseView(parameters.get("map")),
    date: readable(parameters.get("date"), parseWhen),
    known: readable(parameters.get("known"), parseDay),
    selected: parseSelection(parameters.get("selected")),
    near: parseNear(parameters.get("near"), parameters.get("radius")),
    compare: parseCompare(
      parameters.get("compare"),
      parameters.get("divider"),
      parameters.get("side"),
    ),
    hidden: parseGroups(parameters.get("hide")) ?? [],
    language: isLanguage(language) ? language : null,
  };
}

/** What a fragment holds that cannot be read and so is not what the page shows, as `name=value`. */
export function unreadable(hash: string): string[] {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const state = parseHash(hash);
  const read: Record<string, boolean> = {
    map: state.view !== null,
    date: state.date !== null,
    known: state.known !== null,
    selected: state.selected !== null,
    compare: state.compare !== null,
    radius: parseRadius(parameters.get("radius")) !== null,
    hide: parseGroups(parameters.get("hide")) !== null,
    lang: state.language !== null,
    near: true,
    divider: parseDivider(parameters.get("divider")) !== null,
    side: ["left", "right"].includes(parameters.get("side") ?? ""),
  };
  // Of a name that stands twice only the first is read.
  const names = [...parameters.keys()];
  return [...parameters]
    .filter(([name, value], at) => {
      const isAgain = name in read && names.indexOf(name) < at;
      return isAgain || (value !== "" && read[name] === false);
    })
    .map(([name, value]) => `${name}=${value}`);
}

/** The fragment as written, what cannot be read of it included, in another language. */
export function withLanguage(hash: string, language: Language): string {
  const parts = hash.replace(/^#/, "").split("&");
  const others = parts.filter((part) => part !== "" && !part.startsWith("lang="));
  return `#${[...others, `lang=${language}`].join("&")}`;
}

/** Slashes and commas stay as they are: they are allowed in a fragment, and links get read. */
export function formatHash(state: State): string {
  const parts: string[] = [];
  const put = (name: string, value: string) => {
    parts.push(`${name}=${encodeURIComponent(value).replace(/%2F/g, "/").replace(/%2C/g, ",")}`);
  };
  if (state.view) put("map", formatView(state.view));
  if (state.date) put("date", state.date);
  if (state.known) put("known", state.known);
  if (state.selected) put("selected", `${state.selected.collection}/${state.selected.id}`);
  if (state.near) {
    put("near", state.near.where);
    if (state.near.radius !== DEFAULT_RADIUS) put("radius", String(state.near.radius));
  }
  if (state.compare) {
    put("compare", formatCompare(state.compare));
    if (state.compare.at !== MIDDLE) put("divider", String(state.compare.at));
    if (state.compare.readsLeft) put("side", "left");
  }
  if (state.hidden.length) put("hide", state.hidden.join());
  if (state.language) put("lang", state.language);
  return parts.length ? `#${parts.join("&")}` : "";
}

function formatView({ zoom, latitude, longitude }: View): string {
  return [zoom.toFixed(2), latitude.toFixed(4), longitude.toFixed(4)].join("/");
}

function parseView(written: string | null): View | null {
  if (!written) return null;
  const parts = written.split("/").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [zoom = Number.NaN, latitude = Number.NaN, longitude = Number.NaN] = parts;
  const sound =
    parts.length === 3 &&
    zoom >= 0 &&
    zoom <= 24 &&
    Math.abs(latitude) <= 85 &&
    Math.abs(longitude) <= 180;
  return sound ? { zoom, latitude, longitude } : null;
}

/** What is written, where it can be read. */
function readable(written: string | null, read: (written: string) => unknown): string | null {
  return written !== null && read(written) !== null ? written : null;
}

function parseSelection(written: string | null): Selection | null {
  if (!written) return null;
  const slash = written.indexOf("/");
  if (slash < 1 || slash === written.length - 1) return null;
  return { collection: written.slice(0, slash), id: written.slice(slash + 1) };
}

function parseNear(where: string | null, radius: string | null): Near | null {
  if (!where) return null;
  return { where, radius: parseRadius(radius) ?? DEFAULT_RADIUS };
}

/** Metres, or as the service takes it: `50km`, `500m`. */
function parseRadius(written: string | null): number | null {
  const match = /^(\d+(?:\.\d+)?)(km|m)?$/.exec(written ?? "");
  if (!match) return null;
  const metres = Number(match[1]) * (match[2] === "km" ? 1_000 : 1);
  return metres > 0 && metres <= MAX_RADIUS ? metres : null;
}

/** `lon,lat` as numbers; null when the words name a place instead. */
export function asCoordinates(where: string): [number, number] | null {
  const match = /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)$/.exec(where);
  if (!match) return null;
  const [longitude, latitude] = [Number(match[1]), Number(match[2])];
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 ? [longitude, latitude] : null;
}
