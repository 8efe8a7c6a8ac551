// What can be taken away: the formats that the service offers, as its answers' links say, and the
// addresses of the files. Pure.
import type { Page } from "../api/types";
import type { Box } from "../map/geometry";
import type { Near } from "../state/hash";
import { isoDay } from "../time/edtf";
import type { When } from "../time/when";

/** Of which ground: all there is, what the map shows, or the circle that was asked about. */
export type Ground = "all" | "view" | "near";

/** The most that one answer in GeoJSON holds; files in other formats hold everything. */
export const GEOJSON_MOST = 10_000;

export interface File {
  /** The format, as the service names it. */
  format: string;
  /** Path and query; the file lies beside the page, whatever address the service believes it has. */
  href: string;
}

/** The parameters that choose the ground. */
export function groundParameters(
  ground: Ground,
  view: Box | null,
  near: Near | null,
): Record<string, string | number | null> {
  if (ground === "view" && view) return { bbox: view.map((edge) => edge.toFixed(5)).join(",") };
  if (ground === "near" && near) return { near: near.where, radius: near.radius };
  return {};
}

/** The window that a map shows, within what longitudes and latitudes there are. */
export function windowOf([west, south, east, north]: Box): Box {
  const whole = east - west >= 360;
  const turned = (longitude: number) => ((((longitude + 180) % 360) + 360) % 360) - 180;
  const high = (latitude: number) => Math.min(90, Math.max(-90, latitude));
  return [whole ? -180 : turned(west), high(south), whole ? 180 : turned(east), high(north)];
}

/** Parameters of the question about how many there are, which a file is not asked with. */
export const COUNT = { limit: 1, skipGeometry: "true" } as const;

/**
 * The files that an answer offers: itself and its alternates, pages for people excepted. `page` was
 * asked with `COUNT`, and its links carry that along.
 */
export function filesOf({ links = [] }: Page): File[] {
  const files = links
    .filter(({ rel, type = "" }) => (rel === "self" || rel === "alternate") && !/html/.test(type))
    .map(({ href }): File => {
      const { pathname, searchParams } = new URL(href, "http://localhost");
      for (const name of Object.keys(COUNT)) searchParams.delete(name);
      const named = searchParams.get("f") ?? "geojson";
      const format = named === "json" ? "geojson" : named;
      searchParams.set("f", format);
      if (format === "geojson") searchParams.set("limit", String(GEOJSON_MOST));
      return { format, href: `${pathname}?${searchParams}` };
    });
  return [...new Map(files.map((file) => [file.format, file])).values()];
}

/** The extension that a file of a format usually has. */
const EXTENSIONS: Record<string, string> = { geojsonseq: "geojsons" };

/** Days as a part of a file's name. */
function daysInName({ mode, first, last }: When): string {
  if (mode === "all") return "all-times";
  if (mode === "day") return isoDay(last);
  if (!Number.isFinite(first)) return `until-${isoDay(last)}`;
  return Number.isFinite(last) ? `${isoDay(first)}-to-${isoDay(last)}` : `since-${isoDay(first)}`;
}

/** The ground as a part of a file's name: a part of a layer must not pass for all of it. */
function groundInName(ground: Ground, near: Near | null): string[] {
  if (ground === "view") return ["part-in-view"];
  if (ground !== "near" || !near) return [];
  const where = near.where.replace(/[^\p{L}\p{N}.,-]+/gu, "-");
  return [`within-${near.radius}-m-of-${where}`];
}

/** Says what a file holds, of which ground and days and as known when: two of one layer are told apart. */
export function fileName(
  name: string,
  when: When,
  known: string | null,
  format: string,
  { ground = "all", near = null }: { ground?: Ground; near?: Near | null } = {},
): string {
  const parts = [
    name,
    ...groundInName(ground, near),
    daysInName(when),
    ...(known ? [`known-${known}`] : []),
  ];
  return `${parts.join("-")}.${EXTENSIONS[format] ?? format}`;
}
