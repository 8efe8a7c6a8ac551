// What the map says about two of its states side by side. Part of the catalogue in
// index.ts.
import { count } from "./numbers";

export const compare = {
  open: "Compare",
  title: "Compare",
  help: "The map shows one state on the left of the handle and another on the right: two days, or two depictions of the borders.",
  left: "On the left",
  right: "On the right",
  aDay: "a day",
  theClock: (when: string) => `the clock: ${when}`,
  day: "Day on the left",
  depiction: (mapped: string, title: string) => `as mapped ${mapped}: ${title}`,
  mapped: (mapped: string) => `as mapped ${mapped}`,
  unknown: (source: string) => `unknown map \`${source}\``,
  unknownMap: (source: string) =>
    `The atlas has no map called \`${source}\`, so nothing is compared. Choose one of its maps, or a day.`,
  depictionNote:
    "A depiction shows what its maker drew of borders, territories and enclaves, each with the status of the time it is drawn for. What only another map has is missing. All else is of the clock's days. A line on a map endorses nothing.",
  begin: "Begin with this day on the left",
  stop: "Stop comparing",
  divider: "Divider between the two",
  dividerAt: (percent: number, left: string, right: string) =>
    `${percent} % of the map: ${left} on the left of it, ${right} on the right`,

  cases: "Changes to look at",
  beforeAndAfter: (name: string, when: string) => `${name}: before and after ${when}`,
  how: {
    begins: "on the map from then on",
    ends: "on the map until then",
    redrawn: "drawn anew",
  } as Record<string, string>,
  caseOf: (when: string) => `Compare before and after ${when}`,

  differences: "What differs",
  waiting: "Waiting for both sides…",
  partial:
    "Not everything could be loaded, so what differs cannot be listed in full. See the map's message.",
  none: "Nothing that the atlas maps or has reports of differs. That does not say that nothing changed on the ground.",
  count: (n: number) => count(n, "thing differs", "things differ"),
  only: (side: string) => `only ${side}`,
  lacks: (side: string) => `not in the depiction ${side}`,
  from: (left: string, right: string) => `${left} → ${right}`,
  /** Of an area of which both sides say the same. */
  sameStatus: (said: string) => `other reports bear on it, the same status: ${said}`,
  redrawn: "drawn from another map:",
  reshaped: "in another shape,",
  /** Where a side shows a range of days, or all times. */
  several: (side: string) => `${side} in more than one version over its days`,

  reading: (side: string, what: string) => `${side}: ${what}`,
  toOther: (side: string, what: string) => `Tell of the other side: ${side.toLowerCase()}, ${what}`,
  notDepicted: (name: string, what: string) =>
    `${name} is not in this depiction (${what}). That it is missing says nothing about the ground.`,
  back: "Back to the comparison",
  failed: (name: string) => `${name} (the other side of the comparison)`,
};
