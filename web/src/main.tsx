import { render } from "solid-js/web";
import { App } from "./app";
import { parseHash } from "./state/hash";
import { wantedLanguage } from "./state/words";
import { speak } from "./text";
import "./app.css";
import "./map/map.css";
import "./clock/moment-line.css";
import "./clock/clock.css";
import "./near/near.css";
import "./near/circle.css";
import "./panel/panel.css";
import "./compare/compare.css";
import "./take/take.css";
import "./take/print.css";
import "./ui/settings.css";

// Nobody sees the page in one language first and in another at once. Where the words do not come,
// the page says so itself.
speak(wantedLanguage(parseHash(location.hash).language))
  .catch(() => {})
  .finally(() => render(() => <App />, document.getElementById("app") as HTMLElement));
