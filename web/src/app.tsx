// The page: heading and question, panel, map with its legend and notice, clock.
import { Show } from "solid-js";
import { Clock } from "./clock/clock";
import { MapArea } from "./map/area";
import { Attribution } from "./map/attribution";
import { Legend } from "./map/legend";
import { HiddenNote } from "./map/switches";
import { Tools } from "./map/tools";
import { NearForm } from "./near/near-form";
import { Panel } from "./panel/panel";
import { AtlasContext, createAtlas } from "./state/atlas";
import { ComparisonContext, createComparison } from "./state/comparison";
import { createTitle } from "./state/title";
import { PrintSheet } from "./take/print";
import { text } from "./text";
import { Failures } from "./ui/failures";
import { timed } from "./ui/painted";
import { Settings } from "./ui/settings";

export function App() {
  const atlas = createAtlas();
  const comparison = createComparison(atlas);
  createTitle(atlas);
  const busy = () =>
    [atlas.landing, atlas.collections, atlas.near].some((answer) => answer.loading()) ||
    atlas.layers.loading() ||
    // Where neither map nor sketch can be had there is none to wait for.
    (!atlas.drawn() &&
      atlas.unpainted() === null &&
      (atlas.bounds() !== null || !(atlas.trouble() || atlas.landing.error()))) ||
    comparison.own().some(({ layers }) => layers.loading()) ||
    (comparison.leftMap() !== null && !comparison.leftDrawn());
  return (
    <AtlasContext.Provider value={atlas}>
      <ComparisonContext.Provider value={comparison}>
        {/* Under a title and a notice that come later, and longer than ours, all would jump. */}
        <Show when={atlas.introduced()} fallback={<p class="loading">{text.loading}</p>}>
          <div class="page">
            <header class="head">
              <h1>{atlas.words.title() ?? text.title}</h1>
              <NearForm />
              <Settings />
            </header>
            <main class="stage">
              <div class="map-frame" tabIndex={-1}>
                <Show when={atlas.landing.value()}>
                  {(landing) => <MapArea landing={landing()} />}
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
              <HiddenNote />
              <p class="notice" ref={timed}>
                {atlas.words.notice() ?? text.notice}
              </p>
              <Clock />
            </main>
            <PrintSheet />
            <Panel />
          </div>
        </Show>
      </ComparisonContext.Provider>
    </AtlasContext.Provider>
  );
}
