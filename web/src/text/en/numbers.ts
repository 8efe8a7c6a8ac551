// Numbers as English writes them. Part of the catalogue in index.ts.
import { distancesOf, numbersOf, pluralOf } from "../grammar";

export const number = numbersOf("en");
export const distance = distancesOf(number, "m", "km");

const plural = pluralOf("en");

export function count(n: number, one: string, other: string): string {
  return `${number(n)} ${plural(n, { one, other })}`;
}
