// Ҳамаи суханони харита бо тоҷикӣ. The shape is that of the English catalogue; what is not certain
// stands in review.ts.
import type { Catalogue } from "..";
import { countriesOf, daysWith, plain, windOf, wordsOf } from "../grammar";
import { circle } from "./circle";
import { compare } from "./compare";
import { near } from "./near";
import { count, distance, number } from "./numbers";
import { sheet, take } from "./take";
import { time } from "./time";
import * as words from "./words";

const country = countriesOf(["tg", "ru"], words.countries);
const day = daysWith(words.months, (date, month, year) => `${date} ${month} ${year}`);

export const tg: Catalogue = {
  title: "demarc",
  country,
  countries: (codes) =>
    codes
      .split(/\s*,\s*/)
      .map(country)
      .join(" ва "),
  number,
  day,
  reportedAs: wordsOf(words.reportedAs, (status) => `Хабар дода шуд: ${plain(status)}`),
  borderStatus: wordsOf(words.borderStatus, (status) => `Хабар дода шуд: ${plain(status)}`),
  basis: wordsOf(words.basis),
  evidence: wordsOf(words.evidence),
  hazard: wordsOf(words.hazards),
  kind: wordsOf(words.kinds, () => "Объект"),
  eventKind: wordsOf(words.eventKinds),
  eventState: wordsOf(words.eventStates),
  contradiction: wordsOf(words.contradictions),
  enclaveOf: (administered, surrounded) =>
    `Анклав: идора мекунад — ${administered}; иҳота кардааст — ${surrounded}`,
  by: (who) => `изҳоркунанда: ${who}`,
  unnamed: "Беном",

  notice:
    "Набудани хабар исбот намекунад, ки замин аз мина тоза аст. Пеш аз ҳар гуна ҳаракат ба мақоми ваколатдори миллӣ муроҷиат кунед. Сарҳадҳои нишондодашуда чизеро тасдиқ намекунанд.",
  translation:
    "Ин тарҷумаро мутахассисони фаъолияти зиддиминавӣ ҳанӯз насанҷидаанд. Дар ҳолати шубҳа ба матни англисӣ нигаред.",

  language: "Забон",
  theme: { dark: "Рангҳои торик", light: "Рангҳои равшан" },

  loading: "Бор мешавад…",
  retry: "Аз нав кӯшидан",
  errors: {
    unreachable: "Ба хадамот пайваст шудан мумкин нест. Алоқаро санҷида, аз нав кӯшиш кунед.",
    busy: (seconds) =>
      `Хадамот ҳоло дархост қабул намекунад. ${seconds === null ? "Каме" : count(seconds, "сония")} интизор шуда, аз нав кӯшиш кунед.`,
    unreadable: "Ҷавоби хадамот хонда нашуд. Аз нав кӯшиш кунед.",
    status: (status) =>
      status === 404
        ? "Он чи пурсида шуд, ба хадамот маълум нест."
        : `Хадамот дархостро рад кард (${status}).`,
    refused: (status, detail) => `Хадамот дархостро рад кард (${status}). Суханаш: ${detail}`,
    unexpected: "Ҳангоми хондани ҷавоб хато рӯй дод. Аз нав кӯшиш кунед.",
    layers: (names, sentence) =>
      names.length ? `${names.join(", ")}: бор нашуд. ${sentence}` : sentence,
    ledger: "Изҳорот ва рӯйдодҳо дар миқёси вақт",
    relief: "Релеф бор нашуд. Қисми дигари харита дар ҷояш аст.",
    link: (what) =>
      `Қисми пайванд хонда нашуд, харита маъмулиро нишон медиҳад: ${what}. Рӯз чунин навишта мешавад: 2012-01-31; масофа бо метр ё чунин: 50km.`,
    tiles: (title) =>
      `${title}: як қисмаш кашида нашуд. Дар он ҷо аз нишондодаи харита бештар буда метавонад.`,
    map: (what) => `Як қисми харита бор нашуд: ${what}`,
    language: (name) => `Матнҳо бо забони «${name}» бор нашуданд. Аз нав кӯшиш кунед.`,
    noMap:
      "Харита танҳо ҳамчун сурате бор шуд, ки онро ҷунбондан мумкин нест. Рӯйхат ва ҷустуҷӯ кор мекунанд.",
    webgl:
      "Ин браузер харитаро ҳамчун сурате нишон медиҳад, ки онро ҷунбондан мумкин нест (барои ин WebGL лозим аст). Рӯйхат ва ҷустуҷӯ кор мекунанд.",
    secondMap: "Ин браузер харитаи дуюмро барои муқоиса кашида наметавонад: WebGL намерасад.",
  },

  map: {
    label: "Харитаи сарҳадҳо, анклавҳо ва минтақаҳое, ки дар бораашон хабар ҳаст",
    zoomIn: "Наздик кардан",
    zoomOut: "Дур кардан",
    kilometre: "км",
    metre: "м",
    attribution: "Маълумоти харита",
    extentUnknown: "андозааш номаълум",
    notSketched: (titles: string) => `Дар ин сурат нест: ${titles}.`,
    loading: "Харита бор мешавад…",
  },

  legend: {
    title: "Аломатҳои шартӣ",
    scope: "Он чи дар харита намоён аст",
    nothing: "Ҳоло чизе намоён нест.",
    capped: (n, of) =>
      of === null
        ? `Танҳо аввалинҳо нишон дода шудаанд: ${number(n)}`
        : `Танҳо аввалинҳо нишон дода шудаанд: ${number(n)} аз ${number(of)}`,
    names: { ...words.legendNames, ...time.looks },
  },

  layers: {
    title: "Қабатҳо",
    names: {
      reports: "Минтақаҳое, ки дар бораашон хабар ҳаст",
      borders: "Сарҳадҳо",
      enclaves: "Анклавҳо",
      settlements: "Маҳалҳои аҳолинишин",
      own: "Қабатҳои дигар",
      ground: "Кишварҳо, ноҳияҳо, обанборҳо",
      relief: "Релеф",
    },
    hidden: (names) => `Мувофиқи интихоб дар аломатҳои шартӣ нишон дода нашудааст: ${names}.`,
    reportsHidden: "Дар ҷое ки харита хабар нишон намедиҳад, хабар буда метавонад.",
    showAll: "Ҳамаи қабатҳоро нишон додан",
  },

  clock: {
    label: "Миқёси вақт",
    date: "Сана",
    slider: "Сана дар миқёси вақт",
    previous: "Рӯйдоди пештара",
    next: "Рӯйдоди навбатӣ",
    today: "Имрӯз",
    known: "Маълум то рӯзи",
    knownHelp:
      "Дар ҳамаи ҷавобҳо он чи баъд аз ин рӯз ё маълум нест кай хабар дода шудааст, намеояд: харита чунон ки он вақт кашидан мумкин буд.",
    everything: "Ҳама чизи маълум",
    knownOn: (on) => `аз рӯи маълумот то ${day(on)}`,
    undated: (n) => `бе сана, бинобар ин дар хат нест: ${number(n)}`,
    event: "Рӯйдод",
    claim: "Изҳорот",
    changes: (names) => `Тағйирот дар харита: ${names}`,
    more: (n) => `ва боз ${number(n)}`,
    notADate: "Рӯзро ба шакли сол-моҳ-рӯз нависед.",
    tooEarly: "Қабул нашуд: дар миқёси вақт солҳо аз соли 1000 оғоз мешаванд.",
    notYet: "Аз имрӯз сар карда, ҳама чизи маълум нишон дода мешавад.",
  },

  near,
  time,
  circle,
  compare,
  take,
  sheet,

  distance,
  bearing: windOf([
    "шимол",
    "шимолу шарқ",
    "шарқ",
    "ҷанубу шарқ",
    "ҷануб",
    "ҷанубу ғарб",
    "ғарб",
    "шимолу ғарб",
  ]),

  panel: {
    label: "Чӣ маълум аст",
    back: "Бозгашт ба рӯйхат",
    backNear: "Бозгашт ба ҷавоб",
    backSpot: "Бозгашт ба он чи дар ин ҷост",
    show: "Дар харита нишон додан",
    areas: (on) => `Минтақаҳое, ки дар бораашон хабар ҳаст, дар рӯзи ${day(on)}`,
    noAreas:
      "То ин сана дар бораи ягон минтақа хабаре нест. Ин исбот намекунад, ки замин аз мина тоза аст.",
    noAreaLayer:
      "Дар ин атлас қабати минтақаҳои хабардодашуда нест: он дар бораи минаҳо чизе намегӯяд, ва ин исбот намекунад, ки замин аз онҳо тоза аст.",
    more: (n) => `ва боз ${number(n)}, дар харита ва дар файли боргирӣ`,
    inView: (listed, matched, all) =>
      `Дар намоиши харита: ${number(matched)} аз ${number(all)}.${listed < matched ? ` Дар рӯйхат ${number(listed)} аввалин.` : ""}`,
    whole: "Ба тамоми кишвар ё тамоми ноҳия дахл дорад",
    wholeNote: "Дар харита сабук хат кашида шудааст; хабар дар бораи тамоми он аст.",
    unlocated: "Ҷой нишон дода нашудааст",
    unlocatedNote:
      "Хабар дода шудааст, вале ягон манбаъ намегӯяд, ки дар куҷо: дар харита нишон дода нашудааст.",
    enclaves: (on) => `Анклавҳо дар рӯзи ${day(on)}`,
    noEnclaves: "Дар ин сана дар харита анклав нест.",
    borders: (on) => `Сарҳадҳо дар рӯзи ${day(on)}`,
    noBorders: "Дар ин сана дар харита сарҳад нест.",
    chooser: "Дар ин ҷо якчанд чиз ҳаст",
    chooserOne: "Дар ин ҷо чӣ ҳаст",
    chooserNone: "Дар ин ҷо чизе нишон дода нашудааст",
    chooserNoneHelp: "Ҷои холӣ дар харита исбот намекунад, ки замин аз мина тоза аст.",
    covering: "Ин нуқтаро дар бар мегирад",
    close: "Пӯшидан",
    gone: (name, on) => `${name}: дар харита нест (${day(on)}).`,
    ended: (end) => `Анҷомаш: ${end}.`,
    begins: (start) => `Оғозаш: ${start}.`,
    beginsAgain: (start) => `Оғози дуборааш: ${start}.`,
    notFound: "Ин дар атлас нест ё дар он рӯз маълум набуд.",
    waiting: "Ҷустуҷӯ…",
    source: "Манбаи геометрия",
    inWordsOf: (language) =>
      `Изҳорот, сарлавҳаҳо ва эзоҳҳо бо суханони худи атлас оварда мешаванд (${language}).`,
  },

  facts: {
    status: "Вазъият",
    parties: "Дар байни",
    asMapped: "Аз рӯи харитаи",
    validity: "Барои давраи",
    always: "санаҳо нишон дода нашудаанд",
    administered: "Идора мекунад",
    surrounded: "Иҳота кардааст",
    area: "Масоҳат",
    km2: (n) => `${number(n)} км²`,
    located: "Асоси мавқеъ",
    reach: "Хатои эҳтимолӣ",
    reachReason: "Чаро",
    extent: "Андоза",
    extentUnknown: "номаълум",
    extentKnown: "маълум",
    hazards: "Хатар",
    precision: "Дақиқии ҷой",
    precisionOf: (n) => `${n} аз 7 (1 — дақиқ)`,
    country: "Кишвар",
    population: "Аҳолӣ",
    names: "Номҳо",
    notes: "Эзоҳ",
    origin: "Ғайр аз ҳуҷҷати аввал",
    enrichment: "аз маводи дигари кушода илова шудааст",
  },

  status: {
    madePublic: (reported) => `Ошкор шудааст: ${reported}`,
    through: (reporter) => `хабардиҳанда: ${reporter}`,
    contested: (own) =>
      own > 0
        ? `Баҳсталаб: ${count(own, "зиддият ё номувофиқатӣ")} ба изҳороти маҳз дар бораи ин минтақа дахл дорад.`
        : "Баҳсталаб, вале на аз рӯи зиддият ё номувофиқатие, ки ба изҳороти маҳз дар бораи ин минтақа дахл дошта бошад.",
    contestedAlone: "Баҳсталаб.",
    contestedMild: (n) =>
      `${count(n, "эзоҳ")} ба изҳорот дар бораи ин минтақа: фарқҳо, санаҳо, манбаъҳо`,
    contestedInherited: (n) =>
      `${count(n, "сабт")} оид ба изҳорот дар бораи минтақаҳои калонтаре, ки инро дар бар мегиранд`,
    titleOnly: "Танҳо аз сарлавҳа маълум: худи матн дида нашудааст.",
    unsureShort: "шояд ҳанӯз чунин набуд",
    titleOnlyShort: "танҳо аз сарлавҳа маълум",
    contestedShort: "баҳсталаб",
    noClaim: "Изҳороти касе нест: то ин сана дар бораи ин минтақа хабаре маълум нест.",
  },

  timeline: {
    title: "Хронология",
    empty: "Дар феҳрист дар ин бора изҳорот ё рӯйдод нест. Ин дар бораи худи замин чизе намегӯяд.",
    undated: "сана нишон дода нашудааст",
    reported: (when) => `ошкор шудааст: ${when}`,
    claimant: "Кӣ изҳор кард",
    reporter: "Кӣ хабар дод",
    laidBy: "Кӣ гузошт",
    clearedBy: "Кӣ тоза кард",
    verifiedBy: "Кӣ санҷид",
    hazard: "Хатар",
    evidence: "Далел",
    titleOnly: "Танҳо аз сарлавҳа маълум.",
    inherited: "Изҳорот дар бораи минтақаи калонтаре, ки инро дар бар мегирад",
    inheritedHelp: "Онҳо алоҳида дар бораи ин минтақа нестанд.",
    contradicted: "Ба ин зид аст",
    unlocatedMore: (n) =>
      `Боз ${count(n, "изҳорот")} ҷойро нишон намедиҳад ва метавонад ба замини ин ҷо ё ҳар ҷои дигар дахл дошта бошад.`,
    unlocated: "Дар бораи минтақаҳое, ки ҷояшонро ягон манбаъ нишон намедиҳад",
    unlocatedHelp: "Онҳо метавонанд дар ҳар ҷой, аз ҷумла дар ин ҷо, бошанд.",
    sources: "Манбаъҳо",
    noSource: "манбаъ сабт нашудааст",
    parties: "Тарафҳо",
    state: "Ҳолат",
    figures: "Рақамҳо",
    enrichment: "Аз маводи дигари кушода илова шудааст.",
    later: "баъд аз рӯзи миқёс",
    opensElsewhere: "(дар варақаи нав кушода мешавад)",
  },

  dates: {
    since: (from) => `аз ${from}`,
    until: (to) => `то ${to}`,
    span: (from, to) => `аз ${from} то ${to}`,
    about: (date) => `тақрибан ${date}`,
    perhaps: (date) => `${date} (номуайян)`,
    open: "дар ҳар вақт",
  },
};
