// A scale bar for paper: a round length, and the share of the map's width that it takes. Pure.

export interface ScaleBar {
  metres: number;
  /** Of the map's width, 0 to 1. */
  share: number;
}

/** The longest of 1, 2 or 5 times a power of ten that takes at most a quarter of the width. */
export function scaleBar(metresAcross: number): ScaleBar | null {
  if (!(metresAcross > 0) || !Number.isFinite(metresAcross)) return null;
  const most = metresAcross / 4;
  const power = 10 ** Math.floor(Math.log10(most));
  const metres = [5, 2, 1].map((step) => step * power).find((length) => length <= most) ?? power;
  return { metres, share: metres / metresAcross };
}
