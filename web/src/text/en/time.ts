// What the map says about time: which days it shows, and how sure they are. Part of the catalogue
// in index.ts.
import { daysOf } from "../grammar";
import { count, number } from "./numbers";

const day = daysOf("en-GB");
const leftOut = "What became public later, or nobody knows when, is left out.";

export const time = {
  /** How the days shown are named by themselves. */
  range: (from: string, to: string) => `${from} to ${to}`,
  since: (from: string) => `since ${from}`,
  until: (to: string) => `until ${to}`,
  all: "all times",

  set: "Set the clock:",
  mode: "Show",
  modes: { day: "One day", range: "A range", all: "All times" },
  from: "From",
  to: "To",
  fromThumb: "First day of the range",
  toThumb: "Last day of the range",
  knownThumb: "Known by this day",
  open: "open",
  marks:
    "What happened: events above the line, claims below it. Arrows go from one to the next, Enter sets the clock.",
  disputed: "stands against another claim",

  play: "Play",
  pause: "Pause",
  speed: "Speed of playing",
  speeds: (years: number) => `${number(years)} ${years === 1 ? "year" : "years"}/s`,
  speedsStill: "From event to event, without gliding: your system asks for less motion.",

  /** What the line under the clock says beside the days. */
  future: "After today: what was last reported, not a forecast",
  allDrawn:
    "every border, enclave and territory that ever held is drawn at once, areas only as last reported",
  inRange: (events: number, claims: number) =>
    `${count(events, "event", "events")} and ${count(claims, "claim", "claims")} begin in it`,
  status: (on: string) => `areas as last reported about days up to ${day(on)}`,
  brought: (name: string, on: string) =>
    `The link names no day, and ${name} is not on the map today: the clock was set to ${day(on)}.`,
  showOn: (on: string) => `Set the clock to ${day(on)}`,

  /** Headings of lists, where it is not one day. */
  areas: (when: string) => `Reported areas, ${when}`,
  areasStatus: (on: string) =>
    `Their status is the last reported about days up to ${day(on)}, whenever the report came out.`,
  enclaves: (when: string) => `Enclaves, ${when}`,
  borders: (when: string) => `Borders, ${when}`,
  versions: (n: number) =>
    `${number(n)} versions of it held in this time. What follows is of the last.`,
  gone: (name: string, when: string) => `${name} is not on the map: ${when}.`,

  /** Names in the legend. */
  looks: {
    weak: "Thinner or smaller: perhaps not yet, or no longer, by its dates",
  },
  unsure: (date: string, on: string) =>
    `The statement is dated ${date}, no closer: on ${day(on)} it may not have been so yet.`,

  claims: "The claims behind the reported areas",
  areasMissing:
    "The reported areas could not be loaded. That is not evidence that ground is free of mines.",

  /** Where the clock's second day leaves out what was not public yet. */
  notKnown: {
    leftOut,
    areasStatus: (on: string, known: string) =>
      `Their status is the last reported about days up to ${day(on)} in what was public on ${day(known)}.`,
    noReports: (on: string) => `No report by this date that was public on ${day(on)}`,
    noClaim: (on: string) =>
      `No report about this area for this date was public on ${day(on)}. ${leftOut}`,
    empty: (on: string) =>
      `No claim or event about this was public on ${day(on)}. ${leftOut} That says nothing about the ground.`,
    noAreas: (on: string) =>
      `No area has a report by this date that was public on ${day(on)}. ${leftOut} That is not evidence that ground is free of mines.`,
  },
};
