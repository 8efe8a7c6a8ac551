// Beside a day to come: what is shown is what was last reported.
import { Show } from "solid-js";
import { useAtlas } from "../state/atlas";
import { text } from "../text";
import { isAhead, type When } from "../time/when";

export function Ahead(props: { when: When }) {
  const atlas = useAtlas();
  return (
    <Show when={isAhead(props.when, atlas.now)}>
      <p class="quiet">{text.time.future}</p>
    </Show>
  );
}
