//! The collections and the gazetteer that are made by joining ledger and
//! layers: each claim with the geometry of its area, each event with the
//! geometry of what it covers, each named place with its point.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use geo::{
    BoundingRect, Coord, Geometry, GeometryCollection, Intersects, MultiLineString, MultiPoint,
    MultiPolygon,
};
use serde_json::{Map, Value, json};

use super::date::{EdtfDate, Period, since_text};
use super::layer::{Feature, Known, Layer, LayerBuilder, LayerInfo, LayerKind};
use super::ledger::{FeatureRef, Ledger};
use super::places::{Gazetteer, Imported, Place, fold};
use super::{Atlas, Day};

/// Each claim as a feature, in the ledger's order, so that a row is a row of
/// [`Ledger::claims`].
pub(super) fn claims(layers: &[Arc<Layer>], ledger: &Ledger) -> Layer {
    let mut builder = LayerBuilder::new(info(
        layers,
        Atlas::CLAIMS,
        "Claims",
        "Each assertion about an area's contamination, with the geometry of its area. \
         `datetime` asks for the time a claim speaks of, `known-at` for what was reported by a day.",
        LayerKind::Claims,
    ));
    for claim in &ledger.claims {
        let parts = claim
            .areas
            .iter()
            .filter_map(|id| {
                layers
                    .iter()
                    .filter(|layer| layer.info.kind == LayerKind::ReportedArea)
                    .find_map(|layer| version(layer, id, None))
            })
            .filter_map(|feature| feature.geometry.clone())
            .collect();
        let about = period(claim.about.as_ref());
        let name = |id: &Option<String>| id.as_deref().map(|id| ledger.actor_name(id));
        let properties = object(json!({
            "asserts": claim.asserts.word(),
            "status_class": claim.asserts.class(),
            "area": claim.areas.join(", "),
            "hazard": claim.hazard.join(", "),
            "about": claim.about,
            "reported": claim.reported,
            "known_from": ledger.claim_known(claim).map(since_text),
            "claimant": ledger.actor_name(&claim.claimant),
            "claimant_id": claim.claimant,
            "reporter": name(&claim.reporter),
            "reporter_id": claim.reporter,
            "evidence": claim.evidence,
            "title_only": claim.title_only,
            "laid_by": name(&claim.laid_by),
            "cleared_by": name(&claim.cleared_by),
            "verified_by": name(&claim.verified_by),
            "summary": claim.summary,
            "quote": claim.quote,
            "sources": claim.sources.join(", "),
            "notes": claim.notes,
            "origin": claim.origin,
            "start": day_text(about.first),
            "end": day_text(about.last),
        }));
        let known = known(ledger.claim_known(claim));
        builder.push(&claim.id, gathered(parts), &properties, about, known);
        builder.doubt(greatest_uncertainty(
            claim
                .areas
                .iter()
                .flat_map(|id| layers.iter().map(move |layer| (&**layer, id.as_str()))),
        ));
    }
    builder.build()
}

/// Each event as a feature, in the ledger's order.
pub(super) fn events(layers: &[Arc<Layer>], ledger: &Ledger) -> Layer {
    let mut builder = LayerBuilder::new(info(
        layers,
        Atlas::EVENTS,
        "Events",
        "Agreements, handovers, clearances, incidents and other events, with the geometry of \
         what they cover. `datetime` asks for an event's date, `known-at` for what was public by a day.",
        LayerKind::Events,
    ));
    for event in &ledger.events {
        let date = period(event.date.as_ref());
        let parts = event
            .covers
            .iter()
            .filter_map(|covered| {
                let layer = layers.iter().find(|layer| layer.info.id == covered.layer)?;
                version(layer, &covered.id, date.first)?.geometry.clone()
            })
            .collect();
        let figures: Vec<String> = event
            .figures
            .iter()
            .map(|figure| {
                let unit = figure.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
                let of = figure.of.as_ref().map_or(String::new(), |of| format!(": {of}"));
                format!("{}{unit}{of}", figure.value)
            })
            .collect();
        let covers: Vec<String> = event.covers.iter().map(ToString::to_string).collect();
        let properties = object(json!({
            "kind": event.kind,
            "title": event.title,
            "date": event.date,
            "reported": event.reported,
            "known_from": ledger.event_known(event).map(since_text),
            "parties": event.parties.join(", "),
            "covers": covers.join(", "),
            "figures": figures.join("; "),
            "state": event.state,
            "title_only": event.title_only,
            "summary": event.summary,
            "quote": event.quote,
            "sources": event.sources.join(", "),
            "notes": event.notes,
            "origin": event.origin,
            "start": day_text(date.first),
            "end": day_text(date.last),
        }));
        let known = known(ledger.event_known(event));
        builder.push(&event.id, gathered(parts), &properties, date, known);
        builder.doubt(greatest_uncertainty(event.covers.iter().filter_map(|covered| {
            let layer = layers.iter().find(|layer| layer.info.id == covered.layer)?;
            Some((&**layer, covered.id.as_str()))
        })));
    }
    builder.build()
}

