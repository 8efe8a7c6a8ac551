//! Checks of a GeoJSON geometry before it is taken: types, numbers, rings.

use geo::{
    Coord, Line, LineString,
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
pub(super) fn flaws(value: &GeometryValue) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    visit(value, &mut flaws);
    flaws
}

fn visit(value: &GeometryValue, flaws: &mut Vec<Flaw>) {
    match value {
        GeometryValue::Point { coordinates } => positions(std::slice::from_ref(coordinates), flaws),
        GeometryValue::MultiPoint { coordinates } => positions(coordinates, flaws),
        GeometryValue::LineString { coordinates } => line(coordinates, flaws),
        GeometryValue::MultiLineString { coordinates } => {
            for part in coordinates {
                line(part, flaws);
            }
        }
        GeometryValue::Polygon { coordinates } => polygon(coordinates, flaws),
        GeometryValue::MultiPolygon { coordinates } => {
            for part in coordinates {
                polygon(part, flaws);
            }
        }
        GeometryValue::GeometryCollection { geometries } => {
            for part in geometries {
                visit(&part.value, flaws);
            }
        }
    }
}

fn positions(positions: &[Position], flaws: &mut Vec<Flaw>) {
    let wrong = positions.iter().find(|position| {
        position.len() < 2
            || !position.as_slice().iter().all(|number| number.is_finite())
            || position[0].abs() > 180.
            || position[1].abs() > 90.
    });
    if let Some(position) = wrong {
        flaws.push(Flaw {
            problem: format!("the position {:?} lies outside ±180, ±90", position.as_slice()),
            remedy: "write longitude, then latitude, in WGS 84 degrees",
        });
    }
}

fn line(line: &[Position], flaws: &mut Vec<Flaw>) {
    positions(line, flaws);
    if line.len() < 2 {
        flaws.push(Flaw {
            problem: format!("a line has {} position(s)", line.len()),
            remedy: "give a line two positions or more",
        });
    }
}

fn polygon(rings: &[Vec<Position>], flaws: &mut Vec<Flaw>) {
    let before = flaws.len();
    if rings.is_empty() {
        flaws.push(Flaw {
            problem: "a polygon has no ring".to_owned(),
            remedy: "give it an exterior ring, or write null for the geometry",
        });
    }
    for ring in rings {
        positions(ring, flaws);
        if ring.first() != ring.last() {
            flaws.push(Flaw {
                problem: "a ring is not closed".to_owned(),
                remedy: "end it with its first position (RFC 7946, 3.1.6)",
            });
        } else if ring.len() < 4 {
            flaws.push(Flaw {
                problem: format!("a ring has {} positions", ring.len()),
                remedy: "give a ring four positions or more, the last as the first",
            });
        }
    }
    if flaws.len() > before {
        return;
    }
    let rings: Vec<LineString<f64>> = rings
        .iter()
        .map(|ring| ring.iter().map(|p| Coord { x: p[0], y: p[1] }).collect())
        .collect();
    if let Some(at) = crossing(&rings) {
        flaws.push(Flaw {
            problem: format!("its rings cross or touch along a line near [{}, {}]", at.x, at.y),
            remedy: "draw rings that do not cross themselves or one another",
        });
        return;
    }
    if let Some((exterior, holes)) = rings.split_first() {
        let shell = geo::Polygon::new(exterior.clone(), Vec::new());
        let outside = holes.iter().find(|hole| {
            // Rings that do not cross may touch: any vertex that is not on the
            // shell tells on which side the hole lies.
            use geo::coordinate_position::{CoordPos, CoordinatePosition};
            hole.coords()
                .map(|coord| shell.coordinate_position(coord))
                .find(|position| *position != CoordPos::OnBoundary)
                == Some(CoordPos::Outside)
        });
        if let Some(hole) = outside {
            flaws.push(Flaw {
                problem: format!("a hole lies outside the exterior ring, near {:?}", hole.0[0]),
                remedy: "make it a polygon of its own in a MultiPolygon",
            });
        }
    }
}

type Segment = GeomWithData<Rectangle<[f64; 2]>, (usize, usize)>;

/// A point at which rings cross, or run along one another, or a ring touches
/// itself. An R-tree over the segments, since `geo`'s own validation compares
/// every pair, which takes seconds for a border of 20,000 vertices.
fn crossing(rings: &[LineString<f64>]) -> Option<Coord<f64>> {
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
                if (other_ring, other_place) <= (ring, place) {
                    continue;
                }
                let neighbours = ring == other_ring
                    && (other_place == place + 1 || (place == 0 && other_place == own.len() - 1));
                match line_intersection(*line, lines[other_ring][other_place]) {
                    Some(LineIntersection::Collinear { intersection }) => {
                        return Some(intersection.start);
                    }
                    // Rings of a polygon may touch at a point, a ring may not
                    // touch itself (OGC 06-103r4, 6.1.11).
                    Some(LineIntersection::SinglePoint { intersection, is_proper })
                        if is_proper || (ring == other_ring && !neighbours) =>
                    {
                        return Some(intersection);
                    }
                    Some(LineIntersection::SinglePoint { .. }) | None => {}
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(json: &str) -> Vec<String> {
        let geometry: geojson::Geometry =
            json.parse::<geojson::GeoJson>().unwrap().try_into().unwrap();
        flaws(&geometry.value).into_iter().map(|flaw| flaw.problem).collect()
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
            (r#"{"type":"LineString","coordinates":[[0,0]]}"#, "1 position"),
            (r#"{"type":"Point","coordinates":[181,0]}"#, "outside"),
            (r#"{"type":"Point","coordinates":[40,91]}"#, "outside"),
        ] {
            let found = problems(json);
            assert!(found.iter().any(|problem| problem.contains(word)), "{json}: {found:?}");
        }
    }
}
