//! Any input at all: query strings, filters, dates, GeoJSON, TOML and GeoNames
//! dumps, made by changing what is right here and there. Nothing panics, nothing
//! fails in a way that says nothing; `make fuzz` looks further.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

mod common;

use common::{Server, encoded, folder, resources};
use demarc::atlas::{EdtfDate, Layer};
use demarc::load::{Folder, geonames, load};
use demarc::query::filter::{Filter, Language, parse};
use demarc::query::{Crs, Query, run, values};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Bits that a change puts in: signs that mean something somewhere, numbers at the
/// edge, scripts, and bytes that are not UTF-8.
const BITS: [&str; 48] = [
    "",
    "0",
    "-1",
    "1e309",
    "NaN",
    "18446744073709551616",
    "..",
    "/",
    "//",
    "~",
    "?",
    "%",
    "u",
    "é",
    "Ош",
    "\u{0}",
    "\u{202e}",
    "\u{10ffff}",
    "'",
    "\"",
    "\\",
    "(",
    ")",
    "((((",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "=",
    "<",
    ">",
    "&",
    "%25",
    "%00",
    "%ff",
    "+",
    "*",
    "\t",
    "\n",
    "\r\n",
    "null",
    "true",
    "2005-02-30",
    "9999-12-31",
    "[[x]]",
    "AND NOT",
];

/// A text made from a right one by a few changes: a piece taken away, doubled, or
/// replaced by a bit or by a piece of another.
fn changed(seeds: &'static [&'static str]) -> impl Strategy<Value = String> {
    let change = (any::<Index>(), any::<Index>(), select(&BITS[..]), 0..4u8);
    (select(seeds), prop::collection::vec(change, 0..6)).prop_map(|(seed, changes)| {
        let mut text: Vec<char> = seed.chars().collect();
        for (from, to, bit, kind) in changes {
            let (from, to) = (from.index(text.len() + 1), to.index(text.len() + 1));
            let (from, to) = (from.min(to), from.max(to));
            let piece: Vec<char> = match kind {
                0 => Vec::new(),
                1 => [&text[from..to], &text[from..to]].concat(),
                _ => bit.chars().collect(),
            };
            let to = if kind == 3 { from } else { to };
            text.splice(from..to, piece);
        }
        text.into_iter().collect()
    })
}

/// So many inputs; `DEMARC_CASES` times as many where that is set.
fn tried(few: u32) -> ProptestConfig {
    let times = std::env::var("DEMARC_CASES").map_or(1, |times| times.parse().expect("a number"));
    // What is found is written into a test of its own.
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(few * times) }
}

fn told(name: &str, of: &str, cases: u32) {
    let thrown = format!("{of}, right ones changed at random");
    let happened = "each answered or refused with what would do";
    resources::record(&format!("any-{name}"), &thrown, &format!("{cases} inputs"), happened);
}

const DATES: &[&str] = &[
    "2005",
    "2005-06",
    "2005-06-01",
    "2004/2005",
    "2022-09-20/..",
    "../2003",
    "2005~",
    "2005?",
    "2005-06-01T10:00:00Z",
    "-0044-03-15",
    "Y170000002",
    "156u",
    "2004-06-~01/2004-06-~20",
    "../..",
    "",
];

const TIMES: &[&str] = &[
    "2005-06-01",
    "2005-06-01T10:00:00Z",
    "2005-01-01/2005-06-01",
    "../2005-06-01",
    "2005-06-01/..",
    "../..",
    "71.05,40.19",
    "70,39,72,41",
    "170,-10,-170,10",
    "70,39,0,72,41,100",
    "20km",
    "500m",
    "12.5",
    "1e3km",
];

const FILTERS: &[&str] = &[
    "name = 'The line'",
    "NOT (a < 1 OR b >= 2.5) AND c IS NULL",
    "name LIKE 'Osh%' AND CASEI(name) IN ('a', 'b')",
    "S_INTERSECTS(geometry, POLYGON((70 39, 72 39, 72 41, 70 41, 70 39)))",
    "S_DWITHIN(geometry, POINT(71 40), 3, metres)",
    "T_INTERSECTS(INTERVAL(start, end), INTERVAL('2005-01-01', '..'))",
    "A_CONTAINS(claims, ('a', 'b'))",
    "ACCENTI(name) = ACCENTI('é') AND x BETWEEN 1 AND 2",
    "(a + 2) * -3 / b ^ 2 % 4 div 5 > 0",
    "start > DATE('2005-01-01') AND t < TIMESTAMP('2005-01-01T00:00:00Z')",
    r#"{"op":"and","args":[{"op":"=","args":[{"property":"name"},"x"]},{"op":"isNull","args":[{"property":"y"}]}]}"#,
    r#"{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[71,40]}]}"#,
    r#"{"op":"t_during","args":[{"interval":[{"property":"start"},{"property":"end"}]},{"interval":["2005-01-01",".."]}]}"#,
    r#"{"op":"like","args":[{"property":"name"},"%a_b%"]}"#,
    r#"{"op":"in","args":[{"property":"status"},["mined","cleared"]]}"#,
];

