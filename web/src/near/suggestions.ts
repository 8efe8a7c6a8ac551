// The keyboard's part of a combobox (WAI-ARIA 1.2, list autocomplete): which row is active. Pure.

/** The row after a key; -1 is none, so that the field itself keeps the turn. */
export function move(active: number, count: number, key: string): number | null {
  if (count === 0) return null;
  switch (key) {
    case "ArrowDown":
      return active + 1 >= count ? 0 : active + 1;
    case "ArrowUp":
      return active <= 0 ? count - 1 : active - 1;
    default:
      return null;
  }
}
