import { describe, expect, it } from "vitest";
import type { ClaimEntry, Contradiction } from "../src/api/types";
import { contested } from "../src/panel/contested";

const against = (id: string, kind: string, ...claims: string[]): Contradiction => ({
  id,
  kind,
  statement: `${id} stands`,
  claims,
});
const claim = (
  id: string,
  inherited: boolean,
  ...contradicted_by: Contradiction[]
): ClaimEntry => ({
  type: "claim",
  id,
  asserts: "mined",
  areas: [],
  inherited,
  contradicted_by,
});
const ids = (all: Contradiction[]) => all.map(({ id }) => id);

describe("what stands against an area's claims", () => {
  const both = against("both", "tension", "own-1", "large-1");
  const own = against("own", "contradiction", "own-1", "own-2");
  const remark = against("remark", "difference", "own-1", "own-2");
  const large = against("large", "contradiction", "large-1", "large-2");
  const entries = [
    claim("own-1", false, both, remark, own),
    claim("own-2", false, own, remark),
    claim("large-1", true, both, large),
    claim("large-2", true, large),
  ];

  it("is said once: contradictions first, remarks and larger areas apart", () => {
    const found = contested(entries, ["own-1", "own-2", "large-1", "large-2"]);
    expect(ids(found.sharp)).toEqual(["own", "both"]);
    expect(ids(found.mild)).toEqual(["remark"]);
    expect(ids(found.inherited)).toEqual(["large"]);
  });

  it("leaves out what has fewer than two claims on the day", () => {
    const found = contested(entries, ["own-1", "large-1", "large-2"]);
    expect(ids(found.sharp)).toEqual(["both"]);
    expect(ids(found.inherited)).toEqual(["large"]);
    expect(contested(entries, ["own-1"])).toEqual({ sharp: [], mild: [], inherited: [] });
  });
});
