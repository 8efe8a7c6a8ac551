import { render } from "solid-js/web";
import { App } from "./app";
import "./app.css";
import "./map/map.css";
import "./clock/clock.css";
import "./near/near.css";
import "./near/circle.css";
import "./panel/panel.css";
import "./compare/compare.css";
import "./take/take.css";
import "./take/print.css";

render(() => <App />, document.getElementById("app") as HTMLElement);
