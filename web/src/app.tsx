// The page: heading and question, panel, map with its legend and notice, clock.
import { For, Show } from "solid-js";
import { Clock } from "./clock/clock";
import { Attribution } from "./map/attribution";
import { Legend } from "./map/legend";
import { MapView } from "./map/map";
import { NearForm } from "./near/near-form";
import { Panel } from "./panel/panel";
import { AtlasContext, createAtlas } from "./state/atlas";
import { text } from "./text/en";
import { Failure, Loading } from "./ui/answer-status";

export function App() {
  const atlas = createAtlas();
  const drawn = [atlas.landing, atlas.collections, atlas.timed, atlas.steady, atlas.areas];
  const busy = () => [...drawn, atlas.near].some((answer) => answer.loading());
  return (
    <AtlasContext.Provider value={atlas}>
      <div class="page">
        <header class="head">
          <h1>{atlas.landing.value()?.title ?? text.title}</h1>
          <NearForm />
        </header>
        <main class="stage">
          <div class="map-frame">
            <Loading of={atlas.landing} words={text.map.loading} />
            <Show when={atlas.landing.value()}>{(landing) => <MapView landing={landing()} />}</Show>
            {/* A map that lacks something says so over itself: emptiness would read as an answer. */}
            <div class="map-failures">
              <For each={[...drawn, atlas.ledger]}>{(answer) => <Failure of={answer} />}</For>
            </div>
            <Legend />
            <Attribution />
            <p class="busy" role="status">
              {busy() ? text.loading : ""}
            </p>
          </div>
          <p class="notice">{atlas.landing.value()?.notice ?? text.notice}</p>
          <Clock />
        </main>
        <Panel />
      </div>
    </AtlasContext.Provider>
  );
}
