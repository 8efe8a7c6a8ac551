//! What lies in a circle. The index gives what is sure to, and what lies across the
//! edge is looked at; how far it is, is measured of what is shown alone, nearest first.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use geo::Geometry;

use super::engine::Reach;
use super::geodesy;
use super::hits::Hit;
use super::ruler::Ruler;
use super::within::Within;
use super::{Circle, Stop};
use crate::atlas::Layer;
use crate::atlas::envelope::{Envelope, Lies};
use crate::atlas::index::Found;

/// A circle to be searched in a layer.
pub(super) struct InCircle<'a> {
    layer: &'a Layer,
    circle: Circle,
    /// How far the ground that some row speaks of may lie from its geometry, metres.
    doubt_m: f64,
    ruler: Ruler,
    stop: &'a Stop,
}

impl<'a> InCircle<'a> {
    pub fn new(layer: &'a Layer, circle: Circle, stop: &'a Stop) -> Self {
        let doubt_m = layer.greatest_uncertainty_m;
        let ruler = Ruler::new(circle.centre, circle.radius_m + doubt_m);
        Self { layer, circle, doubt_m, ruler, stop }
    }

    /// The rows that lie, or may lie, in it.
    pub fn within(&self) -> Within<'a> {
        let Circle { radius_m, .. } = self.circle;
        let reach_m = radius_m + self.doubt_m;
        let mut within = Within::default();
        let mut open = Vec::new();
        let index = &self.layer.index;
        index.search(&|envelope| self.ruler.lies(envelope, radius_m, reach_m), &mut |found| {
            let (row, envelope) = match found {
                Found::Inside(run) => return within.runs.push(run),
                Found::Across(row, envelope) => (*row, envelope),
            };
            // Nothing of it is answered.
            if self.stop.is_said() {
                return;
            }
            // By what may lie off this row, not by the most that does of any.
            let reach_m = self.reach_m(row);
            match self.ruler.lies_closely(&envelope, reach_m, reach_m) {
                Lies::Outside => {}
                Lies::Across if !self.holds_a_side(row, &envelope) => open.push(row),
                Lies::Inside | Lies::Across => within.rows.push(row),
            }
        });
        // Together, so that the trips to memory for one do not wait for those of another.
        let geometries: Vec<_> = open.iter().map(|row| self.geometry(*row)).collect();
        for (row, geometry) in open.into_iter().zip(geometries) {
            if !self.stop.is_said() && self.holds(row, geometry) {
                within.rows.push(row);
            }
        }
        within
    }

    fn geometry(&self, row: u32) -> Option<&'a Geometry<f64>> {
        self.layer.feature(row).geometry.as_ref()
    }

    fn reach_m(&self, row: u32) -> f64 {
        self.circle.radius_m + self.layer.uncertainty_m(row)
    }

    fn holds_a_side(&self, row: u32, envelope: &Envelope) -> bool {
        self.ruler.holds_a_side(envelope, self.reach_m(row))
    }

    fn holds(&self, row: u32, geometry: Option<&Geometry<f64>>) -> bool {
        let reaches = geometry.map(|geometry| self.ruler.reaches(geometry, self.reach_m(row)));
        reaches.is_some_and(|it| it.unwrap_or_else(|| self.measure(row).is_some()))
    }

    /// How far a row is, where it lies, or may lie, in the circle.
    pub fn measure(&self, row: u32) -> Option<Hit> {
        let nearest = geodesy::nearest(self.circle.centre, self.geometry(row)?)?;
        let mut reach =
            Reach { nearest, uncertainty_m: self.layer.uncertainty_m(row), certain: false };
        reach.certain = reach.farthest_m() <= self.circle.radius_m;
        (reach.nearest_m() <= self.circle.radius_m).then_some(Hit { row, reach: Some(reach) })
    }

    /// All of some rows, nearest first.
    pub fn measured(&self, rows: &[u32]) -> Vec<Hit> {
        let rows = rows.iter().take_while(|_| !self.stop.is_said());
        let mut hits: Vec<Nearer> = rows.filter_map(|row| self.measure(*row)).map(Nearer).collect();
        hits.sort_unstable();
        hits.into_iter().map(|Nearer(hit)| hit).collect()
    }

    /// The nearest of those rows of the circle that are `wanted`, nearest first: as many
    /// as asked for.
    pub fn nearest(&self, many: usize, wanted: impl Fn(u32) -> bool) -> Vec<Hit> {
        let mut best: BinaryHeap<Nearer> = BinaryHeap::with_capacity(many + 1);
        for (least, row) in self.layer.index.by(|envelope| self.ruler.least(envelope)) {
            let is_full = best.len() == many;
            let farthest = best.peek().filter(|_| is_full).map(|Nearer(hit)| nearest_m(hit));
            let farthest = farthest.unwrap_or(self.circle.radius_m);
            if least - self.doubt_m > farthest || self.stop.is_said() {
                break;
            }
            // Others may reach nearer than this one does.
            if least - self.layer.uncertainty_m(row) > farthest {
                continue;
            }
            if let Some(hit) =
                Some(row).filter(|row| wanted(*row)).and_then(|row| self.measure(row))
            {
                best.push(Nearer(hit));
                if best.len() > many {
                    best.pop();
                }
            }
        }
        best.into_sorted_vec().into_iter().map(|Nearer(hit)| hit).collect()
    }
}

