// Картанын бардык сөздөрү кыргызча. The shape is that of the English catalogue; what is not
// certain stands in review.ts. Names and dates of the data take no endings, so that sentences are
// built round them.
import type { Catalogue } from "..";
import { countriesOf, daysWith, plain, windOf, wordsOf } from "../grammar";
import { circle } from "./circle";
import { compare } from "./compare";
import { near } from "./near";
import { count, distance, number } from "./numbers";
import { sheet, take } from "./take";
import { time } from "./time";
import * as words from "./words";

const country = countriesOf(["ky", "ru"], words.countries);
const day = daysWith(words.months, (date, month, year) => `${year}-ж. ${date}-${month}`);

export const ky: Catalogue = {
  title: "demarc",
  country,
  countries: (codes) =>
    codes
      .split(/\s*,\s*/)
      .map(country)
      .join(" жана "),
  number,
  day,
  reportedAs: wordsOf(words.reportedAs, (status) => `Кабарланган: ${plain(status)}`),
  borderStatus: wordsOf(words.borderStatus, (status) => `Кабарланган: ${plain(status)}`),
  basis: wordsOf(words.basis),
  evidence: wordsOf(words.evidence),
  hazard: wordsOf(words.hazards),
  kind: wordsOf(words.kinds, () => "Объект"),
  eventKind: wordsOf(words.eventKinds),
  eventState: wordsOf(words.eventStates),
  contradiction: wordsOf(words.contradictions),
  enclaveOf: (administered, surrounded) =>
    `Анклав: башкарат — ${administered}; курчап турат — ${surrounded}`,
  by: (who) => `билдирген: ${who}`,
  unnamed: "Аталышы жок",

  notice:
    "Кабардын жоктугу жердин минадан таза экенин далилдебейт. Ар кандай кыймылдан мурда улуттук ыйгарым укуктуу органга кайрылыңыз. Көрсөтүлгөн чек аралар эч нерсени ырастабайт.",
  translation:
    "Бул котормону минага каршы иштин адистери али текшере элек. Күмөн болсо, англисче текстти караңыз.",

  language: "Тил",
  theme: { dark: "Кара түстөр", light: "Ачык түстөр" },

  loading: "Жүктөлүүдө…",
  retry: "Кайра аракет кылуу",
  errors: {
    unreachable: "Кызматка жетүү мүмкүн эмес. Байланышты текшерип, кайра аракет кылыңыз.",
    busy: (seconds) =>
      `Кызмат азыр суроо кабыл албайт. ${seconds === null ? "Бир аз" : count(seconds, "секунд")} күтүп, кайра аракет кылыңыз.`,
    unreadable: "Кызматтын жообун окуу мүмкүн болгон жок. Кайра аракет кылыңыз.",
    status: (status) =>
      status === 404
        ? "Суралган нерсе кызматка белгисиз."
        : `Кызмат суроону четке какты (${status}).`,
    refused: (status, detail) => `Кызмат суроону четке какты (${status}). Анын сөзү: ${detail}`,
    unexpected: "Жоопту окууда ката кетти. Кайра аракет кылыңыз.",
    layers: (names, sentence) =>
      names.length ? `${names.join(", ")}: жүктөлгөн жок. ${sentence}` : sentence,
    ledger: "Убакыт шкаласындагы билдирүүлөр жана окуялар",
    relief: "Рельеф жүктөлгөн жок. Картанын калганы ордунда.",
    link: (what) =>
      `Шилтеменин бир бөлүгү окулган жок, карта кадимкисин көрсөтүп турат: ${what}. Күн мындай жазылат: 2012-01-31; аралык метр менен же мындай: 50km.`,
    tiles: (title) =>
      `${title}: бир бөлүгү тартылган жок. Картада көрсөтүлгөндөн көп болушу мүмкүн.`,
    map: (what) => `Картанын бир бөлүгү жүктөлгөн жок: ${what}`,
    language: (name) => `«${name}» тилиндеги сөздөр жүктөлгөн жок. Кайра аракет кылыңыз.`,
    noMap: "Карта жылдырылбай турган сүрөт катары гана жүктөлдү. Тизме жана издөө иштейт.",
    webgl:
      "Бул браузер картаны жылдырылбай турган сүрөт катары көрсөтөт (жылдыруу үчүн WebGL керек). Тизме жана издөө иштейт.",
    secondMap: "Бул браузер салыштыруу үчүн экинчи картаны тарта албайт: WebGL жетишпейт.",
  },

  map: {
    label: "Чек аралардын, анклавдардын жана кабарланган аймактардын картасы",
    zoomIn: "Жакындатуу",
    zoomOut: "Алыстатуу",
    kilometre: "км",
    metre: "м",
    attribution: "Картанын маалыматы",
    extentUnknown: "өлчөмү белгисиз",
    notSketched: (titles: string) => `Бул сүрөттө жок: ${titles}.`,
    loading: "Карта жүктөлүүдө…",
  },

  legend: {
    title: "Шарттуу белгилер",
    scope: "Картада көрүнгөндөр",
    nothing: "Азырынча эч нерсе көрүнбөйт.",
    capped: (n, of) =>
      of === null
        ? `Алгачкылары гана көрсөтүлгөн: ${number(n)}`
        : `Алгачкылары гана көрсөтүлгөн: ${number(of)} ичинен ${number(n)}`,
    names: { ...words.legendNames, ...time.looks },
  },

  layers: {
    title: "Катмарлар",
    names: {
      reports: "Кабарланган аймактар",
      borders: "Чек аралар",
      enclaves: "Анклавдар",
      settlements: "Калктуу конуштар",
      own: "Башка катмарлар",
      ground: "Өлкөлөр, райондор, суулар",
      relief: "Рельеф",
    },
    hidden: (names) => `Шарттуу белгилерде тандалгандай, картада көрсөтүлгөн эмес: ${names}.`,
    reportsHidden: "Картада кабар көрүнбөгөн жерде да кабар болушу мүмкүн.",
    showAll: "Бардык катмарларды көрсөтүү",
  },

  clock: {
    label: "Убакыт шкаласы",
    date: "Күнү",
    slider: "Убакыт шкаласындагы күн",
    previous: "Мурунку окуя",
    next: "Кийинки окуя",
    today: "Бүгүн",
    known: "Ошол күнү белгилүү",
    knownHelp:
      "Ушул күндөн кийин же качан экени белгисиз кабарлангандар бардык жооптордон алынып салынат: карта ошондо кандай тартылмак болсо, ошондой.",
    everything: "Белгилүүнүн баары",
    knownOn: (on) => `белгилүү болгону (${day(on)})`,
    undated: (n) => `датасы жок, ошондуктан сызыкта эмес: ${number(n)}`,
    event: "Окуя",
    claim: "Билдирүү",
    changes: (names) => `Картадагы өзгөрүүлөр: ${names}`,
    more: (n) => `дагы ${number(n)}`,
    notADate: "Күндү жыл-ай-күн түрүндө жазыңыз.",
    tooEarly: "Кабыл алынган жок: убакыт шкаласында жылдар 1000-жылдан башталат.",
    notYet: "Бүгүнтөн баштап белгилүүнүн баары көрсөтүлөт.",
  },

  near,
  time,
  circle,
  compare,
  take,
  sheet,

  distance,
  bearing: windOf([
    "түндүк",
    "түндүк-чыгыш",
    "чыгыш",
    "түштүк-чыгыш",
    "түштүк",
    "түштүк-батыш",
    "батыш",
    "түндүк-батыш",
  ]),

  panel: {
    label: "Эмне белгилүү",
    back: "Тизмеге кайтуу",
    backNear: "Жоопко кайтуу",
    backSpot: "Бул жердегилерге кайтуу",
    show: "Картада көрсөтүү",
    areas: (on) => `Кабарланган аймактар (${day(on)})`,
    noAreas:
      "Бул күнгө карата бир да аймак жөнүндө кабар жок. Кабардын жоктугу жердин минадан таза экенин далилдебейт.",
    noAreaLayer:
      "Бул атласта кабарланган аймактардын катмары жок: ал миналар жөнүндө эч нерсе айтпайт, жана анын унчукпаганы жердин алардан таза экенин далилдебейт.",
    more: (n) => `дагы ${number(n)}, картада жана жүктөлмөдө`,
    inView: (listed, matched, all) =>
      `Картанын көрүнүп турган жеринде: ${number(all)} ичинен ${number(matched)}.${listed < matched ? ` Тизмеде алгачкы ${number(listed)}.` : ""}`,
    whole: "Бүтүндөй өлкөгө же районго тиешелүү",
    wholeNote: "Картада жеңил штрихтелген; кабар анын баары жөнүндө.",
    unlocated: "Орду көрсөтүлгөн эмес",
    unlocatedNote:
      "Кабарланган, бирок кайда экенин эч бир булак айтпайт: картада көрсөтүлгөн эмес.",
    enclaves: (on) => `Анклавдар (${day(on)})`,
    noEnclaves: "Бул күнгө картада анклав жок.",
    borders: (on) => `Чек аралар (${day(on)})`,
    noBorders: "Бул күнгө картада чек ара жок.",
    chooser: "Бул жерде бир нече нерсе бар",
    chooserOne: "Бул жерде эмне бар",
    chooserNone: "Бул жерде эч нерсе белгиленген эмес",
    chooserNoneHelp: "Картадагы бош жер ал жердин минадан таза экенин далилдебейт.",
    covering: "Бул чекитти камтыйт",
    close: "Жабуу",
    gone: (name, on) => `${name}: картада жок (${day(on)}).`,
    ended: (end) => `Аяктаганы: ${end}.`,
    begins: (start) => `Башталышы: ${start}.`,
    beginsAgain: (start) => `Кайра башталышы: ${start}.`,
    notFound: "Бул атласта жок же ошол күнү белгилүү болгон эмес.",
    waiting: "Изделүүдө…",
    source: "Геометриянын булагы",
    inWordsOf: (language) =>
      `Билдирүүлөр, аталыштар жана эскертүүлөр атластын өз сөзү менен берилет (${language}).`,
  },

  facts: {
    status: "Статусу",
    parties: "Ортосунда",
    asMapped: "Картага түшүрүлгөн күнү",
    validity: "Көрсөтүлгөн мезгили",
    always: "күндөрү көрсөтүлгөн эмес",
    administered: "Башкарат",
    surrounded: "Курчап турат",
    area: "Аянты",
    km2: (n) => `${number(n)} км²`,
    located: "Ордунун негизи",
    reach: "Ордунун мүмкүн болгон катасы",
    reachReason: "Эмне үчүн",
    extent: "Өлчөмү",
    extentUnknown: "белгисиз",
    extentKnown: "белгилүү",
    hazards: "Коркунуч",
    precision: "Ордунун тактыгы",
    precisionOf: (n) => `7 ичинен ${n} (1 — так)`,
    country: "Өлкө",
    population: "Калкы",
    names: "Аталыштары",
    notes: "Эскертүү",
    origin: "Биринчи документтен тышкары",
    enrichment: "башка ачык материалдардан кошулган",
  },

  status: {
    madePublic: (reported) => `Жарыяланганы: ${reported}`,
    through: (reporter) => `кабарлаган: ${reporter}`,
    contested: (own) =>
      own > 0
        ? `Талаш: так ушул аймак жөнүндөгү билдирүүлөргө тиешелүү ${count(own, "карама-каршылык же дал келбөө")} бар.`
        : "Талаш, бирок так ушул аймак жөнүндөгү билдирүүлөргө тиешелүү карама-каршылык же дал келбөө жок.",
    contestedAlone: "Талаш.",
    contestedMild: (n) =>
      `Бул аймак жөнүндөгү билдирүүлөргө ${count(n, "эскертүү")}: айырмалар, күндөр, булактар`,
    contestedInherited: (n) =>
      `Бул аймакты камтыган чоңураак аймактар жөнүндөгү билдирүүлөр боюнча ${count(n, "жазуу")}`,
    titleOnly: "Аталышынан гана белгилүү: тексттин өзү каралган эмес.",
    unsureShort: "али андай болбогон болушу мүмкүн",
    titleOnlyShort: "аталышынан гана белгилүү",
    contestedShort: "талаш",
    noClaim: "Эч кимдин билдирүүсү эмес: бул күнгө карата бул аймак жөнүндө кабар белгилүү эмес.",
  },

  timeline: {
    title: "Хронология",
    empty:
      "Реестрде бул жөнүндө билдирүү же окуя жок. Жазуунун жоктугу жердин өзү жөнүндө эч нерсе айтпайт.",
    undated: "күнү көрсөтүлгөн эмес",
    reported: (when) => `жарыяланганы: ${when}`,
    claimant: "Ким билдирген",
    reporter: "Ким кабарлаган",
    laidBy: "Ким койгон",
    clearedBy: "Ким тазалаган",
    verifiedBy: "Ким текшерген",
    hazard: "Коркунуч",
    evidence: "Далил",
    titleOnly: "Аталышынан гана белгилүү.",
    inherited: "Бул аймакты камтыган чоңураак аймак жөнүндөгү билдирүүлөр",
    inheritedHelp: "Алар өзүнчө бул аймак жөнүндө эмес.",
    contradicted: "Буга каршы турат",
    unlocatedMore: (n) =>
      `Дагы ${count(n, "билдирүү")} ордун көрсөтпөйт жана ушул жердеги же каалаган башка жердеги жерге тиешелүү болушу мүмкүн.`,
    unlocated: "Ордун эч бир булак көрсөтпөгөн аймактар жөнүндө",
    unlocatedHelp: "Алар каалаган жерде, анын ичинде ушул жерде да болушу мүмкүн.",
    sources: "Булактар",
    noSource: "булак жазылган эмес",
    parties: "Тараптар",
    state: "Абалы",
    figures: "Сандар",
    enrichment: "Башка ачык материалдардан кошулган.",
    later: "шкаладагы күндөн кийин",
    opensElsewhere: "(жаңы өтмөктө ачылат)",
  },

  dates: {
    since: (from) => `башталышы ${from}`,
    until: (to) => `аягы ${to}`,
    span: (from, to) => `${from} – ${to}`,
    about: (date) => `болжол менен ${date}`,
    perhaps: (date) => `${date} (так эмес)`,
    open: "каалаган убакта",
  },
};
