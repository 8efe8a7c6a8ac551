import { describe, expect, it } from "vitest";
import type { AtlasFeature } from "../src/api/types";
import { withDays } from "../src/map/prepare";
import { around, datesOf, nearestDay, sayAround } from "../src/state/around";
import { formatWhen, parseWhen, type When } from "../src/time/when";

const version = (properties: object): AtlasFeature => ({
  type: "Feature",
  id: "one",
  geometry: null,
  properties: { ...properties },
});
const said = (all: readonly AtlasFeature[], written: string, kind = "enclave") => {
  const found = around(all, kind, parseWhen(written) as When);
  const day = nearestDay(found, kind);
  return [sayAround(found, kind), day && formatWhen(day)];
};

const sokh = [
  version({ start: "1991", end: "2023-01-26" }),
  version({ start: "2023-01-27", end: null }),
];
const barak = [version({ start: "1991", end: "2024-04" })];

describe("a thing that is not on the map", () => {
  it("has yet to begin, though it had an end or a later version", () => {
    expect(said(sokh, "1980-01-01")).toEqual(["It begins: 1991.", "1991-01-01"]);
    expect(said(barak, "1980-01-01")).toEqual(["It begins: 1991.", "1991-01-01"]);
    expect(said(barak, "../1990-12-31")).toEqual(["It begins: 1991.", "1991-01-01"]);
  });

  it("has ended", () => {
    expect(said(barak, "2025-06-01")).toEqual(["It ended: 2024-04.", "2024-04-30"]);
  });

  it("ended and begins again where the days lie between two versions, in whatever order", () => {
    const all = [
      version({ start: "2010-05", end: "2012" }),
      version({ start: "1991", end: "2001~" }),
      version({ start: "2020", end: null }),
    ];
    expect(said(all, "2005-01-01/2006-01-01")).toEqual([
      "It ended: about 2001. It begins again: 2010-05.",
      "2001-12-31",
    ]);
    expect(said(all, "2015-01-01")).toEqual([
      "It ended: 2012. It begins again: 2020.",
      "2012-12-31",
    ]);
  });

  it("says nothing of versions that hold", () => {
    expect(said(barak, "2000-01-01")).toEqual(["", null]);
  });
});

describe("the dates of a reader's own feature", () => {
  const interval = { start: "begun", end: "done" };
  const plain = withDays(
    [version({ begun: "1999", done: "2003-05" }), version({ begun: "2010", done: "no date" })],
    interval,
  );

  it("go by what its layer calls them, as they are written", () => {
    expect(plain.map((one) => datesOf(one, "plain"))).toEqual([
      { start: "1999", end: "2003-05" },
      { start: "2010", end: "" },
    ]);
    expect(said(plain, "1990-01-01", "plain")).toEqual(["It begins: 1999.", "1999-01-01"]);
    expect(said(plain, "2005-01-01", "plain")).toEqual([
      "It ended: 2003-05. It begins again: 2010.",
      "2003-05-31",
    ]);
  });

  it("are none where its layer names none, whatever its own properties are called", () => {
    const one = version({ start: "1999", end: "2003" });
    expect(datesOf(one, "plain")).toEqual({ start: "", end: "" });
    expect(datesOf(one, "border")).toEqual({ start: "1999", end: "2003" });
  });

  it("leave out an end that was not known yet", () => {
    const [first] = plain as [AtlasFeature];
    const endless = { ...first, days: { first: first.days?.first ?? 0, last: Infinity } };
    expect(datesOf(endless, "plain")).toEqual({ start: "1999", end: "" });
  });
});
