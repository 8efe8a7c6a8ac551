import { UNREVIEWED } from "../unreviewed";

// What a speaker of Tajik who works in mine action should look at first: paths into the catalogue,
// or into its words.
export const review = [
  ...UNREVIEWED,
  "words.eventKinds.ratification",
  "words.countries.CN",
  "panel.areas",
  "panel.enclaves",
  "panel.borders",
] as const;
