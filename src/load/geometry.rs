//! Checks of a GeoJSON geometry before it is taken: types, numbers, rings.

use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::{
    Coord, Line, LineString, Polygon,
    line_intersection::{LineIntersection, line_intersection},
};
use geojson::{GeometryValue, Position};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

/// Something wrong with a geometry: what, and what would do.
pub(super) struct Flaw {
    pub problem: String,
    pub remedy: &'static str,
}

/// The word for a geometry's type.
pub(super) fn type_name(value: &GeometryValue) -> &'static str {
    value.type_name()
}

/// Every flaw of a geometry. A geometry without flaws can become a `geo` one.
/// With `validity`, rings that cross are a flaw too (OGC 06-103r4): RFC 7946
/// does not forbid them, and many files that people have hold some.
pub(super) fn flaws(value: &GeometryValue, validity: bool) -> Vec<Flaw> {
    let mut check = Check { validity, positions: 0, left: MOST_PAIRS, flaws: Vec::new() };
    check.visit(value);
    if validity && check.positions == 0 && check.flaws.is_empty() {
        check.flaw("is empty".to_owned(), "draw it, or write null for the geometry");
    }
    check.flaws
}

struct Check {
    validity: bool,
    /// How many positions there are in all.
    positions: usize,
    /// How many pairs of edges may still be looked at.
    left: usize,
    flaws: Vec<Flaw>,
}

impl Check {
    fn visit(&mut self, value: &GeometryValue) {
        match value {
            GeometryValue::Point { coordinates } => {
                self.positions(std::slice::from_ref(coordinates));
            }
            GeometryValue::MultiPoint { coordinates } => self.positions(coordinates),
            GeometryValue::LineString { coordinates } => self.line(coordinates),
            GeometryValue::MultiLineString { coordinates } => {
                for part in coordinates {
                    self.line(part);
                }
            }
            GeometryValue::Polygon { coordinates } => self.polygon(coordinates),
            GeometryValue::MultiPolygon { coordinates } => {
                for part in coordinates {
                    self.polygon(part);
                }
            }
            GeometryValue::GeometryCollection { geometries } => {
                for part in geometries {
                    self.visit(&part.value);
                }
            }
        }
    }

    fn flaw(&mut self, problem: String, remedy: &'static str) {
        self.flaws.push(Flaw { problem, remedy });
    }

    fn positions(&mut self, positions: &[Position]) {
        self.positions += positions.len();
        let wrong = positions.iter().map(Position::as_slice).find(|position| {
            position.len() < 2
                || !position.iter().all(|number| number.is_finite())
                || position[0].abs() > 180.
                || position[1].abs() > 90.
        });
        if let Some(position) = wrong {
            self.flaw(
                format!("the position {position:?} lies outside ±180, ±90"),
                "write longitude, then latitude, in WGS 84 degrees",
            );
        }
    }

    fn line(&mut self, line: &[Position]) {
        self.positions(line);
        if line.len() < 2 {
            self.flaw(
                format!("a line has {} position(s)", line.len()),
                "give a line two positions or more",
            );
        }
    }

    fn polygon(&mut self, rings: &[Vec<Position>]) {
        let before = self.flaws.len();
        if rings.is_empty() {
            self.flaw(
                "a polygon has no ring".to_owned(),
                "give it an exterior ring, or write null for the geometry",
            );
        }
        for ring in rings {
            self.positions(ring);
            if ring.first() != ring.last() {
                self.flaw(
                    "a ring is not closed".to_owned(),
                    "end it with its first position (RFC 7946, 3.1.6)",
                );
            } else if ring.len() < 4 {
                self.flaw(
                    format!("a ring has {} positions", ring.len()),
                    "give a ring four positions or more, the last as the first",
                );
            }
        }
        if self.validity && self.flaws.len() == before {
            self.rings(rings);
        }
    }

    fn rings(&mut self, rings: &[Vec<Position>]) {
        let rings: Vec<LineString<f64>> = rings
            .iter()
            .map(|ring| ring.iter().map(|p| Coord { x: p[0], y: p[1] }).collect())
            .collect();
        let is_one = |ring: &&LineString<f64>| ring.lines().all(|line| line.start == line.end);
        if let Some(ring) = rings.iter().find(is_one) {
            return self.flaw(
                format!(
                    "a ring is but one position, {:?}",
                    ring.0.first().map(|at| [at.x, at.y]).unwrap_or_default()
                ),
                "draw the ring, or write a Point",
            );
        }
        let found = crossing(&rings, &mut self.left)
            .and_then(|crossing| Ok((crossing, stray_hole(&rings, &mut self.left)?)));
        match found {
            Ok((Some(at), _)) => self.flaw(
                format!("its rings cross or touch along a line near [{}, {}]", at.x, at.y),
                "draw rings that do not cross themselves or one another",
            ),
            Err(at) => self.flaw(
                format!(
                    "it has too many long edges side by side, or holes, as near [{}, {}], to \
                     find whether its rings cross",
                    at.x, at.y
                ),
                "make several areas of it, or give it fewer edges",
            ),
            Ok((None, Some(at))) => self.flaw(
                format!("a hole lies outside the exterior ring, near [{}, {}]", at.x, at.y),
                "make it a polygon of its own in a MultiPolygon",
            ),
            Ok((None, None)) => {}
        }
    }
}

/// A position of a hole that lies outside the exterior ring. Rings that do not
/// cross may touch: any vertex off the exterior tells on which side a hole lies. An error
/// is where more edges than are `left` would be looked at.
fn stray_hole(
    rings: &[LineString<f64>],
    left: &mut usize,
) -> Result<Option<Coord<f64>>, Coord<f64>> {
    let Some((exterior, holes)) = rings.split_first() else { return Ok(None) };
    let shell = Polygon::new(exterior.clone(), Vec::new());
    for hole in holes {
        for at in hole.coords() {
            *left = left.checked_sub(exterior.0.len()).ok_or(*at)?;
            match shell.coordinate_position(at) {
                CoordPos::OnBoundary => {}
                CoordPos::Inside => break,
                CoordPos::Outside => return Ok(Some(*at)),
            }
        }
    }
    Ok(None)
}

