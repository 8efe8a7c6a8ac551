import { describe, expect, it } from "vitest";
import {
  asCoordinates,
  EMPTY,
  formatHash,
  parseHash,
  type State,
  unreadable,
  withLanguage,
} from "../src/state/hash";

const full: State = {
  view: { zoom: 9.25, latitude: 40.1881, longitude: 71.0541 },
  date: "2024-04-30",
  known: "2012-01-01",
  selected: { collection: "reported-areas", id: "area-sokh-surrounds" },
  near: { where: "1514637", radius: 5000 },
  compare: {
    left: { day: "2024-04-30" },
    right: { source: "src-tzbb-2025-01" },
    at: 40,
    readsLeft: true,
  },
  hidden: ["reports", "relief"],
  language: "en",
};

describe("the fragment", () => {
  it("is empty for the empty state, and back", () => {
    expect(formatHash(EMPTY)).toBe("");
    expect(parseHash("")).toEqual(EMPTY);
    expect(parseHash("#")).toEqual(EMPTY);
  });

  it("carries the whole state, readably", () => {
    const hash = formatHash(full);
    expect(hash).toBe(
      "#map=9.25/40.1881/71.0541&date=2024-04-30&known=2012-01-01&selected=reported-areas/area-sokh-surrounds&near=1514637&radius=5000&compare=2024-04-30,source/src-tzbb-2025-01&divider=40&side=left&hide=reports,relief&lang=en",
    );
    expect(parseHash(hash)).toEqual(full);
  });

  it("keeps ids with signs of their own", () => {
    const odd: State = {
      ...EMPTY,
      selected: { collection: "plain", id: "a&b=c #1/2%" },
      near: { where: "71.05,40.18", radius: 20000 },
    };
    expect(parseHash(formatHash(odd))).toEqual(odd);
  });

  it("names hidden groups once and in their order, and hides none where one is unknown", () => {
    expect(parseHash("#hide=relief,reports,relief").hidden).toEqual(["reports", "relief"]);
    expect(parseHash("#hide=reports,mines").hidden).toEqual([]);
    expect(unreadable("#hide=reports,mines")).toEqual(["hide=reports,mines"]);
    expect(unreadable("#hide=reports")).toEqual([]);
  });

  it.each([
    ["#map=a/b/c", "view"],
    ["#map=3/95/10", "view"],
    ["#map=/40/71", "view"],
    ["#date=2024-02-30", "date"],
    ["#known=2024", "known"],
    ["#selected=borders", "selected"],
    ["#selected=borders/", "selected"],
    ["#near=", "near"],
    ["#lang=xx", "language"],
    ["#lang=toString", "language"],
  ] as const)("leaves out what it cannot read: %s", (hash, member) => {
    expect(parseHash(hash)[member]).toBeNull();
  });

  it("names what stands twice, of which it reads the first", () => {
    expect(parseHash("#date=2003-01-01&date=2020-01-01").date).toBe("2003-01-01");
    expect(unreadable("#date=2003-01-01&date=2020-01-01")).toEqual(["date=2020-01-01"]);
    expect(unreadable("#near=1&near=2&near=3")).toEqual(["near=2", "near=3"]);
    expect(unreadable("#near=1&other=1&other=2")).toEqual([]);
  });

  it("names what of a comparison it cannot read, and compares nothing else instead", () => {
    const right = "compare=2024-04-30,2024-02-31";
    expect(parseHash(`#${right}`).compare).toBeNull();
    expect(unreadable(`#${right}&divider=left&side=west`)).toEqual([
      right,
      "divider=left",
      "side=west",
    ]);
    expect(unreadable("#compare=2024-04-30&divider=40&side=left")).toEqual([]);
  });

  it("takes another language and keeps all else as written", () => {
    expect(withLanguage("", "ru")).toBe("#lang=ru");
    expect(withLanguage("#date=x&lang=ky&near=71,40", "ru")).toBe("#date=x&near=71,40&lang=ru");
  });

  it("falls back to the usual radius", () => {
    for (const radius of ["-5", "0", "far", "1e99"]) {
      expect(parseHash(`#near=x&radius=${radius}`).near).toEqual({ where: "x", radius: 20000 });
    }
  });
});

describe("coordinates", () => {
  it("are told from places' names and ids", () => {
    expect(asCoordinates("71.05,40.18")).toEqual([71.05, 40.18]);
    expect(asCoordinates("-171,-40.18")).toEqual([-171, -40.18]);
    for (const where of ["1514637", "Ak-Turpak", "71.05,140", "71,40,3"]) {
      expect(asCoordinates(where)).toBeNull();
    }
  });
});

describe("what a link says that cannot be read", () => {
  it.each([
    ["#known=2012", ["known=2012"]],
    ["#date=2024-02-30", ["date=2024-02-30"]],
    ["#compare=2024-02-31&date=2024-01-01", ["compare=2024-02-31"]],
    ["#near=1514637&radius=far", ["radius=far"]],
    ["#map=9/91/71&lang=xx", ["map=9/91/71", "lang=xx"]],
    ["#selected=borders", ["selected=borders"]],
    ["#date=2024-01-01/2025-01-01&known=2020-01-01&near=71.1,40.05&radius=50km", []],
    ["", []],
  ])("%s", (hash, refused) => {
    expect(unreadable(hash)).toEqual(refused);
  });

  it("reads a radius as the service does", () => {
    const radius = (written: string) => parseHash(`#near=x&radius=${written}`).near?.radius;
    expect(["50km", "500m", "1500", "0.5km"].map(radius)).toEqual([50_000, 500, 1_500, 500]);
    expect(["-5", "50 miles", "0"].map(radius)).toEqual([20_000, 20_000, 20_000]);
  });
});
