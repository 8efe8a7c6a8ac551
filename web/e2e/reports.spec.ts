// What reports look like on the map: hatched, filled, dashed or outlined by what they say of the
// ground, in two tones where they are contested, and nowhere in green.
import type { Page } from "@playwright/test";
import { expect, open, test, view } from "./service";

interface Seen {
  /** The layer that draws it. */
  layer: string;
  type: string;
  id: string;
  name: string;
  look: string;
  isContested: boolean;
  covers: boolean;
  /** Colours it is drawn in, each as red, green and blue from 0 to 1. */
  colours: [number, number, number][];
  image: string | null;
  opacity: number;
  dash: number[] | null;
}

/** Everything that the map draws in view, as it is drawn: `areas` alone, or all there is. */
const seenOn = (page: Page, areas: boolean): Promise<Seen[]> =>
  page.evaluate((only) => {
    const map = window.demarcMap;
    const found = map?.queryRenderedFeatures() ?? [];
    const shown = only ? found.filter(({ layer: { id } }) => id.startsWith("area-")) : found;
    const once = new Map<string, Seen>();
    for (const { layer, properties } of shown) {
      const paint = (layer.paint ?? {}) as Record<string, unknown>;
      const layout = ("layout" in layer ? layer.layout : {}) as Record<string, unknown>;
      const colours: [number, number, number][] = [];
      for (const [property, value] of Object.entries(paint)) {
        const { r, g, b, a } = Object(value);
        if (property.endsWith("-color") && a > 0) colours.push([r / a, g / a, b / a]);
      }
      const named = paint["fill-pattern"] ?? layout["icon-image"];
      // A pattern may fade from one image to another.
      const { name = named } = Object(Object(named).to ?? named);
      const image = named ? String(name) : null;
      const dots = image ? map?.getImage(image)?.data : null;
      // Of images, the dots that are hardly seen through: at edges a colour blends with nothing.
      const inks = new Set<number>();
      const { data } = dots ?? { data: [] };
      for (let at = 0; at < data.length; at += 4) {
        if ((data[at + 3] ?? 0) < 250) continue;
        inks.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
      }
      for (const ink of inks)
        colours.push([(ink >> 16) / 255, ((ink >> 8) & 255) / 255, (ink & 255) / 255]);
      const dash = layer.type === "line" && map?.getPaintProperty(layer.id, "line-dasharray");
      const one: Seen = {
        layer: layer.id,
        type: layer.type,
        id: String(properties._id),
        name: String(properties._name),
        look: String(properties._look),
        isContested: properties._contested === true,
        covers: properties._covers === true,
        colours,
        image,
        opacity: Number(paint[`${layer.type}-opacity`] ?? 1),
        dash: (dash || null) as number[] | null,
      };
      once.set(`${one.layer} ${one.id} ${one.look}`, one);
    }
    return [...once.values()];
  }, areas);

const namesIn = (seen: readonly Seen[], layer: string) =>
  [...new Set(seen.filter((one) => one.layer === layer).map(({ name }) => name))].sort();

/** Whether people would call a colour green: its hue between yellow and cyan, and no mere grey. */
function isGreen([red, green, blue]: readonly [number, number, number]) {
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  if (most !== green || most - least < 0.06) return false;
  const hue = 120 + (60 * (blue - red)) / (most - least);
  return hue > 70 && hue < 175;
}

const VALLEY = `${view(8, 40.05, 71.1)}&date=`;
const WHOLE = "Whole of Kyrgyzstan";

test("what covers a whole country is hatched, in two tones where it is contested", async ({
  page,
}) => {
  await open(page, `${VALLEY}2026-01-01`);
  const seen = await seenOn(page, true);
  const hatches = seen.filter(({ layer }) => layer === "area-hatch");
  expect(hatches.map(({ name }) => name)).toEqual([WHOLE]);
  const [hatch] = hatches;
  expect(hatch?.covers).toBe(true);
  expect(hatch?.isContested).toBe(true);
  expect(hatch?.image).toBe("hatch-hazard-suspected-contested");
  expect(hatch?.colours).toHaveLength(2);
  // A hatch is all of it that is seen: no colour lies over the country, and no rim runs round it.
  const others = seen.filter(({ name, opacity }) => name === WHOLE && opacity > 0);
  expect(others.map(({ layer }) => layer)).toEqual(["area-hatch"]);
});

