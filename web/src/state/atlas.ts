// What the page knows: the state of the URL, the answers of the service, and what follows from
// both. Components read it through `useAtlas`.
import { createContext, createEffect, createMemo, createSignal, useContext } from "solid-js";
import type { AtlasFeature, Collection, NearPlace } from "../api/types";
import type { Box } from "../map/geometry";
import { GROUPS, type Group } from "../map/groups";
import { daysOf } from "../map/prepare";
import { type Circle, circleOf } from "../near/circle";
import type { Sketch } from "../sketch/sketch";
import { text } from "../text";
import type { Language } from "../text/languages";
import { nameOf } from "../text/phrases";
import { isoDay, parseDay, today } from "../time/edtf";
import { formatWhen, oneDay, overlaps, parseWhen, statusDay, type When } from "../time/when";
import { createAim } from "./aim";
import { around, nearestDay } from "./around";
import type { Compare } from "./compare";
import { createFirst } from "./first";
import type { Near, Selection, View } from "./hash";
import { createLayers } from "./layers";
import { createLocation } from "./location";
import { createNear } from "./near";
import { createSheet, type Sheet } from "./sheet";
import { createTheme } from "./theme";
import { createTiled } from "./tiled";
import { createWords } from "./words";

/** What lies under a click. */
export interface Spot {
  at: [number, number];
  found: Selection[];
  covering: Selection[];
}

/** What went wrong with the drawing itself. */
export interface Trouble {
  /** In the language of the moment. */
  sentence: () => string;
  retry?: () => void;
  /** No map will come, and what was sketched stays: nobody need wait for it. */
  isFinal?: true;
}

