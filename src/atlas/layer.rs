//! A layer: features with their geometry, validity and the JSON they are
//! answered with, written once when the layer is built.

use std::ops::Range;

use geo::{BoundingRect, Geometry, Rect};
use serde_json::{Map, Value};
use smol_str::SmolStr;

use super::date::{Day, Period, Span};
use super::ids::Ids;
use super::index::SpatialIndex;
use super::schema::Schema;
use super::status::{Area, Status};

/// What a layer is for; it decides what its features must carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LayerKind {
    Border,
    Territory,
    Enclave,
    ReportedArea,
    Settlement,
    Context,
    /// Any features of a user; nothing is asked of them.
    Plain,
    /// Made from the ledger's claims.
    Claims,
    /// Made from the ledger's events.
    Events,
}

impl LayerKind {
    /// The kinds that a folder may name, with their words.
    pub const IN_FILES: [(Self, &'static str); 7] = [
        (Self::Border, "border"),
        (Self::Territory, "territory"),
        (Self::Enclave, "enclave"),
        (Self::ReportedArea, "reported-area"),
        (Self::Settlement, "settlement"),
        (Self::Context, "context"),
        (Self::Plain, "plain"),
    ];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Claims => "claims",
            Self::Events => "events",
            _ => Self::IN_FILES.iter().find(|(kind, _)| *kind == self).map_or("", |(_, w)| w),
        }
    }

    /// The kind that a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::IN_FILES.iter().find(|(_, w)| *w == word).map(|(kind, _)| *kind)
    }

    /// Whether an answer without `datetime` is as of today. The others answer
    /// for all times.
    #[must_use]
    pub fn is_as_of_today(self) -> bool {
        matches!(self, Self::Border | Self::Territory | Self::Enclave | Self::ReportedArea)
    }
}

/// From which day a feature can have been known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// From the day its validity starts; what has no start was always known.
    /// An end that lies after the day asked for is not known yet.
    WithValidity,
    /// From this day on.
    From(Day),
    /// Undated: known only to who does not ask as of a day.
    Undated,
}

/// One version of a thing, as one row of a layer.
#[derive(Clone, Debug)]
pub struct Feature {
    /// Names the thing; versions of a thing share it.
    pub id: SmolStr,
    /// WGS 84 longitude and latitude, degrees.
    pub geometry: Option<Geometry<f64>>,
    /// The days on which this version holds.
    pub validity: Period,
    pub known: Known,
    pub(super) text: Text,
}

/// Where a feature stands in the text of its layer, and where its geometry and its
/// properties begin there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text {
    pub start: usize,
    pub geometry: usize,
    pub properties: usize,
    pub end: usize,
}

impl Text {
    /// The same, where it begins at a byte of another text.
    pub fn at(self, byte: usize) -> Self {
        let moved = |place: usize| place - self.start + byte;
        Self {
            start: byte,
            geometry: moved(self.geometry),
            properties: moved(self.properties),
            end: moved(self.end),
        }
    }
}

/// What stands between the geometry of a feature and its properties.
pub(super) const PROPERTIES: &str = r#","properties":"#;

/// What stands between two features of a list.
pub const BETWEEN: &str = ",\n";

impl Feature {
    /// Whether it lies somewhere: a geometry without positions does not.
    #[must_use]
    pub fn is_located(&self) -> bool {
        self.geometry.as_ref().and_then(BoundingRect::bounding_rect).is_some()
    }

    /// Whether it ends, and nobody knew so on `known_at`.
    #[must_use]
    pub fn ends_unknown(&self, known_at: Option<Day>) -> bool {
        self.known == Known::WithValidity
            && matches!((self.validity.last, known_at), (Some(last), Some(known_at)) if last > known_at)
    }

    /// Whether it holds in `when`, as known on `known_at`.
    #[must_use]
    pub fn holds(&self, when: &Period, known_at: Option<Day>) -> bool {
        let Some(known_at) = known_at else {
            return self.validity.overlaps(when);
        };
        match self.known {
            Known::From(day) => day <= known_at && self.validity.overlaps(when),
            Known::Undated => false,
            Known::WithValidity => {
                let Period { first, last } = self.validity;
                first.is_none_or(|first| first <= known_at)
                    && Period { first, last: last.filter(|last| *last <= known_at) }.overlaps(when)
            }
        }
    }
}

/// What a layer says of itself.
#[derive(Clone, Debug)]
pub struct LayerInfo {
    pub id: String,
    pub title: String,
    pub description: String,
    pub kind: LayerKind,
    pub licence: Option<String>,
    pub attribution: Option<String>,
    /// Id of a source in the ledger.
    pub source: Option<String>,
    /// The geometry's name in filters.
    pub geometry_property: String,
    /// The properties that say from when and until when a feature holds.
    pub start_property: Option<String>,
    pub end_property: Option<String>,
    /// Whether only those who show a token see it.
    pub is_restricted: bool,
}

#[cfg(test)]
impl LayerInfo {
    /// One that says no more of itself than what it is called and its kind.
    pub(crate) fn bare(id: &str, kind: LayerKind) -> Self {
        Self {
            id: id.into(),
            title: id.into(),
            description: String::new(),
            kind,
            licence: None,
            attribution: None,
            source: None,
            geometry_property: "geometry".into(),
            start_property: None,
            end_property: None,
            is_restricted: false,
        }
    }
}

