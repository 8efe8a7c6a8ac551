//! Distances on the WGS 84 ellipsoid, metres, from a point to the nearest point
//! of a geometry.
//!
//! The edges of a geometry are straight in longitude and latitude, as RFC 7946
//! (3.1.1) has them. `geo` measures point to point only; the nearest point of an
//! edge is found here, by halving the edge until its chord through the earth is
//! as good as the edge itself, and passing over halves that cannot be nearer.
//! The distance to that point is Karney's geodesic (doi:10.1007/s00190-012-0578-z).

use std::sync::LazyLock;

use geo::{Coord, Geometry, Intersects, Line, Point, Rect};
use geographiclib_rs::{DirectGeodesic, Geodesic, InverseGeodesic};

use super::{Bbox, Circle};

/// Semi-major axis of WGS 84, metres.
pub(super) const A: f64 = 6_378_137.;
/// Flattening of WGS 84.
pub(super) const F: f64 = 1. / 298.257_223_563;
/// How far a piece of an edge may lie from its chord, metres.
const TOLERANCE_M: f64 = 0.02;

static WGS84: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

/// Length of the geodesic between two positions (metres), and its azimuth at
/// the first (degrees clockwise from north, 0 to 360).
#[must_use]
pub fn inverse(from: Coord<f64>, to: Coord<f64>) -> (f64, f64) {
    let (metres, azimuth, _, _): (f64, f64, f64, f64) = WGS84.inverse(from.y, from.x, to.y, to.x);
    (metres, azimuth.rem_euclid(360.))
}

/// The position that lies so many metres from another along an azimuth
/// (degrees clockwise from north).
#[must_use]
pub fn direct(from: Coord<f64>, azimuth: f64, metres: f64) -> Coord<f64> {
    let (latitude, longitude): (f64, f64) = WGS84.direct(from.y, from.x, azimuth, metres);
    Coord { x: longitude, y: latitude }
}

/// The nearest point of a geometry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearest {
    pub at: Coord<f64>,
    /// Geodesic, metres; nothing when the geometry holds the position.
    pub distance_m: f64,
    /// Degrees clockwise from north; `None` when the geometry holds the position.
    pub bearing: Option<f64>,
}

/// The nearest point of a geometry to a position. `None` for an empty geometry.
#[must_use]
pub fn nearest(from: Coord<f64>, geometry: &Geometry<f64>) -> Option<Nearest> {
    if geometry.intersects(&Point(from)) {
        return Some(Nearest { at: from, distance_m: 0., bearing: None });
    }
    let mut search = Search { from: ecef(from), best: f64::INFINITY, at: None };
    search.geometry(geometry);
    let at = search.at?;
    let (distance_m, bearing) = inverse(from, at);
    Some(Nearest { at, distance_m, bearing: (distance_m > 0.).then_some(bearing) })
}

/// Earth-centred coordinates of a position on the ellipsoid, metres.
fn ecef(coord: Coord<f64>) -> [f64; 3] {
    let (sin_lat, cos_lat) = coord.y.to_radians().sin_cos();
    let (sin_lon, cos_lon) = coord.x.to_radians().sin_cos();
    let e2 = F * (2. - F);
    let n = A / (1. - e2 * sin_lat * sin_lat).sqrt();
    [n * cos_lat * cos_lon, n * cos_lat * sin_lon, n * (1. - e2) * sin_lat]
}

