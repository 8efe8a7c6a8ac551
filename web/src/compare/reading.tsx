// Which side of a comparison the panel tells of, and the way to the other.
import { Show } from "solid-js";
import type { SideName } from "../state/compare";
import { useComparison } from "../state/comparison";
import { text } from "../text";

export function Reading() {
  const comparison = useComparison();
  const side = (name: SideName) => (name === "left" ? text.compare.left : text.compare.right);
  const other = (): SideName => (comparison.reading() === "left" ? "right" : "left");
  return (
    <Show when={comparison.isOn()}>
      <p class="reading">
        <strong>
          {text.compare.reading(
            side(comparison.reading()),
            comparison.nameOf(comparison.reading()),
          )}
        </strong>
        <button type="button" onClick={() => comparison.setReading(other())}>
          {text.compare.toOther(side(other()), comparison.nameOf(other()))}
        </button>
      </p>
    </Show>
  );
}
