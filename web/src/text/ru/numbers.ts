// Числа по-русски: how Russian writes and counts. Part of the catalogue in index.ts.
import { distancesOf, type Forms, numbersOf, pluralOf } from "../grammar";

export const number = numbersOf("ru");
export const distance = distancesOf(number, "м", "км");
const plural = pluralOf("ru");

/** `other` is for fractions, which take the genitive singular. */
export function count(n: number, one: string, few: string, many: string, other = few): string {
  return `${number(n)} ${plural(n, { one, few, many, other } satisfies Forms)}`;
}
