// Words of the atlas itself, marked with their language where the page speaks another: a screen
// reader then says them as they are meant.
import type { JSX } from "solid-js";
import { useAtlas } from "../state/atlas";

export function Said(props: { children: JSX.Element }) {
  const atlas = useAtlas();
  return <span lang={atlas.words.foreign() ?? undefined}>{props.children}</span>;
}
