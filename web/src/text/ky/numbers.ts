// Сандар кыргызча: written as in Russian, and a noun after a number stays in the singular. Part of
// the catalogue in index.ts.
import { distancesOf, numbersOf } from "../grammar";

export const number = numbersOf("ru");
export const distance = distancesOf(number, "м", "км");

export const count = (n: number, noun: string): string => `${number(n)} ${noun}`;
