// A thing of the atlas as one line of a list: its picture, its name, what is said of it.
import { Match, Show, Switch } from "solid-js";
import type { AtlasFeature } from "../api/types";
import { areaLook, borderLook, LEGEND, PLAIN_TONES, type Swatch, toneAt } from "../map/looks";
import { daysOf, shapesOf } from "../map/prepare";
import { type Atlas, useAtlas } from "../state/atlas";
import type { Selection } from "../state/hash";
import { text } from "../text";
import { nameOf, namesIn, statusPhrase, str } from "../text/phrases";
import { isUnsure } from "../time/status";
import { overlaps } from "../time/when";
import { Naming } from "../ui/said";
import { AreaMark, SwatchPicture } from "../ui/swatch";

/** What a row of a list opens, to be found again. */
export const thing = ({ collection, id }: Selection) => `${collection}/${id}`;

export function FeatureRow(props: { selection: Selection; show?: boolean }) {
  const atlas = useAtlas();
  const feature = () =>
    atlas.current(props.selection) ?? atlas.versions(props.selection)[0] ?? null;
  const kind = () => atlas.kindOf(props.selection.collection);
  const place = () => {
    const collection = atlas.collectionOf(props.selection.collection);
    return collection ? atlas.placeOf(collection) : 0;
  };
  const title = () => {
    const collection = atlas.collectionOf(props.selection.collection);
    return collection && atlas.words.titleOf(collection);
  };
  /** Over a range several versions of a thing may have held, and each said something else. */
  const held = (found: AtlasFeature) => {
    const all = atlas
      .versions(props.selection)
      .filter((one) => overlaps(daysOf(one, kind()), atlas.when()));
    return all.length ? all : [found];
  };
  const said = (found: AtlasFeature) => {
    const each = held(found).map((one) => saidOf(kind(), one, clocksOf(atlas), title()));
    return each.filter((words, at) => words !== each[at - 1]).join(" → ");
  };
  return (
    <li>
      <button
        type="button"
        class="row"
        data-thing={thing(props.selection)}
        onClick={() => atlas.select(props.selection, props.show ? "show" : "stay")}
      >
        <Show when={feature()}>
          {(found) => <Picture kind={kind()} place={place()} feature={found()} />}
        </Show>
        <span class="row-text">
          <span class="row-name">{nameOf(feature()?.properties ?? {}, props.selection.id)}</span>
          <Show when={feature()}>
            {(found) => (
              <span class="quiet">
                <Naming
                  words={said(found())}
                  names={namesIn(...held(found()).map(({ properties }) => properties))}
                />
              </span>
            )}
          </Show>
        </span>
      </button>
    </li>
  );
}

function Picture(props: { kind: string; place: number; feature: AtlasFeature }) {
  const look = () => {
    if (props.kind === "border") return borderLook(str(props.feature.properties, "status"));
    return props.kind;
  };
  const swatch = (): Swatch | undefined => {
    if (props.kind !== "plain") return LEGEND.find((entry) => entry.look === look())?.swatch;
    return {
      shape: "plain",
      colour: toneAt(PLAIN_TONES, props.place),
      ...shapesOf([props.feature]),
    };
  };
  return (
    <Switch>
      <Match when={props.kind === "reported-area"}>
        <AreaMark
          look={areaLook(
            str(props.feature.properties, "status"),
            str(props.feature.properties, "status_class"),
          )}
          contested={props.feature.properties.contested === true}
        />
      </Match>
      <Match when={swatch()}>{(found) => <SwatchPicture swatch={found()} />}</Match>
    </Switch>
  );
}

/** The day of which something is said, and as known on which. */
export interface Clocks {
  day: number;
  known: string | null;
}

export const clocksOf = (atlas: Atlas): Clocks => ({ day: atlas.day(), known: atlas.known() });

/** One line about a thing: a status as reported, or what kind of thing it is. */
export function saidOf(
  kind: string,
  { properties }: AtlasFeature,
  { day, known }: Clocks,
  title?: string | null,
): string {
  switch (kind) {
    case "reported-area": {
      // Of a hazard it would say less than is known, as a weaker mark would.
      const isHazard = str(properties, "status_class") === "hazard-reported";
      const isNotYet = !isHazard && isUnsure(str(properties, "status_about"), day);
      const more = [
        isNotYet ? text.status.unsureShort : "",
        properties.contested === true ? text.status.contestedShort : "",
        properties.status_title_only === true ? text.status.titleOnlyShort : "",
      ].filter(Boolean);
      return statusPhrase(properties, known) + (more.length ? ` (${more.join("; ")})` : "");
    }
    case "border":
      return text.borderStatus(str(properties, "status"));
    case "enclave":
      return text.enclaveOf(
        text.country(str(properties, "administered_by")),
        text.countries(str(properties, "surrounded_by")),
      );
    default:
      return kindWords(kind, title);
  }
}

/** What kind of thing it is; of a layer of no kind, or of the reader's own, its title alone tells. */
export function kindWords(kind: string, title?: string | null): string {
  return ((kind === "plain" || kind === "context") && title) || text.kind(kind);
}
