// The languages that the map speaks, and which of them a reader gets. Pure.

/** Tags after BCP 47, each with the language's own name for itself. */
export const LANGUAGES = {
  en: "English",
  ru: "Русский",
  ky: "Кыргызча",
  uz: "Oʻzbekcha",
  tg: "Тоҷикӣ",
} as const;

export type Language = keyof typeof LANGUAGES;

export function isLanguage(tag: string | null | undefined): tag is Language {
  return typeof tag === "string" && Object.hasOwn(LANGUAGES, tag);
}

/** The first language wanted that the map speaks; `ru-KG` wants Russian. English when none is. */
export function pickLanguage(wanted: readonly (string | null | undefined)[]): Language {
  for (const tag of wanted) {
    const primary = tag?.toLowerCase().split(/[-_]/)[0];
    if (isLanguage(primary)) return primary;
  }
  return "en";
}
