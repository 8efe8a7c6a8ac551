// One layer as a file: how many features of it there are on the ground chosen, and the link to them
// in the format chosen. The link is the service's own, so that it offers what there is.
import { createEffect, Match, Show, Switch } from "solid-js";
import { address, ask } from "../api/client";
import type { Collection, Page } from "../api/types";
import { createAnswer } from "../state/answer";
import { useAtlas } from "../state/atlas";
import { text } from "../text";
import { ALL } from "../time/when";
import { AnswerStatus } from "../ui/answer-status";
import {
  COUNT,
  fileName,
  filesOf,
  GEOJSON_MOST,
  type Ground,
  groundParameters,
  windowOf,
} from "./files";

/** Kinds of which an absence might be taken for an answer about the ground. */
const ON_GROUND = new Set(["reported-area", "claims", "events"]);

export function LayerFile(props: {
  collection: Collection;
  ground: Ground;
  format: string;
  onOffered: (formats: readonly string[]) => void;
}) {
  const atlas = useAtlas();
  const view = () => {
    const bounds = atlas.bounds();
    return bounds && windowOf(bounds);
  };
  const byDay = () => props.collection.defaultDatetime === "today";
  const answer = createAnswer(
    () =>
      address(`/collections/${encodeURIComponent(props.collection.id)}/items`, {
        ...groundParameters(props.ground, view(), atlas.state.near),
        datetime: byDay() ? atlas.datetime() : null,
        "known-at": atlas.known(),
        ...COUNT,
      }),
    (url, signal) => ask<Page>(url, signal),
    { wait: 250 },
  );
  const files = () => {
    const page = answer.value();
    return page && !answer.loading() ? filesOf(page) : null;
  };
  createEffect(() => {
    const formats = files()?.map(({ format }) => format);
    if (formats?.length) props.onOffered(formats);
  });
  const file = () => files()?.find(({ format }) => format === props.format);
  const title = () => atlas.words.titleOf(props.collection);
  const matched = () => answer.value()?.numberMatched ?? null;
  const none = () =>
    ON_GROUND.has(props.collection.kind ?? "") ? text.take.noReportHere : text.take.noneHere;
  const cut = () => props.format === "geojson" && (matched() ?? 0) > GEOJSON_MOST;
  return (
    <li>
      <Switch fallback={<span class="quiet">{title()}</span>}>
        <Match when={answer.error()}>
          {title()} <AnswerStatus of={answer} />
        </Match>
        <Match when={matched() === 0 && !answer.loading()}>
          {title()} <span class="quiet">{none()}</span>
        </Match>
        <Match when={file()}>
          {(found) => (
            <>
              <a
                href={found().href}
                download={fileName(
                  props.collection.id,
                  byDay() ? atlas.when() : ALL,
                  atlas.known(),
                  found().format,
                  { ground: props.ground, near: atlas.state.near },
                )}
              >
                {title()}
              </a>{" "}
              <Show when={matched()}>
                {(n) => <span class="quiet">{text.take.features(n())}</span>}
              </Show>
              <Show when={cut()}>
                <span class="note">{text.take.first(GEOJSON_MOST, matched() ?? 0)}</span>
              </Show>
            </>
          )}
        </Match>
      </Switch>
    </li>
  );
}
