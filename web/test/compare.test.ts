import { describe, expect, it } from "vitest";
import type { AtlasFeature } from "../src/api/types";
import { differences } from "../src/compare/differences";
import { dividerAt, HALF_HANDLE } from "../src/compare/divider";
import { changes, depicted, depictions, timeless } from "../src/compare/versions";
import { daysOf, sureOf } from "../src/map/prepare";
import { type Compare, formatCompare, MIDDLE, parseCompare } from "../src/state/compare";
import { isoDay, parseDay } from "../src/time/edtf";

const version = (id: string, properties: object, at = 0): AtlasFeature => ({
  type: "Feature",
  id,
  geometry: { type: "Point", coordinates: [at, 0] },
  properties: { name: id, ...properties },
});

const barak = version("barak", {
  start: "1991",
  end: "2024-04",
  as_mapped: "2023-03",
  source: "map-2023",
});
const vorukh = [
  version("vorukh", { start: "1991", end: "2025-03-12", as_mapped: "2025-01", source: "map-2025" }),
  version("vorukh", { start: "2025-03-13", as_mapped: "2026-10", source: "map-2026" }, 1),
];
const sarvan = version("sarvan", { start: "1991", as_mapped: "2026-10", source: "map-2026" });
const oktyabr = version("oktyabr", {
  start: "2025-03-13",
  as_mapped: "2026-10",
  source: "map-2026",
});
const ALL = [barak, ...vorukh, sarvan, oktyabr];

describe("a comparison in the fragment", () => {
  it.each<[string, Omit<Compare, "readsLeft">]>([
    ["2024-04-30", { left: { day: "2024-04-30" }, right: null, at: MIDDLE }],
    ["source/map-2025", { left: { source: "map-2025" }, right: null, at: MIDDLE }],
    [
      "source/map-2025,source/map-2026",
      { left: { source: "map-2025" }, right: { source: "map-2026" }, at: MIDDLE },
    ],
    [
      "2024-04-30,source/map-2026",
      { left: { day: "2024-04-30" }, right: { source: "map-2026" }, at: MIDDLE },
    ],
  ])("%s is read and written alike", (written, compare) => {
    expect(parseCompare(written, null)).toEqual({ ...compare, readsLeft: false });
    expect(formatCompare({ ...compare, readsLeft: false })).toBe(written);
  });

  it.each([
    null,
    "",
    "2024-02-30",
    "source/",
    "yesterday",
    ",",
    "2024-04-30,2024-05-01",
    "2024-04-30,2024-02-31",
    "2024-04-30,",
    "2024-04-30,source/",
    "2024-04-30,source/map-2025,source/map-2026",
  ])("%s compares nothing", (written) => expect(parseCompare(written, null)).toBeNull());

  it.each([
    [null, false],
    ["right", false],
    ["left", true],
  ])("with side=%s the panel tells of the left: %s", (side, readsLeft) => {
    expect(parseCompare("2024-04-30", null, side)?.readsLeft).toBe(readsLeft);
  });

  it.each([
    ["33", 33],
    ["0", 0],
    ["101", MIDDLE],
    ["-1", MIDDLE],
    ["x", MIDDLE],
    ["", MIDDLE],
  ])("a divider at %s stands at %d", (written, at) => {
    expect(parseCompare("2024-04-30", written)?.at).toBe(at);
  });
});

describe("depictions", () => {
  it("are the maps that features were taken from, in order of date", () => {
    expect(depictions(ALL)).toEqual([
      { source: "map-2023", mapped: "2023-03" },
      { source: "map-2025", mapped: "2025-01" },
      { source: "map-2026", mapped: "2026-10" },
    ]);
    expect(depictions([version("well", { source: "a book" })])).toEqual([]);
  });

  it("show what was taken from them, and nothing that another map has", () => {
    const day = parseDay("2026-11-24") as number;
    expect(depicted(ALL, "map-2025", day)).toEqual([vorukh[0]]);
    expect(depicted(ALL, "map-2026", day).map(({ id }) => id)).toEqual([
      "vorukh",
      "sarvan",
      "oktyabr",
    ]);
  });

  it("take of several versions the one of the day, else the latest", () => {
    const disputed = version("line", { start: "1991", end: "2017-09-04", source: "map" });
    const delimited = version("line", { start: "2017-09-05", end: "2025-03-12", source: "map" });
    for (const order of [
      [disputed, delimited],
      [delimited, disputed],
    ]) {
      const on = (day: string) => depicted(order, "map", parseDay(day) as number);
      expect(on("2010-01-01")).toEqual([disputed]);
      expect(on("2020-01-01")).toEqual([delimited]);
      expect(on("2026-01-01")).toEqual([delimited]);
    }
  });

  it("are drawn whatever the day, and keep their own dates", () => {
    const always = { first: -Infinity, last: Infinity };
    expect(daysOf(timeless(barak))).toEqual(always);
    expect(barak.properties.end).toBe("2024-04");
  });

  it("are never drawn weaker, though the day lie before that of the map", () => {
    const open = version("line", { as_mapped: "2025-01", source: "map" });
    expect(sureOf(open).first).toBe(parseDay("2025-01-31"));
    for (const one of [open, barak]) {
      expect(sureOf(timeless(one))).toEqual({ first: -Infinity, last: Infinity });
    }
  });
});

