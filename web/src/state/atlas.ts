// What the page knows: the state of the URL, the answers of the service, and what follows from
// both. Components read it through `useAtlas`.
import { createContext, createMemo, createSignal, useContext } from "solid-js";
import { address, ask } from "../api/client";
import type { AtlasFeature, Collection, Landing, NearAnswer, Timeline } from "../api/types";
import type { Box } from "../map/geometry";
import { daysOf } from "../map/prepare";
import { type Circle, circleOf } from "../near/circle";
import { holdsOn, isoDay, parseDay, today } from "../time/edtf";
import { createAnswer } from "./answer";
import type { Compare } from "./compare";
import { asCoordinates, type Near, type Selection, type View } from "./hash";
import { createLayers } from "./layers";
import { createLocation } from "./location";

/** What lies under a click. */
export interface Spot {
  at: [number, number];
  found: Selection[];
  covering: Selection[];
}

/** What the panel offers beside the map, when it tells of nothing chosen. */
export type Sheet = "compare" | "take";

/** What went wrong with the drawing itself. */
export interface Trouble {
  sentence: string;
  retry?: () => void;
}

/** The parameters of `/near` for a question. */
export function nearParameters(near: Near, day: string, known: string | null) {
  const at = asCoordinates(near.where);
  return {
    ...(at ? { at: near.where } : { place: near.where }),
    radius: near.radius,
    datetime: day,
    "known-at": known,
  };
}

export function createAtlas() {
  const { state, write } = createLocation();
  const now = today();
  const day = createMemo(() => (state.date ? (parseDay(state.date) ?? now) : now));
  const dayText = createMemo(() => isoDay(day()));
  const known = createMemo(() => state.known);

  const landing = createAnswer(
    () => "/?f=json",
    (url, signal) => ask<Landing>(url, signal),
  );
  const collections = createAnswer(
    () => "/collections?f=json",
    async (url, signal) => (await ask<{ collections: Collection[] }>(url, signal)).collections,
  );
  const layers = createLayers(collections.value, dayText, known);

  const ledger = createAnswer(
    () => address("/timeline", { "known-at": known() }),
    (url, signal) => ask<Timeline>(url, signal),
  );

  const near = createAnswer(
    () => state.near && address("/near", nearParameters(state.near, dayText(), known())),
    (url, signal) => ask<NearAnswer>(url, signal),
    150,
  );

  const [drawing, setDrawing] = createSignal(false);
  const [held, setHeld] = createSignal<Circle | null>(null);
  const circle = createMemo(() => held() ?? circleOf(state.near, near.value()?.place));
  let byHand: Near | null = null;

  const collectionOf = (id: string): Collection | null =>
    collections.value()?.find((collection) => collection.id === id) ?? null;
  const kindOf = (collection: string) => collectionOf(collection)?.kind ?? "plain";

  /** The place of a collection among those of its kind: its tone hangs on it. */
  const placeOf = ({ id, kind }: Collection): number =>
    (collections.value() ?? [])
      .filter((one) => one.kind === kind)
      .findIndex((one) => one.id === id);

  const { versions } = layers;

  /** The version of a thing that holds on a day; null when none does. */
  const holding = (
    of: readonly AtlasFeature[],
    { collection }: Selection,
    on: number,
  ): AtlasFeature | null =>
    of.find((feature) => holdsOn(daysOf(feature, kindOf(collection)), on)) ?? null;
  const current = (selection: Selection) => holding(versions(selection), selection, day());

  const [spot, setSpot] = createSignal<Spot | null>(null);
  const [reveal, setReveal] = createSignal<Selection | null>(null);
  const [trouble, setTrouble] = createSignal<Trouble | null>(null);
  const [inView, setInView] = createSignal<ReadonlySet<string>>(new Set());
  const [bounds, setBounds] = createSignal<Box | null>(null);
  const [sheet, setSheet] = createSignal<Sheet | null>(state.compare ? "compare" : null);

  return {
    state,
    now,
    day,
    dayText,
    known,
    landing,
    collections,
    layers,
    ledger,
    near,
    /** Whether the reader is about to place a circle on the map. */
    drawing,
    setDrawing,
    /** The circle that is asked about, or the one in the reader's hand. */
    circle,
    setHeld,
    /** Whether the present question was asked on the map, which then stays where the hand is. */
    isByHand: () =>
      byHand !== null && byHand.where === state.near?.where && byHand.radius === state.near.radius,
    versions,
    holding,
    /** The version that holds on the clock's day; null when none does. */
    current,
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
    /** Looks that are drawn in the present view. */
    inView,
    setInView,
    /** West, south, east, north of what the map shows; null while there is no map. */
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
    moveTo: (view: View) => write({ view }, "replace"),
    setDay: (to: number) => write({ date: to === now ? null : isoDay(to) }, "replace"),
    setKnown: (to: string | null) => write({ known: to }, "replace"),
    /** Begins, changes or ends a comparison, with the clock's day where that changes along. */
    compare: (to: Compare | null, step: "push" | "replace", day: number | null = null) => {
      const date = day === null ? state.date : day === now ? null : isoDay(day);
      write({ compare: to, date }, step);
    },
    askNear: (to: Near | null) => {
      setSpot(null);
      setSheet(null);
      write({ near: to, selected: null }, "push");
    },
    /** Asks about a circle placed on the map; `again` while one and the same is still being moved. */
    askCircle: (to: Near, again = false) => {
      byHand = to;
      setSpot(null);
      setSheet(null);
      write({ near: to, selected: null }, again ? "replace" : "push");
      setHeld(null);
    },
    /** A place that is an area: it is looked at, and nothing is asked. */
    lookAt: (selected: Selection) => {
      setSpot(null);
      setReveal({ ...selected });
      write({ near: null, selected }, "push");
    },
    select: (selected: Selection | null, how: "show" | "stay" = "stay") => {
      if (selected && how === "show") setReveal({ ...selected });
      write({ selected }, "push");
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
