//! The interface as an OpenAPI 3.0.3 document, made from the atlas that is served
//! and the routes that there are: which collections, which queryables, which
//! reference systems. Version 3.0, since GIS software reads no later one.

mod parameters;
mod schemas;
mod tiles;

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::ask::{GEOJSON, JSON};
use super::metrics::PROMETHEUS;
use super::package;
use super::page::HTML;
use super::schema::JSON_SCHEMA;
use crate::atlas::{Atlas, Layer};
use crate::format::Format;
use parameters::shared;

/// Media type of the document.
pub const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";

/// The document, with addresses that start with `base`. A page has at most
/// `page_limit` features; `has_tokens` says whether there are tokens that open more.
/// `routes` are the paths that the router has.
pub fn document<'a>(
    atlas: &Atlas,
    base: &str,
    page_limit: usize,
    has_tokens: bool,
    routes: impl Iterator<Item = &'a str>,
) -> Value {
    let about = &atlas.about;
    let mut paths = Map::new();
    for route in routes {
        for (path, operation) in operations(atlas, route) {
            let operation = if has_tokens { operation.refused(&[401]) } else { operation };
            paths.insert(path, json!({ "get": operation.json() }));
        }
    }
    let mut info = json!({
        "title": about.title,
        "description": format!("{} {CLOCKS} {}", about.description.trim(), about.notice),
        "version": env!("CARGO_PKG_VERSION"),
        "license": { "name": "MIT", "url": "https://spdx.org/licenses/MIT.html" },
    });
    if let Some(contact) = &about.contact {
        info["contact"] = json!({ "name": contact });
    }
    let mut document = json!({
        "openapi": "3.0.3",
        "info": info,
        "servers": [{ "url": if base.is_empty() { "/" } else { base } }],
        "tags": TAGS.map(|(name, description)| json!({ "name": name, "description": description })),
        "paths": paths,
        "components": {
            "schemas": schemas::all(),
            "parameters": shared(atlas, page_limit),
            "responses": refusals(has_tokens),
        },
    });
    if has_tokens {
        document["components"]["securitySchemes"] = json!({
            "token": { "type": "http", "scheme": "bearer", "description": "Opens what is restricted." },
        });
        // Without one as everyone is answered.
        document["security"] = json!([{}, { "token": [] }]);
    }
    document
}

const CLOCKS: &str = "Two clocks: `datetime` asks what was so on a day, `known-at` what was known \
    on a day. What is reported is a claim by someone, on a date, in a source.";

const TAGS: [(&str, &str); 4] = [
    ("Capabilities", "What there is"),
    ("Data", "Features, as OGC API Features has them"),
    ("Reports", "What is reported of ground, by whom, when and in which source"),
    ("Service", "Whether it runs"),
];

/// The object that a `$ref` leads to within a document; the value itself when it
/// is none.
#[must_use]
pub fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value["$ref"].as_str().and_then(|target| target.strip_prefix('#'));
    target.and_then(|pointer| document.pointer(pointer)).unwrap_or(value)
}

fn parameter(name: &str) -> Value {
    json!({ "$ref": format!("#/components/parameters/{name}") })
}

