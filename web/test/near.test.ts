import { expect, it } from "vitest";
import { address } from "../src/api/client";
import { circleOf } from "../src/near/circle";
import { askedBy, isSameCircle, nearParameters } from "../src/state/near";

const url = (
  where: string,
  radius = 20_000,
  datetime = "2003-12-31",
  known: string | null = null,
) => address("/near", nearParameters({ where, radius }, datetime, known));

it("an answer remembers what it was asked", () => {
  const asked = url("Ak-Turpak", 5_000, "2003-01-01/..", "2012-01-01");
  expect(askedBy(asked)).toMatchObject({ url: asked, where: "Ak-Turpak", known: "2012-01-01" });
  expect(askedBy(url("71.05,40.18")).where).toBe("71.05,40.18");
});

it("an answer stands while only the days of its question change", () => {
  expect(isSameCircle(url("Osh"), url("Osh", 20_000, "2010-01-01", "2012-01-01"))).toBe(true);
  expect(isSameCircle(url("Osh"), url("Batken"))).toBe(false);
  expect(isSameCircle(url("Osh"), url("Osh", 5_000))).toBe(false);
  expect(isSameCircle(url("71,40"), url("71,41"))).toBe(false);
});

it("a place that a link names by its name has its circle", () => {
  const { where } = askedBy(url("Osh"));
  expect(circleOf({ where: "Osh", radius: 20_000 }, { where, coordinates: [72.8, 40.5] })).toEqual({
    centre: [72.8, 40.5],
    radius: 20_000,
  });
});
