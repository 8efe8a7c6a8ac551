//! A page of items is complete: following `next` yields every feature once, for
//! any `limit`.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod common;

use common::{Server, features, link};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::Value;

/// Every feature that a query matches, in its order, from one page.
fn whole(server: &Server, path: &str) -> Vec<Value> {
    let answer = server.json(&format!("{path}limit=10000"));
    assert!(link(&answer["links"], "next").is_none(), "{path}");
    let all = features(&answer).clone();
    assert_eq!(answer["numberMatched"], all.len(), "{path}");
    assert_eq!(answer["numberReturned"], all.len(), "{path}");
    all
}

/// Ids and starts: enough to tell versions of one thing apart, and small
/// enough to compare often.
fn keys(features: &[Value]) -> Vec<String> {
    features
        .iter()
        .map(|feature| {
            let start = feature["properties"]["start"].as_str().unwrap_or_default();
            format!("{} {start}", feature["id"])
        })
        .collect()
}

#[test]
fn following_next_yields_every_feature_once() {
    let server = Server::of_valley();
    let listed = server.json("/collections");
    let collections = listed["collections"].as_array().unwrap();
    assert_eq!(collections.len(), 10);
    for collection in collections {
        let id = collection["id"].as_str().unwrap();
        for filter in [
            "",
            "datetime=../..&",
            "bbox=70.5,39.8,71.6,40.4&",
            "bbox=70.5,39.8,71.6,40.4&datetime=../..&",
        ] {
            let path = format!("/collections/{id}/items?{filter}");
            let all = keys(&whole(&server, &path));
            for limit in [1, 2, 3, 7, 10, 100] {
                follow(&server, &format!("{path}limit={limit}"), limit, &all);
            }
        }
    }
}

/// Follows `next` to the end and `prev` back to the start.
fn follow(server: &Server, first: &str, limit: usize, all: &[String]) {
    let mut seen: Vec<String> = Vec::new();
    let mut page = server.json(first);
    loop {
        assert_eq!(page["numberMatched"], all.len(), "{first}");
        let keys = keys(features(&page));
        assert_eq!(page["numberReturned"], keys.len(), "{first}");
        assert_eq!(keys.len(), limit.min(all.len() - seen.len()), "{first}: a page is full");
        seen.extend(keys);
        let Some(next) = link(&page["links"], "next") else { break };
        assert!(seen.len() < all.len(), "{first}: no next after the last");
        let answer = server.follow(next);
        assert_eq!(answer.status, 200, "{next}");
        page = answer.json();
    }
    assert_eq!(seen, all, "{first}");

    let mut back = Vec::new();
    loop {
        back.splice(0..0, keys(features(&page)));
        let Some(prev) = link(&page["links"], "prev") else { break };
        page = server.follow(prev).json();
    }
    // The last page may be short, so that pages going back overlap none: they
    // start where those going forward did.
    assert_eq!(back, all, "{first}, back");
}

#[test]
fn pages_hold_a_distance_order_too() {
    let server = Server::of_valley();
    let path = "/collections/settlements/items?near=71.05,40.19&radius=40km&";
    let all = whole(&server, path);
    assert!(all.len() > 30);
    let distances: Vec<f64> =
        all.iter().map(|f| f["properties"]["distance_m"].as_f64().unwrap()).collect();
    assert!(distances.is_sorted());
    follow(&server, &format!("{path}limit=7"), 7, &keys(&all));
}

#[test]
fn any_page_is_a_part_of_the_whole() {
    let server = Server::of_valley();
    let wholes: Vec<(String, Vec<Value>)> = [
        "/collections/settlements/items?",
        "/collections/claims/items?",
        "/collections/events/items?datetime=2004-01-01/2012-12-31&",
        "/collections/districts/items?bbox=70,39,72,41&",
        "/collections/reported-areas/items?datetime=2010-01-01&",
    ]
    .into_iter()
    .map(|path| (path.to_owned(), whole(&server, path)))
    .collect();
    let mut runner = TestRunner::new_with_rng(
        ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() },
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    let strategy = (0..wholes.len(), 1..=300usize, 0..=400usize);
    runner
        .run(&strategy, |(which, limit, offset)| {
            let (path, all) = &wholes[which];
            let page = server.json(&format!("{path}limit={limit}&offset={offset}"));
            let start = offset.min(all.len());
            let end = (start + limit).min(all.len());
            prop_assert_eq!(features(&page).as_slice(), &all[start..end]);
            prop_assert_eq!(&page["numberMatched"], all.len());
            prop_assert_eq!(&page["numberReturned"], end - start);
            prop_assert_eq!(link(&page["links"], "next").is_some(), end < all.len());
            prop_assert_eq!(link(&page["links"], "prev").is_some(), offset > 0);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_page_beyond_the_end_is_empty_and_leads_back() {
    let server = Server::of_valley();
    let path = "/collections/rivers/items?limit=5&offset=18446744073709551615";
    let page = server.json(path);
    assert_eq!((&page["numberMatched"], &page["numberReturned"]), (&27.into(), &0.into()));
    assert_eq!(link(&page["links"], "next"), None);
    let back = server.follow(link(&page["links"], "prev").unwrap()).json();
    assert!(!features(&back).is_empty());
}
