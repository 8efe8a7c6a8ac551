//! Tiles of the `WebMercatorQuad` grid (OGC 17-083r4, annex D.1): which part of
//! the ground each shows, and where a position falls in it.

use std::f64::consts::PI;

use geo::Coord;

use super::Bbox;

/// The deepest zoom, the last of the grid.
pub const DEEPEST_ZOOM: u8 = 24;
/// Units along the edge of a tile.
pub const EXTENT: i64 = 4096;
/// Units of a pixel, of a tile drawn at 512 pixels.
pub const PIXEL: i64 = 8;
/// How far a tile shows beyond its edges, units, so that lines and marks do not
/// break there.
pub const BUFFER: i64 = 128;

/// Latitudes beyond which the projection leaves every tile.
const POLE: f64 = 89.9;

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

    /// Where a position (longitude, latitude, degrees) falls, rounded to `step`
    /// units. Rounding knows the position alone, not the geometry that it is of,
    /// so that geometries that share positions still share them.
    #[must_use]
    #[allow(clippy::cast_possible_truncation)] // Units of the deepest zoom take 37 bits.
    pub fn units(self, at: Coord<f64>, step: i64) -> Units {
        let sin = at.y.clamp(-POLE, POLE).to_radians().sin();
        let x = (at.x + 180.) / 360.;
        // The inverse hyperbolic tangent of the sine (Snyder, Map Projections, 1987, 7-2a).
        let y = (1. - ((1. + sin) / (1. - sin)).ln() / (2. * PI)) / 2.;
        #[allow(clippy::cast_precision_loss)] // One or two.
        let steps = self.size() / step as f64;
        Units { x: (x * steps).round() as i64 * step, y: (y * steps).round() as i64 * step }
    }
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
        assert_eq!(world.units(Coord { x: 0., y: 0. }, 1), Units { x: 2048, y: 2048 });
        let corner = Coord { x: -180., y: 85.051_128_779_806_59 };
        assert_eq!(world.units(corner, 1), Units { x: 0, y: 0 });
        // Osh, 40.5283 N 72.7985 E, lies in tile 10/385/719 (row, column).
        let tile = Tile::new(10, 385, 719).unwrap();
        let at = tile.units(Coord { x: 72.7985, y: 40.5283 }, 1);
        assert!(at.x / EXTENT == 719 && at.y / EXTENT == 385, "{at:?}");
        let Bbox { west, south, east, north } = tile.bbox();
        assert!(west < 72.7985 && east > 72.7985 && south < 40.5283 && north > 40.5283);
    }

    #[test]
    fn the_window_holds_what_falls_in_the_frame() {
        for (zoom, row, column) in [(0, 0, 0), (5, 12, 22), (14, 6150, 11500), (24, 1, 16_777_215)]
        {
            let tile = Tile::new(zoom, row, column).unwrap();
            let Bbox { west, south, east, north } = tile.bbox();
            for (x, y) in [(west, south), (east, north), (west, north), (east, south)] {
                let at = tile.units(Coord { x, y }, 1);
                let Frame { low, high } = tile.frame();
                assert!(at.x <= low.x || at.x >= high.x || x.abs() >= 180., "{at:?}");
                assert!(at.y <= low.y || at.y >= high.y, "{at:?}");
            }
        }
    }
}
