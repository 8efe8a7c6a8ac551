//! Reported areas: none vanishes, none is surer than its version says, and an
//! answer says what it does not hold.

use std::path::Path;

use crate::common::{Server, folder, ids};
use crate::{check, no_fault, one_fault};
use serde_json::Value;

const VILLAGE: &str = r#"{"type":"Feature","id":"area-village","geometry":{"type":"Point","coordinates":[71.05,40.19]},"properties":{"name":"Round the village","basis":"settlement","uncertainty_m":3000,"uncertainty_reason":"Only the village is named.","extent":"unknown","precision":2,"source":"src-report","within":"area-country"}}"#;

/// The village's area with other geometry, basis and more properties.
fn village(geometry: &str, basis: &str, uncertainty: &str, more: &str) -> String {
    VILLAGE
        .replace(r#"{"type":"Point","coordinates":[71.05,40.19]}"#, geometry)
        .replace("\"basis\":\"settlement\"", &format!("\"basis\":\"{basis}\""))
        .replace("\"uncertainty_m\":3000", &format!("\"uncertainty_m\":{uncertainty}{more}"))
}

const POINT: &str = r#"{"type":"Point","coordinates":[71.05,40.19]}"#;

#[test]
fn each_version_of_an_area_has_its_own_uncertainty() {
    let dir = folder::small();
    let versions = [
        village(POINT, "settlement", "20000", ",\"end\":\"2010\""),
        village(POINT, "settlement", "50", ",\"start\":\"2011\""),
    ];
    folder::replace(dir.path(), "areas.geojson", VILLAGE, &versions.join(",\n"));
    no_fault(dir.path());
    let server = Server::start(dir.path(), &[]);

    // 12.8 km east of the village.
    let ask = |radius: &str, day: &str| {
        let path = format!("/near?at=71.2,40.19&radius={radius}&datetime={day}");
        server.json(&path)["features"].as_array().unwrap().clone()
    };
    let reach = |feature: &Value| {
        let properties = &feature["properties"];
        let metres = |name: &str| properties[name].as_f64().unwrap();
        (metres("distance_m"), metres("nearest_m"), metres("farthest_m"))
    };
    let vague = ask("1km", "2010-12-31");
    assert_eq!(ids(&vague), ["area-village"]);
    let (distance, nearest, farthest) = reach(&vague[0]);
    assert!((12_700.0..12_900.0).contains(&distance), "{distance}");
    assert!(nearest.abs() < 1e-9, "{nearest}");
    assert!((farthest - distance - 20_000.).abs() < 0.2, "{farthest}");
    assert_eq!(vague[0]["properties"]["match"], "possible");

    assert_eq!(ids(&ask("1km", "2011-01-01")), [""; 0], "the second version is sure to 50 m");
    let sure = ask("13km", "2011-01-01");
    let (distance, nearest, farthest) = reach(&sure[0]);
    assert!((distance - nearest - 50.).abs() < 0.2, "{nearest}");
    assert!((farthest - distance - 50.).abs() < 0.2, "{farthest}");
    assert_eq!(sure[0]["properties"]["match"], "certain");

    // Items near a place say the same.
    for (day, wanted) in [("2010-12-31", 1), ("2011-01-01", 0)] {
        let path = format!("/collections/areas/items?near=71.2,40.19&radius=1km&datetime={day}");
        let answer = server.json(&path);
        let found = ids(answer["features"].as_array().unwrap());
        let times = found.iter().filter(|id| **id == "area-village").count();
        assert_eq!(times, wanted, "{day}");
    }
}

#[test]
fn an_area_stands_in_one_layer_alone() {
    let dir = folder::small();
    let layer = "\n[[layer]]\nid = \"more\"\nfile = \"more.geojson\"\nkind = \"reported-area\"\nsource = \"src-map\"\n";
    let atlas = std::fs::read_to_string(dir.path().join("atlas.toml")).unwrap();
    folder::write(dir.path(), "atlas.toml", &(atlas + layer));
    let own = VILLAGE.replace("\"area-village\"", "\"area-other\"");
    let file =
        |feature: &str| format!("{{\"type\":\"FeatureCollection\",\"features\":[{feature}]}}");
    folder::write(dir.path(), "more.geojson", &file(&own));
    no_fault(dir.path());
    folder::write(dir.path(), "more.geojson", &file(VILLAGE));
    one_fault(
        dir.path(),
        &["atlas.toml: ", "`area-village`", "`id`", "`areas` and `more`", "its own id"],
    );
}

/// An empty geometry would never be near anything, and nobody would know.
#[test]
fn an_area_without_positions_is_a_fault() {
    for (kind, basis) in [
        ("MultiPoint", "settlement"),
        ("MultiLineString", "border-stretch"),
        ("MultiPolygon", "surveyed"),
    ] {
        let dir = folder::small();
        let geometry = format!(r#"{{"type":"{kind}","coordinates":[]}}"#);
        let empty = village(&geometry, basis, "3000", "");
        folder::replace(dir.path(), "areas.geojson", VILLAGE, &empty);
        one_fault(
            dir.path(),
            &["areas.geojson:2: ", "`area-village`", "`geometry`", "is empty", "draw it"],
        );
    }
    let dir = folder::small();
    folder::replace(
        dir.path(),
        "lakes.geojson",
        r#"{"type":"Polygon","coordinates":[[[70.5,40.5],[70.6,40.5],[70.6,40.6],[70.5,40.5]]]}"#,
        r#"{"type":"GeometryCollection","geometries":[{"type":"MultiPoint","coordinates":[]}]}"#,
    );
    one_fault(dir.path(), &["lakes.geojson:2: ", "`tarn`", "`geometry`", "is empty", "draw it"]);
}

/// RFC 7946, 3.1: empty coordinates may be taken for no geometry. Many files that
/// people have hold some.
#[test]
fn in_a_plain_layer_empty_geometry_is_null() {
    let dir = folder::small();
    let kinds = ["MultiPoint", "MultiLineString", "MultiPolygon"];
    let mut lines: Vec<String> = kinds
        .iter()
        .map(|kind| format!(r#"{{"type":"Feature","geometry":{{"type":"{kind}","coordinates":[]}},"properties":{{}}}}"#))
        .collect();
    lines.push(
        r#"{"type":"Feature","geometry":{"type":"GeometryCollection","geometries":[]},"properties":{}}"#
            .to_owned(),
    );
    folder::write(dir.path(), "walks.geojsonl", &lines.join("\n"));
    no_fault(dir.path());
    let server = Server::start(dir.path(), &[]);
    let all = server.json("/collections/walks/items");
    assert_eq!(all["numberMatched"], 4);
    for feature in all["features"].as_array().unwrap() {
        assert!(feature["geometry"].is_null(), "{feature}");
    }
    assert_eq!(server.json("/collections/walks/items?bbox=-180,-90,180,90")["numberMatched"], 0);
}

#[test]
fn near_says_that_reported_areas_were_not_asked_for() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &[]);
    let said = "Reported areas were not asked for.";
    let message = |path: &str| server.json(path)["message"].as_str().unwrap().to_owned();
    let lakes = message("/near?place=village&collections=lakes");
    assert!(lakes.contains(said) && lakes.contains("not evidence"), "{lakes}");
    let settlements = message("/near?place=village&collections=settlements,lakes");
    assert!(settlements.contains(said), "{settlements}");
    let both = message("/near?place=village&collections=lakes,areas");
    assert!(!both.contains(said), "{both}");
}

#[test]
fn near_says_how_many_have_no_report_up_to_that_day() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &[]);
    let message = |day: &str| {
        let answer = server.json(&format!("/near?place=village&datetime={day}"));
        assert_eq!(ids(answer["features"].as_array().unwrap()), ["area-village"], "{day}");
        answer["message"].as_str().unwrap().to_owned()
    };
    let before = message("2002-12-31");
    assert!(before.contains("for 0. 1 of them has no report up to that day."), "{before}");
    assert!(before.contains("not evidence that the ground is free of mines"), "{before}");
    let after = message("2003-01-01");
    assert!(!after.contains("for 0. 1 of them has no report"), "{after}");
}

