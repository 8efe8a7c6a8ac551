// Калимаҳои тоҷикӣ барои қиматҳои маълумот. Part of the catalogue in index.ts.

type Words = Record<string, string>;

export const reportedAs: Words = {
  mined: "Хабар дода шуд: минагузорӣ шудааст",
  suspected: "Хабар дода шуд: гумон аст, ки бо маводи тарканда олуда аст",
  "mines-shifted": "Хабар дода шуд: минаҳо ҷой иваз кардаанд",
  "clearance-started": "Хабар дода шуд: тозакунӣ аз мина оғоз шудааст",
  "partially-cleared": "Хабар дода шуд: қисман аз мина тоза шудааст",
  cleared: "Хабар дода шуд: аз мина тоза карда шудааст",
  "verified-free": "Хабар дода шуд: санҷида шудааст, аз мина тоза",
  "no-mines": "Хабар дода шуд: мина нест",
  unknown: "Хабар дода шуд: номаълум",
  "no-further-information": "Хабар дода шуд: маълумоти иловагӣ нест",
  "no-reports": "То ин сана хабаре нест",
};

export const borderStatus: Words = {
  delimited: "Хабар дода шуд: делимитатсия шудааст (дар коғаз мувофиқа шудааст)",
  demarcated: "Хабар дода шуд: демаркатсия шудааст (дар замин нишонагузорӣ шудааст)",
  disputed: "Хабар дода шуд: баҳсталаб",
  unstated: "Вазъият нишон дода нашудааст",
};

export const basis: Words = {
  surveyed: "контур аз рӯи таҳқиқот",
  settlement: "нуқтаи маҳалли аҳолинишине, ки дар хабар зикр шудааст",
  "enclave-perimeter": "периметри анклаве, ки дар хабар зикр шудааст",
  "border-stretch": "қитъаи сарҳаде, ки дар хабар зикр шудааст",
  district: "тамоми ноҳияе, ки дар хабар зикр шудааст",
  country: "тамоми кишваре, ки дар хабар зикр шудааст",
  unlocated: "мавқеъ муайян нест: ягон хабар намегӯяд, ки дар куҷост",
};

export const evidence: Words = {
  direct: "далели бевосита",
  indirect: "далели бавосита",
  none: "далел оварда нашудааст",
};

export const hazards: Words = {
  "ap-mines": "минаҳои зиддипиёданизом",
  mines: "минаҳо",
  uxo: "муҳиммоти нотаркида (UXO)",
  erw: "боқимондаҳои таркандаи ҷанг (ERW)",
};

export const kinds: Words = {
  border: "Сарҳад",
  territory: "Ҳудуд",
  enclave: "Анклав",
  "reported-area": "Минтақае, ки дар бораи он хабар ҳаст",
  settlement: "Маҳалли аҳолинишин",
  context: "Объект",
  plain: "Объект",
};

export const eventKinds: Words = {
  agreement: "созишнома",
  protocol: "протокол",
  treaty: "шартнома",
  ratification: "тасдиқ (ратификатсия)",
  declaration: "эъломия",
  "land-swap": "мубодилаи замин",
  handover: "супоридан",
  resettlement: "кӯчонидан",
  "mine-laying": "минагузорӣ",
  clearance: "тозакунӣ аз мина",
  verification: "санҷиш",
  incident: "ҳодиса",
  training: "омӯзиш",
  announcement: "эълон",
  meeting: "мулоқот",
  process: "раванд",
  deployment: "ҷойгиркунӣ",
  plan: "нақша",
  history: "таърих",
};

export const eventStates: Words = {
  signed: "имзо шудааст",
  ratified: "тасдиқ шудааст",
  "in-force": "дар эътибор",
  "carried-out": "иҷро шудааст",
  "under-way": "дар ҳоли иҷро",
  superseded: "бо дигаре иваз шудааст",
  announced: "эълон шудааст",
  reported: "хабар дода шудааст",
  asserted: "изҳор мешавад",
};

export const contradictions: Words = {
  contradiction: "зиддият",
  tension: "номувофиқатӣ",
  difference: "фарқ",
  time: "вақт",
  attribution: "ба кӣ нисбат дода шудааст",
  internal: "дар дохили манбаъ",
  "source-weakness": "манбаи заиф",
  "open-ended": "ба охир нарасида",
};

export const legendNames: Words = {
  "border-delimited": "Сарҳад, хабар дода шуд: делимитатсия шудааст",
  "border-demarcated": "Сарҳад, хабар дода шуд: демаркатсия шудааст",
  "border-disputed": "Сарҳад, хабар дода шуд: баҳсталаб",
  "border-unstated": "Сарҳад, вазъият нишон дода нашудааст",
  enclave: "Анклав",
  territory: "Ҳудуд, чунон ки дар харита",
  "hazard-mined": "Аз рӯи хабар минагузорӣ шудааст",
  "hazard-suspected": "Аз рӯи хабар гумонбар",
  "clearance-under-way": "Аз рӯи хабар тозакунӣ оғозшуда ё қисман",
  "clearance-claimed": "Тозашуда изҳор шудааст (танҳо изҳорот)",
  unknown: "Номаълум ё хабар нест",
  contested: "Изҳороти ба ҳам зид",
  reach: "Андозааш номаълум: то ин хат",
  covers: "Тамоми кишвар ё тамоми ноҳия",
  near: "Радиуси пурсидашуда",
  selected: "Объекти интихобшуда",
  settlement: "Маҳалли аҳолинишин",
  water: "Обанбор",
  river: "Дарё",
  district: "Ноҳия",
};

export const months = [
  "январи",
  "феврали",
  "марти",
  "апрели",
  "майи",
  "июни",
  "июли",
  "августи",
  "сентябри",
  "октябри",
  "ноябри",
  "декабри",
];

export const countries: Words = {
  TJ: "Тоҷикистон",
  KG: "Қирғизистон",
  UZ: "Ӯзбекистон",
  KZ: "Қазоқистон",
  CN: "Чин",
  AF: "Афғонистон",
  TM: "Туркманистон",
  RU: "Русия",
};
