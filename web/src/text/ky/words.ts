// Маалыматтагы маанилердин кыргызча сөздөрү. Part of the catalogue in index.ts.

type Words = Record<string, string>;

export const reportedAs: Words = {
  mined: "Миналанган деп кабарланган",
  suspected: "Жарылуучу буюмдар менен булганганы шектүү деп кабарланган",
  "mines-shifted": "Миналар жылып кеткен деп кабарланган",
  "clearance-started": "Минадан тазалоо башталган деп кабарланган",
  "partially-cleared": "Минадан жарым-жартылай тазаланган деп кабарланган",
  cleared: "Минадан тазаланган деп кабарланган",
  "verified-free": "Текшерилген, минадан таза деп кабарланган",
  "no-mines": "Мина жок деп кабарланган",
  unknown: "Белгисиз деп кабарланган",
  "no-further-information": "Кошумча маалымат жок деп кабарланган",
  "no-reports": "Бул күнгө карата кабар жок",
};

export const borderStatus: Words = {
  delimited: "Делимитацияланган (кагазда макулдашылган) деп кабарланган",
  demarcated: "Демаркацияланган (жер үстүндө белгиленген) деп кабарланган",
  disputed: "Талаштуу деп кабарланган",
  unstated: "Статусу көрсөтүлгөн эмес",
};

export const basis: Words = {
  surveyed: "изилдөөдөн алынган контур",
  settlement: "кабарда аталган калктуу конуштун чекити",
  "enclave-perimeter": "кабарда аталган анклавдын периметри",
  "border-stretch": "кабарда аталган чек ара тилкеси",
  district: "кабарда аталган бүтүндөй район",
  country: "кабарда аталган бүтүндөй өлкө",
  unlocated: "орду аныкталган эмес: кайда экенин эч бир кабар айтпайт",
};

export const evidence: Words = {
  direct: "түз далил",
  indirect: "кыйыр далил",
  none: "далил келтирилген эмес",
};

export const hazards: Words = {
  "ap-mines": "жөө аскерге каршы миналар",
  mines: "миналар",
  uxo: "жарылбай калган ок-дарылар (UXO)",
  erw: "согуштан калган жарылуучу калдыктар (ERW)",
};

export const kinds: Words = {
  border: "Чек ара",
  territory: "Мамлекеттин аймагы",
  enclave: "Анклав",
  "reported-area": "Кабарланган аймак",
  settlement: "Калктуу конуш",
  context: "Объект",
  plain: "Объект",
};

export const eventKinds: Words = {
  agreement: "макулдашуу",
  protocol: "протокол",
  treaty: "келишим",
  ratification: "ратификациялоо",
  declaration: "декларация",
  "land-swap": "жер алмашуу",
  handover: "өткөрүп берүү",
  resettlement: "көчүрүү",
  "mine-laying": "мина коюу",
  clearance: "минадан тазалоо",
  verification: "текшерүү",
  incident: "окуя",
  training: "окутуу",
  announcement: "жарыялоо",
  meeting: "жолугушуу",
  process: "жараян",
  deployment: "жайгаштыруу",
  plan: "план",
  history: "тарых",
};

export const eventStates: Words = {
  signed: "кол коюлган",
  ratified: "ратификацияланган",
  "in-force": "күчүндө",
  "carried-out": "аткарылган",
  "under-way": "аткарылууда",
  superseded: "башкасы менен алмаштырылган",
  announced: "жарыяланган",
  reported: "кабарланган",
  asserted: "ырасталат",
};

export const contradictions: Words = {
  contradiction: "карама-каршылык",
  tension: "дал келбөө",
  difference: "айырма",
  time: "убакыт",
  attribution: "кимге таандык кылынганы",
  internal: "булактын ичинде",
  "source-weakness": "алсыз булак",
  "open-ended": "аягына чыкпаган",
};

export const legendNames: Words = {
  "border-delimited": "Чек ара, делимитацияланган деп кабарланган",
  "border-demarcated": "Чек ара, демаркацияланган деп кабарланган",
  "border-disputed": "Чек ара, талаштуу деп кабарланган",
  "border-unstated": "Чек ара, статусу көрсөтүлгөн эмес",
  enclave: "Анклав",
  territory: "Мамлекеттин аймагы, картадагыдай",
  "hazard-mined": "Миналанган деп кабарланган",
  "hazard-suspected": "Шектүү деп кабарланган",
  "clearance-under-way": "Минадан тазалоо башталган же жарым-жартылай деп кабарланган",
  "clearance-claimed": "Тазаланган деп билдирилген (билдирүү гана)",
  unknown: "Белгисиз же кабар жок",
  contested: "Карама-каршы билдирүүлөр",
  reach: "Өлчөмү белгисиз: ушул сызыкка чейин",
  covers: "Бүтүндөй өлкө же район",
  near: "Суралган радиус",
  selected: "Тандалган нерсе",
  settlement: "Калктуу конуш",
  water: "Суу",
  river: "Дарыя",
  district: "Район",
};

export const months = [
  "январь",
  "февраль",
  "март",
  "апрель",
  "май",
  "июнь",
  "июль",
  "август",
  "сентябрь",
  "октябрь",
  "ноябрь",
  "декабрь",
];

export const countries: Words = {
  KG: "Кыргызстан",
  UZ: "Өзбекстан",
  TJ: "Тажикстан",
  KZ: "Казакстан",
  CN: "Кытай",
  AF: "Ооганстан",
  TM: "Түркмөнстан",
  RU: "Россия",
};
