// The clock's parts, for the tests of it.
import type { Locator, Page } from "@playwright/test";
import { expect, view } from "./service";

export const panel = (page: Page) => page.getByRole("region", { name: "What is known" });
export const moment = (page: Page) => page.locator(".moment");
export const fragment = (page: Page) => page.evaluate(() => location.hash);
export const dayThumb = (page: Page) => page.getByRole("slider", { name: "Date on the clock" });
export const knownThumb = (page: Page) => page.getByRole("slider", { name: "Known by this day" });
/** All marks: one control, whose value is one of them. */
export const marks = (page: Page) => page.getByRole("slider", { name: /^What happened/ });
export const mark = (page: Page, type: string, day: string) =>
  marks(page).locator(`.${type}[data-day^="${day}"]`);
export const date = (page: Page) => page.getByLabel("Date", { exact: true });
export const show = (page: Page, what: string) =>
  page.getByLabel("Show", { exact: true }).selectOption(what);
export const BARAK = view(11, 40.668, 72.768);

/** Middle of something on the page. */
export async function middle(of: Locator) {
  const box = await of.boundingBox();
  expect(box).not.toBeNull();
  return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
}