describe("changes", () => {
  it("are ends, beginnings and redrawings, with the days around them", () => {
    const found = changes("enclaves", ALL).map(({ name, how, before, after, written }) => [
      name,
      how,
      isoDay(before),
      isoDay(after),
      written,
    ]);
    expect(found).toEqual([
      ["barak", "ends", "2024-03-31", "2024-05-01", "2024-04"],
      ["oktyabr", "begins", "2025-03-12", "2025-03-13", "2025-03-13"],
      ["vorukh", "redrawn", "2025-03-12", "2025-03-13", "2025-03-13"],
    ]);
  });

  it("of which only the month or the year is known stand clear of all of it", () => {
    const [change] = changes("enclaves", [
      version("line", { start: "1991", end: "2009" }),
      version("line", { start: "2010" }),
    ]);
    expect(isoDay(change?.before ?? 0)).toBe("2008-12-31");
    expect(isoDay(change?.after ?? 0)).toBe("2010-12-31");
  });

  it("are none where everything holds throughout", () => {
    expect(changes("enclaves", [sarvan])).toEqual([]);
    expect(changes("enclaves", [])).toEqual([]);
  });
});

describe("differences", () => {
  const side = (kind: string, ...features: AtlasFeature[]) => [
    { collection: `${kind}s`, kind, features },
  ];

  it("name what is on one side alone", () => {
    const found = differences(side("enclave", barak, sarvan), side("enclave", sarvan));
    expect(found).toEqual([
      {
        selection: { collection: "enclaves", id: "barak" },
        kind: "enclave",
        left: barak,
        right: null,
        redrawn: false,
        restated: false,
        several: [],
      },
    ]);
    expect(differences([], side("enclave", barak))[0]).toMatchObject({ left: null, right: barak });
  });

  it("name what was drawn anew and what has another status", () => {
    const [before, after] = vorukh as [AtlasFeature, AtlasFeature];
    expect(differences(side("enclave", before), side("enclave", after))).toMatchObject([
      { redrawn: true, restated: false },
    ]);
    const mined = version("area", { status: "mined", status_by: "A", contested: false });
    const cleared = version("area", { status: "cleared", status_by: "B", contested: true });
    expect(differences(side("reported-area", mined), side("reported-area", cleared))).toMatchObject(
      [{ redrawn: false, restated: true }],
    );
  });

  it("name what one side shows in more than one version", () => {
    const [before, after] = vorukh as [AtlasFeature, AtlasFeature];
    const both = side("enclave", before, after);
    expect(differences(side("enclave", after), both)).toMatchObject([
      { left: after, right: after, redrawn: false, restated: false, several: ["right"] },
    ]);
    expect(differences(both, side("enclave", before))).toMatchObject([
      { redrawn: true, several: ["left"] },
    ]);
    expect(differences(both, both)).toEqual([]);
  });

  it("are none between the same, though it be written twice", () => {
    const again = version("sarvan", { ...sarvan.properties });
    expect(differences(side("enclave", sarvan), side("enclave", again))).toEqual([]);
  });

  it("see a report that became contested, whoever stands by it", () => {
    const one = version("area", { status: "cleared" });
    const other = version("area", { status: "cleared", contested: true });
    expect(differences(side("reported-area", one), side("reported-area", other))).toHaveLength(1);
  });

  it.each([
    ["claims", "a", "a, b"],
    ["hazards", "mines", "mines, uxo"],
  ])("see other %s behind the same status", (name, few, more) => {
    const [one, other] = [few, more].map((said) =>
      version("area", { status: "mined", status_claim: "a", [name]: said }),
    ) as [AtlasFeature, AtlasFeature];
    const both = [side("reported-area", one), side("reported-area", other)] as const;
    expect(differences(...both)).toMatchObject([{ restated: true, redrawn: false }]);
    expect(differences(both[1], both[0])).toHaveLength(1);
    expect(differences(both[1], both[1])).toEqual([]);
  });
});

it("the divider's middle stays half a handle inside the map", () => {
  expect(dividerAt(0, 400)).toBe(HALF_HANDLE);
  expect(dividerAt(50, 400)).toBe(200);
  expect(dividerAt(100, 400)).toBe(400 - HALF_HANDLE);
});
