// Every sentence the map says, in English. The other languages are modules of this shape.
// Rule of the house: a status is always worded as reported, and nothing here says ground is free
// of danger.

import { countriesOf, daysOf, plain, windOf, wordsOf } from "../grammar";
import { circle } from "./circle";
import { compare } from "./compare";
import { near } from "./near";
import { count, distance, number } from "./numbers";
import { sheet, take } from "./take";
import { time } from "./time";
import * as words from "./words";

const country = countriesOf(["en"]);
const day = daysOf("en-GB");

export const en = {
  title: "demarc",
  country,
  countries: (codes: string) =>
    codes
      .split(/\s*,\s*/)
      .map(country)
      .join(" and "),
  number,
  /** A whole day of the calendar; dates in evidence stay as written. */
  day,
  reportedAs: wordsOf(words.reportedAs, (status) => `Reported: ${plain(status)}`),
  borderStatus: wordsOf(words.borderStatus, (status) => `Reported ${plain(status)}`),
  basis: wordsOf(words.basis),
  evidence: wordsOf(words.evidence),
  hazard: wordsOf(words.hazards),
  kind: wordsOf(words.kinds, () => "Feature"),
  eventKind: wordsOf(words.eventKinds),
  eventState: wordsOf(words.eventStates),
  contradiction: wordsOf(words.contradictions),
  enclaveOf: (administered: string, surrounded: string) =>
    `Enclave: administered by ${administered}, surrounded by ${surrounded}`,
  by: (who: string) => `by ${who}`,
  unnamed: "Unnamed",

  notice:
    "No report is not evidence that ground is free of mines. Ask the national authority before any movement. Boundaries shown endorse nothing.",

  /** That a translation waits for review; English has nothing to say here. */
  translation: "",

  language: "Language",
  theme: { dark: "Dark colours", light: "Light colours" },

  loading: "Loading…",
  retry: "Try again",
  errors: {
    unreachable: "The service cannot be reached. Check the connection and try again.",
    /** `seconds` where the service says how long. */
    busy: (seconds: number | null) =>
      `The service takes no more questions just now. ${seconds === null ? "Wait a little" : `Wait ${count(seconds, "second", "seconds")}`}, then try again.`,
    unreadable: "The service gave an answer that cannot be read. Try again.",
    status: (status: number) =>
      status === 404
        ? "The service does not know what was asked for."
        : `The service refused the request (${status}).`,
    /** What the service says of its own accord is in English. */
    refused: (_status: number, detail: string) => detail,
    unexpected: "Something went wrong while reading the answer. Try again.",
    layers: (names: string[], sentence: string) =>
      names.length ? `${names.join(", ")}: not loaded. ${sentence}` : sentence,
    ledger: "Claims and events on the clock",
    relief: "The relief could not be loaded. The rest of the map stands.",
    link: (what: string) =>
      `Part of the link could not be read, and the map shows the usual instead: ${what}. Days are written like 2012-01-31, distances in metres or like 50km.`,
    tiles: (title: string) =>
      `${title}: part of it could not be drawn. It may hold more than the map shows.`,
    map: (what: string) => `Part of the map could not be loaded: ${what}`,
    language: (name: string) => `The words in ${name} could not be loaded. Try again.`,
    noMap:
      "The map could only be loaded as a picture that cannot be moved. The list and the search still work.",
    webgl:
      "This browser shows the map as a picture that cannot be moved (that needs WebGL). The list and the search still work.",
    secondMap:
      "This browser cannot draw a second map to compare with: it has no more WebGL to give.",
  },

  map: {
    label: "Map of borders, enclaves and reported areas",
    zoomIn: "Zoom in",
    zoomOut: "Zoom out",
    kilometre: "km",
    metre: "m",
    attribution: "Map data",
    extentUnknown: "extent unknown",
    notSketched: (titles: string) => `Not in this picture: ${titles}.`,
    loading: "Loading the map…",
  },

  legend: {
    title: "Legend",
    scope: "What is in view",
    nothing: "Nothing in view yet.",
    capped: (n: number, of: number | null) =>
      of === null
        ? `Only the first ${number(n)} are drawn`
        : `Only the first ${number(n)} of ${number(of)} are drawn`,
    names: { ...words.legendNames, ...time.looks } as Record<string, string>,
  },

  layers: {
    title: "Layers",
    names: {
      reports: "Reported areas",
      borders: "Borders",
      enclaves: "Enclaves",
      settlements: "Settlements",
      own: "Other layers",
      ground: "Countries, districts, water",
      relief: "Relief",
    },
    hidden: (names: string) => `Not drawn, by the choice made in the legend: ${names}.`,
    reportsHidden: "Where the map shows no report, there may be one.",
    showAll: "Show all layers",
  },

  clock: {
    label: "Clock",
    date: "Date",
    slider: "Date on the clock",
    previous: "Previous event",
    next: "Next event",
    today: "Today",
    known: "As known on",
    knownHelp:
      "Leaves out what was reported after this day, or nobody knows when, in every answer: the map as it could have been drawn then.",
    everything: "Everything known",
    knownOn: (on: string) => `as known on ${day(on)}`,
    undated: (n: number) => `without a date, and so not on the line: ${number(n)}`,
    event: "Event",
    claim: "Claim",
    changes: (names: string) => `Changes on the map: ${names}`,
    more: (n: number) => `and ${count(n, "more", "more")}`,
    notADate: "Write a day as year-month-day.",
    tooEarly: "Not taken: the clock has years from 1000 on.",
    notYet: "From today on everything known is shown.",
  },

  near,
  time,
  circle,
  compare,
  take,
  sheet,

  distance,
  bearing: windOf([
    "north",
    "north-east",
    "east",
    "south-east",
    "south",
    "south-west",
    "west",
    "north-west",
  ]),

  panel: {
    label: "What is known",
    back: "Back to the list",
    backNear: "Back to the answer",
    backSpot: "Back to what is here",
    show: "Show on the map",
    areas: (on: string) => `Reported areas on ${day(on)}`,
    noAreas:
      "No area has a report by this date. That is not evidence that ground is free of mines.",
    noAreaLayer:
      "This atlas has no layer of reported areas: it says nothing about mines, and that is not evidence that ground is free of them.",
    more: (n: number) => `and ${count(n, "more", "more")}, on the map and in the download`,
    inView: (listed: number, matched: number, all: number) =>
      `${number(matched)} of ${number(all)} lie in the present view.${listed < matched ? ` The first ${number(listed)} are listed.` : ""}`,
    whole: "Covering a whole country or district",
    wholeNote: "Hatched lightly on the map; they speak of all of it.",
    unlocated: "Location never stated",
    unlocatedNote: "Reported, but no source says where: not drawn on the map.",
    enclaves: (on: string) => `Enclaves on ${day(on)}`,
    noEnclaves: "No enclave is mapped for this date.",
    borders: (on: string) => `Borders on ${day(on)}`,
    noBorders: "No border is mapped for this date.",
    chooser: "Several things are here",
    chooserOne: "What is here",
    chooserNone: "Nothing is drawn here",
    chooserNoneHelp: "An empty spot on the map is not evidence that ground is free of mines.",
    covering: "Covering this point",
    close: "Close",
    gone: (name: string, on: string) => `${name} is not on the map on ${day(on)}.`,
    ended: (end: string) => `It ended: ${end}.`,
    begins: (start: string) => `It begins: ${start}.`,
    beginsAgain: (start: string) => `It begins again: ${start}.`,
    notFound: "This is not in the atlas, or was not known on that day.",
    waiting: "Looking it up…",
    source: "Source of the geometry",
    /** Where the atlas is written in another language than the reader's. */
    inWordsOf: (language: string) =>
      `Statements, titles and notes stand in the words of the atlas (${language}).`,
  },

  facts: {
    status: "Status",
    parties: "Between",
    asMapped: "As mapped on",
    validity: "Drawn for",
    always: "no dates stated",
    administered: "Administered by",
    surrounded: "Surrounded by",
    area: "Area",
    km2: (n: number) => `${number(n)} km²`,
    located: "Located by",
    reach: "May lie off by",
    reachReason: "Why",
    extent: "Extent",
    extentUnknown: "unknown",
    extentKnown: "known",
    hazards: "Hazard",
    precision: "Precision of place",
    precisionOf: (n: number) => `${n} of 7 (1 is exact)`,
    country: "Country",
    population: "Population",
    names: "Names",
    notes: "Note",
    origin: "Beyond the first source document",
    enrichment: "added from other public material",
  },

  status: {
    madePublic: (reported: string) => `Made public ${reported}`,
    through: (reporter: string) => `reported by ${reporter}`,
    contested: (own: number) =>
      own > 0
        ? `Contested: ${count(own, "contradiction or tension names", "contradictions or tensions name")} its own claims.`
        : "Contested, but by no contradiction or tension that names its own claims.",
    contestedAlone: "Contested.",
    contestedMild: (n: number) =>
      `${count(n, "more remark", "more remarks")} on its own claims: differences, dates, sources`,
    contestedInherited: (n: number) =>
      `${count(n, "entry", "entries")} on claims about larger areas that contain this one`,
    titleOnly: "This is known from a title alone: the text behind it was not seen.",
    unsureShort: "may not have been so yet",
    titleOnlyShort: "known from a title alone",
    contestedShort: "contested",
    noClaim: "Nobody's statement: no report about this area is known for this date.",
  },

  timeline: {
    title: "Timeline",
    empty: "No claim or event about this is in the ledger. That says nothing about the ground.",
    undated: "no date stated",
    reported: (when: string) => `made public ${when}`,
    claimant: "Claimed by",
    reporter: "Reported by",
    laidBy: "Laid by",
    clearedBy: "Cleared by",
    verifiedBy: "Verified by",
    hazard: "Hazard",
    evidence: "Evidence",
    titleOnly: "Known from a title alone.",
    inherited: "Claims about a larger area that contains this one",
    inheritedHelp: "They were not made about this area in particular.",
    contradicted: "Stands against",
    unlocatedMore: (n: number) =>
      `${count(n, "more claim names", "more claims name")} no location, and may speak of ground here or anywhere.`,
    unlocated: "About areas whose location no source states",
    unlocatedHelp: "They may lie anywhere, here too.",
    sources: "Sources",
    noSource: "no source recorded",
    parties: "Parties",
    state: "State",
    figures: "Figures",
    enrichment: "Added from other public material.",
    later: "after the clock's day",
    opensElsewhere: "(opens in a new tab)",
  },

  dates: {
    since: (from: string) => `since ${from}`,
    until: (to: string) => `until ${to}`,
    span: (from: string, to: string) => `${from} to ${to}`,
    about: (date: string) => `about ${date}`,
    perhaps: (date: string) => `${date} (uncertain)`,
    open: "at any time",
  },
};
