// Xaritadagi doira. Part of the catalogue in index.ts.
import type { Catalogue } from "..";

export const circle: Catalogue["circle"] = {
  draw: "Xaritada doira chizish",
  surface: "Doirani qoʻyish",
  hint: "Kerakli joyni bosing yoki undan tashqariga torting.",
  keys: "Klaviaturada: strelkalar xaritani xoch ostida suradi, + va − masshtabni oʻzgartiradi, Enter shu yerni soʻraydi, Escape tugatadi.",
  centre: "Doira markazi: strelkalar suradi, Shift bilan — uzoqroq",
  rim: "Doira radiusi",
  byHand: "Doira markazini yoki chetini xaritada torting yoki ularni strelkalar bilan suring.",
};
