// Keeps a drawn map in step with the page's state: one effect for each thing that changes. `feed` is
// what a map shows, `follow` where it looks, which the reader's own map alone does.
import type { GeoJSONSource, Map as MapLibreMap, VectorTileSource } from "maplibre-gl";
import { type Accessor, createEffect, createMemo, on, onCleanup } from "solid-js";
import type { AtlasFeature } from "../api/types";
import type { Atlas } from "../state/atlas";
import { EMPTY, formatHash, type Selection } from "../state/hash";
import { num } from "../text/phrases";
import { still } from "../ui/still";
import { boxOf, circle, linesOf, widen } from "./geometry";
import { collect, type DrawnFeatures, daysShown, drawn, drawnAreas, spread } from "./prepare";
import { padding } from "./room";
import { hasBegun, type Stage, setHidden, setHolds } from "./stages";
import type { SourceId } from "./style";
import { isTiled, tileAddress, tiledId, yearsShown } from "./tiled";

const SOURCE_OF: Record<string, SourceId> = {
  border: "borders",
  territory: "territories",
  enclave: "enclaves",
  settlement: "settlements",
  context: "context",
  plain: "plain",
};

export function feed(map: MapLibreMap, atlas: Atlas, stage: Accessor<Stage>) {
  const source = (id: SourceId) => map.getSource<GeoJSONSource>(id);
  const put = (id: SourceId, features: DrawnFeatures) => {
    source(id)?.setData(features);
    setHolds(map, id, features.features.length > 0);
  };

  createEffect(() => setHidden(map, atlas.state.hidden));
  // Before the features, which the map would otherwise sort out twice.
  const shownDays = createMemo(() => daysShown(atlas.layers.edges(), atlas.when()), undefined, {
    equals: (a, b) => a.from === b.from && a.to === b.to,
  });
  createEffect(() => {
    for (const [name, day] of Object.entries(shownDays())) map.setGlobalStateProperty(name, day);
  });
  for (const [kind, id] of Object.entries(SOURCE_OF)) {
    // What is drawn later is given to the map later: its worker would sort it out before the rest.
    const isDue = createMemo(() => hasBegun(stage(), id));
    createEffect(() => {
      if (!isDue()) return;
      const layers = atlas.layers.ofKind(kind).filter(({ collection }) => !isTiled(collection));
      put(
        id,
        collect(
          layers.flatMap(({ collection, features }) => {
            const index = atlas.placeOf(collection);
            return drawn(collection, features, index).features;
          }),
        ),
      );
    });
  }
  createEffect(() => {
    const all = atlas.layers
      .ofKind("reported-area")
      .map(({ collection, features }) =>
        drawnAreas(collection.id, features, atlas.landing.value()?.window),
      );
    put("area-shapes", collect(all.flatMap(({ shapes }) => shapes.features)));
    put("area-reach", collect(all.flatMap(({ reach }) => reach.features)));
    put("area-marks", spread(collect(all.flatMap(({ marks }) => marks.features))));
  });
  createEffect(() => {
    if (!atlas.tiled().some(({ dated }) => dated)) return;
    const years = yearsShown(atlas.when());
    for (const [name, year] of Object.entries(years)) map.setGlobalStateProperty(name, year);
  });
  createEffect(
    on(
      atlas.known,
      (known) => {
        // A thumb that is dragged asks where it comes to rest.
        const timer = setTimeout(() => {
          for (const { id } of atlas.tiled()) {
            map.getSource<VectorTileSource>(tiledId(id))?.setTiles([tileAddress(id, known)]);
          }
        }, 400);
        onCleanup(() => clearTimeout(timer));
      },
      { defer: true },
    ),
  );
  createEffect(() => {
    const feature = atlas.state.selected && atlas.current(atlas.state.selected);
    put("selected", collect(feature ? outline(feature) : []));
  });
  createEffect(() => {
    const asked = atlas.circle();
    const ring = asked && circle(asked.centre, asked.radius);
    put("near", collect(ring ? [plain({ type: "LineString", coordinates: ring }, "near")] : []));
  });
}

/** Brings into view what the reader goes back to, asks about or chooses. */
export function follow(map: MapLibreMap, atlas: Atlas) {
  // Back and forward move the map too; its own moves come round as what it already shows.
  createEffect(
    on(
      () => atlas.state.view && formatHash({ ...EMPTY, view: atlas.state.view }),
      (written) => {
        const { lng: longitude, lat: latitude } = map.getCenter();
        const shown = { zoom: map.getZoom(), latitude, longitude };
        const view = atlas.state.view;
        if (!view || written === formatHash({ ...EMPTY, view: shown })) return;
        map.jumpTo({ center: [view.longitude, view.latitude], zoom: view.zoom });
      },
      { defer: true },
    ),
  );
  createEffect(
    on(atlas.near.value, (answer, before) => {
      if (!answer) return;
      const { coordinates } = answer.place;
      if (
        before?.radius_m === answer.radius_m &&
        before.place.coordinates.join() === coordinates.join()
      ) {
        return;
      }
      if (!atlas.goesToCircle()) return;
      const box = boxOf([circle(coordinates, answer.radius_m)]);
      if (box) map.fitBounds(box, { padding: padding(map.getContainer(), box), animate: !still() });
    }),
  );
  createEffect(
    on(atlas.reveal, (selection) => {
      if (selection) show(map, atlas, selection);
    }),
  );
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

function show(map: MapLibreMap, atlas: Atlas, selection: Selection) {
  const feature = atlas.current(selection) ?? atlas.versions(selection)[0];
  const box = feature?.geometry ? boxOf(linesOf(feature.geometry)) : null;
  if (!feature || !box) return;
  const around = widen(box, num(feature.properties, "uncertainty_m") ?? 0);
  map.fitBounds(around, {
    padding: padding(map.getContainer(), around),
    maxZoom: 12,
    animate: !still(),
  });
}
