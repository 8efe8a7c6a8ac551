//! Running a query over one layer.

use std::ops::Range;

use geo::{CoordsIter, Geometry, Intersects, Line, Point, Rect};

use super::circle::InCircle;
use super::filter::Filter;
use super::geodesy::{self, Nearest};
use super::hits::{Hit, Hits};
use super::{Bbox, Query, Stop, When, sort};
use crate::atlas::envelope::Envelope;
use crate::atlas::index::Found;
use crate::atlas::{Atlas, Day, Feature, Layer, LayerKind, Period};

/// How far a feature lies from the centre of a circle that was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// To the geometry.
    pub nearest: Nearest,
    /// How far the ground spoken of may lie from the geometry, metres.
    pub uncertainty_m: f64,
    /// Whether all of the ground spoken of lies in the circle.
    pub certain: bool,
}

impl Reach {
    /// The least that the ground spoken of may lie away, metres.
    #[must_use]
    pub fn nearest_m(&self) -> f64 {
        (self.nearest.distance_m - self.uncertainty_m).max(0.)
    }

    /// The most that the ground spoken of may lie away, metres.
    #[must_use]
    pub fn farthest_m(&self) -> f64 {
        self.nearest.distance_m + self.uncertainty_m
    }
}

/// A page of matches.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// How many match in all.
    pub matched: usize,
    pub hits: Hits,
}

impl When {
    /// The days meant, for a layer of a kind, on the day `today`.
    #[must_use]
    pub fn days(self, kind: LayerKind, today: Day) -> Period {
        match self {
            Self::During(period) => period,
            Self::Unsaid if kind.is_as_of_today() => Period::day(today),
            Self::Unsaid => Period::ALWAYS,
        }
    }

    /// The day whose status is meant: the last day asked for, today when that
    /// is open.
    #[must_use]
    pub fn status_day(self, today: Day) -> Day {
        match self {
            Self::During(Period { last: Some(last), .. }) => last,
            Self::During(_) | Self::Unsaid => today,
        }
    }
}

/// Runs a query as [`super::run`] says. Once its stop is said no further row
/// matches.
#[must_use]
pub(super) fn run(atlas: &Atlas, layer: &Layer, query: &Query, today: Day) -> Page {
    let days = query.when.days(layer.info.kind, today);
    let day = query.when.status_day(today);
    let holds = layer.holding(&days, query.known_at);
    let passes = query
        .filter
        .as_ref()
        .map(|filter| filter.on(atlas, layer, day, query.known_at, &query.stop));
    let admits = |row: u32| {
        !query.stop.is_said()
            && holds.as_ref().is_none_or(|holds| holds(row))
            && query.outline.as_ref().is_none_or(|outline| meets(layer.feature(row), outline))
            && passes.as_ref().is_none_or(|passes| passes(row))
    };
    // Where nothing narrows it, rows are taken by the run.
    let admits_all = holds.is_none() && query.outline.is_none() && passes.is_none();
    // One test after the other: by number, most of them go without a branch to guess.
    let admitted = |mut rows: Vec<u32>| {
        if let Some(holds) = &holds {
            keep(&mut rows, &query.stop, holds);
        }
        if let Some(outline) = &query.outline {
            keep(&mut rows, &query.stop, |row| meets(layer.feature(row), outline));
        }
        if let Some(passes) = &passes {
            keep(&mut rows, &query.stop, passes);
        }
        rows
    };
    if let Some(circle) = query.near {
        let circle = InCircle::new(layer, circle, &query.stop);
        let within = query.bbox.map(geodesy::windows);
        let wanted = |row: u32| {
            within.as_ref().is_none_or(|windows| touches(layer.feature(row), windows))
                && admits(row)
        };
        let found = circle.within();
        let narrowed = (!admits_all || within.is_some()).then(|| {
            let mut rows = found.rows();
            rows.retain(|row| wanted(*row));
            rows
        });
        let matched = narrowed.as_ref().map_or_else(|| found.len(), Vec::len);
        let places = places(query, matched);
        if query.sort.is_empty() && places.end < matched {
            let nearest = circle.nearest(places.end, wanted);
            return Page { matched, hits: Hits::Reached(nearest).part(places) };
        }
        let mut hits = circle.measured(&narrowed.unwrap_or_else(|| found.rows()));
        if !query.sort.is_empty() {
            sort::sort(&mut hits, &query.sort, &query.stop, atlas, layer, day, query.known_at);
        }
        return Page { matched, hits: Hits::Reached(hits).part(places) };
    }
    let window = query.filter.as_ref().and_then(Filter::window);
    let rows = match (query.bbox, window) {
        (Some(bbox), _) => admitted(in_bbox(layer, bbox)),
        (None, Some(window)) => admitted(around(layer, window)),
        #[allow(clippy::cast_possible_truncation)] // Rows are numbered by u32.
        (None, None) if admits_all && query.sort.is_empty() => {
            let matched = layer.features.len();
            let hits = Hits::Run(0..matched as u32).part(places(query, matched));
            return Page { matched, hits };
        }
        (None, None) => (0u32..).take(layer.features.len()).filter(|row| admits(*row)).collect(),
    };
    let matched = rows.len();
    let places = places(query, matched);
    if query.sort.is_empty() {
        return Page { matched, hits: Hits::Rows(in_order(rows, places)) };
    }
    let rows = in_order(rows, 0..matched);
    let mut hits: Vec<Hit> = rows.into_iter().map(|row| Hit { row, reach: None }).collect();
    sort::sort(&mut hits, &query.sort, &query.stop, atlas, layer, day, query.known_at);
    // A download keeps them to its end: distances of which there are none would be most of it.
    let rows = hits[places].iter().map(|hit| hit.row).collect();
    Page { matched, hits: Hits::Rows(rows) }
}

