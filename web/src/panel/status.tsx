// What is reported of an area, and what stands against it: its own claims first.
import { createMemo, For, Show } from "solid-js";
import type { AtlasFeature, Contradiction, Timeline } from "../api/types";
import type { Answer } from "../state/answer";
import { useAtlas } from "../state/atlas";
import { useComparison } from "../state/comparison";
import { text } from "../text";
import { isSilent, list, namesIn, sayDate, statusOrigin, statusPhrase, str } from "../text/phrases";
import { withKnown } from "../text/when";
import { Naming, Said } from "../ui/said";
import { contested } from "./contested";

export function Status(props: { area: AtlasFeature; timeline: Answer<Timeline> }) {
  const atlas = useAtlas();
  const comparison = useComparison();
  const fields = () => props.area.properties;
  const against = createMemo(() => {
    const entries = props.timeline.value()?.entries;
    return entries ? contested(entries, list(fields(), "contested_by")) : null;
  });
  const noClaim = () => {
    const known = atlas.known();
    return known ? text.time.notKnown.noClaim(known) : text.status.noClaim;
  };
  return (
    <div class="status">
      <p class="status-line">
        <Naming words={statusPhrase(fields(), atlas.known())} names={namesIn(fields())} />
      </p>
      <Show when={atlas.known() || comparison.isOn()}>
        <p class="quiet">{withKnown(text.day(atlas.dayText()), atlas.known())}</p>
      </Show>
      <Show when={atlas.known() && !isSilent(fields())}>
        <p class="quiet">{text.time.notKnown.leftOut}</p>
      </Show>
      <Show when={statusOrigin(fields())}>
        {(origin) => (
          <p>
            <Naming words={origin()} names={namesIn(fields())} />
          </p>
        )}
      </Show>
      <Show when={fields()._unsure === true}>
        <p>{text.time.unsure(sayDate(str(fields(), "status_about")), atlas.dayText())}</p>
      </Show>
      <Show when={fields().status_title_only === true}>
        <p>{text.status.titleOnly}</p>
      </Show>
      <Show when={isSilent(fields())}>
        <p>{noClaim()}</p>
      </Show>
      <Show when={fields().contested === true}>
        <Show when={against()} fallback={<p class="contested">{text.status.contestedAlone}</p>}>
          {(found) => (
            <>
              <p class="contested">{text.status.contested(found().sharp.length)}</p>
              <Contradictions of={found().sharp} />
              <Folded words={text.status.contestedMild} of={found().mild} />
              <Folded words={text.status.contestedInherited} of={found().inherited} />
            </>
          )}
        </Show>
      </Show>
    </div>
  );
}

function Folded(props: { words: (n: number) => string; of: readonly Contradiction[] }) {
  return (
    <Show when={props.of.length}>
      <details class="contested-more">
        <summary>{props.words(props.of.length)}</summary>
        <Contradictions of={props.of} />
      </details>
    </Show>
  );
}

export function Contradictions(props: { of: readonly Contradiction[] }) {
  return (
    <ul class="statements">
      <For each={props.of}>
        {(contradiction) => (
          <li>
            <Show when={contradiction.kind}>
              {(kind) => <span class="tag">{text.contradiction(kind())}</span>}
            </Show>{" "}
            <Said>{contradiction.statement}</Said>
          </li>
        )}
      </For>
    </ul>
  );
}
