//! Schemas of the bodies. Members beside those that are named may be there.

use serde_json::{Value, json};

fn text() -> Value {
    json!({ "type": "string" })
}

fn nullable(kind: &str) -> Value {
    json!({ "type": kind, "nullable": true })
}

fn schema(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn list(items: Value) -> Value {
    let mut list = json!({ "type": "array" });
    list["items"] = items;
    list
}

fn object(required: &[&str], properties: Value) -> Value {
    let mut object = json!({ "type": "object", "required": required });
    object["properties"] = properties;
    object
}

/// A list of the ledger under its name.
fn listed(name: &str, record: &str) -> Value {
    object(
        &["notice", "numberReturned", name],
        json!({ "notice": text(), "numberReturned": { "type": "integer" }, name: list(schema(record)) }),
    )
}

/// Every schema by its name.
pub fn all() -> Value {
    let mut all = answers();
    for (name, schema) in records().as_object().into_iter().chain(of_tiles().as_object()).flatten()
    {
        all[name] = schema.clone();
    }
    all
}

fn of_tiles() -> Value {
    let set = json!({
        "title": text(), "description": text(), "dataType": { "type": "string", "enum": ["vector"] },
        "crs": text(), "tileMatrixSetURI": text(), "boundingBox": { "type": "object" },
        "layers": list(json!({ "type": "object", "required": ["id", "dataType"] })),
        "links": list(schema("link")),
    });
    json!({
        "tilesets": object(&["tilesets", "links"], json!({
            "tilesets": list(schema("tileset")), "links": list(schema("link")),
        })),
        "tileset": object(&["dataType", "crs", "tileMatrixSetURI", "links"], set),
        "tilejson": object(&["tilejson", "tiles", "vector_layers"], json!({
            "tilejson": { "type": "string", "enum": ["3.0.0"] }, "name": text(),
            "description": text(), "attribution": text(), "tiles": list(text()),
            "minzoom": { "type": "integer" }, "maxzoom": { "type": "integer" },
            "bounds": list(json!({ "type": "number" })),
            "vector_layers": list(json!({ "type": "object", "required": ["id", "fields"] })),
        })),
        "tileMatrixSets": object(&["tileMatrixSets"], json!({
            "tileMatrixSets": list(json!({ "type": "object", "required": ["id", "links"] })),
            "links": list(schema("link")),
        })),
        "tileMatrixSet": object(&["id", "crs", "tileMatrices"], json!({
            "id": text(), "title": text(), "uri": text(), "crs": text(),
            "tileMatrices": list(json!({ "type": "object", "required": ["id", "cellSize"] })),
            "links": list(schema("link")),
        })),
        "styles": object(&["styles"], json!({
            "default": text(), "links": list(schema("link")),
            "styles": list(json!({ "type": "object", "required": ["id", "links"] })),
        })),
        "style": object(&["version", "sources", "layers"], json!({
            "version": { "type": "integer", "enum": [8] }, "name": text(),
            "sources": { "type": "object" }, "layers": list(json!({ "type": "object" })),
        })),
    })
}

fn answers() -> Value {
    let collection = json!({
        "id": text(), "title": text(), "description": text(), "kind": text(), "itemType": text(),
        "extent": { "type": "object" }, "crs": list(text()), "storageCrs": text(),
        "licence": nullable("string"), "attribution": nullable("string"), "source": nullable("string"),
        "defaultDatetime": { "type": "string", "enum": ["today", "all"] },
        "count": { "type": "integer", "minimum": 0 }, "links": list(schema("link")),
    });
    json!({
        "landing": object(&["title", "description", "notice", "links"], json!({
            "title": text(), "description": text(), "notice": text(),
            "window": { "type": "array", "minItems": 4, "maxItems": 4, "items": { "type": "number" } },
            "defaultLanguage": nullable("string"),
            "translations": { "type": "object", "additionalProperties": object(&["layers"], json!({
                "title": text(), "notice": text(),
                "layers": { "type": "object", "additionalProperties": text() },
            })) },
            "contact": nullable("string"),
            "snapshot": text(), "links": list(schema("link")), "relief": { "type": "object" },
        })),
        "conformance": object(&["conformsTo"], json!({ "conformsTo": list(text()) })),
        "collections": object(&["links", "collections"], json!({
            "links": list(schema("link")), "notice": text(), "collections": list(schema("collection")),
        })),
        "collection": object(&["id", "links", "extent", "crs", "itemType"], collection),
        "featureCollection": object(&["type", "features", "numberReturned", "notice"], json!({
            "type": { "type": "string", "enum": ["FeatureCollection"] }, "title": text(),
            "licence": text(), "attribution": text(), "source": text(), "notice": text(),
            "numberMatched": { "type": "integer", "minimum": 0 },
            "numberReturned": { "type": "integer", "minimum": 0 },
            "timeStamp": { "type": "string", "format": "date-time" },
            "links": list(schema("link")), "features": list(schema("feature")),
        })),
        "places": object(&["type", "features", "numberReturned"], json!({
            "type": { "type": "string", "enum": ["FeatureCollection"] },
            "numberReturned": { "type": "integer", "minimum": 0 },
            "links": list(schema("link")), "features": list(schema("feature")),
        })),
        "near": object(&["type", "place", "radius_m", "datetime", "message", "notice", "features"], json!({
            "type": { "type": "string", "enum": ["FeatureCollection"] },
            "place": object(&["name", "coordinates"], json!({
                "id": text(), "name": text(), "names": list(text()), "country": nullable("string"),
                "coordinates": list(json!({ "type": "number" })), "notes": nullable("string"),
                "namesakes": list(json!({ "type": "object" })),
            })),
            "within_window": { "type": "string", "enum": ["whole", "part", "none"] },
            "radius_m": { "type": "number" }, "datetime": { "type": "string", "format": "date" },
            "known_at": { "type": "string", "format": "date", "nullable": true },
            "message": text(), "notice": text(), "attribution": list(text()),
            "numberReturned": { "type": "integer", "minimum": 0 },
            "covering": list(schema("feature")), "unlocated": list(schema("feature")),
            "features": list(schema("feature")),
        })),
        "timeline": object(&["notice", "numberReturned", "entries"], json!({
            "notice": text(), "known_at": { "type": "string", "format": "date", "nullable": true },
            "numberReturned": { "type": "integer", "minimum": 0 }, "message": text(),
            "entries": list(schema("timelineEntry")), "unlocated": list(schema("timelineEntry")),
        })),
        "versions": object(&["id", "collection", "notice", "links", "versions"], json!({
            "id": text(), "collection": text(), "notice": text(),
            "numberReturned": { "type": "integer", "minimum": 0 }, "links": list(schema("link")),
            "versions": list(object(&["href"], json!({
                "start": nullable("string"), "end": nullable("string"),
                "firstDay": { "type": "string", "format": "date", "nullable": true },
                "lastDay": { "type": "string", "format": "date", "nullable": true },
                "as_mapped": nullable("string"), "event": nullable("string"), "href": text(),
            }))),
        })),
        "sources": listed("sources", "source"),
        "actors": listed("actors", "actor"),
        "indicators": listed("indicators", "indicator"),
        "contradictions": listed("contradictions", "contradiction"),
        "functions": object(&["functions"], json!({ "functions": list(json!({ "type": "object" })) })),
        "jsonSchema": object(&["$schema", "$id", "type", "properties"], json!({
            "$schema": text(), "$id": text(), "title": text(), "type": text(),
            "properties": { "type": "object" }, "additionalProperties": { "type": "boolean" },
        })),
        "health": object(&["status"], json!({
            "status": text(), "version": text(), "snapshot": text(), "since": text(), "collections": { "type": "object" },
            "sources": { "type": "integer" }, "places": { "type": "integer" }, "reload": { "type": "object" },
        })),
        "problem": object(&["type", "title", "status", "detail"], json!({
            "type": text(), "title": text(), "status": { "type": "integer" }, "detail": text(),
            "parameter": text(), "links": list(schema("link")),
        })),
    })
}

fn records() -> Value {
    let entry = json!({
        "type": { "type": "string", "enum": ["claim", "event"] }, "id": text(), "date": text(),
        "start": { "type": "string", "format": "date" }, "end": { "type": "string", "format": "date" },
        "reported": text(), "known_from": text(), "title": text(), "summary": text(), "quote": text(),
        "asserts": text(), "status_class": text(), "areas": list(text()),
        "inherited": { "type": "boolean" }, "hazard": list(text()), "evidence": text(),
        "title_only": { "type": "boolean" }, "kind": text(), "parties": list(text()), "state": text(),
        "covers": list(text()), "figures": list(json!({ "type": "object" })),
        "claimant": schema("named"), "reporter": schema("named"), "laid_by": schema("named"),
        "cleared_by": schema("named"), "verified_by": schema("named"),
        "sources": list(schema("source")), "contradicted_by": list(schema("contradiction")),
        "notes": text(), "origin": text(),
    });
    let geometry = json!({
        "type": "object",
        "nullable": true,
        "required": ["type"],
        "properties": {
            "type": { "type": "string", "enum": [
                "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
                "GeometryCollection",
            ] },
            "coordinates": { "type": "array", "items": {} },
            "geometries": { "type": "array", "items": { "type": "object" } },
        },
    });
    json!({
        "link": object(&["href", "rel"], json!({
            "href": text(), "rel": text(), "type": text(), "title": text(),
        })),
        "geometry": geometry,
        "feature": object(&["type", "id", "geometry", "properties"], json!({
            "type": { "type": "string", "enum": ["Feature"] }, "id": text(),
            "geometry": schema("geometry"),
            "properties": { "type": "object", "nullable": true },
            "links": list(schema("link")), "notice": text(), "licence": text(), "attribution": text(),
        })),
        "timelineEntry": object(&["type", "id", "sources"], entry),
        "named": object(&["id", "name"], json!({ "id": text(), "name": text() })),
        "source": object(&["id", "title", "publisher"], json!({
            "id": text(), "title": text(), "publisher": text(), "author": nullable("string"),
            "published": nullable("string"), "url": nullable("string"), "accessed": nullable("string"),
            "language": nullable("string"), "pages": nullable("string"),
            "footnote": nullable("integer"), "licence": nullable("string"),
            "attribution": nullable("string"), "notes": nullable("string"), "origin": nullable("string"),
        })),
        "actor": object(&["id", "name", "kind"], json!({
            "id": text(), "name": text(), "kind": text(), "country": text(), "role": text(),
            "aliases": list(text()), "notes": text(), "origin": text(),
        })),
        "indicator": object(&["id", "kind", "label"], json!({
            "id": text(), "kind": text(), "label": text(), "value": text(), "year": text(),
            "unit": text(), "country": text(), "section": text(), "sources": list(text()),
            "notes": text(), "origin": text(),
        })),
        "contradiction": object(&["id", "kind", "statement"], json!({
            "id": text(), "kind": text(), "statement": text(), "claims": list(text()),
            "events": list(text()), "indicators": list(text()), "actors": list(text()),
            "sources": list(text()), "notes": nullable("string"), "origin": nullable("string"),
        })),
    })
}
