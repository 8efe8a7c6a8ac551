// Maʼlumotdagi qiymatlarning oʻzbekcha soʻzlari. Part of the catalogue in index.ts.

type Words = Record<string, string>;

export const reportedAs: Words = {
  mined: "Minalangan deb xabar qilingan",
  suspected: "Portlovchi narsalar bilan ifloslangani gumon qilinadi deb xabar qilingan",
  "mines-shifted": "Minalar siljigan deb xabar qilingan",
  "clearance-started": "Minalardan tozalash boshlangan deb xabar qilingan",
  "partially-cleared": "Minalardan qisman tozalangan deb xabar qilingan",
  cleared: "Minalardan tozalangan deb xabar qilingan",
  "verified-free": "Tekshirilgan, minalardan xoli deb xabar qilingan",
  "no-mines": "Mina yoʻq deb xabar qilingan",
  unknown: "Nomaʼlum deb xabar qilingan",
  "no-further-information": "Qoʻshimcha maʼlumot yoʻq deb xabar qilingan",
  "no-reports": "Bu sanaga xabar yoʻq",
};

export const borderStatus: Words = {
  delimited: "Delimitatsiya qilingan (qogʻozda kelishilgan) deb xabar qilingan",
  demarcated: "Demarkatsiya qilingan (joyda belgilangan) deb xabar qilingan",
  disputed: "Bahsli deb xabar qilingan",
  unstated: "Holati koʻrsatilmagan",
};

export const basis: Words = {
  surveyed: "tekshiruvda olingan kontur",
  settlement: "xabarda aytilgan aholi punktining nuqtasi",
  "enclave-perimeter": "xabarda aytilgan anklav perimetri",
  "border-stretch": "xabarda aytilgan chegara boʻlagi",
  district: "xabarda aytilgan butun tuman",
  country: "xabarda aytilgan butun mamlakat",
  unlocated: "oʻrni aniqlanmagan: qayerdaligini hech bir xabar aytmaydi",
};

export const evidence: Words = {
  direct: "bevosita dalil",
  indirect: "bilvosita dalil",
  none: "dalil keltirilmagan",
};

export const hazards: Words = {
  "ap-mines": "piyodalarga qarshi minalar",
  mines: "minalar",
  uxo: "portlamay qolgan oʻq-dorilar (UXO)",
  erw: "urushdan qolgan portlovchi qoldiqlar (ERW)",
};

export const kinds: Words = {
  border: "Chegara",
  territory: "Davlat hududi",
  enclave: "Anklav",
  "reported-area": "Xabar qilingan hudud",
  settlement: "Aholi punkti",
  context: "Obyekt",
  plain: "Obyekt",
};

export const eventKinds: Words = {
  agreement: "bitim",
  protocol: "protokol",
  treaty: "shartnoma",
  ratification: "ratifikatsiya",
  declaration: "deklaratsiya",
  "land-swap": "yer almashish",
  handover: "topshirish",
  resettlement: "koʻchirish",
  "mine-laying": "mina oʻrnatish",
  clearance: "minalardan tozalash",
  verification: "tekshirish",
  incident: "hodisa",
  training: "oʻqitish",
  announcement: "eʼlon",
  meeting: "uchrashuv",
  process: "jarayon",
  deployment: "joylashtirish",
  plan: "reja",
  history: "tarix",
};

export const eventStates: Words = {
  signed: "imzolangan",
  ratified: "ratifikatsiya qilingan",
  "in-force": "kuchda",
  "carried-out": "bajarilgan",
  "under-way": "bajarilmoqda",
  superseded: "boshqasi bilan almashtirilgan",
  announced: "eʼlon qilingan",
  reported: "xabar qilingan",
  asserted: "taʼkidlanadi",
};

export const contradictions: Words = {
  contradiction: "ziddiyat",
  tension: "nomuvofiqlik",
  difference: "farq",
  time: "vaqt",
  attribution: "kimga nisbat berilgani",
  internal: "manba ichida",
  "source-weakness": "zaif manba",
  "open-ended": "yakunlanmagan",
};

export const legendNames: Words = {
  "border-delimited": "Chegara, delimitatsiya qilingan deb xabar qilingan",
  "border-demarcated": "Chegara, demarkatsiya qilingan deb xabar qilingan",
  "border-disputed": "Chegara, bahsli deb xabar qilingan",
  "border-unstated": "Chegara, holati koʻrsatilmagan",
  enclave: "Anklav",
  territory: "Davlat hududi, xaritadagidek",
  "hazard-mined": "Minalangan deb xabar qilingan",
  "hazard-suspected": "Gumon qilinadi deb xabar qilingan",
  "clearance-under-way": "Tozalash boshlangan yoki qisman deb xabar qilingan",
  "clearance-claimed": "Tozalangan deb bildirilgan (faqat bayonot)",
  unknown: "Nomaʼlum yoki xabar yoʻq",
  contested: "Bir-biriga zid bayonotlar",
  reach: "Koʻlami nomaʼlum: shu chiziqqacha",
  covers: "Butun mamlakat yoki butun tuman",
  near: "Soʻralgan radius",
  selected: "Tanlangan obyekt",
  settlement: "Aholi punkti",
  water: "Suv havzasi",
  river: "Daryo",
  district: "Tuman",
};

export const months = [
  "yanvar",
  "fevral",
  "mart",
  "aprel",
  "may",
  "iyun",
  "iyul",
  "avgust",
  "sentabr",
  "oktabr",
  "noyabr",
  "dekabr",
];

export const countries: Words = {
  UZ: "Oʻzbekiston",
  KG: "Qirgʻiziston",
  TJ: "Tojikiston",
  KZ: "Qozogʻiston",
  CN: "Xitoy",
  AF: "Afgʻoniston",
  TM: "Turkmaniston",
  RU: "Rossiya",
};
