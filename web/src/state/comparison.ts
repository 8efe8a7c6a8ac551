// The comparison as the page reads it: its two sides, which of them the panel tells of, and the maps
// they are drawn on. Components read it through `useComparison`.
import type { Map as MapLibreMap } from "maplibre-gl";
import { createContext, createMemo, createSignal, useContext } from "solid-js";
import { DEPICTED, depictions } from "../compare/versions";
import { text } from "../text";
import { sayDate } from "../text/phrases";
import { sayWhen } from "../text/when";
import { isAhead } from "../time/when";
import type { Atlas } from "./atlas";
import type { Compare, SideName } from "./compare";
import { createSide } from "./side";

export function createComparison(atlas: Atlas) {
  const isOn = createMemo(() => atlas.state.compare !== null);
  const isDepiction = createMemo(() => Boolean(atlas.state.compare?.right));
  const left = createMemo(() =>
    isOn() ? createSide(atlas, () => atlas.state.compare?.left ?? null) : null,
  );
  const ofDepiction = createMemo(() =>
    isDepiction() ? createSide(atlas, () => atlas.state.compare?.right ?? null) : null,
  );
  const right = (): Atlas => ofDepiction() ?? atlas;

  /** The maps that the atlas's borders, territories and enclaves were taken from. */
  const maps = createMemo(() =>
    depictions(
      [...DEPICTED]
        .flatMap((kind) => atlas.layers.ofKind(kind))
        .flatMap(({ features }) => features),
    ),
  );
  const sourceOf = (side: SideName): string | null =>
    (side === "left" ? left() : ofDepiction())?.source() ?? null;

  /** Whether all that depicts has come: until then a map that is not there may be on its way. */
  const haveCome = () =>
    !atlas.layers.loading() &&
    atlas.collections.value() !== undefined &&
    atlas.layers.answers().every(({ answer }) => answer.error() === null);
  const isUnknown = (source: string | null) =>
    source !== null && haveCome() && !maps().some((one) => one.source === source);
  const mapName = (source: string): string => {
    const found = maps().find((one) => one.source === source);
    if (found) return text.compare.mapped(sayDate(found.mapped));
    return isUnknown(source) ? text.compare.unknown(source) : source;
  };

  const whenOf = (side: SideName) => (side === "left" ? (left() ?? atlas) : atlas).when();

  const reading = (): SideName => (atlas.state.compare?.readsLeft ? "left" : "right");
  const [leftInView, setLeftInView] = createSignal<ReadonlySet<string>>(new Set());
  const [leftMap, setLeftMap] = createSignal<MapLibreMap | null>(null);
  const [leftDrawn, setLeftDrawn] = createSignal(false);

  const change = (to: Partial<Compare>, step: "push" | "replace" = "replace") => {
    const now = atlas.state.compare;
    if (now) atlas.compare({ ...now, ...to }, step);
  };

  return {
    isOn,
    /** Null while nothing is compared. */
    left,
    right,
    /** The sides that hold layers of their own. */
    own: () => [left(), ofDepiction()].filter((side) => side !== null),
    maps,
    /** The source that a side depicts; null where a day decides. */
    sourceOf,
    /** What a side is: its days, or the date of the map that it depicts. */
    nameOf: (side: SideName): string => {
      const source = sourceOf(side);
      return source ? mapName(source) : sayWhen(whenOf(side));
    },
    /** Whether a side's days, where they decide, reach past today. */
    isAhead: (side: SideName): boolean =>
      sourceOf(side) === null && isAhead(whenOf(side), atlas.now),
    /** Maps that the link names and the atlas does not have: nothing can be compared with them. */
    unknown: () => (["left", "right"] as const).map(sourceOf).filter(isUnknown) as string[],
    /** The side that the panel tells of. */
    reading,
    setReading: (side: SideName) => {
      if (side !== reading()) change({ readsLeft: side === "left" });
    },
    read: (): Atlas => (reading() === "left" ? (left() ?? atlas) : right()),
    leftMap,
    setLeftMap,
    /** Whether what the left side holds is drawn; until then its half of the map says nothing. */
    leftDrawn,
    setLeftDrawn,
    /** Looks that are drawn on the left in the present view. */
    leftInView,
    setLeftInView,
    change,
    stop: () => atlas.compare(null, "push"),
  };
}

export type Comparison = ReturnType<typeof createComparison>;

export const ComparisonContext = createContext<Comparison>();

export function useComparison(): Comparison {
  const comparison = useContext(ComparisonContext);
  if (!comparison) throw new Error("useComparison outside of ComparisonContext");
  return comparison;
}
