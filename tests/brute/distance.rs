//! Distances by brute force: every edge sampled densely, the nearest sample by
//! its chord through the earth, the distance to it by geographiclib. Shares no
//! step with the engine, which halves edges and never samples.

use geo::{Coord, Geometry, Line, LineString};
use geographiclib_rs::{Geodesic, InverseGeodesic};

/// Metres between samples, for geometry over the whole earth.
const SPACING_M: f64 = 1_000.;

/// A geometry as samples.
pub struct Sampled {
    space: Vec<[f64; 3]>,
    coords: Vec<Coord<f64>>,
    /// Rings of each polygon, for the even-odd rule.
    polygons: Vec<Vec<LineString<f64>>>,
    spacing_m: f64,
}

/// A distance, and how far it may be off.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    pub metres: f64,
    pub band: f64,
}

impl Sampled {
    pub fn new(geometry: &Geometry<f64>) -> Self {
        let mut sampled =
            Self { space: Vec::new(), coords: Vec::new(), polygons: Vec::new(), spacing_m: 0. };
        sampled.add(geometry);
        sampled.space = sampled.coords.iter().map(|coord| ecef(*coord)).collect();
        sampled
    }

    fn add(&mut self, geometry: &Geometry<f64>) {
        match geometry {
            Geometry::Point(point) => self.coords.push(point.0),
            Geometry::MultiPoint(points) => self.coords.extend(points.iter().map(|p| p.0)),
            Geometry::LineString(line) => self.line(line),
            Geometry::MultiLineString(lines) => lines.iter().for_each(|line| self.line(line)),
            Geometry::Polygon(polygon) => self.polygon(polygon),
            Geometry::MultiPolygon(polygons) => polygons.iter().for_each(|p| self.polygon(p)),
            Geometry::GeometryCollection(parts) => parts.iter().for_each(|part| self.add(part)),
            other => panic!("{other:?} is no GeoJSON"),
        }
    }

    fn polygon(&mut self, polygon: &geo::Polygon<f64>) {
        let rings: Vec<_> =
            std::iter::once(polygon.exterior()).chain(polygon.interiors()).cloned().collect();
        for ring in &rings {
            self.line(ring);
        }
        self.polygons.push(rings);
    }

    fn line(&mut self, line: &LineString<f64>) {
        self.spacing_m = SPACING_M;
        self.coords.extend(line.coords().next());
        for Line { start, end } in line.lines() {
            // A degree is 111.7 km at the most; of longitude less towards the
            // poles, as far as the whole edge lies there.
            let least = start.y.abs().min(end.y.abs()).to_radians().cos();
            let reach = 111_700. * ((end.y - start.y).abs() + (end.x - start.x).abs() * least);
            let steps = (reach / SPACING_M).ceil().max(1.) as u32;
            self.coords.extend((1..=steps).map(|step| {
                let part = f64::from(step) / f64::from(steps);
                Coord {
                    x: start.x + part * (end.x - start.x),
                    y: start.y + part * (end.y - start.y),
                }
            }));
        }
    }

    /// Even-odd rule in longitude and latitude. `None` on an edge or so near to
    /// one that rounding decides.
    fn holds(&self, at: Coord<f64>) -> Option<bool> {
        for rings in &self.polygons {
            let mut inside = false;
            for Line { start, end } in rings.iter().flat_map(LineString::lines) {
                let (low, high) = (start.y.min(end.y), start.y.max(end.y));
                let beside = at.x >= start.x.min(end.x) && at.x <= start.x.max(end.x);
                if (start.y == end.y && at.y == start.y && beside)
                    || (start.x == end.x && at.x == start.x && at.y >= low && at.y <= high)
                {
                    return None;
                }
                if (start.y > at.y) != (end.y > at.y) {
                    let crossing =
                        start.x + (at.y - start.y) / (end.y - start.y) * (end.x - start.x);
                    if (crossing - at.x).abs() < 1e-9 {
                        return None;
                    }
                    inside ^= at.x < crossing;
                }
            }
            if inside {
                return Some(true);
            }
        }
        Some(false)
    }

    /// How far the geometry lies from a position.
    pub fn distance(&self, geodesic: &Geodesic, from: Coord<f64>) -> Measured {
        match self.holds(from) {
            Some(true) => return Measured { metres: 0., band: 0. },
            // On an edge: at no distance, up to rounding.
            None => return Measured { metres: 0., band: 1. },
            Some(false) => {}
        }
        let centre = ecef(from);
        let squared = |at: &[f64; 3]| {
            let (x, y, z) = (at[0] - centre[0], at[1] - centre[1], at[2] - centre[2]);
            x * x + y * y + z * z
        };
        let (mut nearest, mut least) = (0, f64::INFINITY);
        for (index, at) in self.space.iter().enumerate() {
            let squared = squared(at);
            if squared < least {
                (nearest, least) = (index, squared);
            }
        }
        let at = self.coords[nearest];
        let metres: f64 = geodesic.inverse(from.y, from.x, at.y, at.x);
        // Between two samples the edge may come nearer by their half distance,
        // seen from afar by the versed sine of it only. And of two points the
        // nearer by chord may be the farther by geodesic, as far as the earth
        // is no sphere.
        let half = self.spacing_m / 2.;
        let versed =
            if metres > half { metres - (metres * metres - half * half).sqrt() } else { half };
        Measured { metres, band: 0.1 + versed + 0.02 * (metres - least.sqrt()) }
    }
}

/// Earth-centred coordinates on WGS 84, metres.
fn ecef(coord: Coord<f64>) -> [f64; 3] {
    let (a, b) = (6_378_137_f64, 6_356_752.314_245_f64);
    let (lat, lon) = (coord.y.to_radians(), coord.x.to_radians());
    let n = a * a / ((a * lat.cos()).powi(2) + (b * lat.sin()).powi(2)).sqrt();
    [n * lat.cos() * lon.cos(), n * lat.cos() * lon.sin(), n * (b / a).powi(2) * lat.sin()]
}
