//! The abstract test suites of OGC API Features, Parts 1, 2, 3 and 5, requirement
//! by requirement: a test carries the ids of what it checks. `docs/conformance.md`
//! says which test shows which requirement, and is held to it here.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod common;

#[path = "conformance_ats/collections.rs"]
mod collections;
#[path = "conformance_ats/core.rs"]
mod core;
#[path = "conformance_ats/crs.rs"]
mod crs;
#[path = "conformance_ats/documents.rs"]
mod documents;
#[path = "conformance_ats/encodings.rs"]
mod encodings;
#[path = "conformance_ats/filter.rs"]
mod filter;
#[path = "conformance_ats/items.rs"]
mod items;
#[path = "conformance_ats/schemas.rs"]
mod schemas;

use common::{Answer, Server, encoded};
use serde_json::Value;

const JSON: &str = "application/json";
const GEOJSON: &str = "application/geo+json";

/// The collections of a server, as `/collections` describes them.
fn all_collections(server: &Server) -> Vec<Value> {
    server.json("/collections")["collections"].as_array().expect("an array").clone()
}

/// The path of a collection; its id may stand in one as it is.
fn path_of(collection: &Value) -> String {
    format!("/collections/{}", collection["id"].as_str().expect("an id"))
}

/// The path of a feature.
fn path_of_item(collection: &Value, feature: &Value) -> String {
    let id = feature["id"].as_str().expect("an id");
    format!("{}/items/{}", path_of(collection), encoded(id))
}

/// The media type of an answer, without its parameters.
fn media_type(answer: &Answer) -> &str {
    essence(answer.header("content-type").expect("a media type"))
}

fn essence(kind: &str) -> &str {
    kind.split(';').next().unwrap_or_default().trim()
}

/// The types of the links with a relation.
fn types<'a>(links: &'a Value, rel: &str) -> Vec<&'a str> {
    let links = links.as_array().expect("links");
    let with = links.iter().filter(|link| link["rel"] == rel);
    with.map(|link| link["type"].as_str().unwrap_or_default()).collect()
}

/// Every link has an address, a relation and a type.
fn assert_typed(links: &Value, site: &str) {
    let links = links.as_array().unwrap_or_else(|| panic!("{site} has no links"));
    assert!(!links.is_empty(), "{site}");
    for link in links {
        for member in ["href", "rel", "type"] {
            assert!(link[member].is_string(), "{site}: {link} has no {member}");
        }
    }
}

/// The parameter of an operation in the document at `/api`, references resolved.
fn parameter(document: &Value, path: &str, name: &str) -> Option<Value> {
    let parameters = document["paths"][path]["get"]["parameters"].as_array()?;
    let resolved = parameters.iter().map(|parameter| match parameter["$ref"].as_str() {
        Some(target) => document.pointer(target.trim_start_matches('#')).expect("it resolves"),
        None => parameter,
    });
    resolved.into_iter().find(|parameter| parameter["name"] == name).cloned()
}

/// The status that a path answers with.
fn status(server: &Server, path: &str) -> u16 {
    server.get(path).status
}
