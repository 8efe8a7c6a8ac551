//! OGC API Features Part 1 (17-069r4), Core: landing page, definition,
//! conformance, and how parameters are refused.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::common::Server;
use crate::{GEOJSON, JSON, all_collections, assert_typed, media_type, path_of, status, types};

/// `/req/core/http`
#[test]
fn http_1_1_is_spoken() {
    let server = Server::of_valley();
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let request =
        format!("GET / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address);
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n"));
}

/// `/req/core/root-op`, `/req/core/root-success`
#[test]
fn the_landing_page_leads_to_definition_conformance_and_data() {
    let server = Server::of_valley();
    let answer = server.get("/");
    assert_eq!((answer.status, media_type(&answer)), (200, JSON));
    let page = answer.json();
    assert!(page["title"].is_string() && page["description"].is_string());
    assert_typed(&page["links"], "/");
    for rel in ["self", "alternate", "service-desc", "service-doc", "conformance", "data"] {
        assert!(!types(&page["links"], rel).is_empty(), "{rel}");
    }
}

/// `/req/core/api-definition-op`, `/req/core/api-definition-success`
#[test]
fn each_definition_has_the_type_that_its_link_says() {
    let server = Server::of_valley();
    let page = server.json("/");
    let links = page["links"].as_array().unwrap();
    let definitions: Vec<_> = links
        .iter()
        .filter(|link| ["service-desc", "service-doc"].iter().any(|rel| link["rel"] == *rel))
        .collect();
    assert!(definitions.len() >= 2);
    for link in definitions {
        let (href, kind) = (link["href"].as_str().unwrap(), link["type"].as_str().unwrap());
        let target = &href[href.find("/api").unwrap()..];
        let answer = server.request("GET", target, &[("Accept", kind)]);
        assert_eq!(answer.status, 200, "{target}");
        assert_eq!(media_type(&answer), crate::essence(kind), "{target}");
        assert!(!answer.body.is_empty());
    }
}

/// `/req/core/conformance-op`, `/req/core/conformance-success`
#[test]
fn conformance_is_declared_and_linked_classes_are_uris() {
    let server = Server::of_valley();
    let answer = server.get("/conformance");
    assert_eq!((answer.status, media_type(&answer)), (200, JSON));
    let body = answer.json();
    let mut classes: Vec<&str> = body["conformsTo"]
        .as_array()
        .unwrap()
        .iter()
        .map(|class| class.as_str().unwrap())
        .collect();
    assert!(classes.contains(&"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"));
    for class in &classes {
        assert!(class.starts_with("http://www.opengis.net/spec/"), "{class}");
        assert!(class.contains("/conf/"), "{class}");
    }
    let count = classes.len();
    classes.sort_unstable();
    classes.dedup();
    assert_eq!(classes.len(), count, "each stands once");
}

/// `/req/core/query-param-unknown`
#[test]
fn an_unknown_parameter_is_400_on_every_resource() {
    let server = Server::of_valley();
    let id = "sokh";
    let mut paths: Vec<String> = ["/", "/about", "/api", "/conformance", "/collections"]
        .into_iter()
        .chain(["/functions", "/atlas.gpkg", "/sources", "/actors", "/indicators"])
        .chain(["/contradictions", "/near?at=71,40", "/places?q=osh", "/timeline"])
        .map(str::to_owned)
        .collect();
    for collection in all_collections(&server) {
        let path = path_of(&collection);
        paths.extend(["", "/items", "/queryables", "/schema"].map(|part| format!("{path}{part}")));
    }
    for part in ["", "/versions", "/timeline"] {
        paths.push(format!("/collections/enclaves/items/{id}{part}"));
    }
    for path in paths {
        let joined = if path.contains('?') { '&' } else { '?' };
        assert_eq!(status(&server, &path), 200, "{path}");
        let refused = server.get(&format!("{path}{joined}unknownQueryParameter=1"));
        assert_eq!(refused.status, 400, "{path}");
        assert_eq!(media_type(&refused), "application/problem+json", "{path}");
    }
}

/// `/req/core/query-param-invalid`
#[test]
fn an_invalid_value_is_400_on_every_collection() {
    let server = Server::of_valley();
    for collection in all_collections(&server) {
        let items = format!("{}/items", path_of(&collection));
        for query in [
            "limit=0",
            "limit=-1",
            "limit=ten",
            "limit=1.5",
            "limit=",
            "bbox=1,2,3",
            "bbox=1,2,3,4,5",
            "bbox=1,2,3,x",
            "bbox=",
            "bbox=70,41,71,40",
            "datetime=yesterday",
            "datetime=2020-13-01",
            "datetime=2021-01-01/2020-01-01",
            "datetime=2020-01-01/2021-01-01/2022-01-01",
            "datetime=",
            "crs=nonsense",
            "filter=THIS%20IS%20NOT%20A%20FILTER",
        ] {
            assert_eq!(status(&server, &format!("{items}?{query}")), 400, "{items}?{query}");
        }
    }
}

/// `/req/core/crs84`
#[test]
fn without_crs_coordinates_are_longitude_and_latitude() {
    let server = Server::of_valley();
    for collection in all_collections(&server) {
        let window = &collection["extent"]["spatial"]["bbox"][0];
        let edge = |place: usize| window[place].as_f64().unwrap();
        assert!(edge(0) < edge(2) && edge(1) < edge(3), "{window}");
        let answer = server.get(&format!("{}/items?limit=20", path_of(&collection)));
        let kind = media_type(&answer);
        assert_eq!((answer.status, kind), (200, GEOJSON));
        let crs = answer.header("content-crs").unwrap();
        assert_eq!(crs, "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>");
    }
    // A village whose place is known: longitude comes first.
    let village = server.json("/collections/settlements/items/1514637");
    let at = &village["geometry"]["coordinates"];
    assert!((at[0].as_f64().unwrap() - 71.054).abs() < 0.01, "{at}");
    assert!((at[1].as_f64().unwrap() - 40.188).abs() < 0.01, "{at}");
}
