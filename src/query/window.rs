//! Windows in any of the reference systems: an envelope in longitude and
//! latitude for the index, and the exact outline where the envelope is more.

use geo::{Coord, Geometry, LineString, Point, Polygon};

use super::Bbox;
use super::crs::{Crs, OutOfDomain};
use super::values;

/// How far a piece of an outline may lie from the straight edge that it stands
/// for, degrees: a decimetre.
const TOLERANCE: f64 = 1e-6;
/// Pieces of an edge that are looked at on their own; a whole edge could cross
/// its chord in the middle and look straight.
const PIECES: u32 = 8;
/// How often a piece is halved at the most.
const DEEPEST: u32 = 9;

/// A window of the ground.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// Holds the whole window.
    pub bbox: Bbox,
    /// The window itself, longitudes and latitudes in degrees, where it is less
    /// than its envelope: a rectangle of a projected system has curved edges.
    pub outline: Option<Geometry<f64>>,
}

/// Reads a window in a reference system: `least first axis, least second axis,
/// greatest first axis, greatest second axis` in the order of the authority; or
/// six numbers, with heights, which are passed over.
///
/// # Errors
/// When it is not that, or reaches beyond where the system is served.
pub fn window(text: &str, crs: Crs) -> Result<Window, String> {
    if crs == Crs::Crs84 {
        return Ok(Window { bbox: values::bbox(text)?, outline: None });
    }
    let wanted = wanted(crs);
    let [first, second, third, fourth] = values::four(text, &wanted)?;
    let low = crs.ordered(Coord { x: first, y: second });
    let high = crs.ordered(Coord { x: third, y: fourth });
    if crs.is_geographic() {
        let bbox = values::bbox_of([low.x, low.y, high.x, high.y], &wanted)?;
        return Ok(Window { bbox, outline: None });
    }
    if low.x > high.x || low.y > high.y {
        return Err(format!("the least of each axis comes first; {wanted}"));
    }
    let beyond = |_: OutOfDomain| {
        let (low, high) = (crs.domain().min(), crs.domain().max());
        format!(
            "reaches beyond the area in which {crs} is served, longitude {} to {}, latitude {} to {}; \
             make it smaller, or give it in another bbox-crs",
            low.x, high.x, low.y, high.y
        )
    };
    if crs == Crs::WebMercator {
        // Meridians and parallels are the axes: the window is its envelope.
        let low = crs.locate(low).map_err(beyond)?;
        let high = crs.locate(high).map_err(beyond)?;
        let bbox = Bbox { west: low.x, south: low.y, east: high.x, north: high.y };
        return Ok(Window { bbox, outline: None });
    }
    let ring = ring(crs, low, high).map_err(beyond)?;
    let bbox = envelope(&ring);
    let outline = match (low.x < high.x, low.y < high.y) {
        (false, false) => Geometry::Point(Point(ring[0])),
        (true, true) => Geometry::Polygon(Polygon::new(LineString(ring), Vec::new())),
        _ => Geometry::LineString(LineString(ring)),
    };
    Ok(Window { bbox, outline: Some(outline) })
}

fn wanted(crs: Crs) -> String {
    let (axes, unit) = match (crs.is_geographic(), crs.is_northing_first()) {
        (true, _) => ("south,west,north,east", "degrees"),
        (false, true) => {
            ("least northing,least easting,greatest northing,greatest easting", "metres")
        }
        (false, false) => {
            ("least easting,least northing,greatest easting,greatest northing", "metres")
        }
    };
    format!("write {axes} in {unit}, as {crs} has its axes")
}

/// The outline of a rectangle, as positions so close that the edges between
/// them are those of the rectangle. A rectangle without width or height gives a
/// line, one without both a point.
fn ring(crs: Crs, low: Coord<f64>, high: Coord<f64>) -> Result<Vec<Coord<f64>>, OutOfDomain> {
    let mut corners =
        vec![low, Coord { x: high.x, y: low.y }, high, Coord { x: low.x, y: high.y }, low];
    corners.dedup();
    if low.x >= high.x || low.y >= high.y {
        corners.truncate(2);
    }
    let mut ring = vec![crs.locate(corners[0])?];
    for corner in corners.windows(2) {
        for piece in 0..PIECES {
            let from = part(corner[0], corner[1], f64::from(piece) / f64::from(PIECES));
            let to = part(corner[0], corner[1], f64::from(piece + 1) / f64::from(PIECES));
            let start = crs.locate(from)?;
            let end = crs.locate(to)?;
            trace(crs, (from, start), (to, end), DEEPEST, &mut ring)?;
        }
    }
    Ok(ring)
}

/// Adds the positions of an edge after its start, to its end. Ends are given as
/// `x, y` and as positions.
fn trace(
    crs: Crs,
    from: (Coord<f64>, Coord<f64>),
    to: (Coord<f64>, Coord<f64>),
    deeper: u32,
    ring: &mut Vec<Coord<f64>>,
) -> Result<(), OutOfDomain> {
    let middle = part(from.0, to.0, 0.5);
    let position = crs.locate(middle)?;
    let straight = part(from.1, to.1, 0.5);
    let off = (position.x - straight.x).abs().max((position.y - straight.y).abs());
    if off > TOLERANCE && deeper > 0 {
        trace(crs, from, (middle, position), deeper - 1, ring)?;
        return trace(crs, (middle, position), to, deeper - 1, ring);
    }
    ring.push(to.1);
    Ok(())
}

fn part(from: Coord<f64>, to: Coord<f64>, part: f64) -> Coord<f64> {
    Coord { x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) }
}

