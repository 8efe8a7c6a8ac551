// A geodata folder as a reader might make it: layers of kind `plain` of every shape, two layers of
// reported areas, and neither borders, enclaves nor relief.
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** More wells than one answer of the service holds. */
export const WELLS = 10_050;

type Shape = { type: string; coordinates?: unknown; geometries?: unknown };

const feature = (id: string, geometry: Shape, properties: object) => ({
  type: "Feature",
  id,
  geometry,
  properties: { name: id, ...properties },
});
const square = (west: number, south: number, side: number) => [
  [
    [west, south],
    [west + side, south],
    [west + side, south + side],
    [west, south + side],
    [west, south],
  ],
];

const wells = Array.from({ length: WELLS }, (_, index) =>
  feature(
    `well-${index}`,
    { type: "Point", coordinates: [70.6 + (index % 201) / 1000, 40.5 + index / 201 / 1000] },
    { depth_m: index, dug: "1987", pump: { kind: "hand" }, start: "2090" },
  ),
);

const canals = [
  feature(
    "canal",
    {
      type: "LineString",
      coordinates: [
        [71.0, 40.2],
        [71.4, 40.3],
      ],
    },
    { wide: true },
  ),
  feature(
    "branches",
    {
      type: "MultiLineString",
      coordinates: [
        [
          [71.1, 40.1],
          [71.2, 40.15],
        ],
        [
          [71.3, 40.1],
          [71.4, 40.15],
        ],
      ],
    },
    {},
  ),
];

const fields = [
  feature("field", { type: "Polygon", coordinates: square(71.5, 40.2, 0.1) }, { crop: "cotton" }),
  feature(
    "fields",
    { type: "MultiPolygon", coordinates: [square(71.7, 40.2, 0.1), square(71.9, 40.2, 0.1)] },
    {},
  ),
  feature(
    "posts",
    {
      type: "MultiPoint",
      coordinates: [
        [71.6, 40.5],
        [71.7, 40.5],
      ],
    },
    {},
  ),
];

const area = (id: string, longitude: number) =>
  feature(
    id,
    { type: "Point", coordinates: [longitude, 40.4] },
    {
      basis: "settlement",
      uncertainty_m: 2000,
      uncertainty_reason: "A settlement's point, no ground.",
      extent: "unknown",
      precision: 2,
      source: "src-book",
    },
  );

const LAYERS = [
  { id: "wells", kind: "plain", title: "Wells", features: wells },
  { id: "canals", kind: "plain", title: "Canals", features: canals },
  { id: "fields", kind: "plain", title: "Fields and posts", features: fields },
  { id: "police", kind: "reported-area", title: "Police files", features: [area("Post A", 71.2)] },
  { id: "army", kind: "reported-area", title: "Army files", features: [area("Post B", 71.5)] },
].map((layer) => ({
  ...layer,
  features: layer.features.map((one) => ({ ...one, id: one.id.toLowerCase().replace(/ /g, "-") })),
}));

const ATLAS = `title = "Wells"
abstract = "The wells of the district."
window = [70.4, 39.9, 72.2, 40.8]
notice = "Not verified on the ground."
`;

const SOURCES = `[[source]]
id = "src-book"
title = "The book"
publisher = "The district"
published = "2001"
`;

const ACTORS = `[[actor]]
id = "actor-police"
name = "The district's police"
kind = "authority"
`;

const CLAIMS = `[[claim]]
id = "claim-post-b"
area = "post-b"
asserts = "mined"
hazard = ["mines"]
about = "2000"
claimant = "actor-police"
sources = ["src-book"]
summary = "Ground at the post is mined."
`;

export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "demarc-folder-"));
  const put = (name: string, content: string) => writeFile(join(folder, name), content);
  const tables = LAYERS.map(
    ({ id, kind, title }) =>
      `[[layer]]\nid = "${id}"\nkind = "${kind}"\ntitle = "${title}"\nfile = "${id}.geojson"\n${
        kind === "plain"
          ? ""
          : 'source = "src-book"\nlicence = "CC0-1.0"\nattribution = "The book"\n'
      }`,
  );
  await put("atlas.toml", [ATLAS, ...tables].join("\n"));
  await put("sources.toml", SOURCES);
  await put("actors.toml", ACTORS);
  await put("claims.toml", CLAIMS);
  for (const { id, features } of LAYERS) {
    await put(`${id}.geojson`, JSON.stringify({ type: "FeatureCollection", features }));
  }
  return folder;
}
