// What a comparison shows on its two sides, as the URL's fragment carries it. Pure: parse and
// format only.
import { parseDay } from "../time/edtf";

export type SideName = "left" | "right";

/** A day, or a depiction by the id of its source; null is the clock's day. */
export type Face = { day: string } | { source: string } | null;

export interface Compare {
  left: NonNullable<Face>;
  /** The clock governs the right side unless a depiction does. */
  right: { source: string } | null;
  /** Where the divider stands, hundredths of the map's width. */
  at: number;
  /** Whether the panel tells of the left side. */
  readsLeft: boolean;
}

export const MIDDLE = 50;

/** `2024-04-30`, `source/ID` or two of them after each other; null where it cannot be read. */
export function parseCompare(
  written: string | null,
  divider: string | null,
  side: string | null = null,
): Compare | null {
  if (!written) return null;
  const [first = "", second, ...more] = written.split(",");
  const left = parseFace(first);
  const right = second === undefined ? null : parseSource(second);
  // A side that cannot be read is not the clock's: the page would show another day than the link says.
  if (!left || (second !== undefined && !right) || more.length) return null;
  const at = parseDivider(divider) ?? MIDDLE;
  return { left, right, at, readsLeft: side === "left" };
}

/** Hundredths of the map's width; null where it cannot be read. */
export function parseDivider(written: string | null): number | null {
  const at = written ? Number(written) : Number.NaN;
  return at >= 0 && at <= 100 ? Math.round(at) : null;
}

function parseSource(written: string): { source: string } | null {
  const source = /^source\/(.+)$/.exec(written)?.[1];
  return source ? { source } : null;
}

const parseFace = (written: string): Face =>
  parseSource(written) ?? (parseDay(written) === null ? null : { day: written });

const formatFace = (face: NonNullable<Face>) =>
  "day" in face ? face.day : `source/${face.source}`;

export function formatCompare({ left, right }: Compare): string {
  return [left, ...(right ? [right] : [])].map(formatFace).join(",");
}
