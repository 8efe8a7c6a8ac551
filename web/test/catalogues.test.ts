import { afterAll, describe, expect, it } from "vitest";
import { language, speak, text } from "../src/text";
import { en } from "../src/text/en";
import * as enWords from "../src/text/en/words";
import { ky } from "../src/text/ky";
import { review as kyReview } from "../src/text/ky/review";
import * as kyWords from "../src/text/ky/words";
import { LANGUAGES, type Language } from "../src/text/languages";
import { ru } from "../src/text/ru";
import { review as ruReview } from "../src/text/ru/review";
import * as ruWords from "../src/text/ru/words";
import { tg } from "../src/text/tg";
import { review as tgReview } from "../src/text/tg/review";
import * as tgWords from "../src/text/tg/words";
import { uz } from "../src/text/uz";
import { review as uzReview } from "../src/text/uz/review";
import * as uzWords from "../src/text/uz/words";

const OTHERS = [
  { tag: "ru", catalogue: ru, words: ruWords, review: ruReview },
  { tag: "ky", catalogue: ky, words: kyWords, review: kyReview },
  { tag: "uz", catalogue: uz, words: uzWords, review: uzReview },
  { tag: "tg", catalogue: tg, words: tgWords, review: tgReview },
] as const;

type Says = (...given: unknown[]) => string;

/** Every sentence and every function of a catalogue, by its path. */
function leaves(tree: object, path = ""): Map<string, string | Says> {
  const found = new Map<string, string | Says>();
  for (const [name, value] of Object.entries(tree)) {
    const here = path ? `${path}.${name}` : name;
    if (typeof value === "object") for (const leaf of leaves(value, here)) found.set(...leaf);
    else found.set(here, value);
  }
  return found;
}

/** Values that take the place of what the page puts in; figures, so that no language inflects them. */
const GIVEN = ["4000", "5000", "6000", "7000"];
/** For functions that take no such texts. */
const OWN: Record<string, unknown[]> = {
  "errors.layers": [["4000", "5000"], "6000"],
  "near.point": [40.5, 50.25],
};

/** Everything that a catalogue can say, each branch of it, by path. */
function sayings(catalogue: object): Map<string, string> {
  const said = new Map<string, string>();
  for (const [path, leaf] of leaves(catalogue)) {
    if (typeof leaf === "string") {
      said.set(path, leaf);
      continue;
    }
    said.set(`${path}(…)`, leaf(...(OWN[path] ?? GIVEN)));
    for (const given of [
      [0, 0, "4000", "5000"],
      [404, "4000", "5000", "6000"],
      ["1", "1", "1", "1"],
    ]) {
      try {
        const one: unknown = leaf(...given);
        if (typeof one === "string") said.set(`${path}(${given[0]})`, one);
      } catch {
        // A function of texts or lists takes no number: its first saying stands for it.
      }
    }
  }
  return said;
}

/** Names of programs, formats and keys, which are the same everywhere. */
const NAMES =
  /demarc|GeoJSON|CSV|KML|FlatGeobuf|GeoPackage|WebGL|Google Earth|QGIS|ArcGIS|Layer|Add|WFS|OGC|API|Features|New|Vector|Protocol|HTTP|UR[LI]|Ctrl|Enter|Escape|Shift|UXO|ERW|50km/g;
/** Words that Uzbek has in common with English. */
const SHARED = new Set(["Radius", "Format"]);

const tables = (words: object) => leaves(words);
const figures = (said: string) =>
  [...said.replace(/(?<=\d)[\s,.\u00a0\u202f]+(?=\d)/g, "").matchAll(/\d+/g)].map(String).sort();

describe.each(OTHERS)("the catalogue of $tag", ({ catalogue, words, review }) => {
  it("has a sentence for each of the English, and no other", () => {
    expect([...leaves(catalogue).keys()].sort()).toEqual([...leaves(en).keys()].sort());
    for (const [path, said] of sayings(catalogue)) {
      if (path !== "bearing(404)") expect(said.trim(), path).not.toBe("");
    }
  });

  it("has words for each value that the English names", () => {
    const own = [...tables(words).keys()].filter((path) => !/^(months|countries)/.test(path));
    expect(own.sort()).toEqual([...tables(enWords).keys()].sort());
  });

  it("puts in what the English puts in", () => {
    const theirs = sayings(catalogue);
    for (const [path, said] of sayings(en)) {
      // English has the service's own words, the others a sentence of theirs around them.
      if (path.startsWith("errors.refused")) continue;
      expect(figures(theirs.get(path) ?? ""), path).toEqual(figures(said));
    }
    expect(catalogue.errors.refused(400, "why")).toMatch(/400.*why/);
    expect(figures(catalogue.legend.capped(4000, null))).toEqual(["4000"]);
  });

  it("leaves no sentence in English", () => {
    const theirs = sayings(catalogue);
    for (const [path, said] of [...sayings(en), ...leaves(enWords)]) {
      const english = String(said);
      if (SHARED.has(english) || !/\p{L}{3}/u.test(english.replace(NAMES, ""))) continue;
      expect(theirs.get(path) ?? leaves(words).get(path), path).not.toBe(english);
    }
  });

  it("names what it wants reviewed by paths that exist", () => {
    const known = [...leaves({ ...catalogue, words }).keys()];
    expect(review.length).toBeGreaterThan(0);
    expect(new Set(review).size).toBe(review.length);
    for (const path of review) {
      expect(
        known.some((one) => one === path || one.startsWith(`${path}.`)),
        path,
      ).toBe(true);
    }
    expect(catalogue.translation).not.toBe("");
  });
});

