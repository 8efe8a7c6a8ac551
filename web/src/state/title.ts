// What the browser calls the page, in its tabs and its history: what is told of, then the atlas.
import { createEffect } from "solid-js";
import { text } from "../text";
import { nameOf } from "../text/phrases";
import { told } from "./around";
import type { Atlas } from "./atlas";

export const titleOf = (parts: readonly (string | null | undefined)[]): string =>
  parts.filter(Boolean).join(" – ");

export function createTitle(atlas: Atlas) {
  const subject = (): string | null => {
    const { selected, near } = atlas.state;
    if (selected) {
      const kind = atlas.kindOf(selected.collection);
      const found = atlas.current(selected) ?? told(atlas.versions(selected), kind, atlas.when());
      return found ? nameOf(found.properties, selected.id) : null;
    }
    const answer = near && atlas.near.value();
    return answer ? text.near.heading(atlas.placeWords(answer.place), answer.radius_m) : null;
  };
  createEffect(() => {
    document.title = titleOf([subject(), atlas.words.title() ?? text.title]);
  });
}
