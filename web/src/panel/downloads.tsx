// Each layer as the service gives it for the clock's day, as a file.
import { For, Show } from "solid-js";
import { address } from "../api/client";
import { useAtlas } from "../state/atlas";
import { text } from "../text/en";

/** The most that one answer may hold. */
const LIMIT = 10_000;

export function Downloads() {
  const atlas = useAtlas();
  const url = (collection: string) =>
    address(`/collections/${encodeURIComponent(collection)}/items`, {
      f: "json",
      datetime: atlas.dayText(),
      "known-at": atlas.known(),
      limit: LIMIT,
    });
  return (
    <Show when={atlas.collections.value()}>
      {(collections) => (
        <section class="downloads">
          <h2>{text.panel.downloads}</h2>
          <p class="quiet">{text.panel.downloadsHelp(atlas.dayText())}</p>
          <ul>
            <For each={collections()}>
              {({ id, title }) => (
                <li>
                  <a href={url(id)} download={`${id}-${atlas.dayText()}.geojson`}>
                    {title}
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
