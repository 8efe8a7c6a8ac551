//! The questions that the valley's atlas was made for, with the answers that its
//! sources give, over HTTP and at the prompt.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod common;

use common::{Server, demarc_json, demarc_text, features, ids, link};
use geo::GeodesicArea;
use serde_json::Value;

/// A reported area's properties on a day, over HTTP and as exported, which must
/// agree.
fn area(server: &Server, id: &str, datetime: &str, known_at: Option<&str>) -> Value {
    let mut query = format!("datetime={datetime}");
    let mut args = vec!["export", "reported-areas", "--datetime", datetime];
    if let Some(day) = known_at {
        query.extend(["&known-at=", day]);
        args.extend(["--known-at", day]);
    }
    let item = server.json(&format!("/collections/reported-areas/items/{id}?{query}"));
    assert!(item["notice"].as_str().unwrap().contains("not evidence"), "{item:.300}");
    let exported = demarc_json(&args);
    let same = features(&exported).iter().find(|feature| feature["id"] == id).unwrap();
    assert_eq!(item["properties"], same["properties"], "{id} {query}");
    item["properties"].clone()
}

#[test]
fn status_is_what_was_claimed_by_the_day() {
    let server = Server::of_valley();
    // Area, day, status, class, the standing claim, and a word of who says so.
    for (id, day, status, class, claim, by) in [
        (
            "area-sokh-surrounds",
            "2003-12-31",
            "mined",
            "hazard-reported",
            "claim-2003-kg-enclaves-mined",
            "Kyrgyz",
        ),
        (
            "area-shakhimardan-surrounds",
            "2006-01-01",
            "cleared",
            "clearance-claimed",
            "claim-enr-2005-10-enclaves-completed",
            "officials",
        ),
        (
            "area-kgtj-batken",
            "2026-01-01",
            "clearance-started",
            "clearance-under-way",
            "claim-2022-kgtj-demining-began",
            "Border Service",
        ),
        (
            "area-kyrgyzstan",
            "2012-01-01",
            "no-mines",
            "clearance-claimed",
            "claim-2011-no-minefields",
            "",
        ),
        (
            "area-kyrgyzstan",
            "2026-01-01",
            "suspected",
            "hazard-reported",
            "claim-mar-suspected-contaminated",
            "Mine Action Review",
        ),
    ] {
        let properties = area(&server, id, day, None);
        assert_eq!(properties["status"], status, "{id} on {day}: {properties}");
        assert_eq!(properties["status_class"], class, "{id} on {day}");
        let standing = properties["status_claim"].as_str().unwrap();
        assert_eq!(standing, claim, "{id} on {day}");
        assert!(properties["status_by"].as_str().unwrap().contains(by), "{properties}");
        for told in ["status_about", "status_reported", "sources", "claims"] {
            assert!(properties[told].as_str().is_some_and(|t| !t.is_empty()), "{id} {told}");
        }
        assert!(properties["claims"].as_str().unwrap().contains(standing), "{id} on {day}");
    }
}

#[test]
fn what_stands_on_kyrgyzstan_depends_on_both_clocks() {
    let server = Server::of_valley();
    let today = area(&server, "area-kyrgyzstan", "2026-01-01", None);
    assert_eq!(today["contested"], true);
    let contested_by: Vec<&str> = today["contested_by"].as_str().unwrap().split(", ").collect();
    assert!(contested_by.contains(&"claim-2011-no-minefields"), "{contested_by:?}");

    let as_known_then = area(&server, "area-kyrgyzstan", "2026-01-01", Some("2012-01-01"));
    assert_eq!(as_known_then["status"], "no-mines");
    assert_eq!(as_known_then["status_claim"], "claim-2011-no-minefields");
    for later in ["claim-mar-suspected-contaminated", "claim-2022-kgtj-demining-began"] {
        for list in ["claims", "contested_by", "inherited"] {
            assert!(!as_known_then[list].as_str().unwrap().contains(later), "{list}: {later}");
        }
    }
}

/// Clearance that was begun stays begun, however long nothing more is heard.
#[test]
fn nothing_changes_by_the_passing_of_time_alone() {
    let server = Server::of_valley();
    let soon = area(&server, "area-kgtj-batken", "2022-10-01", None);
    let late = area(&server, "area-kgtj-batken", "2090-01-01", None);
    assert_eq!(soon["status"], "clearance-started");
    assert_eq!(late["status"], "clearance-started");
    let before = area(&server, "area-kgtj-batken", "2022-09-19", None);
    assert_ne!(before["status"], "clearance-started");
}

