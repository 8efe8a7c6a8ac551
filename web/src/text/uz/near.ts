// Joy yaqinida nima xabar qilingan. Part of the catalogue in index.ts.
// `certain` is about distance alone, and about the nearest ground alone; the words must say so.
import type { Catalogue } from "..";
import { coordinatesOf } from "../grammar";
import { count, distance, number } from "./numbers";

export const near: Catalogue["near"] = {
  title: "Joy yaqinida nima xabar qilingan?",
  place: "Joy",
  placeholder: "Joy nomi",
  radius: "Radius",
  kilometres: (metres) => `${number(metres / 1000)} km`,
  ask: "Soʻrash",
  clear: "Olib tashlash",
  suggestions: "Joylar",
  found: (n) => (n === 0 ? "Bunday joy maʼlum emas" : count(n, "joy")),
  noPlace:
    "Koʻrsatkichda bunday nomli joy yoʻq. Boshqa yozilishini yoki boshqa yozuvni sinab koʻring.",
  position: "Oʻrin gradusda, oʻnli nuqta bilan yoziladi, avval uzunlik: 70.9, 39.9.",
  several: "Bir nechta joy shunday ataladi. Keraklisini tanlang.",
  similar: "Aynan shunday atalgan joy yoʻq. Shuni nazarda tutsangiz, tanlang.",
  nowhere:
    "Bunday nomli joyning oʻrnini hech kim koʻrsatmagan, shuning uchun undan oʻlchab boʻlmaydi.",
  notLocated: "oʻrni koʻrsatilmagan: undan oʻlchab boʻlmaydi",
  isArea: "hudud: xaritada koʻrsatadi",
  heading: (place, metres) => `“${place}” joyidan ${distance(metres)} radiusda`,
  point: coordinatesOf(
    (degrees) => degrees.replace(".", ","),
    ["shimoliy kenglik", "janubiy kenglik", "sharqiy uzunlik", "gʻarbiy uzunlik"],
  ),
  certain: "Soʻz borgan eng yaqin yer: radius ichida",
  certainHelp:
    "Aniq boʻlgani faqat masofa: joylashuvning ehtimoliy xatosi maʼlum boʻlgan darajada, xabarda soʻz borgan eng yaqin yer ichkarida yotadi. U yerda mina borligi yoki oʻsha yerning hammasi ichkarida yotishi aniq emas. Manba boʻlakni aytmagan boʻlsa, yer ancha tashqarida ham yotishi mumkin.",
  possible: "Soʻz borgan eng yaqin yer: ehtimol, radius ichida",
  possibleHelp:
    "Joylashuvning ehtimoliy xatosi radiusdan chiqib ketadi: yer ichkarida yoki undan tashqarida yotishi mumkin.",
  covering: "Bu joyni butunlay qamrab olgan xabarlar",
  unlocated: "Oʻrni koʻrsatilmagan xabarlar",
  unlocatedHelp: "Ular istalgan joyga, jumladan shu yerga ham tegishli boʻlishi mumkin.",
  namesake: (name) => `Shunday nomli boshqa joy: ${name}.`,
  alsoWritten: (name) => `bunday ham yoziladi: ${name}`,
  mark: (distance, wind) =>
    wind
      ? `${distance} masofada belgilangan, yoʻnalishi: ${wind}`
      : `${distance} masofada belgilangan`,
  markHere: "Shu joyda belgilangan",
  nearest: (from, to) =>
    from === to
      ? `soʻz borgan eng yaqin yer: ${from}`
      : `soʻz borgan eng yaqin yer: ${from} – ${to}`,
  here: "Shu nuqta yaqinida nima xabar qilinganini soʻrash",
  hereShort: "Yaqinida nima xabar qilingan?",
  download: "Bu javobni yuklab olish (GeoJSON)",

  says: {
    nothing: (place, metres) => `“${place}” joyidan ${distance(metres)} radiusda xabar yoʻq.`,
    areas: (certain, possible, place, metres) =>
      `“${place}” joyidan ${distance(metres)} radiusda: ${count(certain + possible, "xabar qilingan hudud")}. Soʻz borgan eng yaqin yer ichkarida yotadi: aniq — ${number(certain)}, ehtimol — ${number(possible)}.`,
    silent: (n, known) =>
      `Ulardan oʻsha kungacha xabari yoʻqlari: ${number(n)}${known ? ` (${known})` : ""}.`,
    notEvidence: "Xabar yoʻqligi yerning minalardan xoli ekanini isbotlamaydi.",
    outside:
      "Doira butunlay bu atlas soʻz yuritadigan hududdan tashqarida: u yerda xabar qilinganlar bunda yoʻq.",
    partlyOutside:
      "Doiraning bir qismi bu atlas soʻz yuritadigan hududdan tashqarida: u yerda xabar qilinganlar bunda yoʻq.",
    covering: (n) => `Bu joyni butunlay qamrab olgan hududlar (tuman yoki mamlakat): ${number(n)}.`,
    unlocated: (n) =>
      `Oʻrni koʻrsatilmagan hududlar: ${number(n)}; ular shu yerda yoki istalgan joyda boʻlishi mumkin.`,
  },
};
