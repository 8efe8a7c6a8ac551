import { describe, expect, it } from "vitest";
import { sayWhen } from "../src/text/when";
import { isoDay, parseDay } from "../src/time/edtf";
import {
  ALL,
  addMonths,
  formatWhen,
  isAhead,
  moveTo,
  oneDay,
  overlaps,
  parseWhen,
  range,
  statusDay,
  type When,
  withFirst,
  withLast,
} from "../src/time/when";

const day = (written: string) => parseDay(written) as number;
const when = (written: string) => parseWhen(written) as When;

describe("what the clock shows", () => {
  it.each([
    ["2024-04-30", "day", "30 April 2024"],
    ["2003-01-01/2005-12-31", "range", "1 January 2003 to 31 December 2005"],
    ["2005-06-01/2005-06-01", "range", "1 June 2005 to 1 June 2005"],
    ["2003-01-01/..", "range", "since 1 January 2003"],
    ["../2005-12-31", "range", "until 31 December 2005"],
    ["../..", "all", "all times"],
  ])("%s is read, written and said", (written, mode, said) => {
    expect(when(written).mode).toBe(mode);
    expect(formatWhen(when(written))).toBe(written);
    expect(sayWhen(when(written))).toBe(said);
  });

  it.each(["", "soon", "2024", "2024-02-30", "2005-01-01/2003-01-01", "a/b", "/", "../../.."])(
    "%j is none of it",
    (written) => {
      expect(parseWhen(written)).toBeNull();
    },
  );

  it("has the status of its last day, or of today", () => {
    const now = day("2026-11-24");
    expect(statusDay(when("2003-01-01/2005-12-31"), now)).toBe(day("2005-12-31"));
    expect(statusDay(when("2003-01-01/.."), now)).toBe(now);
    expect(statusDay(ALL, now)).toBe(now);
    expect(statusDay(oneDay(day("1999-01-01")), now)).toBe(day("1999-01-01"));
  });

  it("shares a day with what ends on its first or begins on its last", () => {
    const shown = when("2003-01-01/2005-12-31");
    const days = (first: string, last: string) => ({ first: day(first), last: day(last) });
    expect(overlaps(days("1991-01-01", "2003-01-01"), shown)).toBe(true);
    expect(overlaps(days("1991-01-01", "2002-12-31"), shown)).toBe(false);
    expect(overlaps(days("2005-12-31", "2024-01-01"), shown)).toBe(true);
    expect(overlaps(days("2006-01-01", "2024-01-01"), shown)).toBe(false);
    expect(overlaps(days("1850-01-01", "1850-01-01"), ALL)).toBe(true);
  });
});

describe("moving it", () => {
  it("keeps the length of a range, and an open start open", () => {
    const to = (written: string, last: string) => formatWhen(moveTo(when(written), day(last)));
    expect(to("2003-01-01", "2004-01-01")).toBe("2004-01-01");
    expect(to("2003-01-01/2003-01-31", "2003-03-31")).toBe("2003-03-01/2003-03-31");
    expect(to("../2003-01-31", "2004-03-31")).toBe("../2004-03-31");
    expect(to("2003-01-31/..", "2004-03-31")).toBe("2003-01-31/..");
    expect(to("../..", "2004-03-31")).toBe("../..");
  });

  it("stops where days can no longer be written", () => {
    expect(formatWhen(moveTo(oneDay(0), day("9999-12-31") + 500))).toBe("9999-12-31");
    expect(formatWhen(moveTo(oneDay(0), day("1000-01-01") - 500))).toBe("1000-01-01");
  });

  it("goes from month to month by the calendar", () => {
    const on = (from: string, months: number) => isoDay(addMonths(day(from), months));
    expect(on("2024-01-31", 1)).toBe("2024-02-29");
    expect(on("2024-02-29", 12)).toBe("2025-02-28");
    expect(on("2024-01-15", -1)).toBe("2023-12-15");
    expect(on("2024-12-31", 2)).toBe("2025-02-28");
  });

  it("knows all times by a range without ends", () => {
    expect(range(-Infinity, Infinity)).toBe(ALL);
  });
});

describe("a range whose ends are typed", () => {
  const shown = when("2003-01-01/2005-12-31");
  it("keeps the other end", () => {
    expect(formatWhen(withFirst(shown, day("2004-01-01")))).toBe("2004-01-01/2005-12-31");
    expect(formatWhen(withLast(shown, day("2004-01-01")))).toBe("2003-01-01/2004-01-01");
    expect(formatWhen(withFirst(shown, -Infinity))).toBe("../2005-12-31");
    expect(formatWhen(withLast(shown, Infinity))).toBe("2003-01-01/..");
  });

  it("moves the other end along rather than end before it starts", () => {
    expect(formatWhen(withFirst(shown, day("2007-05-01")))).toBe("2007-05-01/2007-05-01");
    expect(formatWhen(withLast(shown, day("1999-05-01")))).toBe("1999-05-01/1999-05-01");
  });
});

it("days that end after today reach ahead; open ends and all times claim nothing of it", () => {
  const now = day("2026-11-29");
  for (const ahead of ["2026-11-30", "2020-01-01/2030-01-01", "../2027-01-01"]) {
    expect(isAhead(when(ahead), now), ahead).toBe(true);
  }
  for (const not of ["2026-11-29", "2003-12-31", "2020-01-01/..", "../.."]) {
    expect(isAhead(when(not), now), not).toBe(false);
  }
});
