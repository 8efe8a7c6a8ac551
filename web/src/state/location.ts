// The state in the URL: read at the start and when the reader goes back or forward, written when
// it changes. Choices make a step in the history; moving the map does not.
import { createSignal } from "solid-js";
import { createStore, reconcile, unwrap } from "solid-js/store";
import { formatHash, parseHash, type State, unreadable, withLanguage } from "./hash";

/** Marks the steps that the page itself wrote: an address without it was typed, or came as a link. */
const OWN = "demarc";
/** Marks an address that came from outside, so that a way back to it is told from coming anew. */
const CAME = "demarc-came";
/** Browsers refuse an address that is written too often: at most about three times a second. */
const PAUSE = 300;
/** Turns of the clock that follow each other within so many milliseconds are one step. */
const TURN = 2_000;

export function createLocation() {
  const [state, setState] = createStore<State>(parseHash(location.hash));
  const [arrived, setArrived] = createSignal(history.state !== OWN);
  const [refused, setRefused] = createSignal(unreadable(location.hash));
  mark();
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let turned = -Infinity;

  const address = () => formatHash(unwrap(state)) || location.pathname + location.search;

  function mark() {
    if (history.state !== OWN) history.replaceState(CAME, "");
  }

  function settle() {
    clearTimeout(waiting);
    waiting = undefined;
    if (formatHash(unwrap(state)) !== location.hash) history.replaceState(OWN, "", address());
  }

  function follow() {
    // What was about to be written belongs to the step that was left.
    clearTimeout(waiting);
    waiting = undefined;
    // What comes after a step back is a step of its own, however soon.
    turned = -Infinity;
    const read = parseHash(location.hash);
    setRefused(unreadable(location.hash));
    setArrived(history.state !== OWN);
    // The language is the reader's, not the step's: it was chosen for good. A new link may name one.
    const isBack = history.state === OWN || history.state === CAME;
    const language = isBack ? state.language : (read.language ?? state.language);
    setState(reconcile({ ...read, language }));
    mark();
    if (language && language !== read.language) {
      history.replaceState(history.state, "", withLanguage(location.hash, language));
    }
  }
  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);
  window.addEventListener("pagehide", settle);

  function write(change: Partial<State>, step: "push" | "replace") {
    if (step === "push") settle();
    setState(change);
    // A map that comes to rest is no choice of anybody's.
    if (Object.keys(change).some((name) => name !== "view")) setArrived(false);
    if (formatHash(unwrap(state)) === location.hash) return;
    if (step === "push") history.pushState(OWN, "", address());
    else if (waiting === undefined) {
      history.replaceState(OWN, "", address());
      waiting = setTimeout(settle, PAUSE);
    }
  }

  /** Turns the clock; `again` while one and the same turn goes on, as it does while the clock plays. */
  function turn(change: Partial<State>, again = false) {
    const time = performance.now();
    write(change, !again && time - turned > TURN ? "push" : "replace");
    turned = time;
  }

  return {
    state,
    write,
    turn,
    /** Whether the page shows what a link said, and nothing was chosen since. */
    arrived,
    /** What of the link could not be read, until something is chosen. */
    refused: () => (arrived() ? refused() : []),
  };
}
