import { describe, expect, it } from "vitest";
import { move, spelling } from "../src/near/suggestions";

describe("moving through suggestions", () => {
  it("goes down and up, round both ends", () => {
    expect(move(-1, 3, "ArrowDown")).toBe(0);
    expect(move(2, 3, "ArrowDown")).toBe(0);
    expect(move(-1, 3, "ArrowUp")).toBe(2);
    expect(move(0, 3, "ArrowUp")).toBe(2);
    expect(move(2, 3, "ArrowUp")).toBe(1);
  });

  it("leaves other keys, and an empty list, alone", () => {
    expect(move(1, 3, "a")).toBeNull();
    expect(move(-1, 0, "ArrowDown")).toBeNull();
  });
});

describe("the spelling found", () => {
  const names = ["Ohangaron", "Akhangaran", "Ахангаран"];
  it("is said when the place's own name begins otherwise", () => {
    expect(spelling(names, "ak")).toBe("Akhangaran");
    expect(spelling(names, " Ах")).toBe("Ахангаран");
  });

  it("is left out when the own name does, or when nothing begins so", () => {
    expect(spelling(names, "oh")).toBeNull();
    expect(spelling(names, "hanga")).toBeNull();
    expect(spelling([], "x")).toBeNull();
  });
});