/// Settlements, enclaves, and the places that the ledger names: their spellings
/// are added to the feature that stands for them; the others are known by name.
pub(super) fn gazetteer(layers: &[Arc<Layer>], ledger: &Ledger, imported: Imported) -> Gazetteer {
    let mut places: Vec<(Option<FeatureRef>, Place)> = Vec::new();
    let is_place =
        |layer: &&Arc<Layer>| matches!(layer.info.kind, LayerKind::Settlement | LayerKind::Enclave);
    for layer in layers.iter().filter(is_place) {
        let mut rows: HashMap<&str, usize> = HashMap::new();
        for feature in &layer.features {
            let reference = FeatureRef { layer: layer.info.id.clone(), id: feature.id.to_string() };
            let place = mapped_place(layer, feature, &reference);
            match rows.get(&*feature.id) {
                // Another version of the same thing.
                Some(row) => places[*row].1.names.extend(place.names),
                None => {
                    rows.insert(&feature.id, places.len());
                    places.push((Some(reference), place));
                }
            }
        }
    }
    // Places of the layers are curated: of another with the same id only its
    // names are taken.
    let curated: HashMap<String, usize> =
        places.iter().enumerate().map(|(row, (_, place))| (place.id.clone(), row)).collect();
    for place in imported.places {
        match curated.get(&place.id) {
            Some(row) => places[*row].1.names.extend(place.names),
            None => places.push((None, place)),
        }
    }
    for named in &ledger.places {
        let spellings = std::iter::once(&named.name).chain(&named.names).cloned();
        let standing = named
            .feature
            .as_ref()
            .and_then(|feature| places.iter_mut().find(|(r, _)| r.as_ref() == Some(feature)));
        if let Some((_, place)) = standing {
            place.names.extend(spellings);
            let notes = [place.notes.take(), named.notes.clone()];
            place.notes = notes.into_iter().flatten().reduce(|a, b| format!("{a} {b}"));
            continue;
        }
        let place = Place {
            id: named.id.clone(),
            name: named.name.clone(),
            names: spellings.collect(),
            country: named.country.clone(),
            population: None,
            at: None,
            area: named.feature.as_ref().map(ToString::to_string),
            notes: named.notes.clone(),
        };
        places.push((named.feature.clone(), place));
    }
    part_namesakes(layers, &mut places);
    let deduplicated = places.into_iter().map(|(_, mut place)| {
        let mut seen = HashSet::new();
        place.names.retain(|name| seen.insert(name.clone()));
        place
    });
    let mut gazetteer = Gazetteer::build(deduplicated.collect());
    gazetteer.attribution = imported.attribution;
    gazetteer
}

/// A settlement as a place at its point, an enclave as a place that is an area.
fn mapped_place(layer: &Layer, feature: &Feature, reference: &FeatureRef) -> Place {
    let properties = layer.properties(feature);
    let text = |name: &str| properties.get(name).and_then(Value::as_str).map(str::to_owned);
    let name = text("name").unwrap_or_else(|| feature.id.to_string());
    let translated = properties.iter().filter(|(key, _)| key.starts_with("name_")).map(|(_, v)| v);
    let mut names = vec![name.clone()];
    names.extend(translated.filter_map(Value::as_str).map(str::to_owned));
    names.extend(text("aliases").iter().flat_map(|all| all.split(", ").map(str::to_owned)));
    let at = match feature.geometry {
        Some(Geometry::Point(point)) => Some(point.0),
        _ => None,
    };
    Place {
        id: if at.is_some() { feature.id.to_string() } else { reference.to_string() },
        name,
        names,
        country: text("country").or_else(|| text("administered_by")),
        population: properties.get("population").and_then(Value::as_u64),
        at,
        area: at.is_none().then(|| reference.to_string()),
        notes: text("notes").filter(|_| at.is_some()),
    }
}

