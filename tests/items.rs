//! Items and what stands round them: properties, the two clocks, links,
//! headers, the landing page, stopping.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod common;

use std::collections::{BTreeSet, HashSet};
use std::io::Read;
use std::process::Command;

use common::{Server, features, ids, link};
use serde_json::Value;

const COLLECTIONS: [&str; 10] = [
    "territories",
    "districts",
    "water",
    "rivers",
    "enclaves",
    "borders",
    "reported-areas",
    "settlements",
    "claims",
    "events",
];

#[test]
fn the_collections_of_the_valley_are_there() {
    let server = Server::of_valley();
    let listed = server.json("/collections");
    let listed = listed["collections"].as_array().unwrap();
    assert_eq!(ids(listed).into_iter().collect::<BTreeSet<_>>(), COLLECTIONS.into());
    let today = ["borders", "territories", "enclaves", "reported-areas"];
    for collection in listed {
        let id = collection["id"].as_str().unwrap();
        let default = if today.contains(&id) { "today" } else { "all" };
        assert_eq!(collection["defaultDatetime"], default, "{id}");
        let whole = server.json(&format!("/collections/{id}/items?datetime=../..&limit=10000"));
        assert_eq!(collection["count"], whole["numberMatched"], "{id}");
        assert_eq!(&server.json(&format!("/collections/{id}")), collection);
        let bbox: Vec<f64> =
            serde_json::from_value(collection["extent"]["spatial"]["bbox"][0].clone()).unwrap();
        assert!(bbox[0] < bbox[2] && bbox[1] < bbox[3], "{id}: {bbox:?}");
    }
}

#[test]
fn properties_are_selected_by_name() {
    let server = Server::of_valley();
    for (path, wanted) in [
        ("/collections/enclaves/items?properties=name,area_km2", &["name", "area_km2"][..]),
        ("/collections/reported-areas/items?properties=status", &["status"]),
        ("/collections/enclaves/items?properties=", &[]),
        ("/collections/claims/items?properties=asserts,%20about", &["asserts", "about"]),
        ("/collections/settlements/items?near=Batken&properties=distance_m", &["distance_m"]),
    ] {
        let items = server.json(path);
        assert!(!features(&items).is_empty(), "{path}");
        for feature in features(&items) {
            let names: BTreeSet<_> =
                feature["properties"].as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(names, wanted.iter().copied().collect(), "{path}");
            assert!(feature["geometry"].is_object() || feature["geometry"].is_null());
        }
    }
    let whole = server.json("/collections/enclaves/items/sokh?datetime=2024-01-01");
    let part =
        server.json("/collections/enclaves/items/sokh?datetime=2024-01-01&properties=area_km2");
    assert_eq!(part["properties"].as_object().unwrap().len(), 1);
    assert_eq!(part["properties"]["area_km2"], whole["properties"]["area_km2"]);
    assert_eq!(part["geometry"], whole["geometry"]);
}

/// How many versions of Sokh and whether Barak: by day, by interval, open.
#[test]
fn datetime_is_a_day_an_instant_or_an_interval() {
    let server = Server::of_valley();
    for (datetime, sokh, barak) in [
        ("2023-01-26", 1, 1),
        ("2023-01-26T23:59:59Z", 1, 1),
        ("2023-01-26/2023-01-27", 2, 1),
        ("../2023-01-26", 1, 1),
        ("2023-01-27/..", 1, 1),
        ("2024-05-01/..", 1, 0),
        ("2000-01-01/2026-01-01", 2, 1),
        ("../..", 2, 1),
        ("../1990-12-31", 0, 0),
        ("1900-01-01", 0, 0),
        ("2024-05-01T00:30:00%2B01:00", 1, 1), // 30 April in UTC.
    ] {
        let items = server.json(&format!("/collections/enclaves/items?datetime={datetime}"));
        let found = ids(features(&items));
        let count = |id| found.iter().filter(|other| **other == id).count();
        assert_eq!((count("sokh"), count("barak")), (sokh, barak), "{datetime}: {found:?}");
    }
}

#[test]
fn without_datetime_the_answer_is_as_of_today() {
    let server = Server::of_valley();
    let today = server.json("/collections/enclaves/items");
    let day = &today["timeStamp"].as_str().unwrap()[..10];
    let then = server.json(&format!("/collections/enclaves/items?datetime={day}"));
    assert_eq!(features(&then), features(&today), "{day}");
    let all = server.json("/collections/claims/items?limit=10000");
    let always = server.json("/collections/claims/items?limit=10000&datetime=../..");
    assert_eq!(features(&all), features(&always));
}

