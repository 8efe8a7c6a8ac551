// Keeps a drawn map in step with the page's state: one effect for each thing that changes. `feed` is
// what a map shows, `follow` where it looks, which the reader's own map alone does.
import type { GeoJSONSource, Map as MapLibreMap, VectorTileSource } from "maplibre-gl";
import { type Accessor, createEffect, createMemo, on, onCleanup } from "solid-js";
import type { Atlas } from "../state/atlas";
import { EMPTY, formatHash } from "../state/hash";
import { still } from "../ui/still";
import type { Contents } from "./contents";
import { boxOfCircle, boxOfThing, NEAREST } from "./goal";
import type { DrawnFeatures } from "./prepare";
import { padding } from "./room";
import { hasBegun, type Stage, setHidden, setHolds } from "./stages";
import type { SourceId } from "./style";
import { tileAddress, tiledId, yearsShown } from "./tiled";

/** Has a map show what its sources are made of. */
export function feed(map: MapLibreMap, contents: Contents, stage: Accessor<Stage>) {
  const atlas = contents.of;
  const source = (id: SourceId) => map.getSource<GeoJSONSource>(id);
  const put = (id: SourceId, features: DrawnFeatures) => {
    source(id)?.setData(features);
    setHolds(map, id, features.features.length > 0);
  };

  createEffect(() => setHidden(map, atlas.state.hidden));
  // Before the features, which the map would otherwise sort out twice.
  createEffect(() => {
    for (const [name, day] of Object.entries(contents.days()))
      map.setGlobalStateProperty(name, day);
  });
  for (const [id, features] of contents.sources) {
    // What is drawn later is given to the map later: its worker would sort it out before the rest.
    const isDue = createMemo(() => hasBegun(stage(), id));
    createEffect(() => {
      if (isDue()) put(id, features());
    });
  }
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
      const box = boxOfCircle(answer);
      if (box) map.fitBounds(box, { padding: padding(map.getContainer(), box), animate: !still() });
    }),
  );
  createEffect(
    on(atlas.reveal, (selection) => {
      const box = selection && boxOfThing(atlas, selection);
      if (!box) return;
      map.fitBounds(box, {
        padding: padding(map.getContainer(), box),
        maxZoom: NEAREST,
        animate: !still(),
      });
    }),
  );
}
