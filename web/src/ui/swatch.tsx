// A look as a small drawing: the legend's and the lists' picture of what the map draws.
import { Match, Show, Switch } from "solid-js";
import {
  AREAS,
  type AreaLook,
  CONTESTED,
  type LineLook,
  PAPER,
  type Swatch,
  type Tone,
} from "../map/looks";
import { useAtlas } from "../state/atlas";

/** Colours in the theme of the moment. */
function useTones() {
  const atlas = useAtlas();
  return (tone: Tone): string => tone[atlas.theme()];
}

export function SwatchPicture(props: { swatch: Swatch }) {
  const of = useTones();
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
            <rect
              x="3"
              y="3"
              width="26"
              height="14"
              fill={of(fill().fill)}
              stroke={of(fill().stroke ?? fill().fill)}
            />
          </svg>
        )}
      </Match>
      <Match when={as("hatch")}>
        {(hatch) => (
          <svg class="swatch" viewBox="0 0 32 20" aria-hidden="true">
            <path
              d="M3 17 17 3M13 17 27 3M23 17 29 11M3 7 7 3"
              stroke={of(hatch().colour)}
              stroke-width="1.2"
              opacity="0.6"
            />
          </svg>
        )}
      </Match>
      <Match when={as("dot")}>
        {(dot) => (
          <svg class="swatch" viewBox="0 0 32 20" aria-hidden="true">
            <circle
              cx="16"
              cy="10"
              r="4"
              fill={of(PAPER)}
              stroke={of(dot().colour)}
              stroke-width="1.6"
            />
          </svg>
        )}
      </Match>
      <Match when={as("plain")}>
        {(own) => (
          <svg class="swatch" viewBox="0 0 32 20" aria-hidden="true">
            <Show when={own().areas}>
              <rect
                x="3"
                y="3"
                width="26"
                height="14"
                fill={of(own().colour)}
                fill-opacity="0.18"
              />
              <path d="M3 3h26v14H3Z" fill="none" stroke={of(own().colour)} stroke-width="1.2" />
            </Show>
            <Show when={own().lines}>
              <path d="M2 10h28" stroke={of(own().colour)} stroke-width="2" />
            </Show>
            <Show when={own().points}>
              <circle cx="16" cy="10" r="4.5" fill={of(own().colour)} stroke={of(PAPER)} />
            </Show>
          </svg>
        )}
      </Match>
    </Switch>
  );
}

function LinePicture(props: { look: LineLook; band?: number | undefined }) {
  const of = useTones();
  const dashes = () => props.look.dash?.map((length) => length * props.look.width).join(" ");
  return (
    <svg class="swatch" viewBox="0 0 32 20" aria-hidden="true">
      <Show when={props.band}>
        {(band) => (
          <path
            d="M2 12.5h28"
            stroke={of(props.look.colour)}
            stroke-width={band()}
            opacity="0.25"
          />
        )}
      </Show>
      <path
        d="M2 10h28"
        stroke={of(props.look.colour)}
        stroke-width={props.look.width}
        stroke-dasharray={dashes()}
        opacity={props.look.opacity}
        stroke-linecap={(props.look.dash?.[0] ?? 1) < 1 ? "round" : "butt"}
      />
    </svg>
  );
}

function MarkPicture(props: { look: AreaLook; contested: boolean }) {
  const of = useTones();
  const half = (tone: Tone) => (
    <>
      <path
        d={props.look.outline}
        fill={of(props.look.filled ? tone : PAPER)}
        stroke={of(tone)}
        stroke-width="2.4"
        stroke-linejoin="round"
      />
      <path
        d={props.look.inside}
        fill="none"
        stroke={of(props.look.filled ? PAPER : tone)}
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
