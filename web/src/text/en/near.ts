// What the map says about a place and what is reported near it. Part of the catalogue in index.ts.
// `certain` is about distance alone, and about the nearest ground alone; the words must say so.
import { coordinatesOf } from "../grammar";
import { count, distance, number } from "./numbers";

export const near = {
  title: "What is reported near a place?",
  place: "Place",
  placeholder: "Near where?",
  radius: "Radius",
  kilometres: (metres: number) => `${number(metres / 1000)} km`,
  ask: "Ask",
  clear: "Clear",
  suggestions: "Places",
  found: (n: number) => (n === 0 ? "No such place known" : count(n, "place", "places")),
  noPlace: "No place of that name is in the gazetteer. Try another spelling or script.",
  position: "A position is written in degrees and decimals, longitude first: 70.9, 39.9.",
  several: "Several places are called so. Choose the one you mean.",
  similar: "No place is called exactly so. Choose one if you mean it.",
  nowhere: "Nobody located a place of this name, so nothing can be measured from it.",
  notLocated: "not located: nothing can be measured from it",
  isArea: "an area: shows it on the map",
  heading: (place: string, metres: number) => `Within ${distance(metres)} of ${place}`,
  point: coordinatesOf((degrees) => degrees, ["N", "S", "E", "W"]),
  certain: "Nearest ground spoken of: within the radius",
  certainHelp:
    "Certain about distance alone: as far as it is known how far off it may be, the nearest ground that a report speaks of lies inside. Not certain is that mines are there, or that all of that ground lies inside. Where the source names no stretch, ground may also lie far outside.",
  possible: "Nearest ground spoken of: perhaps within the radius",
  possibleHelp: "How far off it may be reaches over the radius: it may lie inside or beyond.",
  covering: "Reports that cover this place as a whole",
  unlocated: "Reported without any location",
  unlocatedHelp: "They may lie anywhere, here too.",
  namesake: (name: string) => `Another place of this name: ${name}.`,
  alsoWritten: (name: string) => `also written ${name}`,
  mark: (distance: string, wind: string) =>
    wind ? `Drawn ${distance} to the ${wind}` : `Drawn ${distance} away`,
  markHere: "Drawn at this place",
  nearest: (from: string, to: string) =>
    from === to
      ? `nearest ground spoken of: ${from}`
      : `nearest ground spoken of: ${from} to ${to}`,
  here: "Ask what is reported near this point",
  hereShort: "What is reported near here?",
  download: "Download this answer (GeoJSON)",

  /** The sentences of an answer, as the service says them in English. */
  says: {
    nothing: (place: string, metres: number) =>
      `Nothing is reported within ${distance(metres)} of ${place}.`,
    areas: (certain: number, possible: number, place: string, metres: number) =>
      `${count(certain + possible, "reported area", "reported areas")} within ${distance(metres)} of ${place}: the nearest ground spoken of is certainly within for ${number(certain)}, possibly for ${number(possible)}.`,
    silent: (n: number, known: string) =>
      `${count(n, "of them has", "of them have")} no report up to that day${known ? `, ${known}` : ""}.`,
    notEvidence: "That is not evidence that the ground is free of mines.",
    outside:
      "The whole circle lies outside the region that this atlas speaks of: what is reported there is not in it.",
    partlyOutside:
      "Part of the circle lies outside the region that this atlas speaks of: what is reported there is not in it.",
    covering: (n: number) =>
      `${count(n, "reported area is", "reported areas are")} a whole district or country that holds the place.`,
    unlocated: (n: number) =>
      `${count(n, "reported area has", "reported areas have")} no stated location, and may lie here or anywhere.`,
  },
};
