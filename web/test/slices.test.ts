import { createRoot, createSignal } from "solid-js";
import { describe, expect, it } from "vitest";
import { aTurnAfter, finish, inSlices, turn, type Work } from "../src/ui/slices";

function* counted(to: number, done: number[]): Work<string> {
  for (let at = 0; at < to; at += 1) {
    done.push(at);
    yield;
  }
  return "all";
}

describe("work in slices", () => {
  it("comes to the same as at once", async () => {
    expect(finish(counted(3, []))).toBe("all");
    expect(await inSlices(counted(3, []), () => true)).toBe("all");
  });

  it("begins in a turn of its own, and lets the page have turns between", async () => {
    const done: number[] = [];
    const started = performance.now();
    const work = inSlices(
      (function* (): Work<number> {
        for (const _ of counted(60, done)) {
          const end = performance.now() + 1;
          while (performance.now() < end);
          yield;
        }
        return performance.now() - started;
      })(),
      () => true,
    );
    expect(done).toEqual([]);
    const seen: number[] = [];
    const look = setInterval(() => seen.push(done.length), 1);
    expect(await work).toBeGreaterThan(0);
    clearInterval(look);
    expect(seen.some((many) => many > 0 && many < 60)).toBe(true);
  });

  it("is left off where it is wanted no longer, and says what goes wrong", async () => {
    const done: number[] = [];
    expect(await inSlices(counted(3, done), () => false)).toBeNull();
    expect(done).toEqual([]);
    const failing = (function* (): Work<void> {
      yield;
      throw new Error("broken");
    })();
    await expect(inSlices(failing, () => true)).rejects.toThrow("broken");
  });
});

describe("a turn after", () => {
  it("comes once something was so, and stays", async () => {
    const [isSo, setSo] = createSignal(false);
    const isDue = createRoot(() => aTurnAfter(isSo));
    await turn();
    expect(isDue()).toBe(false);
    setSo(true);
    expect(isDue()).toBe(false);
    await turn();
    await turn();
    expect(isDue()).toBe(true);
    setSo(false);
    expect(isDue()).toBe(true);
  });
});
