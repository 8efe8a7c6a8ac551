//! The domain: layers and features, claims and events, dates, status at a day,
//! places and names. Plain types and pure functions, immutable once built.
//! Knows no files, no HTTP and no output format but the JSON of a feature.

mod areas;
mod builder;
pub mod date;
pub mod envelope;
pub mod geometry_json;
mod ids;
pub mod index;
pub mod json_text;
pub mod layer;
pub mod ledger;
mod ledger_layers;
pub mod places;
pub mod schema;
mod spellings;
pub mod status;
pub mod vocabulary;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use geo::Rect;

pub use areas::Areas;
pub use builder::{LayerBuilder, Prepared};
pub use date::{Day, EdtfDate, Period, decimal_year, since_text, today};
pub use layer::{Feature, Known, Layer, LayerInfo, LayerKind};
pub use ledger::Ledger;
pub use places::Gazetteer;
pub use status::{Area, Basis, Status};

/// What an atlas says of itself.
#[derive(Clone, Debug)]
pub struct About {
    pub title: String,
    pub description: String,
    /// The region it speaks of: west/south and east/north corners, degrees.
    pub window: Rect<f64>,
    pub default_language: Option<String>,
    pub contact: Option<String>,
    /// Goes with every answer.
    pub notice: String,
    /// The same in other languages.
    pub translations: Vec<Translation>,
}

impl About {
    /// The same, without the titles of some layers.
    #[must_use]
    pub fn without(mut self, layers: &HashSet<&str>) -> Self {
        for translation in &mut self.translations {
            translation.layers.retain(|(id, _)| !layers.contains(id.as_str()));
        }
        self
    }
}

/// What an atlas says of itself in a language that is not its own.
#[derive(Clone, Debug)]
pub struct Translation {
    /// BCP 47.
    pub language: String,
    pub title: Option<String>,
    pub notice: Option<String>,
    /// Titles of collections, by id.
    pub layers: Vec<(String, String)>,
}

/// Elevation tiles: terrarium PNGs in the `WebMercatorQuad` grid.
#[derive(Debug)]
pub struct Relief {
    pub min_zoom: u8,
    pub max_zoom: u8,
    pub attribution: Option<String>,
    pub licence: Option<String>,
    pub source: Option<String>,
    /// PNG bytes by zoom, column and row.
    pub tiles: HashMap<(u8, u32, u32), Vec<u8>>,
}

/// A whole atlas: one immutable snapshot of a geodata folder.
#[derive(Debug)]
pub struct Atlas {
    pub about: About,
    /// In drawing order, lowest first; then `claims` and `events`.
    pub layers: Vec<Arc<Layer>>,
    pub ledger: Ledger,
    pub areas: Areas,
    pub places: Gazetteer,
    pub relief: Option<Arc<Relief>>,
    /// Hash of the content, hexadecimal.
    pub version: String,
}

/// The parts that [`Atlas::assemble`] joins.
#[derive(Clone)]
pub struct Parts {
    pub about: About,
    pub layers: Vec<Arc<Layer>>,
    pub ledger: Ledger,
    /// Places that no layer holds.
    pub gazetteer: places::Imported,
    pub relief: Option<Arc<Relief>>,
    pub version: String,
}

impl Atlas {
    /// Id of the collection of claims.
    pub const CLAIMS: &'static str = "claims";
    /// Id of the collection of events.
    pub const EVENTS: &'static str = "events";

    /// Joins layers and ledger, makes the collections of claims and events and
    /// the gazetteer.
    #[must_use]
    pub fn assemble(parts: Parts) -> Self {
        let Parts { about, mut layers, ledger, gazetteer, relief, version } = parts;
        let areas = Areas::build(&layers, &ledger);
        let places = ledger_layers::gazetteer(&layers, &ledger, gazetteer);
        let claims = ledger_layers::claims(&layers, &ledger);
        let events = ledger_layers::events(&layers, &ledger);
        layers.extend([claims, events].map(Arc::new));
        Self { about, layers, ledger, areas, places, relief, version }
    }

    /// The layer with this id.
    #[must_use]
    pub fn layer(&self, id: &str) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.info.id == id).map(|layer| &**layer)
    }
}
