// What the parts of the style share: tones picked by a feature, fonts, and halos of names.
import type { ExpressionSpecification } from "maplibre-gl";
import type { Theme } from "../state/theme";
import { PAPER, type Tone } from "./looks";

export const FONT = ["Noto Sans Regular", "sans-serif"];
export const BOLD = ["Noto Sans Bold", "sans-serif"];

/** The tone of a list that a prepared feature's `_tint` points at. */
export const tinted = (tones: readonly Tone[], theme: Theme): ExpressionSpecification => [
  "to-color",
  ["at", ["get", "_tint"], ["literal", tones.map((tone) => tone[theme])]],
];

/** Keeps names apart from what they lie on. */
export const halo = (theme: Theme, width = 1.6) => ({
  "text-halo-color": PAPER[theme],
  "text-halo-width": width,
});
