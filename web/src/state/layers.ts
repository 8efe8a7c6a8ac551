// The atlas's layers, each an answer of its own: one that fails says so while the others stand. What
// they hold is asked once, for all times; the clock's days choose among it here.
import { type Accessor, createMemo, mapArray } from "solid-js";
import { askAll, askInterval, type Gathered } from "../api/client";
import type { AtlasFeature, Collection, Timeline } from "../api/types";
import type { Box } from "../map/geometry";
import { daysOf, sureOf, withDays } from "../map/prepare";
import { isTiled, LISTED } from "../map/tiled";
import { str } from "../text/phrases";
import { edgesOf } from "../time/edges";
import { createStatus, isUnsure } from "../time/status";
import { formatWhen, overlaps, statusDay, type When } from "../time/when";
import { type Answer, createAnswer } from "./answer";
import type { Selection } from "./hash";
import { asKnownOn, sameItems, withStatus } from "./known";

export interface Layer extends Gathered {
  collection: Collection;
}

export interface LayerAnswer {
  collection: Collection;
  /** What its answer was asked with. */
  parameters: Accessor<Parameters>;
  answer: Answer<Gathered>;
  /** What has come, as known on the clock's second day; reported areas with their status. */
  shown: Accessor<Gathered | undefined>;
  /** Of reported areas those that hold on the clock's days; the map chooses among the others. */
  held: Accessor<Gathered | undefined>;
}

const KINDS = new Set([
  "border",
  "territory",
  "enclave",
  "reported-area",
  "settlement",
  "context",
  "plain",
]);

export const isDrawn = ({ kind }: Collection) => KINDS.has(kind ?? "");

/** More claims than this are left to the service, which then gives the status of one day. */
const CLAIMS = 10_000;

/** The ledger's claims as features, where the page can hold them. */
export const claimsOf = (collections: readonly Collection[]): Collection | undefined =>
  collections.find(({ kind, count = 0 }) => kind === "claims" && count <= CLAIMS);

/** What a question about a layer says of time, and of place where it is too large to be had whole. */
export type Parameters = Record<"datetime" | "known-at" | "bbox", string | null>;

/**
 * The parameters to ask a layer's features with: once, for all times. Only a list of what is in view
 * of a large layer, and areas of more claims than the page can hold, are of the clock's days.
 */
export function layerParameters(
  collection: Collection,
  { datetime, known, statusHere, bounds }: Question,
): Parameters {
  const { kind, extent } = collection;
  const isDatedList = isTiled(collection) && Boolean(extent?.temporal);
  const byDay = isDatedList || (kind === "reported-area" && !statusHere);
  return {
    ...(byDay ? { datetime, "known-at": known } : { datetime: "../..", "known-at": null }),
    bbox: (isTiled(collection) && bounds?.map((degrees) => degrees.toFixed(5)).join()) || null,
  };
}

/** A layer's features; of a large one the first that are in view; dated ones with their days. */
async function gather(
  collection: Collection,
  asked: Parameters,
  signal: AbortSignal,
): Promise<Gathered> {
  const { id, kind, extent } = collection;
  if (isTiled(collection)) return askAll(id, asked, signal, LISTED);
  if (kind !== "plain" || !extent?.temporal) return askAll(id, asked, signal);
  const [gathered, interval] = await Promise.all([
    askAll(id, asked, signal),
    askInterval(id, signal),
  ]);
  return { ...gathered, features: withDays(gathered.features, interval) };
}

interface Question {
  datetime: string;
  known: string | null;
  /** Whether the page reckons the status of areas itself. */
  statusHere: boolean;
  /** What the map shows. */
  bounds: Box | null;
}

const isSame = (a: Parameters, b: Parameters) =>
  a.datetime === b.datetime && a["known-at"] === b["known-at"] && a.bbox === b.bbox;

interface Shown {
  when: Accessor<When>;
  /** Days as numbers; null is everything known. */
  known: Accessor<number | null>;
  knownText: Accessor<string | null>;
  now: number;
  bounds: Accessor<Box | null>;
}

/** What one set of layers has, for another set of the same atlas that shows other days. */
interface Shared {
  claims: Answer<Gathered>;
  answered: (id: string, asked: Parameters) => Gathered | undefined;
}

