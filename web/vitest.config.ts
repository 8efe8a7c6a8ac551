import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Node gets the build for servers, in which nothing follows a signal.
const solid = fileURLToPath(new URL("node_modules/solid-js/dist/solid.js", import.meta.url));

export default defineConfig({
  resolve: { alias: [{ find: /^solid-js$/, replacement: solid }] },
  test: { include: ["test/**/*.test.ts"], environment: "node" },
});
