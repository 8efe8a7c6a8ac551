// The expressions of the map's style, as far as our style uses them, worked out for one feature.
// MapLibre has all of them, in a script that comes later than the sketch
// (https://maplibre.org/maplibre-style-spec/expressions/). Pure.

/** What an expression may ask about. */
export interface Asked {
  zoom: number;
  /** The map's global state. */
  state: Readonly<Record<string, unknown>>;
  /** A kind of geometry, as GeoJSON names it. */
  geometry?: string;
  properties?: object;
}

type Operator = (terms: readonly unknown[], asked: Asked) => unknown;

const number = (term: unknown, asked: Asked) => Number(evaluate(term, asked));
const isTrue = (asked: Asked) => (term: unknown) => evaluate(term, asked) === true;
const compared =
  (compare: (a: number, b: number) => boolean): Operator =>
  ([a, b], asked) => {
    const [left, right] = [evaluate(a, asked), evaluate(b, asked)];
    // What is not there compares with nothing: to MapLibre it is an error, and so no.
    return typeof left === "number" && typeof right === "number" && compare(left, right);
  };

/** Values that follow one another in pairs: `[1, "a", 2, "b"]`. */
const pairs = (terms: readonly unknown[]) =>
  terms.flatMap((term, at) => (at % 2 ? [] : [[term, terms[at + 1]] as const]));

const blend = (from: unknown, to: unknown, share: number): unknown =>
  Array.isArray(from) && Array.isArray(to)
    ? from.map((one, at) => blend(one, to[at], share))
    : Number(from) + (Number(to) - Number(from)) * share;

const OPERATORS: Readonly<Record<string, Operator>> = {
  literal: ([value]) => value,
  zoom: (_, { zoom }) => zoom,
  "geometry-type": (_, { geometry }) => geometry,
  "global-state": ([name], { state }) => state[String(name)],
  get: ([name], { properties }) =>
    (properties as Record<string, unknown> | undefined)?.[String(name)] ?? null,
  "to-color": ([term], asked) => evaluate(term, asked),
  all: (terms, asked) => terms.every(isTrue(asked)),
  any: (terms, asked) => terms.some(isTrue(asked)),
  "!": ([term], asked) => !isTrue(asked)(term),
  "==": ([a, b], asked) => evaluate(a, asked) === evaluate(b, asked),
  "!=": ([a, b], asked) => evaluate(a, asked) !== evaluate(b, asked),
  "<": compared((a, b) => a < b),
  "<=": compared((a, b) => a <= b),
  ">": compared((a, b) => a > b),
  ">=": compared((a, b) => a >= b),
  "-": ([a, b], asked) => number(a, asked) - number(b, asked),
  in: ([term, list], asked) => {
    const values = evaluate(list, asked);
    return Array.isArray(values) && values.includes(evaluate(term, asked));
  },
  at: ([index, list], asked) => (evaluate(list, asked) as unknown[])[number(index, asked)],
  coalesce: (terms, asked) => terms.map((term) => evaluate(term, asked)).find((one) => one != null),
  case: (terms, asked) => {
    const found = pairs(terms.slice(0, -1)).find(([test]) => isTrue(asked)(test));
    return evaluate(found ? found[1] : terms.at(-1), asked);
  },
  match: ([term, ...branches], asked) => {
    const value = evaluate(term, asked);
    const found = pairs(branches.slice(0, -1)).find(([label]) => label === value);
    return evaluate(found ? found[1] : branches.at(-1), asked);
  },
  step: ([term, first, ...stops], asked) => {
    const value = number(term, asked);
    const found = pairs(stops).findLast(([stop]) => value >= Number(stop));
    return evaluate(found ? found[1] : first, asked);
  },
  interpolate: ([, term, ...stops], asked) => {
    const value = number(term, asked);
    const all = pairs(stops).map(([stop, of]) => [Number(stop), of] as const);
    const below = all.findLast(([stop]) => stop <= value) ?? all[0];
    const above = all.find(([stop]) => stop > value) ?? below;
    if (!below || !above) return undefined;
    const share = above === below ? 0 : Math.max(0, (value - below[0]) / (above[0] - below[0]));
    return blend(evaluate(below[1], asked), evaluate(above[1], asked), share);
  },
};

/** What an expression comes to; anything else, a list of names among it, is what it says. */
export function evaluate(term: unknown, asked: Asked): unknown {
  const operator = Array.isArray(term) ? OPERATORS[String(term[0])] : undefined;
  return operator ? operator((term as unknown[]).slice(1), asked) : term;
}
