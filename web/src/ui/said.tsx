// Words of the atlas itself, marked with their language where the page speaks another: a screen
// reader then says them as they are meant.
import { For, type JSX } from "solid-js";
import { useAtlas } from "../state/atlas";
import { partsOf } from "../text/phrases";

export function Said(props: { children: JSX.Element }) {
  const atlas = useAtlas();
  return <span lang={atlas.words.foreign() ?? undefined}>{props.children}</span>;
}

/** A sentence of the page's with names of the atlas in it. */
export function Naming(props: { words: string; names: readonly string[] }) {
  return (
    <For each={partsOf(props.words, props.names)}>
      {({ words, isName }) => (isName ? <Said>{words}</Said> : words)}
    </For>
  );
}
