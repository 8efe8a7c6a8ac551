// The words of the page in the language chosen. `text.legend.title` reads a signal, so that what
// shows it changes with the language, without a reload. English is at hand from the start; the
// other catalogues are fetched, from the same host, when they are asked for.
import { batch, createSignal } from "solid-js";
import { en } from "./en";
import type { Language } from "./languages";

/** What every language has to say: the shape of the English catalogue. */
export type Catalogue = typeof en;

const LOADERS: Record<Language, () => Promise<Catalogue>> = {
  en: async () => en,
  ru: async () => (await import("./ru")).ru,
  ky: async () => (await import("./ky")).ky,
  uz: async () => (await import("./uz")).uz,
  tg: async () => (await import("./tg")).tg,
};

const [catalogue, setCatalogue] = createSignal<Catalogue>(en);
const [language, setLanguage] = createSignal<Language>("en");

/** The language that the page speaks now. */
export { language };

/** The catalogue of that language. */
export const text: Catalogue = new Proxy(en, {
  get: (_, member) => catalogue()[member as keyof Catalogue],
});

let latest: Language = "en";

/**
 * Speaks another language from now on. Rejects where its catalogue cannot be fetched; the page
 * then goes on in the one it has.
 */
export async function speak(wanted: Language): Promise<void> {
  latest = wanted;
  const words = await LOADERS[wanted]();
  // A slower answer to an older choice must not undo the newer one.
  if (latest !== wanted) return;
  batch(() => {
    setCatalogue(() => words);
    setLanguage(wanted);
  });
}
