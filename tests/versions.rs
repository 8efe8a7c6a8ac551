//! Versions of a thing in time (RFC 7089), and the documents that say what can be
//! asked: queryables, schema, functions.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod common;

use common::{Answer, Server, folder, link};
use serde_json::{Value, json};
use tempfile::TempDir;

fn small() -> (TempDir, Server) {
    let dir = folder::small();
    let server = Server::start(dir.path(), &[]);
    (dir, server)
}

/// Path and query of an address of this server.
fn path_of<'a>(server: &Server, href: &'a str) -> &'a str {
    href.strip_prefix(&format!("http://{}", server.address)).unwrap()
}

#[test]
fn a_time_map_lists_the_versions() {
    let (_dir, server) = small();
    let map = server.json("/collections/borders/items/line/versions");
    assert_eq!((&map["id"], &map["collection"]), (&json!("line"), &json!("borders")));
    assert_eq!(map["numberReturned"], 2);
    assert!(map["notice"].as_str().unwrap().contains("not evidence"));
    let versions = map["versions"].as_array().unwrap();
    let shown = |version: &Value| {
        let members = ["start", "end", "firstDay", "lastDay", "as_mapped", "event"];
        members.map(|name| version[name].as_str().unwrap_or("-").to_owned())
    };
    assert_eq!(shown(&versions[0]), ["-", "2013-03-12", "-", "2013-03-12", "2012", "-"]);
    assert_eq!(shown(&versions[1]), ["2013-03-13", "-", "2013-03-13", "-", "2020", "ev-treaty"]);
    for (version, end) in versions.iter().zip([40.1, 40.2]) {
        let answer = server.follow(version["href"].as_str().unwrap());
        assert_eq!(answer.status, 200, "{version}");
        assert_eq!(answer.json()["geometry"]["coordinates"][1][1], end, "{version}");
    }
    for (rel, path) in [
        ("self", "/collections/borders/items/line/versions"),
        ("original", "/collections/borders/items/line"),
        ("timegate", "/collections/borders/items/line"),
        ("collection", "/collections/borders"),
    ] {
        assert_eq!(path_of(&server, link(&map["links"], rel).unwrap()), path, "{rel}");
    }
}

#[test]
fn an_open_date_is_shown_with_the_days_it_may_mean() {
    let dir = folder::small();
    let dates = "\"surrounded_by\":\"AA\",\"start\":\"1936\",\"end\":\"2024-04\"";
    folder::replace(dir.path(), "enclaves.geojson", "\"surrounded_by\":\"AA\"", dates);
    let server = Server::start(dir.path(), &[]);
    let map = server.json("/collections/enclaves/items/islet/versions");
    let version = &map["versions"][0];
    assert_eq!((&version["start"], &version["end"]), (&json!("1936"), &json!("2024-04")));
    assert_eq!(
        (&version["firstDay"], &version["lastDay"]),
        (&json!("1936-01-01"), &json!("2024-04-30"))
    );
}

#[test]
fn known_at_takes_later_versions_and_ends_out_of_the_map() {
    let (_dir, server) = small();
    let map = server.json("/collections/borders/items/line/versions?known-at=2013-03-12");
    assert_eq!(map["numberReturned"], 1);
    assert_eq!(map["versions"][0]["end"], "2013-03-12", "on its last day it was known");
    let map = server.json("/collections/borders/items/line/versions?known-at=2013-03-11");
    assert_eq!(map["numberReturned"], 1);
    assert_eq!(
        (&map["versions"][0]["end"], &map["versions"][0]["lastDay"]),
        (&Value::Null, &Value::Null)
    );
    let map = server.json("/collections/borders/items/line/versions?known-at=2013-03-13");
    assert_eq!(map["numberReturned"], 2);

    let item =
        server.get("/collections/borders/items/line?datetime=2020-01-01&known-at=2013-03-11");
    assert_eq!(item.json()["geometry"]["coordinates"][1][1], 40.1);
    assert!(link(&item.json()["links"], "successor-version").is_none());
    assert!(!item.header("link").unwrap().contains("successor"), "{:?}", item.header("link"));
}

