// Loading and failure of an answer, in words, with a way to ask again.
import { Show } from "solid-js";
import type { Answer } from "../state/answer";
import { text } from "../text";

export function Loading(props: { of: Answer<unknown>; words?: string }) {
  return (
    <Show when={props.of.loading() && props.of.value() === undefined}>
      <p class="loading">{props.words ?? text.loading}</p>
    </Show>
  );
}

export function Failure(props: { words: string; retry?: (() => void) | undefined }) {
  return (
    <p class="failure" role="alert">
      {props.words}{" "}
      <Show when={props.retry}>
        {(retry) => (
          <button
            type="button"
            onClick={(event) => {
              // The button goes with the failure; the keyboard stays where it was.
              event.currentTarget.closest<HTMLElement>(".panel, .map-frame")?.focus();
              retry()();
            }}
          >
            {text.retry}
          </button>
        )}
      </Show>
    </p>
  );
}

export function AnswerStatus(props: { of: Answer<unknown> }) {
  return (
    <>
      <Loading of={props.of} />
      <Show when={props.of.error()}>
        {(sentence) => <Failure words={sentence()} retry={props.of.retry} />}
      </Show>
    </>
  );
}
