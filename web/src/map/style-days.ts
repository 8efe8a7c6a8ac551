// What the style makes of the clock's days, whose first and last the map carries as global state.
import type { ExpressionSpecification, FilterSpecification } from "maplibre-gl";
import { SLIM, WEAK } from "./looks";

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

/** Whether a feature's own dates leave it open whether it held by then. */
const leftOpen: ExpressionSpecification = [
  "any",
  [">", ["get", "_sureFirst"], ["global-state", "to"]],
  ["<", ["get", "_sureLast"], ["global-state", "from"]],
];
/** A share of a value where something is so, else all of it. */
export const lessWhere =
  (isSo: ExpressionSpecification, share: number) =>
  (value: number): ExpressionSpecification => ["case", isSo, value * share, value];

/** An opacity that is less where dates leave it open. */
export const weaker = lessWhere(leftOpen, WEAK);
/** A width that is less where they do. */
export const slimmer = lessWhere(leftOpen, SLIM);