fn schema(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// The body of a file.
fn binary() -> Value {
    json!({ "type": "string", "format": "binary" })
}

/// An operation in the making.
struct Operation {
    id: String,
    tag: &'static str,
    summary: String,
    description: &'static str,
    parameters: Vec<Value>,
    /// Media types with the schemas of their bodies.
    content: Vec<(&'static str, Value)>,
    refusals: Vec<u16>,
    /// Whether there may be nothing to answer with.
    may_be_empty: bool,
    /// Whether the answer has a tag, and is not sent to who has it.
    is_tagged: bool,
}

impl Operation {
    /// An answer in JSON with a page.
    fn new(tag: &'static str, id: &str, summary: &str, media: &'static str, body: Value) -> Self {
        Self {
            id: id.to_owned(),
            tag,
            summary: summary.to_owned(),
            description: "",
            parameters: Vec::new(),
            content: vec![(media, body), (HTML, json!({ "type": "string" }))],
            refusals: vec![400, 406, 413, 414, 429, 503],
            may_be_empty: false,
            is_tagged: true,
        }
    }

    fn text(self, description: &'static str) -> Self {
        Self { description, ..self }
    }

    /// As the files of features too.
    fn in_every_format(mut self) -> Self {
        for format in Format::all().filter(|format| format.media_type() != GEOJSON) {
            self.content.push((format.media_type(), binary()));
        }
        self
    }

    fn takes(mut self, parameters: impl IntoIterator<Item = Value>) -> Self {
        self.parameters.extend(parameters);
        self
    }

    fn with(self, names: &[&str]) -> Self {
        self.takes(names.iter().map(|name| parameter(name)))
    }

    fn refused(mut self, statuses: &[u16]) -> Self {
        self.refusals.extend(statuses);
        self
    }

    fn json(self) -> Value {
        let content: Map<String, Value> = self
            .content
            .into_iter()
            .map(|(kind, body)| (kind.to_owned(), json!({ "schema": body })))
            .collect();
        let mut responses = json!({
            "200": { "description": "The answer.", "content": content },
        });
        if self.is_tagged {
            responses["304"] = json!({ "$ref": "#/components/responses/NotModified" });
        }
        if self.may_be_empty {
            responses["204"] = json!({ "description": "Nothing lies there." });
        }
        let mut statuses = self.refusals;
        statuses.sort_unstable();
        for status in statuses {
            responses[status.to_string()] =
                json!({ "$ref": format!("#/components/responses/{}", refusal_name(status)) });
        }
        let mut operation = json!({
            "operationId": self.id,
            "tags": [self.tag],
            "summary": self.summary,
            "parameters": self.parameters,
            "responses": responses,
        });
        if !self.description.is_empty() {
            operation["description"] = json!(self.description);
        }
        operation
    }
}

const REFUSALS: [(u16, &str, &str); 10] = [
    (
        400,
        "BadRequest",
        "A parameter is unknown or its value will not do; `detail` says what would.",
    ),
    (
        401,
        "Unauthorized",
        "The token in `Authorization` is not known; or this is for who shows one.",
    ),
    (404, "NotFound", "There is no such thing."),
    (406, "NotAcceptable", "It is not offered in a type that `Accept` takes."),
    (
        410,
        "Gone",
        "It does not hold at the time asked for, and `links` lead to the versions that do; or `cursor` is of a snapshot that is no longer served, and a link leads to the first page.",
    ),
    (413, "TooLarge", "There is a body, which nothing here takes."),
    (414, "TooLong", "The address is longer than the server reads."),
    (
        426,
        "UpgradeRequired",
        "It is sent in pieces, and HTTP/1.0 does not tell a part of them from the whole.",
    ),
    (
        429,
        "TooMany",
        "This client asks too often, has too many downloads under way, or leaves too much unread; `Retry-After` says when to ask again.",
    ),
    (
        503,
        "Busy",
        "Too much is under way at once, or this answer takes too long and was broken off.",
    ),
];

fn refusal_name(status: u16) -> &'static str {
    REFUSALS.iter().find(|(code, ..)| *code == status).map_or("BadRequest", |(_, name, _)| name)
}

fn refusals(has_tokens: bool) -> Value {
    let mut all = json!({
        "NotModified": { "description": "What the client has already is still the answer." },
    });
    for (_, name, description) in REFUSALS.iter().filter(|(code, ..)| has_tokens || *code != 401) {
        all[name] = json!({
            "description": description,
            "content": {
                "application/problem+json": { "schema": schema("problem") },
                HTML: { "schema": { "type": "string" } },
            },
        });
    }
    all
}

/// The operations of a route: one, or one a collection where they differ. None
/// for a route that is not described, which a test finds.
fn operations(atlas: &Atlas, route: &str) -> Vec<(String, Operation)> {
    let of_layers = |operation: &dyn Fn(&Layer) -> Operation| {
        let one = |layer: &Arc<Layer>| {
            let id = super::params::encoded(&layer.info.id);
            (route.replace("{collection}", &id), operation(layer))
        };
        atlas.layers.iter().map(one).collect()
    };
    match route {
        "/collections/{collection}/items" => of_layers(&items),
        "/collections/{collection}/items/{id}" => of_layers(&item),
        _ => match single(route) {
            Some(operation) => vec![(route.to_owned(), operation)],
            None => Vec::new(),
        },
    }
}

/// A name for an operation: the id of a collection may hold any signs.
fn operation_id(verb: &str, layer: &Layer) -> String {
    let plain = |sign: char| if sign.is_ascii_alphanumeric() { sign } else { '_' };
    format!("{verb}_{}", layer.info.id.chars().map(plain).collect::<String>())
}

fn items(layer: &Layer) -> Operation {
    let operation = Operation::new(
        "Data",
        &operation_id("items", layer),
        &format!("The features of {}", layer.info.title),
        GEOJSON,
        schema("featureCollection"),
    );
    operation
        .in_every_format()
        .text(if layer.info.kind.is_as_of_today() {
            "Without `datetime` as of today (UTC). A page has at most 500 features."
        } else {
            "Without `datetime` for all times. A page has at most 500 features."
        })
        .takes(parameters::of_items(layer))
        .refused(&[404, 410, 426])
}

fn item(layer: &Layer) -> Operation {
    let title = format!("One feature of {}", layer.info.title);
    let id = operation_id("item", layer);
    Operation::new("Data", &id, &title, GEOJSON, schema("feature"))
        .in_every_format()
        .text("The version that holds at `datetime`, the last one of an interval.")
        .takes(parameters::of_item(layer))
        .refused(&[404, 410, 426])
}

fn single(route: &str) -> Option<Operation> {
    let data = |id: &str, summary: &str, media: &'static str, body: &str| {
        Operation::new("Data", id, summary, media, schema(body)).with(&["f"])
    };
    let capability = |id: &str, summary: &str, body: &str| {
        Operation::new("Capabilities", id, summary, JSON, schema(body)).with(&["f"])
    };
    let report = |id: &str, summary: &str, media: &'static str, body: &str| {
        Operation::new("Reports", id, summary, media, schema(body)).with(&["f"])
    };
    Some(match route {
        "/" => capability("landing", "The landing page; the map for a browser", "landing"),
        "/about" => capability("about", "The landing page, for a browser too", "landing"),
        "/api" => {
            let mut operation = Operation::new(
                "Capabilities",
                "api",
                "This document",
                OPENAPI,
                json!({ "type": "object", "required": ["openapi", "info", "paths"] }),
            );
            operation.content.push(("text/markdown", json!({ "type": "string" })));
            operation.with(&["f-api"])
        }
        "/conformance" => {
            capability("conformance", "The conformance classes that hold", "conformance")
        }
        "/collections" => capability("collections", "The collections", "collections"),
        "/collections/{collection}" => capability("collection", "A collection", "collection")
            .with(&["collection"])
            .refused(&[404]),
        "/collections/{collection}/queryables" => {
            data("queryables", "What filters can ask of a collection", JSON_SCHEMA, "jsonSchema")
                .with(&["collection"])
                .refused(&[404])
        }
        "/collections/{collection}/schema" => {
            data("schema", "What features of a collection carry", JSON_SCHEMA, "jsonSchema")
                .with(&["collection", "of"])
                .refused(&[404])
        }
        "/collections/{collection}/items/{id}/versions" => {
            data("versions", "The versions of a thing, earliest first", JSON, "versions")
                .with(&["collection", "id", "known-at"])
                .refused(&[404])
        }
        "/collections/{collection}/items/{id}/timeline" => {
            report("timelineOfItem", "The claims and events of a feature", JSON, "timeline")
                .with(&["collection", "id", "bbox", "from", "to", "kind", "known-at"])
                .refused(&[404])
        }
        "/functions" => capability("functions", "The functions of filters", "functions"),
        "/near" => report("near", "What is reported near a place", GEOJSON, "near")
            .text("Give `place` or `at`, one of the two.")
            .with(&["place", "at", "radius", "collections", "datetime", "known-at"])
            .with(&["skipGeometry", "crs"])
            .refused(&[404, 426]),
        "/places" => {
            data("places", "The gazetteer", GEOJSON, "places").with(&["q", "limit-places", "crs"])
        }
        "/timeline" => report("timeline", "Claims and events in order of date", JSON, "timeline")
            .with(&["feature", "near", "radius", "bbox", "from", "to", "kind", "known-at"])
            .refused(&[404]),
        "/sources" => report("sources", "The documents that are cited", JSON, "sources"),
        "/sources/{id}" => report("source", "A document that is cited", JSON, "source")
            .with(&["source"])
            .refused(&[404]),
        "/actors" => report("actors", "Who claims, reports, clears and signs", JSON, "actors"),
        "/indicators" => report("indicators", "Numbers and stated unknowns", JSON, "indicators"),
        "/contradictions" => {
            report("contradictions", "Where sources do not agree", JSON, "contradictions")
        }
        package::PATH => {
            let summary = "The whole atlas with its ledger, as one GeoPackage";
            let mut operation = Operation::new("Data", "atlas", summary, JSON, json!({}));
            operation.content = vec![(Format::GeoPackage.media_type(), binary())];
            operation
                .text("Without `datetime` each collection as its items are without it.")
                .with(&["datetime", "known-at", "bbox", "bbox-crs", "crs"])
                .refused(&[426])
        }
        "/relief/{zoom}/{column}/{row}" => {
            let mut operation =
                Operation::new("Data", "relief", "An elevation tile", "image/png", json!({}));
            operation.content = vec![("image/png", binary())];
            operation
                .refused(&[404])
                .text("Terrarium encoding: metres are red × 256 + green + blue / 256 − 32768.")
                .with(&["zoom", "column", "row"])
        }
        _ => return service(route).or_else(|| tiles::operation(route)),
    })
}