type Segment = GeomWithData<Rectangle<[f64; 2]>, (usize, usize)>;

/// Pairs of edges, one near the other, that are looked at, and edges beside holes: about
/// a minute. A border of a million vertices has ten million, and a million for each hole.
const MOST_PAIRS: usize = 1_000_000_000;

/// A point at which rings cross, or run along one another, or a ring touches
/// itself. An error is where more pairs than are `left` would be looked at. An R-tree
/// over the segments, since `geo`'s own validation compares every pair, which takes
/// seconds for a border of 20,000 vertices.
fn crossing(rings: &[LineString<f64>], left: &mut usize) -> Result<Option<Coord<f64>>, Coord<f64>> {
    let lines: Vec<Vec<Line<f64>>> = rings
        .iter()
        .map(|ring| ring.lines().filter(|line| line.start != line.end).collect())
        .collect();
    let segments: Vec<Segment> = lines
        .iter()
        .enumerate()
        .flat_map(|(ring, lines)| {
            lines.iter().enumerate().map(move |(place, line)| {
                let corners = Rectangle::from_corners(line.start.into(), line.end.into());
                Segment::new(corners, (ring, place))
            })
        })
        .collect();
    let tree = RTree::bulk_load(segments);
    for (ring, own) in lines.iter().enumerate() {
        for (place, line) in own.iter().enumerate() {
            let window = AABB::from_corners(line.start.into(), line.end.into());
            for other in tree.locate_in_envelope_intersecting(&window) {
                let (other_ring, other_place) = other.data;
                *left = left.checked_sub(1).ok_or(line.start)?;
                if (other_ring, other_place) <= (ring, place) {
                    continue;
                }
                let neighbours = ring == other_ring
                    && (other_place == place + 1 || (place == 0 && other_place == own.len() - 1));
                match line_intersection(*line, lines[other_ring][other_place]) {
                    Some(LineIntersection::Collinear { intersection }) => {
                        return Ok(Some(intersection.start));
                    }
                    // Rings of a polygon may touch at a point, a ring may not
                    // touch itself (OGC 06-103r4, 6.1.11).
                    Some(LineIntersection::SinglePoint { intersection, is_proper })
                        if is_proper || (ring == other_ring && !neighbours) =>
                    {
                        return Ok(Some(intersection));
                    }
                    Some(LineIntersection::SinglePoint { .. }) | None => {}
                }
            }
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(json: &str) -> Vec<String> {
        let geometry: geojson::Geometry =
            json.parse::<geojson::GeoJson>().unwrap().try_into().unwrap();
        flaws(&geometry.value, true).into_iter().map(|flaw| flaw.problem).collect()
    }

    #[test]
    fn good_polygons_have_no_flaw() {
        for json in [
            r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[1,2],[2,2],[2,1],[1,1]]]}"#,
            // A hole that touches the exterior at a point.
            r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[0,0],[1,2],[2,1],[0,0]]]}"#,
            r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,0],[4,4],[0,4],[0,0]]]}"#,
        ] {
            assert_eq!(problems(json), Vec::<String>::new(), "{json}");
        }
    }

    /// Spikes all round, each longer than the next is away.
    #[test]
    fn what_would_be_looked_at_for_hours_is_told_apart() {
        let spike = |step: u32| {
            let turn = f64::from(step) * std::f64::consts::TAU / 2000.;
            let far = if step.is_multiple_of(2) { 10. } else { 0.1 };
            Coord { x: far * turn.cos(), y: far * turn.sin() }
        };
        let star: LineString<f64> = (0..2000).chain([0]).map(spike).collect();
        let rings = [star];
        assert_eq!(crossing(&rings, &mut MOST_PAIRS.clone()), Ok(None));
        assert!(crossing(&rings, &mut 100_000).is_err());
        let hole = |at: f64| LineString::from(vec![(at, at), (at, -at), (-at, at), (at, at)]);
        let holed = [rings[0].clone(), hole(0.01), hole(0.02)];
        assert_eq!(stray_hole(&holed, &mut 5_000), Ok(None));
        assert!(stray_hole(&holed, &mut 3_000).is_err());
    }

    #[test]
    fn bad_geometry_is_found() {
        for (json, word) in [
            (r#"{"type":"Polygon","coordinates":[[[0,0],[4,4],[4,0],[0,4],[0,0]]]}"#, "cross"),
            (
                r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[2,0],[0,4],[0,0]]]}"#,
                "cross",
            ),
            (r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4]]]}"#, "not closed"),
            (r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[0,0]]]}"#, "3 positions"),
            (
                r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,0]],[[9,9],[9,8],[8,8],[9,9]]]}"#,
                "hole",
            ),
            (
                r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[9,1],[9,2],[1,2],[1,1]]]}"#,
                "cross",
            ),
            (
                r#"{"type":"Polygon","coordinates":[[[1,2],[1,2],[1,2],[1,2]]]}"#,
                "one position, [1.0, 2.0]",
            ),
            (r#"{"type":"LineString","coordinates":[[0,0]]}"#, "1 position"),
            (r#"{"type":"Point","coordinates":[181,0]}"#, "outside"),
            (r#"{"type":"Point","coordinates":[40,91]}"#, "outside"),
        ] {
            let found = problems(json);
            assert!(found.iter().any(|problem| problem.contains(word)), "{json}: {found:?}");
        }
    }
}
