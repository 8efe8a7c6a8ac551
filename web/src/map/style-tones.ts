// What the parts of the style share of a theme: tones picked by a feature, and halos of names.
import type { ExpressionSpecification } from "maplibre-gl";
import type { Theme } from "../state/theme";
import { PAPER, type Tone } from "./looks";

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
