//! GeoJSON (RFC 7946). A feature's own members were written when the snapshot
//! was built; what changes with the question is written beside them.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::Answer;
use super::shown::Shown;
use crate::atlas::{Atlas, Layer};
use crate::query::Hit;

/// Writes one Feature; `more` are further members, each after a comma.
///
/// # Errors
/// When the output cannot be written to.
pub fn write_feature(
    out: &mut (impl Write + ?Sized),
    shown: &Shown<'_>,
    hit: &Hit,
    more: &str,
) -> io::Result<()> {
    let feature = shown.layer.feature(hit.row);
    let geometry = if shown.skips_geometry { "null" } else { shown.layer.geometry_json(feature) };
    write!(
        out,
        r#"{{"type":"Feature","id":{},"geometry":{geometry},"properties":"#,
        json!(&*feature.id)
    )?;
    let extra = shown.extra(hit);
    if shown.properties.is_some() || shown.overrides(hit, &extra) {
        write!(out, "{}", Value::Object(shown.properties(hit)))?;
    } else {
        spliced(out, shown.layer.properties_json(feature), &extra)?;
    }
    write!(out, "{more}}}")
}

/// Writes an object's text with more members at its end.
fn spliced(
    out: &mut (impl Write + ?Sized),
    object: &str,
    extra: &Map<String, Value>,
) -> io::Result<()> {
    if extra.is_empty() {
        return out.write_all(object.as_bytes());
    }
    let open = object.strip_suffix('}').unwrap_or("{");
    let comma = if open == "{" { "" } else { "," };
    let extra = Value::Object(extra.clone()).to_string();
    write!(out, "{open}{comma}{}", extra.strip_prefix('{').unwrap_or("}"))
}

/// Writes a list of Features, comma-separated, without brackets.
///
/// # Errors
/// When the output cannot be written to.
pub fn write_features(
    out: &mut (impl Write + ?Sized),
    shown: &Shown<'_>,
    hits: &[Hit],
) -> io::Result<()> {
    for (index, hit) in hits.iter().enumerate() {
        if index > 0 {
            out.write_all(b",\n")?;
        }
        write_feature(out, shown, hit, "")?;
    }
    Ok(())
}

/// Writes a FeatureCollection: its colophon and members, then its features.
///
/// # Errors
/// When the output cannot be written to.
pub fn write(answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Answer { shown, hits, members } = answer;
    out.write_all(br#"{"type":"FeatureCollection""#)?;
    for (name, value) in colophon(shown.atlas, shown.layer).iter().chain(members) {
        write!(out, ",{}:{value}", json!(name))?;
    }
    out.write_all(b",\"features\":[\n")?;
    write_features(out, shown, hits)?;
    out.write_all(b"\n]}\n")
}

/// The members of a collection that travel with every file: whose it is, under
/// which licence, and the notice.
#[must_use]
pub fn colophon(atlas: &Atlas, layer: &Layer) -> Map<String, Value> {
    let mut members = Map::new();
    members.insert("title".to_owned(), json!(layer.info.title));
    for (name, value) in [
        ("licence", &layer.info.licence),
        ("attribution", &layer.info.attribution),
        ("source", &layer.info.source),
    ] {
        if let Some(value) = value {
            members.insert(name.to_owned(), json!(value));
        }
    }
    members.insert("notice".to_owned(), json!(atlas.about.notice));
    members
}
