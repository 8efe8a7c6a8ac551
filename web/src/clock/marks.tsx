// What stands on the line: one stop for the keyboard, with arrows from mark to mark.
import { createEffect, createSignal, For, Show } from "solid-js";
import { useAtlas } from "../state/atlas";
import { text } from "../text";
import type { Mark } from "./moments";
import { sayMark } from "./words";

const id = ({ day, type }: Mark) => `mark-${type}-${day}`;

export function Marks(props: {
  of: readonly Mark[];
  left: (day: number) => string;
  onPoint: (marks: readonly Mark[]) => void;
  onChoose: (mark: Mark) => void;
}) {
  const atlas = useAtlas();
  const [active, setActive] = createSignal<string | null>(null);
  const position = () => props.of.findIndex((mark) => id(mark) === active());
  const here = () => props.of[position()];
  createEffect(() => {
    if (active() !== null) props.onPoint([here()].filter((mark) => mark !== undefined));
  });

  /** The first mark to be read: the one at the clock's day, or the last before it. */
  function enter() {
    const before = props.of.findLast(({ day }) => day <= atlas.day());
    const mark = here() ?? before ?? props.of[0];
    setActive(mark ? id(mark) : null);
  }
  function key(event: KeyboardEvent) {
    const end = props.of.length - 1;
    const to: Record<string, number> = {
      ArrowRight: Math.min(position() + 1, end),
      ArrowDown: Math.min(position() + 1, end),
      ArrowLeft: Math.max(position() - 1, 0),
      ArrowUp: Math.max(position() - 1, 0),
      Home: 0,
      End: end,
    };
    const next = props.of[to[event.key] ?? -1];
    const mark = here();
    if (next) setActive(id(next));
    else if ((event.key === "Enter" || event.key === " ") && mark) props.onChoose(mark);
    else return;
    event.preventDefault();
  }

  return (
    <Show when={props.of.length}>
      <div
        class="ticks"
        role="listbox"
        tabIndex={0}
        aria-label={text.time.marks}
        aria-activedescendant={here() && active() ? (active() as string) : undefined}
        onFocus={enter}
        onBlur={() => {
          setActive(null);
          props.onPoint([]);
        }}
        onKeyDown={key}
      >
        <For each={props.of}>
          {(mark) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option
            <span
              role="option"
              id={id(mark)}
              class={mark.type}
              classList={{ disputed: mark.disputed, active: active() === id(mark) }}
              aria-selected={active() === id(mark)}
              aria-label={sayMark(mark)}
              style={{ left: props.left(mark.day) }}
            />
          )}
        </For>
      </div>
    </Show>
  );
}