/// How the service goes.
fn service(route: &str) -> Option<Operation> {
    let operation = |id: &str, summary: &str, media: &'static str, body: Value| Operation {
        is_tagged: false,
        ..Operation::new("Service", id, summary, media, body)
    };
    let mut operation = match route {
        "/metrics" => {
            let text = json!({ "type": "string" });
            let mut metrics = operation("metrics", "What was counted", PROMETHEUS, text);
            metrics.content.truncate(1);
            metrics
        }
        "/health/live" => operation("live", "Whether it runs", JSON, schema("health")).with(&["f"]),
        "/health/ready" => {
            operation("ready", "Whether it runs", JSON, schema("health")).with(&["f"])
        }
        _ => return None,
    };
    // It waits for no room.
    operation.refusals.retain(|status| *status != 503);
    Some(operation)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::paths;
    use crate::load::{Folder, load};

    /// The routes and the document are of each other: the one is a list in
    /// `http`, the other is asked for each entry of it.
    #[test]
    fn every_route_is_described() {
        let valley = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata");
        let atlas = load(&Folder::Dir(valley)).unwrap_or_else(|faults| panic!("{faults:?}"));
        let document = document(&atlas, "http://example.org", 10_000, false, paths());
        let described = document["paths"].as_object().map_or(0, Map::len);
        let mut wanted = 0;
        for route in paths() {
            let operations = operations(&atlas, route);
            assert!(!operations.is_empty(), "{route} is not described");
            wanted += operations.len();
        }
        assert_eq!(described, wanted);
    }
}
