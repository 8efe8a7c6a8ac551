//! What features carry, as JSON Schema: `/queryables` (OGC 19-079r2), `/schema`
//! with roles (OGC 23-058), and the functions of filters.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::ask::{Ask, JSON, answer, json_answer};
use super::collections::bad_path;
use super::params::encoded;
use super::problem::Problem;
use crate::atlas::schema::{Column, PropertyType};
use crate::atlas::{Layer, LayerKind};
use crate::query::filter::{Columns, FUNCTIONS};
use crate::query::values;

/// Media type of JSON Schema.
pub const JSON_SCHEMA: &str = "application/schema+json";

/// `/collections/{collection}/queryables`
pub(super) async fn queryables(
    path: Result<Path<String>, PathRejection>,
    ask: Ask,
) -> Result<Response, Problem> {
    let Path(collection) = path.map_err(|rejection| bad_path(&rejection))?;
    let layer = ask.layer(&collection)?;
    ask.finish(JSON_SCHEMA)?;
    Ok(schema(&ask, layer, "queryables"))
}

/// `/collections/{collection}/schema`
pub(super) async fn returned(
    path: Result<Path<String>, PathRejection>,
    ask: Ask,
) -> Result<Response, Problem> {
    let Path(collection) = path.map_err(|rejection| bad_path(&rejection))?;
    let layer = ask.layer(&collection)?;
    let of_feature = ask.params.read("of", |text| match text {
        "properties" => Ok(false),
        "feature" => Ok(true),
        other => {
            Err(format!("`{}` is not offered; write properties or feature", values::shown(other)))
        }
    })?;
    ask.finish(JSON_SCHEMA)?;
    if of_feature == Some(true) {
        return Ok(answer(JSON_SCHEMA, feature_schema(&ask, layer).to_string()));
    }
    Ok(schema(&ask, layer, "schema"))
}

/// The schema of a GeoJSON Feature of a layer. GDAL takes its columns from here,
/// and knows them before it has seen a feature that has them; without, it takes
/// those of a first page for all, and drops values that do not fit.
fn feature_schema(ask: &Ask, layer: &Layer) -> Value {
    let mut properties = properties(layer, false);
    properties.shift_remove(&layer.info.geometry_property);
    // A Feature's own id makes this column already.
    properties.shift_remove("id");
    for (name, property) in &mut properties {
        // Values of several types are read as texts where none is named.
        if property["type"].is_array()
            && let Some(property) = property.as_object_mut()
        {
            property.remove("type");
        }
        // An integer is read into 32 bits.
        if property["type"] == "integer" && !fits_32_bits(layer, name) {
            property["type"] = json!("number");
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ask.href(&format!("/collections/{}/schema?of=feature", encoded(&layer.info.id))),
        "title": layer.info.title,
        "type": "object",
        "required": ["type", "geometry", "properties"],
        "properties": {
            "type": { "const": "Feature" },
            "id": { "type": "string" },
            "geometry": { "format": geometry_format(layer) },
            "properties": { "type": "object", "properties": properties },
        },
    })
}

fn fits_32_bits(layer: &Layer, name: &str) -> bool {
    let own = layer.schema.properties.iter().find(|property| property.name == name);
    match own.map(|property| &property.column) {
        Some(Column::Integer(values)) => {
            values.iter().flatten().all(|value| i32::try_from(*value).is_ok())
        }
        _ => true,
    }
}

fn schema(ask: &Ask, layer: &Layer, which: &str) -> Response {
    let info = &layer.info;
    let path = format!("/collections/{}/{which}", encoded(&info.id));
    let body = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ask.href(&path),
        "title": info.title,
        "type": "object",
        "properties": properties(layer, which == "schema"),
        "additionalProperties": false,
    });
    answer(JSON_SCHEMA, body.to_string())
}

/// The JSON Schema of each property of a layer. With `roles` it says which is the
/// id, the geometry, the beginning and the end.
#[must_use]
pub fn properties(layer: &Layer, roles: bool) -> Map<String, Value> {
    let info = &layer.info;
    let mut properties = Map::new();
    if roles {
        let id = json!({ "title": "Id", "type": "string", "x-ogc-role": "id", "readOnly": true });
        properties.insert("id".to_owned(), id);
    }
    let geometry = json!({
        "title": "Geometry",
        "format": geometry_format(layer),
        "x-ogc-role": "primary-geometry",
    });
    properties.insert(info.geometry_property.clone(), geometry);
    for (name, kind) in Columns::of(layer).queryables() {
        if roles && name == "id" {
            continue;
        }
        let mut property = match kind {
            PropertyType::Text => json!({ "type": "string" }),
            PropertyType::Integer => json!({ "type": "integer" }),
            PropertyType::Number => json!({ "type": "number" }),
            PropertyType::Boolean => json!({ "type": "boolean" }),
            PropertyType::Date => json!({ "type": "string", "format": "date" }),
            PropertyType::Timestamp => json!({ "type": "string", "format": "date-time" }),
            PropertyType::Array => json!({ "type": "array", "items": {} }),
            PropertyType::Json => {
                json!({ "type": ["array", "boolean", "number", "object", "string"] })
            }
        };
        if roles {
            // Every row has the same columns, and `null` where it has no value.
            property["type"] = nullable(&property["type"]);
        }
        let is = |property: &Option<String>| property.as_deref() == Some(name);
        let role = match () {
            () if is(&info.start_property) => Some("primary-interval-start"),
            () if is(&info.end_property) => Some("primary-interval-end"),
            () => None,
        };
        if let Some(role) = role {
            property["description"] = json!("EDTF (ISO 8601-2), as the source writes it");
            if roles {
                property["x-ogc-role"] = json!(role);
            }
        }
        property["title"] = json!(name);
        properties.insert(name.to_owned(), property);
    }
    properties
}

/// A type, or several, with `null` beside them.
fn nullable(kind: &Value) -> Value {
    let kinds = kind.as_array().cloned().unwrap_or_else(|| vec![kind.clone()]);
    Value::Array(kinds.into_iter().chain([json!("null")]).collect())
}

fn geometry_format(layer: &Layer) -> &'static str {
    match layer.info.kind {
        LayerKind::Settlement => "geometry-point",
        LayerKind::Territory | LayerKind::Enclave => "geometry-polygon-or-multipolygon",
        LayerKind::Border => "geometry-linestring-or-multilinestring",
        _ => "geometry-any",
    }
}

/// `/functions`
pub(super) async fn functions(ask: Ask) -> Result<Response, Problem> {
    ask.finish(JSON)?;
    let kinds = |kind: &str| match kind {
        "geometry" | "point" => json!(["geometry"]),
        other => json!([other]),
    };
    let functions: Vec<Value> = FUNCTIONS
        .iter()
        .map(|function| {
            let arguments: Vec<Value> = function
                .arguments
                .iter()
                .map(|(title, kind)| json!({ "title": title, "type": kinds(kind) }))
                .collect();
            json!({
                "name": function.name,
                "description": function.description,
                "returns": kinds(function.returns),
                "arguments": arguments,
            })
        })
        .collect();
    Ok(json_answer(&json!({ "functions": functions })))
}
