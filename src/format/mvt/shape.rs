//! A geometry as a tile shows it: in units, clipped, and with no more detail than
//! can be seen. What is too small to see stays as a point or a line; nothing
//! vanishes for being small.
//!
//! Detail is taken away position by position, by rounding to a grid that all
//! tiles of a zoom share, and edges are cut at the same place whichever way they
//! run. So two areas that share a border share it in every tile.

use geo::{Geometry, LineString, Polygon};

use crate::query::tile::{Frame, PIXEL, Tile, Units};

/// To how many units positions are rounded: a quarter of a pixel, which is half
/// a pixel when the next zoom takes over.
const STEP: i64 = 2;
/// From this zoom on positions are rounded to single units, since clients draw
/// deeper zooms from these tiles.
pub const FULL_DETAIL_ZOOM: u8 = 14;

/// What is drawn of a geometry: of a mixed one several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    Points(Vec<Units>),
    Lines(Vec<Vec<Units>>),
    /// Rings without their closing position, each exterior (clockwise on the
    /// screen) followed by its interiors (the other way).
    Polygons(Vec<Vec<Units>>),
}

/// What a tile shows of a geometry; nothing where it lies elsewhere.
#[must_use]
pub fn shapes(geometry: &Geometry<f64>, tile: Tile) -> Vec<Shape> {
    let mut drawing = Drawing {
        tile,
        frame: tile.frame(),
        step: if tile.zoom() < FULL_DETAIL_ZOOM { STEP } else { 1 },
        points: Vec::new(),
        lines: Vec::new(),
        rings: Vec::new(),
    };
    drawing.add(geometry);
    drawing.finish()
}

struct Drawing {
    tile: Tile,
    frame: Frame,
    step: i64,
    points: Vec<Units>,
    lines: Vec<Vec<Units>>,
    rings: Vec<Vec<Units>>,
}

impl Drawing {
    fn add(&mut self, geometry: &Geometry<f64>) {
        match geometry {
            Geometry::Point(point) => self.point(self.tile.units(point.0, self.step)),
            Geometry::MultiPoint(points) => {
                for point in points {
                    self.point(self.tile.units(point.0, self.step));
                }
            }
            Geometry::Line(line) => {
                self.line(&LineString::from(line));
            }
            Geometry::LineString(line) => self.line(line),
            Geometry::MultiLineString(lines) => lines.iter().for_each(|line| self.line(line)),
            Geometry::Polygon(polygon) => self.polygon(polygon),
            Geometry::MultiPolygon(polygons) => {
                polygons.iter().for_each(|polygon| self.polygon(polygon));
            }
            Geometry::Rect(rect) => self.polygon(&rect.to_polygon()),
            Geometry::Triangle(triangle) => self.polygon(&triangle.to_polygon()),
            Geometry::GeometryCollection(parts) => parts.iter().for_each(|part| self.add(part)),
        }
    }

    fn finish(mut self) -> Vec<Shape> {
        self.points.sort_unstable();
        self.points.dedup();
        let shapes =
            [Shape::Polygons(self.rings), Shape::Lines(self.lines), Shape::Points(self.points)];
        shapes.into_iter().filter(|shape| !shape.is_empty()).collect()
    }

    fn rounded(&self, line: &LineString<f64>) -> Vec<Units> {
        let mut units: Vec<Units> =
            line.coords().map(|at| self.tile.units(*at, self.step)).collect();
        units.dedup();
        units
    }

    /// Whether nothing within bounds has to be cut.
    fn is_whole(&self, bounds: Frame) -> bool {
        self.frame.holds(bounds.low) && self.frame.holds(bounds.high)
    }

    fn point(&mut self, at: Units) {
        if self.frame.holds(at) {
            self.points.push(at);
        }
    }

    fn line(&mut self, line: &LineString<f64>) {
        let line = self.rounded(line);
        self.rounded_line(line);
    }

    fn rounded_line(&mut self, line: Vec<Units>) {
        let Some(envelope) = envelope(&line) else { return };
        if is_below_a_pixel(envelope) {
            self.point(middle(envelope, self.step));
        } else if self.is_whole(envelope) {
            self.lines.push(line);
        } else {
            self.lines.append(&mut cut_line(line, &self.frame));
        }
    }

