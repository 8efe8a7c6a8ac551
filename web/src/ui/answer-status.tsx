// Loading and failure of an answer, in words, with a way to ask again.
import { Show } from "solid-js";
import type { Answer } from "../state/answer";
import { text } from "../text/en";

export function Loading(props: { of: Answer<unknown>; words?: string }) {
  return (
    <Show when={props.of.loading() && props.of.value() === undefined}>
      <p class="loading">{props.words ?? text.loading}</p>
    </Show>
  );
}

export function Failure(props: { of: Answer<unknown> }) {
  return (
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
  );
}

export function AnswerStatus(props: { of: Answer<unknown> }) {
  return (
    <>
      <Loading of={props.of} />
      <Failure of={props.of} />
    </>
  );
}