/// The envelope of an outline, wider by what its pieces may lie off.
fn envelope(ring: &[Coord<f64>]) -> Bbox {
    let mut bbox = Bbox {
        west: f64::INFINITY,
        south: f64::INFINITY,
        east: f64::NEG_INFINITY,
        north: f64::NEG_INFINITY,
    };
    for at in ring {
        bbox.west = bbox.west.min(at.x - 2. * TOLERANCE);
        bbox.east = bbox.east.max(at.x + 2. * TOLERANCE);
        bbox.south = bbox.south.min(at.y - 2. * TOLERANCE);
        bbox.north = bbox.north.max(at.y + 2. * TOLERANCE);
    }
    bbox
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Contains, Intersects};

    #[test]
    fn axes_stand_in_the_order_of_the_authority() {
        let plain = values::bbox("70.5,39.8,71.5,40.4").unwrap();
        let swapped = window("39.8,70.5,40.4,71.5", Crs::Wgs84).unwrap();
        assert_eq!((swapped.bbox, swapped.outline), (plain, None));
        let crossing = window("-10,170,10,-170", Crs::Wgs84).unwrap();
        assert!(crossing.bbox.west > crossing.bbox.east);
        let krueger = window("4431000,12670000,4432000,12671000", Crs::GaussKrueger12).unwrap();
        assert!(
            (krueger.bbox.west - 70.99).abs() < 0.01 && (krueger.bbox.south - 40.).abs() < 0.01
        );
        assert!(window("12670000,4431000,12671000,4432000", Crs::GaussKrueger12).is_err());
    }

    #[test]
    fn a_window_of_the_web_is_its_envelope() {
        let at = Crs::WebMercator.project(Coord { x: 71., y: 40. }).unwrap();
        let text = format!("{},{},{},{}", at.x, at.y, at.x + 1000., at.y + 1000.);
        let window = window(&text, Crs::WebMercator).unwrap();
        assert!(window.outline.is_none());
        assert!((window.bbox.west - 71.).abs() < 1e-9 && (window.bbox.south - 40.).abs() < 1e-9);
    }

    #[test]
    fn the_outline_is_the_rectangle_and_the_envelope_holds_it() {
        for (crs, low, high) in [
            (Crs::Utm42, (400_000., 4_300_000.), (1_000_000., 4_640_000.)),
            (Crs::Utm43, (0., 4_300_000.), (480_000., 4_640_000.)),
            (Crs::GaussKrueger13, (13_000_000., 4_300_000.), (13_001_000., 4_301_000.)),
        ] {
            let (low, high) = (Coord::from(low), Coord::from(high));
            let (first, last) = (crs.ordered(low), crs.ordered(high));
            let text = format!("{},{},{},{}", first.x, first.y, last.x, last.y);
            let window = window(&text, crs).unwrap();
            let Some(Geometry::Polygon(outline)) = &window.outline else { panic!("{window:?}") };
            let Bbox { west, south, east, north } = window.bbox;
            let width = high.x - low.x;
            for step in 0..=1000 {
                let x = low.x + width * f64::from(step) / 1000.;
                for (y, inside) in [
                    (low.y - 0.3, false),
                    (low.y + 0.3, true),
                    (high.y - 0.3, true),
                    (high.y + 0.3, false),
                ] {
                    let x = x.clamp(low.x + 0.3, high.x - 0.3);
                    let at = crs.locate(Coord { x, y }).unwrap();
                    assert_eq!(outline.contains(&at), inside, "{crs} {x} {y}");
                    let held = (west..=east).contains(&at.x) && (south..=north).contains(&at.y);
                    assert!(held || !inside, "{crs} {x} {y}");
                }
            }
        }
    }

    #[test]
    fn windows_without_area_are_points_and_lines() {
        let point = window("670000,4430000,670000,4430000", Crs::Utm42).unwrap();
        assert!(matches!(point.outline, Some(Geometry::Point(_))));
        let line = window("670000,4430000,680000,4430000", Crs::Utm42).unwrap();
        let Some(Geometry::LineString(line)) = &line.outline else { panic!("{line:?}") };
        let middle = Crs::Utm42.locate(Coord { x: 675_000., y: 4_430_000. }).unwrap();
        assert!(line.lines().any(|edge| {
            let near = Polygon::new(
                LineString::from(vec![
                    (middle.x, middle.y - 1e-5),
                    (middle.x + 1e-5, middle.y),
                    (middle.x, middle.y + 1e-5),
                    (middle.x, middle.y - 1e-5),
                ]),
                Vec::new(),
            );
            edge.intersects(&near)
        }));
    }

    #[test]
    fn what_is_no_window_is_refused_with_what_would_do() {
        for (text, crs, says) in [
            ("1,2,3", Crs::Utm42, "least easting"),
            ("a,b,c,d", Crs::Wgs84, "south,west"),
            ("10,70,5,71", Crs::Wgs84, "north"),
            ("91,70,92,71", Crs::Wgs84, "90"),
            ("5,5,1,9", Crs::Utm42, "least"),
            ("0,0,1e9,1e9", Crs::Utm42, "EPSG:32642"),
            ("-1e8,0,1e8,1", Crs::WebMercator, "EPSG:3857"),
            ("NaN,0,1,1", Crs::WebMercator, "easting"),
            ("1e308,1e308,1e308,1e308", Crs::GaussKrueger12, "EPSG:28412"),
        ] {
            let refusal = window(text, crs).unwrap_err();
            assert!(refusal.contains(says), "{text} {crs}: {refusal}");
        }
    }
}
