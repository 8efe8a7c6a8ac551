//! A geometry as a tile shows it: in units, clipped, and with no more detail than
//! can be seen. What is too small to see stays as a point or a line; nothing
//! vanishes for being small.
//!
//! Detail is taken away position by position, by rounding to a grid that all
//! tiles of a zoom share, and edges are cut at the same place whichever way they
//! run. So two areas that share a border share it in every tile.

use geo::{Geometry, LineString, Polygon};

use super::paths::Paths;
use crate::query::tile::{Frame, Grid, PIXEL, Tile, Units};

/// To how many units positions are rounded: a quarter of a pixel, which is half
/// a pixel when the next zoom takes over.
const STEP: u32 = 2;
/// From this zoom on positions are rounded to single units, since clients draw
/// deeper zooms from these tiles.
pub const FULL_DETAIL_ZOOM: u8 = 14;

/// What is drawn of a geometry: of a mixed one several.
#[derive(Clone, Copy, Debug)]
pub enum Shape<'a> {
    Points(&'a [Units]),
    Lines(&'a Paths),
    /// Rings without their closing position, each exterior (clockwise on the
    /// screen) followed by its interiors (the other way).
    Polygons(&'a Paths),
}

/// Draws geometries in a tile, one after the other.
pub struct Drawing {
    frame: Frame,
    grid: Grid,
    step: u32,
    points: Vec<Units>,
    lines: Paths,
    rings: Paths,
}

impl Drawing {
    /// Nothing, so far.
    #[must_use]
    pub fn new(tile: Tile) -> Self {
        let step = if tile.zoom() < FULL_DETAIL_ZOOM { STEP } else { 1 };
        Self {
            frame: tile.frame(),
            grid: tile.grid(step),
            step,
            points: Vec::new(),
            lines: Paths::default(),
            rings: Paths::default(),
        }
    }

    /// Draws a geometry in the place of the one before.
    pub fn draw(&mut self, geometry: &Geometry<f64>) {
        self.points.clear();
        self.lines.clear();
        self.rings.clear();
        self.add(geometry);
        self.points.sort_unstable();
        self.points.dedup();
    }

    /// Leaves points out.
    pub fn keep_points(&mut self, keep: impl FnMut(&Units) -> bool) {
        self.points.retain(keep);
    }

    /// What the tile shows of the geometry; nothing where it lies elsewhere.
    pub fn shapes(&self) -> impl Iterator<Item = Shape<'_>> {
        let shapes = [
            (!self.rings.is_empty()).then_some(Shape::Polygons(&self.rings)),
            (!self.lines.is_empty()).then_some(Shape::Lines(&self.lines)),
            (!self.points.is_empty()).then_some(Shape::Points(&self.points)),
        ];
        shapes.into_iter().flatten()
    }

    fn add(&mut self, geometry: &Geometry<f64>) {
        match geometry {
            Geometry::Point(point) => self.point(self.grid.units(point.0)),
            Geometry::MultiPoint(points) => {
                for point in points {
                    self.point(self.grid.units(point.0));
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
        if let Some(bounds) = self.lines.begin(line, &self.grid) {
            self.finish_line(bounds);
        }
    }

    /// Ends the line in the making.
    fn finish_line(&mut self, bounds: Frame) {
        if is_below_a_pixel(bounds) {
            self.lines.abandon();
            self.point(middle(bounds, self.step));
        } else if self.is_whole(bounds) {
            self.lines.finish();
        } else {
            for part in cut_line(self.lines.take(), &self.frame) {
                self.lines.add(&part);
            }
        }
    }

    fn polygon(&mut self, polygon: &Polygon<f64>) {
        let exterior = self.rings.begin(polygon.exterior(), &self.grid);
        let Some(bounds) = exterior else { return };
        if is_below_a_pixel(bounds) {
            self.rings.abandon();
            self.point(middle(bounds, self.step));
            return;
        }
        if let Some(exterior) = self.finish_ring(bounds, true) {
            // Longer than a pixel, but here too thin to have an inside.
            self.lines.make(&exterior);
            return self.finish_line(bounds);
        }
        for interior in polygon.interiors() {
            // A stray one may lie elsewhere than its exterior.
            if let Some(bounds) = self.rings.begin(interior, &self.grid) {
                self.finish_ring(bounds, false);
            }
        }
    }

    /// Ends the ring in the making, which is closed: opened, cut to the frame and wound as
    /// tiles have it. Where no area of it is left it is taken away, and given back as it came.
    fn finish_ring(&mut self, bounds: Frame, exterior: bool) -> Option<Vec<Units>> {
        if self.is_whole(bounds) {
            if let Some((_, open)) = self.rings.making().split_last_mut()
                && wind(open, exterior)
            {
                self.rings.open();
                self.rings.finish();
                return None;
            }
            return Some(self.rings.take());
        }
        let ring = self.rings.take();
        let mut cut = cut_ring(ring[..ring.len().saturating_sub(1)].to_vec(), &self.frame);
        if !wind(&mut cut, exterior) {
            return Some(ring);
        }
        self.rings.add(&cut);
        None
    }
}

/// Turns an open ring as tiles have it; whether there is an inside.
fn wind(ring: &mut [Units], exterior: bool) -> bool {
    let area = doubled_area(ring);
    // In units, whose second axis runs southward, an exterior has positive area.
    if area != 0 && (area > 0) != exterior {
        ring.reverse();
    }
    area != 0
}

fn is_below_a_pixel(Frame { low, high }: Frame) -> bool {
    high.x - low.x < PIXEL && high.y - low.y < PIXEL
}

fn middle(Frame { low, high }: Frame, step: u32) -> Units {
    let step = i64::from(step);
    let half = |low: i64, high: i64| (low + high).div_euclid(2 * step) * step;
    Units { x: half(low.x, high.x), y: half(low.y, high.y) }
}

/// Twice the area within a ring, closed or not, that lies in a frame (the surveyor's
/// formula).
fn doubled_area(ring: &[Units]) -> i64 {
    let (Some(last), Some(origin)) = (ring.last(), ring.first()) else { return 0 };
    // From one of its own corners: within a frame the products are small then.
    let from = |at: &Units| (at.x - origin.x, at.y - origin.y);
    let (mut before, mut sum) = (from(last), 0);
    for at in ring {
        let at = from(at);
        sum += before.0 * at.1 - at.0 * before.1;
        before = at;
    }
    sum
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

    /// What a tile shows of a geometry, to be compared.
    #[derive(Debug, PartialEq)]
    enum Drawn {
        Points(Vec<Units>),
        Lines(Vec<Vec<Units>>),
        Polygons(Vec<Vec<Units>>),
    }

    fn shapes(geometry: &Geometry<f64>, tile: Tile) -> Vec<Drawn> {
        let mut drawing = Drawing::new(tile);
        drawing.draw(geometry);
        let all = |paths: &Paths| paths.iter().map(<[Units]>::to_vec).collect();
        let drawn = |shape| match shape {
            Shape::Points(points) => Drawn::Points(points.to_vec()),
            Shape::Lines(lines) => Drawn::Lines(all(lines)),
            Shape::Polygons(rings) => Drawn::Polygons(all(rings)),
        };
        drawing.shapes().map(drawn).collect()
    }

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
            [Drawn::Points(vec![Units { x: 359 * EXTENT + 102, y: 192 * EXTENT + 102 }])]
        );
        let thin = polygon(&[(100., 100.), (900., 100.), (900., 100.6), (100., 100.)]);
        let [Drawn::Lines(lines)] = &shapes(&thin, tile())[..] else { panic!("no line") };
        assert_eq!(relative(tile(), &lines[0]), [(100, 100), (900, 100), (100, 100)]);
        let short = Geometry::LineString(line(tile(), &[(50., 50.), (53., 52.)]));
        assert!(matches!(&shapes(&short, tile())[..], [Drawn::Points(_)]));
        let elsewhere = polygon(&[(9000., 100.), (9005., 100.), (9005., 104.), (9000., 100.)]);
        assert_eq!(shapes(&elsewhere, tile()), []);
        let flat = polygon(&[(100., 100.), (500., 100.), (900., 100.6), (100., 100.)]);
        let [Drawn::Lines(lines)] = &shapes(&flat, tile())[..] else { panic!("no line") };
        assert_eq!(relative(tile(), &lines[0]), [(100, 100), (500, 100), (900, 100), (100, 100)]);
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
            let [Drawn::Polygons(rings)] = &shapes(&area.into(), tile())[..] else {
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
            let [Drawn::Polygons(rings)] = &shapes[..] else { panic!("{shapes:?}") };
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
        let [Drawn::Lines(lines)] = &shapes[..] else { panic!("{shapes:?}") };
        let ends: Vec<(i64, i64)> =
            lines.iter().map(|part| relative(tile(), part)[part.len() - 1]).collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(ends[0], (-BUFFER, 138));
        assert_eq!(ends[2], (200, 300));
    }
}
