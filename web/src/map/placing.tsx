// Placing a circle on the map: a surface over it that takes a click, a drag outward from the
// centre, or Enter for the middle of the view. Wheel, arrow keys, + and − still move the map.
import type { Map as MapLibreMap } from "maplibre-gl";
import { createEffect, onCleanup } from "solid-js";
import { render } from "solid-js/web";
import { roundRadius, whereOf } from "../near/circle";
import type { Atlas } from "../state/atlas";
import { DEFAULT_RADIUS } from "../state/hash";
import { text } from "../text";
import { metresBetween } from "./geometry";

/** Pixels that a pointer may slip while it clicks. */
const SLIP = 8;

export function placing(map: MapLibreMap, atlas: Atlas) {
  createEffect(() => {
    if (atlas.drawing()) onCleanup(render(() => <Surface map={map} atlas={atlas} />, layer(map)));
  });
}

/** Within the map's own container, so that what is not taken here reaches the map. */
function layer(map: MapLibreMap): HTMLElement {
  const element = document.createElement("div");
  map.getCanvasContainer().append(element);
  onCleanup(() => element.remove());
  return element;
}

function Surface(props: { map: MapLibreMap; atlas: Atlas }) {
  let from: { x: number; y: number } | null = null;
  let surface: HTMLDivElement | undefined;
  queueMicrotask(() => surface?.focus());

  const usual = () => props.atlas.state.near?.radius ?? DEFAULT_RADIUS;
  const at = ({ x, y }: { x: number; y: number }): [number, number] => {
    const { lng, lat } = props.map.unproject([x, y]);
    return [lng, lat];
  };
  const within = ({ clientX, clientY }: PointerEvent) => {
    const { left, top } = props.map.getCanvas().getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const radiusTo = (start: { x: number; y: number }, end: { x: number; y: number }) =>
    Math.hypot(end.x - start.x, end.y - start.y) < SLIP
      ? usual()
      : roundRadius(metresBetween(at(start), at(end)));

  function ask(centre: [number, number], radius: number) {
    props.atlas.setDrawing(false);
    props.atlas.askCircle({ where: whereOf(centre), radius });
  }

  return (
    <div
      ref={surface}
      class="draw-surface"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes keys, as an application does
      tabIndex={0}
      aria-label={text.circle.surface}
      aria-describedby="draw-hint"
      onPointerDown={(event) => {
        if (!event.isPrimary || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        from = within(event);
      }}
      onPointerMove={(event) => {
        if (!from || !event.isPrimary) return;
        props.atlas.setHeld({ centre: at(from), radius: radiusTo(from, within(event)) });
      }}
      onPointerUp={(event) => {
        if (!from || !event.isPrimary) return;
        const [start, end] = [from, within(event)];
        from = null;
        ask(at(start), radiusTo(start, end));
      }}
      onPointerCancel={() => {
        from = null;
        props.atlas.setHeld(null);
      }}
      on:mousedown={(event) => event.stopPropagation()}
      on:touchstart={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          props.atlas.setHeld(null);
          props.atlas.setDrawing(false);
        } else if (event.key === "Enter") {
          const { lng, lat } = props.map.getCenter();
          ask([lng, lat], usual());
          focusCentre(props.map);
        }
      }}
    >
      <span class="draw-cross" aria-hidden="true" />
      <p class="draw-hint" id="draw-hint">
        {text.circle.hint} <span class="draw-keys">{text.circle.keys}</span>
      </p>
    </div>
  );
}

/** A circle placed by keyboard is taken further by keyboard. */
function focusCentre(map: MapLibreMap) {
  map.getContainer().querySelector<HTMLElement>(".circle-centre")?.focus();
}
