// Вақт: what the map says about time. Part of the catalogue in index.ts.
import type { Catalogue } from "..";
import { daysWith } from "../grammar";
import { count, number } from "./numbers";
import * as words from "./words";

const day = daysWith(words.months, (date, month, year) => `${date} ${month} ${year}`);

export const time: Catalogue["time"] = {
  range: (from, to) => `аз ${from} то ${to}`,
  since: (from) => `аз ${from}`,
  until: (to) => `то ${to}`,
  all: "ҳамаи вақт",

  set: "Танзими миқёси вақт:",
  mode: "Нишон додан",
  modes: { day: "Як рӯз", range: "Давра", all: "Ҳамаи вақт" },
  from: "Аз",
  to: "То",
  fromThumb: "Рӯзи аввали давра",
  toThumb: "Рӯзи охири давра",
  knownThumb: "Маълум то ин рӯз",
  open: "бе ҳудуд",
  marks:
    "Чӣ рӯй дод: рӯйдодҳо болои хат, изҳорот зери он. Тирчаҳо аз яке ба дигаре мебаранд, Enter соатро ба он рӯз мегузорад.",
  disputed: "ба изҳороти дигар мухолиф аст",

  play: "Бозӣ кардан",
  pause: "Боздоштан",
  speed: "Суръати бозӣ",
  speeds: (years) => `${count(years, "сол")}/с`,
  speedsStill: "Аз рӯйдод ба рӯйдод, бе ҳаракати мулоим: системаи шумо ҳаракати камтар хостааст.",

  future: "Баъд аз имрӯз: он чи охирин бор хабар дода шудааст, на пешгӯӣ",
  allDrawn:
    "ҳамаи сарҳад, анклав ва қаламравҳое ки боре буданд, якбора кашида шудаанд; минтақаҳо танҳо мувофиқи охирин хабарҳо",
  inRange: (events, claims) =>
    `дар он оғоз мешаванд: ${count(events, "рӯйдод")} ва ${count(claims, "изҳорот")}`,
  status: (on) => `минтақаҳо мувофиқи хабарҳо то ${day(on)}`,
  brought: (name, on) =>
    `Дар пайванд рӯз нест ва «${name}» имрӯз дар харита нест: соат ба ${day(on)} гузошта шуд.`,
  showOn: (on) => `Соатро ба ${day(on)} гузоштан`,

  areas: (when) => `Минтақаҳое ки дар борааш хабар ҳаст, ${when}`,
  areasStatus: (on) => `Вазъи онҳо мувофиқи хабарҳо то ${day(on)} аст.`,
  enclaves: (when) => `Анклавҳо, ${when}`,
  borders: (when) => `Сарҳадҳо, ${when}`,
  versions: (n) => `Нусхаҳои он дар ин муддат: ${number(n)}. Дар поён — охиринаш.`,
  gone: (name, when) => `${name}: дар харита нест, ${when}.`,

  looks: { weak: "Камрангтар: аз рӯи сана, шояд ҳанӯз нест ё дигар нест" },
  unsure: (date, on) =>
    `Санаи изҳорот ${date} аст, дақиқтар маълум нест: ${day(on)} шояд ҳанӯз чунин набуд.`,

  claims: "Изҳороте ки минтақаҳо бар он асос ёфтаанд",
  areasMissing: "Минтақаҳо бор нашуданд. Ин исбот намекунад, ки замин аз мина холӣ аст.",
};
