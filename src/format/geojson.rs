//! GeoJSON (RFC 7946). A feature's own members were written when the snapshot
//! was built; what changes with the question is written beside them.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::atlas::{Atlas, Day, Layer, LayerKind};
use crate::query::{Hit, Query, Reach};

/// How the features of an answer are shown.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    pub atlas: &'a Atlas,
    pub layer: &'a Layer,
    /// The day whose status reported areas show.
    pub status_day: Day,
    pub known_at: Option<Day>,
    /// Only these properties; all when `None`.
    pub properties: Option<&'a [String]>,
    /// Whether each feature names its collection, where an answer holds several.
    pub names_collection: bool,
    /// Whether geometries are left out (`null`).
    pub skips_geometry: bool,
}

impl<'a> Shown<'a> {
    /// Features as a query asks for them, on the day `today`.
    #[must_use]
    pub fn new(atlas: &'a Atlas, layer: &'a Layer, query: &Query, today: Day) -> Self {
        Self {
            atlas,
            layer,
            status_day: query.when.status_day(today),
            known_at: query.known_at,
            properties: None,
            names_collection: false,
            skips_geometry: false,
        }
    }

    /// What a feature's properties hold for this question, beside its own.
    #[must_use]
    pub fn extra(&self, hit: &Hit) -> Map<String, Value> {
        let feature = self.layer.feature(hit.row);
        let mut extra = Map::new();
        if self.layer.info.kind == LayerKind::ReportedArea {
            let areas = &self.atlas.areas;
            let ledger = &self.atlas.ledger;
            if let Some(status) = areas.status(ledger, &feature.id, self.status_day, self.known_at)
            {
                extra.append(&mut status.properties(ledger));
            }
        }
        if self.names_collection {
            extra.insert("collection".to_owned(), json!(self.layer.info.id));
        }
        if let Some(reach) = &hit.reach {
            extra.append(&mut reach_properties(reach));
        }
        extra
    }

    /// A feature's properties, its own and those of the question.
    #[must_use]
    pub fn properties(&self, hit: &Hit) -> Map<String, Value> {
        let mut properties = self.layer.properties(self.layer.feature(hit.row));
        properties.append(&mut self.extra(hit));
        if let Some(wanted) = self.properties {
            properties.retain(|name, _| wanted.contains(name));
        }
        properties
    }

    /// Writes one Feature; `more` are further members, each after a comma.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn write(&self, out: &mut impl Write, hit: &Hit, more: &str) -> io::Result<()> {
        let feature = self.layer.feature(hit.row);
        let geometry = if self.skips_geometry { "null" } else { self.layer.geometry_json(feature) };
        write!(
            out,
            r#"{{"type":"Feature","id":{},"geometry":{geometry},"properties":"#,
            json!(&*feature.id)
        )?;
        if self.properties.is_some() {
            write!(out, "{}", Value::Object(self.properties(hit)))?;
        } else {
            spliced(out, self.layer.properties_json(feature), &self.extra(hit))?;
        }
        write!(out, "{more}}}")
    }
}

/// Writes an object's text with more members at its end.
fn spliced(out: &mut impl Write, object: &str, extra: &Map<String, Value>) -> io::Result<()> {
    if extra.is_empty() {
        return out.write_all(object.as_bytes());
    }
    let open = object.strip_suffix('}').unwrap_or("{");
    let comma = if open == "{" { "" } else { "," };
    let extra = Value::Object(extra.clone()).to_string();
    write!(out, "{open}{comma}{}", extra.strip_prefix('{').unwrap_or("}"))
}

/// Metres as answers give them: to the decimetre.
fn metres(distance: f64) -> f64 {
    (distance * 10.).round() / 10.
}

fn reach_properties(reach: &Reach) -> Map<String, Value> {
    let values = [
        ("distance_m", json!(metres(reach.nearest.distance_m))),
        ("nearest_m", json!(metres(reach.nearest_m()))),
        ("farthest_m", json!(metres(reach.farthest_m()))),
        ("bearing", json!(reach.nearest.bearing.map(metres))),
        ("match", json!(if reach.certain { "certain" } else { "possible" })),
    ];
    values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Writes a list of Features, comma-separated, without brackets.
///
/// # Errors
/// When the output cannot be written to.
pub fn write_features(out: &mut impl Write, shown: &Shown<'_>, hits: &[Hit]) -> io::Result<()> {
    for (index, hit) in hits.iter().enumerate() {
        if index > 0 {
            out.write_all(b",\n")?;
        }
        shown.write(out, hit, "")?;
    }
    Ok(())
}

/// Writes a FeatureCollection; `members` are written before the features.
///
/// # Errors
/// When the output cannot be written to.
pub fn write_collection(
    out: &mut impl Write,
    members: &Map<String, Value>,
    shown: &Shown<'_>,
    hits: &[Hit],
) -> io::Result<()> {
    out.write_all(br#"{"type":"FeatureCollection""#)?;
    for (name, value) in members {
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
