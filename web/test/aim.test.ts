import { expect, it } from "vitest";
import { createAim } from "../src/state/aim";

const BATKEN = { where: "1463580", radius: 20_000 };
const VIEW = { zoom: 9, latitude: 40, longitude: 71 };

it("a map goes once to what is asked by name, and stays where a hand placed the circle", () => {
  const aim = createAim();
  aim.ask(BATKEN, true);
  expect(aim.goesTo(BATKEN, VIEW)).toBe(true);
  expect(aim.goesTo(BATKEN, VIEW)).toBe(false);
  aim.ask({ ...BATKEN, where: "71,40" }, false);
  expect(aim.goesTo({ ...BATKEN, where: "71,40" }, null)).toBe(false);
});

it("a link's view goes before its question; one without a view shows the circle", () => {
  expect(createAim().goesTo(BATKEN, VIEW)).toBe(false);
  expect(createAim().goesTo(BATKEN, null)).toBe(true);
});

it("a step back to an older question looks where it looked", () => {
  const aim = createAim();
  aim.ask(BATKEN, true);
  expect(aim.goesTo({ ...BATKEN, radius: 5_000 }, VIEW)).toBe(false);
});
