//! Reading a layer's file: GeoJSON or GeoJSONSeq into a [`Layer`], with a fault
//! for each feature that is wrong.

use std::borrow::Cow;

use geo::{BoundingRect, Coord, Geometry, Intersects, Rect};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::config::LayerConfig;
use super::fault::Fault;
use super::progress::Progress;
use super::reading::{Checked, Reference, Sink, Site};
use super::{cores, geometry, kinds, texts};
use crate::atlas::{Area, EdtfDate, Known, Layer, LayerBuilder, LayerKind, Period, Prepared};

/// A layer that was read, with what is still to be checked against the rest.
pub(super) struct ReadLayer {
    pub layer: Layer,
    pub references: Vec<Reference>,
}

#[derive(Deserialize)]
struct RawFeature<'a> {
    #[serde(borrow, rename = "type", default)]
    kind: Cow<'a, str>,
    id: Option<Value>,
    #[serde(borrow)]
    geometry: Option<&'a RawValue>,
    #[serde(default, deserialize_with = "texts::members")]
    properties: Option<Map<String, Value>>,
}

/// The most faults of one file that are listed: one slip may be in each of a million features.
const MOST_FAULTS: usize = 1000;

/// Reads a layer's file.
///
/// # Errors
/// The layer's id, when the file has no features to read; the fault is reported.
pub(super) fn read(
    config: LayerConfig,
    window: Rect<f64>,
    bytes: Cow<'_, [u8]>,
    faults: &mut Vec<Fault>,
) -> Result<ReadLayer, String> {
    let mut references = Vec::new();
    let file = config.file.clone();
    let mut builder = LayerBuilder::new(config.info.clone());
    let mut origins = Vec::new();
    let texts = match texts::of(&file, &bytes) {
        Ok(texts) => texts,
        Err(fault) => {
            faults.push(fault);
            return Err(config.info.id);
        }
    };
    let mut progress = Progress::new(&file, texts.len());
    let mut read = 0;
    let (before, mut left_out) = (faults.len(), 0);
    cores::in_order(
        &texts,
        |first, part| Part::read(&config, first, part, window),
        |mut part| {
            references.append(&mut part.references);
            let mut found = part.faults;
            for One { number, site, feature, properties, is_dated, area } in part.features {
                if is_dated {
                    twin(&feature, &builder, &origins, &site, &mut found);
                }
                origins.push(is_dated.then_some(number));
                builder.add(feature, &properties);
                if let Some(area) = area {
                    builder.place(area);
                }
            }
            let room = (before + MOST_FAULTS).saturating_sub(faults.len());
            left_out += found.len().saturating_sub(room);
            found.truncate(room);
            faults.append(&mut found);
            read += part.count;
            progress.at(read);
        },
    );
    if left_out > 0 {
        let problem = format!("has {left_out} faults more than those {MOST_FAULTS}");
        faults.push(Fault::new(
            &file,
            problem,
            "mend those, which may mend them too, and read it again",
        ));
    }
    // Not needed any longer, and as large as what is made of it.
    drop(texts);
    drop(bytes);
    Ok(ReadLayer { layer: builder.build(), references })
}

/// What was read of some features that follow one another.
struct Part {
    count: usize,
    features: Vec<One>,
    faults: Vec<Fault>,
    references: Vec<Reference>,
}

/// A feature that was read.
struct One {
    /// Its number in the file.
    number: usize,
    site: Site,
    feature: Prepared,
    properties: Map<String, Value>,
    /// Whether its dates are sound.
    is_dated: bool,
    area: Option<Area>,
}

