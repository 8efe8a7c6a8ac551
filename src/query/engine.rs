//! Running a query over one layer.

use std::ops::Range;

use geo::{CoordsIter, Geometry, Intersects, Point};

use super::circle::InCircle;
use super::filter::Filter;
use super::geodesy::{self, Nearest};
use super::hits::{Hit, Hits};
use super::within::{self, Within, in_order, touches};
use super::{Query, Stop, When, sort};
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
    let found = match (query.bbox, window) {
        (Some(bbox), _) => Some(within::bbox(layer, bbox)),
        (None, Some(window)) => Some(within::around(layer, window)),
        (None, None) => None,
    };
    let is_sorted = layer.index.is_in_order();
    if admits_all && query.sort.is_empty() {
        let matched = found.as_ref().map_or(layer.features.len(), Within::len);
        let places = places(query, matched);
        #[allow(clippy::cast_possible_truncation)] // Rows are numbered by u32.
        let hits = match found {
            Some(found) => Hits::Rows(found.part(places, is_sorted)),
            None => Hits::Run(0..matched as u32).part(places),
        };
        return Page { matched, hits };
    }
    let rows = match found {
        Some(found) => admitted(found.rows()),
        None => (0u32..).take(layer.features.len()).filter(|row| admits(*row)).collect(),
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

/// Whether a feature's geometry shares a point with an outline.
fn meets(feature: &Feature, outline: &Geometry<f64>) -> bool {
    feature.geometry.as_ref().is_some_and(|geometry| {
        // Most that lies there has its first point inside, and that is found
        // without going along all edges of both.
        let first = geometry.coords_iter().next();
        first.is_some_and(|first| outline.intersects(&Point(first))) || geometry.intersects(outline)
    })
}
