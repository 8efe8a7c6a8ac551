// Asking the service. Every failure leaves here as a `Refusal`, which says a sentence that a person
// can act on, in the language of the moment.
import { text } from "../text";
import type { AtlasFeature, Page } from "./types";

export class Refusal extends Error {
  readonly status: number;
  readonly #sentence: () => string;

  constructor(sentence: () => string, status: number) {
    super();
    this.name = "Refusal";
    this.status = status;
    this.#sentence = sentence;
  }

  /** Reads the catalogue anew each time. */
  override get message(): string {
    return this.#sentence();
  }
}

/** A path with its parameters; those that are empty are left out. */
export function address(path: string, parameters: Record<string, string | number | null> = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== "") query.set(name, String(value));
  }
  const written = query.toString();
  return written ? `${path}?${written}` : path;
}

export async function ask<T>(url: string, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, {
      headers: { Accept: "application/json, application/geo+json" },
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refusal(() => text.errors.unreachable, 0);
  }
  if (!response.ok) throw new Refusal(await explain(response), response.status);
  try {
    return (await response.json()) as T;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refusal(() => text.errors.unreadable, response.status);
  }
}

/** Whole seconds of `Retry-After`; null where it cannot be read, or is a date. */
function waitOf({ headers }: Response): number | null {
  const written = headers.get("Retry-After") ?? "";
  return /^\d{1,5}$/.test(written) ? Math.max(1, Number(written)) : null;
}

/** `detail` of a problem document, or our own sentence for its status. */
async function explain(response: Response): Promise<() => string> {
  const { status } = response;
  const busy = () => {
    const wait = waitOf(response);
    return () => text.errors.busy(wait);
  };
  if (status === 429) return busy();
  const problem: unknown = await response.json().catch(() => null);
  if (problem && typeof problem === "object" && "detail" in problem) {
    const { detail } = problem;
    if (typeof detail === "string" && detail) return () => text.errors.refused(status, detail);
  }
  // The service itself says why; a proxy before it does not.
  if (status === 503) return busy();
  return () => text.errors.status(status);
}

const PAGE = 10_000;
/** The most features of one collection that a page draws. */
export const CAP = 100_000;

export interface Gathered {
  features: readonly AtlasFeature[];
  /** How many there are, where the service says. */
  matched: number | null;
  /** There are more than are here. */
  capped: boolean;
}

/** The features of a collection, page after page, up to a cap. */
export async function askAll(
  collection: string,
  parameters: Record<string, string | null>,
  signal?: AbortSignal,
  cap = CAP,
): Promise<Gathered> {
  const features: AtlasFeature[] = [];
  const asked = new Set<string>();
  let matched: number | null = null;
  let url: string | null = address(`/collections/${encodeURIComponent(collection)}/items`, {
    f: "json",
    ...parameters,
    limit: Math.min(PAGE, cap),
  });
  while (url && features.length < cap) {
    asked.add(url);
    const page: Page = await ask<Page>(url, signal);
    features.push(...(page.features as AtlasFeature[]));
    matched = page.numberMatched ?? matched;
    url = page.features.length ? nextPage(page) : null;
    if (url && asked.has(url)) url = null;
  }
  const missing = matched !== null && matched > features.length;
  return { features, matched, capped: url !== null || missing };
}

/** What a layer calls the properties that say from when and until when a feature holds. */
export interface Interval {
  start?: string;
  end?: string;
}

/** The names of a collection's dates, by their roles in its schema (OGC API Features Part 5). */
export async function askInterval(collection: string, signal?: AbortSignal): Promise<Interval> {
  type Schema = { properties: Record<string, { "x-ogc-role"?: string }> };
  const path = `/collections/${encodeURIComponent(collection)}/schema`;
  const { properties } = await ask<Schema>(path, signal);
  const named = (role: string) =>
    Object.keys(properties).find((name) => properties[name]?.["x-ogc-role"] === role);
  const [start, end] = [named("primary-interval-start"), named("primary-interval-end")];
  return { ...(start ? { start } : {}), ...(end ? { end } : {}) };
}

/** The service names its pages by the address it believes to have; they lie beside this page. */
function nextPage({ links }: Page): string | null {
  const href = links?.find(({ rel }) => rel === "next")?.href;
  if (!href) return null;
  const { pathname, search } = new URL(href, "http://localhost");
  return pathname + search;
}
