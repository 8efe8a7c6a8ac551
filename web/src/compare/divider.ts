// Where the divider of a comparison stands. Pure. compare.css says the same of the line and the clip.

/** Half the handle's width: its middle travels from this far inside one edge to as far inside the other. */
export const HALF_HANDLE = 20;

/** Pixels from the map's left edge. */
export const dividerAt = (hundredths: number, width: number): number =>
  HALF_HANDLE + (hundredths / 100) * (width - 2 * HALF_HANDLE);
