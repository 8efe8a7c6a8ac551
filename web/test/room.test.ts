import { describe, expect, it } from "vitest";
import { room } from "../src/map/room";

const map = { width: 880, height: 580 };
const legend = { left: 8, top: 260, right: 245, bottom: 572 };
const attribution = { left: 370, top: 500, right: 880, bottom: 580 };
const tools = { left: 8, top: 8, right: 200, bottom: 38 };

describe("the room on a map", () => {
  it("is all of it where nothing lies over it", () => {
    expect(room(map, [], 1)).toEqual({ left: 0, top: 0, right: 880, bottom: 580 });
  });

  it("lies beside what lies over it", () => {
    const { left, top, right, bottom } = room(map, [legend, attribution, tools], 1);
    expect({ left, top, right, bottom }).toEqual({ left: 245, top: 0, right: 880, bottom: 500 });
  });

  it("is above it for what is wide, and beside it for what is high", () => {
    const low = { left: 0, top: 400, right: 500, bottom: 580 };
    expect(room(map, [low], 4)).toMatchObject({ left: 0, bottom: 400 });
    expect(room(map, [low], 0.3)).toMatchObject({ left: 500, bottom: 580 });
  });

  it("is all of it where next to nothing is free", () => {
    const phone = { width: 390, height: 270 };
    const open = { left: 0, top: 20, right: 360, bottom: 270 };
    expect(room(phone, [open], 1)).toEqual({ left: 0, top: 0, right: 390, bottom: 270 });
  });
});
