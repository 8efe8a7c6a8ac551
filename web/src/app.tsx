// The page: heading and question, panel, map with its legend and notice, clock.
import { Show } from "solid-js";
import { Clock } from "./clock/clock";
import { Attribution } from "./map/attribution";
import { Legend } from "./map/legend";
import { MapView } from "./map/map";
import { Tools } from "./map/tools";
import { NearForm } from "./near/near-form";
import { Panel } from "./panel/panel";
import { AtlasContext, createAtlas } from "./state/atlas";
import { ComparisonContext, createComparison } from "./state/comparison";
import { PrintSheet } from "./take/print";
import { text } from "./text/en";
import { Loading } from "./ui/answer-status";
import { Failures } from "./ui/failures";

export function App() {
  const atlas = createAtlas();
  const comparison = createComparison(atlas);
  const busy = () =>
    [atlas.landing, atlas.collections, atlas.near].some((answer) => answer.loading()) ||
    atlas.layers.loading() ||
    comparison.own().some(({ layers }) => layers.loading());
  return (
    <AtlasContext.Provider value={atlas}>
      <ComparisonContext.Provider value={comparison}>
        <div class="page">
          <header class="head">
            <h1>{atlas.landing.value()?.title ?? text.title}</h1>
            <NearForm />
          </header>
          <main class="stage">
            <div class="map-frame">
              <Loading of={atlas.landing} words={text.map.loading} />
              <Show when={atlas.landing.value()}>
                {(landing) => <MapView landing={landing()} />}
              </Show>
              <div class="map-failures">
                <Failures />
              </div>
              <Legend />
              <Attribution />
              <div class="map-top">
                <Tools />
                <p class="busy" role="status">
                  {busy() ? text.loading : ""}
                </p>
              </div>
            </div>
            <p class="notice">{atlas.landing.value()?.notice ?? text.notice}</p>
            <Clock />
          </main>
          <PrintSheet />
          <Panel />
        </div>
      </ComparisonContext.Provider>
    </AtlasContext.Provider>
  );
}
