// Numbers as English writes them. Part of the catalogue in index.ts.

export const numbers = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });

export function count(n: number, one: string, many: string): string {
  return `${numbers.format(n)} ${n === 1 ? one : many}`;
}
