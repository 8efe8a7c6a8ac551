// A thing's claims and events in the order the service gives; claims about a larger area apart.
import { For, Show } from "solid-js";
import type { ClaimEntry, Entry, EventEntry, Source, Timeline } from "../api/types";
import { entryDay } from "../clock/moments";
import { useAtlas } from "../state/atlas";
import { ownName } from "../state/words";
import { text } from "../text";
import { sayDate, uncapitalised, webAddress } from "../text/phrases";
import { Said } from "../ui/said";
import { Contradictions } from "./status";

export function TimelineView(props: { answer: Timeline; day: number }) {
  const atlas = useAtlas();
  const inherited = (entry: Entry) => entry.type === "claim" && entry.inherited === true;
  const own = () => props.answer.entries.filter((entry) => !inherited(entry));
  const others = () => props.answer.entries.filter(inherited);
  const unlocated = () =>
    (props.answer.unlocated ?? []).filter(({ type }) => type === "claim" || type === "event");
  const empty = () => {
    const known = atlas.known();
    return known ? text.time.notKnown.empty(known) : text.timeline.empty;
  };
  return (
    <>
      <Show when={unlocated().length}>
        <p class="message">{text.timeline.unlocatedMore(unlocated().length)}</p>
      </Show>
      <Show when={atlas.words.foreign()}>
        {(own) => <p class="quiet">{text.panel.inWordsOf(ownName(own()))}</p>}
      </Show>
      <Show when={props.answer.entries.length === 0}>
        <p>{empty()}</p>
      </Show>
      <Entries entries={own()} day={props.day} />
      <Apart
        title={text.timeline.inherited}
        help={text.timeline.inheritedHelp}
        entries={others()}
        day={props.day}
      />
      <Apart
        title={text.timeline.unlocated}
        help={text.timeline.unlocatedHelp}
        entries={unlocated()}
        day={props.day}
      />
    </>
  );
}

function Apart(props: { title: string; help: string; entries: Entry[]; day: number }) {
  return (
    <Show when={props.entries.length}>
      <section class="inherited">
        <h4>{props.title}</h4>
        <p class="quiet">{props.help}</p>
        <Entries entries={props.entries} day={props.day} />
      </section>
    </Show>
  );
}

function Entries(props: { entries: Entry[]; day: number }) {
  return (
    <ol class="timeline">
      <For each={props.entries}>
        {(entry) => (
          <li
            class="entry"
            classList={{ later: (entryDay(entry) ?? -Infinity) > props.day, [entry.type]: true }}
          >
            <p class="entry-head">
              <time>{entry.date ? sayDate(entry.date) : text.timeline.undated}</time>
              <span class="tag">{headTag(entry)}</span>
              <Show when={(entryDay(entry) ?? -Infinity) > props.day}>
                <span class="tag">{text.timeline.later}</span>
              </Show>
            </p>
            <Show when={entry.title}>
              {(title) => (
                <p class="entry-title">
                  <Said>{title()}</Said>
                </p>
              )}
            </Show>
            <Show when={entry.summary && entry.summary !== entry.title}>
              <p>
                <Said>{entry.summary}</Said>
              </p>
            </Show>
            {entry.type === "claim" ? <ClaimBody claim={entry} /> : <EventBody event={entry} />}
            <Show when={entry.title_only}>
              <p class="quiet">{text.timeline.titleOnly}</p>
            </Show>
            <Show when={entry.quote}>
              {(quote) => (
                <blockquote>
                  “<Said>{quote()}</Said>”
                </blockquote>
              )}
            </Show>
            <Show when={entry.notes}>
              {(notes) => (
                <p class="note">
                  <Said>{notes()}</Said>
                </p>
              )}
            </Show>
            <Show when={entry.origin === "enrichment"}>
              <p class="quiet">{text.timeline.enrichment}</p>
            </Show>
            <Sources of={entry.sources ?? []} />
          </li>
        )}
      </For>
    </ol>
  );
}

function headTag(entry: Entry): string {
  return entry.type === "claim"
    ? `${text.clock.claim}: ${uncapitalised(text.reportedAs(entry.asserts))}`
    : `${text.clock.event}: ${text.eventKind(entry.kind)}`;
}

function ClaimBody(props: { claim: ClaimEntry }) {
  return (
    <>
      <dl class="facts">
        <Fact name={text.timeline.claimant} value={props.claim.claimant?.name} said />
        <Fact name={text.timeline.reporter} value={reporter(props.claim)} />
        <Fact name={text.timeline.laidBy} value={props.claim.laid_by?.name} said />
        <Fact name={text.timeline.clearedBy} value={props.claim.cleared_by?.name} said />
        <Fact name={text.timeline.verifiedBy} value={props.claim.verified_by?.name} said />
        <Fact name={text.timeline.hazard} value={props.claim.hazard?.map(text.hazard).join(", ")} />
        <Fact
          name={text.timeline.evidence}
          value={props.claim.evidence && text.evidence(props.claim.evidence)}
        />
      </dl>
      <Show when={props.claim.contradicted_by?.length}>
        <div class="contradictions">
          <p class="label">{text.timeline.contradicted}</p>
          <Contradictions of={props.claim.contradicted_by ?? []} />
        </div>
      </Show>
    </>
  );
}

/** Who made it public, and when. */
function reporter({ reporter: who, reported }: ClaimEntry): string {
  const when = reported ? text.timeline.reported(sayDate(reported)) : "";
  return [who?.name, when].filter(Boolean).join(", ");
}

function EventBody(props: { event: EventEntry }) {
  const figures = () =>
    (props.event.figures ?? [])
      .map(({ value, unit, of }) => [value, unit, of && `(${of})`].filter(Boolean).join(" "))
      .join("; ");
  return (
    <dl class="facts">
      <Fact name={text.timeline.parties} value={props.event.parties?.join(", ")} said />
      <Fact
        name={text.timeline.state}
        value={props.event.state && text.eventState(props.event.state)}
      />
      <Fact name={text.timeline.figures} value={figures()} said />
    </dl>
  );
}

function Fact(props: { name: string; value: string | undefined; said?: boolean }) {
  return (
    <Show when={props.value}>
      {(value) => (
        <div>
          <dt>{props.name}</dt>
          <dd>{props.said ? <Said>{value()}</Said> : value()}</dd>
        </div>
      )}
    </Show>
  );
}

function Sources(props: { of: Source[] }) {
  const byline = ({ publisher, published }: Source) =>
    [publisher, sayDate(published ?? "")].filter(Boolean).join(", ");
  return (
    <div class="sources">
      <p class="label">{text.timeline.sources}</p>
      <Show when={props.of.length} fallback={<p>{text.timeline.noSource}</p>}>
        <ul>
          <For each={props.of}>
            {(source) => (
              <li>
                <Show when={webAddress(source.url)} fallback={source.title}>
                  {(url) => (
                    <a href={url()} target="_blank" rel="noopener noreferrer">
                      {source.title}
                      <span class="visually-hidden"> {text.timeline.opensElsewhere}</span>
                    </a>
                  )}
                </Show>
                <Show when={byline(source)}>{(line) => <span class="quiet"> {line()}</span>}</Show>{" "}
                <a class="quiet" href={`/sources/${encodeURIComponent(source.id)}`}>
                  {source.id}
                </a>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}
