// Xaritaning barcha soʻzlari oʻzbekcha (lotin yozuvida). The shape is that of the English catalogue;
// what is not certain stands in review.ts. Names and dates of the data take few endings, so that
// sentences are built round them.
import type { Catalogue } from "..";
import { countriesOf, daysWith, plain, windOf, wordsOf } from "../grammar";
import { circle } from "./circle";
import { compare } from "./compare";
import { near } from "./near";
import { count, distance, number } from "./numbers";
import { sheet, take } from "./take";
import { time } from "./time";
import * as words from "./words";

const country = countriesOf(["uz"], words.countries);
const day = daysWith(words.months, (date, month, year) => `${year}-yil ${date}-${month}`);

export const uz: Catalogue = {
  title: "demarc",
  country,
  countries: (codes) =>
    codes
      .split(/\s*,\s*/)
      .map(country)
      .join(" va "),
  number,
  day,
  reportedAs: wordsOf(words.reportedAs, (status) => `Xabar qilingan: ${plain(status)}`),
  borderStatus: wordsOf(words.borderStatus, (status) => `Xabar qilingan: ${plain(status)}`),
  basis: wordsOf(words.basis),
  evidence: wordsOf(words.evidence),
  hazard: wordsOf(words.hazards),
  kind: wordsOf(words.kinds, () => "Obyekt"),
  eventKind: wordsOf(words.eventKinds),
  eventState: wordsOf(words.eventStates),
  contradiction: wordsOf(words.contradictions),
  enclaveOf: (administered, surrounded) =>
    `Anklav: boshqaradi — ${administered}; oʻrab turadi — ${surrounded}`,
  by: (who) => `bildirgan: ${who}`,
  unnamed: "Nomsiz",

  notice:
    "Xabar yoʻqligi yer minalardan xoli ekanini isbotlamaydi. Har qanday harakatdan oldin milliy vakolatli organga murojaat qiling. Koʻrsatilgan chegaralar hech narsani tasdiqlamaydi.",
  translation:
    "Bu tarjimani minalarga qarshi kurash mutaxassislari hali tekshirmagan. Shubha boʻlsa, inglizcha matnga qarang.",

  language: "Til",
  theme: { dark: "Toʻq ranglar", light: "Och ranglar" },

  loading: "Yuklanmoqda…",
  retry: "Qayta urinish",
  errors: {
    unreachable: "Xizmatga ulanib boʻlmadi. Aloqani tekshirib, qayta urining.",
    busy: (seconds) =>
      `Xizmat hozir soʻrov qabul qilmayapti. ${seconds === null ? "Biroz" : `${number(seconds)} soniya`} kutib, qayta urining.`,
    unreadable: "Xizmat javobini oʻqib boʻlmadi. Qayta urining.",
    status: (status) =>
      status === 404
        ? "Soʻralgan narsa xizmatga maʼlum emas."
        : `Xizmat soʻrovni rad etdi (${status}).`,
    refused: (status, detail) => `Xizmat soʻrovni rad etdi (${status}). Uning soʻzi: ${detail}`,
    unexpected: "Javobni oʻqishda xato yuz berdi. Qayta urining.",
    layers: (names, sentence) =>
      names.length ? `${names.join(", ")}: yuklanmadi. ${sentence}` : sentence,
    ledger: "Vaqt shkalasidagi bayonotlar va voqealar",
    relief: "Relyef yuklanmadi. Xaritaning qolgani joyida.",
    link: (what) =>
      `Havolaning bir qismi oʻqilmadi, xarita odatdagisini koʻrsatmoqda: ${what}. Sana bunday yoziladi: 2012-01-31; masofa metrda yoki bunday: 50km.`,
    tiles: (title) =>
      `${title}: bir qismi chizilmadi. U yerda xaritadagidan koʻproq boʻlishi mumkin.`,
    map: (what) => `Xaritaning bir qismi yuklanmadi: ${what}`,
    language: (name) => `“${name}” tilidagi soʻzlar yuklanmadi. Qayta urining.`,
    noMap: "Xarita faqat surib boʻlmaydigan rasm sifatida yuklandi. Roʻyxat va qidiruv ishlaydi.",
    webgl:
      "Bu brauzer xaritani surib boʻlmaydigan rasm sifatida koʻrsatadi (surish uchun WebGL kerak). Roʻyxat va qidiruv ishlaydi.",
    secondMap: "Bu brauzer taqqoslash uchun ikkinchi xaritani chiza olmaydi: WebGL yetishmaydi.",
  },

  map: {
    label: "Chegaralar, anklavlar va xabar qilingan hududlar xaritasi",
    zoomIn: "Yaqinlashtirish",
    zoomOut: "Uzoqlashtirish",
    kilometre: "km",
    metre: "m",
    attribution: "Xarita maʼlumotlari",
    extentUnknown: "koʻlami nomaʼlum",
    notSketched: (titles: string) => `Bu rasmda yoʻq: ${titles}.`,
    loading: "Xarita yuklanmoqda…",
  },

  legend: {
    title: "Shartli belgilar",
    scope: "Xaritada koʻringanlar",
    nothing: "Hozircha hech narsa koʻrinmaydi.",
    capped: (n, of) =>
      of === null
        ? `Faqat dastlabkilari koʻrsatilgan: ${number(n)}`
        : `Faqat dastlabkilari koʻrsatilgan: ${number(of)} tadan ${number(n)}`,
    names: { ...words.legendNames, ...time.looks },
  },

  layers: {
    title: "Qatlamlar",
    names: {
      reports: "Xabar qilingan hududlar",
      borders: "Chegaralar",
      enclaves: "Anklavlar",
      settlements: "Aholi punktlari",
      own: "Boshqa qatlamlar",
      ground: "Mamlakatlar, tumanlar, suv havzalari",
      relief: "Relyef",
    },
    hidden: (names) => `Shartli belgilarda tanlanganidek, xaritada koʻrsatilmagan: ${names}.`,
    reportsHidden: "Xaritada xabar koʻrinmagan joyda ham xabar boʻlishi mumkin.",
    showAll: "Barcha qatlamlarni koʻrsatish",
  },

  clock: {
    label: "Vaqt shkalasi",
    date: "Sana",
    slider: "Vaqt shkalasidagi sana",
    previous: "Oldingi voqea",
    next: "Keyingi voqea",
    today: "Bugun",
    known: "Oʻsha kuni maʼlum",
    knownHelp:
      "Shu kundan keyin yoki qachonligi nomaʼlum xabar qilinganlar barcha javoblardan chiqariladi: xarita oʻshanda qanday chizilishi mumkin boʻlsa, shunday.",
    everything: "Maʼlum boʻlgan hammasi",
    knownOn: (on) => `maʼlum boʻlgani (${day(on)})`,
    undated: (n) => `sanasi yoʻq, shuning uchun chiziqda emas: ${number(n)}`,
    event: "Voqea",
    claim: "Bayonot",
    changes: (names) => `Xaritadagi oʻzgarishlar: ${names}`,
    more: (n) => `yana ${number(n)}`,
    notADate: "Kunni yil-oy-kun koʻrinishida yozing.",
    tooEarly: "Qabul qilinmadi: vaqt shkalasida yillar 1000-yildan boshlanadi.",
    notYet: "Bugundan boshlab maʼlum boʻlgan hammasi koʻrsatiladi.",
  },

  near,
  time,
  circle,
  compare,
  take,
  sheet,

  distance,
  bearing: windOf([
    "shimol",
    "shimoli-sharq",
    "sharq",
    "janubi-sharq",
    "janub",
    "janubi-gʻarb",
    "gʻarb",
    "shimoli-gʻarb",
  ]),

  panel: {
    label: "Nima maʼlum",
    back: "Roʻyxatga qaytish",
    backNear: "Javobga qaytish",
    backSpot: "Bu yerdagilarga qaytish",
    show: "Xaritada koʻrsatish",
    areas: (on) => `Xabar qilingan hududlar (${day(on)})`,
    noAreas:
      "Bu sanaga birorta hudud haqida xabar yoʻq. Xabar yoʻqligi yerning minalardan xoli ekanini isbotlamaydi.",
    noAreaLayer:
      "Bu atlasda xabar qilingan hududlar qatlami yoʻq: u minalar haqida hech narsa demaydi, bu esa yer ulardan xoli ekanini isbotlamaydi.",
    more: (n) => `yana ${number(n)}, xaritada va yuklab olinadigan faylda`,
    inView: (listed, matched, all) =>
      `Xaritaning koʻrinib turgan joyida: ${number(all)} tadan ${number(matched)}.${listed < matched ? ` Roʻyxatda dastlabki ${number(listed)}.` : ""}`,
    whole: "Butun mamlakatga yoki butun tumanga tegishli",
    wholeNote: "Xaritada yengil shtrixlangan; xabar uning hammasi haqida.",
    unlocated: "Oʻrni koʻrsatilmagan",
    unlocatedNote:
      "Xabar qilingan, lekin qayerdaligini hech bir manba aytmaydi: xaritada koʻrsatilmagan.",
    enclaves: (on) => `Anklavlar (${day(on)})`,
    noEnclaves: "Bu sanaga xaritada anklav yoʻq.",
    borders: (on) => `Chegaralar (${day(on)})`,
    noBorders: "Bu sanaga xaritada chegara yoʻq.",
    chooser: "Bu yerda bir nechta narsa bor",
    chooserOne: "Bu yerda nima bor",
    chooserNone: "Bu yerda hech narsa belgilanmagan",
    chooserNoneHelp: "Xaritadagi boʻsh joy u yer minalardan xoli ekanini isbotlamaydi.",
    covering: "Bu nuqtani qamrab oladi",
    close: "Yopish",
    gone: (name, on) => `${name}: xaritada yoʻq (${day(on)}).`,
    ended: (end) => `Tugagani: ${end}.`,
    begins: (start) => `Boshlanishi: ${start}.`,
    beginsAgain: (start) => `Qayta boshlanishi: ${start}.`,
    notFound: "Bu atlasda yoʻq yoki oʻsha kuni maʼlum emas edi.",
    waiting: "Qidirilmoqda…",
    source: "Geometriya manbasi",
    inWordsOf: (language) =>
      `Bayonotlar, sarlavhalar va izohlar atlasning oʻz soʻzlari bilan beriladi (${language}).`,
  },

  facts: {
    status: "Holati",
    parties: "Orasida",
    asMapped: "Xaritaga tushirilgan sana",
    validity: "Koʻrsatilgan davr",
    always: "sanalar koʻrsatilmagan",
    administered: "Boshqaradi",
    surrounded: "Oʻrab turadi",
    area: "Maydoni",
    km2: (n) => `${number(n)} km²`,
    located: "Oʻrnining asosi",
    reach: "Joylashuvning ehtimoliy xatosi",
    reachReason: "Nima uchun",
    extent: "Koʻlami",
    extentUnknown: "nomaʼlum",
    extentKnown: "maʼlum",
    hazards: "Xavf",
    precision: "Oʻrnining aniqligi",
    precisionOf: (n) => `7 dan ${n} (1 — aniq)`,
    country: "Mamlakat",
    population: "Aholisi",
    names: "Nomlari",
    notes: "Izoh",
    origin: "Birinchi hujjatdan tashqari",
    enrichment: "boshqa ochiq materiallardan qoʻshilgan",
  },

  status: {
    madePublic: (reported) => `Oshkor qilingani: ${reported}`,
    through: (reporter) => `xabar bergan: ${reporter}`,
    contested: (own) =>
      own > 0
        ? `Bahsli: aynan shu hudud haqidagi bayonotlarga tegishli ${count(own, "ziddiyat yoki nomuvofiqlik")} bor.`
        : "Bahsli, lekin aynan shu hudud haqidagi bayonotlarga tegishli ziddiyat yoki nomuvofiqlik yoʻq.",
    contestedAlone: "Bahsli.",
    contestedMild: (n) =>
      `Bu hudud haqidagi bayonotlarga ${count(n, "izoh")}: farqlar, sanalar, manbalar`,
    contestedInherited: (n) =>
      `Bu hududni oʻz ichiga olgan kattaroq hududlar haqidagi bayonotlar boʻyicha ${count(n, "yozuv")}`,
    titleOnly: "Faqat sarlavhasidan maʼlum: matnning oʻzi koʻrilmagan.",
    unsureShort: "hali shunday boʻlmagan boʻlishi mumkin",
    titleOnlyShort: "faqat sarlavhasidan maʼlum",
    contestedShort: "bahsli",
    noClaim: "Hech kimning bayonoti emas: bu sanaga bu hudud haqida xabar maʼlum emas.",
  },

  timeline: {
    title: "Xronologiya",
    empty:
      "Reyestrda bu haqda bayonot yoki voqea yoʻq. Yozuv yoʻqligi yerning oʻzi haqida hech narsa demaydi.",
    undated: "sana koʻrsatilmagan",
    reported: (when) => `oshkor qilingani: ${when}`,
    claimant: "Kim bildirgan",
    reporter: "Kim xabar bergan",
    laidBy: "Kim oʻrnatgan",
    clearedBy: "Kim tozalagan",
    verifiedBy: "Kim tekshirgan",
    hazard: "Xavf",
    evidence: "Dalil",
    titleOnly: "Faqat sarlavhasidan maʼlum.",
    inherited: "Bu hududni oʻz ichiga olgan kattaroq hudud haqidagi bayonotlar",
    inheritedHelp: "Ular alohida shu hudud haqida emas.",
    contradicted: "Bunga zid turadi",
    unlocatedMore: (n) =>
      `Yana ${count(n, "bayonot")} oʻrnini koʻrsatmaydi va shu yerdagi yoki istalgan joydagi yerga tegishli boʻlishi mumkin.`,
    unlocated: "Oʻrnini hech bir manba koʻrsatmagan hududlar haqida",
    unlocatedHelp: "Ular istalgan joyda, jumladan shu yerda ham boʻlishi mumkin.",
    sources: "Manbalar",
    noSource: "manba yozilmagan",
    parties: "Tomonlar",
    state: "Holati",
    figures: "Raqamlar",
    enrichment: "Boshqa ochiq materiallardan qoʻshilgan.",
    later: "shkaladagi kundan keyin",
    opensElsewhere: "(yangi varaqda ochiladi)",
  },

  dates: {
    since: (from) => `${from} dan`,
    until: (to) => `${to} gacha`,
    span: (from, to) => `${from} – ${to}`,
    about: (date) => `taxminan ${date}`,
    perhaps: (date) => `${date} (aniq emas)`,
    open: "istalgan vaqtda",
  },
};
