//! The two clocks: nothing of later days shows under `known-at`, and no claim is
//! lost for want of a date.

use crate::common::{Server, folder};
use crate::{no_fault, one_fault};
use serde_json::Value;

fn status(server: &Server, clocks: &str) -> String {
    let path = format!("/collections/areas/items/area-village?{clocks}");
    server.json(&path)["properties"]["status"].as_str().unwrap().to_owned()
}

/// A folder with some replacements in its claims.
fn claims(changes: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = folder::small();
    for (old, new) in changes {
        folder::replace(dir.path(), "claims.toml", old, new);
    }
    dir
}

#[test]
fn what_was_reported_by_an_open_date_was_always_known() {
    let dir = claims(&[("reported = \"2004-01-15\"", "reported = \"../2003\"")]);
    no_fault(dir.path());
    let server = Server::start(dir.path(), &[]);
    for known_at in ["0001-01-01", "1900-01-01", "2003-06-01", "2026-01-01"] {
        let clocks = format!("datetime=2004-06-01&known-at={known_at}");
        assert_eq!(status(&server, &clocks), "mined", "{known_at}");
    }
    let claim = server.json("/collections/claims/items/claim-mined?known-at=1900-01-01");
    assert_eq!(claim["properties"]["known_from"], "..");
}

#[test]
fn a_claim_that_does_not_say_speaks_of_the_day_it_was_reported() {
    let dir = claims(&[("about = \"2003\"\n", "")]);
    no_fault(dir.path());
    let server = Server::start(dir.path(), &[]);
    assert_eq!(status(&server, "datetime=2004-01-14"), "no-reports");
    assert_eq!(status(&server, "datetime=2004-01-15"), "mined");
    assert_eq!(status(&server, "datetime=2005-01-01"), "cleared");
}

const UNDATED: &str =
    "\n[[source]]\nid = \"src-undated\"\ntitle = \"A leaflet\"\npublisher = \"Nobody\"\n";

/// The claim with this `about` and `reported` is undated, and so is its source.
fn undated(about: &str, reported: &str, nth: usize) -> tempfile::TempDir {
    let dir = claims(&[(about, ""), (reported, "")]);
    let read = |name: &str| std::fs::read_to_string(dir.path().join(name)).unwrap();
    folder::write(dir.path(), "sources.toml", &(read("sources.toml") + UNDATED));
    let claims = read("claims.toml");
    let mut parts: Vec<String> = claims.split("[[claim]]").map(str::to_owned).collect();
    parts[nth] = parts[nth].replace("src-report", "src-undated");
    folder::write(dir.path(), "claims.toml", &parts.join("[[claim]]"));
    no_fault(dir.path());
    dir
}

#[test]
fn an_undated_claim_is_live_always() {
    let dir = undated("about = \"2003\"\n", "reported = \"2004-01-15\"\n", 1);
    let server = Server::start(dir.path(), &[]);
    for (day, wanted) in
        [("1900-01-01", "mined"), ("2004-12-31", "mined"), ("2005-01-01", "cleared")]
    {
        assert_eq!(status(&server, &format!("datetime={day}")), wanted, "{day}");
    }
    // Nobody knows since when it was known.
    assert_eq!(status(&server, "datetime=2004-12-31&known-at=2026-01-01"), "no-reports");
}

#[test]
fn an_undated_claim_counts_least() {
    // It stands later in the file, which would win among equals.
    let dir = undated("about = \"2005\"\n", "reported = \"2006-05\"\n", 2);
    let server = Server::start(dir.path(), &[]);
    assert_eq!(status(&server, "datetime=2002-12-31"), "cleared");
    for day in ["2003-01-01", "2020-01-01"] {
        assert_eq!(status(&server, &format!("datetime={day}")), "mined", "{day}");
    }
}

#[test]
fn what_cannot_have_been_reported_is_a_fault() {
    let dir = claims(&[("reported = \"2006-05\"", "reported = \"2004\"")]);
    one_fault(
        dir.path(),
        &[
            "claims.toml:18:12: ",
            "`claim-cleared`",
            "`reported`",
            "2004 lies before",
            "2005",
            "mend a date",
        ],
    );
    // Within what it speaks of it can.
    no_fault(claims(&[("reported = \"2006-05\"", "reported = \"2005-01-01\"")]).path());
}

