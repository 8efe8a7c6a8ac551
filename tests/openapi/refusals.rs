//! Each path refuses with the statuses that are described, and with no other.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tempfile::TempDir;

use crate::common::{Answer, Server, folder, sent, valley};
use crate::filled;

/// Questions that are refused, or answered with nothing, by no fault of their form.
const MORE: [(&str, &str); 15] = [
    ("/collections/*/items", "/collections/enclaves/items?near=Atlantis"),
    ("/collections/*/items", "/collections/enclaves/items?cursor=0.2026-01-01.1"),
    ("/collections/*/items/{id}", "/collections/enclaves/items/barak?datetime=2025-01-01"),
    ("/near", "/near?place=Atlantis"),
    ("/timeline", "/timeline?feature=nothing"),
    ("/tiles/{tileMatrixSetId}", "/tiles/WebMercatorQuad?collections=nothing"),
    (
        "/tiles/{tileMatrixSetId}/tilejson.json",
        "/tiles/WebMercatorQuad/tilejson.json?collections=nothing",
    ),
    ("/collections/{collection}/tiles/{tileMatrixSetId}", "/collections/nothing/tiles/x"),
    (TILE, "/tiles/WebMercatorQuad/9/0/0"),
    (TILE, "/tiles/WebMercatorQuad/a/b/c"),
    (TILE, "/tiles/WebMercatorQuad/99/0/0"),
    (TILE_OF_COLLECTION, "/collections/enclaves/tiles/WebMercatorQuad/9/0/0"),
    ("/places", "/places?q=osh&crs=EPSG:28413"),
    ("/collections/{collection}/items/{id}/versions", "/collections/enclaves/items/x/versions"),
    ("/sources/{id}", "/sources/%FF"),
];

const TILE: &str = "/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}";
const TILE_OF_COLLECTION: &str =
    "/collections/{collection}/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}";

/// What is sent in pieces.
const LONG: [(&str, &str); 4] = [
    ("/collections/*/items", "/collections/settlements/items?f=csv"),
    ("/collections/*/items/{id}", "/collections/enclaves/items/sokh?f=csv"),
    ("/near", "/near?at=71,40.5&radius=500km&collections=territories"),
    ("/atlas.gpkg", "/atlas.gpkg"),
];

type Statuses = BTreeMap<String, BTreeSet<u16>>;

/// The path of the items of any collection.
fn of_any(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').collect();
    match parts[..] {
        ["", "collections", id, "items"] if !id.starts_with('{') => {
            "/collections/*/items".to_owned()
        }
        ["", "collections", id, "items", item] if !id.starts_with('{') => {
            format!("/collections/*/items/{item}")
        }
        _ => path.to_owned(),
    }
}

fn described(document: &Value) -> Statuses {
    let mut all = Statuses::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let responses = methods["get"]["responses"].as_object().unwrap();
        let statuses = responses.keys().map(|status| status.parse().unwrap());
        all.entry(of_any(path)).or_default().extend::<Vec<u16>>(statuses.collect());
    }
    all
}

/// Each segment that a path has as a parameter, replaced by what there is not.
fn misled(path: &str, target: &str) -> Vec<String> {
    let (path, target) = (path.split('/'), target.split('/').collect::<Vec<_>>());
    let places = path.enumerate().filter(|(_, part)| part.starts_with('{'));
    places
        .map(|(place, _)| {
            let mut parts = target.clone();
            parts[place] = "nothing";
            parts.join("/")
        })
        .collect()
}

#[test]
fn each_path_has_the_refusals_that_are_described_and_no_others() {
    let server = Server::of_valley();
    let rated = Server::start(&valley(), &["--rate", "1", "--burst", "1"]);
    let document = server.json("/api");
    let described = described(&document);
    let mut seen = Statuses::new();
    let mut saw = |path: &str, status: u16| {
        seen.entry(of_any(path)).or_default().insert(status);
    };
    let stray = "x".repeat(9000);
    for path in document["paths"].as_object().unwrap().keys() {
        let target = filled(&server, &document, path);
        let sign = if target.contains('?') { '&' } else { '?' };
        let plain = server.get(&target);
        let tag = plain.header("etag").unwrap_or("none").to_owned();
        saw(path, plain.status);
        saw(path, server.get(&format!("{target}{sign}frob=1")).status);
        saw(path, server.get(&format!("{target}{sign}frob={stray}")).status);
        for header in [
            ("Accept", "application/x-nothing"),
            ("Content-Length", "200000"),
            ("If-None-Match", &*tag),
        ] {
            saw(path, server.request("GET", &target, &[header]).status);
        }
        for misled in misled(path, &target) {
            saw(path, server.get(&misled).status);
        }
        for status in rated.statuses(4, &target, &[]) {
            saw(path, status);
        }
    }
    for (path, target) in MORE {
        saw(path, server.get(target).status);
    }
    for (path, target) in LONG {
        let head = format!("GET {target} HTTP/1.0\r\nHost: x\r\n\r\n");
        let text = String::from_utf8(sent(&server.address, &head)).unwrap();
        let answer = Answer::parse(text.replacen("HTTP/1.0", "HTTP/1.1", 1).as_bytes(), false);
        saw(path, answer.status);
    }
    for (path, described) in &described {
        let seen = &seen[path];
        assert!(seen.is_subset(described), "{path}: {seen:?} are answered, of {described:?}");
        // For want of room, of which here is enough.
        let rest: Vec<_> = described.difference(seen).filter(|status| **status != 503).collect();
        assert!(rest.is_empty(), "{path}: never answered: {rest:?}");
    }
}

#[test]
fn where_there_are_tokens_a_wrong_one_is_described() {
    let dir = TempDir::new().unwrap();
    folder::write(dir.path(), "tokens", &format!("{}  nobody\n", "0".repeat(64)));
    let file = dir.path().join("tokens");
    let server = Server::start(&valley(), &["--tokens", file.to_str().unwrap()]);
    let document = server.json("/api");
    assert_eq!(document["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    assert_eq!(document["security"][0], serde_json::json!({}), "it may be left out");
    for (path, statuses) in described(&document) {
        assert!(statuses.contains(&401), "{path}");
    }
    for path in document["paths"].as_object().unwrap().keys() {
        let target = filled(&server, &document, path);
        let answer = server.request("GET", &target, &[("Authorization", "Bearer wrong")]);
        assert_eq!(answer.status, 401, "{target}");
    }
    assert_eq!(server.get("/metrics").status, 401, "they are for who shows one");
    let open = Server::of_valley().json("/api");
    assert!(
        open["security"].is_null() && open["components"]["responses"]["Unauthorized"].is_null()
    );
    assert!(described(&open).values().all(|statuses| !statuses.contains(&401)));
}
