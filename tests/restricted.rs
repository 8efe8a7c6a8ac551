//! What is restricted is there for who shows a token, and for nobody else: no
//! answer to the public differs from that of a folder without it.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

mod common;

use std::collections::{BTreeSet, VecDeque};
use std::fs;
use std::path::Path;

use common::{Answer, Server, demarc_text, folder, timeless};
use serde_json::Value;
use tempfile::TempDir;

/// What stands in everything that is restricted, and nowhere else.
const SIGN: &str = "kestrel";

const TOKEN: &str = "f3b1c6d2-of-the-survey-team";

const LAYERS: &str = r#"
[[layer]]
id = "kestrel-areas"
title = "Kestrel areas"
file = "kestrel-areas.geojson"
kind = "reported-area"
source = "src-kestrel"
access = "restricted"

[[layer]]
id = "kestrel-villages"
file = "kestrel-villages.geojson"
kind = "settlement"
source = "src-map"
access = "restricted"

[[layer]]
id = "kestrel-walks"
file = "kestrel-walks.geojsonl"
kind = "plain"
access = "restricted"
"#;

const AREAS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"area-kestrel","geometry":{"type":"Polygon","coordinates":[[[71.06,40.2],[71.08,40.2],[71.08,40.22],[71.06,40.22],[71.06,40.2]]]},"properties":{"name":"Kestrel hill","basis":"surveyed","uncertainty_m":5,"uncertainty_reason":"Surveyed by kestrel.","extent":"known","precision":1,"source":"src-kestrel","within":"area-country"}}
]}"#;

const VILLAGES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"kestrel","geometry":{"type":"Point","coordinates":[71.07,40.21]},"properties":{"name":"Kestrelabad","country":"AA","source":"src-map"}}
]}"#;

const WALKS: &str = r#"{"type":"Feature","geometry":{"type":"LineString","coordinates":[[-150.0,-60.0],[-150.1,-60.2]]},"properties":{"kestrel":900}}"#;

/// Entries of the ledger, by file.
const ENTRIES: [(&str, &str); 7] = [
    (
        "sources.toml",
        "[[source]]\nid = \"src-kestrel\"\ntitle = \"The kestrel survey\"\npublisher = \"kestrel\"\naccess = \"restricted\"\n",
    ),
    (
        "actors.toml",
        "[[actor]]\nid = \"actor-kestrel\"\nname = \"The kestrel team\"\nkind = \"military\"\naccess = \"restricted\"\n",
    ),
    (
        "claims.toml",
        r#"[[claim]]
id = "claim-kestrel"
area = ["area-kestrel", "area-village"]
asserts = "suspected"
hazard = ["uxo"]
about = "2019"
reported = "2020"
claimant = "actor-kestrel"
sources = ["src-kestrel"]
summary = "The kestrel team suspects both."
access = "restricted"
"#,
    ),
    (
        "events.toml",
        r#"[[event]]
id = "ev-kestrel"
kind = "verification"
title = "kestrel is surveyed"
date = "1871-06-01"
covers = ["kestrel-areas/area-kestrel", "borders/line"]
sources = ["src-kestrel"]
access = "restricted"
"#,
    ),
    (
        "contradictions.toml",
        r#"[[contradiction]]
id = "con-kestrel"
kind = "tension"
statement = "kestrel does not agree with the ministry."
claims = ["claim-kestrel", "claim-cleared"]
access = "restricted"
"#,
    ),
    (
        "indicators.toml",
        r#"[[indicator]]
id = "ind-kestrel"
kind = "unknown"
label = "kestrels"
value = "unknown"
sources = ["src-kestrel"]
access = "restricted"
"#,
    ),
    (
        "places.toml",
        r#"[[place]]
id = "place-kestrel"
name = "Kestrel rock"
kind = "settlement"
feature = "kestrel-villages/kestrel"
notes = "kestrel"
access = "restricted"
"#,
    ),
];

fn append(dir: &Path, name: &str, text: &str) {
    let before = fs::read_to_string(dir.join(name)).unwrap();
    folder::write(dir, name, &format!("{before}\n{text}"));
}

/// The small folder, of which a part is translated.
fn without_restricted() -> TempDir {
    let dir = folder::small();
    let translation =
        "[[translation]]\nlanguage = \"ru\"\n[translation.layers]\nlakes = \"Озёра\"\n";
    append(dir.path(), "atlas.toml", translation);
    dir
}

