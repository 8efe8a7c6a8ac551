//! Tiles of the `WebMercatorQuad` grid (OGC 17-083r4, annex D.1): which part of
//! the ground each shows, and where a position falls in it.

use std::f64::consts::PI;

use geo::Coord;

use super::Bbox;
use super::mercator::{self, Series};

/// The deepest zoom, the last of the grid.
pub const DEEPEST_ZOOM: u8 = 24;
/// Units along the edge of a tile.
pub const EXTENT: i64 = 4096;
/// Units of a pixel, of a tile drawn at 512 pixels.
pub const PIXEL: i64 = 8;
/// How far a tile shows beyond its edges, units, so that lines and marks do not
/// break there.
pub const BUFFER: i64 = 128;

/// One tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tile {
    zoom: u8,
    row: u32,
    column: u32,
}

/// A position in units of a zoom: from the grid's north-west corner, eastward and
/// southward. The same position has the same units in every tile of the zoom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Units {
    pub x: i64,
    pub y: i64,
}

/// A part of the grid, its edges included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    pub low: Units,
    pub high: Units,
}

impl Tile {
    /// The tile of a zoom in a row, from the north, and a column, from the west.
    /// `None` where the grid has no such tile, or the zoom is deeper than
    /// [`DEEPEST_ZOOM`].
    #[must_use]
    pub fn new(zoom: u8, row: u32, column: u32) -> Option<Self> {
        let within = zoom <= DEEPEST_ZOOM && row.max(column) < 1 << zoom;
        within.then_some(Self { zoom, row, column })
    }

    /// Its zoom.
    #[must_use]
    pub fn zoom(self) -> u8 {
        self.zoom
    }

    /// Its north-west corner.
    #[must_use]
    pub fn origin(self) -> Units {
        Units { x: i64::from(self.column) * EXTENT, y: i64::from(self.row) * EXTENT }
    }

    /// What it shows, its buffer included.
    #[must_use]
    pub fn frame(self) -> Frame {
        let Units { x, y } = self.origin();
        Frame {
            low: Units { x: x - BUFFER, y: y - BUFFER },
            high: Units { x: x + EXTENT + BUFFER, y: y + EXTENT + BUFFER },
        }
    }

    /// The window that holds what it shows, its buffer included. It does not
    /// reach over the antimeridian.
    #[must_use]
    pub fn bbox(self) -> Bbox {
        let Frame { low, high } = self.frame();
        // Half a unit more: positions are rounded to units.
        let (west, north) = self.position(low, -0.5);
        let (east, south) = self.position(high, 0.5);
        // The grid ends short of the poles; what lies beyond shows nowhere.
        Bbox { west: west.max(-180.), south, east: east.min(180.), north }
    }

    #[allow(clippy::cast_precision_loss)] // Units of the deepest zoom take 37 bits.
    fn position(self, at: Units, more: f64) -> (f64, f64) {
        let part = |units: i64| (units as f64 + more) / self.size();
        let longitude = part(at.x) * 360. - 180.;
        let latitude = (PI * (1. - 2. * part(at.y))).sinh().atan().to_degrees();
        (longitude, latitude)
    }

    /// Units along the edge of the whole grid.
    #[allow(clippy::cast_precision_loss)] // A power of two.
    fn size(self) -> f64 {
        (EXTENT << self.zoom) as f64
    }

    /// The positions of its zoom, rounded to so many units: a power of two.
    #[must_use]
    pub fn grid(self, step: u32) -> Grid {
        Grid { steps: self.size() / f64::from(step), shift: step.trailing_zeros() }
    }
}

/// Where positions fall in the tiles of a zoom.
#[derive(Clone, Copy)]
pub struct Grid {
    /// Along the edge of the whole grid.
    steps: f64,
    /// By which a number of steps becomes one of units.
    shift: u32,
}

impl Grid {
    /// Where a position (longitude, latitude, degrees) falls. Rounding knows the position
    /// alone, not the geometry that it is of, so that geometries that share positions still
    /// share them.
    #[must_use]
    pub fn units(&self, at: Coord<f64>) -> Units {
        let (units, is_open) = self.estimate(Series::of(at.y), at);
        if !is_open {
            return units;
        }
        Units { y: whole(mercator::down(at.y) * self.steps) << self.shift, ..units }
    }

    /// Where all of some positions fall that lie near one another, at the end of a list.
    pub fn append(&self, positions: &[Coord<f64>], list: &mut Vec<Units>) {
        let Some(first) = positions.first() else { return };
        let (grid, series, start) = (*self, *Series::of(first.y), list.len());
        list.resize(start + positions.len(), Units { x: 0, y: 0 });
        let mut open = false;
        // Without a way out, so that several are worked out at once.
        for (units, at) in list[start..].iter_mut().zip(positions) {
            let is_open;
            (*units, is_open) = grid.estimate(&series, *at);
            open |= is_open;
        }
        if open {
            for (units, at) in list[start..].iter_mut().zip(positions) {
                *units = self.units(*at);
            }
        }
    }

