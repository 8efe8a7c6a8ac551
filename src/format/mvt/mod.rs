//! Mapbox vector tiles. Each feature carries its `id`, what the layer says of it,
//! and `start` and `end`: from which moment and until which it holds, in decimal
//! years, `end` itself no longer. Open ends are left out. A reported area is one
//! feature for each run of days in which its status stays the same, so that a
//! client that asked for all times can move a clock without asking again.
//!
//! Not a [`super::Format`]: a tile is drawn, and a drawing has fewer positions than
//! the data.

mod encode;
mod paths;
mod shape;

use std::collections::HashSet;

use serde_json::Value;

use super::Answer;
use super::geojson::Members;
use super::shown::Shown;
use super::table::{self, ID, cell};
use crate::atlas::schema::Column;
use crate::atlas::status::Said;
use crate::atlas::{Day, Feature, LayerKind, Period, Status, decimal_year};
use crate::query::filter::Filter;
use crate::query::tile::{Tile, Units};
use crate::query::{Hit, Hits, NO_HITS, Stop};
use encode::{Attribute, TileLayer};
use shape::Drawing;

pub use shape::FULL_DETAIL_ZOOM;

/// Media type of a tile.
pub const MVT: &str = "application/vnd.mapbox-vector-tile";

/// The moment from which a feature holds, decimal years.
pub const START: &str = "start";
/// The moment from which it no longer holds, decimal years.
pub const END: &str = "end";

/// What a tile shows of one layer.
pub struct Tiled<'a> {
    pub shown: Shown<'a>,
    pub hits: &'a Hits,
    /// What the status of a reported area must match: asked of each run of days,
    /// since one that does not match today may have before.
    pub filter: Option<&'a Filter>,
}

/// A tile of layers, each under the id of its collection. Layers of which nothing
/// lies there are left out; a tile without layers is empty.
#[must_use]
pub fn write(tile: Tile, layers: &[Tiled<'_>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for tiled in layers {
        tiled.drawn(tile).write(&mut bytes);
    }
    bytes
}

/// Where the values of a column come from.
enum From<'a> {
    Own(&'a str, &'a Column),
    Status(&'a str),
}

impl<'a> Tiled<'a> {
    /// The attributes of the layer's features beside `id`, `start` and `end`, by
    /// the property that each holds and its name here.
    fn columns(&self) -> Vec<(String, From<'a>)> {
        let shown = self.shown;
        let layer = shown.layer;
        let answer = Answer { shown, hits: &NO_HITS, members: Members::default() };
        let has_status = layer.info.kind == LayerKind::ReportedArea;
        let columns = table::columns(&answer, &[START, END]).into_iter();
        columns
            .filter_map(|column| {
                let property = column.property;
                let from = if has_status && Status::PROPERTIES.contains(&property) {
                    From::Status(property)
                } else {
                    From::Own(property, &layer.schema.get(property)?.column)
                };
                Some((column.name, from))
            })
            .collect()
    }

    fn drawn(&self, tile: Tile) -> TileLayer {
        let Shown { layer, .. } = self.shown;
        let columns = self.columns();
        let names = [ID, START, END].map(str::to_owned).into_iter();
        let keys = names.chain(columns.iter().map(|(name, _)| name.clone())).collect();
        let mut out = TileLayer::new(&layer.info.id, keys, tile.origin());
        let mut spots = Spots::of(layer.info.kind, tile);
        let mut drawing = Drawing::new(tile);
        for hit in self.hits.iter() {
            // What is drawn of it so far is thrown away by who said so.
            if self.shown.stop.is_some_and(Stop::is_said) {
                break;
            }
            let feature = layer.feature(hit.row);
            let Some(geometry) = &feature.geometry else { continue };
            drawing.draw(geometry);
            spots.thin(&mut drawing, feature);
            if drawing.shapes().next().is_none() {
                continue;
            }
            for (period, status) in self.spells(hit.row, feature) {
                out.begin();
                // Most things have one version, and stand in a tile once.
                match status {
                    Some(_) => out.attribute(0, Attribute::Text(&feature.id)),
                    None => out.unique(0, Attribute::Text(&feature.id)),
                }
                let after = period.last.and_then(|last| last.tomorrow().ok());
                for (key, day) in [(1, period.first), (2, after)] {
                    if let Some(year) = day.map(decimal_year) {
                        out.numbered(key, year.to_bits(), Attribute::Number(year));
                    }
                }
                self.attributes(&mut out, &hit, &columns, status.as_ref());
                for shape in drawing.shapes() {
                    out.feature(shape);
                }
            }
        }
        out
    }