fn minus(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn length(a: [f64; 3]) -> f64 {
    dot(a, a).sqrt()
}

/// The nearest point so far, by chord through the earth. On the scale of a
/// question the nearest by chord is the nearest by geodesic.
struct Search {
    from: [f64; 3],
    best: f64,
    at: Option<Coord<f64>>,
}

/// An end of a piece of an edge: where it is on the map and in space.
#[derive(Clone, Copy)]
struct End {
    coord: Coord<f64>,
    space: [f64; 3],
}

impl End {
    fn new(coord: Coord<f64>) -> Self {
        Self { coord, space: ecef(coord) }
    }
}

impl Search {
    fn geometry(&mut self, geometry: &Geometry<f64>) {
        match geometry {
            Geometry::Point(point) => self.point(point.0),
            Geometry::MultiPoint(points) => points.iter().for_each(|point| self.point(point.0)),
            Geometry::Line(Line { start, end }) => self.edge(End::new(*start), End::new(*end)),
            Geometry::LineString(line) => self.line(line),
            Geometry::MultiLineString(lines) => lines.iter().for_each(|line| self.line(line)),
            Geometry::Polygon(polygon) => self.polygon(polygon),
            Geometry::MultiPolygon(polygons) => {
                polygons.iter().for_each(|polygon| self.polygon(polygon));
            }
            Geometry::Rect(rect) => self.polygon(&rect.to_polygon()),
            Geometry::Triangle(triangle) => self.polygon(&triangle.to_polygon()),
            Geometry::GeometryCollection(parts) => {
                parts.iter().for_each(|part| self.geometry(part));
            }
        }
    }

    fn point(&mut self, coord: Coord<f64>) {
        let distance = length(minus(ecef(coord), self.from));
        if distance < self.best {
            self.best = distance;
            self.at = Some(coord);
        }
    }

    fn polygon(&mut self, polygon: &geo::Polygon<f64>) {
        self.line(polygon.exterior());
        polygon.interiors().iter().for_each(|ring| self.line(ring));
    }

    fn line(&mut self, line: &geo::LineString<f64>) {
        let mut ends = line.coords().map(|coord| End::new(*coord));
        let Some(mut start) = ends.next() else { return };
        if line.0.len() == 1 {
            self.point(start.coord);
        }
        for end in ends {
            self.edge(start, end);
            start = end;
        }
    }

    fn edge(&mut self, start: End, end: End) {
        let along = minus(end.space, start.space);
        let to_start = minus(self.from, start.space);
        let squared = dot(along, along);
        let part = if squared > 0. { (dot(to_start, along) / squared).clamp(0., 1.) } else { 0. };
        let foot: [f64; 3] = std::array::from_fn(|axis| start.space[axis] + part * along[axis]);
        let distance = length(minus(self.from, foot));
        let bulge = bulge(start.coord, end.coord);
        if distance - bulge >= self.best {
            return;
        }
        if bulge <= TOLERANCE_M {
            self.point(between(start.coord, end.coord, part));
            return;
        }
        let middle = End::new(between(start.coord, end.coord, 0.5));
        let gap = |end: End| length(minus(end.space, self.from));
        if gap(start) <= gap(end) {
            self.edge(start, middle);
            self.edge(middle, end);
        } else {
            self.edge(middle, end);
            self.edge(start, middle);
        }
    }
}

fn between(start: Coord<f64>, end: Coord<f64>, part: f64) -> Coord<f64> {
    Coord { x: start.x + part * (end.x - start.x), y: start.y + part * (end.y - start.y) }
}

/// The most that an edge, straight in longitude and latitude, can lie from its
/// chord, metres: an eighth of the bound on its second derivative.
fn bulge(start: Coord<f64>, end: Coord<f64>) -> f64 {
    let turn = (end.x - start.x).abs().to_radians() + (end.y - start.y).abs().to_radians();
    1.02 * A * turn * turn / 8.
}

/// Windows (degrees) that together hold a circle: one, or two where it crosses
/// the antimeridian.
#[must_use]
pub fn windows_of_circle(circle: &Circle) -> Vec<Rect<f64>> {
    let Coord { x, y } = circle.centre;
    // The least radius of curvature of the ellipsoid gives the widest angle;
    // one part in a thousand more covers the rounding.
    let least = A * (1. - F) * (1. - F);
    let angle = 1.001 * circle.radius_m / least;
    let (south, north) = (y - angle.to_degrees(), y + angle.to_degrees());
    if south <= -90. || north >= 90. {
        return windows(Bbox {
            west: -180.,
            south: south.max(-90.),
            east: 180.,
            north: north.min(90.),
        });
    }
    // How far the circle reaches east and west (Bronstein, spherical triangle).
    let reach = (angle.sin() / y.to_radians().cos()).asin().to_degrees() * 1.001 + 1e-9;
    if !reach.is_finite() || reach >= 180. {
        return windows(Bbox { west: -180., south, east: 180., north });
    }
    let wrapped = |longitude: f64| (longitude + 180.).rem_euclid(360.) - 180.;
    let crosses = x - reach < -180. || x + reach > 180.;
    let (west, east) =
        if crosses { (wrapped(x - reach), wrapped(x + reach)) } else { (x - reach, x + reach) };
    windows(Bbox { west, south, east, north })
}

/// The one or two rectangles of a bbox.
#[must_use]
pub fn windows(bbox: Bbox) -> Vec<Rect<f64>> {
    let Bbox { west, south, east, north } = bbox;
    let window = |west, east| Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north });
    if west <= east {
        vec![window(west, east)]
    } else {
        vec![window(west, 180.), window(-180., east)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{LineString, wkt};

    /// The least geodesic distance over many points of each edge.
    fn sampled(from: Coord<f64>, line: &LineString<f64>, steps: u32) -> f64 {
        line.lines()
            .flat_map(|edge| {
                (0..=steps).map(move |step| {
                    inverse(from, between(edge.start, edge.end, f64::from(step) / f64::from(steps)))
                        .0
                })
            })
            .fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn the_nearest_point_of_an_edge_is_within_half_a_metre() {
        let edges = [
            [(70.9, 40.0), (71.2, 40.3)],
            [(69.0, 40.2), (74.0, 40.2)],
            [(71.0, 39.9), (71.0001, 39.9001)],
            [(179.2, 65.0), (180.0, 65.4)],
            [(-180.0, 89.4), (180.0, 89.4)],
            [(10.0, -89.9), (12.0, -89.2)],
        ];
        for [a, b] in edges {
            let line = LineString::from(vec![a, b]);
            let middle = between(line.0[0], line.0[1], 0.37);
            for azimuth in [10., 100., 190., 280.] {
                let from = direct(middle, azimuth, 50_000.);
                let exact = nearest(from, &Geometry::LineString(line.clone())).unwrap().distance_m;
                let sampled = sampled(from, &line, 20_000);
                assert!((exact - sampled).abs() < 0.5, "{a:?} {b:?} {azimuth}: {exact} {sampled}");
            }
        }
    }

    #[test]
    fn a_polygon_that_holds_the_position_is_at_no_distance() {
        let polygon = Geometry::Polygon(
            wkt!(POLYGON((70. 39., 72. 39., 72. 41., 70. 41., 70. 39.), (70.9 39.9, 71.1 39.9, 71.1 40.1, 70.9 40.1, 70.9 39.9))),
        );
        let inside = nearest(Coord { x: 70.5, y: 40. }, &polygon).unwrap();
        assert_eq!((inside.distance_m, inside.bearing), (0., None));
        let in_hole = nearest(Coord { x: 71., y: 40. }, &polygon).unwrap();
        assert!(in_hole.distance_m > 8_000. && in_hole.distance_m < 9_000., "{in_hole:?}");
    }

    #[test]
    fn the_window_of_a_circle_holds_it() {
        for (x, y, radius_m) in [
            (71., 40., 20_000.),
            (179.9, 10., 50_000.),
            (-179.99, -60., 5_000.),
            (0., 89.9, 50_000.),
            (30., 80., 900_000.),
            (0., 0., 9_000_000.),
        ] {
            let centre = Coord { x, y };
            let windows = windows_of_circle(&Circle { centre, radius_m });
            for azimuth in 0..360 {
                let edge = Point(direct(centre, f64::from(azimuth), radius_m * 0.9999));
                assert!(
                    windows.iter().any(|w| w.intersects(&edge)),
                    "{x} {y} {azimuth} {edge:?} {windows:?}"
                );
            }
        }
    }
}
