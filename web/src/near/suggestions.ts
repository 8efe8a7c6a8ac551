// The rows under the place field, and what Enter may take of them. Pure. Keys are those of a combobox with a list (WAI-ARIA 1.2).
import type { AtlasFeature } from "../api/types";
import type { Selection } from "../state/hash";
import { str } from "../text/phrases";

/** The feature that a place is, where it is an area and no point. */
export function areaOf({ geometry, properties }: AtlasFeature): Selection | null {
  const area = geometry ? "" : str(properties ?? {}, "area");
  const slash = area.indexOf("/");
  if (slash < 1 || slash === area.length - 1) return null;
  return { collection: area.slice(0, slash), id: area.slice(slash + 1) };
}

export const canBeChosen = (place: AtlasFeature) =>
  place.geometry !== null || areaOf(place) !== null;

export type Decision = { take: number } | { say: "several" | "similar" | "nowhere" | "noPlace" };

/**
 * What Enter means when the reader chose no row. One place alone that is called exactly so is
 * taken; between several it is not guessed, not even where but one of them is located.
 */
export function decide(places: readonly AtlasFeature[]): Decision {
  if (places.length === 0) return { say: "noPlace" };
  const exact = [...places.keys()].filter(
    (index) => str(places[index]?.properties ?? {}, "match") === "exact",
  );
  const [only] = exact;
  if (only === undefined) return { say: "similar" };
  const reachable = exact.filter((index) => canBeChosen(places[index] as AtlasFeature));
  if (reachable.length === 0) return { say: "nowhere" };
  return exact.length === 1 ? { take: only } : { say: "several" };
}

/** Numbers, signs of degrees and letters of winds alone, in Latin or Cyrillic: no name, a position. */
export const isPosition = (typed: string) =>
  /\d/.test(typed) && /^[\d\s.,;:/+\-−–°º˚'’′"”″NSEWСЮВЗ]+$/iu.test(typed.trim());

/** The row after a key; -1 is none, so that the field itself keeps the turn. */
export function move(active: number, count: number, key: string): number | null {
  if (count === 0) return null;
  switch (key) {
    case "ArrowDown":
      return active + 1 >= count ? 0 : active + 1;
    case "ArrowUp":
      return active <= 0 ? count - 1 : active - 1;
    default:
      return null;
  }
}

/**
 * The spelling by which a place was found, where its own name does not begin as typed: a reader
 * who types "Ak" and sees "Oqqo‘rg‘on" wants to know why. Names come with the place's own first.
 */
export function spelling(names: readonly string[], typed: string): string | null {
  const begins = (name: string) => name.toLowerCase().startsWith(typed.trim().toLowerCase());
  const [own = ""] = names;
  return begins(own) ? null : (names.find(begins) ?? null);
}

/** What the field says once nothing is asked any more: not the old place; other words stay. */
export const leftOf = (typed: string, asked: string) => (typed.trim() === asked ? "" : typed);