    /// The runs of days in which a feature looks the same.
    fn spells(&self, row: u32, feature: &Feature) -> Vec<(Period, Option<Status>)> {
        let Shown { atlas, layer, known_at, .. } = self.shown;
        let validity = self.shown.validity(feature);
        if layer.info.kind != LayerKind::ReportedArea {
            return vec![(validity, None)];
        }
        let Some(during) = validity.within(&self.shown.days) else { return Vec::new() };
        // Of what is asked for the status; of what there is the days.
        let spells = atlas.areas.spells(&atlas.ledger, &feature.id, validity, known_at);
        let asked = spells.into_iter().filter(|(days, _)| {
            days.within(&during).is_some_and(|asked| {
                let day = asked.first.or(asked.last).unwrap_or(self.shown.status_day);
                self.filter.is_none_or(|filter| filter.passes(atlas, layer, day, known_at, row))
            })
        });
        asked.map(|(days, status)| (days, Some(status))).collect()
    }

    fn attributes(
        &self,
        out: &mut TileLayer,
        hit: &Hit,
        columns: &[(String, From<'_>)],
        status: Option<&Status>,
    ) {
        let row = hit.row as usize;
        let feature = self.shown.layer.feature(hit.row);
        for (key, (_, from)) in (3u32..).zip(columns) {
            match from {
                From::Own(property, _) if self.shown.is_unknown(feature, property) => {}
                From::Own(_, column) => own(column, row, |number, value| match number {
                    Some(number) => out.numbered(key, number, value),
                    None => out.attribute(key, value),
                }),
                From::Status(name) => {
                    let ledger = &self.shown.atlas.ledger;
                    match status.map_or(Said::Nothing, |status| status.property(ledger, name)) {
                        Said::Nothing => {}
                        Said::Flag(flag) => out.attribute(key, Attribute::Flag(flag)),
                        Said::Text(text) => out.attribute(key, Attribute::Text(&text)),
                    }
                }
            }
        }
    }
}

/// Hands on the value of a cell, where there is one, and a number that tells it from other
/// values of its column, where it has one.
fn own(column: &Column, row: usize, give: impl FnOnce(Option<u64>, Attribute<'_>)) {
    match column {
        Column::Boolean(cells) => {
            if let Some(flag) = cells[row] {
                give(Some(flag.into()), Attribute::Flag(flag));
            }
        }
        Column::Integer(cells) => {
            if let Some(whole) = cells[row] {
                give(Some(whole.cast_unsigned()), Attribute::Integer(whole));
            }
        }
        Column::Number(cells) => {
            if let Some(number) = cells[row] {
                give(Some(number.to_bits()), Attribute::Number(number));
            }
        }
        Column::Text(texts) => {
            if let Some(text) = texts.get(row) {
                give(texts.number(row).map(u64::from), Attribute::Text(text));
            }
        }
        Column::Date(cells) => {
            if let Some(day) = cells[row] {
                give(Some(day_number(day)), Attribute::Text(day_text(day, &mut [0; 10])));
            }
        }
        Column::Timestamp(cells) => {
            if let Some(instant) = cells[row] {
                give(None, Attribute::Text(&instant.to_string()));
            }
        }
        Column::Json(cells) => json(cells[row].as_ref(), |value| give(None, value)),
    }
}

fn day_number(day: Day) -> u64 {
    let [month, date] = [day.month(), day.day()].map(i64::from);
    (i64::from(day.year()) << 16 | month << 8 | date).cast_unsigned()
}

/// A day as text, `2024-04-15`. (The calendar's own way is ten times slower, and a tile
/// has thousands.)
fn day_text(day: Day, room: &mut [u8; 10]) -> &str {
    let digit = |number: i32, at: i32| b'0' + u8::try_from(number / at % 10).unwrap_or_default();
    let (year, month, date) = (day.year().into(), day.month().into(), day.day().into());
    *room = [
        digit(year, 1000),
        digit(year, 100),
        digit(year, 10),
        digit(year, 1),
        b'-',
        digit(month, 10),
        digit(month, 1),
        b'-',
        digit(date, 10),
        digit(date, 1),
    ];
    std::str::from_utf8(room).unwrap_or_default()
}

fn json(value: Option<&Value>, give: impl FnOnce(Attribute<'_>)) {
    if let Some(Value::Bool(flag)) = value {
        give(Attribute::Flag(*flag));
    } else if let Some(text) = cell(value) {
        give(Attribute::Text(&text));
    }
}

/// The side of the square of which one point is kept, pixels: as large as the map
/// draws a point of a large layer.
const SPOT: i64 = 8;

/// Thins out points of a layer that the atlas knows nothing about: where several
/// fall in one square they lie over one another, and a million of them are no tile. Of
/// what is reported, and of what holds at some times only, every point stays.
struct Spots {
    taken: Option<HashSet<Units>>,
}

impl Spots {
    fn of(kind: LayerKind, tile: Tile) -> Self {
        let thins = kind == LayerKind::Plain && tile.zoom() < FULL_DETAIL_ZOOM;
        Self { taken: thins.then(HashSet::new) }
    }

    fn thin(&mut self, drawing: &mut Drawing, feature: &Feature) {
        let Some(taken) = &mut self.taken else { return };
        if feature.validity == Period::ALWAYS {
            drawing.keep_points(|at| taken.insert(at.square(SPOT)));
        }
    }
}