#[test]
fn near_counts_no_report_that_nobody_made() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &[]);
    // Neither the country nor the area without location has a claim.
    let answer = server.json("/near?place=village&datetime=2002-12-31");
    let message = answer["message"].as_str().unwrap();
    assert!(
        message.contains(
            "1 reported area is a whole district or country that holds the place. \
             1 of them has no report up to that day. \
             1 reported area has no stated location, and may lie here or anywhere. \
             1 of them has no report up to that day."
        ),
        "{message}"
    );
    // A claim about no place is one that somebody made.
    claim_about_no_place(dir.path());
    let server = Server::start(dir.path(), &[]);
    let message = |more: &str| {
        let answer = server.json(&format!("/near?place=village{more}"));
        answer["message"].as_str().unwrap().to_owned()
    };
    let areas = message("");
    assert!(areas.ends_with("and may lie here or anywhere."), "{areas}");
    let claims = message("&collections=claims");
    assert!(claims.contains("1 claim names no location"), "{claims}");
}

/// Adds `claim-somewhere`, about an area that no source locates.
fn claim_about_no_place(dir: &Path) {
    let claims = std::fs::read_to_string(dir.join("claims.toml")).unwrap();
    let nowhere = claims.split("[[claim]]").nth(1).unwrap();
    let nowhere =
        nowhere.replace("claim-mined", "claim-somewhere").replace("area-village", "area-nowhere");
    folder::write(dir, "claims.toml", &format!("{claims}\n[[claim]]{nowhere}"));
}

