// What of the map could not be loaded, by name, each with a way to ask again: emptiness would read
// as an answer.
import { createMemo, For, Show } from "solid-js";
import { rimFailure } from "../map/rims";
import type { Answer } from "../state/answer";
import { useAtlas } from "../state/atlas";
import { useComparison } from "../state/comparison";
import { text } from "../text";
import { LANGUAGES } from "../text/languages";
import { bySentence } from "../text/phrases";
import { Failure } from "./answer-status";

export function Failures() {
  const atlas = useAtlas();
  const comparison = useComparison();
  const failed = createMemo(() => {
    const all: { name: string; answer: Answer<unknown> }[] = [
      { name: "", answer: atlas.landing },
      { name: text.layers.title, answer: atlas.collections },
      ...atlas.layers
        .answers()
        .map(({ collection, answer }) => ({ name: atlas.words.titleOf(collection), answer })),
      { name: text.errors.ledger, answer: atlas.ledger },
      { name: text.time.claims, answer: atlas.layers.claims },
      ...comparison
        .own()
        .flatMap(({ layers }) => layers.answers())
        .map(({ collection, answer }) => ({
          name: text.compare.failed(atlas.words.titleOf(collection)),
          answer,
        })),
    ];
    return bySentence(
      all.flatMap(({ name, answer }) => {
        const sentence = answer.error();
        return sentence ? [{ name, sentence, answer }] : [];
      }),
    );
  });
  return (
    <>
      <Show when={atlas.refused().length}>
        <Failure words={text.errors.link(atlas.refused().join(", "))} />
      </Show>
      <For each={failed()}>
        {({ words, of }) => (
          <Failure
            words={words}
            retry={() => {
              for (const { answer } of of) answer.retry();
            }}
          />
        )}
      </For>
      <Show when={atlas.words.failed()}>
        {(language) => (
          <Failure words={text.errors.language(LANGUAGES[language()])} retry={atlas.words.retry} />
        )}
      </Show>
      <Show when={atlas.trouble()}>
        {(trouble) => (
          <Failure
            words={trouble().sentence()}
            retry={
              trouble().retry &&
              (() => {
                const { retry } = trouble();
                atlas.setTrouble(null);
                retry?.();
              })
            }
          />
        )}
      </Show>
      <Show when={atlas.isMapless() && atlas.sketch()?.lacks().join(", ")}>
        {(names) => <Failure words={text.map.notSketched(names())} />}
      </Show>
      <Show when={atlas.unpainted()}>
        {(failure) => <Failure words={text.errors.map(failure())} />}
      </Show>
      <Show when={rimFailure()}>
        {(failure) => <Failure words={text.errors.map(String(failure()))} />}
      </Show>
    </>
  );
}
