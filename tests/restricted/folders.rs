//! A folder, and the same with what is restricted in it.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::common::folder;

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
pub const ENTRIES: [(&str, &str); 7] = [
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

pub fn append(dir: &Path, name: &str, text: &str) {
    let before = fs::read_to_string(dir.join(name)).unwrap();
    folder::write(dir, name, &format!("{before}\n{text}"));
}

/// The small folder, of which a part is translated.
pub fn without_restricted() -> TempDir {
    let dir = folder::small();
    let translation =
        "[[translation]]\nlanguage = \"ru\"\n[translation.layers]\nlakes = \"Озёра\"\n";
    append(dir.path(), "atlas.toml", translation);
    dir
}

/// The same with restricted layers in it, and entries of the ledger that go with
/// them.
pub fn with_restricted() -> TempDir {
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