    fn polygon(&mut self, polygon: &Polygon<f64>) {
        let exterior = self.rounded(polygon.exterior());
        let Some(bounds) = envelope(&exterior) else { return };
        if is_below_a_pixel(bounds) {
            self.point(middle(bounds, self.step));
            return;
        }
        match self.ring(exterior, bounds, true) {
            Ok(ring) => self.rings.push(ring),
            // Longer than a pixel, but here too thin to have an inside.
            Err(exterior) => return self.rounded_line(exterior),
        }
        for interior in polygon.interiors() {
            let interior = self.rounded(interior);
            // A stray one may lie elsewhere than its exterior.
            let Some(bounds) = envelope(&interior) else { continue };
            self.rings.extend(self.ring(interior, bounds, false));
        }
    }

    /// A closed ring within bounds, opened, cut to the frame and wound as tiles have it; as
    /// it came where no area of it is left.
    fn ring(
        &self,
        ring: Vec<Units>,
        bounds: Frame,
        exterior: bool,
    ) -> Result<Vec<Units>, Vec<Units>> {
        let whole = self.is_whole(bounds);
        let open = &ring[..ring.len().saturating_sub(1)];
        let cut = (!whole).then(|| cut_ring(open.to_vec(), &self.frame));
        let area = doubled_area(cut.as_deref().unwrap_or(open));
        if area == 0 {
            return Err(ring);
        }
        let mut wound = cut.unwrap_or_else(|| {
            let mut ring = ring;
            ring.pop();
            ring
        });
        // In units, whose second axis runs southward, an exterior has positive area.
        if (area > 0) != exterior {
            wound.reverse();
        }
        Ok(wound)
    }
}

impl Shape {
    /// Whether it has no parts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Points(points) => points.is_empty(),
            Self::Lines(parts) | Self::Polygons(parts) => parts.is_empty(),
        }
    }
}

fn envelope(line: &[Units]) -> Option<Frame> {
    let first = *line.first()?;
    Some(line.iter().fold(Frame { low: first, high: first }, |Frame { low, high }, at| Frame {
        low: Units { x: low.x.min(at.x), y: low.y.min(at.y) },
        high: Units { x: high.x.max(at.x), y: high.y.max(at.y) },
    }))
}

fn is_below_a_pixel(Frame { low, high }: Frame) -> bool {
    high.x - low.x < PIXEL && high.y - low.y < PIXEL
}

fn middle(Frame { low, high }: Frame, step: i64) -> Units {
    let half = |low: i64, high: i64| (low + high).div_euclid(2 * step) * step;
    Units { x: half(low.x, high.x), y: half(low.y, high.y) }
}

/// Twice the area within a ring, closed or not, that lies in a frame (the surveyor's
/// formula).
fn doubled_area(ring: &[Units]) -> i64 {
    let (Some(last), Some(origin)) = (ring.last(), ring.first()) else { return 0 };
    let before = std::iter::once(last).chain(ring);
    // From one of its own corners: within a frame the products are small then.
    let from = |at: &Units| (at.x - origin.x, at.y - origin.y);
    before
        .zip(ring)
        .map(|(a, b)| {
            let ((ax, ay), (bx, by)) = (from(a), from(b));
            ax * by - bx * ay
        })
        .sum()
}

/// One edge of a frame, and which side of it is kept.
#[derive(Clone, Copy)]
struct Edge {
    upright: bool,
    at: i64,
    keeps_below: bool,
}

impl Edge {
    fn of(frame: &Frame) -> [Self; 4] {
        let edge = |upright, at, keeps_below| Self { upright, at, keeps_below };
        [
            edge(true, frame.low.x, false),
            edge(true, frame.high.x, true),
            edge(false, frame.low.y, false),
            edge(false, frame.high.y, true),
        ]
    }

    fn keeps(self, at: Units) -> bool {
        let across = if self.upright { at.x } else { at.y };
        if self.keeps_below { across <= self.at } else { across >= self.at }
    }

