//! OGC API Features Part 2 (18-058r1): reference systems by URI. That coordinates
//! are where PROJ has them is held in `tests/crs.rs`.

use serde_json::Value;

use crate::common::{Server, features, ids};
use crate::{all_collections, parameter, path_of, path_of_item, status};

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const EPSG_4326: &str = "http://www.opengis.net/def/crs/EPSG/0/4326";
const UNKNOWN: &str = "http://www.opengis.net/def/crs/OGC/0/does_not_exist";

fn systems(collection: &Value) -> Vec<&str> {
    let systems = collection["crs"].as_array().expect("a list of systems");
    systems.iter().map(|system| system.as_str().expect("a URI")).collect()
}

/// `/req/crs/crs-uri`
#[test]
fn systems_are_named_by_uri() {
    for collection in all_collections(&Server::of_valley()) {
        for uri in systems(&collection) {
            let rest = uri.strip_prefix("http://www.opengis.net/def/crs/").expect("a URI");
            let parts: Vec<&str> = rest.split('/').collect();
            assert!(matches!(parts[..], [_, _, _]), "authority, version, code: {uri}");
            assert!(parts.iter().all(|part| !part.is_empty()), "{uri}");
        }
    }
}

/// `/req/crs/fc-md-crs-list`, `/req/crs/fc-md-crs-list-global`: each collection
/// lists its own, and none refers to a list elsewhere.
#[test]
fn collections_list_their_systems() {
    for collection in all_collections(&Server::of_valley()) {
        assert!(systems(&collection).contains(&CRS84));
        assert!(!systems(&collection).contains(&"#/crs"));
    }
}

/// `/req/crs/fc-md-storageCrs`, `/req/crs/fc-md-storageCrs-valid-value`
#[test]
fn the_storage_system_is_one_of_the_list() {
    for collection in all_collections(&Server::of_valley()) {
        let stored = collection["storageCrs"].as_str().unwrap();
        assert!(systems(&collection).contains(&stored));
    }
}

/// `/req/crs/fc-crs-definition`, `/req/crs/fc-bbox-crs-definition`
#[test]
fn the_parameters_are_defined() {
    let server = Server::of_valley();
    let document = server.json("/api");
    for collection in all_collections(&server) {
        let items = format!("{}/items", path_of(&collection));
        let item = format!("{items}/{{id}}");
        for (path, name) in [(&items, "crs"), (&items, "bbox-crs"), (&item, "crs")] {
            let parameter = parameter(&document, path, name).unwrap();
            assert_eq!(parameter["in"], "query");
            assert_ne!(parameter["required"], true);
            assert_eq!(
                (&parameter["style"], &parameter["explode"]),
                (&"form".into(), &false.into())
            );
            let schema = &parameter["schema"];
            assert_eq!((&schema["type"], &schema["format"]), (&"string".into(), &"uri".into()));
        }
    }
}

/// `/req/crs/fc-crs-valid-value`, `/req/crs/fc-bbox-crs-valid-value`
#[test]
fn a_system_that_is_not_listed_is_400() {
    let server = Server::of_valley();
    for collection in all_collections(&server) {
        let items = format!("{}/items", path_of(&collection));
        let first = features(&server.json(&items))[0].clone();
        let item = path_of_item(&collection, &first);
        for path in [
            format!("{items}?crs={UNKNOWN}"),
            format!("{item}?crs={UNKNOWN}"),
            format!("{items}?bbox=70,40,71,41&bbox-crs={UNKNOWN}"),
        ] {
            assert_eq!(status(&server, &path), 400, "{path}");
        }
    }
}

/// `/req/crs/fc-crs-default-value`, `/req/crs/fc-bbox-crs-default-value`
#[test]
fn without_a_system_it_is_crs84() {
    let server = Server::of_valley();
    for collection in all_collections(&server) {
        let items = format!("{}/items?limit=50", path_of(&collection));
        let unsaid = server.json(&items);
        let said = server.json(&format!("{items}&crs={CRS84}"));
        assert_eq!(unsaid["features"], said["features"]);
        let window = format!("{items}&bbox=71,40,71.5,40.5");
        let unsaid = server.json(&window);
        let said = server.json(&format!("{window}&bbox-crs={CRS84}"));
        assert_eq!(unsaid["features"], said["features"]);
    }
}

/// `/req/crs/fc-crs-action`, `/req/crs/ogc-crs-header`,
/// `/req/crs/ogc-crs-header-value`, `/req/crs/geojson`
#[test]
fn every_listed_system_is_given_and_named_in_the_header() {
    let server = Server::of_valley();
    for collection in all_collections(&server) {
        let items = format!("{}/items?limit=5", path_of(&collection));
        let plain = server.json(&items);
        let item = path_of_item(&collection, &features(&plain)[0]);
        for uri in systems(&collection) {
            for path in [format!("{items}&crs={uri}"), format!("{item}?crs={uri}")] {
                let answer = server.get(&path);
                assert_eq!(answer.status, 200, "{path}: {}", answer.text());
                assert_eq!(answer.header("content-crs"), Some(&*format!("<{uri}>")), "{path}");
                let body = answer.json();
                let named = &body["coordRefSys"];
                assert!(if uri == CRS84 { named.is_null() } else { named == uri }, "{path}");
            }
        }
        // Latitude first, as the authority has it.
        let swapped = server.json(&format!("{items}&crs={EPSG_4326}"));
        for (plain, swapped) in features(&plain).iter().zip(features(&swapped)) {
            if plain["geometry"]["type"] == "Point" {
                let (a, b) =
                    (&plain["geometry"]["coordinates"], &swapped["geometry"]["coordinates"]);
                assert_eq!((&a[0], &a[1]), (&b[1], &b[0]));
            }
        }
    }
}

/// `/req/crs/fc-bbox-crs-action`
#[test]
fn a_window_is_in_the_system_that_is_named() {
    let server = Server::of_valley();
    for collection in all_collections(&server) {
        let items = format!("{}/items?limit=10000", path_of(&collection));
        let plain = server.json(&format!("{items}&bbox=71,40,71.5,40.5"));
        let swapped = server.json(&format!("{items}&bbox=40,71,40.5,71.5&bbox-crs={EPSG_4326}"));
        assert_eq!(ids(features(&plain)), ids(features(&swapped)), "{items}");
    }
}
