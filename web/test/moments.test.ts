import { describe, expect, it } from "vitest";
import type { AtlasFeature, Entry } from "../src/api/types";
import { moments, SLIDER_START, step, ticks, years } from "../src/clock/moments";
import { isoDay, parseDay } from "../src/time/edtf";

const day = (written: string) => parseDay(written) as number;
const event = (id: string, start?: string): Entry => ({
  type: "event",
  id,
  kind: "treaty",
  ...(start ? { start } : {}),
});
const claim = (id: string, start?: string): Entry => ({
  type: "claim",
  id,
  asserts: "mined",
  areas: [],
  ...(start ? { start } : {}),
});
const feature = (name: string, start?: string, end?: string): AtlasFeature => ({
  type: "Feature",
  id: name,
  geometry: null,
  properties: { name, start, end },
});

const all = moments(
  [event("e1", "2005-01-01"), claim("c1", "2005-01-01"), event("e0", "1924"), claim("undated")],
  [feature("Barak", undefined, "2024-04"), feature("New line", "2024-05-01")],
);

describe("moments", () => {
  it("gathers what begins on a day, and the day after a feature's last", () => {
    expect(all.map((one) => isoDay(one.day))).toEqual(["1924-01-01", "2005-01-01", "2024-05-01"]);
    expect(all[1]?.entries.map(({ id }) => id)).toEqual(["e1", "c1"]);
    expect(all[2]?.changes).toEqual(["Barak", "New line"]);
  });

  it("steps to the nearest before and after, never past the last day", () => {
    const today = day("2026-01-01");
    expect(step(all, day("2005-01-01"), 1, today)?.day).toBe(day("2024-05-01"));
    expect(step(all, day("2005-01-01"), -1, today)?.day).toBe(day("1924-01-01"));
    expect(step(all, day("2024-05-01"), 1, today)).toBeNull();
    expect(step(all, day("1924-01-01"), -1, today)).toBeNull();
    expect(step(all, day("2005-06-01"), 1, day("2020-01-01"))).toBeNull();
  });

  it("puts ticks along the slider, one a kind and day, none outside of it", () => {
    const last = day("2018-12-31");
    const marks = ticks(all, SLIDER_START, last);
    expect(marks.map(({ type }) => type)).toEqual(["event", "claim"]);
    for (const { at } of marks) expect(at).toBeCloseTo(0.5, 2);
  });
  it("writes the ends and the decades between under the slider", () => {
    const marks = years(SLIDER_START, day("2026-11-24"));
    expect(marks.map(({ year }) => year)).toEqual(["1991", "2000", "2010", "2020", "2026"]);
    expect(marks[0]?.at).toBe(0);
    expect(marks.at(-1)?.at).toBe(1);
  });
});
