// What languages do alike: counting, measuring, naming countries, writing days. The words are the
// catalogues'. Browsers ship numbers, dates and countries for some languages only (Chromium has
// none for Kyrgyz and Tajik, and hollow ones for Uzbek), so that a catalogue says what it takes.

/** Made when it is first wanted: a browser takes long over its first formatter of a kind. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Numbers as a language writes them, to two places. */
export function numbersOf(tag: string): (n: number) => string {
  const format = once(() => new Intl.NumberFormat(tag, { maximumFractionDigits: 2 }));
  // Few digits are written alike in all languages that are here.
  return (n) => (Number.isInteger(n) && n >= 0 && n < 1000 ? String(n) : format().format(n));
}

/** A word in the forms that a language counts with; most need `one` and `other`, some `other` alone. */
export type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** Picks the form that goes with a number. */
export function pluralOf(tag: string): (n: number, forms: Forms) => string {
  const rules = once(() => new Intl.PluralRules(tag));
  return (n, forms) => forms[rules().select(n)] ?? forms.other;
}

/**
 * Names of countries by ISO 3166 code: the catalogue's own, else those of the first tag that the
 * browser knows. What is no such code stays as written.
 */
export function countriesOf(tags: string[], own: Record<string, string> = {}) {
  const regions = once(() => new Intl.DisplayNames(tags, { type: "region" }));
  return (code: string): string => {
    if (!/^[A-Z]{2}$/.test(code)) return code;
    return own[code] ?? regions().of(code) ?? code;
  };
}

/** Of years that calendars count: the year before 1 has no name that all readers know. */
const DAY = /^(?!0000)(\d{4})-(\d{2})-(\d{2})$/;

/** Whole days, `YYYY-MM-DD`, as the browser writes them in a language; all else stays as written. */
export function daysOf(tag: string): (written: string) => string {
  const format = once(() => new Intl.DateTimeFormat(tag, { dateStyle: "long", timeZone: "UTC" }));
  return (written) => (DAY.test(written) ? format().format(new Date(written)) : written);
}

/** Whole days with the months that a catalogue names. */
export function daysWith(
  months: readonly string[],
  write: (day: number, month: string, year: number) => string,
): (written: string) => string {
  return (written) => {
    const [, year, month, day] = DAY.exec(written) ?? [];
    const name = months[Number(month) - 1];
    return name ? write(Number(day), name, Number(year)) : written;
  };
}

/** Metres below a kilometre, tenths of kilometres above. */
export function distancesOf(number: (n: number) => string, metre: string, kilometre: string) {
  return (metres: number): string =>
    metres < 1000
      ? `${number(Math.round(metres))} ${metre}`
      : `${number(Math.round(metres / 100) / 10)} ${kilometre}`;
}

/** The wind of a bearing in degrees; `winds` are eight, clockwise from north. */
export function windOf(winds: readonly string[]) {
  return (degrees: number): string =>
    winds[Math.round((((degrees % 360) + 360) % 360) / 45) % 8] ?? "";
}

/** Degrees without their sign, and the letter of the side of the world they lie on. */
export function coordinatesOf(
  number: (degrees: string) => string,
  [north, south, east, west]: [string, string, string, string],
) {
  const one = (degrees: number, up: string, down: string) =>
    `${number(Math.abs(degrees).toFixed(4))}° ${degrees < 0 ? down : up}`;
  return (longitude: number, latitude: number): string =>
    `${one(latitude, north, south)}, ${one(longitude, east, west)}`;
}

/** Words of an id, for values that have no wording of their own. */
export function plain(value: string): string {
  return value.replace(/-/g, " ");
}

/** The wording of a value of the data, or what is said of values that nobody foresaw. */
export function wordsOf(
  table: Readonly<Record<string, string>>,
  otherwise: (value: string) => string = plain,
) {
  return (value: string): string =>
    Object.hasOwn(table, value) ? (table[value] as string) : otherwise(value);
}
