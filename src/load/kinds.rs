//! What a feature must carry, by the kind of its layer: the table in
//! `docs/geodata.md`.

use serde_json::{Map, Value};

use super::fault::Fault;
use super::reading::{Checked, Reference, Sink, Target};
use crate::atlas::vocabulary as words;
use crate::atlas::{Area, Basis, EdtfDate, LayerKind, Status};

const LINES: [&str; 2] = ["LineString", "MultiLineString"];
const POLYGONS: [&str; 2] = ["Polygon", "MultiPolygon"];
const POINTS: [&str; 2] = ["Point", "MultiPoint"];

/// The geometry types that a kind allows; empty for any.
pub(super) fn geometry_types(kind: LayerKind) -> &'static [&'static str] {
    match kind {
        LayerKind::Border => &LINES,
        LayerKind::Territory | LayerKind::Enclave => &POLYGONS,
        LayerKind::Settlement => &["Point"],
        // A reported area's type is its basis's, checked in `reported_area`.
        LayerKind::ReportedArea
        | LayerKind::Context
        | LayerKind::Plain
        | LayerKind::Claims
        | LayerKind::Events => &[],
    }
}

/// Checks a feature's properties; gives the area that a reported area stands for.
pub(super) fn check(kind: LayerKind, feature: &Checked, sink: &mut Sink<'_>) -> Option<Area> {
    let properties = &feature.properties;
    match kind {
        LayerKind::Border => {
            must_texts(properties, &["name", "parties"], sink);
            must_word(properties, "status", &words::BORDER_STATUSES, sink);
            depiction(feature, sink);
        }
        LayerKind::Territory => {
            must_texts(properties, &["name", "country"], sink);
            depiction(feature, sink);
        }
        LayerKind::Enclave => {
            must_texts(properties, &["name", "administered_by", "surrounded_by"], sink);
            depiction(feature, sink);
        }
        LayerKind::Settlement => {
            must_texts(properties, &["name", "country"], sink);
            located(feature, sink);
            source(properties, sink);
        }
        LayerKind::ReportedArea => return reported_area(feature, sink),
        LayerKind::Context => source(properties, sink),
        LayerKind::Plain | LayerKind::Claims | LayerKind::Events => {}
    }
    None
}

/// A depiction has a geometry, a vintage, a source, and perhaps an event.
fn depiction(feature: &Checked, sink: &mut Sink<'_>) {
    let properties = &feature.properties;
    located(feature, sink);
    if let Some(text) = must_text(properties, "as_mapped", sink)
        && let Err(error) = EdtfDate::parse(text)
    {
        let (problem, remedy) = super::split_sentence(&error.to_string());
        sink.fault("as_mapped", problem, remedy);
    }
    source(properties, sink);
    if let Some(Value::String(event)) = properties.get("event") {
        refer(sink, "event", Target::Event(event.clone()));
    }
}

fn located(feature: &Checked, sink: &mut Sink<'_>) {
    // A geometry that was refused has its fault already.
    let is_here = |fault: &&Fault| {
        fault.line == Some(sink.site.line) && fault.entry.as_ref() == Some(&sink.site.label)
    };
    let mut here = sink.faults.iter().rev().take_while(is_here);
    let refused = here.any(|fault| fault.field.as_deref() == Some("geometry"));
    if feature.geometry.is_none() && !refused {
        sink.fault("geometry", "is null", "draw it, or leave the feature out");
    }
}

fn source(properties: &Map<String, Value>, sink: &mut Sink<'_>) {
    if let Some(source) = must_text(properties, "source", sink) {
        let source = source.to_owned();
        refer(sink, "source", Target::Source(source));
    }
}

fn refer(sink: &mut Sink<'_>, field: &'static str, target: Target) {
    sink.references.push(Reference { site: sink.site.clone(), field, target });
}

fn must_texts(properties: &Map<String, Value>, names: &[&'static str], sink: &mut Sink<'_>) {
    for name in names {
        must_text(properties, name, sink);
    }
}

fn must_text<'p>(
    properties: &'p Map<String, Value>,
    name: &'static str,
    sink: &mut Sink<'_>,
) -> Option<&'p str> {
    match properties.get(name) {
        Some(Value::String(text)) if !text.trim().is_empty() => Some(text),
        None | Some(Value::Null) => {
            sink.fault(name, "is missing", format!("add the property `{name}`"));
            None
        }
        Some(other) => {
            sink.fault(name, format!("is {other}"), "write a text");
            None
        }
    }
}

