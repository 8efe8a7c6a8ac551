// The address to open in QGIS: the service itself, or one layer for the clock's days. QGIS asks the
// service as of today and cannot be told otherwise, so that other days go by a layer's own address.
import { createSignal, For, Show } from "solid-js";
import { address, ask } from "../api/client";
import type { Collection, Page } from "../api/types";
import { createAnswer } from "../state/answer";
import { useAtlas } from "../state/atlas";
import { text } from "../text";
import { sayWhen } from "../text/when";
import { AnswerStatus } from "../ui/answer-status";
import { COUNT, GEOJSON_MOST } from "./files";

export function Qgis() {
  const atlas = useAtlas();
  const [chosen, setChosen] = createSignal("");
  const [said, setSaid] = createSignal<"" | "copied" | "copyByHand">("");
  let field: HTMLInputElement | undefined;
  const byDay = (collection: Collection) => collection.defaultDatetime === "today";
  const items = (collection: Collection, more: Record<string, string | number>) =>
    address(`/collections/${encodeURIComponent(collection.id)}/items`, {
      f: "json",
      datetime: byDay(collection) ? atlas.datetime() : null,
      "known-at": atlas.known(),
      ...more,
    });
  /** A layer that may have more than one address gives: how many they are has to be asked. */
  const large = () => {
    const collection = atlas.collectionOf(chosen());
    return collection && (collection.count ?? Infinity) > GEOJSON_MOST ? collection : null;
  };
  const counted = createAnswer(
    () => {
      const collection = large();
      return collection && items(collection, COUNT);
    },
    (url, signal) => ask<Page>(url, signal),
  );
  const matched = () =>
    large() && !counted.loading() ? (counted.value()?.numberMatched ?? null) : null;
  const isCut = () => large() !== null && (matched() ?? Infinity) > GEOJSON_MOST;
  const link = () => {
    const collection = isCut() ? null : atlas.collectionOf(chosen());
    const path = collection ? items(collection, { limit: GEOJSON_MOST }) : "/";
    return new URL(path, location.href).href;
  };
  const days = (collection: Collection) => {
    const known = atlas.known();
    const parts = [byDay(collection) ? sayWhen(atlas.when()) : text.take.allTimes];
    if (known) parts.push(text.clock.knownOn(known));
    return parts.join(", ");
  };
  async function copy() {
    try {
      await navigator.clipboard.writeText(link());
      setSaid("copied");
    } catch {
      // Browsers keep the clipboard from pages that came without TLS.
      field?.focus();
      field?.select();
      setSaid("copyByHand");
    }
  }
  return (
    <>
      <h3>{text.take.qgis}</h3>
      <label class="take-what">
        <span>{text.take.what}</span>
        <select
          onChange={(event) => {
            setChosen(event.currentTarget.value);
            setSaid("");
          }}
        >
          <option value="">{text.take.service}</option>
          <For each={atlas.collections.value()}>
            {(collection) => (
              <option value={collection.id} selected={collection.id === chosen()}>
                {text.take.layer(atlas.words.titleOf(collection), days(collection))}
              </option>
            )}
          </For>
        </select>
      </label>
      <Show when={large()}>
        <AnswerStatus of={counted} />
        <Show when={isCut() && matched()}>
          {(n) => <p class="warning">{text.take.qgisCut(n(), GEOJSON_MOST)}</p>}
        </Show>
      </Show>
      <div class="take-address">
        <label>
          <span>{text.take.address}</span>
          <input
            ref={field}
            type="text"
            readonly
            value={link()}
            onFocus={(event) => event.currentTarget.select()}
          />
        </label>
        <button type="button" onClick={copy}>
          {text.take.copy}
        </button>
      </div>
      <p role="status">{said() && text.take[said() as "copied"]}</p>
      <p class="quiet">{chosen() && !isCut() ? text.take.qgisLayerHow : text.take.qgisHow}</p>
    </>
  );
}
