// What the page knows: the state of the URL, the answers of the service, and what follows from
// both. Components read it through `useAtlas`.
import { createContext, createMemo, createSignal, useContext } from "solid-js";
import { address, ask, askAll } from "../api/client";
import type { AtlasFeature, Collection, Landing, NearAnswer, Timeline } from "../api/types";
import { daysOf } from "../map/prepare";
import { holdsOn, isoDay, parseDay, today } from "../time/edtf";
import { createAnswer } from "./answer";
import { asCoordinates, type Near, type Selection, type View } from "./hash";
import { createLocation } from "./location";

export interface Layer {
  collection: Collection;
  features: AtlasFeature[];
}

/** What lies under a click. */
export interface Spot {
  at: [number, number];
  found: Selection[];
  covering: Selection[];
}

const TIMED = new Set(["border", "territory", "enclave"]);
const STEADY = new Set(["settlement", "context"]);

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
  const ofKinds = (kinds: Set<string>) =>
    (collections.value() ?? []).filter(({ kind }) => kinds.has(kind ?? ""));

  const layers = (kinds: Set<string>, parameters: () => Record<string, string | null>) =>
    createAnswer(
      () => (collections.value() ? { of: ofKinds(kinds), with: parameters() } : null),
      (asked, signal): Promise<Layer[]> =>
        Promise.all(
          asked.of.map(async (collection) => ({
            collection,
            features: await askAll(collection.id, asked.with, signal),
          })),
        ),
    );
  const timed = layers(TIMED, () => ({ datetime: "../..", "known-at": known() }));
  const steady = layers(STEADY, () => ({ "known-at": known() }));

  const areaCollection = createMemo(
    () => collections.value()?.find(({ kind }) => kind === "reported-area") ?? null,
  );
  const areas = createAnswer(
    () => {
      const collection = areaCollection();
      return collection && { id: collection.id, datetime: dayText(), "known-at": known() };
    },
    ({ id, ...parameters }, signal) => askAll(id, parameters, signal),
    150,
  );

  const ledger = createAnswer(
    () => address("/timeline", { "known-at": known() }),
    (url, signal) => ask<Timeline>(url, signal),
  );

  const near = createAnswer(
    () => state.near && address("/near", nearParameters(state.near, dayText(), known())),
    (url, signal) => ask<NearAnswer>(url, signal),
    150,
  );

  /** Every version of a thing that the page has, whatever its days. */
  function versions({ collection, id }: Selection): AtlasFeature[] {
    const areaId = areaCollection()?.id;
    const all =
      collection === areaId
        ? areas.value()
        : [...(timed.value() ?? []), ...(steady.value() ?? [])].find(
            (layer) => layer.collection.id === collection,
          )?.features;
    return (all ?? []).filter((feature) => String(feature.id) === id);
  }

  /** The version that holds on the clock's day; null when none does. */
  const current = (selection: Selection): AtlasFeature | null =>
    versions(selection).find((feature) => holdsOn(daysOf(feature), day())) ?? null;

  const kindOf = (collection: string) =>
    collections.value()?.find(({ id }) => id === collection)?.kind ?? "plain";

  const [spot, setSpot] = createSignal<Spot | null>(null);
  const [reveal, setReveal] = createSignal<Selection | null>(null);
  const [inView, setInView] = createSignal<ReadonlySet<string>>(new Set());

  return {
    state,
    now,
    day,
    dayText,
    known,
    landing,
    collections,
    timed,
    steady,
    areas,
    areaCollection,
    ledger,
    near,
    versions,
    current,
    kindOf,
    spot,
    setSpot,
    /** A thing chosen from a list, which the map is to bring into view. */
    reveal,
    /** Looks that are drawn in the present view. */
    inView,
    setInView,
    moveTo: (view: View) => write({ view }, "replace"),
    setDay: (to: number) => write({ date: to === now ? null : isoDay(to) }, "replace"),
    setKnown: (to: string | null) => write({ known: to }, "replace"),
    askNear: (to: Near | null) => {
      setSpot(null);
      write({ near: to, selected: null }, "push");
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
