import { describe, expect, it } from "vitest";
import type { AtlasFeature, ClaimEntry, Contradiction } from "../src/api/types";
import { parseDay } from "../src/time/edtf";
import { createStatus, isUnsure } from "../src/time/status";

const day = (written: string) => parseDay(written) as number;

const area = (id: string, ...within: string[]): AtlasFeature => ({
  type: "Feature",
  id,
  geometry: null,
  properties: { name: id, within },
});

/** A claim as the collection has it; `about` and `reported` are years. */
const claim = (
  id: string,
  on: string,
  asserts: string,
  { about, reported, known = reported && `${reported}-01-01`, ...more }: Record<string, string>,
): AtlasFeature => ({
  type: "Feature",
  id,
  geometry: null,
  properties: {
    area: on,
    asserts,
    status_class: `class of ${asserts}`,
    about: about ?? null,
    start: about ? `${about}-01-01` : null,
    reported: reported ?? null,
    known_from: known ?? null,
    claimant: `who says ${id}`,
    ...more,
  },
});

const entry = (id: string, more: Partial<ClaimEntry> = {}): ClaimEntry => ({
  type: "claim",
  id,
  asserts: "",
  areas: [],
  ...more,
});

const against = (id: string, ...claims: string[]): Contradiction => ({
  id,
  statement: id,
  claims,
});

function says(claims: AtlasFeature[], entries: ClaimEntry[] = []) {
  const areas = [area("inner", "middle"), area("middle", "outer"), area("outer"), area("apart")];
  const statusOf = createStatus(areas, claims, entries);
  return (id: string, on: string, known: string | null = null) =>
    statusOf(id, day(on), known === null ? null : day(known));
}

describe("the standing claim", () => {
  it("is the live one whose time starts last", () => {
    const status = says([
      claim("late", "outer", "cleared", { about: "2005", reported: "2011" }),
      claim("early", "outer", "mined", { about: "1999", reported: "2003" }),
    ]);
    expect(status("outer", "1998-12-31").status).toBe("no-reports");
    expect(status("outer", "1998-12-31")).toMatchObject({
      status_class: "unknown",
      status_by: null,
      status_claim: null,
      status_title_only: false,
      claims: "",
    });
    expect(status("outer", "1999-01-01").status).toBe("mined");
    expect(status("outer", "2005-01-01")).toMatchObject({
      status: "cleared",
      status_class: "class of cleared",
      status_by: "who says late",
      status_about: "2005",
      status_reported: "2011",
      claims: "late, early",
    });
    expect(status("outer", "2005-01-01", "2010-12-31").status).toBe("mined");
    expect(status("outer", "2005-01-01", "2002-12-31").status).toBe("no-reports");
  });

  it("is never silence where anything of substance was said", () => {
    const status = says([
      claim("said", "outer", "mined", { about: "1999", reported: "1999" }),
      claim("silence", "outer", "no-further-information", { about: "2010", reported: "2010" }),
      claim("only", "apart", "unknown", { about: "2010", reported: "2010" }),
    ]);
    expect(status("outer", "2020-01-01").status).toBe("mined");
    expect(status("apart", "2020-01-01").status).toBe("unknown");
  });

  it("goes by the later report, then by the later in the ledger, where times start alike", () => {
    const status = says([
      claim("reported later", "outer", "mined", { about: "2005", reported: "2008" }),
      claim("reported earlier", "outer", "cleared", { about: "2005", reported: "2006" }),
      claim("first", "apart", "mined", { about: "2005", reported: "2006" }),
      claim("second", "apart", "cleared", { about: "2005", reported: "2006" }),
    ]);
    expect(status("outer", "2020-01-01").status_claim).toBe("reported later");
    expect(status("apart", "2020-01-01").status_claim).toBe("second");
  });

  it("without a time of its own speaks of the day it was public, or of every day", () => {
    const sources = [
      { id: "b", title: "B", published: "2012" },
      { id: "a", title: "A", published: "2011-06" },
    ];
    const status = says(
      [
        claim("ever", "outer", "mined", {}),
        claim("from its source", "outer", "cleared", { known: "2011-06-01" }),
      ],
      [entry("from its source", { sources })],
    );
    expect(status("outer", "1900-01-01").status_claim).toBe("ever");
    expect(status("outer", "2011-05-31").status_claim).toBe("ever");
    expect(status("outer", "2011-06-01")).toMatchObject({
      status_claim: "from its source",
      status_reported: "2011-06",
    });
    // Nobody says when the first was made: it is not known as of any day.
    expect(status("outer", "2020-01-01", "2011-05-31").status).toBe("no-reports");
  });

  it("counts as known ever before where its date is open to the past", () => {
    const status = says([
      claim("old", "outer", "mined", { about: "1999", reported: "../2003", known: ".." }),
    ]);
    expect(status("outer", "2020-01-01", "1900-01-01").status).toBe("mined");
  });
});

describe("larger areas", () => {
  const claims = [
    claim("large", "outer", "suspected", { about: "2000", reported: "2000" }),
    claim("own", "inner", "cleared", { about: "2005", reported: "2005" }),
    claim("elsewhere", "apart", "mined", { about: "2000", reported: "2000" }),
  ];
  const entries = [
    entry("large", { contradicted_by: [against("con", "own", "large"), against("far", "large")] }),
    entry("own", { contradicted_by: [against("con", "own", "large")] }),
  ];
  const status = says(claims, entries);

  it("hand their claims down, and never stand for an area within", () => {
    expect(status("inner", "2001-01-01")).toMatchObject({
      status: "no-reports",
      inherited: "large",
    });
    expect(status("middle", "2010-01-01")).toMatchObject({ inherited: "large", claims: "" });
    expect(status("outer", "2010-01-01")).toMatchObject({ inherited: "", claims: "large" });
  });

  it("are contested with it once two claims of an entry are live", () => {
    expect(status("inner", "2004-12-31").contested).toBe(false);
    expect(status("inner", "2005-01-01")).toMatchObject({
      contested: true,
      contested_by: "large, own",
    });
    expect(status("middle", "2005-01-01").contested).toBe(true);
    expect(status("apart", "2005-01-01").contested).toBe(false);
    expect(status("inner", "2005-01-01", "2004-12-31").contested).toBe(false);
  });
});

it("gathers hazards and sources of all live claims, each once", () => {
  const status = says([
    claim("a", "outer", "mined", { about: "1999", hazard: "mines, uxo", sources: "s-2, s-1" }),
    claim("b", "outer", "cleared", { about: "2005", hazard: "mines", sources: "s-1, s-3" }),
  ]);
  expect(status("outer", "2006-01-01")).toMatchObject({
    hazards: "mines, uxo",
    sources: "s-2, s-1, s-3",
  });
  expect(status("outer", "2000-01-01")).toMatchObject({
    hazards: "mines, uxo",
    sources: "s-2, s-1",
  });
});

describe("a statement's time", () => {
  it.each([
    ["2005", "2005-06-01", true],
    ["2005", "2005-12-31", false],
    ["2004/2005", "2004-12-30", true],
    ["2004/2005", "2005-06-01", false],
    ["2022-09-20/..", "2022-09-20", false],
    ["../2003", "2003-01-01", false],
    ["", "2003-01-01", false],
  ])("%s may not have come on %s: %s", (about, on, unsure) => {
    expect(isUnsure(about, day(on))).toBe(unsure);
  });
});