#[test]
fn a_year_that_the_calendar_does_not_reach_is_a_fault() {
    for year in ["Y17000", "Y-17000"] {
        let dir = claims(&[("about = \"2003\"", &format!("about = \"{year}\""))]);
        one_fault(dir.path(), &["claims.toml:6:9: ", "`claim-mined`", "`about`", year, "YYYY"]);
    }
}

/// The ids of what a timeline says contradicts a claim.
fn contradicted(server: &Server, claim: &str, known_at: &str) -> Vec<String> {
    let answer = server.json(&format!("/timeline?feature=area-village&{known_at}"));
    let entries = answer["entries"].as_array().unwrap();
    let entry = entries.iter().find(|entry| entry["id"] == claim).unwrap();
    let list = entry["contradicted_by"].as_array().map_or(&[][..], Vec::as_slice);
    list.iter().map(|entry| entry["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_contradiction_shows_once_all_that_it_names_was_known() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &[]);
    assert_eq!(contradicted(&server, "claim-mined", ""), ["con-village"]);
    assert_eq!(contradicted(&server, "claim-mined", "known-at=2006-04-30"), [""; 0]);
    assert_eq!(contradicted(&server, "claim-mined", "known-at=2006-05-01"), ["con-village"]);

    // An event in it counts too.
    let dir = folder::small();
    folder::replace(
        dir.path(),
        "contradictions.toml",
        "claims = [\"claim-mined\", \"claim-cleared\"]",
        "claims = [\"claim-mined\", \"claim-cleared\"]\nevents = [\"ev-treaty\"]",
    );
    folder::replace(dir.path(), "events.toml", "date =", "reported = \"2014-02\"\ndate =");
    let server = Server::start(dir.path(), &[]);
    assert_eq!(contradicted(&server, "claim-cleared", "known-at=2014-01-31"), [""; 0]);
    assert_eq!(contradicted(&server, "claim-cleared", "known-at=2014-02-01"), ["con-village"]);
}

#[test]
fn what_became_of_an_event_is_left_out_of_what_was_known() {
    let dir = folder::small();
    folder::replace(
        dir.path(),
        "events.toml",
        "kind = \"treaty\"",
        "kind = \"treaty\"\nstate = \"in-force\"",
    );
    let server = Server::start(dir.path(), &[]);
    for (known_at, wanted) in [("", Value::from("in-force")), ("&known-at=2015-01-01", Value::Null)]
    {
        let timeline = server.json(&format!("/timeline?kind=event{known_at}"));
        assert_eq!(timeline["entries"][0]["id"], "ev-treaty");
        assert_eq!(timeline["entries"][0]["state"], wanted, "{known_at}");
        let items = server.json(&format!("/collections/events/items?limit=10{known_at}"));
        assert_eq!(items["features"][0]["properties"]["state"], wanted, "{known_at}");
    }
}

#[test]
fn an_end_that_lay_ahead_is_left_out_of_what_was_known() {
    let dir = folder::small();
    let end = "\"surrounded_by\":\"AA\",\"end\":\"2024-04-15\"";
    folder::replace(dir.path(), "enclaves.geojson", "\"surrounded_by\":\"AA\"", end);
    let server = Server::start(dir.path(), &[]);
    assert_eq!(server.get("/collections/enclaves/items/islet?datetime=2025-01-01").status, 410);

    let then = "datetime=2025-01-01&known-at=2020-01-01";
    let item = server.json(&format!("/collections/enclaves/items/islet?{then}"));
    assert!(item["properties"]["end"].is_null(), "{item}");
    let items = server.get(&format!("/collections/enclaves/items?{then}")).text();
    assert!(items.contains("islet") && !items.contains("2024-04-15"), "{items}");
    let versions = server.json("/collections/enclaves/items/islet/versions?known-at=2020-01-01");
    assert!(versions["versions"][0]["end"].is_null(), "{versions}");
    assert!(versions["versions"][0]["lastDay"].is_null(), "{versions}");
    // On the day itself it was.
    let item =
        server.json("/collections/enclaves/items/islet?datetime=2024-04-15&known-at=2024-04-15");
    assert_eq!(item["properties"]["end"], "2024-04-15");
}