#[test]
fn what_was_not_known_at_all_is_not_found() {
    let dir = folder::small();
    folder::replace(
        dir.path(),
        "enclaves.geojson",
        "\"surrounded_by\"",
        "\"start\":\"1936\",\"surrounded_by\"",
    );
    let server = Server::start(dir.path(), &[]);
    for path in ["islet/versions?known-at=1935-12-31", "islet?datetime=../..&known-at=1935-12-31"] {
        let answer = server.get(&format!("/collections/enclaves/items/{path}"));
        assert_eq!(
            (answer.status, &answer.json()["parameter"]),
            (404, &json!("known-at")),
            "{path}"
        );
    }
    for path in [
        "/collections/enclaves/items/nowhere/versions",
        "/collections/nowhere/items/islet/versions",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    for query in ["known-at=2020", "datetime=2020-01-01", "limit=3"] {
        let answer = server.get(&format!("/collections/enclaves/items/islet/versions?{query}"));
        assert_eq!(answer.status, 400, "{query}");
    }
}

/// The address behind a relation in the `Link` header.
fn header_link(answer: &Answer, rel: &str) -> Option<String> {
    let links = answer.header("link")?;
    let part = links.split(", ").find(|part| part.contains(&format!("; rel=\"{rel}\"")))?;
    Some(part.split(['<', '>']).nth(1)?.to_owned())
}

#[test]
fn a_version_says_when_it_begins_and_where_its_neighbours_are() {
    let (_dir, server) = small();
    let now = server.get("/collections/borders/items/line");
    // Today's changes, and is no memento (RFC 7089, 2.1.1).
    assert_eq!(now.header("memento-datetime"), None);
    let then = server.get("/collections/borders/items/line?datetime=2014-01-01");
    assert_eq!(then.header("memento-datetime"), Some("Wed, 13 Mar 2013 00:00:00 GMT"));
    let body = now.json();
    for rel in ["predecessor-version", "timemap"] {
        let href = link(&body["links"], rel).unwrap();
        assert_eq!(header_link(&now, rel).as_deref(), Some(href), "{rel}");
    }
    assert_eq!(header_link(&now, "successor-version"), None);

    let earlier = server.follow(&header_link(&now, "predecessor-version").unwrap());
    assert_eq!(earlier.status, 200);
    assert_eq!(earlier.header("memento-datetime"), None, "nobody says when it began");
    assert_eq!(earlier.json()["geometry"]["coordinates"][1][1], 40.1);
    assert_eq!(header_link(&earlier, "predecessor-version"), None);
    let later = server.follow(&header_link(&earlier, "successor-version").unwrap());
    assert_eq!(later.json()["geometry"], body["geometry"], "there and back again");

    // In an interval the last version that holds in it answers.
    let both = server.json("/collections/borders/items/line?datetime=../..");
    assert_eq!(both["geometry"], body["geometry"]);
    let early = server.json("/collections/borders/items/line?datetime=../2013-03-12");
    assert_eq!(early["geometry"]["coordinates"][1][1], 40.1);
}

#[test]
fn a_thing_that_is_gone_leads_to_its_version() {
    let dir = folder::small();
    let dates = "\"surrounded_by\":\"AA\",\"start\":\"1936\",\"end\":\"2024-04-15\"";
    folder::replace(dir.path(), "enclaves.geojson", "\"surrounded_by\":\"AA\"", dates);
    let server = Server::start(dir.path(), &[]);
    for (day, rel) in [("2024-04-16", "predecessor-version"), ("1935-12-31", "successor-version")] {
        let gone = server.get(&format!("/collections/enclaves/items/islet?datetime={day}"));
        assert_eq!(gone.status, 410, "{day}");
        assert!(gone.json()["detail"].as_str().unwrap().contains(day), "{day}");
        let version = server.follow(link(&gone.json()["links"], rel).unwrap());
        assert_eq!(version.json()["properties"]["name"], "Islet", "{day}");
    }
}

fn schema(server: &Server, path: &str) -> Value {
    let answer = server.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/schema+json"), "{path}");
    let schema = answer.json();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(path_of(server, schema["$id"].as_str().unwrap()), path);
    assert_eq!(schema["type"], "object");
    assert_eq!(schema["additionalProperties"], false);
    schema
}

const TYPED: &str = r#"{"type":"Feature","id":"t","geometry":{"type":"Point","coordinates":[1,2]},"properties":{"text":"x","whole":1,"number":1.5,"flag":true,"day":"2024-02-29","instant":"2024-02-29T10:00:00Z","list":["a",1],"mixed":1,"from":"1990","nothing":null}}
{"type":"Feature","id":"u","geometry":null,"properties":{"mixed":"one","whole":null,"number":2,"from":"1991-05"}}
"#;

fn typed() -> (TempDir, Server) {
    let dir = folder::small();
    folder::write(dir.path(), "walks.geojsonl", TYPED);
    let more = "kind = \"plain\"\ngeometry-property = \"path\"\nstart-property = \"from\"\n";
    folder::replace(dir.path(), "atlas.toml", "kind = \"plain\"\n", more);
    let server = Server::start(dir.path(), &[]);
    (dir, server)
}

#[test]
fn queryables_have_the_types_of_the_data() {
    let (_dir, server) = typed();
    let queryables = schema(&server, "/collections/walks/queryables");
    let properties = queryables["properties"].as_object().unwrap();
    for (name, kind, format) in [
        ("text", json!("string"), Value::Null),
        ("whole", json!("integer"), Value::Null),
        ("number", json!("number"), Value::Null),
        ("flag", json!("boolean"), Value::Null),
        ("day", json!("string"), json!("date")),
        ("instant", json!("string"), json!("date-time")),
        ("list", json!("array"), Value::Null),
        ("mixed", json!(["array", "boolean", "number", "object", "string"]), Value::Null),
        ("nothing", json!("string"), Value::Null),
        ("from", json!("string"), Value::Null),
    ] {
        assert_eq!(
            (&properties[name]["type"], &properties[name]["format"]),
            (&kind, &format),
            "{name}"
        );
        assert_eq!(properties[name]["title"], name);
    }
    assert_eq!(properties["path"]["format"], "geometry-any");
    assert_eq!(properties["path"]["x-ogc-role"], "primary-geometry");
    assert!(!properties.contains_key("geometry"), "the layer calls it path");

    // Whatever is a queryable can be asked for.
    for name in properties.keys().filter(|name| *name != "path") {
        let path = format!("/collections/walks/items?filter={name}%20IS%20NULL");
        assert_eq!(server.get(&path).status, 200, "{name}");
    }
    let path = server.json("/collections/walks/items?filter=path%20IS%20NULL");
    assert_eq!(path["numberMatched"], 1);
    let refused = server.get("/collections/walks/items?filter=geometry%20IS%20NULL");
    assert_eq!(refused.status, 400);
}

#[test]
fn a_schema_says_which_property_is_what() {
    let (_dir, server) = typed();
    let walks = schema(&server, "/collections/walks/schema");
    let role = |schema: &Value, name: &str| {
        schema["properties"][name]["x-ogc-role"].as_str().unwrap_or("-").to_owned()
    };
    assert_eq!(role(&walks, "id"), "id");
    assert_eq!(walks["properties"]["id"]["readOnly"], true);
    assert_eq!(role(&walks, "path"), "primary-geometry");
    assert_eq!(role(&walks, "from"), "primary-interval-start");
    assert_eq!(role(&walks, "day"), "-");

    for (collection, format) in [
        ("borders", "geometry-linestring-or-multilinestring"),
        ("territories", "geometry-polygon-or-multipolygon"),
        ("enclaves", "geometry-polygon-or-multipolygon"),
        ("settlements", "geometry-point"),
        ("lakes", "geometry-any"),
        ("claims", "geometry-any"),
    ] {
        let schema = schema(&server, &format!("/collections/{collection}/schema"));
        assert_eq!(schema["properties"]["geometry"]["format"], format, "{collection}");
    }
    let borders = schema(&server, "/collections/borders/schema");
    assert_eq!(role(&borders, "start"), "primary-interval-start");
    assert_eq!(role(&borders, "end"), "primary-interval-end");
}

/// Every property that a feature carries stands in the schema, and no other.
#[test]
fn a_schema_is_of_what_is_returned() {
    let (_dir, server) = small();
    for collection in ["borders", "areas", "settlements", "lakes", "claims", "events", "walks"] {
        let schema = schema(&server, &format!("/collections/{collection}/schema"));
        let declared = schema["properties"].as_object().unwrap();
        let items = server.json(&format!("/collections/{collection}/items?datetime=../.."));
        for feature in items["features"].as_array().unwrap() {
            for (name, value) in feature["properties"].as_object().unwrap() {
                let kinds = declared.get(name).and_then(|property| property["type"].as_array());
                let kinds = kinds.unwrap_or_else(|| panic!("{collection} does not declare {name}"));
                let is = |kind: &Value| match kind.as_str() {
                    Some("null") => value.is_null(),
                    Some("string") => value.is_string(),
                    Some("integer") => value.is_i64(),
                    Some("number") => value.is_number(),
                    Some("boolean") => value.is_boolean(),
                    Some("array") => value.is_array(),
                    Some("object") => value.is_object(),
                    _ => false,
                };
                let declared = json!(kinds);
                assert!(kinds.iter().any(is), "{collection}: {name} is {value}, not {declared}");
            }
        }
    }
    let areas = schema(&server, "/collections/areas/queryables");
    for (name, kind) in
        [("status", "string"), ("contested", "boolean"), ("uncertainty_m", "integer")]
    {
        assert_eq!(areas["properties"][name]["type"], kind, "{name}");
    }
}

#[test]
fn functions_are_told_with_their_arguments() {
    let (_dir, server) = small();
    let functions = server.json("/functions");
    let functions = functions["functions"].as_array().unwrap();
    assert_eq!(functions.len(), 1);
    let distance = &functions[0];
    assert_eq!(distance["name"], "distance");
    assert_eq!(distance["returns"], json!(["number"]));
    let arguments = distance["arguments"].as_array().unwrap();
    assert_eq!(arguments.len(), 2);
    assert!(arguments.iter().all(|argument| argument["type"] == json!(["geometry"])));
    // It is there as it is told.
    let filter = "distance(geometry,POINT(71.05%2040.19))%3C1";
    let near = server.json(&format!("/collections/settlements/items?filter={filter}"));
    assert_eq!(near["numberMatched"], 1);
}

#[test]
fn the_documents_are_linked_and_named_in_conformance() {
    let (_dir, server) = small();
    let collection = server.json("/collections/borders");
    let queryables = "http://www.opengis.net/def/rel/ogc/1.0/queryables";
    let schema = "http://www.opengis.net/def/rel/ogc/1.0/schema";
    for rel in [queryables, schema, "describedBy"] {
        let href = link(&collection["links"], rel).unwrap_or_else(|| panic!("{rel}"));
        assert_eq!(server.follow(href).header("content-type"), Some("application/schema+json"));
    }
    let conforms = server.json("/conformance");
    let classes = conforms["conformsTo"].as_array().unwrap();
    for class in ["cql2/1.0/conf/cql2-text", "cql2/1.0/conf/cql2-json", "cql2/1.0/conf/arithmetic"]
    {
        let named = classes.iter().any(|uri| uri.as_str().unwrap().ends_with(class));
        assert!(named, "{class} in {conforms}");
    }
    for path in ["queryables", "schema"] {
        assert_eq!(server.get(&format!("/collections/borders/{path}?limit=1")).status, 400);
        assert_eq!(server.get(&format!("/collections/nowhere/{path}")).status, 404);
    }
}
