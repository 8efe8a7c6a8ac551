// The switches of the groups of layers, and the words for what they hide: where a report is hidden,
// the map must not pass for one of a place that nothing is reported of.
import { createMemo, createSignal, For, Show } from "solid-js";
import { useAtlas } from "../state/atlas";
import { text } from "../text";
import { leave } from "../ui/leave";
import { type Group, groupsOf } from "./groups";

const groupsHere = () => {
  const atlas = useAtlas();
  return createMemo(() => groupsOf(atlas.collections.value() ?? [], atlas.landing.value()));
};

/** Folded at first: the legend lies over the map. */
export function Switches() {
  const atlas = useAtlas();
  const [isOpen, setOpen] = createSignal(false);
  const groups = groupsHere();
  const isHidden = (group: Group) => atlas.state.hidden.includes(group);
  return (
    <Show when={groups().length}>
      <button
        type="button"
        class="switches-fold"
        aria-expanded={isOpen()}
        onClick={() => setOpen(!isOpen())}
      >
        {text.layers.title}
      </button>
      <Show when={isOpen()}>
        <fieldset class="switches" aria-label={text.layers.title}>
          <For each={groups()}>
            {(group) => (
              <label>
                <input
                  type="checkbox"
                  checked={!isHidden(group)}
                  onChange={(event) => atlas.hide(group, !event.currentTarget.checked)}
                />
                {text.layers.names[group]}
              </label>
            )}
          </For>
        </fieldset>
      </Show>
    </Show>
  );
}

/** What of the atlas is hidden, in words; null where all is drawn. */
export function useHidden() {
  const atlas = useAtlas();
  const groups = groupsHere();
  return createMemo(() => {
    const hidden = groups().filter((group) => atlas.state.hidden.includes(group));
    if (!hidden.length) return null;
    const names = text.layers.hidden(hidden.map((group) => text.layers.names[group]).join(", "));
    return hidden.includes("reports") ? `${names} ${text.layers.reportsHidden}` : names;
  });
}

/** Beside the map for as long as anything is hidden, with the way back. */
export function HiddenNote() {
  const atlas = useAtlas();
  const hidden = useHidden();
  return (
    <div class="hidden-note" role="status">
      <Show when={hidden()}>
        {(words) => (
          <>
            <p>{words()}</p>
            <button
              type="button"
              onClick={() => leave(atlas.showAll, ".legend summary", ".map-frame")}
            >
              {text.layers.showAll}
            </button>
          </>
        )}
      </Show>
    </div>
  );
}
