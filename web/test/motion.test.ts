import { describe, expect, it } from "vitest";
import { moments } from "../src/clock/moments";
import { dayAt, daysPlayed, overscrolled, played, stepPause, stepped } from "../src/clock/motion";
import { parseDay } from "../src/time/edtf";
import { ALL, formatWhen, parseWhen, type When } from "../src/time/when";

const day = (written: string) => parseDay(written) as number;
const when = (written: string) => parseWhen(written) as When;
const say = (shown: When | null) => shown && formatWhen(shown);
const today = day("2026-11-24");

describe("playing", () => {
  it("takes a second for as many years as its speed says", () => {
    expect(daysPlayed(1, 1000)).toBeCloseTo(365.2425);
    expect(daysPlayed(5, 200)).toBeCloseTo(365.2425);
    expect(stepPause(2)).toBe(1000);
  });

  it("moves a day, or a range with its length, and stops at today", () => {
    expect(say(played(when("2024-01-01"), 31, today))).toBe("2024-02-01");
    expect(say(played(when("2023-01-01/2024-01-01"), 31, today))).toBe("2023-02-01/2024-02-01");
    expect(say(played(when("2026-11-20"), 31, today))).toBe("2026-11-24");
    for (const there of ["2026-11-24", "2030-01-01", "2024-01-01/.."]) {
      expect(played(when(there), 31, today)).toBeNull();
    }
    expect(played(ALL, 31, today)).toBeNull();
  });

  it("steps from event to event without gliding, and then to today", () => {
    const event = { type: "event", kind: "treaty", start: "2025-03-13", id: "e" } as const;
    const all = moments([event], []);
    expect(say(stepped(when("2024-01-01"), all, today))).toBe("2025-03-13");
    expect(say(stepped(when("2025-03-13"), all, today))).toBe("2026-11-24");
    expect(stepped(when("2026-11-24"), all, today)).toBeNull();
  });
});

describe("past the ends of the line", () => {
  it("goes nowhere at first, then slowly, then faster, but never without bound", () => {
    expect(overscrolled(300, 50)).toBe(0);
    const [early, late, later, latest] = [500, 3000, 20_000, 60_000].map((held) =>
      overscrolled(held, 50),
    ) as [number, number, number, number];
    expect(early).toBeGreaterThan(0);
    expect(late).toBeGreaterThan(2 * early);
    expect(later).toBeGreaterThan(2 * late);
    expect(latest).toBe(later);
  });
});

it("finds the day at a place along the line", () => {
  const [first, last] = [day("1991-01-01"), day("2001-01-01")];
  expect(dayAt(0, first, last)).toBe(first);
  expect(dayAt(1.4, first, last)).toBe(last);
  expect(dayAt(-3, first, last)).toBe(first);
  expect(dayAt(0.5, first, last)).toBeCloseTo((first + last) / 2, -1);
});