/// A collection of features, immutable once built.
#[derive(Debug)]
pub struct Layer {
    pub info: LayerInfo,
    pub features: Vec<Feature>,
    /// Envelope of all features: west/south and east/north corners, degrees.
    pub extent: Option<Rect<f64>>,
    /// From the earliest start to the latest end, open where a feature's is;
    /// `None` where no feature has either.
    pub period: Option<Period>,
    /// The properties that features carry of their own.
    pub schema: Schema,
    /// Whether every feature has its id as a property `id` too.
    pub repeats_id: bool,
    /// What each row of a layer of reported areas says of its place; empty for
    /// other layers.
    pub areas: Vec<Area>,
    /// The most that the ground which any row speaks of may lie from its geometry,
    /// metres.
    pub greatest_uncertainty_m: f64,
    /// Bytes of the feature that is longest as JSON.
    pub largest_json: usize,
    pub index: SpatialIndex,
    /// The rows that lie nowhere.
    pub unlocated: Vec<u32>,
    /// The validity of each row.
    pub(super) spans: Vec<Span>,
    /// Metres; empty where all of it is sure.
    pub(super) uncertainties: Vec<f64>,
    pub(super) json: String,
    /// Where each row begins in it: beside one another, where features take three lines of
    /// memory each.
    pub(super) starts: Vec<usize>,
    pub(super) ids: Ids,
}

impl Layer {
    /// A test of rows: whether they hold in `when`, as known on `known_at`; `None` where
    /// all of them do.
    #[must_use]
    pub fn holding(
        &self,
        when: &Period,
        known_at: Option<Day>,
    ) -> Option<impl Fn(u32) -> bool + '_> {
        let (when, span) = (*when, Span::from(*when));
        let is_always = when == Period::ALWAYS || self.period.is_none();
        let by_number = known_at.is_none();
        (!by_number || !is_always).then_some(move |row: u32| {
            if by_number {
                self.spans[row as usize].overlaps(span)
            } else {
                self.feature(row).holds(&when, known_at)
            }
        })
    }

    /// The rows of a thing's versions, earliest first.
    #[must_use]
    pub fn versions(&self, id: &str) -> &[u32] {
        self.ids.rows(id, &self.features)
    }

    /// The names of all properties that an answer may carry: the features' own,
    /// and those that depend on the question.
    #[must_use]
    pub fn property_names(&self) -> Vec<&str> {
        let own = self.schema.properties.iter().map(|property| property.name.as_str());
        let asked: &[&str] = match self.info.kind {
            LayerKind::ReportedArea => &Status::PROPERTIES,
            _ => &[],
        };
        own.chain(asked.iter().copied()).collect()
    }

    /// How far the ground that a row speaks of may lie from its geometry, metres.
    /// Claims and events are as uncertain as the areas that they are about, in the
    /// least certain of their versions.
    #[must_use]
    pub fn uncertainty_m(&self, row: u32) -> f64 {
        self.uncertainties.get(row as usize).copied().unwrap_or(0.)
    }

    /// A row's feature.
    #[must_use]
    pub fn feature(&self, row: u32) -> &Feature {
        &self.features[row as usize]
    }

    /// Whether a property of a feature says what nobody knew on `known_at`: an end
    /// that lay ahead, what became of an event; and notes, which are written from
    /// what is known now.
    #[must_use]
    pub fn is_unknown(&self, feature: &Feature, name: &str, known_at: Option<Day>) -> bool {
        if known_at.is_none() {
            return false;
        }
        let info = &self.info;
        match name {
            "notes" => info.kind != LayerKind::Plain,
            "state" if info.kind == LayerKind::Events => true,
            _ => info.end_property.as_deref() == Some(name) && feature.ends_unknown(known_at),
        }
    }

    /// A feature's geometry as a GeoJSON geometry object, or `null`.
    #[must_use]
    pub fn geometry_json(&self, feature: &Feature) -> &str {
        &self.json[feature.text.geometry..feature.text.properties - PROPERTIES.len()]
    }

    /// A feature's own properties as a JSON object.
    #[must_use]
    pub fn properties_json(&self, feature: &Feature) -> &str {
        // The last sign closes the feature.
        &self.json[feature.text.properties..feature.text.end - 1]
    }

    /// Bytes of a feature as JSON, on average.
    #[must_use]
    pub fn average_json(&self) -> usize {
        self.json.len() / self.features.len().max(1)
    }

    /// A feature as a GeoJSON Feature with its own properties.
    #[must_use]
    pub fn json(&self, feature: &Feature) -> &str {
        &self.json[feature.text.start..feature.text.end]
    }

    /// The features of some rows that follow one another as the items of a list of
    /// GeoJSON Features.
    #[must_use]
    pub fn json_of(&self, rows: Range<u32>) -> &str {
        let (first, next) = (rows.start as usize, rows.end as usize);
        if rows.is_empty() || next > self.starts.len() {
            return "";
        }
        let end = self.starts.get(next).map_or(self.json.len(), |next| next - BETWEEN.len());
        &self.json[self.starts[first]..end]
    }

    /// A feature's own properties.
    #[must_use]
    pub fn properties(&self, feature: &Feature) -> Map<String, Value> {
        // The text was written from a map by `LayerBuilder::push`.
        serde_json::from_str(self.properties_json(feature)).unwrap_or_default()
    }

    /// One property of a feature that is text.
    #[must_use]
    pub fn text(&self, feature: &Feature, name: &str) -> Option<String> {
        match self.properties(feature).remove(name)? {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}
