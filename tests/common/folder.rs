//! A small valid geodata folder, to be broken by a test or served by one.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

const ATLAS: &str = r#"title = "A small atlas"
abstract = "One layer of each kind."
window = [70.0, 39.0, 72.0, 41.0]
notice = "No report is not evidence that ground is free of mines."

[[layer]]
id = "borders"
file = "borders.geojson"
kind = "border"
source = "src-map"

[[layer]]
id = "territories"
file = "territories.geojson"
kind = "territory"
source = "src-map"

[[layer]]
id = "enclaves"
file = "enclaves.geojson"
kind = "enclave"
source = "src-map"

[[layer]]
id = "areas"
file = "areas.geojson"
kind = "reported-area"
source = "src-map"

[[layer]]
id = "settlements"
file = "settlements.geojson"
kind = "settlement"
source = "src-map"

[[layer]]
id = "lakes"
file = "lakes.geojson"
kind = "context"
source = "src-map"

[[layer]]
id = "walks"
file = "walks.geojsonl"
kind = "plain"
"#;

const SOURCES: &str = r#"[[source]]
id = "src-map"
title = "A map"
publisher = "A mapmaker"
published = "2020"

[[source]]
id = "src-report"
title = "A report"
publisher = "An institute"
published = "2006-05"
"#;

const ACTORS: &str = r#"[[actor]]
id = "actor-ministry"
name = "The ministry"
kind = "authority"
"#;

const CLAIMS: &str = r#"[[claim]]
id = "claim-mined"
area = "area-village"
asserts = "mined"
hazard = ["mines"]
about = "2003"
reported = "2004-01-15"
claimant = "actor-ministry"
sources = ["src-report"]
summary = "The ministry says that the village was mined in 2003."

[[claim]]
id = "claim-cleared"
area = "area-village"
asserts = "cleared"
hazard = ["mines", "uxo"]
about = "2005"
reported = "2006-05"
claimant = "actor-ministry"
sources = ["src-report"]
summary = "The ministry says that the village was cleared in 2005."
quote = "cleared by the end of the year"
"#;

const EVENTS: &str = r#"[[event]]
id = "ev-treaty"
kind = "treaty"
title = "A treaty is signed"
date = "2013-03-13"
covers = ["borders/line"]
sources = ["src-report"]
"#;

const CONTRADICTIONS: &str = r#"[[contradiction]]
id = "con-village"
kind = "tension"
statement = "Mined, and cleared later."
claims = ["claim-mined", "claim-cleared"]
"#;

const INDICATORS: &str = r#"[[indicator]]
id = "ind-extent"
kind = "unknown"
label = "Extent"
value = "unknown"
sources = ["src-report"]
"#;

const PLACES: &str = r#"[[place]]
id = "place-village"
name = "Village"
kind = "settlement"
feature = "settlements/village"
notes = "The only one."
"#;

const BORDERS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"line","geometry":{"type":"LineString","coordinates":[[70.1,40.0],[71.9,40.1]]},"properties":{"name":"The line","parties":"AA, BB","status":"unstated","as_mapped":"2012","source":"src-map","end":"2013-03-12"}},
{"type":"Feature","id":"line","geometry":{"type":"LineString","coordinates":[[70.1,40.0],[71.9,40.2]]},"properties":{"name":"The line","parties":"AA, BB","status":"delimited","as_mapped":"2020","source":"src-map","start":"2013-03-13","event":"ev-treaty"}}
]}
"#;

const TERRITORIES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"aa","geometry":{"type":"Polygon","coordinates":[[[70.1,40.0],[71.9,40.1],[71.9,40.9],[70.1,40.9],[70.1,40.0]]]},"properties":{"name":"Aland","country":"AA","as_mapped":"2020","source":"src-map"}}
]}
"#;

const ENCLAVES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"islet","geometry":{"type":"Polygon","coordinates":[[[71.0,40.4],[71.4,40.4],[71.4,40.8],[71.0,40.8],[71.0,40.4]],[[71.1,40.5],[71.1,40.6],[71.2,40.6],[71.2,40.5],[71.1,40.5]]]},"properties":{"name":"Islet","administered_by":"BB","surrounded_by":"AA","as_mapped":"2020","source":"src-map"}}
]}
"#;

const AREAS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"area-village","geometry":{"type":"Point","coordinates":[71.05,40.19]},"properties":{"name":"Round the village","basis":"settlement","uncertainty_m":3000,"uncertainty_reason":"Only the village is named.","extent":"unknown","precision":2,"source":"src-report","within":"area-country"}},
{"type":"Feature","id":"area-country","geometry":{"type":"Polygon","coordinates":[[[70.1,40.0],[71.9,40.1],[71.9,40.9],[70.1,40.9],[70.1,40.0]]]},"properties":{"name":"The country","basis":"country","uncertainty_m":0,"uncertainty_reason":"The country as a whole.","extent":"unknown","precision":6,"source":"src-report"}},
{"type":"Feature","id":"area-nowhere","geometry":null,"properties":{"name":"Somewhere","basis":"unlocated","uncertainty_m":null,"extent":"unknown","precision":7,"source":"src-report"}}
]}
"#;

const SETTLEMENTS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"village","geometry":{"type":"Point","coordinates":[71.05,40.19]},"properties":{"name":"Village","country":"AA","source":"src-map"}}
]}
"#;

const LAKES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"tarn","geometry":{"type":"Polygon","coordinates":[[[70.5,40.5],[70.6,40.5],[70.6,40.6],[70.5,40.5]]]},"properties":{"source":"src-map"}}
]}
"#;

const WALKS: &str = r#"{"type":"Feature","geometry":{"type":"LineString","coordinates":[[10.0,10.0],[10.1,10.2]]},"properties":{"steps":900}}
{"type":"Feature","geometry":null,"properties":null}
"#;

/// Every file of the folder with its text.
pub const FILES: [(&str, &str); 15] = [
    ("atlas.toml", ATLAS),
    ("sources.toml", SOURCES),
    ("actors.toml", ACTORS),
    ("claims.toml", CLAIMS),
    ("events.toml", EVENTS),
    ("contradictions.toml", CONTRADICTIONS),
    ("indicators.toml", INDICATORS),
    ("places.toml", PLACES),
    ("borders.geojson", BORDERS),
    ("territories.geojson", TERRITORIES),
    ("enclaves.geojson", ENCLAVES),
    ("areas.geojson", AREAS),
    ("settlements.geojson", SETTLEMENTS),
    ("lakes.geojson", LAKES),
    ("walks.geojsonl", WALKS),
];

/// The folder in a directory of its own, which goes with the value.
pub fn small() -> TempDir {
    let dir = TempDir::new().expect("a temporary folder");
    for (name, text) in FILES {
        write(dir.path(), name, text);
    }
    dir
}

pub fn write(dir: &Path, name: &str, text: &str) {
    fs::write(dir.join(name), text).expect("the file can be written");
}

/// Replaces one text in a file; it must stand there.
pub fn replace(dir: &Path, name: &str, old: &str, new: &str) {
    let text = fs::read_to_string(dir.join(name)).expect("the file is there");
    assert!(text.contains(old), "{name} does not hold {old:?}");
    write(dir, name, &text.replacen(old, new, 1));
}