#[test]
fn barak_was_an_enclave_until_april_2024() {
    let server = Server::of_valley();
    for (datetime, is_there) in
        [("2024-01-01", true), ("2024-04-30", true), ("2024-05-01", false), ("2025-01-01", false)]
    {
        let path = format!("/collections/enclaves/items?datetime={datetime}");
        let items = server.json(&path);
        assert_eq!(ids(features(&items)).contains(&"barak"), is_there, "{datetime}");
        let exported = demarc_json(&["export", "enclaves", "--datetime", datetime]);
        assert_eq!(ids(features(&exported)), ids(features(&items)), "{datetime}");
    }

    let gone = server.get("/collections/enclaves/items/barak?datetime=2025-01-01");
    assert_eq!(gone.status, 410);
    assert_eq!(gone.header("content-type"), Some("application/problem+json"));
    let problem = gone.json();
    assert_eq!(problem["status"], 410);
    let href = link(&problem["links"], "predecessor-version").expect("a link to Barak");
    let earlier = server.follow(href);
    assert_eq!(earlier.status, 200);
    let barak = earlier.json();
    assert_eq!((&barak["id"], &barak["properties"]["name"]), (&"barak".into(), &"Barak".into()));
    assert!(barak["geometry"]["coordinates"].is_array());
}

#[test]
fn enclaves_are_as_large_as_measured() {
    let server = Server::of_valley();
    let items = server.json("/collections/enclaves/items?datetime=2026-11-01");
    for (id, km2) in [
        ("sokh", 225.5),
        ("shakhimardan", 45.4),
        ("chon-gara", 4.20),
        ("jangail", 0.65),
        ("vorukh", 145.4),
        ("sarvan", 9.15),
    ] {
        let feature = features(&items).iter().find(|f| f["id"] == id).expect(id);
        let measured = geodesic_km2(&feature["geometry"]);
        assert!((measured / km2 - 1.).abs() < 0.01, "{id}: {measured} km², wanted {km2}");
        let stated = feature["properties"]["area_km2"].as_f64().expect("area_km2");
        assert!((measured - stated).abs() < 0.001, "{id}: {measured} km², stated {stated}");
    }
}

/// On the WGS 84 ellipsoid. The vertices lie close, so that geodesics between
/// them and lines straight in degrees enclose the same.
fn geodesic_km2(geometry: &Value) -> f64 {
    let geometry: geojson::Geometry = serde_json::from_value(geometry.clone()).unwrap();
    let geometry: geo::Geometry<f64> = geometry.try_into().unwrap();
    geometry.geodesic_area_unsigned() / 1e6
}

#[test]
fn sokh_and_vorukh_changed() {
    let server = Server::of_valley();
    for (id, before, after) in
        [("sokh", "2023-01-26", "2023-01-27"), ("vorukh", "2025-03-12", "2025-03-13")]
    {
        let on = |day| server.json(&format!("/collections/enclaves/items/{id}?datetime={day}"));
        let (old, new) = (on(before), on(after));
        assert_ne!(old["geometry"], new["geometry"], "{id}");
        assert_ne!(old["properties"]["area_km2"], new["properties"]["area_km2"], "{id}");
        let href = link(&new["links"], "predecessor-version").expect("the version before");
        assert_eq!(server.follow(href).json()["geometry"], old["geometry"], "{id}");
    }
}

const NEAR_DAY: &str = "2026-01-01";

