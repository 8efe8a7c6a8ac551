//! Running a query over one layer.

use geo::{CoordsIter, Geometry, Intersects, Line, Point, Rect};

use super::filter::Filter;
use super::geodesy::{self, Nearest};
use super::{Bbox, Circle, Query, When, sort};
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

/// One match: a row of the layer, with its distance where one was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    pub row: u32,
    pub reach: Option<Reach>,
}

/// A page of matches.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// How many match in all.
    pub matched: usize,
    pub hits: Vec<Hit>,
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
    let passes = query.filter.as_ref().map(|filter| filter.on(atlas, layer, day, query.known_at));
    let admits = |row: u32| {
        let feature = layer.feature(row);
        !query.stop.is_said()
            && feature.holds(&days, query.known_at)
            && query.outline.as_ref().is_none_or(|outline| meets(feature, outline))
            && passes.as_ref().is_none_or(|passes| passes(row))
    };
    let plain = |row| Hit { row, reach: None };
    let window = query.filter.as_ref().and_then(Filter::window);
    let mut hits: Vec<Hit> = match (&query.near, &query.bbox, window) {
        (Some(circle), bbox, _) => in_circle(atlas, layer, circle)
            .into_iter()
            .filter(|hit| {
                bbox.is_none_or(|bbox| touches(layer.feature(hit.row), &geodesy::windows(bbox)))
                    && admits(hit.row)
            })
            .collect(),
        (None, Some(bbox), _) => {
            in_bbox(layer, *bbox).into_iter().filter(|row| admits(*row)).map(plain).collect()
        }
        (None, None, Some(window)) => {
            let mut rows: Vec<u32> = layer.index.touching(window).map(|(row, _)| row).collect();
            rows.sort_unstable();
            rows.into_iter().filter(|row| admits(*row)).map(plain).collect()
        }
        (None, None, None) => {
            (0u32..).take(layer.features.len()).filter(|row| admits(*row)).map(plain).collect()
        }
    };
    if !query.sort.is_empty() {
        sort::sort(&mut hits, &query.sort, &query.stop, atlas, layer, day, query.known_at);
    }
    let matched = hits.len();
    let start = query.offset.min(matched);
    let end = query.limit.map_or(matched, |limit| start.saturating_add(limit).min(matched));
    Page { matched, hits: hits.drain(start..end).collect() }
}

/// The rows that share a point with a window, in order.
fn in_bbox(layer: &Layer, bbox: Bbox) -> Vec<u32> {
    let windows = geodesy::windows(bbox);
    let mut rows: Vec<u32> = windows
        .iter()
        .flat_map(|window| {
            layer.index.touching(*window).filter(move |(row, whole)| {
                *whole || touches(layer.feature(*row), std::slice::from_ref(window))
            })
        })
        .map(|(row, _)| row)
        .collect();
    rows.sort_unstable();
    rows.dedup();
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

/// The rows that lie, or may lie, in a circle, nearest first.
fn in_circle(atlas: &Atlas, layer: &Layer, circle: &Circle) -> Vec<Hit> {
    let most = match layer.info.kind {
        LayerKind::ReportedArea | LayerKind::Claims | LayerKind::Events => (0u32..)
            .take(layer.features.len())
            .map(|row| uncertainty(atlas, layer, row))
            .fold(0., f64::max),
        _ => 0.,
    };
    let wide = Circle { centre: circle.centre, radius_m: circle.radius_m + most };
    let mut rows: Vec<u32> = geodesy::windows_of_circle(&wide)
        .into_iter()
        .flat_map(|window| layer.index.touching(window).map(|(row, _)| row))
        .collect();
    rows.sort_unstable();
    rows.dedup();
    let mut hits: Vec<(Hit, f64, f64)> = rows
        .into_iter()
        .filter_map(|row| {
            let feature = layer.feature(row);
            let nearest = geodesy::nearest(circle.centre, feature.geometry.as_ref()?)?;
            let uncertainty_m = uncertainty(atlas, layer, row);
            let mut reach = Reach { nearest, uncertainty_m, certain: false };
            reach.certain = reach.farthest_m() <= circle.radius_m;
            (reach.nearest_m() <= circle.radius_m).then_some((
                Hit { row, reach: Some(reach) },
                reach.nearest_m(),
                nearest.distance_m,
            ))
        })
        .collect();
    hits.sort_by(|(a, a_near, a_far), (b, b_near, b_far)| {
        a_near.total_cmp(b_near).then(a_far.total_cmp(b_far)).then(a.row.cmp(&b.row))
    });
    hits.into_iter().map(|(hit, _, _)| hit).collect()
}

/// How far the ground that a row speaks of may lie from its geometry, metres.
/// Claims and events are as uncertain as the areas that they are about, in the
/// least certain of their versions.
#[must_use]
pub fn uncertainty(atlas: &Atlas, layer: &Layer, row: u32) -> f64 {
    let of = |id: &str, layer: &Layer| {
        let rows = layer.versions(id).iter();
        let areas = rows.filter_map(|row| layer.areas.get(*row as usize));
        areas.map(|area| area.uncertainty_m).fold(0., f64::max)
    };
    match layer.info.kind {
        LayerKind::ReportedArea => {
            layer.areas.get(row as usize).map_or(0., |area| area.uncertainty_m)
        }
        LayerKind::Claims => {
            let ids = &atlas.ledger.claims[row as usize].areas;
            let each = ids.iter().flat_map(|id| atlas.layers.iter().map(move |l| of(id, l)));
            each.fold(0., f64::max)
        }
        LayerKind::Events => {
            let covers = &atlas.ledger.events[row as usize].covers;
            let each = covers.iter().filter_map(|covered| {
                atlas.layer(&covered.layer).map(|layer| of(&covered.id, layer))
            });
            each.fold(0., f64::max)
        }
        _ => 0.,
    }
}