fn must_word<'p>(
    properties: &'p Map<String, Value>,
    name: &'static str,
    allowed: &[&str],
    sink: &mut Sink<'_>,
) -> Option<&'p str> {
    let word = must_text(properties, name, sink)?;
    if allowed.contains(&word) {
        return Some(word);
    }
    sink.fault(
        name,
        format!("`{word}` is not known here"),
        format!("use one of: {}", allowed.join(", ")),
    );
    None
}

fn reported_area(feature: &Checked, sink: &mut Sink<'_>) -> Option<Area> {
    let properties = &feature.properties;
    must_texts(properties, &["name"], sink);
    for name in Status::PROPERTIES.iter().filter(|name| properties.contains_key(**name)) {
        sink.fault(name, "is computed from the claims", "remove it, and write a claim");
    }
    must_word(properties, "extent", &words::EXTENTS, sink);
    let precision = properties.get("precision").and_then(Value::as_i64);
    if !precision.is_some_and(|precision| (1..=7).contains(&precision)) {
        sink.fault("precision", "is not a precision", "write 1 to 7 (UCDP GED, where_prec)");
    }
    source(properties, sink);
    let allowed: Vec<&str> = Basis::ALL.iter().map(|(_, word)| *word).collect();
    let basis = must_word(properties, "basis", &allowed, sink).and_then(Basis::from_word)?;
    let wanted: &[&str] = match basis {
        Basis::Surveyed | Basis::District | Basis::Country => &POLYGONS,
        Basis::Settlement => &POINTS,
        Basis::EnclavePerimeter | Basis::BorderStretch => &LINES,
        Basis::Unlocated => &[],
    };
    match &feature.geometry {
        Some(_) if basis == Basis::Unlocated => sink.fault(
            "geometry",
            "is given though the area is unlocated",
            "write null, or say on what `basis` it is located",
        ),
        Some(geometry) if !wanted.contains(&type_of(geometry)) => sink.fault(
            "geometry",
            format!("is a {} where the basis wants another type", type_of(geometry)),
            format!("give it a {}, or another `basis`", wanted.join(" or a ")),
        ),
        Some(_) => {}
        None if basis == Basis::Unlocated => {}
        None => located(feature, sink),
    }
    let uncertainty_m = properties.get("uncertainty_m").and_then(Value::as_f64);
    match uncertainty_m {
        Some(metres) if metres >= 0. && metres.is_finite() => {
            must_text(properties, "uncertainty_reason", sink);
        }
        None if basis == Basis::Unlocated => {}
        _ => sink.fault(
            "uncertainty_m",
            "is not a distance",
            "write how far, in metres, the ground spoken of may lie from the geometry",
        ),
    }
    Some(Area {
        basis,
        uncertainty_m: uncertainty_m.unwrap_or(0.),
        within: within(properties, sink),
    })
}

fn within(properties: &Map<String, Value>, sink: &mut Sink<'_>) -> Vec<String> {
    let ids: Option<Vec<String>> = match properties.get("within") {
        None | Some(Value::Null) => Some(Vec::new()),
        Some(Value::String(ids)) => Some(ids.split(", ").map(str::to_owned).collect()),
        Some(Value::Array(ids)) => ids.iter().map(|id| id.as_str().map(str::to_owned)).collect(),
        Some(_) => None,
    };
    let Some(ids) = ids else {
        sink.fault(
            "within",
            "is not a list of ids",
            "write them joined by \", \", as \"area-a, area-b\"",
        );
        return Vec::new();
    };
    for id in &ids {
        if sink.site.label == format!("feature `{id}`") {
            sink.fault("within", "names the area itself", "name the areas that contain it");
        }
        refer(sink, "within", Target::Area(id.clone()));
    }
    ids
}

fn type_of(geometry: &geo::Geometry<f64>) -> &'static str {
    match geometry {
        geo::Geometry::Point(_) => "Point",
        geo::Geometry::MultiPoint(_) => "MultiPoint",
        geo::Geometry::Line(_) | geo::Geometry::LineString(_) => "LineString",
        geo::Geometry::MultiLineString(_) => "MultiLineString",
        geo::Geometry::Polygon(_) | geo::Geometry::Rect(_) | geo::Geometry::Triangle(_) => {
            "Polygon"
        }
        geo::Geometry::MultiPolygon(_) => "MultiPolygon",
        geo::Geometry::GeometryCollection(_) => "GeometryCollection",
    }
}
