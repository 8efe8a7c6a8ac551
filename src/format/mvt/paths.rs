//! Lines and rings of a tile, in one list.

use geo::LineString;

use crate::query::tile::{Frame, Grid, Units};

/// Lines or rings, one after the other. (Thousands of small geometries are drawn, and a
/// list for each would cost more than drawing it.)
#[derive(Debug, Default)]
pub struct Paths {
    positions: Vec<Units>,
    /// Where each of them ends; what stands behind the last is in the making.
    ends: Vec<usize>,
}

impl Paths {
    /// Those that are finished.
    pub fn iter(&self) -> impl Iterator<Item = &[Units]> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(start, end)| &self.positions[*start..*end])
    }

    /// Whether none is finished.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    fn start(&self) -> usize {
        self.ends.last().copied().unwrap_or(0)
    }

    /// The one in the making.
    pub fn making(&mut self) -> &mut [Units] {
        let start = self.start();
        &mut self.positions[start..]
    }

    /// The one in the making, taken out.
    pub fn take(&mut self) -> Vec<Units> {
        let start = self.start();
        self.positions.split_off(start)
    }

    /// Makes the one in the making of positions.
    pub fn make(&mut self, positions: &[Units]) {
        self.abandon();
        self.positions.extend_from_slice(positions);
    }

    /// Takes the last position of the one in the making away.
    pub fn open(&mut self) {
        if self.positions.len() > self.start() {
            self.positions.pop();
        }
    }

    /// Gives the one in the making up.
    pub fn abandon(&mut self) {
        let start = self.start();
        self.positions.truncate(start);
    }

    /// Ends the one in the making.
    pub fn finish(&mut self) {
        self.ends.push(self.positions.len());
    }

    /// Adds one.
    pub fn add(&mut self, path: &[Units]) {
        self.positions.extend_from_slice(path);
        self.finish();
    }

    /// Takes all away.
    pub fn clear(&mut self) {
        self.positions.clear();
        self.ends.clear();
    }

    /// Begins one as a line falls in a grid, and tells what holds it.
    pub fn begin(&mut self, line: &LineString<f64>, grid: &Grid) -> Option<Frame> {
        let start = self.positions.len();
        grid.append(&line.0, &mut self.positions);
        let fallen = &mut self.positions[start..];
        let mut before = *fallen.first()?;
        let (mut bounds, mut kept) = (Frame { low: before, high: before }, 1);
        for place in 1..fallen.len() {
            let at = fallen[place];
            // Written over by the next where it is the same as the one before: whether it is
            // cannot be guessed.
            fallen[kept] = at;
            kept += usize::from(at != before);
            before = at;
            let Frame { low, high } = &mut bounds;
            (low.x, low.y) = (low.x.min(at.x), low.y.min(at.y));
            (high.x, high.y) = (high.x.max(at.x), high.y.max(at.y));
        }
        self.positions.truncate(start + kept);
        Some(bounds)
    }
}
