// The question: near which place, and how far around. A combobox over the gazetteer.
import { createEffect, createSignal, For, on, Show } from "solid-js";
import { address, ask } from "../api/client";
import type { AtlasFeature, Places } from "../api/types";
import { createAnswer } from "../state/answer";
import { type Atlas, useAtlas } from "../state/atlas";
import { asCoordinates, DEFAULT_RADIUS } from "../state/hash";
import { language, text } from "../text";
import { list, nameOf, str } from "../text/phrases";
import { AnswerStatus } from "../ui/answer-status";
import { DrawButton } from "./draw-button";
import { areaOf, canBeChosen, decide, isPosition, leftOf, move, spelling } from "./suggestions";

const RADII = [2_000, 5_000, 10_000, 20_000, 50_000, 100_000];

export function NearForm() {
  const atlas = useAtlas();
  const [typed, setTyped] = createSignal("");
  const [open, setOpen] = createSignal(false);
  const [active, setActive] = createSignal(-1);
  const [radius, setRadius] = createSignal(atlas.state.near?.radius ?? DEFAULT_RADIUS);
  let field: HTMLInputElement | undefined;
  let suggestions: HTMLDivElement | undefined;

  // The button that was pressed goes with the map.
  createEffect(
    on(atlas.isMapless, (isMapless) => {
      if (!isMapless || !atlas.drawing()) return;
      atlas.setDrawing(false);
      field?.focus();
    }),
  );

  const places = createAnswer(
    () => (open() && typed().trim() ? address("/places", { q: typed().trim() }) : null),
    (url, signal) => ask<Places>(url, signal),
    { wait: 150, keep: true },
  );
  const found = () => places.value()?.features ?? [];
  // What the field says of its own accord: the place asked about. Other words are a new question.
  const [asked, setAsked] = createSignal("");
  const [waiting, setWaiting] = createSignal(false);
  const [hint, setHint] = createSignal("");
  const written = () => asCoordinates(typed().replace(/\s/g, ""));
  /** What is said where the gazetteer has no such name: of a position, how one is written or read. */
  const noName = () => {
    const at = written();
    if (at) return text.near.point(...at);
    return isPosition(typed()) ? text.near.position : text.near.noPlace;
  };
  const heard = () =>
    found().length === 0 && isPosition(typed()) ? noName() : text.near.found(found().length);
  const radii = () => [...new Set([...RADII, radius()])].sort((a, b) => a - b);

  // The answer knows the place's name; the URL only its id.
  createEffect(
    on([atlas.near.value, language, atlas.layers.loading], ([answer]) => {
      if (answer && document.activeElement !== field) {
        const { id, name: given, coordinates } = answer.place;
        const name = given ? atlas.placeName(id, given) : text.near.point(...coordinates);
        setTyped(name);
        setAsked(name);
      }
    }),
  );
  // A place that is no longer asked about would pass for the one that the panel tells of.
  createEffect(
    on(
      () => atlas.state.near === null,
      (isOver) => {
        if (isOver && document.activeElement !== field) setTyped(leftOf(typed(), asked()));
      },
    ),
  );
  createEffect(() => setRadius(atlas.state.near?.radius ?? DEFAULT_RADIUS));

  function close() {
    setOpen(false);
    setActive(-1);
    setWaiting(false);
    setHint("");
  }

  /** The list goes with the focus, but not from the field to a button in it. */
  function leave({ relatedTarget }: FocusEvent) {
    if (relatedTarget !== field && !suggestions?.contains(relatedTarget as Node | null)) close();
  }

  /** The button goes once it is pressed: the keyboard goes back to the field before. */
  function lookAgain() {
    field?.focus();
    setOpen(true);
    places.retry();
  }

  function choose(index: number) {
    const place = found()[index];
    if (!place) return;
    const area = areaOf(place);
    if (!area && !place.geometry) {
      setHint(text.near.nowhere);
      return;
    }
    const name = nameInList(atlas, place);
    setTyped(name);
    // An area is looked at: nothing is asked about it.
    setAsked(area ? "" : name);
    close();
    if (area) atlas.lookAt(area);
    else atlas.askNear({ where: String(place.id), radius: radius() });
  }

  /** Enter, or the button: the row chosen, else what the rows allow once they have come. */
  function submit() {
    const near = atlas.state.near;
    const name = typed().trim();
    if (!name) field?.focus();
    else if (active() >= 0) choose(active());
    else if (!open() && near && name === asked()) {
      atlas.askNear({ where: near.where, radius: radius() });
    } else if (written()) {
      close();
      setAsked(name);
      atlas.askNear({ where: name.replace(/\s/g, ""), radius: radius() });
    } else {
      // The button takes the focus, and with it the list would go.
      field?.focus();
      setOpen(true);
      setWaiting(true);
      if (places.error()) places.retry();
    }
  }

  createEffect(() => {
    if (!waiting() || places.loading() || places.value() === undefined) return;
    setWaiting(false);
    const decision = decide(found());
    if ("take" in decision) choose(decision.take);
    else setHint(decision.say === "noPlace" ? "" : text.near[decision.say]);
  });

  function onKey(event: KeyboardEvent) {
    if (event.key === "Escape" && open()) {
      event.preventDefault();
      close();
      return;
    }
    const next = move(active(), found().length, event.key);
    if (next === null) return;
    event.preventDefault();
    setOpen(true);
    setActive(next);
  }

  function changeRadius(metres: number) {
    setRadius(metres);
    const near = atlas.state.near;
    if (near) atlas.askNear({ where: near.where, radius: metres });
  }

  return (
    <form
      class="near-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2>{text.near.title}</h2>
      <div class="near-fields">
        <label class="place">
          <span>{text.near.place}</span>
          <input
            ref={field}
            type="text"
            role="combobox"
            autocomplete="off"
            spellcheck={false}
            placeholder={text.near.placeholder}
            aria-autocomplete="list"
            aria-expanded={open() && found().length > 0}
            aria-controls="near-places"
            aria-activedescendant={active() >= 0 ? `near-place-${active()}` : undefined}
            value={typed()}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              close();
              setOpen(true);
            }}
            onFocus={(event) => {
              if (!waiting()) event.currentTarget.select();
            }}
            onKeyDown={onKey}
            onBlur={leave}
          />
        </label>
        <label>
          <span>{text.near.radius}</span>
          <select
            value={radius()}
            onChange={(event) => changeRadius(Number(event.currentTarget.value))}
          >
            <For each={radii()}>
              {(metres) => (
                <option value={metres} selected={metres === radius()}>
                  {text.near.kilometres(metres)}
                </option>
              )}
            </For>
          </select>
        </label>
        <button type="submit">{text.near.ask}</button>
        <Show when={!atlas.isMapless()}>
          <DrawButton />
        </Show>
      </div>
      <div
        ref={suggestions}
        class="suggestions"
        hidden={!open() || !typed().trim()}
        onFocusOut={leave}
      >
        <AnswerStatus of={{ ...places, retry: lookAgain }} />
        <Show when={hint()}>{(words) => <p class="hint">{words()}</p>}</Show>
        <div id="near-places" role="listbox" aria-label={text.near.suggestions}>
          <For each={found()}>
            {(place, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the combobox, which keeps the focus
              // biome-ignore lint/a11y/useFocusableInteractive: as above, rows are active by aria-activedescendant
              <div
                id={`near-place-${index()}`}
                role="option"
                aria-selected={index() === active()}
                aria-disabled={canBeChosen(place) ? undefined : true}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(index())}
              >
                <PlaceRow place={place} typed={typed()} />
              </div>
            )}
          </For>
        </div>
        <Show when={places.value() && !places.loading() && found().length === 0}>
          <p>{noName()}</p>
        </Show>
      </div>
      <p class="visually-hidden" aria-live="polite">
        {open() && places.value() ? hint() || heard() : ""}
      </p>
      <Show when={atlas.state.near}>
        {(near) => (
          <Show when={asCoordinates(near().where)}>
            {(at) => <p class="quiet">{text.near.point(...at())}</p>}
          </Show>
        )}
      </Show>
    </form>
  );
}

const nameInList = (atlas: Atlas, { id, properties }: AtlasFeature) =>
  atlas.placeName(String(id), nameOf(properties));

function PlaceRow(props: { place: AtlasFeature; typed: string }) {
  const atlas = useAtlas();
  const name = () => nameInList(atlas, props.place);
  const fields = () => props.place.properties;
  const country = () => str(fields(), "country");
  const kind = () => {
    if (areaOf(props.place)) return text.near.isArea;
    return props.place.geometry ? "" : text.near.notLocated;
  };
  return (
    <>
      <span class="place-name">{name()}</span>{" "}
      <span class="quiet">{country() && text.country(country())}</span>
      <Show when={spelling([name(), ...list(fields(), "names")], props.typed)}>
        {(other) => <span class="quiet">, {text.near.alsoWritten(other())}</span>}
      </Show>
      <Show when={kind()}>{(words) => <span class="quiet"> ({words()})</span>}</Show>
      <Show when={str(fields(), "notes")}>
        {(notes) => (
          <span class="note" lang={atlas.words.foreign() ?? undefined}>
            {notes()}
          </span>
        )}
      </Show>
    </>
  );
}