impl Part {
    /// Reads features, each given with its line; `first` is the place of the first.
    fn read(
        config: &LayerConfig,
        first: usize,
        texts: &[(usize, &str)],
        window: Rect<f64>,
    ) -> Self {
        let mut part = Self {
            count: texts.len(),
            features: Vec::with_capacity(texts.len()),
            faults: Vec::new(),
            references: Vec::new(),
        };
        for (number, (line, text)) in (first + 1..).zip(texts) {
            let label = format!("feature {number}");
            let site = Site { file: config.file.clone(), line: *line, label };
            let Self { faults, references, .. } = &mut part;
            let mut sink = Sink { site, faults, references };
            let Some(mut feature) = one(config, number, text, window, &mut sink) else {
                continue;
            };
            let area = kinds::check(config.info.kind, &feature, &mut sink);
            if let Some(area) = &area {
                let within = Value::String(area.within.join(", "));
                feature.properties.insert("within".to_owned(), within);
                // Every row has the same columns, as GIS software expects.
                for name in ["start", "end", "origin", "notes"] {
                    feature.properties.entry(name).or_insert(Value::Null);
                }
            }
            let site = sink.site;
            let Checked { id, geometry, properties, validity } = feature;
            let is_dated = validity.is_some();
            let validity = validity.unwrap_or(Period::ALWAYS);
            let known = Known::WithValidity;
            let feature = Prepared::new(&id, geometry, &properties, validity, known);
            part.features.push(One { number, site, feature, properties, is_dated, area });
        }
        part
    }
}

/// Reads one feature, as far as its form goes.
fn one(
    config: &LayerConfig,
    number: usize,
    text: &str,
    window: Rect<f64>,
    sink: &mut Sink<'_>,
) -> Option<Checked> {
    let raw: RawFeature<'_> = match serde_json::from_str(text) {
        Ok(raw) => raw,
        Err(error) => {
            let mut fault = sink
                .site
                .fault(format!("is not a Feature: {}", texts::said(&error)), "mend the JSON here");
            fault.line = Some(sink.site.line + error.line().saturating_sub(1));
            sink.faults.push(fault);
            return None;
        }
    };
    if raw.kind != "Feature" {
        sink.fault(
            "type",
            format!("is `{}`", raw.kind),
            "write {\"type\":\"Feature\",\"geometry\":…,\"properties\":{…}} (RFC 7946, 3.2)",
        );
        return None;
    }
    let properties = raw.properties.unwrap_or_default();
    if let Some(name) = with_nul(&properties) {
        sink.fault(
            &name.replace('\0', "\\u0000"),
            "holds the character U+0000, which no table and no text file can",
            "leave it out",
        );
    }
    let id = id(config, number, raw.id.as_ref(), &properties, sink);
    sink.site.label = format!("feature `{id}`");
    let geometry = raw.geometry.and_then(|raw| geometry_of(config, raw.get(), window, sink));
    let validity = validity(config, &properties, sink);
    Some(Checked { id, geometry, properties, validity })
}

/// The property that has U+0000 in its name or its value.
fn with_nul(properties: &Map<String, Value>) -> Option<&str> {
    fn holds(value: &Value) -> bool {
        match value {
            Value::String(text) => text.contains('\0'),
            Value::Array(items) => items.iter().any(holds),
            Value::Object(members) => {
                members.iter().any(|(name, value)| name.contains('\0') || holds(value))
            }
            _ => false,
        }
    }
    let mut all = properties.iter();
    all.find(|(name, value)| name.contains('\0') || holds(value)).map(|(name, _)| name.as_str())
}

fn id(
    config: &LayerConfig,
    number: usize,
    own: Option<&Value>,
    properties: &Map<String, Value>,
    sink: &mut Sink<'_>,
) -> String {
    let (field, value) = match &config.id_property {
        Some(property) => (property.as_str(), properties.get(property)),
        None => ("id", own),
    };
    let id = match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        None if config.id_property.is_none() => number.to_string(),
        _ => {
            sink.fault(field, "is no id", "give the feature an id: a text or a whole number");
            return number.to_string();
        }
    };
    let is_plain = config.info.kind == LayerKind::Plain;
    let spoils = |c: char| c.is_control() || (!is_plain && ['.', '/'].contains(&c));
    if id.is_empty() || id.contains(spoils) {
        sink.fault(
            field,
            format!("`{id}` is not an id"),
            "write an id without dots and slashes, so that it can stand in an address",
        );
    }
    id
}

