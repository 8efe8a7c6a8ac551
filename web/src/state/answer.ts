// An answer of the service as reactive state: what came last, whether something is on its way,
// and the sentence when it failed, with a way to ask again.
import { type Accessor, createEffect, createSignal, on, onCleanup } from "solid-js";
import { Refusal } from "../api/client";
import { text } from "../text";

export interface Answer<T> {
  /** The answer to the question that is now asked, or the last good one where it may be kept. */
  value: Accessor<T | undefined>;
  loading: Accessor<boolean>;
  error: Accessor<string | null>;
  retry: () => void;
}

interface Manner<Q> {
  /** Milliseconds to hold back while the question keeps changing. */
  wait?: number;
  /**
   * Keeps the last good answer while the next is on its way, which only an answer may that says
   * itself what it is of. Any other would pass for the answer to the question that is now asked.
   * A function says whether the answer to one question may stand while the other is asked.
   */
  keep?: boolean | ((answered: Q, asked: Q) => boolean);
}

/**
 * Asks again whenever `question` changes; null asks nothing and empties the answer. What an older
 * question still brings is dropped.
 */
export function createAnswer<Q, T>(
  question: Accessor<Q | null>,
  fetcher: (question: Q, signal: AbortSignal) => Promise<T>,
  { wait = 0, keep = false }: Manner<Q> = {},
): Answer<T> {
  const [value, setValue] = createSignal<T>();
  const [loading, setLoading] = createSignal(false);
  const [failure, setFailure] = createSignal<Error | null>(null);
  const error = () => {
    const failed = failure();
    return failed && (failed instanceof Refusal ? failed.message : text.errors.unexpected);
  };
  const [turn, setTurn] = createSignal(0);

  let begun = false;
  let answered: Q | null = null;
  const mayStand = (asked: Q) =>
    typeof keep === "function" ? answered !== null && keep(answered, asked) : keep;
  createEffect(
    on([question, turn], ([asked]) => {
      setFailure(null);
      if (asked === null || !mayStand(asked)) setValue(undefined);
      const isFirst = !begun;
      begun = asked !== null;
      if (asked === null) {
        setLoading(false);
        return;
      }
      setLoading(true);
      const control = new AbortController();
      const timer = setTimeout(run, isFirst ? 0 : wait);
      onCleanup(() => {
        clearTimeout(timer);
        control.abort();
      });

      async function run() {
        try {
          const answer = await fetcher(asked as Q, control.signal);
          if (control.signal.aborted) return;
          answered = asked;
          setValue(() => answer);
        } catch (thrown) {
          if (control.signal.aborted) return;
          // What came for an older question would pass for the answer to this one.
          setValue(undefined);
          setFailure(thrown instanceof Error ? thrown : new Error(String(thrown)));
        }
        setLoading(false);
      }
    }),
  );

  return { value, loading, error, retry: () => setTurn((n) => n + 1) };
}
