// The state in the URL: read at the start and when the reader goes back or forward, written when
// it changes. Choices make a step in the history; moving the map or the clock does not.
import { createStore, reconcile, unwrap } from "solid-js/store";
import { formatHash, parseHash, type State } from "./hash";

export function createLocation() {
  const [state, setState] = createStore<State>(parseHash(location.hash));

  const follow = () => setState(reconcile(parseHash(location.hash)));
  window.addEventListener("popstate", follow);
  window.addEventListener("hashchange", follow);

  function write(change: Partial<State>, step: "push" | "replace") {
    setState(change);
    const hash = formatHash(unwrap(state));
    if (hash === location.hash) return;
    const url = hash || location.pathname + location.search;
    if (step === "push") history.pushState(null, "", url);
    else history.replaceState(null, "", url);
  }

  return { state, write };
}
