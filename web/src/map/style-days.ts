// What the style makes of the clock's days, whose first and last the map carries as global state.
import type { ExpressionSpecification, FilterSpecification } from "maplibre-gl";
import { WEAK } from "./looks";

/** Features that hold on the clock's days. */
export const held: ExpressionSpecification[] = [
  ["<=", ["get", "_first"], ["global-state", "to"]],
  [">=", ["get", "_last"], ["global-state", "from"]],
];
export const onDays: FilterSpecification = ["all", ...held];
export const looksOnDays = (look: string): FilterSpecification => [
  "all",
  ["==", ["get", "_look"], look],
  ...held,
];

/** An opacity that is less where a feature's own dates leave it open whether it held by then. */
export const weaker = (opacity: number): ExpressionSpecification => [
  "case",
  [
    "any",
    [">", ["get", "_sureFirst"], ["global-state", "to"]],
    ["<", ["get", "_sureLast"], ["global-state", "from"]],
  ],
  opacity * WEAK,
  opacity,
];
