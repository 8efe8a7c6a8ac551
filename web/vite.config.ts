import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";
import solid from "vite-plugin-solid";

/**
 * Scripts and styles compressed once, as small as can be, beside themselves: the service has no
 * time for that while a reader waits.
 */
const compressed: Plugin = {
  name: "compressed",
  apply: "build",
  writeBundle({ dir = "dist" }) {
    const assets = join(dir, "assets");
    for (const name of readdirSync(assets).filter((one) => /\.(js|css)$/.test(one))) {
      const bytes = readFileSync(join(assets, name));
      writeFileSync(join(assets, `${name}.br`), brotliCompressSync(bytes));
      // Browsers take no Brotli in the clear from another machine.
      writeFileSync(join(assets, `${name}.gz`), gzipSync(bytes, { level: 9 }));
    }
  },
};

/** Parts of MapLibre that the page has none of: their pictures are a third of its styles. */
const UNUSED = /geolocate|user-location|fullscreen|terrain|globe|compass|popup|cooperative/;

const withoutUnused: Plugin = {
  name: "without-unused",
  enforce: "pre",
  transform(code, id) {
    if (!id.endsWith("maplibre-gl.css")) return null;
    // A rule that speaks of something else too stays: the map's own cursor is the compass's.
    const kept = (rule: string) => {
      const selectors = (rule.split("{", 1)[0] ?? "").split(",");
      return selectors.every((selector) => UNUSED.test(selector)) ? "" : rule;
    };
    return { code: code.replace(/[^{}]*\{[^{}]*\}/g, kept), map: null };
  },
};

/** What title, notice and the list of layers come from: asked for with the page, and not once its script runs. */
const ASKED = ["/?f=json", "/collections?f=json"];

const beforehand: Plugin = {
  name: "beforehand",
  apply: "build",
  transformIndexHtml: () =>
    ASKED.map((href) => ({
      tag: "link",
      attrs: { rel: "preload", as: "fetch", href, crossorigin: true },
      injectTo: "head" as const,
    })),
};

export default defineConfig({
  base: "/",
  plugins: [withoutUnused, solid(), compressed, beforehand],
  build: {
    target: "es2022",
    // MapLibre alone is about a megabyte; it is one library in one chunk, and loads once.
    chunkSizeWarningLimit: 1500,
    // The service's policy admits no data: URL but for images, so nothing is inlined.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // MapLibre's worker comes as .mjs; servers know .js better.
        assetFileNames: (asset) =>
          asset.names.some((name) => name.endsWith(".mjs"))
            ? "assets/[name]-[hash].js"
            : "assets/[name]-[hash][extname]",
      },
    },
  },
  server: {
    // `npm run dev` beside a running `demarc serve`.
    proxy: Object.fromEntries(
      ["/collections", "/near", "/places", "/timeline", "/relief", "/sources", "^/\\?f=json"].map(
        (path) => [path, "http://127.0.0.1:8080"],
      ),
    ),
  },
});
