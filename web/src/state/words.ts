// Which language the page speaks, and what the atlas says of itself in it.
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from "solid-js";
import type { Collection, Landing } from "../api/types";
import { language, speak } from "../text";
import { type Language, pickLanguage } from "../text/languages";

/** A language's name for itself; what is no tag stays as written. */
export function ownName(tag: string): string {
  try {
    return new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The language of the URL, else the first of the browser's that the map speaks, else the atlas's. */
export const wantedLanguage = (chosen: Language | null, landing?: Landing): Language =>
  pickLanguage([chosen, ...navigator.languages, landing?.defaultLanguage]);

export function createWords(
  chosen: Accessor<Language | null>,
  landing: Accessor<Landing | undefined>,
) {
  const wanted = createMemo(() => wantedLanguage(chosen(), landing()));
  const [failed, setFailed] = createSignal<Language | null>(null);
  const [turn, setTurn] = createSignal(0);
  createEffect(
    on([wanted, turn], ([asked]) => {
      setFailed(null);
      let isLatest = true;
      onCleanup(() => {
        isLatest = false;
      });
      // What an older choice comes to is nobody's trouble any more.
      speak(asked).catch(() => isLatest && setFailed(asked));
    }),
  );
  createEffect(() => {
    document.documentElement.lang = language();
  });

  const translation = () => landing()?.translations?.[language()];
  /** The language that the atlas is written in; where the reader reads another, it needs saying. */
  const foreign = () => {
    const own = landing()?.defaultLanguage;
    return own && pickLanguage([own]) !== language() ? own : null;
  };
  return {
    /** The language whose words could not be had, until they are asked for again, or another's. */
    failed,
    retry: () => setTurn((n) => n + 1),
    title: () => translation()?.title ?? landing()?.title,
    notice: () => translation()?.notice ?? landing()?.notice,
    titleOf: ({ id, title }: Collection): string => translation()?.layers?.[id] ?? title,
    foreign,
  };
}
