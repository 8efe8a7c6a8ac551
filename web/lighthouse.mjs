// Lighthouse over the map as `make lighthouse` serves it, on a desk and on a phone: prints the
// scores and what was found wanting, and fails below what the map promises.
// Usage: node lighthouse.mjs BINARY FOLDER_OF_LIGHTHOUSE
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [binary, folder] = process.argv.slice(2);
const LEAST = { performance: 90, accessibility: 100, "best-practices": 100 };
const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

const installed = createRequire(join(resolve(folder), "package.json"));
const load = async (name) => import(pathToFileURL(installed.resolve(name)).href);
const { default: lighthouse, desktopConfig } = await load("lighthouse");
const { launch } = await load("chrome-launcher");

const service = spawn(resolve(binary), ["serve", "--listen", "127.0.0.1:0"], {
  cwd: resolve(import.meta.dirname, ".."),
  stdio: ["ignore", "pipe", "inherit"],
});
const address = await new Promise((found, failed) => {
  service.once("exit", (code) => failed(new Error(`${binary} ended with ${code}`)));
  let said = "";
  service.stdout.on("data", (bytes) => {
    said += bytes;
    const match = /^listening on (\S+)/.exec(said);
    if (match) found(match[1]);
  });
});
const chrome = await launch({ chromePath: process.env.CHROMIUM, chromeFlags: FLAGS });
let wanting = 0;
try {
  for (const [device, config] of [
    ["desk", desktopConfig],
    ["phone", undefined],
  ]) {
    const options = { port: chrome.port, onlyCategories: Object.keys(LEAST), logLevel: "error" };
    const { lhr } = await lighthouse(`${address}/`, options, config);
    writeFileSync(join(folder, `${device}.json`), JSON.stringify(lhr));
    for (const [id, least] of Object.entries(LEAST)) {
      const category = lhr.categories[id];
      const score = Math.round(category.score * 100);
      console.log(`${device.padEnd(6)} ${category.title.padEnd(15)} ${score} (at least ${least})`);
      if (score >= least) continue;
      wanting += 1;
      for (const { id: audit, weight } of category.auditRefs) {
        const { score: part, title, displayValue = "" } = lhr.audits[audit];
        if (weight > 0 && part !== null && part < 0.9) console.log(`  ${title} ${displayValue}`);
      }
    }
  }
} finally {
  await chrome.kill();
  service.removeAllListeners("exit");
  service.kill();
}
process.exit(wanting ? 1 : 0);
