// The rows under the place field. Pure. Keys are those of a combobox with a list (WAI-ARIA 1.2).

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

/**
 * The spelling by which a place was found, where its own name does not begin as typed: a reader
 * who types "Ak" and sees "Oqqo‘rg‘on" wants to know why. Names come with the place's own first.
 */
export function spelling(names: readonly string[], typed: string): string | null {
  const begins = (name: string) => name.toLowerCase().startsWith(typed.trim().toLowerCase());
  const [own = ""] = names;
  return begins(own) ? null : (names.find(begins) ?? null);
}
