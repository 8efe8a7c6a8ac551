// A look as a small drawing: the legend's and the lists' picture of what the map draws.
import { Match, Show, Switch } from "solid-js";
import { AREAS, type AreaLook, CONTESTED, type LineLook, type Swatch } from "../map/looks";

export function SwatchPicture(props: { swatch: Swatch }) {
  const as = <S extends Swatch["shape"]>(shape: S) =>
    props.swatch.shape === shape ? (props.swatch as Extract<Swatch, { shape: S }>) : false;
  return (
    <Switch>
      <Match when={as("mark")}>
        {(mark) => <MarkPicture look={mark()} contested={mark().contested === true} />}
      </Match>
      <Match when={as("line")}>{(line) => <LinePicture look={line()} band={line().band} />}</Match>
      <Match when={as("fill")}>
        {(fill) => (
          <svg class="swatch" viewBox="0 0 32 20" aria-hidden="true">
            <rect x="3" y="3" width="26" height="14" fill={fill().fill} stroke={fill().stroke} />
          </svg>
        )}
      </Match>
      <Match when={as("hatch")}>
        {(hatch) => (
          <svg class="swatch" viewBox="0 0 32 20" aria-hidden="true">
            <path
              d="M3 17 17 3M13 17 27 3M23 17 29 11M3 7 7 3"
              stroke={hatch().colour}
              stroke-width="1.2"
              opacity="0.6"
            />
          </svg>
        )}
      </Match>
      <Match when={as("dot")}>
        {(dot) => (
          <svg class="swatch" viewBox="0 0 32 20" aria-hidden="true">
            <circle cx="16" cy="10" r="4" fill="#fff" stroke={dot().colour} stroke-width="1.6" />
          </svg>
        )}
      </Match>
      <Match when={as("plain")}>
        {(own) => (
          <svg class="swatch" viewBox="0 0 32 20" aria-hidden="true">
            <Show when={own().areas}>
              <rect x="3" y="3" width="26" height="14" fill={own().colour} fill-opacity="0.18" />
              <path d="M3 3h26v14H3Z" fill="none" stroke={own().colour} stroke-width="1.2" />
            </Show>
            <Show when={own().lines}>
              <path d="M2 10h28" stroke={own().colour} stroke-width="2" />
            </Show>
            <Show when={own().points}>
              <circle cx="16" cy="10" r="4.5" fill={own().colour} stroke="#fff" />
            </Show>
          </svg>
        )}
      </Match>
    </Switch>
  );
}

function LinePicture(props: { look: LineLook; band?: number | undefined }) {
  const dashes = () => props.look.dash?.map((length) => length * props.look.width).join(" ");
  return (
    <svg class="swatch" viewBox="0 0 32 20" aria-hidden="true">
      <Show when={props.band}>
        {(band) => (
          <path d="M2 12.5h28" stroke={props.look.colour} stroke-width={band()} opacity="0.25" />
        )}
      </Show>
      <path
        d="M2 10h28"
        stroke={props.look.colour}
        stroke-width={props.look.width}
        stroke-dasharray={dashes()}
        stroke-linecap={(props.look.dash?.[0] ?? 1) < 1 ? "round" : "butt"}
      />
    </svg>
  );
}

function MarkPicture(props: { look: AreaLook; contested: boolean }) {
  const half = (colour: string) => (
    <>
      <path
        d={props.look.outline}
        fill={props.look.filled ? colour : "#fff"}
        stroke={colour}
        stroke-width="2.4"
        stroke-linejoin="round"
      />
      <path
        d={props.look.inside}
        fill="none"
        stroke={props.look.filled ? "#fff" : colour}
        stroke-width="2.2"
        stroke-linecap="round"
      />
    </>
  );
  return (
    <svg class="swatch mark" viewBox="-2 -2 28 28" aria-hidden="true">
      {half(props.look.colour)}
      <Show when={props.contested}>
        {/* The right half again in ink, as on the map. */}
        <svg x="12" y="-2" width="16" height="28" viewBox="12 -2 16 28" aria-hidden="true">
          {half(CONTESTED)}
        </svg>
      </Show>
    </svg>
  );
}

export function AreaMark(props: { look: keyof typeof AREAS; contested: boolean }) {
  return <MarkPicture look={AREAS[props.look]} contested={props.contested} />;
}
