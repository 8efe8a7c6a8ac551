// Changes of the map that are worth comparing, each a button that sets both sides around it.
import { createMemo, For, Show } from "solid-js";
import { useAtlas } from "../state/atlas";
import { MIDDLE } from "../state/compare";
import type { Selection } from "../state/hash";
import { text } from "../text";
import { sayDate } from "../text/phrases";
import { isoDay } from "../time/edtf";
import { type Change, changes } from "./versions";

/** Puts a day before a change on the left, a day after it on the right, and the thing in view. */
function useCase() {
  const atlas = useAtlas();
  return (change: Change) => {
    const left = { day: isoDay(change.before) };
    atlas.compare({ left, right: null, at: MIDDLE, readsLeft: false }, "push", change.after);
    atlas.bringIn(change.selection);
    atlas.openSheet("compare");
  };
}

/** Changes of enclaves: the things that a reader knows by name. `opened` hears that one was chosen. */
export function Cases(props: { opened: () => void }) {
  const atlas = useAtlas();
  const open = useCase();
  const all = createMemo(() =>
    atlas.layers
      .ofKind("enclave")
      .flatMap(({ collection, features }) => changes(collection.id, features)),
  );
  return (
    <Show when={all().length}>
      <h3>{text.compare.cases}</h3>
      <ul class="cases">
        <For each={all()}>
          {(change) => (
            <li>
              <button
                type="button"
                onClick={() => {
                  open(change);
                  props.opened();
                }}
              >
                {text.compare.beforeAndAfter(change.name, sayDate(change.written))}
              </button>{" "}
              <span class="quiet">{text.compare.how[change.how]}</span>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

/** The changes of one thing, for its panel. */
export function CasesOf(props: { selection: Selection }) {
  const atlas = useAtlas();
  const open = useCase();
  const all = createMemo(() =>
    changes(props.selection.collection, atlas.layers.versions(props.selection)),
  );
  return (
    <Show when={all().length}>
      <ul class="cases">
        <For each={all()}>
          {(change) => (
            <li>
              <button type="button" onClick={() => open(change)}>
                {text.compare.caseOf(sayDate(change.written))}
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