test("a border stretch is a line, and how far its ground may reach a dashed rim without a fill", async ({
  page,
}) => {
  await open(page, `${VALLEY}2026-01-01`);
  const stretches = ["border-stretch", "enclave-perimeter"];
  const { features } = await (
    await page.request.get("/collections/reported-areas/items?limit=1000&datetime=2026-01-01")
  ).json();
  const basis = new Map(
    (features as { id: string; properties: { basis: string } }[]).map((one) => [
      one.id,
      one.properties.basis,
    ]),
  );
  const seen = await seenOn(page, true);
  const lines = seen.filter(({ layer }) => layer === "area-line");
  expect(lines.length).toBeGreaterThan(3);
  for (const { id, name } of lines) expect(stretches, name).toContain(basis.get(id));

  const reach = seen.filter(({ layer }) => layer === "area-reach");
  expect(namesIn(seen, "area-reach")).toEqual(expect.arrayContaining(namesIn(seen, "area-line")));
  expect(namesIn(seen, "area-reach")).toContain("Kungeioetoek, near Chonkara");
  for (const { name, dash, id } of reach) {
    expect(dash?.length, name).toBeGreaterThan(1);
    const [stroke = 0, gap = 0] = dash ?? [];
    expect(gap, name).toBeGreaterThan(stroke);
    // Nobody says how far it extends: nothing fills it, whichever layer might.
    const fills = seen.filter((one) => one.id === id && one.type === "fill" && one.opacity > 0);
    expect(fills, name).toEqual([]);
  }
});

test("a claim of clearance is an outline: never filled, never hatched", async ({ page }) => {
  for (const day of ["2012-01-01", "2020-01-01", "2026-01-01"]) {
    await open(page, VALLEY + day);
    const cleared = (await seenOn(page, true)).filter(({ look }) => look === "clearance-claimed");
    expect(cleared, day).not.toEqual([]);
    for (const { name, type, layer, opacity } of cleared) {
      expect(type !== "fill" || opacity === 0, `${name} in ${layer}`).toBe(true);
    }
    // Its mark is paper within a rim, where that of a mined one is filled with its colour.
    const inks = await page.evaluate(() => {
      const inside = (image: string) => {
        const { data } = window.demarcMap?.getImage(image) ?? {};
        // Between rim and strokes: a quarter of the way in, halfway down.
        const at = data ? 4 * (Math.floor(data.height / 2) * data.width + data.width / 4 + 4) : 0;
        return data ? [...data.data.slice(at, at + 3)].join() : "";
      };
      return {
        claimed: inside("mark-clearance-claimed"),
        mined: inside("mark-hazard-mined"),
      };
    });
    expect(inks.claimed).toBe("255,255,255");
    expect(inks.mined).not.toBe("255,255,255");
  }
});

test("contested reports have a second tone, in marks and in rims", async ({ page }) => {
  await open(page, `${VALLEY}2026-01-01`);
  const seen = await seenOn(page, true);
  const ids = (layer: string, isContested?: boolean) =>
    seen
      .filter((one) => one.layer === layer)
      .filter((one) => isContested === undefined || one.isContested === isContested)
      .map(({ id }) => id)
      .sort();
  const contested = ids("area-reach", true);
  expect(contested.length).toBeGreaterThan(5);
  expect(ids("area-reach-contested")).toEqual(contested);
  const tone = (layer: string) => seen.find((one) => one.layer === layer);
  const second = tone("area-reach-contested");
  // Short dashes that fall into the gaps of the first tone.
  expect(second?.dash).not.toEqual(tone("area-reach")?.dash);
  for (const { colours } of seen.filter(({ layer }) => layer === "area-reach")) {
    expect(colours).not.toEqual(second?.colours);
  }
  const marks = seen.filter(({ layer }) => layer === "area-marks");
  expect(marks.length).toBeGreaterThan(3);
  for (const { image, isContested, name } of marks) {
    expect(String(image).endsWith("-contested"), name).toBe(isContested);
  }
  const dots = await page.evaluate(() => {
    const of = (image: string) => String(window.demarcMap?.getImage(image)?.data.data);
    return [of("mark-hazard-mined"), of("mark-hazard-mined-contested")];
  });
  expect(dots[0]).not.toBe(dots[1]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`nothing on the map is green, on ${colorScheme} ground`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page, `${VALLEY}2026-01-01`);
    const seen = await seenOn(page, false);
    // Ground, borders, places and reports alike, each with a colour to look at.
    for (const layer of ["territories", "water", "border-delimited", "settlements", "area-marks"]) {
      const drawn = seen.filter((one) => one.layer === layer);
      expect(drawn.flatMap(({ colours }) => colours).length, layer).toBeGreaterThan(0);
    }
    const green = seen.filter(({ colours }) => colours.some(isGreen));
    expect([...new Set(green.map(({ layer, look }) => `${look} in ${layer}`))]).toEqual([]);
  });
}