/// The same with restricted layers in it, and entries of the ledger that go with
/// them.
fn with_restricted() -> TempDir {
    let dir = without_restricted();
    append(dir.path(), "atlas.toml", &format!("kestrel-areas = \"Kestrel\"\n{LAYERS}"));
    folder::write(dir.path(), "kestrel-areas.geojson", AREAS);
    folder::write(dir.path(), "kestrel-villages.geojson", VILLAGES);
    folder::write(dir.path(), "kestrel-walks.geojsonl", WALKS);
    for (file, text) in ENTRIES {
        append(dir.path(), file, text);
    }
    dir
}

/// A file that knows the token.
fn tokens(dir: &Path) -> String {
    use sha2::{Digest, Sha256};
    let hash = demarc::load::hexadecimal(&Sha256::digest(TOKEN));
    folder::write(dir, "tokens", &format!("{hash}  the survey team\n"));
    dir.join("tokens").to_str().unwrap().to_owned()
}

fn serve(geodata: &Path, tokens: &str) -> Server {
    Server::start(geodata, &["--tokens", tokens, "--base-url", "http://atlas.example"])
}

fn with_token(server: &Server, target: &str) -> Answer {
    server.request("GET", target, &[("Authorization", &format!("Bearer {TOKEN}"))])
}

/// The version of a snapshot in the tag of an answer.
fn version(answer: &Answer) -> Option<String> {
    Some(answer.header("etag")?.trim_matches('"').split('-').next()?.to_owned())
}

/// An answer, without what only tells one run of a server from another.
fn told(answer: &Answer) -> (u16, Vec<Option<String>>, Vec<u8>) {
    let names = ["content-type", "vary", "cache-control", "link", "content-crs", "allow"];
    let headers = names.iter().map(|name| answer.header(name).map(str::to_owned));
    let headers = headers.chain([version(answer)]).collect();
    (answer.status, headers, timeless(answer))
}

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

#[test]
fn a_token_opens_it() {
    let dir = with_restricted();
    let elsewhere = TempDir::new().unwrap();
    let server = serve(dir.path(), &tokens(elsewhere.path()));
    for target in [
        "/collections/kestrel-areas/items/area-kestrel",
        "/collections/claims/items/claim-kestrel",
        "/sources/src-kestrel",
        "/near?place=Kestrelabad",
        "/timeline?feature=area-kestrel",
        "/collections/kestrel-walks/items?f=csv",
    ] {
        let answer = with_token(&server, target);
        assert_eq!(answer.status, 200, "{target}: {}", answer.text());
        assert!(answer.text().to_lowercase().contains(SIGN), "{target}");
        assert_eq!(answer.header("cache-control"), Some("private, no-cache"), "{target}");
        assert!(server.get(target).status >= 400, "{target} is for everyone");
    }
    for target in ["/collections", "/api", "/health/ready", "/tiles/WebMercatorQuad/tilejson.json"]
    {
        let answer = with_token(&server, target);
        assert!(answer.text().contains("kestrel-areas"), "{target}");
    }
    // What a claim that is restricted says of an area that is not.
    let status = |answer: Answer| answer.json()["properties"]["status"].clone();
    let target = "/collections/areas/items/area-village";
    assert_eq!(status(with_token(&server, target)), "suspected");
    assert_eq!(status(server.get(target)), "cleared");
}

#[test]
fn a_token_that_opens_nothing_is_refused() {
    let dir = with_restricted();
    let elsewhere = TempDir::new().unwrap();
    let server = serve(dir.path(), &tokens(elsewhere.path()));
    for wrong in ["Bearer", "Bearer ", "Bearer x", &format!("Bearer {TOKEN}x"), "bearer kestrel"] {
        let answer = server.request("GET", "/collections", &[("Authorization", wrong)]);
        assert_eq!(answer.status, 401, "{wrong}: {:.300}", answer.text());
        assert_eq!(answer.header("www-authenticate"), Some("Bearer error=\"invalid_token\""));
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    }
    // Of a scheme that is not ours nothing is said.
    let other = server.request("GET", "/collections", &[("Authorization", "Basic a2VzdHJlbA==")]);
    assert_eq!(other.status, 200);
    assert!(!other.text().contains(SIGN));
    // Where there are no tokens nobody sees it.
    let server = Server::start(dir.path(), &[]);
    let answer = with_token(&server, "/collections");
    assert!(answer.status == 200 && !answer.text().contains(SIGN));
}

