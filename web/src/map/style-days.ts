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
const less =
  (share: number) =>
  (value: number): ExpressionSpecification => ["case", leftOpen, value * share, value];

/** An opacity that is less where dates leave it open. */
export const weaker = less(WEAK);
/** A width that is less where they do. */
export const slimmer = less(SLIM);
