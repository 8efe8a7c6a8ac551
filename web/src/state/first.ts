// What is asked of the service first, whatever the reader asks: what the atlas says of itself, what it
// holds, and its ledger.
import { createEffect, createMemo } from "solid-js";
import { ask } from "../api/client";
import type { Collection, Landing, Timeline } from "../api/types";
import { painted } from "../ui/painted";
import { createAnswer } from "./answer";

export function createFirst() {
  const landing = createAnswer(
    () => "/?f=json",
    (url, signal) => ask<Landing>(url, signal),
  );
  /** Whether title and notice are there, or cannot be had. */
  const introduced = createMemo<boolean>(
    (was) => was || landing.value() !== undefined || landing.error() !== null,
    false,
  );
  // On a slow line what is large, asked for before they are on the screen, would delay them.
  const isNoticed = new Promise<void>((done) => {
    createEffect(() => {
      if (introduced()) void painted().then(done, done);
    });
  });
  const collections = createAnswer(
    () => "/collections?f=json",
    async (url, signal) => {
      const { collections } = await ask<{ collections: Collection[] }>(url, signal);
      // The layers are asked for once these are known.
      await isNoticed;
      return collections;
    },
  );
  const ledger = createAnswer(
    () => "/timeline",
    async (url, signal) => {
      await isNoticed;
      return ask<Timeline>(url, signal);
    },
  );
  return { landing, introduced, collections, ledger };
}
