//! The interface describes itself, and does what it says.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

mod common;

#[path = "openapi/refusals.rs"]
mod refusals;

use common::{Server, folder, link};
use serde_json::Value;

/// Every value in a document, with where it stands.
fn each(value: &Value, path: &str, visit: &mut impl FnMut(&str, &Value)) {
    visit(path, value);
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                each(member, &format!("{path}/{name}"), visit);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                each(item, &format!("{path}/{index}"), visit);
            }
        }
        _ => {}
    }
}

#[test]
fn it_is_openapi_3_0_and_every_reference_resolves() {
    let small = folder::small();
    for server in [Server::of_valley(), Server::start(small.path(), &[])] {
        let answer = server.get("/api");
        assert_eq!(
            answer.header("content-type"),
            Some("application/vnd.oai.openapi+json;version=3.0")
        );
        let document = answer.json();
        assert_eq!(document["openapi"], "3.0.3");
        assert_eq!(document["servers"][0]["url"], format!("http://{}", server.address));
        let mut ids = Vec::new();
        each(&document, "", &mut |path, value| {
            if let Some(target) = value["$ref"].as_str() {
                let pointer = target.strip_prefix('#').expect("references stay in the document");
                assert!(document.pointer(pointer).is_some(), "{path}: {target}");
            }
            if let Some(id) = value["operationId"].as_str() {
                ids.push(id.to_owned());
            }
        });
        let all = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all, "ids of operations are unique");
    }
}

/// An address that a path of the document leads to, with what its parameters have as
/// examples.
fn filled(server: &Server, document: &Value, path: &str) -> String {
    let id = match path {
        "/sources/{id}" => server.json("/sources")["sources"][0]["id"].clone(),
        _ if path.starts_with("/collections/{collection}") => "sokh".into(),
        _ => document["paths"][path]["get"]["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .find_map(|parameter| parameter.get("example").cloned())
            .unwrap_or_default(),
    };
    let path = path.replace("{collection}", "enclaves");
    let mut path = path.replace("{id}", id.as_str().unwrap_or_default());
    for (name, parameter) in document["components"]["parameters"].as_object().unwrap() {
        let example = &parameter["example"];
        let example = example.as_str().map_or_else(|| example.to_string(), str::to_owned);
        path = path.replace(&format!("{{{name}}}"), &example);
    }
    match path.as_str() {
        "/near" => "/near?place=1514637".to_owned(),
        "/places" => "/places?q=osh".to_owned(),
        _ if path.contains("/items/") && !path.contains("sokh") => {
            format!("{path}?datetime=../..")
        }
        _ => path,
    }
}

#[test]
fn every_path_answers_as_described() {
    let server = Server::of_valley();
    let document = server.json("/api");
    for (path, methods) in document["paths"].as_object().unwrap() {
        let target = filled(&server, &document, path);
        let answer = server.get(&target);
        assert_eq!(answer.status, 200, "{target}: {}", answer.text());
        let kind = answer.header("content-type").unwrap();
        let content = methods["get"]["responses"]["200"]["content"].as_object().unwrap();
        assert!(content.contains_key(kind), "{path}: {kind} is not described");
    }
}

#[test]
fn what_is_described_is_taken_and_nothing_else() {
    let server = Server::of_valley();
    let document = server.json("/api");
    let items = &document["paths"]["/collections/reported-areas/items"]["get"]["parameters"];
    let names: Vec<String> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|parameter| {
            let target = parameter["$ref"].as_str().map(|target| target.trim_start_matches('#'));
            let parameter = target.map_or(parameter, |pointer| document.pointer(pointer).unwrap());
            parameter["name"].as_str().unwrap().to_owned()
        })
        .collect();
    for wanted in
        ["bbox", "limit", "datetime", "known-at", "filter", "sortby", "status", "contested"]
    {
        assert!(names.iter().any(|name| name == wanted), "{wanted}");
    }
    let refusal = server.get("/collections/reported-areas/items?nonsense=1").json();
    let detail = refusal["detail"].as_str().unwrap();
    let known = detail.split_once("this takes ").unwrap().1;
    let mut known: Vec<&str> = known.split(", ").collect();
    let mut described: Vec<&str> = names.iter().map(String::as_str).collect();
    known.sort_unstable();
    known.dedup();
    described.sort_unstable();
    assert_eq!(described, known);
}

#[test]
fn the_landing_page_leads_to_it() {
    let server = Server::of_valley();
    let landing = server.json("/");
    for (rel, kind) in [
        ("service-desc", "application/vnd.oai.openapi+json;version=3.0"),
        ("service-doc", "text/html; charset=utf-8"),
    ] {
        let answer = server.follow(link(&landing["links"], rel).unwrap());
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{rel}");
    }
    let classes = server.json("/conformance")["conformsTo"].to_string();
    for class in ["oas30", "html"] {
        let class = format!("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{class}");
        assert!(classes.contains(&class), "{class}");
    }
    let words = server.get("/api?f=md");
    assert_eq!(words.header("content-type"), Some("text/markdown; charset=utf-8"));
}
