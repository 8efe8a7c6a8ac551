// The page: heading and question, panel, map with its legend and notice, clock.
import { Show } from "solid-js";
import { Clock } from "./clock/clock";
import { Attribution } from "./map/attribution";
import { Legend } from "./map/legend";
import { MapView } from "./map/map";
import { NearForm } from "./near/near-form";
import { Panel } from "./panel/panel";
import { AtlasContext, createAtlas } from "./state/atlas";
import { text } from "./text";
import { Loading } from "./ui/answer-status";
import { Failures } from "./ui/failures";
import { Settings } from "./ui/settings";

export function App() {
  const atlas = createAtlas();
  const busy = () =>
    [atlas.landing, atlas.collections, atlas.near].some((answer) => answer.loading()) ||
    atlas.layers.loading();
  return (
    <AtlasContext.Provider value={atlas}>
      <div class="page">
        <header class="head">
          <h1>{atlas.words.title() ?? text.title}</h1>
          <NearForm />
          <Settings />
        </header>
        <main class="stage">
          <div class="map-frame" tabIndex={-1}>
            <Loading of={atlas.landing} words={text.map.loading} />
            <Show when={atlas.landing.value()}>{(landing) => <MapView landing={landing()} />}</Show>
            <div class="map-failures">
              <Failures />
            </div>
            <Legend />
            <Attribution />
            <p class="busy" role="status">
              {busy() ? text.loading : ""}
            </p>
          </div>
          <p class="notice">{atlas.words.notice() ?? text.notice}</p>
          <Clock />
        </main>
        <Panel />
      </div>
    </AtlasContext.Provider>
  );
}
