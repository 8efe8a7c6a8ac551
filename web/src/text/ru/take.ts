// Взять с собой: файлы, другие программы, бумага. Part of the catalogue in index.ts.
import type { Catalogue } from "..";
import { daysOf } from "../grammar";
import { count, distance, number } from "./numbers";

const day = daysOf("ru");

export const take: Catalogue["take"] = {
  open: "Скачать",
  title: "Скачать и напечатать",
  asOf: (when, known) =>
    `То, что меняется со временем: ${when}${known && `, ${known}`}; остальное целиком.`,
  ground: "Охват",
  grounds: {
    all: "всё, что есть",
    view: "что видно на карте",
    near: (place, metres) => `в радиусе ${distance(metres)} от места «${place}»`,
  },
  viewNote:
    "В вырезке по краям карты есть то, что лежит в ней, насколько оно нарисовано. Земля, о которой говорит сообщение, может заходить сюда от отметки за краем, а сообщений без указания места нет ни в одной вырезке.",
  nearNote:
    "Здесь то, что может лежать в пределах радиуса, с расстоянием и с тем, определённо это или возможно. Сообщения без указания места есть только в полном ответе.",
  answer: "Полный ответ с его сообщением и предупреждением (GeoJSON)",
  format: "Формат",
  formats: {
    geojson: "GeoJSON",
    geojsonseq: "GeoJSON, по объекту в строке",
    csv: "CSV, таблица",
    kml: "KML, для Google Earth",
    fgb: "FlatGeobuf",
    gpkg: "GeoPackage, для QGIS и ArcGIS",
  },
  layers: "Слои",
  features: (n) => count(n, "объект", "объекта", "объектов"),
  noneHere: "здесь ничего из этого слоя",
  noReportHere: "здесь ничего из этого слоя; это не доказывает, что земля свободна от мин",
  first: (n, of) => `Первые ${number(n)} из ${number(of)}; в других форматах есть все.`,
  more: "Другие форматы",

  qgis: "Открыть в QGIS",
  qgisHow:
    "В QGIS выберите Layer › Add Layer › Add WFS / OGC API – Features Layer, нажмите New и вставьте этот адрес как URL. Дальше QGIS спрашивает сам: то, что меняется со временем, — на тот день, когда он спрашивает, со всем, что известно к этому дню.",
  qgisLayerHow:
    "В QGIS выберите Layer › Add Layer › Add Vector Layer, Protocol: HTTP(S), и вставьте этот адрес как URI.",
  what: "Что открыть",
  service: "вся служба, на день запроса",
  layer: (title, when) => `${title}: ${when}`,
  allTimes: "целиком",
  address: "Адрес",
  copy: "Копировать",
  copied: "Скопировано.",
  copyByHand: "Браузер не даёт странице копировать. Адрес выделен: нажмите Ctrl+C или ⌘C.",

  paper: "Напечатать",
  paperHow:
    "Лист с картой, её масштабом, датой, легендой, сообщениями, источниками и предупреждением.",
  print: "Напечатать эту карту",
};

export const sheet: Catalogue["sheet"] = {
  asOf: (on) => `На ${on}`,
  during: (when) => `Показано: ${when}`,
  printed: (on) => `Напечатано ${day(on)}`,
  compared: (left, right) => `Слева: ${left}; справа: ${right}`,
  left: (what) => `Сообщения слева, ${what}`,
  right: (what) => `Сообщения справа, ${what}`,
  scale: (length) => `${length} в середине карты`,
  window: (west, south, east, north) => `От ${south}, ${west} до ${north}, ${east}`,
  address: "Этот вид",
  legend: "Легенда",
  reports: "Сообщения на этой карте",
  whole: "О целой стране или целом районе",
  unlocated: "Без указания места: возможно, и здесь",
  none: "Отметок сообщений на этой карте нет. Это не доказывает, что земля свободна от мин.",
  sources: "Источники сообщений",
  data: "Данные карты",
  missing: (names) =>
    `Когда это печаталось, загрузилось не всё; о том, чего здесь нет, сообщения всё же могут быть. Не хватает: ${names}`,
  waiting: "что ещё загружалось",
  noMap: "Карту нарисовать не удалось.",
};
