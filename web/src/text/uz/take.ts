// Olib ketish: fayllar, boshqa dasturlar, qogʻoz. Part of the catalogue in index.ts.
import type { Catalogue } from "..";
import { daysWith } from "../grammar";
import { count, distance, number } from "./numbers";
import * as words from "./words";

const day = daysWith(words.months, (date, month, year) => `${year}-yil ${date}-${month}`);

export const take: Catalogue["take"] = {
  open: "Yuklab olish",
  title: "Yuklab olish va chop etish",
  asOf: (when, known) =>
    `Vaqt bilan oʻzgaradiganlari: ${when}${known && `, ${known}`}; qolgani toʻliq.`,
  ground: "Qaysi yer",
  grounds: {
    all: "bor hammasi",
    view: "xaritada koʻringani",
    near: (place, metres) => `“${place}” joyidan ${distance(metres)} radiusda`,
  },
  viewNote:
    "Xarita chetlari boʻyicha kesimda uning ichida chizilganlari bor. Xabarda soʻz borgan yer chetdagi belgidan bu yerga ham kirib kelishi mumkin, oʻrni koʻrsatilmagan xabarlar esa hech bir kesimda yoʻq.",
  nearNote:
    "Bunda radius ichida boʻlishi mumkin boʻlganlar bor: masofasi va aniq yoki ehtimol ekani bilan. Oʻrni koʻrsatilmagan xabarlar faqat toʻliq javobda bor.",
  answer: "Toʻliq javob, xabari va ogohlantirishi bilan (GeoJSON)",
  whole: "Butun atlas, bayonotlari, voqealari va manbalari bilan, bitta faylda (GeoPackage)",
  wholeNote: "Bayonot va voqealardan unda faqat shu kunlar haqidagilari bor.",
  format: "Format",
  formats: {
    geojson: "GeoJSON",
    geojsonseq: "GeoJSON, har satrda bitta obyekt",
    csv: "CSV, jadval",
    kml: "KML, Google Earth uchun",
    fgb: "FlatGeobuf",
    gpkg: "GeoPackage, QGIS va ArcGIS uchun",
  },
  layers: "Qatlamlar",
  features: (n) => count(n, "obyekt"),
  noneHere: "bu qatlamdan bu yerda hech narsa yoʻq",
  noReportHere:
    "bu qatlamdan bu yerda hech narsa yoʻq; xabar yoʻqligi yerning minalardan xoli ekanini isbotlamaydi",
  first: (n, of) =>
    `Faqat dastlabkilari: ${number(of)} tadan ${number(n)}; boshqa formatlarda hammasi bor.`,
  more: "Boshqa formatlar",

  qgis: "QGIS dasturida ochish",
  qgisHow:
    "QGIS ichida Layer › Add Layer › Add WFS / OGC API – Features Layer ni tanlang, New ni bosing va bu manzilni URL sifatida qoʻying. Keyin QGIS oʻzi soʻraydi: vaqt bilan oʻzgaradiganlari — u soʻragan kunga, shu kungacha maʼlum boʻlgan hammasi bilan.",
  qgisLayerHow:
    "QGIS ichida Layer › Add Layer › Add Vector Layer, Protocol: HTTP(S) ni tanlang va bu manzilni URI sifatida qoʻying.",
  qgisCut: (n, most) =>
    `Bu qatlamda shu kunlarga ${count(n, "obyekt")} bor, QGIS esa faqat dastlabki ${number(most)} tasini olar edi. Shuning uchun quyida butun xizmatning manzili turibdi: u orqali QGIS hammasini oladi, lekin soʻralgan kunga.`,
  what: "Nimani ochish",
  service: "butun xizmat, soʻralgan kunga",
  layer: (title, when) => `${title}: ${when}`,
  allTimes: "toʻliq",
  address: "Manzil",
  copy: "Nusxalash",
  copied: "Nusxalandi.",
  copyByHand:
    "Brauzer sahifaga nusxalashga ruxsat bermaydi. Manzil belgilangan: Ctrl+C yoki ⌘C ni bosing.",

  paper: "Chop etish",
  paperHow:
    "Xarita, uning masshtabi, sanasi, shartli belgilari, xabarlari, manbalari va ogohlantirishi bilan varaq.",
  print: "Bu xaritani chop etish",
};

export const sheet: Catalogue["sheet"] = {
  asOf: (on) => `Sana: ${on}`,
  during: (when) => `Koʻrsatilgani: ${when}`,
  printed: (on) => `Chop etilgani: ${day(on)}`,
  compared: (left, right) => `Chapda: ${left}; oʻngda: ${right}`,
  left: (what) => `Chapdagi xabarlar, ${what}`,
  right: (what) => `Oʻngdagi xabarlar, ${what}`,
  scale: (length) => `xaritaning oʻrtasida ${length}`,
  window: (southWest, northEast) => `${southWest} – ${northEast}`,
  address: "Bu koʻrinish",
  legend: "Shartli belgilar",
  reports: "Bu xaritadagi xabarlar",
  whole: "Butun mamlakat yoki tuman haqida",
  unlocated: "Oʻrni koʻrsatilmaganlar: ehtimol, shu yerda ham",
  none: "Bu xaritada birorta xabarning belgisi yoʻq. Xabar yoʻqligi yerning minalardan xoli ekanini isbotlamaydi.",
  sources: "Xabarlarning manbalari",
  later:
    "maʼlumotlar olingan kundan keyin chiqqan: oʻshanda maʼlum boʻlganini va undan koʻprogʻini aytadi",
  data: "Xarita maʼlumotlari",
  missing: (names) =>
    `Bu chop etilganda hammasi ham yuklanmagan edi; bunda yoʻq narsa haqida xabar boʻlishi mumkin. Yetishmaydi: ${names}`,
  waiting: "hali yuklanayotganlari",
  noMap: "Xaritani chizib boʻlmadi.",
};
