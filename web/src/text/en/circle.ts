// What the map says about the circle that is drawn and moved by hand. Part of the catalogue in
// index.ts.

export const circle = {
  draw: "Draw a circle on the map",
  surface: "Place the circle",
  hint: "Click the place you mean, or drag outward from it.",
  keys: "By keyboard: arrow keys move the map under the cross, + and − zoom, Enter asks there, Escape ends.",
  centre: "Centre of the circle: arrow keys move it, with Shift farther",
  rim: "Radius of the circle",
  byHand: "Drag the circle's centre or its rim on the map, or move them with the arrow keys.",
};
