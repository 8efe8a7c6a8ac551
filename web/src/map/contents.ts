// What the map's sources hold, prepared from the page's state: the same for whatever draws it.
import { type Accessor, createMemo } from "solid-js";
import type { AtlasFeature } from "../api/types";
import type { Atlas } from "../state/atlas";
import { circle, linesOf } from "./geometry";
import {
  collect,
  type DrawnFeatures,
  daysShown,
  drawn,
  drawnAreas,
  groundNames,
  spread,
} from "./prepare";
import { createRims } from "./rims";
import type { SourceId } from "./style";
import { isTiled } from "./tiled";

export interface Contents {
  /** Whose they are: the reader's own atlas, or a side of a comparison. */
  of: Atlas;
  sources: ReadonlyMap<SourceId, Accessor<DrawnFeatures>>;
  /** The clock's first and last day, as the style's filters compare them. */
  days: Accessor<{ from: number; to: number }>;
  /** Whether the sources hold all that follows from what has come. */
  isWhole: Accessor<boolean>;
}

const SOURCE_OF = {
  border: "borders",
  territory: "territories",
  enclave: "enclaves",
  settlement: "settlements",
  context: "context",
  plain: "plain",
} as const satisfies Record<string, SourceId>;

/** Kept for as long as their owner lives. */
export function createContents(atlas: Atlas): Contents {
  const sources = new Map<SourceId, Accessor<DrawnFeatures>>();
  const put = (id: SourceId, features: () => DrawnFeatures) =>
    sources.set(id, createMemo(features));
  for (const [kind, id] of Object.entries(SOURCE_OF)) {
    put(id, () => {
      const layers = atlas.layers.ofKind(kind).filter(({ collection }) => !isTiled(collection));
      return collect(
        layers.flatMap(
          ({ collection, features }) =>
            drawn(collection, features, atlas.placeOf(collection)).features,
        ),
      );
    });
  }
  put("ground-names", () =>
    collect(
      ["territory", "context"]
        .flatMap((kind) => atlas.layers.ofKind(kind))
        .filter(({ collection }) => !isTiled(collection))
        .flatMap(({ collection, features }) => groundNames(collection, features)),
    ),
  );
  const areas = createMemo(() =>
    atlas.layers
      .ofKind("reported-area")
      .map(({ collection, features }) =>
        drawnAreas(collection.id, features, atlas.landing.value()?.window),
      ),
  );
  put("area-shapes", () => collect(areas().flatMap(({ shapes }) => shapes.features)));
  const rims = createRims(() => areas().flatMap(({ bands }) => bands));
  put("area-reach", rims.features);
  put("area-marks", () => spread(collect(areas().flatMap(({ marks }) => marks.features))));
  put("selected", () => {
    const feature = atlas.state.selected && atlas.current(atlas.state.selected);
    return collect(feature ? outline(feature) : []);
  });
  put("near", () => {
    const asked = atlas.circle();
    const ring = asked && circle(asked.centre, asked.radius);
    return collect(ring ? [plain({ type: "LineString", coordinates: ring }, "near")] : []);
  });
  const days = createMemo(() => daysShown(atlas.layers.edges(), atlas.when()), undefined, {
    equals: (a, b) => a.from === b.from && a.to === b.to,
  });
  return { of: atlas, sources, days, isWhole: rims.isWhole };
}

function plain(geometry: DrawnFeatures["features"][number]["geometry"], look: string) {
  return {
    type: "Feature" as const,
    geometry,
    properties: { _id: "", _collection: "", _look: look, _name: "", _first: 0, _last: 0 },
  };
}

/** A polygon is picked out by its rim, anything else by itself. */
function outline({ geometry }: AtlasFeature) {
  if (!geometry) return [];
  return geometry.type.endsWith("Polygon")
    ? [plain({ type: "MultiLineString", coordinates: linesOf(geometry) }, "selected")]
    : [plain(geometry, "selected")];
}