#[test]
fn commands_leave_it_out_unless_they_are_told() {
    let dir = with_restricted();
    let path = dir.path().to_str().unwrap();
    let everyone = [
        vec!["near", "71.07,40.21", "--geodata", path],
        vec!["timeline", "--geodata", path],
        vec!["export", "claims", "--geodata", path],
    ];
    for mut command in everyone {
        let (code, out, err) = demarc_text(&command);
        assert_eq!(code, 0, "{command:?}: {err}");
        assert!(!out.to_lowercase().contains(SIGN), "{command:?}: {out}");
        command.push("--restricted");
        assert!(demarc_text(&command).1.to_lowercase().contains(SIGN), "{command:?}");
    }
    let (code, _, err) = demarc_text(&["export", "kestrel-areas", "--geodata", path]);
    assert_eq!(code, 1);
    assert!(!err.contains("there are borders, territories, enclaves, areas, kestrel"), "{err}");
    let (code, out, _) = demarc_text(&["check", path]);
    assert!(code == 0 && out.contains("1 kestrel-areas"), "who checks a folder sees all: {out}");
}

/// Whatever the public is shown must not name what it is not shown.
#[test]
fn check_finds_what_would_be_told_nevertheless() {
    for (file, entry) in ENTRIES {
        let dir = with_restricted();
        folder::replace(dir.path(), file, entry, &entry.replace("access = \"restricted\"\n", ""));
        let (code, out, _) = demarc_text(&["check", dir.path().to_str().unwrap()]);
        // These name nothing that is restricted, and so may be for everyone.
        let is_fine = ["sources.toml", "actors.toml"].contains(&file);
        assert_eq!(code, i32::from(!is_fine), "{file}: {out}");
        assert_eq!(out.contains("since that is restricted"), !is_fine, "{file}: {out}");
    }
    let dir = with_restricted();
    let own = "source = \"src-kestrel\"\naccess = ";
    let (hidden, shown) = (format!("{own}\"restricted\""), format!("{own}\"public\""));
    folder::replace(dir.path(), "atlas.toml", &hidden, &shown);
    let (code, out, _) = demarc_text(&["check", dir.path().to_str().unwrap()]);
    assert_eq!(code, 1, "its source is restricted: {out}");
    assert!(out.contains("src-kestrel") && out.contains("access = \"restricted\""), "{out}");
    let dir = with_restricted();
    folder::replace(dir.path(), "atlas.toml", "access = \"restricted\"", "access = \"secret\"");
    let (code, out, _) = demarc_text(&["check", dir.path().to_str().unwrap()]);
    assert!(code == 1 && out.contains("`access`") && out.contains("public, restricted"), "{out}");
}

