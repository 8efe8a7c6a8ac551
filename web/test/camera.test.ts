import { describe, expect, it } from "vitest";
import { boundsOf, constrained, fitted, MAX_ZOOM, projection, worlds } from "../src/map/camera";

const size = { width: 880, height: 580 };
const none = { left: 0, right: 0, top: 0, bottom: 0 };

describe("the sketch's camera", () => {
  it("has the world's 512 pixels at zoom 0, twice as many a zoom", () => {
    const at = projection({ zoom: 0, longitude: 0, latitude: 0 }, { width: 512, height: 512 });
    expect(at([0, 0])).toEqual([256, 256]);
    expect(at([-180, 0])[0]).toBeCloseTo(0);
    // Osh in tile 10/719/385 (column, row): some fraction of it into the tile.
    const [x, y] = projection(
      { zoom: 10, longitude: -180, latitude: 85.051_128_779_806_59 },
      { width: 0, height: 0 },
    )([72.7985, 40.5283]);
    expect([Math.floor(x / 512), Math.floor(y / 512)]).toEqual([719, 385]);
  });

  it("fits a box between what is kept free", () => {
    const box = [69.5, 39.2, 73.5, 41.4] as const;
    const free = { left: 260, right: 20, top: 50, bottom: 90 };
    const view = fitted([...box], size, free);
    const at = projection(view, size);
    const [west, north] = at([box[0], box[3]]);
    const [east, south] = at([box[2], box[1]]);
    expect((west + east) / 2).toBeCloseTo((260 + 880 - 20) / 2);
    expect((north + south) / 2).toBeCloseTo((50 + 580 - 90) / 2);
    const spare = [west - 260, north - 50];
    expect(Math.min(...spare)).toBeCloseTo(0);
    expect(Math.max(...spare)).toBeGreaterThan(0);
  });

  it("sees what its bounds say", () => {
    const view = { zoom: 8.4, longitude: 71.2, latitude: 40.1 };
    const [west, south, east, north] = boundsOf(view, size);
    const at = projection(view, size);
    const [left, top] = at([west, north]);
    const [right, bottom] = at([east, south]);
    for (const [is, should] of [
      [left, 0],
      [top, 0],
      [right, 880],
      [bottom, 580],
    ] as const)
      expect(is).toBeCloseTo(should);
  });

  it("goes no deeper than the map, and has a view of a point, of the world and where there is no room", () => {
    const world = fitted([-180, -90, 180, 90], size, none);
    expect(world.zoom).toBeLessThan(1);
    expect(world.latitude).toBeCloseTo(0);
    expect(fitted([71, 40, 71, 40], size, none).zoom).toBe(MAX_ZOOM);
    const view = fitted([69, 39, 74, 42], { width: 10, height: 10 }, { ...none, left: 30 });
    expect(Number.isFinite(view.zoom + view.longitude + view.latitude)).toBe(true);
  });

  it("has the view nearest to the one that a link asks for", () => {
    const asked = { zoom: 11, longitude: 71, latitude: 40 };
    const same = constrained(asked, size);
    expect(same.zoom).toBe(11);
    expect(same.latitude).toBeCloseTo(40, 9);
    expect(constrained({ ...asked, zoom: 24 }, size).zoom).toBe(MAX_ZOOM);
    // The world is as high as the screen at least, and no pole is passed.
    const far = constrained({ ...asked, zoom: 0 }, size);
    expect(512 * 2 ** far.zoom).toBeCloseTo(size.height);
    expect(far.latitude).toBeCloseTo(0);
    const [, , , north] = boundsOf(constrained({ ...asked, zoom: 3, latitude: 89 }, size), size);
    expect(north).toBeCloseTo(85.0511, 3);
  });

  it("sees several worlds at the antimeridian, and else one", () => {
    expect(worlds({ zoom: 7, longitude: 71, latitude: 40 }, size)).toEqual([0]);
    expect(worlds({ zoom: 7, longitude: 179.9, latitude: 0 }, size)).toEqual([0, 1]);
    expect(worlds({ zoom: 7, longitude: -179.9, latitude: 0 }, size)).toEqual([-1, 0]);
  });
});