export function createLayers(
  collections: Accessor<Collection[] | undefined>,
  ledger: Answer<Timeline>,
  { when, known, knownText, now, bounds }: Shown,
  shared?: Shared,
) {
  const claimed = createMemo(() => claimsOf(collections() ?? []));
  const claims =
    shared?.claims ??
    createAnswer(
      () => claimed()?.id ?? null,
      (id, signal) => askAll(id, { datetime: "../..", skipGeometry: "true" }, signal),
    );
  const answers = createMemo(
    mapArray(
      () => (collections() ?? []).filter(isDrawn),
      (collection): LayerAnswer => {
        const parameters = createMemo(
          () =>
            layerParameters(collection, {
              datetime: formatWhen(when()),
              known: knownText(),
              statusHere: claimed() !== undefined,
              bounds: isTiled(collection) ? bounds() : null,
            }),
          undefined,
          { equals: isSame },
        );
        const answer = createAnswer(
          parameters,
          async (asked, signal) =>
            shared?.answered(collection.id, asked) ?? gather(collection, asked, signal),
          // A list of what is in view asks where the map and the clock come to rest.
          { wait: isTiled(collection) ? 400 : 150, keep: true },
        );
        return { collection, parameters, answer, ...createShown(collection, answer) };
      },
    ),
  );

  /** Reckons the status of every area; nothing until all it hangs on has come. */
  const status = createMemo(() => {
    const all = answers().filter(({ collection }) => collection.kind === "reported-area");
    const areas = all.map(({ answer }) => answer.value()?.features);
    const entries = ledger.value()?.entries;
    const features = claims.value()?.features;
    if (!entries || !features || areas.includes(undefined)) return undefined;
    return createStatus(
      areas.flatMap((of) => of ?? []),
      features,
      entries,
    );
  });

  function createShown(collection: Collection, answer: Answer<Gathered>) {
    const isArea = collection.kind === "reported-area";
    const remembered = withStatus();
    const asKnown = asKnownOn((feature) => daysOf(feature, collection.kind));
    const gathered = (choose: () => readonly AtlasFeature[] | undefined) => {
      const features = createMemo(choose, undefined, { equals: sameItems });
      return createMemo(() => {
        const [value, chosen] = [answer.value(), features()];
        return value && chosen && { ...value, features: chosen };
      });
    };
    const shown = gathered(() => {
      const all = answer.value()?.features;
      if (!all) return undefined;
      const then = asKnown(all, known());
      if (!isArea || !claimed()) return then;
      const statusOf = status();
      if (!statusOf) return undefined;
      const at = statusDay(when(), now);
      return then.map((area) => {
        const said = statusOf(String(area.id), at, known());
        return remembered(area, { ...said, _unsure: isUnsure(str(said, "status_about"), at) });
      });
    });
    const held = isArea
      ? gathered(() => shown()?.features.filter((area) => overlaps(daysOf(area), when())))
      : shown;
    return { shown, held };
  }

  /** Days on which what the map draws by its own dates may change. */
  const edges = createMemo(() =>
    edgesOf(
      answers().flatMap(({ collection: { kind }, shown }) =>
        kind === "reported-area"
          ? []
          : (shown()?.features ?? []).flatMap((feature) =>
              kind === "plain" ? (feature.days ?? []) : [daysOf(feature), sureOf(feature)],
            ),
      ),
    ),
  );

  // Lists look up row after row; a layer of the reader's own may hold very many.
  const indices = new WeakMap<readonly AtlasFeature[], Map<string, AtlasFeature[]>>();
  function indexOf({ features }: Gathered): Map<string, AtlasFeature[]> {
    let index = indices.get(features);
    if (!index) {
      index = new Map();
      for (const feature of features) {
        const id = String(feature.id);
        const found = index.get(id);
        if (found) found.push(feature);
        else index.set(id, [feature]);
      }
      indices.set(features, index);
    }
    return index;
  }

  return {
    answers,
    claims,
    edges,
    /** Layers of a kind, in the atlas's order, those that have come. */
    ofKind: (kind: string): Layer[] =>
      answers()
        .filter(({ collection }) => collection.kind === kind)
        .flatMap(({ collection, held }) => {
          const value = held();
          return value ? [{ collection, ...value }] : [];
        }),
    /** Every version of a thing that has come, whatever its days. */
    versions: ({ collection, id }: Selection): AtlasFeature[] => {
      const layer = answers().find((one) => one.collection.id === collection);
      const value = layer?.shown();
      return (value && indexOf(value).get(id)) ?? [];
    },
    /** What a layer holds, where it was asked just so. */
    answered: (id: string, asked: Parameters): Gathered | undefined => {
      const layer = answers().find((one) => one.collection.id === id);
      if (!layer || layer.answer.loading() || !isSame(layer.parameters(), asked)) return undefined;
      return layer.answer.value();
    },
    loading: () =>
      claims.loading() || ledger.loading() || answers().some(({ answer }) => answer.loading()),
  };
}