const QUERIES: &[&str] = &[
    "bbox=70,39,72,41&limit=10&datetime=2005-01-01",
    "near=Village&radius=20km&known-at=2005-01-01",
    "filter=name%20%3D%20%27a%27&filter-lang=cql2-text&sortby=-name,%2Bstatus",
    "crs=http%3A%2F%2Fwww.opengis.net%2Fdef%2Fcrs%2FEPSG%2F0%2F32642&bbox=1,2,3,4&bbox-crs=EPSG:3857",
    "cursor=0123456789abcdef.2020-01-01.1&offset=3",
    "properties=name,status&skipGeometry=true&f=geojson",
    "f=csv",
    "f=gpkg&limit=2",
    "f=kml",
    "f=fgb",
    "f=html",
    "status=mined&contested=true",
    "at=71.05,40.19&radius=3000&collections=areas,claims",
    "place=Village",
    "q=vil&limit=3",
    "feature=area-village&from=2003-01-01&to=..&kind=claim",
];

const PATHS: &[&str] = &[
    "/collections/areas/items",
    "/collections/borders/items/line",
    "/collections/claims/items",
    "/collections/walks/items/1/versions",
    "/near",
    "/places",
    "/timeline",
    "/tiles/WebMercatorQuad/6/24/44",
    "/collections/lakes/tiles/WebMercatorQuad/9/190/356",
    "/collections/areas/queryables",
    "/sources/src-map",
    "/relief/8/178/96.png",
    "/api",
    "/",
    "/styles/atlas",
    "/collections/areas/items/area-village/timeline",
];

const GEOJSON: &[&str] = &[
    r#"{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","geometry":{"type":"Polygon","coordinates":[[[70.5,40.5],[70.6,40.5],[70.6,40.6],[70.5,40.5]]]},"properties":{"source":"src-map","n":1.5}}]}"#,
    r#"{"type":"FeatureCollection","features":[{"type":"Feature","id":7,"geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[71,40]},{"type":"MultiLineString","coordinates":[[[70,40],[71,41]]]}]},"properties":null},{"type":"Feature","geometry":null,"properties":{"l":["a",1],"s":"2005-06"}}]}"#,
    r#"{"type":"Feature","id":"b","geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]},"properties":{}}"#,
];

const TOML: &[&str] = &[
    "[[claim]]\nid = \"claim-a\"\narea = \"area-village\"\nasserts = \"mined\"\nhazard = [\"mines\"]\nabout = \"2003\"\nreported = \"2004-01-15\"\nclaimant = \"actor-ministry\"\nsources = [\"src-report\"]\nsummary = \"It says so.\"\n",
    "[[claim]]\nid = \"claim-b\"\narea = [\"area-village\", \"area-country\"]\nasserts = \"cleared\"\nhazard = []\nclaimant = \"actor-ministry\"\nsources = [\"src-report\"]\nsummary = '''Two\nlines'''\ntitle_only = true\naccess = \"restricted\"\n",
];

const ATLAS: &[&str] = &[folder::FILES[0].1];

const DUMPS: &[&str] = &[
    "1514637\tAk-Turpak\tAk-Turpak\tAk-Turpak,Ак-Турпак\t40.18801\t71.05411\tP\tPPL\tKG\t\t01\t\t\t\t12000\t\t950\tAsia/Bishkek\t2012-01-16\n",
    "1\tA\tA\t\t0\t0\tP\tPPL\tKG\t\t\t\t\t\t0\t\t0\t\t\n2\tB\tB\tb,c\t-90\t180\tT\tMT\tUZ\t\t\t\t\t\t\t\t\t\t\r\n",
];

/// A layer of the small folder, whose properties filters name.
fn layer() -> (demarc::atlas::Atlas, &'static str) {
    let dir = folder::small();
    (load(&Folder::Dir(dir.path().to_owned())).unwrap(), "borders")
}

#[test]
fn dates_and_times_of_any_kind_are_read_or_refused() {
    let config = tried(3000);
    proptest!(config.clone(), |(text in changed(DATES), time in changed(TIMES))| {
        match EdtfDate::parse(&text) {
            Ok(date) => {
                prop_assert_eq!(date.text(), &text, "dates are kept as written");
                let period = date.period();
                prop_assert!(!period.is_reversed(), "{} ends before it begins", text);
            }
            Err(error) => prop_assert!(error.to_string().len() > 10),
        }
        if let Ok(bbox) = values::bbox(&time) {
            prop_assert!(bbox.south <= bbox.north && bbox.west.is_finite() && bbox.east.is_finite());
        }
        if let Ok(period) = values::datetime(&time) {
            prop_assert!(!period.is_reversed());
        }
        if let Ok(at) = values::position(&time) {
            prop_assert!(at.x.abs() <= 180. && at.y.abs() <= 90.);
        }
        if let Ok(radius) = values::radius(&time) {
            prop_assert!(radius > 0. && radius.is_finite());
        }
        let _ = values::day(&time);
    });
    told("dates", "dates, times, windows and distances", config.cases);
}

