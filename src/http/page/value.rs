//! JSON as HTML: lists of records as tables, a record as names and values.

use maud::{Markup, html};
use serde_json::{Map, Value};

use super::Page;
use crate::atlas::{Atlas, LayerKind};
use crate::http::params::encoded;

/// Members that the page shows in a place of their own, or that a page needs not.
const APART: [&str; 13] = [
    "type",
    "title",
    "description",
    "message",
    "notice",
    "links",
    "features",
    "geometry",
    "attribution",
    "$schema",
    "$id",
    "bbox",
    "properties",
];

/// A name as people read it.
#[must_use]
pub fn label(name: &str) -> String {
    let mut text = String::new();
    for sign in name.chars() {
        match sign {
            '_' | '-' => text.push(' '),
            _ if text.is_empty() => text.extend(sign.to_uppercase()),
            _ if sign.is_ascii_uppercase() => text.extend([' ', sign.to_ascii_lowercase()]),
            _ => text.push(sign),
        }
    }
    text
}

/// Whether a text is an address on the web, and no other scheme.
#[must_use]
pub fn is_web(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// A scalar as text; nothing for null.
#[must_use]
pub fn short(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The members of an answer, each in the form that suits it.
pub fn members(page: &Page<'_>, value: &Value) -> Markup {
    let Some(object) = value.as_object() else {
        return html! { (cell(page, "", value)) };
    };
    let is_feature = object.get("type").is_some_and(|kind| kind == "Feature");
    let is_schema = object.contains_key("$schema");
    let is_plain = |value: &Value| match value {
        Value::Array(items) => !items.iter().any(Value::is_object),
        _ => true,
    };
    let rest = object.iter().filter(|(name, _)| !APART.contains(&name.as_str()));
    let (plain, tables): (Vec<_>, Vec<_>) = rest.partition(|(_, value)| is_plain(value));
    html! {
        @if is_feature {
            @if let Some(properties) = object.get("properties").and_then(Value::as_object) {
                (record(page, properties.iter()))
            }
        }
        (record(page, plain.into_iter()))
        @if is_schema {
            @if let Some(properties) = object.get("properties").and_then(Value::as_object) {
                (schema(properties))
            }
        }
        @if let Some(features) = object.get("features").and_then(Value::as_array) {
            (table(page, &rows_of(features)))
        }
        @for (name, value) in tables {
            @if let Some(items) = value.as_array() {
                h2 { (label(name)) }
                (table(page, &rows_of(items)))
            }
        }
    }
}

/// Names and values.
fn record<'a>(page: &Page<'_>, members: impl Iterator<Item = (&'a String, &'a Value)>) -> Markup {
    let members: Vec<_> = members.filter(|(_, value)| !is_empty(value)).collect();
    html! {
        @if !members.is_empty() {
            table class="record" {
                tbody {
                    @for (name, value) in members {
                        tr { th scope="row" { (label(name)) } td { (cell(page, name, value)) } }
                    }
                }
            }
        }
    }
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

fn schema(properties: &Map<String, Value>) -> Markup {
    html! {
        table {
            thead { tr { th scope="col" { "Name" } th scope="col" { "Type" } th scope="col" { "Description" } } }
            tbody {
                @for (name, property) in properties {
                    tr {
                        th scope="row" { (name) }
                        td { (short(&property["type"])) " " (short(&property["format"])) }
                        td { (short(&property["description"])) " " (short(&property["x-ogc-role"])) }
                    }
                }
            }
        }
    }
}

/// The rows of a table: of a feature its id and properties.
fn rows_of(items: &[Value]) -> Vec<Map<String, Value>> {
    let row = |item: &Value| {
        let mut row = Map::new();
        match (item, &item["properties"]) {
            (Value::Object(feature), Value::Object(properties)) if item["type"] == "Feature" => {
                row.insert("id".to_owned(), feature.get("id").cloned().unwrap_or_default());
                row.extend(properties.clone());
            }
            (Value::Object(record), _) => {
                for (name, value) in record {
                    if !["links", "extent", "crs"].contains(&name.as_str()) {
                        row.insert(name.clone(), value.clone());
                    }
                }
            }
            (other, _) => {
                if other["type"] == "Feature" {
                    row.insert("id".to_owned(), other["id"].clone());
                } else {
                    row.insert("value".to_owned(), other.clone());
                }
            }
        }
        row
    };
    items.iter().map(row).collect()
}

/// A table with a column for each name that some row has a value for.
fn table(page: &Page<'_>, rows: &[Map<String, Value>]) -> Markup {
    let mut columns: Vec<&str> = Vec::new();
    for (name, value) in rows.iter().flatten() {
        if !is_empty(value) && !columns.contains(&name.as_str()) {
            columns.push(name);
        }
    }
    html! {
        @if rows.is_empty() {
            p class="none" { "None." }
        } @else {
            div class="wide" {
                table {
                    thead { tr { @for name in &columns { th scope="col" { (label(name)) } } } }
                    tbody {
                        @for row in rows {
                            tr {
                                @for name in &columns {
                                    td {
                                        @if let Some(value) = row.get(*name) {
                                            @if *name == "id" {
                                                (own_id(page, row, value))
                                            } @else {
                                                (cell(page, name, value))
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The id of a row, leading to what it names.
fn own_id(page: &Page<'_>, row: &Map<String, Value>, id: &Value) -> Markup {
    let text = short(id);
    let segments = page.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let collection = row.get("collection").and_then(Value::as_str);
    let path = match (segments.as_slice(), collection) {
        (["collections"], _) => Some(format!("/collections/{}", encoded(&text))),
        (["collections", layer, "items"], _) => Some(item(layer, &text)),
        (["near"], Some(layer)) => Some(item(layer, &text)),
        (["near"], None) => page.reported_areas().map(|layer| item(layer, &text)),
        (["timeline"] | ["collections", _, "items", _, "timeline"], _) => {
            let is_claim = row.get("type").is_some_and(|kind| kind == "claim");
            Some(item(if is_claim { Atlas::CLAIMS } else { Atlas::EVENTS }, &text))
        }
        (["sources"], _) => Some(format!("/sources/{}", encoded(&text))),
        _ => None,
    };
    // The version of the row, at the time that the page is asked for.
    let clocks = ["datetime", "known-at"].iter().filter_map(|name| {
        page.ask.params.peek(name).map(|value| format!("{name}={}", encoded(value)))
    });
    let clocks: Vec<String> = clocks.collect();
    match path {
        Some(path) if path.contains("/items/") && !clocks.is_empty() => {
            link(&page.here(&format!("{path}?{}", clocks.join("&"))), &text)
        }
        Some(path) => link(&page.here(&path), &text),
        None => html! { (text) },
    }
}

fn item(layer: &str, id: &str) -> String {
    format!("/collections/{}/items/{}", encoded(layer), encoded(id))
}

fn link(href: &str, text: &str) -> Markup {
    html! { a href=(href) { (text) } }
}

/// A value under a name. Ids of the ledger lead to their records.
fn cell(page: &Page<'_>, name: &str, value: &Value) -> Markup {
    match value {
        Value::Null => html! {},
        Value::Bool(flag) => html! { (if *flag { "yes" } else { "no" }) },
        Value::Number(number) => html! { (number) },
        Value::String(text) => text_cell(page, name, text),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            html! {
                @for (index, item) in items.iter().enumerate() {
                    @if index > 0 { ", " }
                    (cell(page, name, item))
                }
            }
        }
        Value::Array(items) => {
            html! { ul { @for item in items { li { (cell(page, name, item)) } } } }
        }
        Value::Object(object) => object_cell(page, name, object),
    }
}

fn object_cell(page: &Page<'_>, name: &str, object: &Map<String, Value>) -> Markup {
    if name == "sources" || name == "source" {
        let text = |name: &str| object.get(name).map(short).unwrap_or_default();
        let path = format!("/sources/{}", encoded(&text("id")));
        return html! {
            (link(&page.here(&path), &text("title"))) ", " (text("publisher"))
            @if !text("published").is_empty() { ", " (text("published")) }
        };
    }
    let members: Vec<_> = object.iter().filter(|(_, value)| !is_empty(value)).collect();
    html! {
        dl { @for (name, value) in members { dt { (label(name)) } dd { (cell(page, name, value)) } } }
    }
}

/// A text; ids that are listed in it, and addresses, are links.
fn text_cell(page: &Page<'_>, name: &str, text: &str) -> Markup {
    if is_web(text) {
        return html! { a href=(text) rel="noopener noreferrer" { (text) } };
    }
    let atlas = &page.ask.atlas;
    let path = |id: &str| match name {
        "source" | "sources" => {
            atlas.ledger.source(id).map(|_| format!("/sources/{}", encoded(id)))
        }
        "claim" | "claims" | "status_claim" | "contested_by" => {
            atlas.ledger.claim_row(id).map(|_| item(Atlas::CLAIMS, id))
        }
        "event" | "events" => {
            atlas.ledger.events.iter().find(|event| event.id == id).map(|_| item(Atlas::EVENTS, id))
        }
        "area" | "areas" | "within" | "inherited" => {
            let layer = atlas.layer(page.reported_areas()?)?;
            (!layer.versions(id).is_empty()).then(|| item(&layer.info.id, id))
        }
        "covers" => {
            let (layer, id) = id.split_once('/')?;
            atlas.layer(layer).map(|_| item(layer, id))
        }
        _ => None,
    };
    let parts: Vec<(&str, Option<String>)> =
        text.split(", ").map(|part| (part, path(part))).collect();
    if parts.iter().all(|(_, path)| path.is_none()) {
        return html! { (text) };
    }
    html! {
        @for (index, (part, path)) in parts.iter().enumerate() {
            @if index > 0 { ", " }
            @if let Some(path) = path { (link(&page.here(path), part)) } @else { (part) }
        }
    }
}

impl Page<'_> {
    /// The collection of reported areas.
    fn reported_areas(&self) -> Option<&str> {
        let mut layers = self.ask.atlas.layers.iter();
        let layer = layers.find(|layer| layer.info.kind == LayerKind::ReportedArea)?;
        Some(&layer.info.id)
    }
}
