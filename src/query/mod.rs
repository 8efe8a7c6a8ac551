//! The one query type and the engine that runs it: windows, time, distance.
//! The query is data, without closures and without a borrowed snapshot, so that
//! another backend could run it. Knows no HTTP and no files.

mod circle;
pub mod crs;
mod engine;
pub mod filter;
pub mod geodesy;
mod hits;
mod mercator;
mod names;
mod near;
mod ruler;
mod sort;
mod stop;
pub mod tile;
mod timeline;
pub mod values;
pub mod window;
mod within;

use geo::{Coord, Geometry};

use crate::atlas::{Atlas, Day, Layer, Period};

pub use crs::Crs;
pub use engine::{Page, Reach};
pub use hits::{Hit, Hits, NO_HITS};
pub use names::{Asked, NameError, find_feature, find_place, find_position, find_window};
pub use near::{NearAnswer, NearQuestion, near};
pub use ruler::FARTHEST_ESTIMATED_M;
pub use sort::SortKey;
pub use stop::{Stop, Stopped};
pub use timeline::{Entry, TimelineQuestion, of_feature, timeline, unlocated};

/// Longitudes and latitudes in degrees, WGS 84. `west` > `east` crosses the
/// antimeridian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bbox {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

/// The time a question asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// As the layer's kind has it: as of today, or all times.
    #[default]
    Unsaid,
    /// One day, or a run of days.
    During(Period),
}

/// A circle on the ground.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circle {
    /// WGS 84 longitude and latitude, degrees.
    pub centre: Coord<f64>,
    /// Geodesic, metres.
    pub radius_m: f64,
}

/// A question to one layer. Every part narrows the answer.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pub bbox: Option<Bbox>,
    /// The window itself, where it is less than `bbox`, which holds it:
    /// longitudes and latitudes in degrees. See [`window::Window`].
    pub outline: Option<Geometry<f64>>,
    pub near: Option<Circle>,
    pub when: When,
    /// What was known on this day.
    pub known_at: Option<Day>,
    pub filter: Option<filter::Filter>,
    /// By what to sort; the order of the layer, or of distance, when empty.
    pub sort: Vec<SortKey>,
    /// How many matches to pass over.
    pub offset: usize,
    /// How many matches to give; all when `None`.
    pub limit: Option<usize>,
    /// When to break off.
    pub stop: Stop,
}

/// Runs a query. Matches come in the order of the layer; with `near`, by nearest
/// possible distance, then by distance to the geometry; with `sort`, by that first.
///
/// # Errors
/// When it was broken off: a part of the matches is no answer.
pub fn run(atlas: &Atlas, layer: &Layer, query: &Query, today: Day) -> Result<Page, Stopped> {
    let page = engine::run(atlas, layer, query, today);
    query.stop.check().map(|()| page)
}