    /// Where a line that crosses the edge does so; the same whichever way it runs.
    #[allow(clippy::cast_possible_truncation)] // It lies between the two.
    fn cut(self, a: Units, b: Units) -> Units {
        let (from, to) = (a.min(b), a.max(b));
        let part = |along: (i64, i64), across: (i64, i64)| {
            let rise = i128::from(along.1 - along.0) * i128::from(self.at - across.0);
            let run = i128::from(across.1 - across.0);
            along.0 + (2 * rise + run).div_euclid(2 * run) as i64
        };
        if self.upright {
            Units { x: self.at, y: part((from.y, to.y), (from.x, to.x)) }
        } else {
            Units { x: part((from.x, to.x), (from.y, to.y)), y: self.at }
        }
    }
}

/// The part of a ring within a frame (Sutherland and Hodgman, 1974); where the
/// ring leaves and comes back, it runs along the frame.
fn cut_ring(mut ring: Vec<Units>, frame: &Frame) -> Vec<Units> {
    for edge in Edge::of(frame) {
        let Some(mut before) = ring.last().copied() else { break };
        let mut kept = Vec::with_capacity(ring.len() + 4);
        for at in ring {
            if edge.keeps(before) != edge.keeps(at) {
                kept.push(edge.cut(before, at));
            }
            if edge.keeps(at) {
                kept.push(at);
            }
            before = at;
        }
        kept.dedup();
        ring = kept;
    }
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring
}

/// The parts of a line within a frame.
fn cut_line(line: Vec<Units>, frame: &Frame) -> Vec<Vec<Units>> {
    let mut lines = vec![line];
    for edge in Edge::of(frame) {
        lines = lines.iter().flat_map(|line| cut_line_at(line, edge)).collect();
    }
    lines
}

