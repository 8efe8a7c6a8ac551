//! Writers: an answer of the engine into a format. They know what was found,
//! not how, and nothing of HTTP.

pub mod geojson;
pub mod near;
pub mod text;
pub mod timeline;

use serde::Serialize;
use serde_json::Value;

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
