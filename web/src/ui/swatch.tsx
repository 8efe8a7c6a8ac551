// A look as a small picture: the legend's and the lists' of what the map draws.
import { AREAS, type Swatch } from "../map/looks";
import { picture } from "../map/pictures";
import { useAtlas } from "../state/atlas";

export function SwatchPicture(props: { swatch: Swatch }) {
  const atlas = useAtlas();
  return (
    <img
      class="swatch"
      classList={{ mark: props.swatch.shape === "mark" }}
      src={picture(props.swatch, atlas.theme())}
      alt=""
    />
  );
}

export function AreaMark(props: { look: keyof typeof AREAS; contested: boolean }) {
  return (
    <SwatchPicture swatch={{ shape: "mark", ...AREAS[props.look], contested: props.contested }} />
  );
}
