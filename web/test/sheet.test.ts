import { createRoot, createSignal } from "solid-js";
import { describe, expect, it } from "vitest";
import { createSheet } from "../src/state/sheet";

describe("the sheet of a comparison", () => {
  const made = (compared: boolean) =>
    createRoot(() => {
      const [compares, setCompares] = createSignal<object | null>(compared ? {} : null);
      return { ...createSheet(() => compares() !== null), setCompares };
    });

  it("is open where the page begins with one", () => {
    expect(made(true).sheet()).toBe("compare");
    expect(made(false).sheet()).toBeNull();
  });

  it("opens with one that comes later, over another sheet too", () => {
    const { sheet, setSheet, setCompares } = made(false);
    setCompares({});
    expect(sheet()).toBe("compare");
    setCompares(null);
    setSheet("take");
    setCompares({});
    expect(sheet()).toBe("compare");
  });

  it("stays closed once the reader closed it, while the comparison goes on", () => {
    const { sheet, setSheet, setCompares } = made(true);
    setSheet(null);
    setCompares({});
    expect(sheet()).toBeNull();
  });
});
