// Light or dark: as the system says, until the reader says otherwise. The choice is the reader's
// own, not part of what a link shows, so that it is kept in the browser and not in the URL.
import { createEffect, createSignal } from "solid-js";

export type Theme = "light" | "dark";

const KEY = "demarc-theme";

export function createTheme() {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const ofSystem = (): Theme => (system.matches ? "dark" : "light");
  const [chosen, setChosen] = createSignal<Theme | null>(remembered());
  const [wanted, setWanted] = createSignal(ofSystem());
  system.addEventListener("change", () => setWanted(ofSystem()));

  const [onPaper, setOnPaper] = createSignal(false);

  const theme = (): Theme => (onPaper() ? "light" : (chosen() ?? wanted()));
  createEffect(() => {
    document.documentElement.dataset.theme = theme();
  });

  return {
    theme,
    /** Light for as long as the page is being printed. */
    setOnPaper,
    /** The other one; who comes back to the system's own follows the system again. */
    turnTheme: () => {
      const next = theme() === "dark" ? "light" : "dark";
      const choice = next === wanted() ? null : next;
      setChosen(choice);
      remember(choice);
    },
  };
}

// A browser may refuse storage altogether; the choice then lasts as long as the page.
function remembered(): Theme | null {
  try {
    const written = localStorage.getItem(KEY);
    return written === "light" || written === "dark" ? written : null;
  } catch {
    return null;
  }
}

function remember(choice: Theme | null) {
  try {
    if (choice) localStorage.setItem(KEY, choice);
    else localStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}
