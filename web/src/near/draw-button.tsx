// The circle's button: beside the field of places, the other way to ask.
import { createEffect, on } from "solid-js";
import { useAtlas } from "../state/atlas";
import { text } from "../text";

/** Asks on the map instead of by name; once that is done or left off, the focus comes back here. */
export function DrawButton() {
  const atlas = useAtlas();
  let button: HTMLButtonElement | undefined;
  createEffect(
    on(
      atlas.drawing,
      (drawing) => {
        if (!drawing) button?.focus();
      },
      { defer: true },
    ),
  );
  return (
    <button
      ref={button}
      type="button"
      class="draw"
      aria-label={text.circle.draw}
      title={text.circle.draw}
      aria-pressed={atlas.drawing()}
      onClick={() => atlas.setDrawing(!atlas.drawing())}
    >
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <circle
          cx="12"
          cy="12"
          r="9"
          fill="none"
          stroke="currentColor"
          stroke-width="1.8"
          stroke-dasharray="3.6 2"
        />
        <circle cx="12" cy="12" r="2.2" fill="currentColor" />
      </svg>
    </button>
  );
}
