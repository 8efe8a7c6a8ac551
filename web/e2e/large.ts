// A geodata folder with layers of a reader's own that are too large for a page to hold: parcels
// without days, and surveys each of which held for some years. The same for the same counts.
import { createWriteStream } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Fractions between 0 and 1 that look like chance; a linear congruence, modulus 2^32. */
function chance(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const VILLAGES = 400;

/** Square fields round villages, some 50 m wide, a feature a line. */
function* fields(count: number, seed: number, dated: boolean) {
  const next = chance(seed);
  const villages = Array.from({ length: VILLAGES }, () => [70 + 3 * next(), 39.6 + 1.4 * next()]);
  for (let index = 0; index < count; index += 1) {
    const [longitude = 0, latitude = 0] = villages[index % VILLAGES] ?? [];
    const [x, y] = [longitude + (next() - 0.5) / 8, latitude + (next() - 0.5) / 10].map(
      (degrees) => Math.round(degrees * 1e5) / 1e5,
    ) as [number, number];
    const [east, north] = [x + 0.0006, y + 0.00045];
    const begun = 1991 + Math.floor(30 * next());
    const properties = dated ? { begun: `${begun}`, ended: `${begun + 3}` } : { crop: "cotton" };
    const ring = [
      [x, y],
      [east, y],
      [east, north],
      [x, north],
      [x, y],
    ];
    const geometry = { type: "Polygon", coordinates: [ring] };
    yield `${JSON.stringify({ type: "Feature", id: `f${index}`, properties, geometry })}\n`;
  }
}

const ATLAS = `title = "Parcels"
abstract = "Parcels and surveys of the valley."
window = [69.5, 39.2, 73.5, 41.4]
notice = "Not verified on the ground."
`;
const layer = (id: string, title: string, more = "") =>
  `[[layer]]\nid = "${id}"\nkind = "plain"\ntitle = "${title}"\nfile = "${id}.geojsonl"\n${more}`;

/** Makes the folder; a count of 0 leaves a layer out. */
export async function makeLargeFolder(parcels: number, surveys: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "demarc-large-"));
  const put = (name: string, content: string | Iterable<string>) =>
    typeof content === "string"
      ? writeFile(join(folder, name), content)
      : pipeline(Readable.from(content), createWriteStream(join(folder, name)));
  const tables = [
    ...(parcels ? [layer("parcels", "Parcels")] : []),
    ...(surveys
      ? [layer("surveys", "Surveys", 'start-property = "begun"\nend-property = "ended"\n')]
      : []),
  ];
  await put("atlas.toml", [ATLAS, ...tables].join("\n"));
  if (parcels) await put("parcels.geojsonl", fields(parcels, 1, false));
  if (surveys) await put("surveys.geojsonl", fields(surveys, 2, true));
  return folder;
}
