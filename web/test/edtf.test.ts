import { describe, expect, it } from "vitest";
import { edtfDays, holdsOn, isoDay, parseDay, today, validity } from "../src/time/edtf";

const written = (edtf: string) => {
  const days = edtfDays(edtf);
  const say = (day: number) => (Number.isFinite(day) ? isoDay(day) : String(day));
  return days && [say(days.first), say(days.last)];
};

describe("EDTF as days", () => {
  it.each([
    ["2005", "2005-01-01", "2005-12-31"],
    ["2024-04", "2024-04-01", "2024-04-30"],
    ["2024-02", "2024-02-01", "2024-02-29"],
    ["2023-02", "2023-02-01", "2023-02-28"],
    ["2011-12", "2011-12-01", "2011-12-31"],
    ["2025-03-13", "2025-03-13", "2025-03-13"],
    ["2005~", "2005-01-01", "2005-12-31"],
    ["2011-06?", "2011-06-01", "2011-06-30"],
    ["2004/2005", "2004-01-01", "2005-12-31"],
    ["1999-08/2000", "1999-08-01", "2000-12-31"],
    ["2022-09-20/..", "2022-09-20", "Infinity"],
    ["../2003", "-Infinity", "2003-12-31"],
    ["2022/", "2022-01-01", "Infinity"],
    ["../..", "-Infinity", "Infinity"],
  ])("%s", (edtf, first, last) => {
    expect(written(edtf)).toEqual([first, last]);
  });

  it.each(["", "soon", "2005-13", "2023-02-29", "20-04", "2005/soon", "2005-4-1"])(
    "%j is no date",
    (edtf) => {
      expect(edtfDays(edtf)).toBeNull();
    },
  );
});

describe("validity", () => {
  it("holds from the first day of the start to the last day of the end", () => {
    const barak = validity("1991-08", "2024-04");
    const on = (day: string) => holdsOn(barak, parseDay(day) ?? Number.NaN);
    expect(on("1991-07-31")).toBe(false);
    expect(on("1991-08-01")).toBe(true);
    expect(on("2024-04-30")).toBe(true);
    expect(on("2024-05-01")).toBe(false);
  });

  it("is unbounded where nothing, or nothing readable, is written", () => {
    expect(validity(undefined, null)).toEqual({ first: -Infinity, last: Infinity });
    expect(validity("", "some day")).toEqual({ first: -Infinity, last: Infinity });
  });
});

describe("days", () => {
  it("goes to ISO and back", () => {
    expect(isoDay(0)).toBe("1970-01-01");
    expect(isoDay(parseDay("1991-12-31") ?? 0)).toBe("1991-12-31");
    expect(parseDay("2023-02-29")).toBeNull();
    expect(parseDay("2023-2-9")).toBeNull();
  });

  it("takes today from the reader's calendar", () => {
    expect(isoDay(today(new Date(2026, 0, 1, 0, 30)))).toBe("2026-01-01");
    expect(isoDay(today(new Date(2026, 0, 1, 23, 30)))).toBe("2026-01-01");
  });
});
