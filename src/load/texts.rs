//! Finding the features in a layer's file, each as the text that it is written
//! in: a FeatureCollection, one Feature, or a GeoJSON text sequence.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::map::Entry;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::fault::Fault;

/// The ends of names of text sequences, one feature a line or record.
const SEQUENCES: [&str; 4] = ["geojsonl", "geojsons", "geojsonseq", "ndjson"];

/// The sign before a record of RFC 8142.
const RECORD: char = '\u{1e}';

#[derive(Deserialize)]
struct RawCollection<'a> {
    #[serde(borrow, rename = "type", default)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    features: Option<Vec<&'a RawValue>>,
    crs: Option<Value>,
}

/// The features' texts, each with its line.
///
/// # Errors
/// When the file is not GeoJSON, or says that it is in another reference system
/// than WGS 84.
pub(super) fn of<'a>(file: &str, bytes: &'a [u8]) -> Result<Vec<(usize, &'a str)>, Fault> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Fault::new(file, "is not UTF-8", "save the file as UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let extension = file.rsplit('.').next().unwrap_or_default();
    if SEQUENCES.contains(&extension) {
        return Ok(sequence(text));
    }
    let collection: RawCollection<'_> = serde_json::from_str(text).map_err(|error| {
        let problem = format!("is not JSON of a FeatureCollection: {}", said(&error));
        let mut fault = Fault::new(file, problem, "mend the JSON here");
        fault.line = Some(error.line().max(1));
        fault.column = Some(error.column().max(1));
        fault
    })?;
    if let Some(crs) = collection.crs.filter(|crs| !crs.is_null() && !is_wgs84(crs)) {
        let problem = format!("says that its coordinates are in {crs}");
        let remedy = "turn them into longitude and latitude on WGS 84 (RFC 7946, 4), as with `ogr2ogr -t_srs EPSG:4326`, and leave `crs` out";
        return Err(Fault::new(file, problem, remedy).field("crs"));
    }
    if collection.kind == "Feature" {
        return Ok(vec![(1, text)]);
    }
    let not_one = |field: &str, problem: String| {
        let remedy = "write {\"type\":\"FeatureCollection\",\"features\":[…]} (RFC 7946, 3.3)";
        Fault::new(file, problem, remedy).field(field)
    };
    if collection.kind != "FeatureCollection" {
        let problem = format!("is `{}`, not FeatureCollection", collection.kind);
        return Err(not_one("type", problem));
    }
    let features =
        collection.features.ok_or_else(|| not_one("features", "is missing".to_owned()))?;
    let mut line = 1;
    let mut reached = 0;
    Ok(features
        .into_iter()
        .map(|raw| {
            let offset = raw.get().as_ptr() as usize - text.as_ptr() as usize;
            line += text[reached..offset].matches('\n').count();
            reached = offset;
            (line, raw.get())
        })
        .collect())
}

/// The records of a text sequence: each after its sign where the file has signs
/// (RFC 8142), else each a line.
fn sequence(text: &str) -> Vec<(usize, &str)> {
    let parted: Vec<&str> = match text.contains(RECORD) {
        true => text.split_inclusive(RECORD).collect(),
        false => text.split_inclusive('\n').collect(),
    };
    let mut line = 1;
    let mut records = Vec::new();
    for part in parted {
        let record = part.trim_matches(|c: char| c == RECORD || c.is_whitespace());
        if !record.is_empty() {
            let leading = part.len() - part.trim_start().len();
            records.push((line + part[..leading].matches('\n').count(), record));
        }
        line += part.matches('\n').count();
    }
    records
}

/// Whether the `crs` member of older GeoJSON names longitude and latitude on WGS
/// 84, which is what RFC 7946 takes for granted.
fn is_wgs84(crs: &Value) -> bool {
    let name = crs["properties"]["name"].as_str().unwrap_or_default();
    name.ends_with("CRS84") || name.ends_with(":4326")
}

/// What a JSON error says, without its own count of lines.
pub(super) fn said(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(said, _)| said);
    text.replace("struct RawFeature", "a Feature")
        .replace("struct RawCollection", "a FeatureCollection")
}

/// The members of an object, of which no two may have the same name: which of the
/// two is meant nobody knows (RFC 8259, 4).
pub(super) fn members<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Map<String, Value>>, D::Error> {
    struct Members;

    impl<'de> Visitor<'de> for Members {
        type Value = Option<Map<String, Value>>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("an object or null")
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut given: A) -> Result<Self::Value, A::Error> {
            let mut members = Map::new();
            while let Some((name, value)) = given.next_entry::<String, Value>()? {
                match members.entry(name) {
                    Entry::Vacant(member) => member.insert(value),
                    Entry::Occupied(member) => {
                        let says = format!("the property `{}` stands twice", member.key());
                        return Err(A::Error::custom(says));
                    }
                };
            }
            Ok(Some(members))
        }
    }

    deserializer.deserialize_any(Members)
}
