// The panel's sheet for taking the map away: files of each layer in every format that the service
// offers, the service's address for GIS software, and a sheet of paper.

import { createMemo, createSignal, For, Show } from "solid-js";
import { address } from "../api/client";
import { useAtlas } from "../state/atlas";
import { nearParameters } from "../state/near";
import { text } from "../text";
import { areasStatus, sayWhen } from "../text/when";
import { Ahead } from "../ui/ahead";
import { fileName, type Ground } from "./files";
import { LayerFile } from "./layer-file";
import { printLight } from "./light";
import { Qgis } from "./qgis";

export function TakeSheet() {
  const atlas = useAtlas();
  return (
    <section class="sheet take">
      <header class="panel-head">
        <h2 tabindex="-1">{text.take.title}</h2>
        <button type="button" onClick={() => atlas.openSheet(null)}>
          {text.panel.close}
        </button>
      </header>
      <Files />
      <Qgis />
      <h3>{text.take.paper}</h3>
      <p class="quiet">{text.take.paperHow}</p>
      <p>
        <button type="button" onClick={() => printLight(atlas)}>
          {text.take.print}
        </button>
      </p>
    </section>
  );
}

function Files() {
  const atlas = useAtlas();
  const [chosen, setChosen] = createSignal<Ground>(atlas.state.near ? "near" : "all");
  const [format, setFormat] = createSignal("geojson");
  const [offered, setOffered] = createSignal<readonly string[]>(["geojson"]);
  // A question that was cleared leaves nothing to cut by.
  const ground = (): Ground => (chosen() === "near" && !atlas.state.near ? "all" : chosen());
  const grounds = createMemo((): Ground[] => [
    "all",
    ...(atlas.bounds() ? (["view"] as const) : []),
    ...(atlas.state.near ? (["near"] as const) : []),
  ]);
  const place = () => {
    const place = atlas.near.value()?.place;
    return place ? atlas.placeWords(place) : (atlas.state.near?.where ?? "");
  };
  const groundName = (of: Ground) =>
    of === "near"
      ? text.take.grounds.near(place(), atlas.state.near?.radius ?? 0)
      : text.take.grounds[of];
  const known = () => {
    const day = atlas.known();
    return day ? text.clock.knownOn(day) : "";
  };
  return (
    <>
      <p class="quiet">{text.take.asOf(sayWhen(atlas.when()), known())}</p>
      <Ahead when={atlas.when()} />
      <Show when={atlas.when().mode !== "day"}>
        <p class="quiet">{areasStatus(atlas.dayText(), atlas.known())}</p>
      </Show>
      <div class="take-choices">
        <label>
          <span>{text.take.ground}</span>
          <select onChange={(event) => setChosen(event.currentTarget.value as Ground)}>
            <For each={grounds()}>
              {(of) => (
                <option value={of} selected={of === ground()}>
                  {groundName(of)}
                </option>
              )}
            </For>
          </select>
        </label>
        <label>
          <span>{text.take.format}</span>
          <select onChange={(event) => setFormat(event.currentTarget.value)}>
            <For each={offered()}>
              {(of) => (
                <option value={of} selected={of === format()}>
                  {text.take.formats[of] ?? of}
                </option>
              )}
            </For>
          </select>
        </label>
      </div>
      <Show when={ground() === "view"}>
        <p class="note">{text.take.viewNote}</p>
      </Show>
      <Show when={ground() === "near" && atlas.state.near}>
        {(near) => (
          <>
            <p>
              <a
                href={address("/near", nearParameters(near(), atlas.datetime(), atlas.known()))}
                download={fileName("near", atlas.when(), atlas.known(), "geojson")}
              >
                {text.take.answer}
              </a>
            </p>
            <p class="note">{text.take.nearNote}</p>
          </>
        )}
      </Show>
      <Show when={ground() === "all"}>
        <p>
          <a
            href={address("/atlas.gpkg", {
              datetime: atlas.state.date && atlas.datetime(),
              "known-at": atlas.known(),
            })}
            download={fileName("atlas", atlas.when(), atlas.known(), "gpkg")}
          >
            {text.take.whole}
          </a>
        </p>
        <Show when={atlas.state.date && atlas.when().mode !== "all"}>
          <p class="note">{text.take.wholeNote}</p>
        </Show>
      </Show>
      <h3>{text.take.layers}</h3>
      <ul class="downloads">
        <For each={atlas.collections.value()}>
          {(collection) => (
            <LayerFile
              collection={collection}
              ground={ground()}
              format={format()}
              onOffered={(formats) => setOffered(formats)}
            />
          )}
        </For>
      </ul>
    </>
  );
}