it("in Uzbek a quotation has one kind of marks, and a measure is no count of things", () => {
  for (const [path, said] of sayings(uz)) expect(String(said), path).not.toMatch(/[«»]/);
  expect(uz.time.speeds(0.5)).toBe("0,5 yil/s");
});

/** Sentences that say what a missing report does not prove: "this ground" would be another subject. */
it("what proves nothing is the missing report, not this ground", () => {
  for (const { catalogue } of [{ catalogue: ky }, { catalogue: uz }]) {
    const proofs = [...sayings(catalogue)].filter(([, said]) =>
      /isbotlamaydi|далилдебейт/.test(String(said)),
    );
    expect(proofs.length).toBeGreaterThan(5);
    for (const [path, said] of proofs)
      expect(String(said), path).not.toMatch(/(bu yer|бул жер)\p{L}* [^.;]*(isbot|далил)/iu);
  }
});

it("languages in Cyrillic have no Latin words but names", () => {
  for (const { tag, catalogue, words } of OTHERS) {
    if (tag === "uz") continue;
    for (const [path, said] of [...sayings(catalogue), ...leaves(words)]) {
      expect(String(said).replace(NAMES, ""), `${tag} ${path}`).not.toMatch(/[a-z]{2}/i);
    }
  }
});

it("Uzbek is in Latin script, with its own letters", () => {
  for (const [path, said] of [...sayings(uz), ...leaves(uzWords)]) {
    expect(String(said), path).not.toMatch(/\p{Script=Cyrillic}|[oOgG]['’‘`]/u);
  }
});

it("no language calls ground what nobody may call it", () => {
  const never =
    /\bsaf(e|ely|ety)\b|безопасн|безвредн|xavfsiz|bexatar|коопсуз|бехатар|\bамн|амният/i;
  for (const { tag, catalogue, words } of [
    { tag: "en", catalogue: en, words: enWords },
    ...OTHERS,
  ]) {
    for (const [path, said] of [...sayings(catalogue), ...leaves(words)]) {
      expect(String(said), `${tag} ${path}`).not.toMatch(never);
    }
  }
});

it("every language words a status as reported", () => {
  const reported = { en: /report/i, ru: /сообщ/i, ky: /кабар/i, uz: /xabar/i, tg: /хабар/i };
  for (const [tag, catalogue] of Object.entries({ en, ru, ky, uz, tg })) {
    const marks = reported[tag as Language];
    for (const status of [...Object.keys(enWords.reportedAs), "some-later-status"]) {
      expect(catalogue.reportedAs(status), tag).toMatch(marks);
    }
    for (const status of ["delimited", "demarcated", "disputed"]) {
      expect(catalogue.borderStatus(status), tag).toMatch(marks);
    }
  }
});

describe("numbers, days and countries", () => {
  it("count as the language counts", () => {
    const found = [1, 2, 5, 11, 21, 22, 1000].map((n) => ru.near.found(n).replace(/\s/g, " "));
    expect(found).toEqual([
      "1 место",
      "2 места",
      "5 мест",
      "11 мест",
      "21 место",
      "22 места",
      "1 000 мест",
    ]);
    expect([1, 2].map(en.near.found)).toEqual(["1 place", "2 places"]);
    expect([1, 5].map(ky.near.found)).toEqual(["1 жер", "5 жер"]);
    expect([1, 5].map(uz.near.found)).toEqual(["1 ta joy", "5 ta joy"]);
    expect([1, 5].map(tg.near.found)).toEqual(["1 ҷой", "5 ҷой"]);
  });

  it("agree with their verbs in Russian", () => {
    const said = [1, 3, 5].map((n) => ru.timeline.unlocatedMore(n).replace(/ к земле.*/, ""));
    expect(said).toEqual([
      "Ещё 1 заявление не указывает места и может относиться",
      "Ещё 3 заявления не указывают места и могут относиться",
      "Ещё 5 заявлений не указывают места и могут относиться",
    ]);
  });

  it("are written in the language, whatever the browser knows", () => {
    const days = Object.values({ en, ru, ky, uz, tg }).map(({ day }) => day("2022-09-20"));
    expect(days).toEqual([
      "20 September 2022",
      "20 сентября 2022 г.",
      "2022-ж. 20-сентябрь",
      "2022-yil 20-sentabr",
      "20 сентябри 2022",
    ]);
    for (const catalogue of [en, ru, ky, uz, tg]) {
      for (const written of ["2022-09", "0000-01-01"]) expect(catalogue.day(written)).toBe(written);
      expect(catalogue.day("0001-01-01")).not.toBe("0001-01-01");
    }
    expect(ky.countries("KG, UZ")).toBe("Кыргызстан жана Өзбекстан");
    expect(ru.country("KG")).toBe("Кыргызстан");
    expect(tg.country("TJ")).toBe("Тоҷикистон");
    expect(uz.country("XYZ")).toBe("XYZ");
    expect(ru.distance(3776).replace(/\s/g, " ")).toBe("3,8 км");
  });
});

describe("speaking", () => {
  afterAll(() => speak("en"));

  it("changes every sentence that is read", async () => {
    for (const tag of Object.keys(LANGUAGES) as Language[]) {
      await speak(tag);
      expect(language()).toBe(tag);
      expect(text.notice).toBe({ en, ru, ky, uz, tg }[tag].notice);
    }
  });

  it("ends in the language asked for last", async () => {
    await Promise.all([speak("ru"), speak("ky")]);
    expect(language()).toBe("ky");
    await Promise.all([speak("tg"), speak("en")]);
    expect(text.loading).toBe(en.loading);
  });
});
