import { createRoot, createSignal } from "solid-js";
import { describe, expect, it } from "vitest";
import { createSheet } from "../src/state/sheet";

describe("the sheet of a comparison", () => {
  const made = (compared: boolean) =>
    createRoot(() => {
      const [compares, setCompares] = createSignal<object | null>(compared ? {} : null);
      const [asks, setAsks] = createSignal<string | null>(null);
      return { ...createSheet(() => compares() !== null, asks), setCompares, setAsks };
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

  it("makes way for a question near a place, and comes back by a comparison alone", () => {
    const { sheet, setCompares, setAsks } = made(true);
    setAsks("Osh 20000");
    expect(sheet()).toBeNull();
    setAsks(null);
    expect(sheet()).toBeNull();
    setCompares(null);
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
