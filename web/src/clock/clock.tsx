// The clock under the map: which days the map shows, and as known on which day.
import { createMemo, createSignal, For, onCleanup } from "solid-js";
import { useAtlas } from "../state/atlas";
import { text } from "../text";
import { moveTo } from "../time/when";
import { still } from "../ui/still";
import { Fields } from "./fields";
import { TimeLine } from "./line";
import { MomentLine } from "./moment-line";
import { entryDay, LINE_START, type Mark, moments, publicBy, step } from "./moments";
import { played, SPEEDS, stepped } from "./motion";
import { createPlayer } from "./player";
import { sayShown } from "./words";

export function Clock() {
  const atlas = useAtlas();
  const entries = createMemo(() => publicBy(atlas.ledger.value()?.entries ?? [], atlas.knownDay()));
  const all = createMemo(() =>
    moments(
      entries(),
      ["border", "territory", "enclave"]
        .flatMap(atlas.layers.ofKind)
        .flatMap(({ features }) => features),
    ),
  );
  const [unfolded, setUnfolded] = createSignal(false);
  const [pointed, setPointed] = createSignal<readonly Mark[]>([]);
  /** A clock that shows all times, or is open to the future, has nowhere to go. */
  const moves = () => atlas.when().mode !== "all" && Number.isFinite(atlas.when().last);
  const player = createPlayer({
    glide: (days) => played(atlas.when(), days, atlas.now),
    step: () => stepped(atlas.when(), all(), atlas.now),
    rewind: () => {
      const { first, last } = atlas.when();
      atlas.setWhen(moveTo(atlas.when(), LINE_START + (Number.isFinite(first) ? last - first : 0)));
    },
    move: atlas.setWhen,
  });
  // A clock that went on would take the reader from the step that they went back to.
  window.addEventListener("popstate", player.pause);
  onCleanup(() => window.removeEventListener("popstate", player.pause));
  const target = (direction: -1 | 1) =>
    moves() ? step(all(), atlas.day(), direction, Math.max(atlas.now, atlas.day())) : null;
  const go = (direction: -1 | 1) => {
    const moment = target(direction);
    player.pause();
    if (moment) atlas.setWhen(moveTo(atlas.when(), moment.day));
  };

  return (
    <section class="clock" aria-label={text.clock.label}>
      <div class="clock-row">
        {/* Not `disabled`: at the last event the keyboard would lose its place. */}
        <div class="controls">
          <button
            type="button"
            class="step"
            aria-disabled={!target(-1)}
            onClick={() => go(-1)}
            aria-label={text.clock.previous}
            title={text.clock.previous}
          >
            ‹
          </button>
          <button
            type="button"
            class="step"
            aria-disabled={!moves()}
            onClick={() => moves() && player.toggle()}
            aria-label={player.playing() ? text.time.pause : text.time.play}
            title={player.playing() ? text.time.pause : text.time.play}
          >
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d={player.playing() ? "M3 2h4v12H3ZM9 2h4v12H9Z" : "M3 1.5 14 8 3 14.5Z"} />
            </svg>
          </button>
          <button
            type="button"
            class="step"
            aria-disabled={!target(1)}
            onClick={() => go(1)}
            aria-label={text.clock.next}
            title={text.clock.next}
          >
            ›
          </button>
          <select
            class="speed"
            aria-label={text.time.speed}
            title={still() ? text.time.speedsStill : text.time.speed}
            value={String(player.speed())}
            onChange={(event) => player.setSpeed(Number(event.currentTarget.value))}
          >
            <For each={SPEEDS}>
              {(speed) => <option value={String(speed)}>{text.time.speeds(speed)}</option>}
            </For>
          </select>
        </div>
        <TimeLine all={all()} onPoint={setPointed} onTouch={player.pause} />
      </div>
      {/* On a phone the fields stand behind what they say; on a desk the button is not shown. */}
      <button
        type="button"
        class="clock-set"
        aria-expanded={unfolded()}
        aria-controls="clock-fields"
        onClick={() => setUnfolded(!unfolded())}
      >
        <span class="visually-hidden">{text.time.set} </span>
        {sayShown(atlas.when(), atlas.known())}
      </button>
      <div id="clock-fields" class="clock-row fields" classList={{ unfolded: unfolded() }}>
        <Fields onTouch={player.pause} />
      </div>
      <MomentLine
        all={all()}
        undated={entries().filter((entry) => entryDay(entry) === null).length}
        pointed={pointed()}
        playing={player.playing()}
      />
    </section>
  );
}
