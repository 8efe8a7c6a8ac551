// How the page is read: its language and its colours.
import { For } from "solid-js";
import { useAtlas } from "../state/atlas";
import { language, text } from "../text";
import { LANGUAGES, type Language } from "../text/languages";

export function Settings() {
  const atlas = useAtlas();
  const other = () => (atlas.theme() === "dark" ? text.theme.light : text.theme.dark);
  return (
    <div class="settings">
      <select
        aria-label={text.language}
        onChange={(event) => atlas.setLanguage(event.currentTarget.value as Language)}
      >
        <For each={Object.entries(LANGUAGES)}>
          {([tag, name]) => (
            <option value={tag} lang={tag} selected={tag === language()}>
              {name}
            </option>
          )}
        </For>
      </select>
      <button type="button" aria-label={other()} title={other()} onClick={atlas.turnTheme}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19Z" class="rim" />
          <path d="M12 2.5a9.5 9.5 0 0 1 0 19Z" class="half" />
        </svg>
      </button>
    </div>
  );
}
