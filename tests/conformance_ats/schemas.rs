//! OGC API Features Part 5 (23-058): schemas, of what is returned and of what can
//! be asked.

use serde_json::Value;

use crate::common::{Server, features, folder, link};
use crate::{all_collections, media_type, path_of, path_of_item, status};

const SCHEMA: &str = "application/schema+json";

/// The schemas of a server's collections, with their addresses.
fn schemas(server: &Server, which: &str) -> Vec<(String, Value)> {
    all_collections(server)
        .iter()
        .map(|collection| {
            let path = format!("{}/{which}", path_of(collection));
            let schema = server.json(&path);
            (path, schema)
        })
        .collect()
}

fn all_schemas(server: &Server) -> Vec<(String, Value)> {
    [schemas(server, "schema"), schemas(server, "queryables")].concat()
}

/// `/req/schemas/json-schema`
#[test]
fn a_schema_is_json_schema_and_leads_to_itself() {
    let small = folder::small();
    for server in [Server::of_valley(), Server::start(small.path(), &[])] {
        for (path, schema) in all_schemas(&server) {
            assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
            assert_eq!(schema["type"], "object");
            let id = schema["$id"].as_str().unwrap();
            assert_eq!(id, format!("http://{}{path}", server.address), "and no query");
            let again = server.request("GET", &path, &[("Accept", SCHEMA)]);
            assert_eq!((again.status, media_type(&again)), (200, SCHEMA), "{path}");
            assert_eq!(again.json(), schema);
            let sound = jsonschema::meta::validate(&schema);
            assert!(sound.is_ok(), "{path}: {}", sound.unwrap_err());
        }
    }
}

/// `/req/schemas/properties`
#[test]
fn each_property_has_a_type_or_is_a_geometry() {
    let kinds = ["point", "multipoint", "linestring", "multilinestring", "polygon", "multipolygon"];
    let either = ["point-or-multipoint", "linestring-or-multilinestring", "any"];
    let more = ["polygon-or-multipolygon", "geometrycollection"];
    let geometries: Vec<String> =
        kinds.iter().chain(&either).chain(&more).map(|kind| format!("geometry-{kind}")).collect();
    for (path, schema) in all_schemas(&Server::of_valley()) {
        for (name, property) in schema["properties"].as_object().unwrap() {
            let site = format!("{path} {name}");
            assert!(property["$ref"].is_null(), "{site}");
            match property["format"].as_str().filter(|format| format.starts_with("geometry")) {
                Some(format) => {
                    assert!(geometries.iter().any(|known| known == format), "{site}: {format}");
                    assert!(property["type"].is_null(), "{site}");
                }
                None => assert!(!property["type"].is_null(), "{site}"),
            }
            assert!(property["title"].is_string(), "{site}");
        }
    }
}

/// `/req/schemas/additional-keywords`, `/req/schemas/role`, `/req/schemas/role-id`
#[test]
fn roles_are_texts_and_one_property_is_the_id() {
    let keywords = ["title", "description", "type", "format", "items", "readOnly", "x-ogc-role"];
    for (path, schema) in all_schemas(&Server::of_valley()) {
        let mut ids = 0;
        for (name, property) in schema["properties"].as_object().unwrap() {
            for keyword in property.as_object().unwrap().keys() {
                assert!(keywords.contains(&&**keyword), "{path} {name}: {keyword}");
            }
            let role = &property["x-ogc-role"];
            assert!(role.is_null() || role.is_string(), "{path} {name}");
            if role == "id" {
                ids += 1;
                assert_eq!(property["type"], "string");
            }
        }
        assert_eq!(ids, u32::from(path.ends_with("/schema")), "{path}");
    }
}

/// `/req/returnables-and-receivables/link`, `/req/returnables-and-receivables/op`,
/// `/req/queryables/link`, `/req/queryables/op`
#[test]
fn every_collection_leads_to_its_schemas() {
    let server = Server::of_valley();
    for collection in all_collections(&server) {
        for which in ["schema", "queryables"] {
            let rel = format!("http://www.opengis.net/def/rel/ogc/1.0/{which}");
            let href = link(&collection["links"], &rel).unwrap();
            let path = format!("{}/{which}", path_of(&collection));
            assert_eq!(href, format!("http://{}{path}", server.address));
            let answer = server.request("GET", &path, &[("Accept", SCHEMA)]);
            assert_eq!((answer.status, media_type(&answer)), (200, SCHEMA), "{path}");
        }
    }
}

/// `/req/returnables-and-receivables/response`: what is returned is what the schema
/// says, and nothing is returned that it does not.
#[test]
fn features_are_valid_by_their_schema() {
    let small = folder::small();
    for server in [Server::of_valley(), Server::start(small.path(), &[])] {
        for collection in all_collections(&server) {
            let schema = server.json(&format!("{}/schema", path_of(&collection)));
            assert_eq!(schema["additionalProperties"], false);
            let validator = jsonschema::validator_for(&schema).unwrap();
            let id = jsonschema::validator_for(&schema["properties"]["id"]).unwrap();
            let all = format!("{}/items?datetime=../..&limit=10000", path_of(&collection));
            let all = server.json(&all);
            let one = path_of_item(&collection, &features(&all)[0]);
            let one = server.json(&format!("{one}?datetime=../.."));
            for feature in features(&all).iter().chain([&one]) {
                let site = format!("{} {}", collection["id"], feature["id"]);
                assert!(id.is_valid(&feature["id"]), "{site}");
                let fault = validator.iter_errors(&feature["properties"]).next();
                assert!(fault.is_none(), "{site}: {}", fault.unwrap());
            }
        }
    }
}

/// `/req/queryables/response`
#[test]
fn only_what_the_queryables_declare_can_be_asked() {
    let server = Server::of_valley();
    for (path, schema) in schemas(&server, "queryables") {
        assert_eq!(schema["additionalProperties"], false, "{path}");
        let items = path.replace("/queryables", "/items");
        for name in schema["properties"].as_object().unwrap().keys() {
            let filter = format!("{items}?limit=1&filter=%22{name}%22%20IS%20NULL");
            assert_eq!(status(&server, &filter), 200, "{filter}");
        }
        let filter = format!("{items}?filter=undeclared%20IS%20NULL");
        assert_eq!(status(&server, &filter), 400);
    }
}