#[test]
fn near_ak_turpak_in_either_script_at_the_prompt_and_over_http() {
    let server = Server::of_valley();
    let encoded = "%D0%90%D0%BA-%D0%A2%D1%83%D1%80%D0%BF%D0%B0%D0%BA";
    let latin = server.json(&format!("/near?place=Ak-Turpak&radius=20km&datetime={NEAR_DAY}"));
    let cyrillic = server.json(&format!("/near?place={encoded}&radius=20km&datetime={NEAR_DAY}"));
    let prompt = |name| {
        demarc_json(&["near", name, "--radius", "20km", "--datetime", NEAR_DAY, "--format", "json"])
    };
    for other in [&cyrillic, &prompt("Ak-Turpak"), &prompt("Ак-Турпак"), &prompt("1514637")]
    {
        for member in ["features", "covering", "unlocated", "place", "message", "notice"] {
            assert_eq!(latin[member], other[member], "{member}");
        }
    }

    let found = features(&latin);
    for id in ["area-ak-turpak", "area-otukchu", "area-chonkara", "area-sokh-surrounds"] {
        let feature = found.iter().find(|feature| feature["id"] == id).expect(id);
        let properties = &feature["properties"];
        let verdict = properties["match"].as_str().unwrap();
        assert!(["certain", "possible"].contains(&verdict), "{id}: {verdict}");
        let metres = |name: &str| properties[name].as_f64().unwrap();
        assert!(metres("nearest_m") <= 20_000., "{id}");
        assert_eq!(verdict == "certain", metres("farthest_m") <= 20_000., "{id}");
        let spread = metres("uncertainty_m");
        assert!((metres("farthest_m") - metres("distance_m") - spread).abs() < 0.11, "{id}");
        assert!(
            (metres("nearest_m") - (metres("distance_m") - spread).max(0.)).abs() < 0.11,
            "{id}"
        );
        assert!(!properties["status_by"].as_str().unwrap().is_empty(), "{id}");
    }
    let nearest: Vec<f64> =
        found.iter().map(|f| f["properties"]["nearest_m"].as_f64().unwrap()).collect();
    assert!(nearest.is_sorted(), "{nearest:?}");
    assert_eq!(ids(latin["covering"].as_array().unwrap()), ["area-kyrgyzstan"]);
    assert!(!ids(found).contains(&"area-kyrgyzstan"));
    assert!(latin["notice"].as_str().unwrap().contains("not evidence"));

    let (code, text, _) =
        demarc_text(&["near", "Ак-Турпак", "--radius", "20km", "--datetime", NEAR_DAY]);
    assert_eq!(code, 0);
    for part in ["area-ak-turpak", "area-otukchu", "area-chonkara", "area-sokh-surrounds"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let notice = latin["notice"].as_str().unwrap();
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert!(words(&text).ends_with(&words(notice)), "the notice comes last: {text}");
}

#[test]
fn nothing_found_is_an_answer_with_its_warning() {
    let server = Server::of_valley();
    let over_http = server.json(&format!("/near?at=71.0,39.0&radius=1km&datetime={NEAR_DAY}"));
    let prompt = demarc_json(&[
        "near",
        "71.0,39.0",
        "--radius",
        "1km",
        "--datetime",
        NEAR_DAY,
        "--format",
        "json",
    ]);
    for answer in [&over_http, &prompt] {
        assert_eq!(answer["features"], serde_json::json!([]));
        let message = answer["message"].as_str().unwrap();
        assert!(message.contains("Nothing is reported within 1 km"), "{message}");
        assert!(message.contains("not evidence"), "{message}");
        assert!(answer["notice"].as_str().unwrap().contains("not evidence"));
    }
    let (code, text, _) =
        demarc_text(&["near", "71.0,39.0", "--radius", "1km", "--datetime", NEAR_DAY]);
    assert_eq!(code, 0, "nothing found is no failure");
    assert!(text.contains("Nothing is reported within 1 km"), "{text}");
}

/// A position west of Greenwich begins with a hyphen, and is no option.
#[test]
fn a_position_may_begin_with_a_hyphen() {
    for args in [
        &["near", "-71.05,40.19", "--radius", "5km", "--datetime", NEAR_DAY][..],
        &["near", "--radius", "5km", "--datetime", NEAR_DAY, "-71.05,-40.19"],
        &["timeline", "--near", "-71.05,40.19", "--radius", "5km"],
    ] {
        let (code, out, err) = demarc_text(args);
        assert_eq!(code, 0, "{args:?}: {err}");
        assert!(out.contains("not evidence"), "{args:?}: {out}");
    }
    let (code, _, err) = demarc_text(&["near", "Batken", "--radus", "5km"]);
    assert_eq!(code, 2, "a misspelt option is still one");
    assert!(err.contains("--radius"), "{err}");
}

#[test]
fn the_timeline_tells_who_and_where_from() {
    let server = Server::of_valley();
    let feature = "area-sokh-surrounds";
    let over_http = server.json(&format!("/timeline?feature={feature}&to=2006-12-31"));
    let prompt =
        demarc_json(&["timeline", "--feature", feature, "--to", "2006-12-31", "--format", "json"]);
    assert_eq!(over_http["entries"], prompt["entries"]);
    let entries = over_http["entries"].as_array().unwrap();
    let mined = entries.iter().find(|e| e["id"] == "claim-2003-kg-enclaves-mined").unwrap();
    assert_eq!((&mined["asserts"], &mined["inherited"]), (&"mined".into(), &false.into()));
    assert!(mined["claimant"]["name"].as_str().unwrap().contains("Kyrgyz"));
    assert!(!mined["sources"].as_array().unwrap().is_empty());
    let starts: Vec<&str> = entries.iter().filter_map(|e| e["start"].as_str()).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    assert!(entries.iter().any(|entry| entry["inherited"] == true), "claims of the country too");

    let known = demarc_json(&[
        "timeline",
        "--feature",
        feature,
        "--known-at",
        "2004-12-31",
        "--format",
        "json",
    ]);
    for entry in known["entries"].as_array().unwrap() {
        assert!(entry["known_from"].as_str().unwrap() <= "2004-12-31", "{entry}");
    }
    assert!(ids(known["entries"].as_array().unwrap()).contains(&"claim-2003-kg-enclaves-mined"));
}
