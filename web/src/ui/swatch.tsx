// A look as a small picture: the legend's and the lists' of what the map draws.
import { createRenderEffect } from "solid-js";
import { AREAS, type Swatch } from "../map/looks";
import { draw } from "../map/pictures";
import { useAtlas } from "../state/atlas";

export function SwatchPicture(props: { swatch: Swatch }) {
  const atlas = useAtlas();
  const canvas = (<canvas />) as HTMLCanvasElement;
  // At once: paper is made in the moment in which it is printed.
  createRenderEffect(() => draw(canvas, props.swatch, atlas.theme()));
  return (
    <span class="swatch" classList={{ mark: props.swatch.shape === "mark" }} aria-hidden="true">
      {canvas}
    </span>
  );
}

export function AreaMark(props: { look: keyof typeof AREAS; contested: boolean }) {
  return (
    <SwatchPicture swatch={{ shape: "mark", ...AREAS[props.look], contested: props.contested }} />
  );
}
