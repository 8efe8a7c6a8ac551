// The atlas's layers, each an answer of its own: one that fails says so while the others stand.
import { type Accessor, createMemo, mapArray } from "solid-js";
import { askAll, type Gathered } from "../api/client";
import type { AtlasFeature, Collection } from "../api/types";
import { type Answer, createAnswer } from "./answer";
import type { Selection } from "./hash";

export interface Layer extends Gathered {
  collection: Collection;
}

export interface LayerAnswer {
  collection: Collection;
  /** What its answer was asked with. */
  parameters: Accessor<Parameters>;
  answer: Answer<Gathered>;
}

/** Kinds whose every version the page holds, so that the clock moves without asking. */
const VERSIONED = new Set(["border", "territory", "enclave"]);
const KINDS = new Set([...VERSIONED, "reported-area", "settlement", "context", "plain"]);

export const isDrawn = ({ kind }: Collection) => KINDS.has(kind ?? "");

/** The status of a reported area, and which plain things hold, is for the service to say. */
const isAskedByDay = ({ kind, extent }: Collection) =>
  kind === "reported-area" || (kind === "plain" && Boolean(extent?.temporal));

export interface Parameters {
  datetime: string | null;
  "known-at": string | null;
}

/** The parameters to ask a layer's features with. */
export function layerParameters(
  collection: Collection,
  day: string,
  known: string | null,
): Parameters {
  const versioned = VERSIONED.has(collection.kind ?? "");
  const datetime = versioned ? "../.." : isAskedByDay(collection) ? day : null;
  return { datetime, "known-at": known };
}

export function createLayers(
  collections: Accessor<Collection[] | undefined>,
  day: Accessor<string>,
  known: Accessor<string | null>,
  /** What another set of these layers already holds for the same question. */
  shared: (id: string, parameters: Parameters) => Gathered | undefined = () => undefined,
) {
  const answers = createMemo(
    mapArray(
      () => (collections() ?? []).filter(isDrawn),
      (collection): LayerAnswer => {
        const parameters = () =>
          layerParameters(collection, isAskedByDay(collection) ? day() : "", known());
        const answer = createAnswer(
          parameters,
          async (asked, signal) =>
            shared(collection.id, asked) ?? askAll(collection.id, { ...asked }, signal),
          150,
        );
        return { collection, parameters, answer };
      },
    ),
  );

  const loaded = ({ collection, answer }: LayerAnswer): Layer[] => {
    const value = answer.value();
    return value ? [{ collection, ...value }] : [];
  };

  // Lists look up row after row; a layer of the reader's own may hold very many.
  const indices = new WeakMap<Gathered, Map<string, AtlasFeature[]>>();
  function indexOf(value: Gathered): Map<string, AtlasFeature[]> {
    let index = indices.get(value);
    if (!index) {
      index = new Map();
      for (const feature of value.features) {
        const id = String(feature.id);
        const known = index.get(id);
        if (known) known.push(feature);
        else index.set(id, [feature]);
      }
      indices.set(value, index);
    }
    return index;
  }

  return {
    answers,
    /** Layers of a kind, in the atlas's order, those that have come. */
    ofKind: (kind: string): Layer[] =>
      answers()
        .filter(({ collection }) => collection.kind === kind)
        .flatMap(loaded),
    /** Every version of a thing that has come, whatever its days. */
    versions: ({ collection, id }: Selection): AtlasFeature[] => {
      const layer = answers().find((one) => one.collection.id === collection);
      const value = layer?.answer.value();
      return (value && indexOf(value).get(id)) ?? [];
    },
    /** What a layer holds, where it was asked just so. */
    answered: (id: string, asked: Parameters): Gathered | undefined => {
      const layer = answers().find((one) => one.collection.id === id);
      if (!layer || layer.answer.loading()) return undefined;
      const same = JSON.stringify(layer.parameters()) === JSON.stringify(asked);
      return same ? layer.answer.value() : undefined;
    },
    loading: () => answers().some(({ answer }) => answer.loading()),
  };
}