#[test]
fn filters_of_any_kind_are_answered_or_refused() {
    let config = tried(3000);
    let (atlas, id) = layer();
    let layer: &Layer = atlas.layer(id).unwrap();
    let today = "2026-01-01".parse().unwrap();
    proptest!(config.clone(), |(text in changed(FILTERS))| {
        let language = if text.trim_start().starts_with('{') { Language::Json } else { Language::Text };
        let compiled = parse(&text, language)
            .and_then(|expression| Filter::compile(&expression, layer, Crs::default()));
        match compiled {
            Ok(filter) => {
                let query = Query { filter: Some(filter), ..Query::default() };
                let page = run(&atlas, layer, &query, today).unwrap();
                prop_assert!(page.matched <= layer.features.len());
            }
            Err(error) => prop_assert!(error.to_string().len() > 10, "{} says too little", error),
        }
    });
    told("filters", "filters in CQL2", config.cases);
}

#[test]
fn requests_of_any_kind_are_answered_or_refused() {
    let config = tried(1500);
    let dir = folder::small();
    let server = Server::start(dir.path(), &[]);
    let path =
        changed(PATHS).prop_map(|path| path.split('/').map(encoded).collect::<Vec<_>>().join("/"));
    // What a request line can carry at all; the rest is encoded or left out.
    let sendable = |text: String| -> String {
        text.chars().filter(|sign| sign.is_ascii_graphic() && *sign != '#').collect()
    };
    proptest!(config.clone(), |(path in path, query in changed(QUERIES))| {
        let target = format!("/{}?{}", path.trim_start_matches('/'), sendable(query));
        let answer = server.get(&target);
        prop_assert!(answer.status < 500 && answer.status >= 200, "{} is {}", target, answer.status);
        if answer.status >= 400 && answer.header("content-type") == Some("application/problem+json") {
            let problem = answer.json();
            prop_assert_eq!(&problem["status"], answer.status);
            prop_assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() > 15));
        }
    });
    assert_eq!(server.json("/health/live")["status"], "live");
    told("requests", "requests", config.cases);
}

/// A folder with one file of any kind: it is served, or each fault names a file and
/// a remedy.
fn sound(name: &str, text: &str) -> Result<(), TestCaseError> {
    let dir = folder::small();
    folder::write(dir.path(), name, text);
    match load(&Folder::Dir(dir.path().to_owned())) {
        Ok(atlas) => {
            for layer in &atlas.layers {
                prop_assert!(u32::try_from(layer.features.len()).is_ok());
            }
        }
        Err(faults) => {
            prop_assert!(!faults.list.is_empty());
            for fault in &faults.list {
                prop_assert!(!fault.file.is_empty() && fault.remedy.len() > 3, "{}", fault);
            }
        }
    }
    Ok(())
}

#[test]
fn geojson_of_any_kind_is_served_or_refused() {
    let config = tried(400);
    proptest!(config.clone(), |(text in changed(GEOJSON))| {
        sound("lakes.geojson", &text)?;
        sound("walks.geojsonl", &text)?;
    });
    told("geojson", "layers in GeoJSON", config.cases);
}

#[test]
fn toml_of_any_kind_is_served_or_refused() {
    let config = tried(400);
    proptest!(config.clone(), |(text in changed(TOML))| {
        sound("claims.toml", &text)?;
    });
    told("toml", "claims in TOML", config.cases);
}

#[test]
fn an_atlas_of_any_kind_is_served_or_refused() {
    let config = tried(400);
    proptest!(config.clone(), |(text in changed(ATLAS))| {
        sound("atlas.toml", &text)?;
    });
    told("atlas", "atlas.toml", config.cases);
}

#[test]
fn dumps_of_any_kind_are_read_line_by_line() {
    let config = tried(3000);
    proptest!(config.clone(), |(text in changed(DUMPS))| {
        let dump = geonames::read("KG.txt", text.as_bytes(), true);
        let lines = text.strip_prefix('\u{feff}').unwrap_or(&text).split('\n');
        let is_empty = |line: &&str| line.strip_suffix('\r').unwrap_or(line).is_empty();
        let told = dump.rows.len() + dump.malformed.len() + dump.others;
        prop_assert_eq!(told, lines.filter(|line| !is_empty(line)).count());
        for fault in &dump.malformed {
            prop_assert!(fault.line.is_some() && !fault.remedy.is_empty());
        }
    });
    told("geonames", "dumps of GeoNames", config.cases);
}
