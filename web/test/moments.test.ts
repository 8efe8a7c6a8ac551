import { describe, expect, it } from "vitest";
import type { AtlasFeature, Entry } from "../src/api/types";
import {
  isDisputed,
  LINE_START,
  marksOn,
  moments,
  publicBy,
  step,
  years,
} from "../src/clock/moments";
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

  it("puts marks on the line, one a kind and day, none outside of it", () => {
    const marks = marksOn(all, LINE_START, day("2018-12-31"));
    expect(marks.map(({ type, entries }) => [type, entries.map(({ id }) => id)])).toEqual([
      ["event", ["e1"]],
      ["claim", ["c1"]],
    ]);
    expect(marks.map((mark) => isoDay(mark.day))).toEqual(["2005-01-01", "2005-01-01"]);
  });

  it("marks claims that stand against another, whichever is right", () => {
    const against = { id: "con", statement: "They cannot both hold.", claims: ["c1", "c2"] };
    const disputed = { ...claim("c1", "2005-01-01"), contradicted_by: [against] } as Entry;
    const on = moments([disputed, claim("c3", "2006-01-01")], []);
    expect(marksOn(on, LINE_START, day("2026-01-01")).map((mark) => mark.disputed)).toEqual([
      true,
      false,
    ]);
  });

  it("knows a claim as disputed once what stands against it was public, and not by itself", () => {
    const con = { id: "con", statement: "They cannot both hold.", claims: ["c1", "c2"] };
    const alone = { id: "odd", statement: "It is odd.", claims: ["c3"], events: ["e1"] };
    const known = (id: string, known_from: string, ...contradicted_by: (typeof con)[]) =>
      ({ ...claim(id, "2005-01-01"), known_from, contradicted_by }) as Entry;
    const ledger = [
      known("c1", "2006-01-01", con),
      known("c2", "2025-01-01", con),
      known("c3", "2006-01-01", alone),
    ];
    const disputed = (by: string | null) =>
      publicBy(ledger, by === null ? null : day(by))
        .filter(isDisputed)
        .map(({ id }) => id);
    expect(disputed("2024-12-31")).toEqual([]);
    expect(disputed("2025-01-01")).toEqual(["c1", "c2"]);
    expect(disputed(null)).toEqual(["c1", "c2"]);
    const event = { ...ledger[0], type: "event", id: "e1", known_from: "2030-01-01" } as Entry;
    const shown = publicBy([...ledger, event], day("2026-01-01")).find(({ id }) => id === "c3");
    expect(shown?.type === "claim" && shown.contradicted_by).toEqual([]);
  });

  it("leaves out what was not public by a day, and what nobody dates", () => {
    const entries = ["2003-01-01", "..", "2011-06-01", undefined].map(
      (known_from, at): Entry => ({ ...event(String(at)), ...(known_from ? { known_from } : {}) }),
    );
    const by = (known: string | null) =>
      publicBy(entries, known === null ? null : day(known)).map(({ id }) => id);
    expect(by(null)).toEqual(["0", "1", "2", "3"]);
    expect(by("2011-05-31")).toEqual(["0", "1"]);
    expect(by("2011-06-01")).toEqual(["0", "1", "2"]);
    expect(by("1900-01-01")).toEqual(["1"]);
  });

  it("writes the ends and round years between under the line", () => {
    const marks = years(LINE_START, day("2026-11-24"));
    expect(marks.map(({ year }) => year)).toEqual(["1991", "2000", "2010", "2020", "2026"]);
    expect(marks[0]?.at).toBe(0);
    expect(marks.at(-1)?.at).toBe(1);
    const long = years(day("1400-01-01"), day("2026-11-24")).map(({ year }) => year);
    expect(long).toEqual(["1400", "1600", "1800", "2026"]);
  });
});
