//! OGC API Features Part 3 (19-079r2): queryables, queryables as parameters, and
//! filters. The classes of CQL2 are held in `tests/filter.rs`.

use std::collections::BTreeSet;

use demarc::query::Crs;
use geo::Coord;
use serde_json::{Map, Value, json};

use crate::common::{Server, encoded, features, folder, ids, link};
use crate::{all_collections, media_type, parameter, path_of, status};

/// All features of all times, without their geometry: what is asked is which.
const BARE: &str = "datetime=../..&limit=10000&skipGeometry=true";
const SCHEMA: &str = "application/schema+json";
const QUERYABLES: &str = "http://www.opengis.net/def/rel/ogc/1.0/queryables";

fn queryables(server: &Server, collection: &Value) -> Map<String, Value> {
    let schema = server.json(&format!("{}/queryables", path_of(collection)));
    schema["properties"].as_object().unwrap().clone()
}

/// `/req/queryables/queryables-link`, `/req/queryables/get-queryables-op`,
/// `/req/queryables/get-queryables-response`,
/// `/req/features-filter/queryables-link`, `/req/features-filter/get-queryables-op`
#[test]
fn every_collection_leads_to_its_queryables() {
    let server = Server::of_valley();
    for collection in all_collections(&server) {
        let path = format!("{}/queryables", path_of(&collection));
        let href = link(&collection["links"], QUERYABLES).unwrap();
        assert_eq!(href, format!("http://{}{path}", server.address));
        let answer = server.request("GET", &path, &[("Accept", SCHEMA)]);
        assert_eq!((answer.status, media_type(&answer)), (200, SCHEMA), "{path}");
        let schema = answer.json();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["$id"], href);
        assert_eq!(schema["type"], "object");
        assert!(!schema["properties"].as_object().unwrap().is_empty());
    }
}

/// `/req/queryables/expression-construction`
#[test]
fn what_is_no_queryable_is_400() {
    let server = Server::of_valley();
    for collection in all_collections(&server) {
        let items = format!("{}/items", path_of(&collection));
        for query in ["filter=this_is_not_a_queryable%20IS%20NULL", "this_is_not_a_queryable=1"] {
            assert_eq!(status(&server, &format!("{items}?{query}")), 400, "{items}?{query}");
        }
    }
}

/// `/req/queryables-query-parameters/parameters`
#[test]
fn every_simple_queryable_is_a_parameter_of_its_schema() {
    let small = folder::small();
    for server in [Server::of_valley(), Server::start(small.path(), &[])] {
        let document = server.json("/api");
        for collection in all_collections(&server) {
            let items = format!("{}/items", path_of(&collection));
            let all = server.json(&format!("{items}?{BARE}"));
            let simple = ["string", "number", "integer", "boolean"];
            for (name, queryable) in queryables(&server, &collection) {
                let Some(kind) = queryable["type"].as_str().filter(|kind| simple.contains(kind))
                else {
                    continue;
                };
                let parameter = parameter(&document, &items, &name);
                let parameter = parameter.unwrap_or_else(|| panic!("{items}: no {name}"));
                assert_eq!(parameter["schema"]["type"], kind, "{items}: {name}");
                let value = |feature: &Value| match &feature["properties"][&name] {
                    Value::String(text) => Some(text.clone()),
                    Value::Null => None,
                    other => Some(other.to_string()),
                };
                // Times are compared as days, and have tests of their own.
                let is_time = ["start", "end"].contains(&&*name) || queryable["format"].is_string();
                let Some(wanted) = features(&all).iter().find_map(value) else { continue };
                let path = format!("{items}?{BARE}&{name}={}", encoded(&wanted));
                let found = server.json(&path);
                assert!(!features(&found).is_empty(), "{path}");
                if !is_time {
                    let same = features(&all).iter().filter(|f| value(f).as_ref() == Some(&wanted));
                    assert_eq!(features(&found).len(), same.count(), "{path}");
                }
            }
        }
    }
}

/// `/req/filter/filter-param`, `/req/filter/response`,
/// `/req/features-filter/filter-param`, `/req/features-filter/response`
#[test]
fn a_filter_on_any_queryable_selects_what_matches() {
    let server = Server::of_valley();
    for collection in all_collections(&server) {
        let items = format!("{}/items?datetime=../..&limit=10000", path_of(&collection));
        let all = server.json(&items);
        for (name, _) in queryables(&server, &collection) {
            let filter = encoded(&format!("\"{name}\" IS NULL"));
            let found = server
                .json(&format!("{items}&skipGeometry=true&filter-lang=cql2-text&filter={filter}"));
            let is_null = |feature: &&Value| match &*name {
                "geometry" => feature["geometry"].is_null(),
                name => feature["properties"][name].is_null(),
            };
            let wanted = features(&all).iter().filter(is_null).count();
            assert_eq!(found["numberMatched"], wanted, "{items}: {name}");
            assert!(features(&found).iter().all(|feature| is_null(&feature)), "{items}: {name}");
        }
        for language in ["", "&filter-lang=cql2-text", "&filter-lang=cql2-json"] {
            let wrong = format!("{items}&filter=THIS%20IS%20NOT%20A%20FILTER{language}");
            assert_eq!(status(&server, &wrong), 400, "{wrong}");
        }
    }
}