/// Keeps of some rows those that are `wanted`, as far as it comes until the stop is said. Each
/// is written down, and written over where it is not wanted: a branch would be guessed wrong for
/// most of those that are, where they are one in ten.
fn keep(rows: &mut Vec<u32>, stop: &Stop, wanted: impl Fn(u32) -> bool) {
    let mut kept = 0;
    for place in 0..rows.len() {
        if stop.is_said() {
            break;
        }
        let row = rows[place];
        rows[kept] = row;
        kept += usize::from(wanted(row));
    }
    rows.truncate(kept);
}

/// The places of the page that is asked for among so many matches.
fn places(query: &Query, matched: usize) -> Range<usize> {
    let start = query.offset.min(matched);
    let end = query.limit.map_or(matched, |limit| start.saturating_add(limit).min(matched));
    start..end
}

/// Those rows that stand in some places once all are in order, as those of a layer are that
/// stands in the order of its index.
fn in_order(mut rows: Vec<u32>, places: Range<usize>) -> Vec<u32> {
    let are_in_order = rows.is_sorted();
    if places.end < rows.len() && !are_in_order {
        rows.select_nth_unstable(places.end);
    }
    rows.truncate(places.end);
    if !are_in_order {
        rows.sort_unstable();
    }
    rows.split_off(places.start)
}

/// The rows that share a point with a window. In no particular order.
fn in_bbox(layer: &Layer, bbox: Bbox) -> Vec<u32> {
    let windows = geodesy::windows(bbox);
    let mut rows = Vec::new();
    for window in &windows {
        let sought = Envelope::from(*window);
        layer.index.search(&|envelope| envelope.lies_to(&sought), &mut |found| match found {
            Found::Inside(inside) => rows.extend_from_slice(inside),
            Found::Across(row, envelope) => {
                let window = std::slice::from_ref(window);
                if envelope.has_a_side_in(&sought) || touches(layer.feature(row), window) {
                    rows.push(row);
                }
            }
        });
    }
    if windows.len() > 1 {
        rows.sort_unstable();
        rows.dedup();
    }
    rows
}

/// The rows whose envelopes share a point with a window, or nearly. In no particular order.
fn around(layer: &Layer, window: Rect<f64>) -> Vec<u32> {
    let sought = Envelope::from(window);
    let mut rows = Vec::new();
    layer.index.search(&|envelope| envelope.lies_to(&sought), &mut |found| match found {
        Found::Inside(inside) => rows.extend_from_slice(inside),
        Found::Across(row, _) => rows.push(row),
    });
    rows
}

/// Whether a feature's geometry shares a point with an outline.
fn meets(feature: &Feature, outline: &Geometry<f64>) -> bool {
    feature.geometry.as_ref().is_some_and(|geometry| {
        // Most that lies there has its first point inside, and that is found
        // without going along all edges of both.
        let first = geometry.coords_iter().next();
        first.is_some_and(|first| outline.intersects(&Point(first))) || geometry.intersects(outline)
    })
}

/// Whether a feature's geometry, not its envelope alone, shares a point with a
/// window.
fn touches(feature: &Feature, windows: &[Rect<f64>]) -> bool {
    let Some(geometry) = &feature.geometry else {
        return false;
    };
    windows.iter().any(|window| touches_window(geometry, *window))
}

fn touches_window(geometry: &Geometry<f64>, window: Rect<f64>) -> bool {
    // Most that reaches into a window has its first point there or its last.
    if geometry.coords_iter().next().is_some_and(|first| Envelope::from(window).holds(first)) {
        return true;
    }
    // A window without area is a point or a line.
    if window.width() == 0. && window.height() == 0. {
        return geometry.intersects(&Point(window.min()));
    }
    if window.width() == 0. || window.height() == 0. {
        return geometry.intersects(&Line::new(window.min(), window.max()));
    }
    match geometry {
        Geometry::GeometryCollection(parts) => {
            parts.iter().any(|part| touches_window(part, window))
        }
        other => other.intersects(&window),
    }
}
