//! OGC API Features Part 1 (17-069r4), Core: the collections and what is said of
//! each.

use std::collections::BTreeSet;

use geo::{BoundingRect, Rect};
use serde_json::Value;

use crate::common::{Server, features, folder};
use crate::{JSON, all_collections, assert_typed, essence, media_type, path_of, types};

/// `/req/core/fc-md-op`, `/req/core/fc-md-success`, `/req/core/fc-md-links`
#[test]
fn the_collections_link_to_themselves_and_to_their_page() {
    let server = Server::of_valley();
    let answer = server.get("/collections");
    assert_eq!((answer.status, media_type(&answer)), (200, JSON));
    let body = answer.json();
    assert_typed(&body["links"], "/collections");
    assert_eq!(types(&body["links"], "self"), [JSON]);
    let others: Vec<&str> = types(&body["links"], "alternate").into_iter().map(essence).collect();
    let page = server.request("GET", "/collections", &[("Accept", "text/html")]);
    assert_eq!(others, [media_type(&page)], "every other type that it has");
    assert!(body["collections"].is_array());
}

/// `/req/core/fc-md-items`
#[test]
fn every_layer_is_a_collection_with_an_id_and_links() {
    let small = folder::small();
    let server = Server::start(small.path(), &[]);
    let ids: BTreeSet<String> = all_collections(&server)
        .iter()
        .map(|collection| collection["id"].as_str().unwrap().to_owned())
        .collect();
    let layers = ["borders", "territories", "enclaves", "areas", "settlements", "lakes", "walks"];
    let wanted: BTreeSet<String> =
        layers.into_iter().chain(["claims", "events"]).map(str::to_owned).collect();
    assert_eq!(ids, wanted);
    for collection in all_collections(&server) {
        assert_typed(&collection["links"], collection["id"].as_str().unwrap());
        assert_eq!(collection["itemType"], "feature");
    }
}

/// `/req/core/fc-md-items-links`
#[test]
fn each_collection_leads_to_its_items_in_every_encoding() {
    let server = Server::of_valley();
    let document = server.json("/api");
    for collection in all_collections(&server) {
        let path = format!("{}/items", path_of(&collection));
        let content = &document["paths"][&path]["get"]["responses"]["200"]["content"];
        let encodings: BTreeSet<&str> =
            content.as_object().unwrap().keys().map(String::as_str).collect();
        assert!(encodings.len() > 5, "{encodings:?}");
        let links = collection["links"].as_array().unwrap();
        let items: Vec<_> = links.iter().filter(|link| link["rel"] == "items").collect();
        let linked: BTreeSet<&str> =
            items.iter().map(|link| link["type"].as_str().unwrap()).collect();
        let linked: BTreeSet<&str> = linked.into_iter().map(essence).collect();
        assert_eq!(linked, encodings.into_iter().map(essence).collect());
        for link in items {
            let answer = server.follow(link["href"].as_str().unwrap());
            assert_eq!(answer.status, 200);
            assert_eq!(media_type(&answer), essence(link["type"].as_str().unwrap()));
        }
    }
}

/// `/req/core/sfc-md-op`, `/req/core/sfc-md-success`
#[test]
fn a_collection_alone_says_what_it_says_among_all() {
    let server = Server::of_valley();
    for collection in all_collections(&server) {
        let answer = server.get(&path_of(&collection));
        assert_eq!((answer.status, media_type(&answer)), (200, JSON));
        assert_eq!(answer.json(), collection);
    }
    assert_eq!(server.get("/collections/nothing").status, 404);
}

fn envelope(geometry: &Value) -> Option<Rect<f64>> {
    if geometry.is_null() {
        return None;
    }
    let geometry: geojson::Geometry = serde_json::from_value(geometry.clone()).unwrap();
    geo::Geometry::<f64>::try_from(geometry).unwrap().bounding_rect()
}

/// The first or last day of a date that may be a year or a month.
fn day(text: &str, last: bool) -> String {
    let ending = match (text.len(), last) {
        (4, false) => "-01-01",
        (4, true) => "-12-31",
        (7, false) => "-01",
        // No day of a month comes after it.
        (7, true) => "-28",
        _ => "",
    };
    format!("{text}{ending}")
}

/// `/req/core/fc-md-extent`
#[test]
fn the_extent_holds_every_geometry_and_every_time() {
    let small = folder::small();
    for server in [Server::of_valley(), Server::start(small.path(), &[])] {
        for collection in all_collections(&server) {
            let all = format!("{}/items?datetime=../..&limit=10000", path_of(&collection));
            let all = server.json(&all);
            let extent = &collection["extent"];
            let edge = |place: usize| extent["spatial"]["bbox"][0][place].as_f64().unwrap();
            let interval = &extent["temporal"]["interval"][0];
            for feature in features(&all) {
                let site = format!("{} {}", collection["id"], feature["id"]);
                if let Some(envelope) = envelope(&feature["geometry"]) {
                    assert!(edge(0) <= envelope.min().x && envelope.max().x <= edge(2), "{site}");
                    assert!(edge(1) <= envelope.min().y && envelope.max().y <= edge(3), "{site}");
                }
                // Dates as plain as this suffice to tell; the rest is EDTF.
                let plain = |name: &str| {
                    let text = feature["properties"][name].as_str()?;
                    text.chars().all(|c| c.is_ascii_digit() || c == '-').then_some(text)
                };
                let (start, end) = (plain("start"), plain("end"));
                if let (Some(start), Some(first)) = (start, interval[0].as_str()) {
                    assert!(first[..10] <= *day(start, false), "{site}: {start} before {first}");
                }
                if let (Some(end), Some(last)) = (end, interval[1].as_str()) {
                    assert!(*day(end, true) <= last[..10], "{site}: {end} after {last}");
                }
                if end.is_some() && feature["properties"]["start"].is_null() {
                    assert!(interval[0].is_null(), "{site} begins before all");
                }
                if start.is_some() && feature["properties"]["end"].is_null() {
                    assert!(interval[1].is_null(), "{site} has no end");
                }
            }
        }
    }
}
