// The question: near which place, and how far around. A combobox over the gazetteer.
import { createEffect, createSignal, For, on, Show } from "solid-js";
import { address, ask } from "../api/client";
import type { Places } from "../api/types";
import { createAnswer } from "../state/answer";
import { useAtlas } from "../state/atlas";
import { asCoordinates, DEFAULT_RADIUS } from "../state/hash";
import { text } from "../text/en";
import { list, nameOf, str } from "../text/phrases";
import { AnswerStatus } from "../ui/answer-status";
import { move, spelling } from "./suggestions";

const RADII = [2_000, 5_000, 10_000, 20_000, 50_000, 100_000];

export function NearForm() {
  const atlas = useAtlas();
  const [typed, setTyped] = createSignal("");
  const [open, setOpen] = createSignal(false);
  const [active, setActive] = createSignal(-1);
  const [radius, setRadius] = createSignal(atlas.state.near?.radius ?? DEFAULT_RADIUS);
  let field: HTMLInputElement | undefined;

  const places = createAnswer(
    () => (open() && typed().trim() ? address("/places", { q: typed().trim() }) : null),
    (url, signal) => ask<Places>(url, signal),
    150,
  );
  const found = () => places.value()?.features ?? [];
  const radii = () => [...new Set([...RADII, radius()])].sort((a, b) => a - b);

  // The answer knows the place's name; the URL only its id.
  createEffect(
    on(atlas.near.value, (answer) => {
      if (answer && document.activeElement !== field) {
        setTyped(answer.place.name ?? text.near.point(...answer.place.coordinates));
      }
    }),
  );
  createEffect(() => setRadius(atlas.state.near?.radius ?? DEFAULT_RADIUS));

  function choose(index: number) {
    const place = found()[index];
    if (!place) return;
    setTyped(nameOf(place.properties));
    setOpen(false);
    setActive(-1);
    atlas.askNear({ where: String(place.id), radius: radius() });
  }

  /** Enter, or the button: the active or the first row; before rows came, the name as typed. */
  function submit() {
    const asked = atlas.state.near;
    const name = typed().trim();
    if (open() && found().length && !places.loading()) choose(Math.max(0, active()));
    else if (!open() && asked) atlas.askNear({ where: asked.where, radius: radius() });
    else if (name) {
      setOpen(false);
      atlas.askNear({ where: name, radius: radius() });
    } else field?.focus();
  }

  function onKey(event: KeyboardEvent) {
    if (event.key === "Escape" && open()) {
      event.preventDefault();
      setOpen(false);
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
              setOpen(true);
              setActive(-1);
            }}
            onFocus={(event) => event.currentTarget.select()}
            onKeyDown={onKey}
            onBlur={() => setOpen(false)}
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
      </div>
      <div class="suggestions" hidden={!open() || !typed().trim()}>
        <AnswerStatus of={places} />
        <div id="near-places" role="listbox" aria-label={text.near.suggestions}>
          <For each={found()}>
            {(place, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the combobox, which keeps the focus
              // biome-ignore lint/a11y/useFocusableInteractive: as above, rows are active by aria-activedescendant
              <div
                id={`near-place-${index()}`}
                role="option"
                aria-selected={index() === active()}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(index())}
              >
                <PlaceRow properties={place.properties} typed={typed()} />
              </div>
            )}
          </For>
        </div>
        <Show when={places.value() && !places.loading() && found().length === 0}>
          <p>{text.near.noPlace}</p>
        </Show>
      </div>
      <p class="visually-hidden" aria-live="polite">
        {open() && places.value() ? text.near.found(found().length) : ""}
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

function PlaceRow(props: { properties: Record<string, unknown>; typed: string }) {
  const country = () => str(props.properties, "country");
  return (
    <>
      <span class="place-name">{nameOf(props.properties)}</span>{" "}
      <span class="quiet">{country() && text.country(country())}</span>
      <Show when={spelling(list(props.properties, "names"), props.typed)}>
        {(name) => <span class="quiet">, {text.near.alsoWritten(name())}</span>}
      </Show>
      <Show when={str(props.properties, "notes")}>
        {(notes) => <span class="note">{notes()}</span>}
      </Show>
    </>
  );
}
