// Бо худ гирифтан: файлҳо, барномаҳои дигар, қоғаз. Part of the catalogue in index.ts.
import type { Catalogue } from "..";
import { daysWith } from "../grammar";
import { count, distance, number } from "./numbers";
import * as words from "./words";

const day = daysWith(words.months, (date, month, year) => `${date} ${month} ${year}`);

export const take: Catalogue["take"] = {
  open: "Боргирӣ",
  title: "Боргирӣ ва чоп",
  asOf: (when, known) =>
    `Он чи бо вақт тағйир меёбад: ${when}${known && `, ${known}`}; боқимонда пурра.`,
  ground: "Кадом замин",
  grounds: {
    all: "ҳама чизи мавҷуда",
    view: "он чи дар харита намоён аст",
    near: (place, metres) => `дар радиуси ${distance(metres)} аз «${place}»`,
  },
  viewNote:
    "Дар буриши аз рӯи канорҳои харита он чи дар дохилаш кашида шудааст, ҳаст. Замине, ки хабар дар бораи он аст, метавонад аз аломати берун ба ин ҷо дарояд, ва хабарҳои бе нишондоди ҷой дар ягон буриш нестанд.",
  nearNote:
    "Дар инҳо он чи метавонад дар дохили радиус бошад, бо масофа ва бо он ки муайян аст ё шояд. Хабарҳои бе нишондоди ҷой танҳо дар ҷавоби пурра ҳастанд.",
  answer: "Ҷавоби пурра, бо паём ва огоҳии он (GeoJSON)",
  whole: "Тамоми атлас бо изҳорот, рӯйдодҳо ва манбаъҳояш дар як файл (GeoPackage)",
  wholeNote: "Аз изҳорот ва рӯйдодҳо дар он танҳо онҳое ҳастанд, ки дар бораи ин рӯзҳоянд.",
  format: "Формат",
  formats: {
    geojson: "GeoJSON",
    geojsonseq: "GeoJSON, дар ҳар сатр як объект",
    csv: "CSV, ҷадвал",
    kml: "KML, барои Google Earth",
    fgb: "FlatGeobuf",
    gpkg: "GeoPackage, барои QGIS ва ArcGIS",
  },
  layers: "Қабатҳо",
  features: (n) => count(n, "объект"),
  noneHere: "аз ин қабат дар ин ҷо чизе нест",
  noReportHere: "аз ин қабат дар ин ҷо чизе нест; ин исбот намекунад, ки замин аз мина тоза аст",
  first: (n, of) =>
    `Танҳо аввалинҳо: ${number(n)} аз ${number(of)}; дар форматҳои дигар ҳама ҳаст.`,
  more: "Форматҳои дигар",

  qgis: "Кушодан дар QGIS",
  qgisHow:
    "Дар QGIS Layer › Add Layer › Add WFS / OGC API – Features Layer-ро интихоб кунед, New-ро пахш кунед ва ин суроғаро ҳамчун URL гузоред. Баъд QGIS худаш мепурсад: он чи бо вақт тағйир меёбад — барои рӯзе, ки мепурсад, бо ҳама чизе, ки то он рӯз маълум аст.",
  qgisLayerHow:
    "Дар QGIS Layer › Add Layer › Add Vector Layer, Protocol: HTTP(S)-ро интихоб кунед ва ин суроғаро ҳамчун URI гузоред.",
  qgisCut: (n, most) =>
    `Дар ин қабат барои ин рӯзҳо ${count(n, "объект")} ҳаст, QGIS бошад танҳо ${number(most)}-тои аввалро мегирифт. Барои ҳамин дар зер суроғаи тамоми хадамот аст: аз он QGIS ҳамаро мегирад, аммо барои рӯзи пурсиш.`,
  what: "Чиро кушодан",
  service: "тамоми хадамот, барои рӯзи пурсиш",
  layer: (title, when) => `${title}: ${when}`,
  allTimes: "пурра",
  address: "Суроға",
  copy: "Нусхабардорӣ",
  copied: "Нусха бардошта шуд.",
  copyByHand:
    "Браузер ба саҳифа иҷозаи нусхабардорӣ намедиҳад. Суроға интихоб шудааст: Ctrl+C ё ⌘C-ро пахш кунед.",

  paper: "Чоп кардан",
  paperHow: "Варақ бо харита, миқёси он, сана, аломатҳои шартӣ, хабарҳо, манбаъҳо ва огоҳӣ.",
  print: "Чопи ин харита",
};

export const sheet: Catalogue["sheet"] = {
  asOf: (on) => `Дар рӯзи ${on}`,
  during: (when) => `Нишон дода шудааст: ${when}`,
  printed: (on) => `Чоп шудааст: ${day(on)}`,
  compared: (left, right) => `Дар чап: ${left}; дар рост: ${right}`,
  left: (what) => `Хабарҳои тарафи чап, ${what}`,
  right: (what) => `Хабарҳои тарафи рост, ${what}`,
  scale: (length) => `${length} дар миёнаи харита`,
  window: (southWest, northEast) => `Аз ${southWest} то ${northEast}`,
  address: "Ин намо",
  legend: "Аломатҳои шартӣ",
  reports: "Хабарҳо дар ин харита",
  whole: "Дар бораи тамоми кишвар ё тамоми ноҳия",
  unlocated: "Бе нишондоди ҷой: шояд дар ин ҷо ҳам",
  none: "Дар ин харита аломати ягон хабар нест. Ин исбот намекунад, ки замин аз мина тоза аст.",
  sources: "Манбаъҳои хабарҳо",
  later:
    "баъд аз рӯзе баромадааст, ки маълумот то он гирифта шудааст: он чиро, ки то он рӯз маълум буд, ва бештар аз он мегӯяд",
  data: "Маълумоти харита",
  missing: (names) =>
    `Ҳангоми чоп на ҳама чиз бор шуда буд; дар бораи он чи дар ин ҷо нест, хабар буданаш мумкин аст. Намерасад: ${names}`,
  waiting: "он чи ҳанӯз бор мешуд",
  noMap: "Харита кашида нашуд.",
};
