// One side of a comparison: the atlas as of another day, or as another map depicts it. What reads an
// atlas reads a side like any other.
import { createMemo } from "solid-js";
import type { AtlasFeature } from "../api/types";
import { DEPICTED, depicted, timeless } from "../compare/versions";
import { isoDay, parseDay } from "../time/edtf";
import { formatWhen, oneDay, statusDay, type When } from "../time/when";
import type { Atlas } from "./atlas";
import type { Face } from "./compare";
import type { Selection } from "./hash";
import { createLayers } from "./layers";

export interface Side {
  /** The source whose depiction is shown; null where a day decides. */
  source: () => string | null;
}

/** The atlas that shows `face`; for a depiction everything but the borders is as the clock has it. */
export function createSide(atlas: Atlas, face: () => Face): Atlas & Side {
  /** The face's own day; null where it has none. */
  const own = createMemo(() => {
    const shown = face();
    return shown && "day" in shown ? parseDay(shown.day) : null;
  });
  const when = createMemo(() => {
    const day = own();
    return day === null ? atlas.when() : oneDay(day);
  });
  const day = createMemo(() => statusDay(when(), atlas.now));
  const source = createMemo(() => {
    const shown = face();
    return shown && "source" in shown ? shown.source : null;
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
    atlas.ledger,
    {
      when,
      known: atlas.knownDay,
      knownText: atlas.known,
      now: atlas.now,
      bounds: atlas.bounds,
    },
    atlas.layers,
  );

  const isDepicted = (kind: string) => source() !== null && DEPICTED.has(kind);
  const versions = (selection: Selection): AtlasFeature[] => {
    const picked = atlas.pickedAs(selection);
    return picked ? [picked] : layers.versions(selection);
  };
  const current = (selection: Selection): AtlasFeature | null => {
    const all = versions(selection);
    return isDepicted(atlas.kindOf(selection.collection))
      ? (depicted(all, source() ?? "", day())[0] ?? null)
      : atlas.holding(all, selection, when());
  };

  return {
    ...atlas,
    source,
    when,
    day,
    dayText: () => isoDay(day()),
    datetime: () => formatWhen(when()),
    /** A side with a day of its own is set to another; any other follows the clock. */
    setWhen: (to: When) => {
      const compared = atlas.state.compare;
      if (own() === null || !compared) atlas.setWhen(to);
      else {
        const left = { day: isoDay(statusDay(to, atlas.now)) };
        atlas.compare({ ...compared, left }, "push");
      }
    },
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
    versions,
    current,
  };
}
