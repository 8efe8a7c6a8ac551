//! A small map of an answer's geometries over the borders that it is asked with,
//! as inline SVG.

use std::fmt::Write as _;

use geo::{Coord, Geometry, Rect};
use maud::{Markup, html};
use serde_json::Value;

use super::Page;
use crate::atlas::LayerKind;
use crate::query::{Bbox, Query, run};

/// Units of the drawing along its longer side.
const SIZE: f64 = 640.;
/// Positions nearer to the last one drawn are left out, units.
const FINEST: f64 = 0.4;
/// Metres of a degree of latitude.
const DEGREE_M: f64 = 111_195.;

/// Longitude and latitude to the drawing: equirectangular, true in the middle.
struct Frame {
    window: Rect<f64>,
    scale: f64,
    shrink: f64,
}

impl Frame {
    fn around(window: Rect<f64>) -> Self {
        let shrink = window.center().y.to_radians().cos().max(0.05);
        let (width, height) = (window.width() * shrink, window.height());
        Self { window, scale: SIZE / width.max(height), shrink }
    }

    fn size(&self) -> (f64, f64) {
        let size = self.place(Coord { x: self.window.max().x, y: self.window.min().y });
        (size.x, size.y)
    }

    fn place(&self, at: Coord<f64>) -> Coord<f64> {
        Coord {
            x: (at.x - self.window.min().x) * self.shrink * self.scale,
            y: (self.window.max().y - at.y) * self.scale,
        }
    }
}

/// What is drawn of a feature.
#[derive(Default)]
struct Marks {
    lines: Vec<(Vec<Coord<f64>>, bool)>,
    points: Vec<Coord<f64>>,
    /// How far the ground spoken of may lie away, metres.
    uncertainty_m: f64,
    /// Whether the ground spoken of need not end where the geometry does.
    is_reference: bool,
    name: String,
}

/// The map; nothing where nothing has a location, or coordinates are not degrees.
pub fn markup(page: &Page<'_>) -> Markup {
    if !page.is_lon_lat {
        return html! { p class="none" { "No map in this reference system." } };
    }
    let one = std::slice::from_ref(page.value);
    let features = page.value["features"].as_array().map_or(one, Vec::as_slice);
    let marks: Vec<Marks> = features.iter().map(marks).collect();
    let place = position(&page.value["place"]["coordinates"]);
    let Some(window) = window(&marks, place) else {
        return html! { p class="none" { "Nothing here has a location that could be drawn." } };
    };
    let frame = Frame::around(window);
    let (width, height) = frame.size();

    html! {
        figure {
            svg class="map" viewBox=(format!("0 0 {width:.0} {height:.0}")) role="img"
                aria-label="Map of what is listed here" xmlns="http://www.w3.org/2000/svg" {
                @for line in borders(page, window) {
                    path class="border" d=(path(&frame, &line, false)) {}
                }
                @for mark in &marks { (drawn(&frame, mark)) }
                @if let Some(at) = place.map(|at| frame.place(at)) {
                    path class="place" d=(format!("M{:.1} {:.1}h16m-8 -8v16", at.x - 8., at.y)) {}
                }
            }
            figcaption {
                (format!(
                    "Longitude {:.3} to {:.3}, latitude {:.3} to {:.3}. ",
                    window.min().x, window.max().x, window.min().y, window.max().y
                ))
                "Dashed lines are borders as they are depicted. "
                @if marks.iter().any(|mark| mark.is_reference) {
                    "Dotted marks show what a source named, not where the ground it speaks of \
                     ends; circles round points, how far off that ground may lie. "
                }
                @if place.is_some() { "The cross is the place asked about." }
            }
        }
    }
}

fn drawn(frame: &Frame, mark: &Marks) -> Markup {
    let radius = mark.uncertainty_m / DEGREE_M * frame.scale;
    let class = |closed: bool| match (mark.is_reference, closed) {
        (true, _) => "reference",
        (false, true) => "feature",
        (false, false) => "feature line",
    };
    html! {
        g {
            @if !mark.name.is_empty() { title { (mark.name) } }
            @for (line, closed) in &mark.lines {
                path class=(class(*closed)) d=(path(frame, line, *closed)) {}
            }
            @for point in &mark.points {
                @let at = frame.place(*point);
                circle class=(class(true)) cx=(format!("{:.1}", at.x)) cy=(format!("{:.1}", at.y)) r="4" {}
                @if radius > 4. {
                    circle class="border" cx=(format!("{:.1}", at.x)) cy=(format!("{:.1}", at.y))
                        r=(format!("{radius:.1}")) {}
                }
            }
        }
    }
}

