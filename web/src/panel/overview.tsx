// Everything on the clock's day as lists: the map for a keyboard, and the way to the downloads.
import { createMemo, For, Show } from "solid-js";
import type { AtlasFeature } from "../api/types";
import { coversWhole, daysOf } from "../map/prepare";
import { type Layer, useAtlas } from "../state/atlas";
import { text } from "../text/en";
import { holdsOn } from "../time/edtf";
import { Loading } from "../ui/answer-status";
import { Downloads } from "./downloads";
import { FeatureRow } from "./row";

export function Overview() {
  const atlas = useAtlas();
  const areas = createMemo(() => {
    const all = atlas.areas.value() ?? [];
    return {
      located: all.filter((area) => area.geometry && !coversWhole(area)),
      whole: all.filter((area) => area.geometry && coversWhole(area)),
      unlocated: all.filter((area) => !area.geometry),
    };
  });
  const ofKind = (kind: string) =>
    (atlas.timed.value() ?? []).filter(({ collection }) => collection.kind === kind);
  const areaId = () => atlas.areaCollection()?.id ?? "";

  return (
    <>
      <h2>{text.panel.areas(atlas.dayText())}</h2>
      <Loading of={atlas.collections} />
      <Loading of={atlas.areas} />
      <Show when={atlas.areas.value()?.length === 0}>
        <p>{text.panel.noAreas}</p>
      </Show>
      <Rows collection={areaId()} features={areas().located} />
      <Show when={areas().whole.length}>
        <h3>{text.panel.whole}</h3>
        <p class="quiet">{text.panel.wholeNote}</p>
        <Rows collection={areaId()} features={areas().whole} />
      </Show>
      <Show when={areas().unlocated.length}>
        <h3>{text.panel.unlocated}</h3>
        <p class="quiet">{text.panel.unlocatedNote}</p>
        <Rows collection={areaId()} features={areas().unlocated} />
      </Show>
      <Loading of={atlas.timed} />
      <Section
        title={text.panel.enclaves(atlas.dayText())}
        none={text.panel.noEnclaves}
        layers={ofKind("enclave")}
      />
      <Section
        title={text.panel.borders(atlas.dayText())}
        none={text.panel.noBorders}
        layers={ofKind("border")}
      />
      <Downloads />
    </>
  );
}

function Section(props: { title: string; none: string; layers: Layer[] }) {
  const atlas = useAtlas();
  const held = (features: AtlasFeature[]) =>
    features.filter((feature) => holdsOn(daysOf(feature), atlas.day()));
  return (
    <Show when={props.layers.length}>
      <h2>{props.title}</h2>
      <For each={props.layers}>
        {(layer) => (
          <Show when={held(layer.features).length} fallback={<p>{props.none}</p>}>
            <Rows collection={layer.collection.id} features={held(layer.features)} />
          </Show>
        )}
      </For>
    </Show>
  );
}

function Rows(props: { collection: string; features: AtlasFeature[] }) {
  return (
    <ul class="rows">
      <For each={props.features}>
        {(feature) => (
          <FeatureRow selection={{ collection: props.collection, id: String(feature.id) }} show />
        )}
      </For>
    </ul>
  );
}
