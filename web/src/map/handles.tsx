// Handles on the circle that is asked about: its centre moves it, its rim changes the radius, by
// pointer and by arrow keys.
import {
  type LngLat,
  type Map as MapLibreMap,
  type MapMouseEvent,
  type MapTouchEvent,
  Marker,
} from "maplibre-gl";
import { createEffect, createSignal, onCleanup } from "solid-js";
import { type Circle, handleBearing, resize, roundRadius, shift, whereOf } from "../near/circle";
import type { Atlas } from "../state/atlas";
import { asCoordinates } from "../state/hash";
import { text } from "../text";
import { still } from "../ui/still";
import { bearingBetween, boxOf, circle, destination, metresBetween } from "./geometry";
import { padding } from "./room";

/** Pixels from the map's edge within which a handle is as good as out of sight. */
const MARGIN = 14;

export function circleHandles(map: MapLibreMap, atlas: Atlas) {
  const [bearing, setBearing] = createSignal(90);
  // Handles out of sight take no focus: the browser would scroll the map to them.
  const [moves, setMoves] = createSignal(0);
  const look = () => setMoves((n) => n + 1);
  map.on("move", look);
  onCleanup(() => map.off("move", look));

  const inView = (at: [number, number]) => {
    const { x, y } = map.project(at);
    const { clientWidth, clientHeight } = map.getContainer();
    return x > MARGIN && y > MARGIN && x < clientWidth - MARGIN && y < clientHeight - MARGIN;
  };
  const onRim = ({ centre, radius }: Circle, towards: number) =>
    destination(centre, radius, towards);

  /** Asks about the circle; a row of keys is one step in the history. */
  let keys = false;
  const ask = ({ centre, radius }: Circle, moved: boolean, byKey = false) => {
    const asked = atlas.state.near;
    // A place that was named stays named while its circle only grows.
    const where = asked && !moved ? asked.where : whereOf(centre);
    atlas.askCircle({ where, radius }, byKey && keys);
    keys = byKey;
  };

  function onCentreKey(event: KeyboardEvent) {
    const now = atlas.circle();
    const by = shift(event.key, event.shiftKey);
    if (!now || !by) return;
    event.preventDefault();
    event.stopPropagation();
    const { x, y } = map.project(now.centre);
    const { lng, lat } = map.unproject([x + by[0], y + by[1]]);
    const centre = asCoordinates(whereOf([lng, lat])) ?? now.centre;
    if (!inView(centre)) map.panTo(centre, { animate: !still() });
    ask({ ...now, centre }, true, true);
  }

  function onRimKey(event: KeyboardEvent) {
    const now = atlas.circle();
    const radius = now && resize(now.radius, event.key);
    if (!now || radius === null) return;
    event.preventDefault();
    event.stopPropagation();
    const next = { ...now, radius };
    if (handleBearing(bearing(), (one) => inView(onRim(next, one))) === null) bringIn(next);
    ask(next, false, true);
  }

  function bringIn(to: Circle) {
    const box = boxOf([circle(to.centre, to.radius)]);
    if (box) map.fitBounds(box, { padding: padding(map.getContainer(), box), animate: false });
  }

  // `on:`, since a delegated listener would hear of a key only after the map has moved by it.
  const centre = (
    <button
      type="button"
      class="circle-centre"
      aria-label={text.circle.centre}
      title={text.circle.centre}
      on:keydown={onCentreKey}
      onBlur={() => {
        keys = false;
      }}
    />
  ) as HTMLElement;
  const rim = (
    <div
      class="circle-rim"
      role="slider"
      tabIndex={0}
      aria-label={text.circle.rim}
      title={text.circle.rim}
      aria-valuemin={0}
      aria-valuemax={Math.max(100_000, atlas.circle()?.radius ?? 0)}
      aria-valuenow={atlas.circle()?.radius ?? 0}
      aria-valuetext={text.distance(atlas.circle()?.radius ?? 0)}
      on:keydown={onRimKey}
      onBlur={() => {
        keys = false;
      }}
    >
      <span class="circle-size" aria-hidden="true">
        {text.distance(atlas.circle()?.radius ?? 0)}
      </span>
    </div>
  ) as HTMLElement;

  const centreMarker = new Marker({ element: centre, draggable: true });
  const rimMarker = new Marker({ element: rim, draggable: true });

  centreMarker.on("drag", () => {
    const now = atlas.circle();
    if (now) atlas.setHeld({ ...now, centre: pairOf(centreMarker.getLngLat()) });
  });
  centreMarker.on("dragend", () => {
    const now = atlas.circle();
    if (now) ask(now, true);
  });
  const reach = (at: LngLat) => {
    const now = atlas.circle();
    if (!now) return;
    setBearing(bearingBetween(now.centre, pairOf(at)));
    atlas.setHeld({ ...now, radius: roundRadius(metresBetween(now.centre, pairOf(at))) });
  };
  const drop = () => {
    const now = atlas.circle();
    if (now) ask(now, false);
  };
  const letGo = () => atlas.setHeld(null);
  for (const marker of [centreMarker, rimMarker]) onCancel(marker, map, letGo);
  rimMarker.on("drag", () => reach(rimMarker.getLngLat()));
  rimMarker.on("dragend", drop);
  onRimLine(map, { reach, drop, letGo });

  // Focus order follows the document: the centre first, then the rim.
  let added = false;
  createEffect(() => {
    const now = atlas.circle();
    moves();
    if (!now) {
      if (added) for (const marker of [centreMarker, rimMarker]) marker.remove();
      added = false;
      return;
    }
    const at = handleBearing(bearing(), (one) => inView(onRim(now, one)));
    centreMarker.setLngLat(now.centre);
    rimMarker.setLngLat(onRim(now, at ?? bearing()));
    centre.hidden = !inView(now.centre);
    rim.hidden = at === null;
    if (!added) for (const marker of [centreMarker, rimMarker]) marker.addTo(map);
    added = true;
  });
  onCleanup(() => {
    for (const marker of [centreMarker, rimMarker]) marker.remove();
  });
}