fn cut_line_at(line: &[Units], edge: Edge) -> Vec<Vec<Units>> {
    let mut parts: Vec<Vec<Units>> = Vec::new();
    let mut part: Vec<Units> = Vec::new();
    for (index, at) in line.iter().copied().enumerate() {
        let crosses = index > 0 && edge.keeps(line[index - 1]) != edge.keeps(at);
        if crosses {
            part.push(edge.cut(line[index - 1], at));
        }
        if edge.keeps(at) {
            part.push(at);
        } else {
            parts.push(std::mem::take(&mut part));
        }
    }
    parts.push(part);
    parts.iter_mut().for_each(Vec::dedup);
    parts.retain(|part| part.len() > 1);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::tile::{BUFFER, EXTENT};
    use geo::Coord;

    /// A line given in units of a tile, as positions.
    fn line(tile: Tile, units: &[(f64, f64)]) -> LineString<f64> {
        let size = f64::from(1 << tile.zoom()) * 4096.;
        #[allow(clippy::cast_precision_loss)] // Small numbers.
        let (x, y) = (tile.origin().x as f64, tile.origin().y as f64);
        let at = |(east, south): &(f64, f64)| {
            let (east, south) = (east + x, south + y);
            let latitude = (std::f64::consts::PI * (1. - 2. * south / size)).sinh().atan();
            Coord { x: east / size * 360. - 180., y: latitude.to_degrees() }
        };
        units.iter().map(at).collect()
    }

    fn relative(tile: Tile, points: &[Units]) -> Vec<(i64, i64)> {
        let origin = tile.origin();
        points.iter().map(|at| (at.x - origin.x, at.y - origin.y)).collect()
    }

    fn tile() -> Tile {
        Tile::new(9, 192, 359).unwrap()
    }

    fn polygon(units: &[(f64, f64)]) -> Geometry<f64> {
        Geometry::Polygon(Polygon::new(line(tile(), units), Vec::new()))
    }

    #[test]
    fn what_is_too_small_stays_as_a_point_and_what_is_too_thin_as_a_line() {
        let small = polygon(&[(100., 100.), (105., 100.), (105., 104.), (100., 100.)]);
        assert_eq!(
            shapes(&small, tile()),
            [Shape::Points(vec![Units { x: 359 * EXTENT + 102, y: 192 * EXTENT + 102 }])]
        );
        let thin = polygon(&[(100., 100.), (900., 100.), (900., 100.6), (100., 100.)]);
        let [Shape::Lines(lines)] = &shapes(&thin, tile())[..] else { panic!("no line") };
        assert_eq!(relative(tile(), &lines[0]), [(100, 100), (900, 100), (100, 100)]);
        let short = Geometry::LineString(line(tile(), &[(50., 50.), (53., 52.)]));
        assert!(matches!(&shapes(&short, tile())[..], [Shape::Points(_)]));
        let elsewhere = polygon(&[(9000., 100.), (9005., 100.), (9005., 104.), (9000., 100.)]);
        assert_eq!(shapes(&elsewhere, tile()), []);
    }

    #[test]
    fn rings_are_cut_at_the_buffer_and_wound_as_tiles_have_it() {
        let hole = [(1000., 1000.), (1000., 2000.), (2000., 2000.), (2000., 1000.), (1000., 1000.)];
        let around = [(-900., 500.), (5000., 500.), (5000., 3000.), (-900., 3000.), (-900., 500.)];
        for (around, hole) in [
            (around.to_vec(), hole.to_vec()),
            (around.iter().rev().copied().collect(), hole.iter().rev().copied().collect()),
        ] {
            let area = Polygon::new(line(tile(), &around), vec![line(tile(), &hole)]);
            let [Shape::Polygons(rings)] = &shapes(&area.into(), tile())[..] else {
                panic!("no polygon")
            };
            let [exterior, interior] = &rings[..] else { panic!("{rings:?}") };
            assert!(doubled_area(exterior) > 0 && doubled_area(interior) < 0);
            let mut corners = relative(tile(), exterior);
            corners.sort_unstable();
            let (west, east) = (-BUFFER, EXTENT + BUFFER);
            assert_eq!(corners, [(west, 500), (west, 3000), (east, 500), (east, 3000)]);
        }
    }

    #[test]
    fn a_stray_hole_is_cut_by_itself_however_far_it_reaches() {
        let deep = Tile::new(24, 6_293_504, 11_763_712).unwrap();
        let around = [(100., 100.), (900., 100.), (900., 900.), (100., 900.), (100., 100.)];
        let stray = [(0., 0.), (0., 60.), (60., 60.), (60., 0.), (0., 0.)];
        let exterior = line(deep, &around);
        for hole in [stray.to_vec(), stray.iter().map(|(x, y)| (x + 100., *y)).collect()] {
            let hole: LineString<f64> = hole.into();
            let shapes = shapes(&Polygon::new(exterior.clone(), vec![hole]).into(), deep);
            let [Shape::Polygons(rings)] = &shapes[..] else { panic!("{shapes:?}") };
            assert!(rings.iter().flatten().all(|at| deep.frame().holds(*at)), "{rings:?}");
        }
    }

    #[test]
    fn edges_are_cut_at_the_same_place_whichever_way_they_run() {
        let frame = tile().frame();
        for step in 0..500 {
            let a = Units { x: frame.low.x - 37 * step - 5, y: frame.low.y + 11 * step };
            let b = Units { x: frame.low.x + 400 + step, y: frame.low.y - 300 + 23 * step };
            for edge in Edge::of(&frame) {
                if edge.keeps(a) != edge.keeps(b) {
                    assert_eq!(edge.cut(a, b), edge.cut(b, a));
                }
            }
        }
    }

    #[test]
    fn lines_that_leave_and_come_back_are_in_parts() {
        let zigzag = [(100., 100.), (-500., 200.), (100., 300.), (100., 5000.), (200., 300.)];
        let shapes = shapes(&Geometry::LineString(line(tile(), &zigzag)), tile());
        let [Shape::Lines(lines)] = &shapes[..] else { panic!("{shapes:?}") };
        let ends: Vec<(i64, i64)> =
            lines.iter().map(|part| relative(tile(), part)[part.len() - 1]).collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(ends[0], (-BUFFER, 138));
        assert_eq!(ends[2], (200, 300));
    }
}