fn geometry_of(
    config: &LayerConfig,
    text: &str,
    window: Rect<f64>,
    sink: &mut Sink<'_>,
) -> Option<Geometry<f64>> {
    let geometry: geojson::Geometry = match serde_json::from_str(text) {
        Ok(geometry) => geometry,
        Err(error) => {
            sink.fault(
                "geometry",
                format!("is no GeoJSON geometry: {}", texts::said(&error)),
                "write one of the types of RFC 7946, 3.1, or null",
            );
            return None;
        }
    };
    let allowed = kinds::geometry_types(config.info.kind);
    let found = geometry::type_name(&geometry.value);
    if !allowed.is_empty() && !allowed.contains(&found) {
        sink.fault(
            "geometry",
            format!("is a {found} in a layer of kind {}", config.info.kind.word()),
            format!("give it a {}", allowed.join(" or a ")),
        );
    }
    let flaws = geometry::flaws(&geometry.value, config.info.kind != LayerKind::Plain);
    if !flaws.is_empty() {
        for flaw in flaws {
            sink.fault("geometry", flaw.problem, flaw.remedy);
        }
        return None;
    }
    let geometry = match Geometry::try_from(geometry) {
        // RFC 7946, 3.1: empty coordinates may be taken for no geometry.
        Ok(geometry) if geometry.bounding_rect().is_none() => return None,
        Ok(geometry) => geometry,
        Err(error) => {
            sink.fault("geometry", format!("cannot be read: {error}"), "mend its coordinates");
            return None;
        }
    };
    if config.info.kind != LayerKind::Plain {
        outside(&geometry, window, sink);
    }
    Some(geometry)
}

/// Reports a feature that the atlas's window does not touch.
fn outside(geometry: &Geometry<f64>, window: Rect<f64>, sink: &mut Sink<'_>) {
    let Some(envelope) = geometry.bounding_rect() else {
        return;
    };
    if envelope.intersects(&window) {
        return;
    }
    let swapped = Rect::new(
        Coord { x: envelope.min().y, y: envelope.min().x },
        Coord { x: envelope.max().y, y: envelope.max().x },
    );
    let at = envelope.center();
    if swapped.intersects(&window) {
        sink.fault(
            "geometry",
            format!(
                "[{:.4}, {:.4}] lies outside the window: latitude and longitude look swapped",
                at.x, at.y
            ),
            "write longitude first, then latitude (RFC 7946, 3.1.1)",
        );
    } else {
        sink.fault(
            "geometry",
            format!("[{:.4}, {:.4}] lies outside the window", at.x, at.y),
            "mend the coordinates, or widen `window` in atlas.toml",
        );
    }
}

/// The days on which a feature holds; `None`, with a fault, where its dates are
/// wrong.
fn validity(
    config: &LayerConfig,
    properties: &Map<String, Value>,
    sink: &mut Sink<'_>,
) -> Option<Period> {
    let before = sink.faults.len();
    let mut read = |property: &Option<String>| -> Option<EdtfDate> {
        let property = property.as_deref()?;
        let text = match properties.get(property)? {
            Value::Null => return None,
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => {
                sink.fault(property, "is not a date", "write a text, as \"2024-04\"");
                return None;
            }
        };
        EdtfDate::parse(&text)
            .map_err(|error| {
                let (problem, remedy) = super::split_sentence(&error.to_string());
                sink.fault(property, problem, remedy);
            })
            .ok()
    };
    let start = read(&config.info.start_property);
    let end = read(&config.info.end_property);
    let validity = Period {
        first: start.as_ref().and_then(|start| start.period().first),
        last: end.as_ref().and_then(|end| end.period().last),
    };
    if validity.is_reversed() {
        let show =
            |date: &Option<EdtfDate>| date.as_ref().map(ToString::to_string).unwrap_or_default();
        sink.fault(
            config.info.end_property.as_deref().unwrap_or("end"),
            format!("{} lies before the start, {}", show(&end), show(&start)),
            "mend one of the two dates",
        );
    }
    (sink.faults.len() == before).then_some(validity)
}

/// Reports a feature that has the id of another and holds on the same day. Of each row so
/// far `origins` has the feature's number in the file, where its dates are sound: with
/// them mended it may not be a twin at all.
fn twin(
    feature: &Prepared,
    builder: &LayerBuilder,
    origins: &[Option<usize>],
    site: &Site,
    faults: &mut Vec<Fault>,
) {
    let others = builder.versions(feature.id()).iter().map(|row| *row as usize);
    let is_twin = |row: &usize| builder.features()[*row].validity.overlaps(&feature.validity());
    if let Some(other) = others.filter(is_twin).find_map(|row| origins[row]) {
        let problem = format!("is the id of feature {other} too, and both hold at the same time");
        let remedy = "give each thing its own id; versions of a thing need a start and an end that do not overlap";
        faults.push(site.fault(problem, remedy).field("id"));
    }
}
