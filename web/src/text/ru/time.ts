// Время по-русски: what the map says about time. Part of the catalogue in index.ts.
import type { Catalogue } from "..";
import { daysOf } from "../grammar";
import { count } from "./numbers";

const day = daysOf("ru");

export const time: Catalogue["time"] = {
  range: (from, to) => `с ${from} по ${to}`,
  since: (from) => `с ${from}`,
  until: (to) => `по ${to}`,
  all: "за всё время",

  set: "Настроить шкалу времени:",
  mode: "Показать",
  modes: { day: "Один день", range: "Период", all: "Всё время" },
  from: "С",
  to: "По",
  fromThumb: "Первый день периода",
  toThumb: "Последний день периода",
  knownThumb: "Известное на этот день",
  open: "без границы",
  marks:
    "Что произошло: события над линией, заявления под ней. Стрелки ведут от одного к другому, Enter ставит часы на этот день.",
  disputed: "расходится с другим заявлением",

  play: "Воспроизвести",
  pause: "Остановить",
  speed: "Скорость воспроизведения",
  speeds: (years) => `${count(years, "год", "года", "лет")}/с`,
  speedsStill: "От события к событию, без плавного движения: так настроена ваша система.",

  future: "После сегодняшнего дня: то, что сообщалось последним, а не прогноз",
  allDrawn: "нарисовано сразу всё, что когда-либо было",
  inRange: (events, claims) =>
    `начинаются в нём: ${count(events, "событие", "события", "событий")} и ${count(claims, "заявление", "заявления", "заявлений")}`,
  status: (on) => `районы по сообщениям на ${day(on)}`,
  brought: (name, on) =>
    `В ссылке нет дня, а сегодня на карте нет объекта «${name}»: часы поставлены на ${day(on)}.`,
  showOn: (on) => `Поставить часы на ${day(on)}`,

  areas: (when) => `Районы, о которых есть сообщения, ${when}`,
  areasStatus: (on) => `Их статус — по сообщениям на ${day(on)}.`,
  enclaves: (when) => `Анклавы, ${when}`,
  borders: (when) => `Границы, ${when}`,
  gone: (name, when) => `${name}: на карте нет, ${when}.`,

  looks: { weak: "Бледнее: по датам, возможно, ещё нет или уже нет" },
  unsure: (date, on) =>
    `Утверждение датировано ${date}, точнее неизвестно: на ${day(on)} этого могло ещё не быть.`,

  claims: "Заявления, на которых основаны районы",
  areasMissing:
    "Районы, о которых есть сообщения, не загрузились. Это не доказывает, что земля свободна от мин.",
};
