// Убакыт: what the map says about time. Part of the catalogue in index.ts.
import type { Catalogue } from "..";
import { daysWith } from "../grammar";
import { count, number } from "./numbers";
import * as words from "./words";

const day = daysWith(words.months, (date, month, year) => `${year}-ж. ${date}-${month}`);

export const time: Catalogue["time"] = {
  range: (from, to) => `${from} – ${to}`,
  since: (from) => `${from} күнүнөн тартып`,
  until: (to) => `${to} күнүнө чейин`,
  all: "бардык мезгил",

  set: "Убакыт шкаласын коюу:",
  mode: "Көрсөтүү",
  modes: { day: "Бир күн", range: "Мезгил", all: "Бардык мезгил" },
  from: "Башы",
  to: "Аягы",
  fromThumb: "Мезгилдин биринчи күнү",
  toThumb: "Мезгилдин акыркы күнү",
  knownThumb: "Ушул күнгө чейин белгилүү",
  open: "чексиз",
  marks:
    "Эмне болду: окуялар сызыктын үстүндө, билдирүүлөр астында. Жебелер биринен экинчисине өтөт, Enter саатты ошол күнгө коёт.",
  disputed: "башка билдирүүгө каршы келет",

  play: "Ойнотуу",
  pause: "Токтотуу",
  speed: "Ойнотуу ылдамдыгы",
  speeds: (years) => `${count(years, "жыл")}/с`,
  speedsStill: "Окуядан окуяга, жылмышпастан: тутумуңуз кыймылды азайтууну сураган.",

  future: "Бүгүндөн кийин: акыркы кабарланганы, болжол эмес",
  allDrawn:
    "качандыр болгон бардык чек аралар, анклавдар жана аймактар бир убакта тартылган; аянттар акыркы кабарлар боюнча гана",
  inRange: (events, claims) =>
    `ушул мезгилде башталат: ${count(events, "окуя")} жана ${count(claims, "билдирүү")}`,
  status: (on) => `аймактар кабарлангандай (${day(on)})`,
  brought: (name, on) =>
    `Шилтемеде күн жок, «${name}» бүгүн картада жок: саат ${day(on)} күнүнө коюлду.`,
  showOn: (on) => `Саатты ${day(on)} күнүнө коюу`,

  areas: (when) => `Кабарланган аймактар, ${when}`,
  areasStatus: (on) => `Алардын статусу — ${day(on)} күнүнө чейин кабарланганы.`,
  enclaves: (when) => `Анклавдар, ${when}`,
  borders: (when) => `Чек аралар, ${when}`,
  versions: (n) => `Бул убакыт ичинде болгон версиялары: ${number(n)}. Төмөндө — акыркысы.`,
  gone: (name, when) => `${name}: картада жок, ${when}.`,

  looks: { weak: "Алсызыраак: даталары боюнча, балким, али жок же эми жок" },
  unsure: (date, on) =>
    `Билдирүүнүн датасы ${date}, тагыраагы белгисиз: ${day(on)} күнү али андай болбогон болушу мүмкүн.`,

  claims: "Кабарланган аймактар жөнүндө билдирүүлөр",
  areasMissing:
    "Кабарланган аймактар жүктөлгөн жок. Алардын жүктөлбөгөнү жердин минадан таза экенин далилдебейт.",
};
