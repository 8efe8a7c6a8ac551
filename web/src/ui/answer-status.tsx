// Loading and failure of an answer, in words, with a way to ask again.
import { Show } from "solid-js";
import type { Answer } from "../state/answer";
import { text } from "../text/en";

export function AnswerStatus(props: { of: Answer<unknown>; loading?: string }) {
  return (
    <>
      <Show when={props.of.loading() && props.of.value() === undefined}>
        <p class="loading">{props.loading ?? text.loading}</p>
      </Show>
      <Show when={props.of.error()}>
        {(sentence) => (
          <p class="failure" role="alert">
            {sentence()}{" "}
            <button type="button" onClick={props.of.retry}>
              {text.retry}
            </button>
          </p>
        )}
      </Show>
    </>
  );
}
