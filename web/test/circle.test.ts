import { describe, expect, test } from "vitest";
import { bearingBetween, circle, destination, metresBetween } from "../src/map/geometry";
import {
  circleOf,
  handleBearing,
  LEAST_M,
  MOST_M,
  resize,
  roundRadius,
  shift,
  whereOf,
} from "../src/near/circle";
import { asCoordinates } from "../src/state/hash";

const BATKEN: [number, number] = [70.81939, 40.06259];

describe("distance and bearing", () => {
  test("a destination is as far, and in the direction, as was asked", () => {
    for (const bearing of [0, 45, 90, 179, 270, 359]) {
      const there = destination(BATKEN, 20_000, bearing);
      expect(metresBetween(BATKEN, there)).toBeCloseTo(20_000, 3);
      expect(bearingBetween(BATKEN, there)).toBeCloseTo(bearing, 3);
    }
  });

  test("a degree along a meridian is a 360th of the way round", () => {
    expect(metresBetween([70, 40], [70, 41])).toBeCloseTo((2 * Math.PI * 6_371_008.8) / 360, 3);
    expect(metresBetween(BATKEN, BATKEN)).toBe(0);
  });

  test("a ring is closed, and every point of it is on the rim", () => {
    const ring = circle(BATKEN, 5_000);
    expect(ring.at(-1)).toEqual(ring[0]);
    for (const point of ring) expect(metresBetween(BATKEN, point)).toBeCloseTo(5_000, 3);
  });
});

test("a radius drawn by hand is one that can be said", () => {
  expect(roundRadius(1)).toBe(LEAST_M);
  expect(roundRadius(746.2)).toBe(750);
  expect(roundRadius(12_345)).toBe(12_300);
  expect(roundRadius(123_456)).toBe(123_000);
  expect(roundRadius(9e9)).toBe(MOST_M);
});

test("keys on the rim grow and shrink the circle, and never to nothing", () => {
  expect(resize(20_000, "ArrowUp")).toBe(21_000);
  expect(resize(20_000, "ArrowRight")).toBe(21_000);
  expect(resize(20_000, "ArrowLeft")).toBe(19_000);
  expect(resize(20_000, "PageDown")).toBe(15_000);
  expect(resize(LEAST_M, "ArrowDown")).toBe(LEAST_M);
  expect(resize(20_000, "Tab")).toBeNull();
});

test("keys on the centre move it by pixels, with Shift farther", () => {
  expect(shift("ArrowLeft", false)).toEqual([-10, 0]);
  expect(shift("ArrowDown", true)).toEqual([0, 50]);
  expect(shift("Enter", false)).toBeNull();
});

test("a place by hand can be read back from the link", () => {
  for (const centre of [BATKEN, [-0.000001, 0], [179.999999, -41.5]] as [number, number][]) {
    const back = asCoordinates(whereOf(centre));
    expect(back?.[0]).toBeCloseTo(centre[0], 5);
    expect(back?.[1]).toBeCloseTo(centre[1], 5);
  }
});

test("a circle is drawn where the place is known to lie, and nowhere else", () => {
  const near = { where: "1514637", radius: 20_000 };
  expect(circleOf(null, undefined)).toBeNull();
  expect(circleOf(near, undefined)).toBeNull();
  // The answer at hand is still the one about another place.
  expect(circleOf(near, { where: "1", coordinates: [71, 40] })).toBeNull();
  expect(circleOf(near, { where: "1514637", coordinates: [71, 40] })).toEqual({
    centre: [71, 40],
    radius: 20_000,
  });
  expect(circleOf({ ...near, where: "70.5,40" }, { where: "1", coordinates: [71, 40] })).toEqual({
    centre: [70.5, 40],
    radius: 20_000,
  });
});

test("the rim's handle stays where it is, else goes where it can be seen", () => {
  expect(handleBearing(33, () => true)).toBe(33);
  expect(handleBearing(33, (bearing) => bearing === 180)).toBe(180);
  expect(handleBearing(33, () => false)).toBeNull();
});
