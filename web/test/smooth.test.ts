import { describe, expect, it } from "vitest";
import { counted, ENOUGH } from "../src/map/smooth";

/** After how many frames, that come so many milliseconds after one another again and again, it stutters. */
function stutters(gaps: readonly number[]): number | null {
  let slow = 0;
  for (let frame = 0; frame < 300; frame += 1) {
    slow = counted(slow, gaps[frame % gaps.length] ?? 0);
    if (slow >= ENOUGH) return frame + 1;
  }
  return null;
}

describe("a map that moves stutters", () => {
  it.each([
    ["three slow frames in a row", [50], 3],
    ["slow and quick in turns, 27 a second", [25, 50], 10],
  ])("by %s", (_, gaps, after) => expect(stutters(gaps)).toBe(after));

  it.each([
    ["all that a screen has which saves power", [33.4]],
    ["one late frame in four", [50, 20, 20, 20]],
    ["quick frames", [16.7]],
  ])("not by %s", (_, gaps) => expect(stutters(gaps)).toBeNull());
});
