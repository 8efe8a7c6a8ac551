//! What lies in a window, and how many rows that are.

use std::ops::Range;
use std::slice;

use geo::{CoordsIter, Geometry, Intersects, Line, Point, Rect};

use super::{Bbox, geodesy};
use crate::atlas::envelope::Envelope;
use crate::atlas::index::Found;
use crate::atlas::{Feature, Layer};

/// Rows of a layer: those that its index gave as they stand, and others. Of many often no
/// more is asked than how many there are.
#[derive(Default)]
pub struct Within<'a> {
    /// In the order of the index.
    pub runs: Vec<&'a [u32]>,
    /// In any order.
    pub rows: Vec<u32>,
}

impl Within<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.runs.iter().map(|run| run.len()).sum::<usize>() + self.rows.len()
    }

    /// All of them, those that the index gave first.
    pub fn rows(&self) -> Vec<u32> {
        let mut rows = self.runs.concat();
        rows.extend_from_slice(&self.rows);
        rows
    }

    /// Those that stand in some places once all are in order; `is_sorted` where the index
    /// gives them so.
    pub fn part(&self, places: Range<usize>, is_sorted: bool) -> Vec<u32> {
        if is_sorted && self.rows.is_empty() {
            let rows = self.runs.iter().copied().flatten().copied();
            return rows.skip(places.start).take(places.len()).collect();
        }
        in_order(self.rows(), places)
    }
}

/// Those rows that stand in some places once all are in order, as those of a layer are that
/// stands in the order of its index.
pub fn in_order(mut rows: Vec<u32>, places: Range<usize>) -> Vec<u32> {
    let are_in_order = rows.is_sorted();
    if places.end < rows.len() && !are_in_order {
        rows.select_nth_unstable(places.end);
    }
    rows.truncate(places.end);
    if !are_in_order {
        rows.sort_unstable();
    }
    rows.split_off(places.start)
}

/// The rows that share a point with a window.
pub fn bbox(layer: &Layer, bbox: Bbox) -> Within<'_> {
    let windows = geodesy::windows(bbox);
    let mut within = Within::default();
    for window in &windows {
        let sought = Envelope::from(*window);
        layer.index.search(&|envelope| envelope.lies_to(&sought), &mut |found| match found {
            Found::Inside(run) => within.runs.push(run),
            Found::Across(row, envelope) => {
                let window = slice::from_ref(window);
                if envelope.has_a_side_in(&sought) || touches(layer.feature(*row), window) {
                    within.runs.push(slice::from_ref(row));
                }
            }
        });
    }
    if windows.len() > 1 {
        // What reaches from one into the other is found in both.
        let mut rows = within.rows();
        rows.sort_unstable();
        rows.dedup();
        return Within { runs: Vec::new(), rows };
    }
    within
}

/// The rows whose envelopes share a point with a window, or nearly.
pub fn around(layer: &Layer, window: Rect<f64>) -> Within<'_> {
    let sought = Envelope::from(window);
    let mut within = Within::default();
    layer.index.search(&|envelope| envelope.lies_to(&sought), &mut |found| {
        within.runs.push(match found {
            Found::Inside(run) => run,
            Found::Across(row, _) => slice::from_ref(row),
        });
    });
    within
}

/// Whether a feature's geometry, not its envelope alone, shares a point with a
/// window.
pub fn touches(feature: &Feature, windows: &[Rect<f64>]) -> bool {
    let Some(geometry) = &feature.geometry else {
        return false;
    };
    windows.iter().any(|window| touches_window(geometry, *window))
}

fn touches_window(geometry: &Geometry<f64>, window: Rect<f64>) -> bool {
    // Most that reaches into a window has its first point there or its last.
    if geometry.coords_iter().next().is_some_and(|first| Envelope::from(window).holds(first)) {
        return true;
    }
    // A window without area is a point or a line.
    if window.width() == 0. && window.height() == 0. {
        return geometry.intersects(&Point(window.min()));
    }
    if window.width() == 0. || window.height() == 0. {
        return geometry.intersects(&Line::new(window.min(), window.max()));
    }
    match geometry {
        Geometry::GeometryCollection(parts) => {
            parts.iter().any(|part| touches_window(part, window))
        }
        other => other.intersects(&window),
    }
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;
    use geo::{Coord, LineString};

    use super::*;
    use crate::atlas::{Known, LayerBuilder, LayerInfo, LayerKind, Period};

    #[test]
    fn a_part_is_what_stands_there_once_all_are_in_order() {
        let sorted = Within { runs: vec![&[2, 3], &[5], &[8, 9, 12]], rows: Vec::new() };
        let apart = Within { runs: vec![&[8, 9, 12], &[2, 3]], rows: vec![5] };
        let all = [2, 3, 5, 8, 9, 12];
        for start in 0..=all.len() {
            for end in start..=all.len() {
                assert_eq!(sorted.part(start..end, true), all[start..end]);
                assert_eq!(apart.part(start..end, true), all[start..end]);
                assert_eq!(apart.part(start..end, false), all[start..end]);
            }
        }
        assert_eq!((sorted.len(), apart.len()), (6, 6));
    }

    #[test]
    fn what_lies_in_a_window_is_what_shares_a_point_with_it() {
        let mut dice = Rng::with_seed(7);
        let mut builder = LayerBuilder::new(LayerInfo::bare("plots", LayerKind::Plain));
        for number in 0..3000 {
            let (x, y) = (dice.f64() * 360. - 180., dice.f64() * 20.);
            let corner = |east: f64, north: f64| Coord { x: x + east, y: y + north };
            let line = LineString(vec![corner(0., 0.), corner(3., 0.), corner(3., 2.)]);
            let nothing = serde_json::Map::new();
            let (id, known) = (number.to_string(), Known::WithValidity);
            builder.push(&id, Some(line.into()), &nothing, Period::ALWAYS, known);
        }
        let layer = builder.build();
        let mut found = 0;
        for _ in 0..200 {
            let [west, east] = [0; 2].map(|_| dice.f64() * 360. - 180.);
            let (south, north) = (dice.f64() * 10., 10. + dice.f64() * 10.);
            let window = Bbox { west, south, east, north };
            let windows = geodesy::windows(window);
            let each = (0..layer.features.len()).filter(|row| {
                let geometry = layer.features[*row].geometry.as_ref();
                windows.iter().any(|window| geometry.is_some_and(|one| one.intersects(window)))
            });
            let each: Vec<u32> = each.map(|row| u32::try_from(row).unwrap()).collect();
            let within = bbox(&layer, window);
            assert_eq!(within.len(), each.len(), "{window:?}");
            assert_eq!(within.part(0..each.len(), layer.index.is_in_order()), each, "{window:?}");
            found += each.len();
        }
        assert!(found > 10_000, "{found}");
    }
}
