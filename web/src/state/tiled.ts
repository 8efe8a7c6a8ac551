// Layers that the map draws from tiles: which they are, and the one feature of them that is picked.
import { type Accessor, createMemo } from "solid-js";
import { address, ask, askInterval } from "../api/client";
import type { AtlasFeature, Collection } from "../api/types";
import { daysOf, withDays } from "../map/prepare";
import type { Tiled } from "../map/style-plain";
import { isTiled } from "../map/tiled";
import { createAnswer } from "./answer";
import type { Selection } from "./hash";
import { asKnownOn } from "./known";

export function createTiled(
  collections: Accessor<readonly Collection[] | undefined>,
  selected: Accessor<Selection | null>,
  /** The second clock's day; null is everything known. */
  known: Accessor<number | null>,
) {
  const tiled = createMemo((): Tiled[] =>
    (collections() ?? [])
      .filter(({ kind }) => kind === "plain")
      .flatMap((collection, place) =>
        isTiled(collection)
          ? [{ id: collection.id, place, dated: Boolean(collection.extent?.temporal) }]
          : [],
      ),
  );
  const asKnown = asKnownOn((feature) => daysOf(feature, "plain"));
  const picked = createAnswer(
    () => {
      const { collection, id } = selected() ?? {};
      const isPicked = collection && id && tiled().some((one) => one.id === collection);
      return isPicked ? `${collection}/${id}` : null;
    },
    async (thing, signal) => {
      const [collection = "", id = ""] = thing.split(/\/(.*)/, 2);
      const path = `/collections/${encodeURIComponent(collection)}/items/${encodeURIComponent(id)}`;
      const [feature, interval] = await Promise.all([
        ask<AtlasFeature>(address(path, { f: "json", datetime: "../.." }), signal),
        askInterval(collection, signal),
      ]);
      return { thing, feature: withDays([feature], interval) };
    },
  );
  return {
    tiled,
    picked,
    /** The picked feature, if it is the one that is meant, as known on the clock's second day. */
    pickedAs: ({ collection, id }: Selection): AtlasFeature | null => {
      const found = picked.value();
      if (found?.thing !== `${collection}/${id}`) return null;
      return asKnown(found.feature, known())[0] ?? null;
    },
  };
}
