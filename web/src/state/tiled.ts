// Layers that the map draws from tiles: which they are, and the one feature of them that is picked.
import { type Accessor, createMemo } from "solid-js";
import { address, ask } from "../api/client";
import type { AtlasFeature, Collection } from "../api/types";
import type { Tiled } from "../map/style-plain";
import { isTiled } from "../map/tiled";
import { createAnswer } from "./answer";
import type { Selection } from "./hash";

interface Asked {
  selected: Accessor<Selection | null>;
  /** The clock's days, as the service writes them. */
  datetime: Accessor<string>;
  known: Accessor<string | null>;
}

export function createTiled(
  collections: Accessor<readonly Collection[] | undefined>,
  { selected, datetime, known }: Asked,
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
  const picked = createAnswer(
    () => {
      const { collection, id } = selected() ?? {};
      if (!collection || !id || !tiled().some((one) => one.id === collection)) return null;
      const path = `/collections/${encodeURIComponent(collection)}/items/${encodeURIComponent(id)}`;
      return address(path, { f: "json", datetime: datetime(), "known-at": known() });
    },
    (url, signal) => ask<AtlasFeature>(url, signal),
    150,
  );
  return {
    tiled,
    picked,
    /** The picked feature, if it is the one that is meant. */
    pickedAs: ({ collection, id }: Selection): AtlasFeature | null => {
      const feature = picked.value();
      const isMeant = selected()?.collection === collection && String(feature?.id) === id;
      return (isMeant && feature) || null;
    },
  };
}
