//! The two clocks: nothing of later days shows under `known-at`, and no claim is
//! lost for want of a date.

use crate::common::{self, Server, features, folder, ids};
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
fn at_a_prompt_an_undated_claim_is_not_said_as_of_the_day() {
    let near = |dir: &tempfile::TempDir| {
        let folder = dir.path().to_str().unwrap();
        let args = ["near", "village", "--geodata", folder, "--datetime", "1950-01-01"];
        let (code, out, err) = common::demarc_text(&args);
        assert_eq!(code, 0, "{err}");
        out
    };
    let said = near(&undated("about = \"2003\"\n", "reported = \"2004-01-15\"\n", 1));
    assert!(said.contains("reported mined, no date stated, by "), "{said}");
    let dated = near(&claims(&[("about = \"2003\"", "about = \"../2003\"")]));
    assert!(dated.contains("reported mined, ../2003, by "), "{dated}");
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

/// What filters and sorting see under `known-at` is what the answer shows.
#[test]
fn filters_see_no_more_than_answers_show() {
    let server = Server::of_valley();
    for clocks in ["datetime=../..&known-at=2012-01-01", "datetime=../..&known-at=2005-01-01"] {
        for collection in ["enclaves", "borders", "territories", "events", "reported-areas"] {
            let path = format!("/collections/{collection}/items?limit=1000&{clocks}");
            let all = server.json(&path);
            let schema = server.json(&format!("/collections/{collection}/queryables"));
            let names = schema["properties"].as_object().unwrap();
            for name in names.keys().filter(|name| *name != "geometry") {
                let without = |one: &&Value| one["properties"].get(name).is_none_or(Value::is_null);
                if features(&all).iter().all(|one| one["properties"].get(name).is_none()) {
                    continue;
                }
                let shown = features(&all).iter().filter(without).count();
                let filter = common::encoded(&format!("\"{name}\" IS NULL"));
                let found = server.json(&format!("{path}&filter={filter}"));
                assert_eq!(found["numberMatched"], shown, "{name} of {collection}, {clocks}");
            }
        }
    }
    let known = "datetime=../..&known-at=2012-01-01";
    let after = common::encoded("T_INTERSECTS(INTERVAL(start,end), INTERVAL('2024-05-01','..'))");
    let found = server.json(&format!("/collections/enclaves/items?{known}&filter={after}"));
    assert!(ids(features(&found)).contains(&"barak"), "its end lay ahead");
}

/// Notes are written from what is known now.
#[test]
fn notes_are_left_out_of_what_was_known() {
    let server = Server::of_valley();
    for collection in ["enclaves", "borders", "reported-areas", "claims", "events"] {
        let path = format!("/collections/{collection}/items?limit=1000&datetime=../..");
        let noted = |answer: &Value| {
            features(answer).iter().filter(|one| one["properties"]["notes"].is_string()).count()
        };
        assert!(noted(&server.json(&path)) > 0, "{collection}");
        assert_eq!(noted(&server.json(&format!("{path}&known-at=2026-01-01"))), 0, "{collection}");
    }
    let timeline = server.json("/timeline?known-at=2026-01-01");
    let entries = timeline["entries"].as_array().unwrap();
    assert!(entries.iter().all(|entry| entry.get("notes").is_none()));
}

/// A link out of an answer as known on a day leads to one as known on that day.
#[test]
fn links_keep_the_knowledge_clock() {
    let server = Server::of_valley();
    let item =
        server.json("/collections/enclaves/items/barak?datetime=2010-01-01&known-at=2012-01-01");
    for rel in ["related", "timemap"] {
        assert!(
            common::link(&item["links"], rel).unwrap().contains("known-at=2012-01-01"),
            "{rel}"
        );
    }
    let versions = server.json("/collections/enclaves/items/barak/versions?known-at=2012-01-01");
    for version in versions["versions"].as_array().unwrap() {
        let href = version["href"].as_str().unwrap();
        assert!(href.contains("known-at=2012-01-01") && !href.contains("2024"), "{href}");
        assert!(server.follow(href).json()["properties"]["end"].is_null());
    }
}

/// Every file says of which day it is, and as known when.
#[test]
fn files_say_of_which_time_they_are() {
    let server = Server::of_valley();
    let path = "/collections/reported-areas/items?datetime=2002-06-15&known-at=2004-03-07";
    for format in ["json", "geojsonseq", "csv", "kml", "fgb", "gpkg"] {
        let answer = server.get(&format!("{path}&f={format}"));
        let holds =
            |text: &str| answer.body.windows(text.len()).any(|part| part == text.as_bytes());
        assert!(holds("2002-06-15") && holds("2004-03-07"), "{format}");
    }
    let today = server.json("/collections/reported-areas/items");
    assert!(today["datetime"].as_str().unwrap().len() == 10 && today.get("known_at").is_none());
    let nothing = server.get("/collections/reported-areas/items?bbox=0,0,1,1&f=geojsonseq");
    assert!(nothing.text().contains("No report is not evidence"), "{}", nothing.text());
    let window = server.json("/collections/reported-areas/items?bbox=68,38,75,43");
    assert!(window["message"].as_str().unwrap().contains("no source locates"));
}

/// At the prompt too: what came out later is not said to be missing.
#[test]
fn no_report_is_said_to_be_none_as_known() {
    let near = ["near", "Osh", "--radius", "50km", "--datetime", "2003-12-31"];
    let (_, now, _) = common::demarc_text(&near);
    let (_, then, _) = common::demarc_text(&[&near[..], &["--known-at", "1999-01-01"]].concat());
    let without = |text: &str| -> Vec<String> {
        text.lines().filter(|line| line.contains("no reports up to")).map(str::to_owned).collect()
    };
    assert!(without(&then).len() > without(&now).len(), "{then}");
    assert!(without(&then).iter().all(|line| line.contains("as known on 1999-01-01")), "{then}");
    assert!(!now.contains("as known on"), "{now}");
}
