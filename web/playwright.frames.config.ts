import { defineConfig } from "@playwright/test";
import base from "./playwright.config";

export default defineConfig({
  ...base,
  testMatch: "**/{first,frames}.ts",
  use: { ...base.use, deviceScaleFactor: 1 },
});
