import {
  Color,
  createExpression,
  featureFilter,
  isExpression,
} from "@maplibre/maplibre-gl-style-spec";
import type { FilterSpecification } from "maplibre-gl";
import { describe, expect, it, vi } from "vitest";
import { AREAS, BORDERS } from "../src/map/looks";
import { stateIn } from "../src/map/stages";
import { baseStyle, SOURCES } from "../src/map/style";
import { evaluate } from "../src/sketch/expression";

vi.stubGlobal("location", { origin: "http://localhost" });

const relief = { tiles: "http://localhost/relief/{z}/{x}/{y}.png", minzoom: 5, maxzoom: 9 };
const styles = (["light", "dark"] as const).map((theme) =>
  baseStyle({ relief, window: [69, 39, 74, 42] } as never, theme, [
    { id: "wells", place: 1, dated: true },
  ]),
);

const LOOKS = [...Object.keys(AREAS), ...Object.keys(BORDERS), "water", "unheard-of"];
const base = {
  _name: "Sokh",
  _first: 10,
  _last: 30,
  _sureFirst: 12,
  _sureLast: 28,
  _rank: 12_000,
  _tint: 2,
};
/** Properties that between them take every branch of the style. */
const FEATURES: Record<string, unknown>[] = LOOKS.flatMap((look, at) => [
  { ...base, _look: look, _contested: true, _covers: at % 2 === 0, _unsure: false, _aside: 0.25 },
  { ...base, _look: look, _contested: false, _covers: at % 3 === 0, _unsure: true, _aside: -1 },
  {
    ...base,
    _look: look,
    _sureFirst: 25,
    _sureLast: 40,
    _named: true,
    _covers: false,
    _contested: false,
  },
  {
    ...base,
    _look: look,
    _sureFirst: 1,
    _sureLast: 12,
    _first: 25,
    _covers: false,
    _contested: false,
  },
]);
const GEOMETRIES = ["Point", "LineString", "Polygon"] as const;
const NUMBERS = { Point: 1, LineString: 2, Polygon: 3 } as const;
const ZOOMS = [5.5, 6, 7.5, 8.3, 9.75, 11, 12, 15];
const STATES = [
  { ...stateIn("places", SOURCES, []), from: 20, to: 20, fromYear: 1999, toYear: 2000 },
  { ...stateIn("reports", ["borders"], ["reports"]), from: 26, to: 35, fromYear: 1, toYear: 2 },
];

/** Colours are compared as colours, and what is not there is null. */
const plain = (value: unknown): unknown => {
  if (value instanceof Color) return value.toString();
  if (typeof value === "string") return Color.parse(value)?.toString() ?? value;
  return Array.isArray(value) ? value.map(plain) : (value ?? null);
};

describe("the sketch's expressions", () => {
  it("come to what MapLibre's come to, all over the style", () => {
    let compared = 0;
    for (const style of styles) {
      for (const state of STATES) {
        for (const layer of style.layers) {
          const values: [string, unknown][] = Object.entries({ ...layer.layout, ...layer.paint });
          for (const [name, written] of values) {
            if (!isExpression(written)) continue;
            const made = createExpression(written, name, null, state);
            if (made.result === "error") throw new Error(`${layer.id} ${name}`);
            for (const properties of FEATURES)
              for (const zoom of ZOOMS) {
                const theirs = made.value.evaluateWithoutErrorHandling(
                  { zoom },
                  { type: 2, properties },
                );
                const ours = evaluate(written, { zoom, state, geometry: "LineString", properties });
                const [a, b] = [plain(ours), plain(theirs)];
                if (typeof a === "number") expect(a).toBeCloseTo(b as number, 9);
                else expect(a, `${layer.id} ${name}`).toEqual(b);
                compared += 1;
              }
          }
        }
      }
    }
    expect(compared).toBeGreaterThan(10_000);
  });

  it("let through what MapLibre's filters do", () => {
    let [through, held] = [0, 0];
    for (const state of STATES) {
      for (const layer of styles[0]?.layers ?? []) {
        if (!("filter" in layer) || !layer.filter) continue;
        const theirs = featureFilter(
          layer.filter as FilterSpecification,
          `${layer.id}.filter`,
          state,
        );
        for (const properties of FEATURES)
          for (const zoom of ZOOMS)
            for (const geometry of GEOMETRIES) {
              const asked = { zoom, state, geometry, properties };
              const ours = evaluate(layer.filter, asked) === true;
              const feature = { type: NUMBERS[geometry], properties } as never;
              expect(ours, `${layer.id} ${JSON.stringify(asked)}`).toBe(
                theirs.filter({ zoom }, feature),
              );
              if (ours) through += 1;
              else held += 1;
            }
      }
    }
    expect(Math.min(through, held)).toBeGreaterThan(500);
  });

  it("leave what is no expression as it is", () => {
    const asked = { zoom: 1, state: {} };
    expect(evaluate(["Noto Sans Bold", "sans-serif"], asked)).toEqual([
      "Noto Sans Bold",
      "sans-serif",
    ]);
    expect(evaluate([2.6, 4.4], asked)).toEqual([2.6, 4.4]);
    expect(evaluate(undefined, asked)).toBeUndefined();
  });
});
