//! Mapbox vector tiles. Each feature carries its `id`, what the layer says of it,
//! and `start` and `end`: from which moment and until which it holds, in decimal
//! years, `end` itself no longer. Open ends are left out. A reported area is one
//! feature for each run of days in which its status stays the same, so that a
//! client that asked for all times can move a clock without asking again.
//!
//! Not a [`super::Format`]: a tile is drawn, and a drawing has fewer positions than
//! the data.

mod attributes;
mod encode;
mod paths;
mod shape;
mod values;

use std::collections::HashSet;

use super::Answer;
use super::geojson::Members;
use super::shown::Shown;
use super::table::{self, ID};
use crate::atlas::schema::Column;
use crate::atlas::{Feature, LayerKind, Period, Status};
use crate::query::filter::Filter;
use crate::query::tile::{Tile, Units};
use crate::query::{Hits, NO_HITS, Stop};
use encode::TileLayer;
use shape::Drawing;
use values::{Attribute, Key};

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

/// What is drawn: features, or of reported areas runs of days of one.
#[derive(Default)]
struct Things {
    /// The row and the days of each.
    rows: Vec<(u32, Period)>,
    /// The status of each reported area on its days; nothing of other layers.
    statuses: Vec<Status>,
}

/// What stands under a key.
enum From<'a> {
    Id,
    Start,
    End,
    Status(&'a str),
    Own(&'a str, &'a Column),
}

impl<'a> Tiled<'a> {
    fn drawn(&self, tile: Tile) -> TileLayer {
        let (names, keys): (Vec<String>, Vec<From<'_>>) = self.keys().into_iter().unzip();
        let mut out = TileLayer::new(&self.shown.layer.info.id, names, tile.origin());
        let things = self.draw(tile, &mut out);
        // What repeats most first: it is said most often, and the first places are the shortest.
        let mut keys: Vec<_> = (0..).zip(&keys).collect();
        keys.sort_by_key(|(_, from)| from.variety());
        for (number, from) in keys {
            if self.shown.stop.is_some_and(Stop::is_said) {
                break;
            }
            self.describe(&things, from, out.key(number));
        }
        out
    }

    /// The names of the keys, and what stands under them.
    fn keys(&self) -> Vec<(String, From<'a>)> {
        let layer = self.shown.layer;
        let has_status = layer.info.kind == LayerKind::ReportedArea;
        let answer = Answer { shown: self.shown, hits: &NO_HITS, members: Members::default() };
        let columns = table::columns(&answer, &[START, END]).into_iter();
        let columns = columns.filter_map(|table::Column { property, name, .. }| {
            let from = if has_status && Status::PROPERTIES.contains(&property) {
                From::Status(property)
            } else {
                From::Own(property, &layer.schema.get(property)?.column)
            };
            Some((name, from))
        });
        let first = [(ID, From::Id), (START, From::Start), (END, From::End)];
        first.into_iter().map(|(name, from)| (name.to_owned(), from)).chain(columns).collect()
    }

    /// Draws what lies in a tile, and tells what that is.
    fn draw(&self, tile: Tile, out: &mut TileLayer) -> Things {
        let Shown { layer, .. } = self.shown;
        let mut things = Things::default();
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
            self.spells(hit.row, feature, |days, status| {
                #[allow(clippy::cast_possible_truncation)] // Fewer than there is memory for.
                let number = things.rows.len() as u32;
                things.rows.push((hit.row, days));
                things.statuses.extend(status);
                for shape in drawing.shapes() {
                    out.draw(number, shape);
                }
            });
        }
        things
    }

    /// Hands on the runs of days in which a feature looks the same.
    fn spells(&self, row: u32, feature: &Feature, mut give: impl FnMut(Period, Option<Status>)) {
        let Shown { atlas, layer, known_at, .. } = self.shown;
        let validity = self.shown.validity(feature);
        if layer.info.kind != LayerKind::ReportedArea {
            return give(validity, None);
        }
        let Some(during) = validity.within(&self.shown.days) else { return };
        // Of what is asked for the status; of what there is the days.
        let spells = atlas.areas.spells(&atlas.ledger, &feature.id, validity, known_at);
        let asked = spells.into_iter().filter(|(days, _)| {
            days.within(&during).is_some_and(|asked| {
                let day = asked.first.or(asked.last).unwrap_or(self.shown.status_day);
                self.filter.is_none_or(|filter| filter.passes(atlas, layer, day, known_at, row))
            })
        });
        asked.for_each(|(days, status)| give(days, Some(status)));
    }

    /// Tells a key what stands under it, thing by thing.
    fn describe(&self, things: &Things, from: &From<'_>, mut key: Key<'_>) {
        let Shown { atlas, layer, .. } = self.shown;
        // Most things have one version.
        let stand_once = layer.info.kind != LayerKind::ReportedArea;
        match from {
            From::Id => {
                for (row, _) in &things.rows {
                    let id = Attribute::Text(&layer.feature(*row).id);
                    if stand_once {
                        key.unique(id);
                    } else {
                        key.value(id);
                    }
                }
            }
            From::Start => attributes::years(things.rows.iter().map(|(_, days)| days.first), key),
            From::End => {
                let after = |days: &Period| days.last.and_then(|last| last.tomorrow().ok());
                attributes::years(things.rows.iter().map(|(_, days)| after(days)), key);
            }
            From::Status(property) => {
                attributes::said(&things.statuses, &atlas.ledger, property, key);
            }
            From::Own(property, column) => {
                let rows = things.rows.iter().map(|(row, _)| {
                    let is_unknown = self.shown.is_unknown(layer.feature(*row), property);
                    (!is_unknown).then_some(*row as usize)
                });
                attributes::own(rows, column, key);
            }
        }
    }
}

impl From<'_> {
    /// How many values it may be expected to have, roughly: only their order counts.
    fn variety(&self) -> usize {
        match self {
            Self::Own(_, Column::Boolean(_)) => 2,
            Self::Own(_, Column::Text(texts)) => texts.words(),
            Self::Status(_) => 100,
            Self::Own(_, Column::Integer(_)) => 1_000,
            Self::Own(..) | Self::Start | Self::End => 10_000,
            Self::Id => usize::MAX,
        }
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