#[test]
fn known_at_leaves_out_what_was_reported_later() {
    let server = Server::of_valley();
    for collection in ["claims", "events"] {
        let matched = |query: &str| {
            let path = format!("/collections/{collection}/items?limit=10000{query}");
            server.json(&path)
        };
        let mut last = 0;
        for day in ["1990-01-01", "2003-12-31", "2005-06-01", "2012-01-01", "2026-11-01"] {
            let known = matched(&format!("&known-at={day}"));
            for feature in features(&known) {
                let from = feature["properties"]["known_from"].as_str().unwrap();
                assert!(from <= day, "{collection} {} known {from}, asked {day}", feature["id"]);
            }
            let count = features(&known).len();
            assert!(count >= last, "{collection}: knowledge grows");
            last = count;
        }
        assert!(last > 20, "{collection}: {last}");
        // What is left out is what is dated later, and nothing else.
        let known = matched("&known-at=2005-06-01");
        let known: HashSet<_> = ids(features(&known)).into_iter().map(str::to_owned).collect();
        for feature in features(&matched("")) {
            let early =
                feature["properties"]["known_from"].as_str().is_some_and(|d| d <= "2005-06-01");
            assert_eq!(known.contains(feature["id"].as_str().unwrap()), early, "{}", feature["id"]);
        }
    }
    // A version that began later was not known then; nor that the one before ends.
    let then = server.json("/collections/borders/items?datetime=2026-01-01&known-at=2010-01-01");
    for feature in features(&then) {
        let start = feature["properties"]["start"].as_str().unwrap_or("");
        assert!(start <= "2010-01-01", "{} starts {start}", feature["id"]);
    }
    let now = server.json("/collections/borders/items?datetime=2026-01-01");
    assert_ne!(ids(features(&then)), Vec::<&str>::new());
    assert_ne!(features(&then), features(&now));
    let barak = "/collections/enclaves/items/barak?datetime=2026-01-01";
    assert_eq!(server.get(barak).status, 410);
    assert_eq!(server.get(&format!("{barak}&known-at=2024-01-01")).status, 200);
}

#[test]
fn a_slash_too_many_leads_to_the_address_without_it() {
    let server = Server::of_valley();
    for (path, to) in [
        ("/api/", "/api"),
        ("/collections/borders/items/?limit=1", "/collections/borders/items?limit=1"),
        ("//elsewhere.example/", "/elsewhere.example"),
        ("/\\elsewhere.example/", "/elsewhere.example"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("location")), (308, Some(to)), "{path}");
    }
}

