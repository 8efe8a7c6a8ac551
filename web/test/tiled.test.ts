import { describe, expect, it } from "vitest";
import { isTiled, tiledCollection, tiledId, yearsShown } from "../src/map/tiled";
import { decimalYear, parseDay } from "../src/time/edtf";

const day = (written: string) => parseDay(written) as number;

describe("layers from tiles", () => {
  it("are the large ones of a reader's own alone", () => {
    expect(isTiled({ kind: "plain", count: 20_001 })).toBe(true);
    expect(isTiled({ kind: "plain", count: 20_000 })).toBe(false);
    expect(isTiled({ kind: "reported-area", count: 1_000_000 })).toBe(false);
  });

  it("are known by the names of what draws them, whatever their own names hold", () => {
    expect(tiledCollection(tiledId("a:b"))).toBe("a:b");
    expect(tiledCollection(tiledId("a:b", "fill"))).toBe("a:b");
    expect(tiledCollection("plain")).toBeNull();
  });

  it("compare days as the tiles have them: the beginning of a day in years", () => {
    expect(decimalYear(day("2024-07-02"))).toBe(2024.5);
    expect(decimalYear(day("2023-01-01"))).toBe(2023);
    expect(yearsShown({ first: day("2023-12-31"), last: day("2023-12-31") })).toEqual({
      fromYear: 2023 + 364 / 365,
      toYear: 2024,
    });
    expect(yearsShown({ first: -Infinity, last: Infinity })).toEqual({
      fromYear: -1e9,
      toYear: 1e9,
    });
  });
});
