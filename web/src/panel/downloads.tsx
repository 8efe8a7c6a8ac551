// Each layer as the service gives it, as a file: what changes with time for the clock's day, the
// rest (claims and events among it) whole.
import { For, Show } from "solid-js";
import { address } from "../api/client";
import type { Collection } from "../api/types";
import { useAtlas } from "../state/atlas";
import { text } from "../text";
import { sayWhen } from "../text/when";

/** The most that one answer may hold. */
const LIMIT = 10_000;

export function Downloads() {
  const atlas = useAtlas();
  const url = ({ id, defaultDatetime }: Collection) =>
    address(`/collections/${encodeURIComponent(id)}/items`, {
      f: "json",
      datetime: defaultDatetime === "today" ? atlas.datetime() : null,
      "known-at": atlas.known(),
      limit: LIMIT,
    });
  return (
    <Show when={atlas.collections.value()}>
      {(collections) => (
        <section class="downloads">
          <h2>{text.panel.downloads}</h2>
          <p class="quiet">{text.panel.downloadsHelp(sayWhen(atlas.when()))}</p>
          <ul>
            <For each={collections()}>
              {(collection) => (
                <li>
                  <a
                    href={url(collection)}
                    download={`${collection.id}-${atlas.dayText()}.geojson`}
                  >
                    {atlas.words.titleOf(collection)}
                  </a>
                </li>
              )}
            </For>
          </ul>
        </section>
      )}
    </Show>
  );
}
