// Алып кетүү: файлдар, башка программалар, кагаз. Part of the catalogue in index.ts.
import type { Catalogue } from "..";
import { daysWith } from "../grammar";
import { count, distance, number } from "./numbers";
import * as words from "./words";

const day = daysWith(words.months, (date, month, year) => `${year}-ж. ${date}-${month}`);

export const take: Catalogue["take"] = {
  open: "Жүктөп алуу",
  title: "Жүктөп алуу жана басып чыгаруу",
  asOf: (when, known) =>
    `Убакыт менен өзгөргөндөр: ${when}${known && `, ${known}`}; калганы бүтүндөй.`,
  ground: "Кайсы жер",
  grounds: {
    all: "бардыгы",
    view: "картада көрүнгөнү",
    near: (place, metres) => `«${place}» жеринен ${distance(metres)} радиуста`,
  },
  viewNote:
    "Картанын четтери боюнча кесиндиде анын ичинде тартылгандар бар. Кабарда сөз болгон жер четтеги белгиден бул жакка да кириши мүмкүн, ал эми орду көрсөтүлбөгөн кабарлар эч бир кесиндиде жок.",
  nearNote:
    "Мында радиустун ичинде болушу мүмкүн болгондор бар: аралыгы жана ал так же балким экени менен. Орду көрсөтүлбөгөн кабарлар толук жоопто гана бар.",
  answer: "Толук жооп, билдирүүсү жана эскертүүсү менен (GeoJSON)",
  format: "Формат",
  formats: {
    geojson: "GeoJSON",
    geojsonseq: "GeoJSON, ар бир сапта бир объект",
    csv: "CSV, жадыбал",
    kml: "KML, Google Earth үчүн",
    fgb: "FlatGeobuf",
    gpkg: "GeoPackage, QGIS жана ArcGIS үчүн",
  },
  layers: "Катмарлар",
  features: (n) => count(n, "объект"),
  noneHere: "бул катмардан мында эч нерсе жок",
  noReportHere: "бул катмардан мында эч нерсе жок; кабардын жоктугу жердин минадан таза экенин далилдебейт",
  first: (n, of) =>
    `Алгачкылары гана: ${number(of)} ичинен ${number(n)}; башка форматтарда баары бар.`,
  more: "Башка форматтар",

  qgis: "QGIS программасында ачуу",
  qgisHow:
    "QGIS ичинде Layer › Add Layer › Add WFS / OGC API – Features Layer тандап, New баскычын басыңыз жана бул даректи URL катары коюңуз. Андан ары QGIS өзү сурайт: убакыт менен өзгөргөндөр — ал сураган күнгө карата, ошого чейин белгилүү болгондун баары менен.",
  qgisLayerHow:
    "QGIS ичинде Layer › Add Layer › Add Vector Layer, Protocol: HTTP(S) тандап, бул даректи URI катары коюңуз.",
  what: "Эмнени ачуу",
  service: "бүт кызмат, суралган күнгө карата",
  layer: (title, when) => `${title}: ${when}`,
  allTimes: "бүтүндөй",
  address: "Дарек",
  copy: "Көчүрүү",
  copied: "Көчүрүлдү.",
  copyByHand: "Браузер баракка көчүрүүгө уруксат бербейт. Дарек белгиленди: Ctrl+C же ⌘C басыңыз.",

  paper: "Басып чыгаруу",
  paperHow:
    "Картасы, масштабы, күнү, шарттуу белгилери, кабарлары, булактары жана эскертүүсү менен барак.",
  print: "Бул картаны басып чыгаруу",
};

export const sheet: Catalogue["sheet"] = {
  asOf: (on) => `Күнү: ${on}`,
  during: (when) => `Көрсөтүлгөнү: ${when}`,
  printed: (on) => `Басып чыгарылганы: ${day(on)}`,
  compared: (left, right) => `Сол жакта: ${left}; оң жакта: ${right}`,
  left: (what) => `Сол жактагы кабарлар, ${what}`,
  right: (what) => `Оң жактагы кабарлар, ${what}`,
  scale: (length) => `${length} картанын ортосунда`,
  window: (west, south, east, north) => `${south}, ${west} – ${north}, ${east}`,
  address: "Бул көрүнүш",
  legend: "Шарттуу белгилер",
  reports: "Бул картадагы кабарлар",
  whole: "Бүтүндөй өлкө же район жөнүндө",
  unlocated: "Орду көрсөтүлбөгөндөр: балким, ушул жерде да",
  none: "Бул картада бир да кабардын белгиси жок. Кабардын жоктугу жердин минадан таза экенин далилдебейт.",
  sources: "Кабарлардын булактары",
  data: "Картанын маалыматы",
  missing: (names) =>
    `Бул басылганда баары эле жүктөлгөн эмес; мында жок нерсе жөнүндө кабар болушу мүмкүн. Жетишпейт: ${names}`,
  waiting: "али жүктөлүп жаткандар",
  noMap: "Картаны тартуу мүмкүн болгон жок.",
};
