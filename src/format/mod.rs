//! Writers: an answer of the engine into a format. They know what was found,
//! not how, and nothing of HTTP.

pub mod geojson;
pub mod near;
pub mod shown;
pub mod text;
pub mod timeline;

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::query::Hit;
use shown::Shown;

/// A format that features are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    GeoJson,
}

/// What a format is called, and how it travels.
struct Traits {
    format: Format,
    /// As `f` and `--format` name it.
    name: &'static str,
    media_type: &'static str,
    extension: &'static str,
}

const FORMATS: [Traits; 1] = [Traits {
    format: Format::GeoJson,
    name: "geojson",
    media_type: "application/geo+json",
    extension: "geojson",
}];

impl Format {
    /// Every format.
    pub fn all() -> impl Iterator<Item = Self> {
        FORMATS.iter().map(|traits| traits.format)
    }

    fn traits(self) -> &'static Traits {
        FORMATS.iter().find(|traits| traits.format == self).unwrap_or(&FORMATS[0])
    }

    /// The format with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        FORMATS.iter().find(|traits| traits.name == name).map(|traits| traits.format)
    }

    /// As `f` and `--format` name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.traits().name
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        self.traits().media_type
    }

    /// The end of a file's name, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.traits().extension
    }
}

/// The features of one layer to be written.
pub struct Answer<'a> {
    pub shown: Shown<'a>,
    pub hits: &'a [Hit],
    /// Members of the collection beside its colophon, where the format has a
    /// place for them: links, counts.
    pub members: Map<String, Value>,
}

impl Answer<'_> {
    /// Whether the features carry their distance from a place.
    #[must_use]
    pub fn has_distances(&self) -> bool {
        self.hits.first().is_some_and(|hit| hit.reach.is_some())
    }
}

/// Writes an answer in a format.
///
/// # Errors
/// When the output cannot be written to.
pub fn write(format: Format, answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::GeoJson => geojson::write(answer, out),
    }
}

/// A record as JSON, without the fields that are not given, at every depth.
#[must_use]
pub fn given(record: impl Serialize) -> Value {
    // Records of the ledger are plain texts, numbers and lists, which
    // serialize without fail.
    without_nulls(serde_json::to_value(record).unwrap_or_default())
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_nulls(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}