#[test]
fn head_answers_as_get_without_the_body() {
    let server = Server::of_valley();
    for path in ["/?f=json", "/collections/enclaves/items?limit=2", "/sources/src-01", "/nowhere"] {
        let get = server.get(path);
        let head = server.request("HEAD", path, &[]);
        assert_eq!(head.status, get.status, "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
        assert_eq!(head.header("content-length"), get.header("content-length"), "{path}");
        assert!(head.body.is_empty(), "{path}");
        assert!(!get.body.is_empty(), "{path}");
    }
}

#[test]
fn each_resource_has_its_type_and_may_be_read_from_anywhere() {
    let server = Server::of_valley();
    for (path, kind) in [
        ("/?f=json", "application/json"),
        ("/conformance", "application/json"),
        ("/collections", "application/json"),
        ("/collections/borders", "application/json"),
        ("/collections/borders/items?limit=1", "application/geo+json"),
        ("/collections/enclaves/items/sokh", "application/geo+json"),
        ("/collections/enclaves/items/sokh/timeline", "application/json"),
        ("/near?place=Batken", "application/geo+json"),
        ("/places?q=Sokh", "application/geo+json"),
        ("/timeline", "application/json"),
        ("/sources", "application/json"),
        ("/sources/src-01", "application/json"),
        ("/relief/8/178/96.png", "image/png"),
        ("/health/ready", "application/json"),
        ("/nowhere", "application/problem+json"),
    ] {
        let answer = server.request("GET", path, &[("Origin", "https://example.org")]);
        assert_eq!(answer.header("content-type"), Some(kind), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
    }
}

#[test]
fn answers_are_compressed_for_who_asks() {
    let server = Server::of_valley();
    // A small answer is gathered, a large one streamed.
    for path in [
        "/collections/enclaves/items?datetime=2024-01-01",
        "/collections/water/items?limit=10000",
        "/collections/territories/items?datetime=../..&limit=10000",
        "/near?place=Batken&datetime=2024-01-01",
        "/collections",
    ] {
        let plain = server.get(path);
        assert_eq!(plain.header("content-encoding"), None, "{path}");
        let packed = server.request("GET", path, &[("Accept-Encoding", "gzip")]);
        assert_eq!(packed.header("content-encoding"), Some("gzip"), "{path}");
        assert!(packed.body.len() < plain.body.len() * 3 / 4, "{path}");
        let mut unpacked = String::new();
        flate2::read::GzDecoder::new(packed.body.as_slice())
            .read_to_string(&mut unpacked)
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        let unpacked: Value = serde_json::from_str(&unpacked).unwrap();
        assert_eq!(unpacked["features"], plain.json()["features"], "{path}");
    }
}

/// Every link of the landing page, and of what it leads to, is absolute and
/// answers.
#[test]
fn links_are_absolute_and_lead_somewhere() {
    fn links(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                for (name, value) in members {
                    match value.as_str() {
                        Some(href) if name == "href" => found.push(href.to_owned()),
                        _ => links(value, found),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| links(item, found)),
            _ => {}
        }
    }
    let server = Server::of_valley();
    let base = format!("http://{}", server.address);
    let mut waiting = vec![
        format!("{base}/?f=json"),
        format!("{base}/collections/claims/items?limit=7&offset=7"),
        format!("{base}/collections/enclaves/items/vorukh?datetime=2026-01-01"),
        format!("{base}/collections/enclaves/items/sokh?datetime=2020-01-01"),
        format!("{base}/places?q=Sokh"),
    ];
    let mut seen: HashSet<String> = waiting.iter().cloned().collect();
    let mut followed = 0;
    while let Some(href) = waiting.pop() {
        // A template, of the tile of the world.
        let target = ["{tileMatrix}", "{tileRow}", "{tileCol}"]
            .iter()
            .fold(href.clone(), |href, part| href.replace(part, "0"));
        let answer = server.follow(&target);
        // The resource exists; what to ask it is said in its own refusal.
        let wanted = if href.ends_with("/near") { 400 } else { 200 };
        assert_eq!(answer.status, wanted, "{href}: {:.300}", answer.text());
        followed += 1;
        let kind = answer.header("content-type").unwrap();
        if !kind.contains("json") || kind.ends_with("json-seq") || wanted != 200 {
            continue;
        }
        let mut found = Vec::new();
        links(&answer.json(), &mut found);
        waiting.extend(found.into_iter().filter(|href| seen.insert(href.clone())));
    }
    assert!(followed > 50, "{followed}");
}

#[test]
fn links_start_with_the_base_url() {
    let server = Server::start(&common::valley(), &["--base-url", "https://example.org/demarc/"]);
    let items = server.json("/collections/borders/items?limit=1");
    let own = "https://example.org/demarc/collections/borders/items";
    assert!(link(&items["links"], "self").unwrap().starts_with(own), "{}", items["links"]);
    assert!(link(&items["links"], "next").unwrap().starts_with(own), "{}", items["links"]);
}

#[test]
fn the_root_is_a_page_for_browsers_and_json_for_others() {
    let server = Server::of_valley();
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (path, accept, kind) in [
        ("/", browser, "text/html"),
        ("/?f=html", "application/json", "text/html"),
        ("/", "*/*", "application/json"),
        ("/", "application/json", "application/json"),
        ("/?f=json", browser, "application/json"),
    ] {
        let answer = server.request("GET", path, &[("Accept", accept)]);
        assert_eq!(answer.status, 200, "{path} {accept}: {}", answer.text());
        assert!(answer.header("content-type").unwrap().starts_with(kind), "{path} {accept}");
        if kind == "text/html" {
            let policy = answer.header("content-security-policy").unwrap();
            let is_strict = policy.contains("default-src 'self'") && !policy.contains("unsafe");
            assert!(is_strict, "{policy}");
        }
    }
    assert_eq!(server.get("/").header("content-type"), Some("application/json"));
    let landing = server.json("/?f=json");
    for member in ["title", "description", "notice", "window", "snapshot", "relief", "links"] {
        assert!(!landing[member].is_null(), "{member}");
    }
    assert_eq!(landing["window"], serde_json::json!([69.0, 38.8, 74.0, 41.8]));
}

#[test]
fn the_valley_says_its_notice_and_titles_in_its_languages() {
    let server = Server::of_valley();
    let landing = server.json("/?f=json");
    let collections = server.json("/collections");
    let ids: Vec<&str> = collections["collections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|collection| collection["id"].as_str().unwrap())
        .collect();
    let translations = landing["translations"].as_object().unwrap();
    let languages: Vec<&str> = translations.keys().map(String::as_str).collect();
    assert_eq!(languages, ["ru", "ky", "uz", "tg"]);
    for (language, translation) in translations {
        for member in ["title", "notice"] {
            let said = translation[member].as_str().unwrap();
            assert!(!said.is_empty() && said != landing[member], "{language} {member}: {said}");
        }
        let layers = translation["layers"].as_object().unwrap();
        for id in &ids {
            assert!(layers[*id].is_string(), "{language} {id}");
        }
        assert_eq!(layers.len(), ids.len(), "{language}");
    }
}

#[test]
fn near_says_how_much_of_its_circle_the_atlas_speaks_of() {
    let server = Server::of_valley();
    for (at, within, says) in [
        ("71.1,40.1", "whole", None),
        ("73.99,41.79", "part", Some("Part of the circle lies outside")),
        ("60,30", "none", Some("The whole circle lies outside")),
    ] {
        let answer = server.json(&format!("/near?at={at}&radius=20km"));
        assert_eq!(answer["within_window"], within, "{at}");
        let message = answer["message"].as_str().unwrap();
        match says {
            Some(says) => assert!(message.contains(says), "{at}: {message}"),
            None => assert!(!message.contains("outside the region"), "{at}: {message}"),
        }
    }
}

#[test]
fn a_type_that_nothing_here_has_is_not_acceptable() {
    let server = Server::of_valley();
    for path in
        ["/", "/collections", "/collections/borders/items", "/near?place=Batken", "/sources"]
    {
        for (accept, status) in [
            ("image/png", 406),
            ("text/turtle, application/xml;q=0.9", 406),
            ("application/json", 200),
            ("application/*", 200),
            ("image/png, */*;q=0.1", 200),
        ] {
            let answer = server.request("GET", path, &[("Accept", accept)]);
            assert_eq!(answer.status, status, "{path} {accept}");
            if status == 406 {
                assert_eq!(answer.header("content-type"), Some("application/problem+json"));
            }
        }
    }
    let asked = server.request("GET", "/collections?f=json", &[("Accept", "image/png")]);
    assert_eq!(asked.status, 200, "f overrides Accept");
}

#[test]
fn readiness_says_what_is_served() {
    let server = Server::of_valley();
    let ready = server.json("/health/ready");
    assert_eq!(ready["status"], "ready");
    assert_eq!(ready["snapshot"], server.json("/?f=json")["snapshot"]);
    for collection in COLLECTIONS {
        assert!(ready["collections"][collection].as_u64().unwrap() > 0, "{collection}");
    }
}

/// The version of a snapshot is that of its content.
#[test]
fn the_snapshot_changes_with_the_folder() {
    let dir = common::folder::small();
    let snapshot = || Server::start(dir.path(), &[]).json("/health/ready")["snapshot"].clone();
    let (first, again) = (snapshot(), snapshot());
    assert_eq!(first, again);
    common::folder::replace(dir.path(), "claims.toml", "\"2005\"", "\"2006\"");
    assert_ne!(snapshot(), first);
}

#[test]
fn sigterm_and_sigint_end_the_server_in_good_order() {
    for signal in ["-TERM", "-INT"] {
        let mut server = Server::of_valley();
        assert_eq!(server.get("/health/live").status, 200);
        let killed =
            Command::new("kill").args([signal, &server.child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        let status = server.child.wait().unwrap();
        assert_eq!(status.code(), Some(0), "{signal}");
    }
}

#[test]
fn an_address_that_is_taken_cannot_be_listened_on() {
    let server = Server::of_valley();
    let (code, out, err) = common::demarc_text(&["serve", "--listen", &server.address]);
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(err.contains(&server.address), "{err}");
}
