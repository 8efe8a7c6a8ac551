// What can be done with the map beyond reading it, as buttons on it; each opens a sheet of the panel.
import { createEffect, For, on } from "solid-js";
import { useAtlas } from "../state/atlas";
import type { Sheet } from "../state/sheet";
import { text } from "../text";

const SHEETS: readonly Sheet[] = ["compare", "take"];

export function Tools() {
  const atlas = useAtlas();
  const words: Record<Sheet, () => string> = {
    compare: () => text.compare.open,
    take: () => text.take.open,
  };
  /** Whether a sheet is what the panel shows: what is chosen lies over it. */
  const isShown = (sheet: Sheet) =>
    atlas.sheet() === sheet && !atlas.state.selected && !atlas.spot();
  let tools: HTMLDivElement | undefined;
  // Who closes a sheet by keyboard goes on from the button that opened it.
  createEffect(
    on(atlas.sheet, (now, before) => {
      if (now || !before) return;
      queueMicrotask(() => {
        // A panel without a heading to land on takes the focus itself.
        if (!document.activeElement?.matches("body, .panel")) return;
        tools?.querySelectorAll("button")[SHEETS.indexOf(before)]?.focus();
      });
    }),
  );
  return (
    <div class="map-tools" ref={tools}>
      <For each={SHEETS}>
        {(sheet) => (
          <button
            type="button"
            aria-pressed={isShown(sheet)}
            onClick={() => atlas.openSheet(isShown(sheet) ? null : sheet)}
          >
            {words[sheet]()}
          </button>
        )}
      </For>
    </div>
  );
}