    /// By a series, and whether that leaves open to which of two steps a latitude is rounded.
    fn estimate(&self, series: &Series, at: Coord<f64>) -> (Units, bool) {
        let x = whole((at.x + 180.) / 360. * self.steps);
        let down = series.down(at.y) * self.steps;
        let margin = mercator::MAY_BE_OFF * self.steps;
        let y = whole(down - margin);
        let is_open = !series.serves(at.y) | (y != whole(down + margin));
        (Units { x: x << self.shift, y: y << self.shift }, is_open)
    }
}

/// The nearest whole number, of two the even one, of a number of less than 2^51 either way: the
/// last bits of its sum with what leaves no room for a fraction. (`f64::round` is a call where
/// the processor may be an old one.)
fn whole(number: f64) -> i64 {
    const NO_ROOM: f64 = 6_755_399_441_055_744.; // 3 · 2^51
    (number + NO_ROOM).to_bits().wrapping_sub(NO_ROOM.to_bits()).cast_signed()
}

impl Units {
    /// The square of so many pixels in which it lies.
    #[must_use]
    pub fn square(self, pixels: i64) -> Self {
        let side = pixels * PIXEL;
        Self { x: self.x.div_euclid(side), y: self.y.div_euclid(side) }
    }
}

impl Frame {
    /// Whether a position lies in it.
    #[must_use]
    pub fn holds(&self, at: Units) -> bool {
        (self.low.x..=self.high.x).contains(&at.x) && (self.low.y..=self.high.y).contains(&at.y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_ends_where_it_ends() {
        assert!(Tile::new(0, 0, 0).is_some());
        assert!(Tile::new(0, 0, 1).is_none());
        assert!(Tile::new(3, 8, 0).is_none());
        assert!(Tile::new(DEEPEST_ZOOM, (1 << DEEPEST_ZOOM) - 1, 0).is_some());
        assert!(Tile::new(DEEPEST_ZOOM + 1, 0, 0).is_none());
    }

    #[test]
    fn positions_fall_where_the_standard_has_them() {
        let world = Tile::new(0, 0, 0).unwrap();
        assert_eq!(world.grid(1).units(Coord { x: 0., y: 0. }), Units { x: 2048, y: 2048 });
        let corner = Coord { x: -180., y: 85.051_128_779_806_59 };
        assert_eq!(world.grid(1).units(corner), Units { x: 0, y: 0 });
        // Osh, 40.5283 N 72.7985 E, lies in tile 10/385/719 (row, column).
        let tile = Tile::new(10, 385, 719).unwrap();
        let at = tile.grid(1).units(Coord { x: 72.7985, y: 40.5283 });
        assert!(at.x / EXTENT == 719 && at.y / EXTENT == 385, "{at:?}");
        let Bbox { west, south, east, north } = tile.bbox();
        assert!(west < 72.7985 && east > 72.7985 && south < 40.5283 && north > 40.5283);
    }

    #[test]
    fn positions_fall_where_the_projection_itself_has_them() {
        let mut dice = fastrand::Rng::with_seed(5);
        for zoom in 0..=DEEPEST_ZOOM {
            let tile = Tile::new(zoom, 0, 0).unwrap();
            let grid = tile.grid(1);
            for _ in 0..2000 {
                let y = dice.f64() * 178. - 89.;
                let meant = whole(mercator::down(y) * tile.size());
                assert_eq!(grid.units(Coord { x: 0., y }).y, meant, "{zoom} {y}");
                let far = [Coord { x: 0., y: 40.5 }, Coord { x: 0., y }];
                let mut list = Vec::new();
                grid.append(&far, &mut list);
                assert_eq!(list.last().map(|at| at.y), Some(meant));
            }
        }
        assert_eq!([-2.5, -0.4, 0.49, 1.5, 4e10 + 0.6].map(whole), [-2, 0, 0, 2, 40_000_000_001]);
    }

    #[test]
    fn the_window_holds_what_falls_in_the_frame() {
        for (zoom, row, column) in [(0, 0, 0), (5, 12, 22), (14, 6150, 11500), (24, 1, 16_777_215)]
        {
            let tile = Tile::new(zoom, row, column).unwrap();
            let Bbox { west, south, east, north } = tile.bbox();
            for (x, y) in [(west, south), (east, north), (west, north), (east, south)] {
                let at = tile.grid(1).units(Coord { x, y });
                let Frame { low, high } = tile.frame();
                assert!(at.x <= low.x || at.x >= high.x || x.abs() >= 180., "{at:?}");
                assert!(at.y <= low.y || at.y >= high.y, "{at:?}");
            }
        }
    }
}