fn nearest_m(hit: &Hit) -> f64 {
    hit.reach.map_or(0., |reach| reach.nearest_m())
}

/// A match in the order of distance: by the least that its ground may lie away, then by
/// how far its geometry does, then as the layer has it.
struct Nearer(Hit);

impl Ord for Nearer {
    fn cmp(&self, other: &Self) -> Ordering {
        let distance = |hit: &Hit| hit.reach.map_or(0., |reach| reach.nearest.distance_m);
        let (a, b) = (&self.0, &other.0);
        nearest_m(a)
            .total_cmp(&nearest_m(b))
            .then(distance(a).total_cmp(&distance(b)))
            .then(a.row.cmp(&b.row))
    }
}

impl PartialOrd for Nearer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Nearer {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Nearer {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::{Known, LayerBuilder, LayerInfo, LayerKind, Period};
    use crate::query::geodesy::{direct, nearest};
    use fastrand::Rng;
    use geo::{Coord, LineString, Polygon};

    /// A layer of small plots round a centre, most of them across a rim; the ground that
    /// each speaks of may lie one of `doubts` off, metres.
    fn plots(dice: &mut Rng, centre: Coord<f64>, radius_m: f64, doubts: &[f64]) -> Layer {
        let mut builder = LayerBuilder::new(LayerInfo::bare("plots", LayerKind::Plain));
        for number in 0..600 {
            let off = if number % 3 == 0 { -dice.f64() * radius_m } else { dice.f64() * 60. - 30. };
            let middle = direct(centre, dice.f64() * 360., radius_m + off);
            let size = 10f64.powf(dice.f64() * 2.5);
            let corner = |step: u32| direct(middle, f64::from(step) * 60., size);
            let ring: LineString<f64> = (0..6).map(corner).collect();
            let geometry = match number % 4 {
                0 => Geometry::Point(middle.into()),
                1 => Geometry::LineString(ring),
                _ => Geometry::Polygon(Polygon::new(ring, Vec::new())),
            };
            let (id, nothing) = (number.to_string(), serde_json::Map::new());
            builder.push(&id, Some(geometry), &nothing, Period::ALWAYS, Known::WithValidity);
            builder.doubt(doubts[dice.usize(..doubts.len())]);
        }
        builder.build()
    }

    #[test]
    fn what_lies_in_a_circle_is_what_measuring_each_row_says() {
        let mut dice = Rng::with_seed(31);
        let stop = Stop::default();
        for round in 0..200 {
            let highest = if round % 4 == 0 { 89. } else { 60. };
            let x =
                if round % 5 == 0 { 180. - dice.f64() * 0.01 } else { dice.f64() * 340. - 170. };
            let centre = Coord { x, y: (dice.f64() * 2. - 1.) * highest };
            let radius_m = 10f64.powf(2. + 3. * dice.f64());
            let doubts = [&[0.][..], &[0., 20., 50.], &[0., 20., 4000.]][round % 3];
            let layer = plots(&mut dice, centre, radius_m, doubts);
            let circle = InCircle::new(&layer, Circle { centre, radius_m }, &stop);
            let mut each: Vec<(f64, f64, u32)> = (0u32..)
                .zip(&layer.features)
                .filter_map(|(row, feature)| {
                    let metres = nearest(centre, feature.geometry.as_ref()?)?.distance_m;
                    Some(((metres - layer.uncertainty_m(row)).max(0.), metres, row))
                })
                .filter(|(least, ..)| *least <= radius_m)
                .collect();
            each.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
            let within = circle.within();
            let mut rows = within.rows();
            rows.sort_unstable();
            let mut meant: Vec<u32> = each.iter().map(|(.., row)| *row).collect();
            let ten = circle.nearest(10, |_| true);
            let ten: Vec<u32> = ten.into_iter().map(|hit| hit.row).collect();
            assert_eq!(ten, meant[..meant.len().min(10)], "{centre:?} {radius_m}");
            meant.sort_unstable();
            assert_eq!((within.len(), rows), (meant.len(), meant), "{centre:?} {radius_m}");
        }
    }
}
