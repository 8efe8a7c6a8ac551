import { defineConfig } from "@playwright/test";
import { LAUNCH } from "./e2e/browser";

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  // One browser at a time: it draws with the processor, and the tests share one service.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    ...LAUNCH,
    viewport: { width: 1280, height: 800 },
    // A quarter of the pixels: drawing all of them takes half of the time. What looks at pixels
    // says 1.
    deviceScaleFactor: 0.5,
    locale: "en-GB",
  },
});
