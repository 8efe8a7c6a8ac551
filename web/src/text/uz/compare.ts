// Ikki holat yonma-yon. Part of the catalogue in index.ts.
import type { Catalogue } from "..";
import { number } from "./numbers";

export const compare: Catalogue["compare"] = {
  open: "Solishtirish",
  title: "Solishtirish",
  help: "Xarita tutqichning chap tomonida bir holatni, oʻng tomonida boshqasini koʻrsatadi: ikki kun yoki chegaralarning ikki tasviri.",
  left: "Chapda",
  right: "Oʻngda",
  aDay: "kun",
  theClock: (when) => `vaqt shkalasi: ${when}`,
  day: "Chapdagi kun",
  depiction: (mapped, title) => `xaritaga tushirilgani ${mapped}: ${title}`,
  mapped: (mapped) => `xaritaga tushirilgani ${mapped}`,
  unknown: (source) => `nomaʼlum xarita “${source}”`,
  unknownMap: (source) =>
    `Atlasda “${source}” nomli xarita yoʻq, shuning uchun solishtirib boʻlmaydi. Uning xaritalaridan birini yoki kunni tanlang.`,
  depictionNote:
    "Tasvir uning muallifi chegaralar, hududlar va anklavlardan nimani chizganini koʻrsatadi, har birining holati chizilgan davriga tegishli. Faqat boshqa xaritada boʻlgan narsa bunda yoʻq. Qolgan hammasi vaqt shkalasi boʻyicha. Xaritadagi chiziq hech narsani tasdiqlamaydi.",
  begin: "Chapga shu kunni qoʻyib boshlash",
  stop: "Solishtirishni tugatish",
  divider: "Ikkisi orasidagi ajratgich",
  dividerAt: (percent, left, right) => `xaritaning ${percent} %: chapida ${left}, oʻngida ${right}`,

  cases: "Koʻrib chiqishga arziydigan oʻzgarishlar",
  beforeAndAfter: (name, when) => `${name}: bundan oldin va keyin (${when})`,
  how: {
    begins: "oʻshandan boshlab xaritada",
    ends: "oʻshangacha xaritada",
    redrawn: "qayta chizilgan",
  },
  caseOf: (when) => `Bundan oldin va keyin solishtirish (${when})`,

  differences: "Nimasi farq qiladi",
  waiting: "Ikkala tomon kutilmoqda…",
  partial:
    "Hammasi ham yuklanmadi, shuning uchun farqlarni toʻliq sanab boʻlmaydi. Xaritadagi xabarga qarang.",
  none: "Atlas xaritaga tushirgan yoki u haqda xabari bor narsalardan hech biri farq qilmaydi. Bundan yerning oʻzida hech narsa oʻzgarmagan degan xulosa chiqmaydi.",
  count: (n) => `Farq qiladigani: ${number(n)}`,
  only: (side) => `faqat ${side}`,
  lacks: (side) => `${side} tasvirda yoʻq`,
  from: (left, right) => `${left} → ${right}`,
  sameStatus: (said) => `xabarlari boshqa, holati oʻsha: ${said}`,
  redrawn: "boshqa xaritadan chizilgan:",
  reshaped: "boshqa shaklda,",
  several: (side) => `${side} shu kunlarda bittadan ortiq versiyasi bor`,

  reading: (side, what) => `${side}: ${what}`,
  toOther: (side, what) => `Boshqa tomonini koʻrsatish: ${side.toLowerCase()}, ${what}`,
  notDepicted: (name, what) =>
    `${name}: bu tasvirda yoʻq (${what}). Uning yoʻqligi yerning oʻzi haqida hech narsa demaydi.`,
  back: "Solishtirishga qaytish",
  failed: (name) => `${name} (solishtirishning boshqa tomoni)`,
};
