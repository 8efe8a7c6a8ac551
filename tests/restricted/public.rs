//! No answer to the public differs from that of a folder without what is restricted.

use std::collections::{BTreeSet, VecDeque};

use serde_json::Value;
use tempfile::TempDir;

use crate::common::Server;
use crate::folders::{with_restricted, without_restricted};
use crate::{SIGN, serve, tokens, told, with_token};

/// What links cannot lead to: questions, refusals, tiles.
fn questions() -> Vec<String> {
    let mut all: Vec<String> = [
        "/health/ready",
        "/near?at=71.07,40.21&radius=5km",
        "/near?place=Village&radius=50km",
        "/near?place=Village&collections=kestrel-areas",
        "/near?place=Kestrelabad",
        "/near?place=Kestrel%20rock",
        "/near?at=71.07,40.21&collections=claims,events",
        "/places?q=kestrel",
        "/places?q=kestrelabat",
        "/timeline?near=Village&radius=30km",
        "/timeline?feature=area-kestrel",
        "/timeline?feature=area-village",
        "/timeline?feature=kestrel-areas/area-kestrel",
        "/timeline?bbox=71,40,72,41",
        "/timeline?to=1900-01-01",
        "/collections/kestrel-areas",
        "/collections/kestrel-areas/items",
        "/collections/kestrel-areas/items/area-kestrel",
        "/collections/kestrel-areas/items/area-kestrel/versions",
        "/collections/kestrel-areas/items/area-kestrel/timeline",
        "/collections/kestrel-areas/schema",
        "/collections/kestrel-areas/queryables",
        "/collections/kestrel-areas/tiles",
        "/collections/kestrel-areas/tiles/WebMercatorQuad/10/385/714",
        "/collections/areas/items/area-kestrel",
        "/collections/claims/items/claim-kestrel",
        "/collections/events/items/ev-kestrel",
        "/sources/src-kestrel",
        "/sources/src-nothing",
        "/collections/nothing",
        "/collections/areas/items?filter=kestrel%20%3D%201",
        "/collections/areas/items?kestrel=1",
        "/collections/claims/items?claimant=The%20kestrel%20team",
        "/collections/claims/items?datetime=2019-06-01&known-at=2021-01-01",
        "/collections/areas/items?properties=kestrel",
        "/tiles/WebMercatorQuad/tilejson.json?collections=kestrel-areas",
        "/tiles/WebMercatorQuad/10/385/714?collections=areas,kestrel-areas",
        "/tiles/WebMercatorQuad/0/0/0?datetime=../..",
        "/tiles/WebMercatorQuad/3/5/0",
    ]
    .map(str::to_owned)
    .to_vec();
    for layer in ["areas", "claims", "events", "borders", "settlements"] {
        for format in ["csv", "kml", "fgb", "gpkg", "geojsonseq", "html"] {
            all.push(format!("/collections/{layer}/items?datetime=../..&f={format}"));
        }
        all.push(format!("/collections/{layer}/tiles/WebMercatorQuad/10/385/714"));
        all.push(format!("/collections/{layer}/items?datetime=../..&sortby=start"));
    }
    all
}

/// Every address that the public can reach by links from `/`, and the questions.
fn addresses(server: &Server) -> Vec<String> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut open: VecDeque<String> = VecDeque::from(["/?f=json".to_owned()]);
    open.extend(questions());
    while let Some(target) = open.pop_front() {
        if seen.len() > 3000 || !seen.insert(target.clone()) {
            continue;
        }
        let answer = server.get(&target);
        if let Ok(value) = serde_json::from_slice::<Value>(&answer.body) {
            links(&value, &mut |href| {
                if let Some(path) = href.strip_prefix("http://atlas.example")
                    && !path.contains('{')
                {
                    open.push_back(path.to_owned());
                }
            });
        }
    }
    seen.into_iter().collect()
}

fn links(value: &Value, found: &mut impl FnMut(&str)) {
    match value {
        Value::Object(members) => {
            if let Some(href) = members.get("href").and_then(Value::as_str) {
                found(href);
            }
            members.values().for_each(|member| links(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| links(item, found)),
        _ => {}
    }
}

#[test]
fn the_public_sees_no_difference() {
    let (with, without) = (with_restricted(), without_restricted());
    let elsewhere = TempDir::new().unwrap();
    let tokens = tokens(elsewhere.path());
    let with = serve(with.path(), &tokens);
    let without = serve(without.path(), &tokens);
    let addresses = addresses(&with);
    assert!(addresses.len() > 200, "links lead to {} addresses", addresses.len());
    for target in &addresses {
        let (seen, plain) = (with.get(target), without.get(target));
        assert!(
            told(&seen) == told(&plain),
            "{target}:\n{:.900}\n{:.900}",
            seen.text(),
            plain.text()
        );
        // Unless it was asked for by that name, it is not told at all.
        if !target.to_lowercase().contains(SIGN) {
            assert!(!seen.text().to_lowercase().contains(SIGN), "{target}: {}", seen.text());
        }
    }
    assert!(!with.get("/metrics").text().contains(SIGN));
    for method in ["POST", "OPTIONS", "HEAD"] {
        let target = "/collections/kestrel-areas/items";
        let (seen, plain) =
            (with.request(method, target, &[]), without.request(method, target, &[]));
        assert!(told(&seen) == told(&plain), "{method}");
    }
    // The tag of an answer that only a token opens is not one of the public's.
    let tag = with_token(&with, "/collections/areas/items").header("etag").unwrap().to_owned();
    assert_eq!(
        with.request("GET", "/collections/areas/items", &[("If-None-Match", &tag)]).status,
        200
    );
    let version = tag.trim_matches('"').split('-').next().unwrap();
    let cursor = format!("{version}.2026-01-01.1");
    let asked = format!("/collections/claims/items?cursor={cursor}");
    assert!(told(&with.get(&asked)) == told(&without.get(&asked)));
    assert_eq!(with.get(&asked).status, 410);
}
