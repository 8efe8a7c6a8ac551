//! OGC API Features Part 1 (17-069r4): GeoJSON, HTML and OpenAPI 3.0.

use serde_json::Value;

use crate::common::{Server, features};
use crate::{GEOJSON, JSON, all_collections, media_type, path_of, path_of_item};

/// Paths that answer with features, and others.
fn paths(server: &Server) -> (Vec<String>, Vec<String>) {
    let mut others: Vec<String> =
        ["/", "/conformance", "/collections"].map(str::to_owned).into_iter().collect();
    let mut of_features = Vec::new();
    for collection in all_collections(server) {
        others.push(path_of(&collection));
        let items = format!("{}/items?limit=5", path_of(&collection));
        let first = features(&server.json(&items))[0].clone();
        of_features.extend([items, path_of_item(&collection, &first)]);
    }
    (of_features, others)
}

/// `/req/geojson/definition`
#[test]
fn features_are_geojson_and_all_else_is_json() {
    let server = Server::of_valley();
    let (of_features, others) = paths(&server);
    for (paths, kind) in [(of_features, GEOJSON), (others, JSON)] {
        for path in paths {
            for accept in [kind, "*/*"] {
                let answer = server.request("GET", &path, &[("Accept", accept)]);
                assert_eq!((answer.status, media_type(&answer)), (200, kind), "{path} {accept}");
            }
        }
    }
}

/// `/req/geojson/content`; that it is GeoJSON to the letter is held in
/// `tests/rfc7946.rs`.
#[test]
fn links_are_a_member_beside_what_geojson_has() {
    let server = Server::of_valley();
    let (of_features, _) = paths(&server);
    for path in of_features {
        let body = server.json(&path);
        let kind = if path.contains('?') { "FeatureCollection" } else { "Feature" };
        assert_eq!(body["type"], kind, "{path}");
        assert!(body["links"].is_array(), "{path}");
    }
}

/// `/req/html/definition`
#[test]
fn every_resource_has_a_page() {
    let server = Server::of_valley();
    let (of_features, others) = paths(&server);
    for path in of_features.into_iter().chain(others) {
        let answer = server.request("GET", &path, &[("Accept", "text/html")]);
        assert_eq!((answer.status, media_type(&answer)), (200, "text/html"), "{path}");
    }
}

/// Text as it stands in a page.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A page without its tags.
fn words(html: &str) -> String {
    html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}

/// `/req/html/content`
#[test]
fn a_page_has_all_links_and_all_values() {
    let server = Server::of_valley();
    let (of_features, others) = paths(&server);
    for path in of_features.into_iter().chain(others).filter(|path| path != "/") {
        let accept = [("Accept", "text/html")];
        let page = server.request("GET", &path, &accept).text();
        assert!(page.starts_with("<!DOCTYPE html>"), "{path}");
        let body = page.split_once("<body>").expect("a body").1;
        let data = server.json(&path);
        for link in data["links"].as_array().unwrap().iter().filter(|link| link["rel"] != "self") {
            let href = format!("href=\"{}\"", escaped(link["href"].as_str().unwrap()));
            assert!(body.contains(&href), "{path}: no {href}");
        }
        let words = words(body);
        let of_feature = |feature: &Value| {
            for (name, value) in feature["properties"].as_object().unwrap() {
                let Some(text) = value.as_str() else { continue };
                // A long text is cut in a table; its beginning stands there.
                let start: String = text.chars().take(40).collect();
                assert!(words.contains(&escaped(&start)), "{path}: {name} {start}");
            }
        };
        match data["type"].as_str() {
            Some("Feature") => of_feature(&data),
            Some("FeatureCollection") => features(&data).iter().for_each(of_feature),
            _ => {}
        }
    }
}

/// `/req/oas30/oas-definition-1`, `/req/oas30/oas-definition-2`; that the document
/// is valid OpenAPI 3.0 is shown by `make interop` too.
#[test]
fn the_definition_is_openapi_3_0_under_its_type() {
    let server = Server::of_valley();
    let page = server.json("/");
    let links = page["links"].as_array().unwrap();
    let kind = "application/vnd.oai.openapi+json;version=3.0";
    let link = links.iter().find(|link| link["rel"] == "service-desc" && link["type"] == kind);
    let answer = server.follow(link.expect("a link to it")["href"].as_str().unwrap());
    assert_eq!(answer.header("content-type"), Some(kind));
    let document = answer.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.0."));
    for path in document["paths"].as_object().unwrap().values() {
        let operation = &path["get"];
        assert!(operation["operationId"].is_string() && operation["summary"].is_string());
        assert!(operation["responses"]["200"]["description"].is_string());
    }
}

/// `/req/oas30/oas-impl`, `/req/oas30/completeness`, `/req/oas30/exceptions-codes`:
/// whatever is answered is described, status and media type.
#[test]
fn what_is_answered_is_described() {
    let server = Server::of_valley();
    let document = server.json("/api");
    let paths = document["paths"].as_object().unwrap();
    let mut statuses = std::collections::BTreeSet::new();
    for (path, methods) in paths {
        let responses = &methods["get"]["responses"];
        let target = path
            .replace("{collection}", "enclaves")
            .replace("/sources/{id}", "/sources/src-seed")
            .replace("{id}", "sokh")
            .replace("{zoom}", "7")
            .replace("{column}", "88")
            .replace("{row}", "47.png");
        let long = format!("{target}?f={}", "x".repeat(9000));
        let joined = |query: &str| format!("{target}?{query}");
        let tag = server.get(&target).header("etag").unwrap_or("none").to_owned();
        for (request, headers) in [
            (target.clone(), vec![]),
            (joined("datetime=1800-01-01"), vec![]),
            (joined("nonsense=1"), vec![]),
            (joined("f=nonsense"), vec![]),
            (target.replace("enclaves", "nothing"), vec![]),
            (target.replace("sokh", "nothing"), vec![]),
            (target.clone(), vec![("Accept", "image/nonsense")]),
            (target.clone(), vec![("If-None-Match", tag.as_str())]),
            (long, vec![]),
        ] {
            let answer = server.request("GET", &request, &headers);
            let described = &responses[answer.status.to_string()];
            let described = match described["$ref"].as_str() {
                Some(target) => document.pointer(target.trim_start_matches('#')).unwrap(),
                None => described,
            };
            let shown = &request[..request.len().min(80)];
            assert!(!described.is_null(), "{shown}: {} is not described", answer.status);
            statuses.insert(answer.status);
            if answer.status != 304 {
                let kind = answer.header("content-type").unwrap();
                let content = described["content"].as_object().unwrap();
                assert!(content.contains_key(kind), "{shown}: {kind} is not described");
            }
        }
    }
    let wanted = [200, 304, 400, 404, 406, 410, 414];
    assert!(wanted.iter().all(|status| statuses.contains(status)), "{statuses:?}");
}

/// `/req/oas30/security`: nothing is behind a login, and none is described.
#[test]
fn nothing_is_access_controlled() {
    let document = Server::of_valley().json("/api");
    assert!(document["security"].is_null());
    assert!(document["components"]["securitySchemes"].is_null());
    for path in document["paths"].as_object().unwrap().values() {
        assert!(path["get"]["responses"]["401"].is_null());
    }
}