/** The system may take a touch away, for a call or a gesture of its own. */
const ENDS = ["pointerup", "pointercancel"] as const;

/** A marker that is dragged ends with the touch alone: one that is taken away would be dragged on by the next. */
function onCancel(marker: Marker, map: MapLibreMap, letGo: () => void) {
  const element = marker.getElement();
  element.addEventListener("pointercancel", () => {
    if (!element.isConnected) return;
    // Only that takes a marker's drag away.
    marker.remove().addTo(map);
    element.style.pointerEvents = "auto";
    letGo();
  });
}

/** The rim can be taken hold of anywhere along its line, not by its handle alone. */
function onRimLine(
  map: MapLibreMap,
  { reach, drop, letGo }: { reach: (at: LngLat) => void; drop: () => void; letGo: () => void },
) {
  const follow = ({ lngLat }: { lngLat: LngLat }) => reach(lngLat);
  let isHeld = false;
  const leave = () => {
    isHeld = false;
    map.off("mousemove", follow);
    map.off("touchmove", follow);
    for (const name of ENDS) window.removeEventListener(name, end);
  };
  const end = ({ type, isPrimary }: PointerEvent) => {
    // Another finger may come and go.
    if (!isPrimary) return;
    leave();
    if (type === "pointerup") drop();
    else letGo();
  };
  const grab = (event: MapMouseEvent | MapTouchEvent) => {
    const { originalEvent } = event;
    const isSecond = "touches" in originalEvent && originalEvent.touches.length > 1;
    // A second finger takes hold of nothing: two of them are the map's.
    if (isSecond && !isHeld) return;
    event.preventDefault();
    if (isHeld) return;
    isHeld = true;
    map.on("mousemove", follow);
    map.on("touchmove", follow);
    for (const name of ENDS) window.addEventListener(name, end);
  };
  map.on("mousedown", "near-grip", grab);
  map.on("touchstart", "near-grip", grab);
  onCleanup(() => {
    map.off("mousedown", "near-grip", grab);
    map.off("touchstart", "near-grip", grab);
    if (!isHeld) return;
    leave();
    letGo();
  });
}

const pairOf = ({ lng, lat }: LngLat): [number, number] => [lng, lat];
