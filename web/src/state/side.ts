// One side of a comparison: the atlas as of another day, or as another map depicts it. What reads an
// atlas reads a side like any other.
import { createMemo } from "solid-js";
import type { AtlasFeature } from "../api/types";
import { DEPICTED, depicted, timeless } from "../compare/versions";
import { isoDay, parseDay } from "../time/edtf";
import type { Atlas } from "./atlas";
import type { Face } from "./compare";
import type { Selection } from "./hash";
import { createLayers } from "./layers";

export interface Side {
  /** The source whose depiction is shown; null where a day decides. */
  source: () => string | null;
}

/** The atlas that shows `face`; for a depiction everything but the borders is of the clock's day. */
export function createSide(atlas: Atlas, face: () => Face): Atlas & Side {
  const day = createMemo(() => {
    const now = face();
    return (now && "day" in now ? parseDay(now.day) : null) ?? atlas.day();
  });
  const dayText = createMemo(() => isoDay(day()));
  const source = createMemo(() => {
    const now = face();
    return now && "source" in now ? now.source : null;
  });
  // What the atlas itself is still waiting for need not be asked twice.
  const ready = createMemo<boolean>(
    (was) =>
      was ||
      (atlas.collections.value() !== undefined &&
        atlas.layers
          .answers()
          .every(({ answer }) => answer.value() !== undefined || answer.error() !== null)),
    false,
  );
  const layers = createLayers(
    () => (ready() ? atlas.collections.value() : undefined),
    dayText,
    atlas.known,
    (id, parameters) => atlas.layers.answered(id, parameters),
  );

  const isDepicted = (kind: string) => source() !== null && DEPICTED.has(kind);
  const current = (selection: Selection): AtlasFeature | null => {
    const all = layers.versions(selection);
    return isDepicted(atlas.kindOf(selection.collection))
      ? (depicted(all, source() ?? "", day())[0] ?? null)
      : atlas.holding(all, selection, day());
  };

  return {
    ...atlas,
    source,
    day,
    dayText,
    layers: {
      ...layers,
      loading: () => !ready() || layers.loading(),
      ofKind: (kind) =>
        layers.ofKind(kind).map((layer) =>
          isDepicted(kind)
            ? {
                ...layer,
                features: depicted(layer.features, source() ?? "", day()).map(timeless),
              }
            : layer,
        ),
    },
    versions: layers.versions,
    current,
  };
}
