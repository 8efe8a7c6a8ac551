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
    expect(inStage("places")).toEqual(["territories", "context", "plain", "settlements"]);
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
    const until = (stage: number) => `[">=",["global-state","stage"],${stage}]`;
    const filled = (source: string) => `["==",["global-state","holds:${source}"],true]`;
    expect(shown.background).toBe("null");
    expect(shown["area-marks"]).toContain(`["all",${until(0)},${filled("area-marks")}]`);
    expect(shown["enclave-names"]).toContain(`["all",${until(0)},${filled("enclaves")}]`);
    expect(shown.districts).toContain(`["all",${until(1)},${filled("context")}]`);
    // What draws from tiles holds what its tiles hold.
    expect(shown[tiledId("wells", "fill")]).toContain(`["case",${until(1)},`);
    expect(shown.relief).toContain(`["case",${until(2)},`);
    expect(style.state).toMatchObject({
      stage: { default: 0 },
      "holds:borders": { default: false },
    });
  });
});