#[test]
fn a_timeline_near_a_place_lists_claims_without_location() {
    let dir = folder::small();
    claim_about_no_place(dir.path());
    let server = Server::start(dir.path(), &[]);

    let answer = server.json("/timeline?near=71.05,40.19&radius=1km");
    assert_eq!(ids(answer["entries"].as_array().unwrap()), ["claim-mined", "claim-cleared"]);
    assert_eq!(ids(answer["unlocated"].as_array().unwrap()), ["claim-somewhere"]);
    let message = answer["message"].as_str().unwrap();
    assert!(message.starts_with("1 more claim names no location"), "{message}");

    // The other parts of the question narrow it too.
    let early = server.json("/timeline?near=71.05,40.19&known-at=2003-12-31");
    assert!(early["unlocated"].is_null(), "{early}");
    let everywhere = server.json("/timeline");
    assert!(everywhere["unlocated"].is_null(), "nothing is lost where no place is asked about");
    assert_eq!(everywhere["numberReturned"], 4);
}

#[test]
fn claims_and_events_carry_whose_geometry_it_is() {
    let dir = folder::small();
    for (layer, licence, attribution) in [
        ("areas", "ODbL-1.0", "© OpenStreetMap contributors"),
        ("lakes", "CC-BY-4.0", "A lake mapper"),
    ] {
        folder::replace(
            dir.path(),
            "atlas.toml",
            &format!("id = \"{layer}\""),
            &format!("id = \"{layer}\"\nlicence = \"{licence}\"\nattribution = \"{attribution}\""),
        );
    }
    let server = Server::start(dir.path(), &[]);
    for path in ["/collections/claims", "/collections/claims/items"] {
        let claims = server.json(path);
        assert_eq!(claims["licence"], "ODbL-1.0", "{path}");
        assert_eq!(claims["attribution"], "© OpenStreetMap contributors", "{path}");
    }
    for path in ["/collections/events", "/collections/events/items"] {
        let events = server.json(path);
        assert_eq!(events["licence"], "ODbL-1.0 AND CC-BY-4.0", "{path}");
        assert_eq!(events["attribution"], "© OpenStreetMap contributors; A lake mapper", "{path}");
    }
}

#[test]
fn a_claim_may_leave_the_hazard_open() {
    let dir = folder::small();
    folder::replace(dir.path(), "claims.toml", "hazard = [\"mines\"]", "hazard = []");
    no_fault(dir.path());
    folder::replace(dir.path(), "claims.toml", "hazard = []\n", "");
    let (code, out) = check(dir.path());
    assert_eq!(code, 1);
    assert!(out.contains("`[]` where the source does not say"), "{out}");
}
