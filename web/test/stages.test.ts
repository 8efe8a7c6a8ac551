import { describe, expect, it, vi } from "vitest";
import { hasBegun, STAGES, stageOf } from "../src/map/stages";
import { baseStyle, SOURCES } from "../src/map/style";
import { tiledId } from "../src/map/tiled";

vi.stubGlobal("location", { origin: "http://localhost" });

const relief = { tiles: "http://localhost/relief/{z}/{x}/{y}.png", minzoom: 5, maxzoom: 9 };
const style = baseStyle({ relief, window: [69, 39, 74, 42] } as never, "light", [
  { id: "wells", place: 0, dated: false },
]);

describe("the stages of the map", () => {
  it("begin with borders, enclaves and all that is reported, and end with the relief", () => {
    const inStage = (stage: string) => SOURCES.filter((source) => stageOf(source) === stage);
    expect(inStage("reports")).toEqual([
      "borders",
      "enclaves",
      "area-shapes",
      "area-reach",
      "area-marks",
      "near",
      "selected",
    ]);
    expect(inStage("places")).toEqual([
      "territories",
      "context",
      "ground-names",
      "plain",
      "settlements",
    ]);
    expect(stageOf(tiledId("wells"))).toBe("places");
    expect(stageOf("relief")).toBe("relief");
  });

  it("keep what they have begun", () => {
    const begun = (source: string) => STAGES.filter((stage) => hasBegun(stage, source));
    expect(begun("borders")).toEqual(["reports", "places", "relief"]);
    expect(begun("context")).toEqual(["places", "relief"]);
    expect(begun("relief")).toEqual(["relief"]);
  });

  it("are what every layer but the ground waits for, and something in its source", () => {
    const shown = Object.fromEntries(
      style.layers.map(({ id, layout }) => [id, JSON.stringify(layout?.visibility ?? null)]),
    );
    const from = (stage: number) => `[">=",["global-state","stage"],${stage}]`;
    const is = (name: string) => `["==",["global-state","${name}"],true]`;
    const unless = (group: string) => `["!",${is(`hides:${group}`)}]`;
    const when = (...all: string[]) => `["case",["all",${all}],"visible","none"]`;
    expect(shown.background).toBe("null");
    expect(shown["area-marks"]).toBe(when(from(0), is("holds:area-marks"), unless("reports")));
    expect(shown["enclave-names"]).toBe(when(from(0), is("holds:enclaves"), unless("enclaves")));
    expect(shown.districts).toBe(when(from(1), is("holds:context"), unless("ground")));
    // What is asked about is drawn whatever is hidden.
    expect(shown.near).toBe(when(from(0), is("holds:near")));
    // What draws from tiles holds what its tiles hold.
    expect(shown[tiledId("wells", "fill")]).toBe(when(from(1), unless("own")));
    expect(shown.relief).toBe(when(from(2), unless("relief")));
    expect(style.state).toMatchObject({
      stage: { default: 0 },
      "holds:borders": { default: false },
    });
  });
});
