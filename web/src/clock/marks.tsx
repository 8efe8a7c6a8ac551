// What stands on the line: one stop for the keyboard, with arrows from mark to mark. The marks are
// closer together than fingers and ears could tell apart, so they are values of one control.
import { createSignal, For, Show } from "solid-js";
import { useAtlas } from "../state/atlas";
import { text } from "../text";
import { isoDay } from "../time/edtf";
import type { Mark } from "./moments";
import { sayMark } from "./words";

const same = (a: Mark, b: Mark | null) => a.day === b?.day && a.type === b.type;

export function Marks(props: {
  of: readonly Mark[];
  left: (day: number) => string;
  onPoint: (marks: readonly Mark[]) => void;
  onChoose: (mark: Mark) => void;
}) {
  const atlas = useAtlas();
  /** The mark that the keyboard is on, while it is on the line. */
  const [active, setActive] = createSignal<Mark | null>(null);
  /** That mark, or the last one up to the clock's day. */
  const position = () => {
    const on = props.of.findIndex((mark) => same(mark, active()));
    return on < 0
      ? Math.max(
          props.of.findLastIndex(({ day }) => day <= atlas.day()),
          0,
        )
      : on;
  };
  function point(at: number) {
    const mark = props.of[at];
    if (!mark) return;
    setActive(mark);
    props.onPoint([mark]);
  }
  function key(event: KeyboardEvent) {
    const end = props.of.length - 1;
    const to: Record<string, number> = {
      ArrowRight: Math.min(position() + 1, end),
      ArrowUp: Math.min(position() + 1, end),
      ArrowLeft: Math.max(position() - 1, 0),
      ArrowDown: Math.max(position() - 1, 0),
      Home: 0,
      End: end,
    };
    const next = to[event.key];
    const mark = props.of[position()];
    if (next !== undefined) point(next);
    else if ((event.key === "Enter" || event.key === " ") && mark) props.onChoose(mark);
    else return;
    event.preventDefault();
  }

  return (
    <Show when={props.of[position()]}>
      {(here) => (
        <div
          class="ticks"
          role="slider"
          tabIndex={0}
          aria-label={text.time.marks}
          aria-valuemin={1}
          aria-valuemax={props.of.length}
          aria-valuenow={position() + 1}
          aria-valuetext={sayMark(here())}
          onFocus={() => point(position())}
          onBlur={() => {
            setActive(null);
            props.onPoint([]);
          }}
          onKeyDown={key}
        >
          <For each={props.of}>
            {(mark) => (
              <span
                class={mark.type}
                classList={{ disputed: mark.disputed, active: same(mark, active()) }}
                data-day={isoDay(mark.day)}
                style={{ left: props.left(mark.day) }}
              />
            )}
          </For>
        </div>
      )}
    </Show>
  );
}
