// What the map says about taking it away: files, other programs, paper. Part of the catalogue in
// index.ts.
import { daysOf } from "../grammar";
import { count, distance, number } from "./numbers";

const day = daysOf("en-GB");

export const take = {
  open: "Take away",
  title: "Take it away",
  asOf: (when: string, known: string) =>
    `What changes with time: ${when}${known && `, ${known}`}; the rest whole.`,
  ground: "Which ground",
  grounds: {
    all: "all there is",
    view: "what the map shows",
    near: (place: string, metres: number) => `within ${distance(metres)} of ${place}`,
  },
  viewNote:
    "A cut by the map's edges holds what lies in it, as far as it is drawn. Ground that a report speaks of may reach in from a mark outside, and reports without any location are in no cut.",
  nearNote:
    "These hold what may lie within the radius, with its distance and whether that is certain or possible. Reports without any location are in the whole answer alone.",
  answer: "The whole answer, with its message and notice (GeoJSON)",
  whole: "The whole atlas with its claims, events and sources, in one file (GeoPackage)",
  wholeNote: "Of claims and events it holds those alone that speak of these days.",
  format: "Format",
  formats: {
    geojson: "GeoJSON",
    geojsonseq: "GeoJSON text sequence",
    csv: "CSV, a table",
    kml: "KML, for Google Earth",
    fgb: "FlatGeobuf",
    gpkg: "GeoPackage, for QGIS and ArcGIS",
  } as Record<string, string>,
  layers: "Layers",
  features: (n: number) => count(n, "feature", "features"),
  noneHere: "none of it here",
  noReportHere: "none of it here; that is not evidence that ground is free of mines",
  first: (n: number, of: number) =>
    `The first ${number(n)} of ${number(of)}; other formats hold all.`,
  more: "Other formats",

  qgis: "Open it in QGIS",
  qgisHow:
    "In QGIS choose Layer › Add Layer › Add WFS / OGC API – Features Layer, press New, and paste this address as the URL. QGIS then asks for itself: what changes with time as of the day on which it asks, with all that is known by then.",
  qgisLayerHow:
    "In QGIS choose Layer › Add Layer › Add Vector Layer, Protocol: HTTP(S), and paste this address as the URI.",
  qgisCut: (n: number, most: number) =>
    `This layer has ${count(n, "feature", "features")} for these days, and QGIS would get the first ${number(most)} alone. The address below is the whole service's instead, from which QGIS takes all, as of the day of asking.`,
  what: "What to open",
  service: "the whole service, as of the day of asking",
  layer: (title: string, when: string) => `${title}: ${when}`,
  allTimes: "all of it",
  address: "Address",
  copy: "Copy",
  copied: "Copied.",
  copyByHand:
    "The browser does not let the page copy. The address is selected: press Ctrl+C or ⌘C.",

  paper: "Print it",
  paperHow: "A sheet with the map, its scale, date, legend, reports, sources and notice.",
  print: "Print this map",
};

export const sheet = {
  asOf: (on: string) => `As of ${on}`,
  during: (when: string) => `Shown: ${when}`,
  printed: (on: string) => `Printed ${day(on)}`,
  compared: (left: string, right: string) => `On the left ${left}, on the right ${right}`,
  left: (what: string) => `Reports on the left, ${what}`,
  right: (what: string) => `Reports on the right, ${what}`,
  scale: (length: string) => `${length} in the middle of the map`,
  window: (southWest: string, northEast: string) => `From ${southWest} to ${northEast}`,
  address: "This view",
  legend: "Legend",
  reports: "Reports in this map",
  whole: "Of a whole country or district",
  unlocated: "Without any location: here too, perhaps",
  none: "No report's mark lies in this map. That is not evidence that ground is free of mines.",
  sources: "Sources of the reports",
  later: "came out after the day of knowledge: it tells what was known by then, and more",
  data: "Map data",
  missing: (names: string) =>
    `Not everything was loaded when this was printed; what is missing here may be reported all the same. Missing: ${names}`,
  waiting: "what was still on its way",
  noMap: "The map could not be drawn.",
};
