// Русские слова для значений данных. Terms of IMAS and of Protocol V in Russian. Part of the
// catalogue in index.ts.

type Words = Record<string, string>;

export const reportedAs: Words = {
  mined: "Сообщено: заминировано",
  suspected: "Сообщено: подозревается загрязнение взрывоопасными предметами",
  "mines-shifted": "Сообщено: мины сместились",
  "clearance-started": "Сообщено: разминирование начато",
  "partially-cleared": "Сообщено: разминировано частично",
  cleared: "Сообщено: разминировано",
  "verified-free": "Сообщено: проверено, свободно от мин",
  "no-mines": "Сообщено: мин нет",
  unknown: "Сообщено: неизвестно",
  "no-further-information": "Сообщено: дальнейших сведений нет",
  "no-reports": "Сообщений на эту дату нет",
};

export const borderStatus: Words = {
  delimited: "Сообщено: делимитирована (согласована на бумаге)",
  demarcated: "Сообщено: демаркирована (обозначена на местности)",
  disputed: "Сообщено: спорная",
  unstated: "Статус не указан",
};

export const basis: Words = {
  surveyed: "контур по обследованию",
  settlement: "точка населённого пункта, названного в сообщении",
  "enclave-perimeter": "периметр анклава, названного в сообщении",
  "border-stretch": "участок границы, названный в сообщении",
  district: "весь район, названный в сообщении",
  country: "вся страна, названная в сообщении",
  unlocated: "положение не определено: ни одно сообщение не говорит, где это",
};

export const evidence: Words = {
  direct: "прямые доказательства",
  indirect: "косвенные доказательства",
  none: "доказательства не приведены",
};

export const hazards: Words = {
  "ap-mines": "противопехотные мины",
  mines: "мины",
  uxo: "неразорвавшиеся боеприпасы (НРБ)",
  erw: "взрывоопасные пережитки войны (ВПВ)",
};

export const kinds: Words = {
  border: "Граница",
  territory: "Территория",
  enclave: "Анклав",
  "reported-area": "Район, о котором есть сообщения",
  settlement: "Населённый пункт",
  context: "Объект",
  plain: "Объект",
};

export const eventKinds: Words = {
  agreement: "соглашение",
  protocol: "протокол",
  treaty: "договор",
  ratification: "ратификация",
  declaration: "декларация",
  "land-swap": "обмен землями",
  handover: "передача",
  resettlement: "переселение",
  "mine-laying": "установка мин",
  clearance: "разминирование",
  verification: "проверка",
  incident: "происшествие",
  training: "обучение",
  announcement: "объявление",
  meeting: "встреча",
  process: "процесс",
  deployment: "развёртывание",
  plan: "план",
  history: "история",
};

export const eventStates: Words = {
  signed: "подписано",
  ratified: "ратифицировано",
  "in-force": "в силе",
  "carried-out": "выполнено",
  "under-way": "выполняется",
  superseded: "заменено другим",
  announced: "объявлено",
  reported: "сообщено",
  asserted: "утверждается",
};

export const contradictions: Words = {
  contradiction: "противоречие",
  tension: "расхождение по смыслу",
  difference: "различие",
  time: "время",
  attribution: "кому приписано",
  internal: "внутри источника",
  "source-weakness": "слабый источник",
  "open-ended": "не завершено",
};

export const legendNames: Words = {
  "border-delimited": "Граница, по сообщениям делимитирована",
  "border-demarcated": "Граница, по сообщениям демаркирована",
  "border-disputed": "Граница, по сообщениям спорная",
  "border-unstated": "Граница, статус не указан",
  enclave: "Анклав",
  territory: "Территория, как на карте",
  "hazard-mined": "По сообщению заминировано",
  "hazard-suspected": "По сообщению подозревается",
  "clearance-under-way": "По сообщению разминирование начато или частичное",
  "clearance-claimed": "Заявлено разминирование (только заявлено)",
  unknown: "Неизвестно или сообщений нет",
  contested: "Противоречивые утверждения",
  reach: "Протяжённость неизвестна: до этой черты",
  covers: "Целая страна или целый административный район",
  near: "Радиус вопроса",
  selected: "Выбранный объект",
  settlement: "Населённый пункт",
  water: "Водоём",
  river: "Река",
  district: "Административный район",
};

/** Where the browser's own names are not those of the region itself. */
export const countries: Words = {
  KG: "Кыргызстан",
};
