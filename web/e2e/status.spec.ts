// The map reckons the status of areas itself, so that the clock need not ask. Here its rule is held
// to the service's, wherever a claim begins or becomes public.
import type { AtlasFeature, Timeline } from "../src/api/types";
import { isoDay } from "../src/time/edtf";
import { claimDays, createStatus } from "../src/time/status";
import { expect, test } from "./service";

test("the map's status is the service's, on every day that changes one", async ({ request }) => {
  test.setTimeout(300_000);
  const features = async (path: string): Promise<AtlasFeature[]> => {
    const answer = await (await request.get(`${path}&limit=10000&skipGeometry=true`)).json();
    expect(answer.numberReturned).toBe(answer.numberMatched);
    return answer.features;
  };
  const claims = await features("/collections/claims/items?datetime=../..");
  const areas = await features("/collections/reported-areas/items?datetime=../..");
  const { entries }: Timeline = await (await request.get("/timeline")).json();
  const statusOf = createStatus(areas, claims, entries);

  const days = claimDays(claims);
  const around = (edges: number[]) =>
    [...new Set(edges.flatMap((edge) => [edge - 1, edge]))].sort((a, b) => a - b);
  const [begins, known] = [around(days.begins), around(days.known)];
  expect(begins.length).toBeGreaterThan(30);
  expect(known.length).toBeGreaterThan(30);

  /** Every edge of one clock with everything known; then a grid over both. */
  const sparse = (all: number[]) => all.filter((_, at) => at % 5 === 0 || at === all.length - 1);
  const questions: [number, number | null][] = [
    ...begins.map((at): [number, null] => [at, null]),
    ...known.map((on): [number, number] => [begins.at(-1) ?? 0, on]),
    ...sparse(begins).flatMap((at) => sparse(known).map((on): [number, number] => [at, on])),
  ];
  let statuses = new Set<string>();
  for (const [at, on] of questions) {
    const day = `datetime=${isoDay(at)}${on === null ? "" : `&known-at=${isoDay(on)}`}`;
    const given = await features(`/collections/reported-areas/items?${day}`);
    const reckoned = given.map(({ id, properties }) => ({
      ...properties,
      ...statusOf(String(id), at, on),
    }));
    expect(reckoned, day).toEqual(given.map(({ properties }) => properties));
    statuses = new Set([...statuses, ...given.map(({ properties }) => String(properties.status))]);
  }
  // Not a comparison of nothing with nothing.
  expect(statuses.size).toBeGreaterThan(5);
});
