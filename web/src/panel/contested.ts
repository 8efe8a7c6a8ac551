// Which entries make an area contested: those that name its own claims, and those that name claims
// about larger areas alone. Pure.
import type { Contradiction, Entry } from "../api/types";

export interface Contested {
  /** Contradictions and tensions that name the area's own claims. */
  sharp: Contradiction[];
  /** What else is remarked on its own claims: differences, dates, weak sources. */
  mild: Contradiction[];
  inherited: Contradiction[];
}

const SHARP = ["contradiction", "tension"];

/**
 * `live` are the claims that the service counts as contested on the clock's day: an entry with
 * fewer than two of them contests nothing on that day.
 */
export function contested(entries: readonly Entry[], live: readonly string[]): Contested {
  const counts = ({ claims = [] }: Contradiction) =>
    claims.filter((id) => live.includes(id)).length > 1;
  const of = (inherited: boolean) =>
    unique(
      entries.flatMap((entry) =>
        entry.type === "claim" && (entry.inherited === true) === inherited
          ? (entry.contradicted_by ?? []).filter(counts)
          : [],
      ),
    );
  const own = of(false);
  const named = new Set(own.map(({ id }) => id));
  return {
    sharp: SHARP.flatMap((kind) => own.filter((one) => one.kind === kind)),
    mild: own.filter(({ kind = "" }) => !SHARP.includes(kind)),
    inherited: of(true).filter(({ id }) => !named.has(id)),
  };
}

function unique(all: readonly Contradiction[]): Contradiction[] {
  return [...new Map(all.map((one) => [one.id, one])).values()];
}
