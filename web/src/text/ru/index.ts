// Всё, что говорит карта, по-русски. The shape is that of the English catalogue; what is not
// certain stands in review.ts.
import type { Catalogue } from "..";
import { countriesOf, daysOf, plain, windOf, wordsOf } from "../grammar";
import { circle } from "./circle";
import { compare } from "./compare";
import { near } from "./near";
import { count, distance, number } from "./numbers";
import { sheet, take } from "./take";
import { time } from "./time";
import * as words from "./words";

const country = countriesOf(["ru"], words.countries);
const day = daysOf("ru");

export const ru: Catalogue = {
  title: "demarc",
  country,
  countries: (codes) =>
    codes
      .split(/\s*,\s*/)
      .map(country)
      .join(" и "),
  number,
  day,
  reportedAs: wordsOf(words.reportedAs, (status) => `Сообщено: ${plain(status)}`),
  borderStatus: wordsOf(words.borderStatus, (status) => `Сообщено: ${plain(status)}`),
  basis: wordsOf(words.basis),
  evidence: wordsOf(words.evidence),
  hazard: wordsOf(words.hazards),
  kind: wordsOf(words.kinds, () => "Объект"),
  eventKind: wordsOf(words.eventKinds),
  eventState: wordsOf(words.eventStates),
  contradiction: wordsOf(words.contradictions),
  enclaveOf: (administered, surrounded) =>
    `Анклав: управляется — ${administered}; окружён — ${surrounded}`,
  by: (who) => `по заявлению: ${who}`,
  unnamed: "Без названия",

  notice:
    "Отсутствие сообщений не доказывает, что земля свободна от мин. Перед любым передвижением обратитесь в национальный уполномоченный орган. Показанные границы ничего не подтверждают.",
  translation:
    "Этот перевод ещё не проверен специалистами по противоминной деятельности. В случае сомнений смотрите английский текст.",

  language: "Язык",
  theme: { dark: "Тёмные цвета", light: "Светлые цвета" },

  loading: "Загрузка…",
  retry: "Повторить",
  errors: {
    unreachable: "Служба недоступна. Проверьте соединение и повторите.",
    busy: (seconds) =>
      `Служба сейчас не принимает запросов. Подождите ${seconds === null ? "немного" : count(seconds, "секунду", "секунды", "секунд")} и повторите.`,
    unreadable: "Ответ службы не удалось прочитать. Повторите.",
    status: (status) =>
      status === 404
        ? "Службе неизвестно то, о чём спросили."
        : `Служба отклонила запрос (${status}).`,
    refused: (status, detail) => `Служба отклонила запрос (${status}). Её слова: ${detail}`,
    unexpected: "При чтении ответа произошла ошибка. Повторите.",
    layers: (names, sentence) =>
      names.length ? `${names.join(", ")}: не загружено. ${sentence}` : sentence,
    ledger: "Заявления и события на шкале времени",
    relief: "Рельеф не загрузился. Остальная карта на месте.",
    link: (what) =>
      `Часть ссылки не прочитана, карта показывает обычное: ${what}. Даты пишутся так: 2012-01-31, расстояния — в метрах или так: 50km.`,
    tiles: (title) =>
      `${title}: часть не удалось нарисовать. Там может быть больше, чем показано на карте.`,
    map: (what) => `Часть карты не загрузилась: ${what}`,
    language: (name) => `Тексты на языке «${name}» не загрузились. Повторите.`,
    noMap: "Карта загрузилась только картинкой, которую нельзя двигать. Список и поиск работают.",
    webgl:
      "Этот браузер показывает карту картинкой, которую нельзя двигать (для этого нужен WebGL). Список и поиск работают.",
    secondMap:
      "Этот браузер не может нарисовать вторую карту для сравнения: ему больше не хватает WebGL.",
  },

  map: {
    label: "Карта границ, анклавов и районов, о которых есть сообщения",
    zoomIn: "Приблизить",
    zoomOut: "Отдалить",
    kilometre: "км",
    metre: "м",
    attribution: "Данные карты",
    extentUnknown: "протяжённость неизвестна",
    notSketched: (titles: string) => `На этой картинке нет: ${titles}.`,
    loading: "Карта загружается…",
  },

  legend: {
    title: "Легенда",
    scope: "Что видно на карте",
    nothing: "Пока ничего не видно.",
    capped: (n, of) =>
      of === null
        ? `Показаны только первые ${number(n)}`
        : `Показаны только первые ${number(n)} из ${number(of)}`,
    names: { ...words.legendNames, ...time.looks },
  },

  layers: {
    title: "Слои",
    names: {
      reports: "Районы, о которых есть сообщения",
      borders: "Границы",
      enclaves: "Анклавы",
      settlements: "Населённые пункты",
      own: "Другие слои",
      ground: "Страны, районы, водоёмы",
      relief: "Рельеф",
    },
    hidden: (names) => `Не показано, как выбрано в легенде: ${names}.`,
    reportsHidden: "Там, где на карте нет сообщений, они могут быть.",
    showAll: "Показать все слои",
  },

  clock: {
    label: "Шкала времени",
    date: "Дата",
    slider: "Дата на шкале времени",
    previous: "Предыдущее событие",
    next: "Следующее событие",
    today: "Сегодня",
    known: "Известное на",
    knownHelp:
      "Во всех ответах опускается то, о чём сообщили после этого дня или неизвестно когда: карта, какой её можно было нарисовать тогда.",
    everything: "Всё известное",
    knownOn: (on) => `по сведениям на ${day(on)}`,
    undated: (n) => `без даты, и потому не на линии: ${number(n)}`,
    event: "Событие",
    claim: "Заявление",
    changes: (names) => `Изменения на карте: ${names}`,
    more: (n) => `и ещё ${number(n)}`,
    notADate: "Напишите день как год-месяц-число.",
    tooEarly: "Не принято: на шкале времени годы начинаются с 1000-го.",
    notYet: "Начиная с сегодняшнего дня показано всё известное.",
  },

  near,
  time,
  circle,
  compare,
  take,
  sheet,

  distance,
  bearing: windOf([
    "север",
    "северо-восток",
    "восток",
    "юго-восток",
    "юг",
    "юго-запад",
    "запад",
    "северо-запад",
  ]),

  panel: {
    label: "Что известно",
    back: "Назад к списку",
    backNear: "Назад к ответу",
    backSpot: "Назад к тому, что здесь",
    show: "Показать на карте",
    areas: (on) => `Районы, о которых есть сообщения, на ${day(on)}`,
    noAreas:
      "Ни об одном районе на эту дату сообщений нет. Это не доказывает, что земля свободна от мин.",
    noAreaLayer:
      "В этом атласе нет слоя районов, о которых есть сообщения: о минах он ничего не говорит, и это не доказывает, что земля свободна от них.",
    more: (n) => `и ещё ${number(n)}, на карте и в загрузке`,
    inView: (listed, matched, all) =>
      `В поле карты: ${number(matched)} из ${number(all)}.${listed < matched ? ` В списке первые ${number(listed)}.` : ""}`,
    whole: "Относится к целой стране или целому административному району",
    wholeNote: "На карте слегка заштриховано; сообщение говорит обо всей площади.",
    unlocated: "Место не указано",
    unlocatedNote: "Сообщено, но ни один источник не говорит где: на карте не показано.",
    enclaves: (on) => `Анклавы на ${day(on)}`,
    noEnclaves: "На эту дату на карте нет анклавов.",
    borders: (on) => `Границы на ${day(on)}`,
    noBorders: "На эту дату на карте нет границ.",
    chooser: "Здесь несколько объектов",
    chooserOne: "Что здесь",
    chooserNone: "Здесь ничего не показано",
    chooserNoneHelp: "Пустое место на карте не доказывает, что земля свободна от мин.",
    covering: "Охватывает эту точку",
    close: "Закрыть",
    gone: (name, on) => `${name}: на ${day(on)} на карте нет.`,
    ended: (end) => `Конец: ${end}.`,
    begins: (start) => `Начало: ${start}.`,
    beginsAgain: (start) => `Новое начало: ${start}.`,
    notFound: "Этого нет в атласе или на тот день это не было известно.",
    waiting: "Идёт поиск…",
    source: "Источник геометрии",
    inWordsOf: (language) =>
      `Утверждения, заголовки и примечания приводятся словами атласа (${language}).`,
  },

  facts: {
    status: "Статус",
    parties: "Между",
    asMapped: "По карте на",
    validity: "Показано за",
    always: "даты не указаны",
    administered: "Управляется",
    surrounded: "Окружён",
    area: "Площадь",
    km2: (n) => `${number(n)} км²`,
    located: "Положение по",
    reach: "Возможная погрешность",
    reachReason: "Почему",
    extent: "Протяжённость",
    extentUnknown: "неизвестна",
    extentKnown: "известна",
    hazards: "Опасность",
    precision: "Точность места",
    precisionOf: (n) => `${n} из 7 (1 — точно)`,
    country: "Страна",
    population: "Население",
    names: "Названия",
    notes: "Примечание",
    origin: "Сверх первого документа",
    enrichment: "добавлено из других открытых материалов",
  },

  status: {
    madePublic: (reported) => `Обнародовано: ${reported}`,
    through: (reporter) => `по сообщению: ${reporter}`,
    contested: (own) =>
      own > 0
        ? `Оспаривается: ${count(own, "противоречие или расхождение касается", "противоречия или расхождения касаются", "противоречий или расхождений касаются")} заявлений именно об этом районе.`
        : "Оспаривается, но не противоречием или расхождением, которое касалось бы заявлений именно об этом районе.",
    contestedAlone: "Оспаривается.",
    contestedMild: (n) =>
      `${count(n, "замечание", "замечания", "замечаний")} к заявлениям об этом районе: различия, даты, источники`,
    contestedInherited: (n) =>
      `${count(n, "запись", "записи", "записей")} о заявлениях про более крупные районы, куда входит этот`,
    titleOnly: "Известно только по заголовку: сам текст не просматривался.",
    unsureShort: "этого могло ещё не быть",
    titleOnlyShort: "известно только по заголовку",
    contestedShort: "оспаривается",
    noClaim: "Ничьё утверждение: на эту дату сообщений об этом районе не известно.",
  },

  timeline: {
    title: "Хронология",
    empty: "Заявлений и событий об этом в реестре нет. О самой земле это ничего не говорит.",
    undated: "дата не указана",
    reported: (when) => `обнародовано: ${when}`,
    claimant: "Кто заявил",
    reporter: "Кто сообщил",
    laidBy: "Кто установил",
    clearedBy: "Кто разминировал",
    verifiedBy: "Кто проверил",
    hazard: "Опасность",
    evidence: "Доказательства",
    titleOnly: "Известно только по заголовку.",
    inherited: "Заявления о более крупном районе, куда входит этот",
    inheritedHelp: "Они сделаны не об этом районе в отдельности.",
    contradicted: "Этому противоречит",
    unlocatedMore: (n) =>
      `Ещё ${count(n, "заявление не указывает места и может", "заявления не указывают места и могут", "заявлений не указывают места и могут")} относиться к земле здесь или где угодно.`,
    unlocated: "О районах, место которых ни один источник не указывает",
    unlocatedHelp: "Они могут лежать где угодно, в том числе и здесь.",
    sources: "Источники",
    noSource: "источник не записан",
    parties: "Стороны",
    state: "Состояние",
    figures: "Цифры",
    enrichment: "Добавлено из других открытых материалов.",
    later: "позже дня на шкале",
    opensElsewhere: "(откроется в новой вкладке)",
  },

  dates: {
    since: (from) => `с ${from}`,
    until: (to) => `по ${to}`,
    span: (from, to) => `с ${from} по ${to}`,
    about: (date) => `ок. ${date}`,
    perhaps: (date) => `${date} (неточно)`,
    open: "в любое время",
  },
};
