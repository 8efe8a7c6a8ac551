import { describe, expect, it } from "vitest";
import { isLanguage, pickLanguage } from "../src/text/languages";

describe("the reader's language", () => {
  it.each([
    [["ru-KG", "en"], "ru"],
    [["de", "fr-CH", "ky_KG"], "ky"],
    [[null, undefined, "uz-Latn-UZ", "ru"], "uz"],
    [["TG"], "tg"],
    [["de"], "en"],
    [[], "en"],
    [["constructor", "rus", ""], "en"],
  ] as const)("of %j is %s", (wanted, language) => {
    expect(pickLanguage(wanted)).toBe(language);
  });

  it("is one that the map speaks", () => {
    expect(isLanguage("ky")).toBe(true);
    for (const tag of ["kk", "", "toString", null]) expect(isLanguage(tag)).toBe(false);
  });
});