/// Takes from an area the spellings of settlements that lie in it: who says Sokh
/// means the town, and is told of the enclave by its own names. A settlement
/// outside is another place, and the name is of two.
fn part_namesakes(layers: &[Arc<Layer>], places: &mut [(Option<FeatureRef>, Place)]) {
    for row in 0..places.len() {
        let (Some(reference), Place { area: Some(_), .. }) = &places[row] else { continue };
        let layer = layers.iter().find(|layer| layer.info.id == reference.layer);
        let feature = layer.and_then(|layer| version(layer, &reference.id, None));
        let Some(geometry) = feature.and_then(|feature| feature.geometry.as_ref()) else {
            continue;
        };
        // Most points are passed over by the envelope alone.
        let envelope = geometry.bounding_rect();
        let inside = |at: &Coord<f64>| {
            envelope.is_some_and(|envelope| envelope.intersects(at)) && geometry.intersects(at)
        };
        let theirs: HashSet<String> = places
            .iter()
            .filter(|(_, place)| place.at.as_ref().is_some_and(inside))
            .flat_map(|(_, place)| place.names.iter().map(|name| fold(name)))
            .collect();
        places[row].1.names.retain(|name| !theirs.contains(&fold(name)));
    }
}

/// How far the ground of some things may lie from their geometry, in the least certain
/// of their versions, metres.
fn greatest_uncertainty<'a>(things: impl Iterator<Item = (&'a Layer, &'a str)>) -> f64 {
    let rows =
        things.flat_map(|(layer, id)| layer.versions(id).iter().map(move |row| (layer, *row)));
    rows.map(|(layer, row)| layer.uncertainty_m(row)).fold(0., f64::max)
}

/// The version of a thing that held on a day, else its latest.
fn version<'a>(layer: &'a Layer, id: &str, day: Option<Day>) -> Option<&'a Feature> {
    let versions = layer.versions(id);
    let held =
        day.and_then(|day| versions.iter().find(|row| layer.feature(**row).validity.contains(day)));
    held.or(versions.last()).map(|row| layer.feature(*row))
}

/// One geometry of several: a Multi where they are alike, else a collection.
fn gathered(mut parts: Vec<Geometry<f64>>) -> Option<Geometry<f64>> {
    if parts.len() < 2 {
        return parts.pop();
    }
    let (mut points, mut lines, mut polygons) = (Vec::new(), Vec::new(), Vec::new());
    for part in &parts {
        match part {
            Geometry::Point(point) => points.push(*point),
            Geometry::MultiPoint(many) => points.extend(many.iter().copied()),
            Geometry::LineString(line) => lines.push(line.clone()),
            Geometry::MultiLineString(many) => lines.extend(many.iter().cloned()),
            Geometry::Polygon(polygon) => polygons.push(polygon.clone()),
            Geometry::MultiPolygon(many) => polygons.extend(many.iter().cloned()),
            _ => {
                return Some(Geometry::GeometryCollection(GeometryCollection::new_from(parts)));
            }
        }
    }
    Some(match (points.is_empty(), lines.is_empty(), polygons.is_empty()) {
        (false, true, true) => Geometry::MultiPoint(MultiPoint::new(points)),
        (true, false, true) => Geometry::MultiLineString(MultiLineString::new(lines)),
        (true, true, false) => Geometry::MultiPolygon(MultiPolygon::new(polygons)),
        _ => Geometry::GeometryCollection(GeometryCollection::new_from(parts)),
    })
}

/// What a collection made from the ledger says of itself. Its geometry is that of
/// other layers, and so are its licence and attribution.
fn info(
    layers: &[Arc<Layer>],
    id: &str,
    title: &str,
    description: &str,
    kind: LayerKind,
) -> LayerInfo {
    let given = |of: fn(&LayerInfo) -> &Option<String>| {
        let mut all: Vec<&str> = Vec::new();
        let drawn = layers.iter().filter(|layer| {
            kind == LayerKind::Events || layer.info.kind == LayerKind::ReportedArea
        });
        for text in drawn.filter_map(|layer| of(&layer.info).as_deref()) {
            if !all.contains(&text) {
                all.push(text);
            }
        }
        all
    };
    let licences = given(|info| &info.licence);
    let attributions = given(|info| &info.attribution);
    LayerInfo {
        id: id.to_owned(),
        title: title.to_owned(),
        description: description.to_owned(),
        kind,
        licence: (!licences.is_empty()).then(|| licences.join(" AND ")),
        attribution: (!attributions.is_empty()).then(|| attributions.join("; ")),
        source: None,
        geometry_property: "geometry".to_owned(),
        start_property: Some("start".to_owned()),
        end_property: Some("end".to_owned()),
        is_restricted: false,
    }
}

fn period(date: Option<&EdtfDate>) -> Period {
    date.map_or(Period::ALWAYS, EdtfDate::period)
}

fn known(day: Option<Day>) -> Known {
    day.map_or(Known::Undated, Known::From)
}

fn day_text(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// The members of an object literal.
fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}
