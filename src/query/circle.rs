//! What lies in a circle. The index gives what is sure to, and what lies across the
//! edge is looked at; how far it is, is measured of what is shown alone, nearest first.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::engine::Reach;
use super::geodesy;
use super::hits::Hit;
use super::ruler::Ruler;
use super::{Circle, Stop};
use crate::atlas::Layer;
use crate::atlas::index::{Envelope, Found};

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

    /// The rows that lie, or may lie, in it. In no particular order.
    pub fn rows(&self) -> Vec<u32> {
        let Circle { radius_m, .. } = self.circle;
        let mut rows = Vec::new();
        let reach_m = radius_m + self.doubt_m;
        self.layer.index.search(
            &|envelope| self.ruler.lies(envelope, radius_m, reach_m),
            &mut |found| match found {
                Found::Inside(inside) => rows.extend_from_slice(inside),
                Found::Across(row, envelope) => {
                    if !self.stop.is_said() && self.holds(row, envelope) {
                        rows.push(row);
                    }
                }
            },
        );
        rows
    }

    fn holds(&self, row: u32, envelope: &Envelope) -> bool {
        let reach_m = self.circle.radius_m + self.layer.uncertainty_m(row);
        if self.ruler.holds_a_side(envelope, reach_m) {
            return true;
        }
        let Some(geometry) = &self.layer.feature(row).geometry else { return false };
        self.ruler.reaches(geometry, reach_m).unwrap_or_else(|| self.measure(row).is_some())
    }

    /// How far a row is, where it lies, or may lie, in the circle.
    pub fn measure(&self, row: u32) -> Option<Hit> {
        let nearest =
            geodesy::nearest(self.circle.centre, self.layer.feature(row).geometry.as_ref()?)?;
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
            let least = (least - self.doubt_m).max(0.);
            let is_full = best.len() == many;
            let farthest = best.peek().filter(|_| is_full).map(|Nearer(hit)| nearest_m(hit));
            if least > farthest.unwrap_or(self.circle.radius_m) || self.stop.is_said() {
                break;
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
