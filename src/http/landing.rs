//! `/`, `/api` and `/conformance`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::app::App;
use super::ask::{Ask, JSON, answer, json_answer};
use super::assets;
use super::openapi::{self, OPENAPI};
use super::package;
use super::page::HTML;
use super::problem::Problem;
use super::tiles::sets::TILESETS;
use crate::atlas::Translation;

/// The classes that hold, no others (OGC 17-069r4, 18-058r1, 19-079r2, 21-065r2, 23-058, 20-057,
/// 17-083r4).
const CONFORMANCE: &[&str] = &[
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
    "http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
    "http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
    "http://www.opengis.net/spec/cql2/1.0/conf/accent-insensitive-comparison",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus",
    "http://www.opengis.net/spec/cql2/1.0/conf/spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/temporal-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/array-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/property-property",
    "http://www.opengis.net/spec/cql2/1.0/conf/functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/arithmetic",
    "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/schemas",
    "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/returnables-and-receivables",
    "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/dataset-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/collections-selection",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/datetime",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/tms/2.0/conf/tilematrixset",
    "http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixset",
];

/// `/`: the map for a browser, the landing page for others.
pub(super) async fn landing(ask: Ask) -> Result<Response, Problem> {
    if ask.is_page && assets::has_map() {
        ask.params.text("f");
        ask.params.finish()?;
        return assets::map();
    }
    described(&ask)
}

/// `/about`: the landing page, for a browser too.
pub(super) async fn about(ask: Ask) -> Result<Response, Problem> {
    described(&ask)
}

fn described(ask: &Ask) -> Result<Response, Problem> {
    ask.finish(JSON)?;
    let atlas = &ask.atlas;
    let about = &atlas.about;
    let window = about.window;
    let mut body = json!({
        "title": about.title,
        "description": about.description,
        "notice": about.notice,
        "window": [window.min().x, window.min().y, window.max().x, window.max().y],
        "defaultLanguage": about.default_language,
        "translations": translations(&about.translations),
        "contact": about.contact,
        "snapshot": atlas.version,
        "links": [
            ask.link("self", JSON, "This document", "/?f=json"),
            ask.link("alternate", "text/html", "The map", "/?f=html"),
            ask.link("alternate", HTML, "The landing page", "/about?f=html"),
            ask.link("service-desc", OPENAPI, "The interface", "/api?f=json"),
            ask.link("service-doc", HTML, "The interface", "/api?f=html"),
            ask.link("service-doc", MARKDOWN, "The interface in words", "/api?f=md"),
            ask.link("conformance", JSON, "Conformance classes", "/conformance"),
            ask.link("data", JSON, "Collections", "/collections"),
            ask.link("http://www.opengis.net/def/rel/ogc/1.0/functions", JSON, "Functions of filters", "/functions"),
            ask.link(TILESETS, JSON, "Vector tiles", "/tiles"),
            ask.link("http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes", JSON, "Tile matrix sets", "/tileMatrixSets"),
            ask.link("http://www.opengis.net/def/rel/ogc/1.0/styles", JSON, "Styles for tiles", "/styles"),
            ask.link("related", "application/geo+json", "What is reported near a place", "/near"),
            ask.link("related", JSON, "Claims and events in order of date", "/timeline"),
            ask.link("related", JSON, "Sources", "/sources"),
            package::link(ask),
        ],
    });
    if let Some(relief) = &atlas.relief {
        body["relief"] = json!({
            "tiles": ask.href("/relief/{z}/{x}/{y}.png"),
            "encoding": "terrarium",
            "minzoom": relief.min_zoom,
            "maxzoom": relief.max_zoom,
            "attribution": relief.attribution,
            "licence": relief.licence,
            "source": relief.source,
        });
    }
    Ok(json_answer(&body))
}

/// By language, each with what it has.
fn translations(all: &[Translation]) -> Value {
    let one = |translation: &Translation| {
        let layers: Map<String, Value> =
            translation.layers.iter().map(|(id, title)| (id.clone(), json!(title))).collect();
        let members = [
            ("title", json!(translation.title)),
            ("notice", json!(translation.notice)),
            ("layers", json!(layers)),
        ];
        let given = members.into_iter().filter(|(_, value)| !value.is_null());
        let given: Map<String, Value> =
            given.map(|(name, value)| (name.to_owned(), value)).collect();
        (translation.language.clone(), Value::Object(given))
    };
    Value::Object(all.iter().map(one).collect())
}

/// Media type of the interface in words.
const MARKDOWN: &str = "text/markdown";

/// `/api`: the interface, for programs; a page for people, and in words.
pub(super) async fn api(State(app): State<Arc<App>>, ask: Ask) -> Result<Response, Problem> {
    if ask.params.text("f") == Some("md") {
        ask.params.finish()?;
        let text = include_str!("../../docs/api.md");
        return Ok(([(header::CONTENT_TYPE, "text/markdown; charset=utf-8")], text).into_response());
    }
    ask.finish(OPENAPI)?;
    let (limit, has_tokens) = (ask.page_limit(), app.has_tokens());
    let base = ask.href("");
    let document = openapi::document(&ask.atlas, &base, limit, has_tokens, super::paths());
    Ok(answer(OPENAPI, document.to_string()))
}

/// `/conformance`
pub(super) async fn conformance(ask: Ask) -> Result<Response, Problem> {
    ask.finish(JSON)?;
    Ok(json_answer(&json!({
        "links": [ask.this(JSON, "Conformance classes"), ask.alternate(JSON)],
        "conformsTo": CONFORMANCE,
    })))
}