/// `/req/filter/filter-lang-param`, `/req/features-filter/filter-lang-param`
#[test]
fn the_languages_are_listed_and_text_is_the_default() {
    let server = Server::of_valley();
    let document = server.json("/api");
    for collection in all_collections(&server) {
        let items = format!("{}/items", path_of(&collection));
        let schema = &parameter(&document, &items, "filter-lang").unwrap()["schema"];
        assert_eq!(schema["enum"], json!(["cql2-text", "cql2-json"]));
        assert_eq!(schema["default"], "cql2-text");
        let filter = "filter=geometry%20IS%20NULL";
        let (unsaid, said) = (
            server.json(&format!("{items}?{filter}")),
            server.json(&format!("{items}?{filter}&filter-lang=cql2-text")),
        );
        assert_eq!(unsaid["features"], said["features"]);
        assert_eq!(status(&server, &format!("{items}?{filter}&filter-lang=cql2-json")), 400);
        assert_eq!(status(&server, &format!("{items}?{filter}&filter-lang=sql")), 400);
    }
}

/// The corners of a collection's extent, a little wider, as the authority of a
/// system orders them.
fn corners(collection: &Value, crs: Crs) -> String {
    let edge = |place: usize| collection["extent"]["spatial"]["bbox"][0][place].as_f64().unwrap();
    let at = |x: f64, y: f64| {
        let at = crs.ordered(crs.project(Coord { x, y }).unwrap());
        format!("{},{}", at.x, at.y)
    };
    // The edges of a window in a projection are curves; half a degree more holds them.
    format!("{},{}", at(edge(0) - 0.5, edge(1) - 0.5), at(edge(2) + 0.5, edge(3) + 0.5))
}

/// The ids of what has a geometry.
fn located(all: &Value) -> BTreeSet<&str> {
    let located = features(all).iter().filter(|feature| !feature["geometry"].is_null());
    located.map(|feature| feature["id"].as_str().unwrap()).collect()
}

/// `/req/filter/filter-crs-wgs84`
#[test]
fn geometries_of_a_filter_are_longitude_and_latitude() {
    let server = Server::of_valley();
    for collection in all_collections(&server) {
        let items = format!("{}/items?datetime=../..&limit=10000", path_of(&collection));
        let all = server.json(&items);
        let window = corners(&collection, Crs::Crs84);
        let found = server.json(&format!(
            "{items}&skipGeometry=true&filter=S_INTERSECTS(geometry,BBOX({window}))"
        ));
        let found: BTreeSet<&str> = ids(features(&found)).into_iter().collect();
        assert_eq!(found, located(&all), "{items}");
        let far = "filter=S_INTERSECTS(geometry,BBOX(1000000,1000000,2000000,2000000))";
        assert_eq!(status(&server, &format!("{items}&{far}")), 400);
    }
}

/// `/req/filter/filter-crs-param`, `/req/features-filter/filter-crs-param`
#[test]
fn geometries_of_a_filter_are_in_the_system_that_is_named() {
    let server = Server::of_valley();
    let document = server.json("/api");
    for collection in all_collections(&server) {
        let items = format!("{}/items", path_of(&collection));
        let defined = parameter(&document, &items, "filter-crs").unwrap();
        assert_eq!((&defined["style"], &defined["explode"]), (&"form".into(), &false.into()));
        let items = format!("{items}?datetime=../..&limit=10000");
        let all = server.json(&items);
        for uri in collection["crs"].as_array().unwrap() {
            let uri = uri.as_str().unwrap();
            let window = corners(&collection, Crs::parse(uri).unwrap());
            let filter = format!("filter=S_INTERSECTS(geometry,BBOX({window}))");
            let found =
                server.json(&format!("{items}&skipGeometry=true&filter-crs={uri}&{filter}"));
            let found: BTreeSet<&str> = ids(features(&found)).into_iter().collect();
            assert_eq!(found, located(&all), "{items} {uri}");
        }
        let unknown = "http://www.opengis.net/def/crs/OGC/0/does_not_exist";
        let filter = "filter=S_INTERSECTS(geometry,BBOX(70,40,71,41))";
        assert_eq!(status(&server, &format!("{items}&filter-crs={unknown}&{filter}")), 400);
    }
}

/// `/req/filter/mixing-expressions`
#[test]
fn a_filter_and_other_parameters_must_all_hold() {
    let server = Server::of_valley();
    for collection in all_collections(&server) {
        let items = format!("{}/items?{BARE}", path_of(&collection));
        let filter =
            format!("filter=S_INTERSECTS(geometry,BBOX({}))", corners(&collection, Crs::Crs84));
        let some = "bbox=71,40,71.5,40.4";
        let narrowed = server.json(&format!("{items}&{filter}&{some}"));
        let alone = server.json(&format!("{items}&{some}"));
        assert_eq!(ids(features(&narrowed)), ids(features(&alone)), "{items}");
        let elsewhere = server.json(&format!("{items}&{filter}&bbox=-70,-40,-69,-39"));
        assert_eq!(elsewhere["numberMatched"], 0, "{items}");
    }
}

/// `/req/filter/get-functions-operation`, `/req/filter/get-functions-response-json`
#[test]
fn functions_are_listed() {
    let server = Server::of_valley();
    let href = "http://www.opengis.net/def/rel/ogc/1.0/functions";
    assert!(link(&server.json("/")["links"], href).unwrap().ends_with("/functions"));
    let answer = server.get("/functions");
    assert_eq!((answer.status, media_type(&answer)), (200, "application/json"));
    let body = answer.json();
    let functions = body["functions"].as_array().unwrap();
    assert!(!functions.is_empty());
    let kinds = ["string", "number", "integer", "datetime", "geometry", "boolean"];
    let known = |list: &Value| {
        let list = list.as_array().unwrap();
        !list.is_empty() && list.iter().all(|kind| kinds.contains(&kind.as_str().unwrap()))
    };
    for function in functions {
        assert!(function["name"].is_string());
        assert!(known(&function["returns"]), "{function}");
        for argument in function["arguments"].as_array().unwrap() {
            assert!(known(&argument["type"]), "{function}");
        }
    }
}