/// Waits until an answer is as it is wanted.
#[cfg(unix)]
fn until(ask: impl Fn() -> Answer, wanted: impl Fn(&Answer) -> bool) -> Answer {
    let since = std::time::Instant::now();
    loop {
        let answer = ask();
        if wanted(&answer) {
            return answer;
        }
        assert!(since.elapsed().as_secs() < 60, "still {}", answer.text());
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

/// What is left must not sound surer than all of it.
#[test]
fn check_says_where_the_public_is_told_of_clearance_and_others_are_not() {
    let dir = with_restricted();
    let path = dir.path().to_str().unwrap();
    let (code, out, _) = demarc_text(&["check", path]);
    assert_eq!(code, 0, "{out}");
    let caution = out.lines().find(|line| line.starts_with("caution: ")).expect(&out);
    for told in ["area-village", "`cleared`", "`suspected`", "restrict the area too"] {
        assert!(caution.contains(told), "{told}: {caution}");
    }
    let json = common::demarc_json(&["check", path, "--format", "json"]);
    assert_eq!(json["cautions"].as_array().unwrap().len(), 1, "{json}");
    let dir = without_restricted();
    let json = common::demarc_json(&["check", dir.path().to_str().unwrap(), "--format", "json"]);
    assert!(json["cautions"].as_array().unwrap().is_empty(), "{json}");
}

/// A fault names what it is a fault of.
#[cfg(unix)]
#[test]
fn faults_of_what_is_restricted_are_not_told() {
    let dir = with_restricted();
    let elsewhere = TempDir::new().unwrap();
    let server = serve(dir.path(), &tokens(elsewhere.path()));
    folder::replace(dir.path(), "kestrel-areas.geojson", "\"precision\":1", "\"precision\":9");
    let before = server.get("/health/ready");
    server.signal("HUP");
    let failed = |answer: &Answer| answer.json()["reload"]["failed"] == 1;
    let ready = until(|| with_token(&server, "/health/ready"), failed).json();
    assert_eq!(ready["reload"]["last"]["outcome"], "failed");
    assert_eq!(ready["reload"]["last"]["faults"][0]["file"], "kestrel-areas.geojson");
    assert_eq!(told(&server.get("/health/ready")), told(&before), "the public is told nothing");
}

/// The first of what is restricted, in a file that cannot be read.
#[cfg(unix)]
#[test]
fn a_fault_is_told_where_there_are_no_tokens_and_nothing_is_restricted() {
    let dir = without_restricted();
    let elsewhere = TempDir::new().unwrap();
    let hidden = serve(dir.path(), &tokens(elsewhere.path()));
    let open = Server::start(dir.path(), &[]);
    let broken = format!("{}\nbroken = = 1\n", ENTRIES[0].1);
    append(dir.path(), ENTRIES[0].0, &broken);
    for server in [&hidden, &open] {
        server.signal("HUP");
    }
    let failed = |answer: &Answer| answer.json()["reload"]["failed"] == 1;
    until(|| with_token(&hidden, "/health/ready"), failed);
    let seen = hidden.get("/health/ready").text();
    assert!(!seen.contains("faults") && !seen.contains("reload"), "{seen}");
    // Nothing says that this is to be hidden.
    let ready = until(|| open.get("/health/ready"), failed).json();
    assert_eq!(ready["reload"]["last"]["faults"][0]["file"], ENTRIES[0].0);
    // With something restricted and no tokens nobody is shown it, nor its faults.
    let dir = with_restricted();
    let server = Server::start(dir.path(), &[]);
    append(dir.path(), ENTRIES[0].0, &broken);
    server.signal("HUP");
    let ready = until(|| server.get("/health/ready"), failed);
    assert!(!ready.text().to_lowercase().contains(SIGN), "{}", ready.text());
}

/// That something changed is something told.
#[cfg(unix)]
#[test]
fn the_public_is_not_told_when_something_restricted_changes() {
    let dir = with_restricted();
    let elsewhere = TempDir::new().unwrap();
    let server = serve(dir.path(), &tokens(elsewhere.path()));
    let targets = ["/health/ready", "/metrics", "/collections/areas/items", "/?f=json", "/sources"];
    let ask = || {
        targets.map(|target| {
            let answer = server.get(target);
            let date = answer.header("last-modified").map(str::to_owned);
            (answer.status, answer.header("etag").map(str::to_owned), date, answer.body)
        })
    };
    let before = ask();
    assert_eq!(server.get("/metrics").status, 401);
    assert_eq!(with_token(&server, "/metrics").status, 200);
    let first = with_token(&server, "/health/ready").json()["snapshot"].clone();
    folder::replace(dir.path(), "kestrel-areas.geojson", "\"precision\":1", "\"precision\":2");
    server.signal("HUP");
    until(|| with_token(&server, "/health/ready"), |answer| answer.json()["snapshot"] != first);
    assert!(ask() == before, "{:?}", server.get("/health/ready").text());
}

/// Whoever was struck from the tokens is out, also where the file has a slip.
#[cfg(unix)]
#[test]
fn a_token_that_was_withdrawn_opens_nothing() {
    let dir = with_restricted();
    let elsewhere = TempDir::new().unwrap();
    let tokens = tokens(elsewhere.path());
    let mut server =
        Server::start(dir.path(), &["--tokens", &tokens, "--health-listen", "127.0.0.1:0"]);
    let line = server.line();
    let health = line.strip_prefix("health on http://").unwrap_or_else(|| panic!("{line}"));
    let known = fs::read_to_string(&tokens).unwrap();
    for (file, failed) in [("# nobody\n", 0), ("not a hash\n", 1)] {
        fs::write(&tokens, &known).unwrap();
        server.signal("HUP");
        until(|| with_token(&server, "/collections"), |answer| answer.status == 200);
        fs::write(&tokens, file).unwrap();
        server.signal("HUP");
        until(|| with_token(&server, "/collections"), |answer| answer.status == 401);
        let head = "GET /health/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        let ready = || Answer::parse(&common::sent(health, head), false);
        let ready = until(ready, |answer| answer.json()["reload"]["failed"] == failed).json();
        let faults = &ready["reload"]["last"]["faults"];
        assert_eq!(faults[0]["file"] == "--tokens", failed == 1, "{faults}");
    }
}

#[test]
fn a_file_of_tokens_that_is_none_is_refused() {
    let dir = with_restricted();
    folder::write(dir.path(), "tokens", TOKEN);
    let file = dir.path().join("tokens");
    let path = dir.path().to_str().unwrap();
    let command = ["serve", "--listen", "127.0.0.1:0", "--geodata", path, "--tokens"];
    let mut command = command.to_vec();
    command.push(file.to_str().unwrap());
    let (code, _, err) = demarc_text(&command);
    assert_eq!(code, 3, "{err}");
    assert!(err.contains("--tokens") && err.contains("sha256sum"), "{err}");
    assert!(!err.contains(TOKEN), "a token is not written down: {err}");
}
