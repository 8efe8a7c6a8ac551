import { describe, expect, it } from "vitest";
import type { AtlasFeature } from "../src/api/types";
import { asKnownOn, sameItems, withStatus } from "../src/state/known";
import { parseDay, validity } from "../src/time/edtf";

const day = (written: string) => parseDay(written) as number;
const feature = (start: string | null, end: string | null): AtlasFeature => ({
  type: "Feature",
  id: "barak",
  geometry: null,
  properties: { start, end },
});

describe("as known on a day", () => {
  const all = [
    feature(null, "2023-01-26"),
    feature("2023-01-27", "2024-04"),
    feature("2024-05", null),
  ];
  const asKnown = asKnownOn(({ properties }) => validity(properties.start, properties.end));

  it("leaves out what had not begun, and ends that had not come", () => {
    const then = asKnown(all, day("2023-06-01"));
    expect(then.map(({ properties }) => properties)).toEqual([
      { start: null, end: "2023-01-26" },
      { start: "2023-01-27", end: null },
    ]);
    expect(asKnown(all, day("2024-04-30"))[1]?.properties.end).toBe("2024-04");
    expect(asKnown(all, day("2024-04-29"))[1]?.properties.end).toBeNull();
  });

  it("is everything, as it came, where no day is named", () => {
    expect(asKnown(all, null)).toBe(all);
  });

  it("gives the same objects for days that know the same", () => {
    const [a, b] = [asKnown(all, day("2023-06-01")), asKnown(all, day("2023-07-01"))];
    expect(sameItems(a, b)).toBe(true);
    expect(sameItems(a, asKnown(all, day("2024-06-01")))).toBe(false);
    expect(sameItems(a, undefined)).toBe(false);
  });
});

it("an area stays the same object while the same is said of it", () => {
  const area = feature(null, null);
  const remembered = withStatus();
  const mined = remembered(area, { status: "mined" });
  expect(mined.properties).toEqual({ start: null, end: null, status: "mined" });
  expect(remembered(area, { status: "mined" })).toBe(mined);
  expect(remembered(area, { status: "cleared" })).not.toBe(mined);
});
