// What a map is brought to: a thing that was chosen, or the circle that is asked about.
import type { NearAnswer } from "../api/types";
import type { Atlas } from "../state/atlas";
import type { Selection } from "../state/hash";
import { num } from "../text/phrases";
import { type Box, boxOf, circle, linesOf, widen } from "./geometry";

/** Nothing that is chosen is looked at from nearer: its surroundings tell where it is. */
export const NEAREST = 12;

/** The box of a thing, with the ground that it may reach; null while it has no place. */
export function boxOfThing(atlas: Atlas, selection: Selection): Box | null {
  const feature = atlas.current(selection) ?? atlas.versions(selection)[0];
  const box = feature?.geometry ? boxOf(linesOf(feature.geometry)) : null;
  return feature && box ? widen(box, num(feature.properties, "uncertainty_m") ?? 0) : null;
}

/** The box of an answer's circle. */
export const boxOfCircle = ({ place, radius_m }: NearAnswer): Box | null =>
  boxOf([circle(place.coordinates, radius_m)]);
