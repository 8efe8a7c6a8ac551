// The question near a place: how it is asked, what its answer remembers of it.
import { createMemo } from "solid-js";
import { address, ask } from "../api/client";
import type { NearAnswer } from "../api/types";
import type { Located } from "../near/circle";
import { parseWhen, type When } from "../time/when";
import { type Answer, createAnswer } from "./answer";
import { asCoordinates, type Near } from "./hash";

/** The parameters of `/near` for a question; `datetime` as the service writes it. */
export function nearParameters(near: Near, datetime: string, known: string | null) {
  const at = asCoordinates(near.where);
  return {
    ...(at ? { at: near.where } : { place: near.where }),
    radius: near.radius,
    datetime,
    "known-at": known,
  };
}

/** What an answer was asked: its own address, the place as written, and the days that it names. */
export interface Asked {
  url: string;
  where: string;
  when: When | null;
  known: string | null;
}

export interface AnsweredNear extends NearAnswer {
  asked: Asked;
}

export function askedBy(url: string): Asked {
  const { searchParams } = new URL(url, "http://localhost");
  return {
    url,
    where: searchParams.get("at") ?? searchParams.get("place") ?? "",
    when: parseWhen(searchParams.get("datetime") ?? ""),
    known: searchParams.get("known-at"),
  };
}

/** Whether two questions differ in their days alone. */
export function isSameCircle(one: string, other: string): boolean {
  const [a, b] = [one, other].map((url) => {
    const { searchParams } = new URL(url, "http://localhost");
    return ["at", "place", "radius"].map((name) => searchParams.get(name)).join();
  });
  return a === b;
}

export function createNear(
  near: () => Near | null,
  datetime: () => string,
  known: () => string | null,
) {
  const url = createMemo(() => {
    const asked = near();
    return asked && address("/near", nearParameters(asked, datetime(), known()));
  });
  const answer: Answer<AnsweredNear> = createAnswer(
    url,
    async (asked, signal) => ({
      ...(await ask<NearAnswer>(asked, signal)),
      asked: askedBy(asked),
    }),
    // It asks where a moving clock comes to rest; until then the last answer says of which days it
    // is. About another circle it would pass for the answer to the question that is now asked.
    { wait: 400, keep: isSameCircle },
  );
  /** Where the place asked about last lies: a circle that only grows has its centre meanwhile. */
  const located = createMemo<Located | undefined>((was) => {
    const found = answer.value();
    return found ? { where: found.asked.where, coordinates: found.place.coordinates } : was;
  });
  return { near: answer, located };
}
