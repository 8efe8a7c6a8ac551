//! GeoJSON (RFC 7946). A feature's own members were written when the snapshot
//! was built; what changes with the question is written beside them.

use std::borrow::Cow;
use std::io::{self, Write};

use geo::MapCoords;
use serde_json::{Map, Value, json};

use super::Answer;
use super::shown::Shown;
use crate::atlas::layer::write_geometry;
use crate::query::{Crs, Hit};

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
    let geometry = geometry(shown, hit)?;
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

/// A feature's geometry as GeoJSON, in the reference system of the answer.
fn geometry<'a>(shown: &Shown<'a>, hit: &Hit) -> io::Result<Cow<'a, str>> {
    let feature = shown.layer.feature(hit.row);
    if shown.skips_geometry || feature.geometry.is_none() {
        return Ok(Cow::Borrowed("null"));
    }
    let swaps = shown.authority_order && shown.crs.is_northing_first();
    if shown.crs.is_geographic() && !swaps {
        return Ok(Cow::Borrowed(shown.layer.geometry_json(feature)));
    }
    let Some(mut geometry) = shown.geometry(hit) else {
        // To write `null` would say that nobody located it.
        return Err(io::Error::other(format!(
            "{} has no coordinates in {}",
            feature.id, shown.crs
        )));
    };
    if swaps {
        geometry = Cow::Owned(geometry.map_coords(|at| shown.crs.ordered(at)));
    }
    let mut text = String::new();
    write_geometry(&mut text, &geometry);
    Ok(Cow::Owned(text))
}

/// What an answer says of its reference system where it is not the one that RFC
/// 7946 has: `coordRefSys` (the name is that of OGC Features and Geometries
/// JSON), and `crs` of the GeoJSON of 2008, which GIS software reads. The latter
/// only with `x, y`, since it is read so whatever the authority's order.
#[must_use]
pub fn reference(crs: Crs, authority_order: bool) -> Map<String, Value> {
    let mut members = Map::new();
    if crs == Crs::Crs84 {
        return members;
    }
    members.insert("coordRefSys".to_owned(), json!(crs.uri()));
    if !(authority_order && crs.is_northing_first()) {
        let name = json!({ "type": "name", "properties": { "name": crs.urn() } });
        members.insert("crs".to_owned(), name);
    }
    members
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
    let reference = reference(shown.crs, shown.authority_order);
    let colophon = colophon(shown);
    for (name, value) in reference.iter().chain(&colophon).chain(members) {
        write!(out, ",{}:{value}", json!(name))?;
    }
    out.write_all(b",\"features\":[\n")?;
    write_features(out, shown, hits)?;
    out.write_all(b"\n]}\n")
}

/// The members of a collection that travel with every file: whose it is, under
/// which licence, the notice, and of which time it speaks.
#[must_use]
pub fn colophon(shown: &Shown<'_>) -> Map<String, Value> {
    let Shown { atlas, layer, known_at, .. } = shown;
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
    members.insert("datetime".to_owned(), json!(shown.days.to_string()));
    if let Some(day) = known_at {
        members.insert("known_at".to_owned(), json!(day.to_string()));
    }
    members
}