export function createAtlas() {
  const { state, write, turn, arrived, refused } = createLocation();
  const now = today();
  const when = createMemo(() => (state.date && parseWhen(state.date)) || oneDay(now));
  const day = createMemo(() => statusDay(when(), now));
  const dayText = createMemo(() => isoDay(day()));
  const datetime = createMemo(() => formatWhen(when()));
  // From today on everything is known that is: that is how the second day is let go of.
  const knownDay = createMemo(() => {
    const asked = state.known === null ? null : parseDay(state.known);
    return asked === null || asked >= now ? null : asked;
  });
  const known = createMemo(() => (knownDay() === null ? null : state.known));

  const { landing, introduced, collections, ledger } = createFirst();
  /** What the map shows, or the sketch that stands for it; null until it is known where that looks. */
  const [bounds, setBounds] = createSignal<Box | null>(null);
  const layers = createLayers(collections.value, ledger, {
    when,
    known: knownDay,
    knownText: known,
    now,
    bounds,
  });
  const { tiled, picked, pickedAs } = createTiled(
    collections.value,
    () => state.selected,
    knownDay,
  );

  const { near, located } = createNear(() => state.near, datetime, known);

  const [drawing, setDrawing] = createSignal(false);
  const [held, setHeld] = createSignal<Circle | null>(null);
  const circle = createMemo(() => held() ?? circleOf(state.near, located()));
  const aim = createAim();

  const collectionOf = (id: string): Collection | null =>
    collections.value()?.find((collection) => collection.id === id) ?? null;
  const kindOf = (collection: string) => collectionOf(collection)?.kind ?? "plain";

  /** The place of a collection among those of its kind: its tone hangs on it. */
  const placeOf = ({ id, kind }: Collection): number =>
    (collections.value() ?? [])
      .filter((one) => one.kind === kind)
      .findIndex((one) => one.id === id);

  const versions = (selection: Selection): AtlasFeature[] => {
    const feature = pickedAs(selection);
    return feature ? [feature] : layers.versions(selection);
  };

  /** The version of a thing that holds on a day, or last in a range; null when none does. */
  const holding = (
    of: readonly AtlasFeature[],
    { collection }: Selection,
    on: When,
  ): AtlasFeature | null =>
    of.findLast((feature) => overlaps(daysOf(feature, kindOf(collection)), on)) ?? null;
  const current = (selection: Selection) => holding(versions(selection), selection, when());

  /** What a place of the gazetteer is called in the reader's language, where a layer says so. */
  const placeName = (id: string | undefined, name: string): string => {
    for (const { collection } of id ? layers.ofKind("settlement") : []) {
      const [found] = versions({ collection: collection.id, id: String(id) });
      if (found) return nameOf(found.properties, name);
    }
    return name;
  };

  /** A place asked about: by name where it has one, else its position. */
  const placeWords = ({ id, name, coordinates }: NearPlace): string =>
    id && name ? placeName(id, name) : text.near.point(...coordinates);

  // A link to a thing brings its time: one that names no day is not answered with "not on the map".
  // Two states that are compared bring their own.
  const [brought, setBrought] = createSignal<{ selection: Selection; day: number } | null>(null);
  createEffect(() => {
    const { selected, date, compare } = state;
    if (!selected || date || compare || !arrived() || current(selected)) return;
    const kind = kindOf(selected.collection);
    const nearest = nearestDay(around(versions(selected), kind, when()), kind);
    if (!nearest) return;
    setBrought({ selection: { ...selected }, day: nearest.last });
    write({ date: formatWhen(nearest) }, "replace");
  });

  const [spot, setSpot] = createSignal<Spot | null>(null);
  const [reveal, setReveal] = createSignal<Selection | null>(null);
  const [trouble, setTrouble] = createSignal<Trouble | null>(null);
  const [unpainted, setUnpainted] = createSignal<string | null>(null);
  const [sketch, setSketch] = createSignal<Sketch | null>(null);
  const [inView, setInView] = createSignal<ReadonlySet<string>>(new Set());
  const [drawn, setDrawn] = createSignal(false);
  const { sheet, setSheet } = createSheet(
    () => state.compare !== null,
    () => state.near && `${state.near.where} ${state.near.radius}`,
  );

  const words = createWords(() => state.language, landing.value);

  return {
    ...createTheme(),
    /** What the atlas says of itself, in the reader's language where it can. */
    words,
    setLanguage: (to: Language) => write({ language: to }, "replace"),
    state,
    refused,
    now,
    when,
    /** The day whose status is shown: the clock's, or the last of its range. */
    day,
    dayText,
    /** What the clock shows, as the service writes it. */
    datetime,
    known,
    knownDay,
    landing,
    introduced,
    collections,
    layers,
    ledger,
    near,
    tiled,
    picked,
    pickedAs,
    /** Whether the reader is about to place a circle on the map. */
    drawing,
    setDrawing,
    /** The circle that is asked about, or the one in the reader's hand. */
    circle,
    setHeld,
    /** Whether the map is to go to the circle of the present question. */
    goesToCircle: () => aim.goesTo(state.near, state.view),
    versions,
    holding,
    /** The version that holds on the clock's day; null when none does. */
    current,
    placeName,
    placeWords,
    /** The thing that the clock was set for, since a link to it named no day. */
    brought,
    kindOf,
    collectionOf,
    placeOf,
    spot,
    setSpot,
    /** A thing chosen from a list, which the map is to bring into view. */
    reveal,
    bringIn: (selection: Selection) => setReveal({ ...selection }),
    trouble,
    setTrouble,
    /** Whether no map will come, so that nothing can be asked or done on it. */
    isMapless: () => trouble()?.isFinal === true,
    /** Why the sketch that stays could not be painted; null while it is. */
    unpainted,
    setUnpainted,
    /** The sketch that stands for the map; null where the map itself is shown. */
    sketch,
    setSketch,
    /** Looks that are drawn in the present view. */
    inView,
    setInView,
    /** Whether the map has drawn what has come. */
    drawn,
    setDrawn,
    /** West, south, east, north of what is shown; null until it is known where the map looks. */
    bounds,
    setBounds,
    sheet,
    /** Opens a sheet, and puts away what was chosen. */
    openSheet: (to: Sheet | null) => {
      setSheet(to);
      if (!to) return;
      setSpot(null);
      if (state.selected) write({ selected: null }, "push");
    },
    /** Hides a group of layers or shows it again. */
    hide: (group: Group, isHidden: boolean) => {
      const hidden = GROUPS.filter((one) =>
        one === group ? isHidden : state.hidden.includes(one),
      );
      write({ hidden }, "push");
    },
    showAll: () => write({ hidden: [] }, "push"),
    moveTo: (view: View) => write({ view }, "replace"),
    /** `again` while one and the same turn goes on. */
    setWhen: (to: When, again = false) =>
      turn({ date: to.mode === "day" && to.first === now ? null : formatWhen(to) }, again),
    /** As known on a day; null is everything known. */
    setKnown: (to: number | null) => turn({ known: to === null || to >= now ? null : isoDay(to) }),
    /** Begins, changes or ends a comparison, with the clock's day where that changes along. */
    compare: (to: Compare | null, step: "push" | "replace", day: number | null = null) => {
      const date = day === null ? state.date : day === now ? null : isoDay(day);
      write({ compare: to, date }, step);
    },
    askNear: (to: Near | null) => {
      aim.ask(to, true);
      setSpot(null);
      setSheet(null);
      write({ near: to, selected: null }, "push");
    },
    /** Asks about a circle placed on the map; `again` while one and the same is still being moved. */
    askCircle: (to: Near, again = false) => {
      aim.ask(to, false);
      setSpot(null);
      setSheet(null);
      write({ near: to, selected: null }, again ? "replace" : "push");
      setHeld(null);
    },
    /** A place that is an area: it is looked at, and nothing is asked. */
    lookAt: (selected: Selection) => {
      setSpot(null);
      write({ near: null, selected }, "push");
      setReveal({ ...selected });
    },
    select: (selected: Selection | null, how: "show" | "stay" = "stay") => {
      write({ selected }, "push");
      // After it: where the view goes then belongs to the new step.
      if (selected && how === "show") setReveal({ ...selected });
    },
  };
}

export type Atlas = ReturnType<typeof createAtlas>;

export const AtlasContext = createContext<Atlas>();

export function useAtlas(): Atlas {
  const atlas = useContext(AtlasContext);
  if (!atlas) throw new Error("useAtlas outside of AtlasContext");
  return atlas;
}
