// Vaqt: what the map says about time. Part of the catalogue in index.ts.
import type { Catalogue } from "..";
import { daysWith } from "../grammar";
import { count, number } from "./numbers";
import * as words from "./words";

const day = daysWith(words.months, (date, month, year) => `${year}-yil ${date}-${month}`);
const leftOut = "Keyin yoki qachonligi nomaʼlum oshkor qilinganlari chiqarib tashlangan.";

export const time: Catalogue["time"] = {
  range: (from, to) => `${from} – ${to}`,
  since: (from) => `${from} dan boshlab`,
  until: (to) => `${to} gacha`,
  all: "barcha vaqt",

  set: "Vaqt shkalasini sozlash:",
  mode: "Koʻrsatish",
  modes: { day: "Bir kun", range: "Davr", all: "Barcha vaqt" },
  from: "Boshi",
  to: "Oxiri",
  fromThumb: "Davrning birinchi kuni",
  toThumb: "Davrning oxirgi kuni",
  knownThumb: "Shu kungacha maʼlum",
  open: "cheksiz",
  marks:
    "Nima boʻlgan: voqealar chiziq ustida, bayonotlar ostida. Strelkalar biridan ikkinchisiga olib boradi, Enter shkalani oʻsha kunga qoʻyadi.",
  disputed: "boshqa bayonotga zid keladi",

  play: "Oʻynatish",
  pause: "Toʻxtatish",
  speed: "Oʻynatish tezligi",
  speeds: (years) => `${number(years)} yil/s`,
  speedsStill: "Voqeadan voqeaga, silliq harakatsiz: tizimingiz kamroq harakat soʻragan.",

  future: "Bugundan keyin: oxirgi xabar qilingani, bashorat emas",
  allDrawn:
    "qachondir boʻlgan barcha chegaralar, anklavlar va davlatlar hududlari birdaniga chizilgan; xabar qilingan hududlar faqat soʻnggi xabarlar boʻyicha",
  inRange: (events, claims) =>
    `shu davrda boshlanadi: ${count(events, "voqea")} va ${count(claims, "bayonot")}`,
  status: (on) =>
    `xabar qilingan hududlar ${day(on)} gacha (shu kun ham) boʻlgan kunlar haqidagi soʻnggi xabarlar boʻyicha`,
  brought: (name, on) =>
    `Havolada kun yoʻq, “${name}” esa bugun xaritada yoʻq: vaqt shkalasi ${day(on)} kuniga qoʻyildi.`,
  showOn: (on) => `Vaqt shkalasini ${day(on)} kuniga qoʻyish`,

  areas: (when) => `Xabar qilingan hududlar, ${when}`,
  areasStatus: (on) =>
    `Ularning holati — ${day(on)} gacha (shu kun ham) boʻlgan kunlar haqidagi soʻnggi xabarlar boʻyicha, ular qachon chiqqan boʻlmasin.`,
  enclaves: (when) => `Anklavlar, ${when}`,
  borders: (when) => `Chegaralar, ${when}`,
  versions: (n) => `Bu vaqt ichida boʻlgan versiyalari: ${number(n)}. Quyida — oxirgisi.`,
  gone: (name, when) => `${name}: xaritada yoʻq, ${when}.`,

  looks: {
    weak: "Ingichkaroq yoki kichikroq: sanalariga koʻra, ehtimol, hali yoʻq yoki endi yoʻq",
  },
  unsure: (date, on) =>
    `Bayonot sanasi ${date}, aniqrogʻi nomaʼlum: ${day(on)} kuni hali shunday boʻlmagan boʻlishi mumkin.`,

  claims: "Xabar qilingan hududlar haqidagi bayonotlar",
  areasMissing:
    "Xabar qilingan hududlar yuklanmadi. Ularning yuklanmagani yerning minalardan xoli ekanini isbotlamaydi.",

  notKnown: {
    leftOut,
    areasStatus: (on, known) =>
      `Ularning holati — ${day(on)} gacha (shu kun ham) boʻlgan kunlar haqida ${day(known)} gacha (shu kun ham) oshkor qilingan soʻnggi xabarlar boʻyicha.`,
    noReports: (on) =>
      `Bu sanaga oʻsha kungacha (${day(on)}, shu kun ham) oshkor qilingan xabar yoʻq`,
    noClaim: (on) =>
      `Bu sanaga bu hudud haqida oʻsha kungacha (${day(on)}, shu kun ham) oshkor qilingan xabar yoʻq. ${leftOut}`,
    empty: (on) =>
      `Bu haqda oʻsha kungacha (${day(on)}, shu kun ham) oshkor qilingan bayonot yoki voqea yoʻq. ${leftOut} Yozuv yoʻqligi yerning oʻzi haqida hech narsa demaydi.`,
    noAreas: (on) =>
      `Bu sanaga birorta hudud haqida oʻsha kungacha (${day(on)}, shu kun ham) oshkor qilingan xabar yoʻq. ${leftOut} Xabar yoʻqligi yerning minalardan xoli ekanini isbotlamaydi.`,
  },
};