/// A line's path data, without what is too small to be seen.
fn path(frame: &Frame, line: &[Coord<f64>], closed: bool) -> String {
    let mut text = String::new();
    let mut last: Option<Coord<f64>> = None;
    let end = line.len().saturating_sub(1);
    for (index, at) in line.iter().enumerate() {
        let at = frame.place(*at);
        let is_near = |last: Coord<f64>| (last.x - at.x).hypot(last.y - at.y) < FINEST;
        if index != end && last.is_some_and(is_near) {
            continue;
        }
        let sign = if last.is_none() { 'M' } else { 'L' };
        let _ = write!(text, "{sign}{:.1} {:.1}", at.x, at.y);
        last = Some(at);
    }
    if closed {
        text.push('Z');
    }
    text
}

/// The window round all marks, with their uncertainty and a margin.
fn window(marks: &[Marks], place: Option<Coord<f64>>) -> Option<Rect<f64>> {
    let mut whole: Option<Rect<f64>> = None;
    let mut spread = |at: Coord<f64>, by: f64| {
        let wide = by / at.y.to_radians().cos().max(0.05);
        let low = Coord { x: at.x - wide, y: at.y - by };
        let high = Coord { x: at.x + wide, y: at.y + by };
        let (low, high) = match whole {
            None => (low, high),
            Some(old) => (
                Coord { x: low.x.min(old.min().x), y: low.y.min(old.min().y) },
                Coord { x: high.x.max(old.max().x), y: high.y.max(old.max().y) },
            ),
        };
        whole = Some(Rect::new(low, high));
    };
    for mark in marks {
        let by = mark.uncertainty_m / DEGREE_M;
        mark.points.iter().for_each(|at| spread(*at, by));
        mark.lines.iter().flat_map(|(line, _)| line).for_each(|at| spread(*at, 0.));
    }
    if let Some(at) = place {
        spread(at, 0.);
    }
    let whole = whole?;
    let margin = (whole.width().max(whole.height()) * 0.05).max(0.02);
    let out = Coord { x: margin, y: margin };
    Some(Rect::new(whole.min() - out, whole.max() + out))
}

fn marks(feature: &Value) -> Marks {
    let properties = &feature["properties"];
    let name = properties["name"].as_str().or(properties["title"].as_str());
    let mut marks = Marks {
        uncertainty_m: properties["uncertainty_m"].as_f64().unwrap_or(0.),
        is_reference: properties["basis"].as_str().is_some_and(|basis| basis != "surveyed"),
        name: name.unwrap_or_default().to_owned(),
        ..Marks::default()
    };
    gather(&feature["geometry"], &mut marks);
    marks
}

fn gather(geometry: &Value, marks: &mut Marks) {
    let coordinates = &geometry["coordinates"];
    let parts = || coordinates.as_array().into_iter().flatten();
    match geometry["type"].as_str() {
        Some("Point") => marks.points.extend(position(coordinates)),
        Some("MultiPoint") => marks.points.extend(parts().filter_map(position)),
        Some("LineString") => marks.lines.push((line(coordinates), false)),
        Some("MultiLineString") => marks.lines.extend(parts().map(|part| (line(part), false))),
        Some("Polygon") => marks.lines.extend(parts().map(|ring| (line(ring), true))),
        Some("MultiPolygon") => {
            let rings = parts().flat_map(|polygon| polygon.as_array().into_iter().flatten());
            marks.lines.extend(rings.map(|ring| (line(ring), true)));
        }
        Some("GeometryCollection") => {
            let members = geometry["geometries"].as_array().into_iter().flatten();
            members.for_each(|member| gather(member, marks));
        }
        _ => {}
    }
}

fn line(coordinates: &Value) -> Vec<Coord<f64>> {
    coordinates.as_array().into_iter().flatten().filter_map(position).collect()
}

fn position(value: &Value) -> Option<Coord<f64>> {
    Some(Coord { x: value.get(0)?.as_f64()?, y: value.get(1)?.as_f64()? })
}

/// The borders in a window, at the time that the page is asked for.
fn borders(page: &Page<'_>, window: Rect<f64>) -> Vec<Vec<Coord<f64>>> {
    let ask = page.ask;
    let Ok(when) = ask.params.when() else { return Vec::new() };
    let bbox = Bbox {
        west: window.min().x.max(-180.),
        south: window.min().y.max(-90.),
        east: window.max().x.min(180.),
        north: window.max().y.min(90.),
    };
    let known_at = ask.params.known_at().ok().flatten();
    let query = Query { bbox: Some(bbox), when, known_at, ..Query::default() };
    let layers = ask.atlas.layers.iter().filter(|layer| layer.info.kind == LayerKind::Border);
    let mut lines = Vec::new();
    for layer in layers {
        // It is not broken off; without borders a map would still be one.
        for hit in run(&ask.atlas, layer, &query, ask.today).unwrap_or_default().hits.iter() {
            match &layer.feature(hit.row).geometry {
                Some(Geometry::LineString(line)) => lines.push(line.0.clone()),
                Some(Geometry::MultiLineString(parts)) => {
                    lines.extend(parts.iter().map(|line| line.0.clone()));
                }
                _ => {}
            }
        }
    }
    lines
}
