//! Reference systems over HTTP and in files: coordinates as PROJ has them, axes
//! in the order of the authority, and windows in any of the seven.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod common;

use std::process::Command;

use common::{Server, demarc_json, demarc_text, features};
use serde_json::Value;
use tempfile::TempDir;

const EPSG: &str = "http://www.opengis.net/def/crs/EPSG/0/";
const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const CODES: [&str; 6] = ["4326", "3857", "32642", "32643", "28412", "28413"];

/// Ak-Turpak, which stands in the table too.
const ID: &str = "1514637";
const AT: &str = "71.05411,40.18801,";

/// PROJ's coordinates of Ak-Turpak, in the order of the authority.
fn wanted(code: &str) -> [f64; 2] {
    let start = format!("{AT}{code},");
    let line = include_str!("data/crs.csv").lines().find(|line| line.starts_with(&start)).unwrap();
    let fields: Vec<&str> = line.split(',').collect();
    [fields[3].parse().unwrap(), fields[4].parse().unwrap()]
}

fn pair(value: &Value) -> [f64; 2] {
    [value[0].as_f64().unwrap(), value[1].as_f64().unwrap()]
}

fn near(found: [f64; 2], wanted: [f64; 2], code: &str) {
    let tolerance = if code == "4326" { 1e-9 } else { 0.1 };
    for (found, wanted) in found.iter().zip(wanted) {
        assert!((found - wanted).abs() < tolerance, "EPSG:{code}: {found}, wanted {wanted}");
    }
}

#[test]
fn answers_are_where_proj_has_them() {
    let server = Server::of_valley();
    for code in CODES {
        let uri = format!("{EPSG}{code}");
        let item = format!("/collections/settlements/items/{ID}?crs={uri}");
        let items = format!("/collections/settlements/items?near={ID}&radius=1&crs={uri}");
        let places = format!("/places?q={ID}&crs={uri}");
        let places = places.replace(ID, "Ак-Турпак");
        let near_it = format!("/near?place={ID}&radius=1&collections=settlements&crs={uri}");
        let found = server.json(&item);
        near(pair(&found["geometry"]["coordinates"]), wanted(code), code);
        assert_eq!(found["coordRefSys"], *uri);
        for path in [&items, &places, &near_it] {
            let answer = server.json(path);
            let feature = features(&answer).iter().find(|feature| feature["id"] == ID).unwrap();
            near(pair(&feature["geometry"]["coordinates"]), wanted(code), code);
            assert_eq!(answer["coordRefSys"], *uri);
        }
        near(pair(&server.json(&near_it)["place"]["coordinates"]), wanted(code), code);
        for path in [&item, &items, &places, &near_it] {
            let response = server.get(path);
            assert_eq!(response.header("content-crs"), Some(&*format!("<{uri}>")), "{path}");
        }
        let curie = server.json(&format!("/collections/settlements/items/{ID}?crs=[EPSG:{code}]"));
        assert_eq!(curie["geometry"], found["geometry"]);
    }
}

#[test]
fn without_crs_an_answer_is_as_ever_and_says_so() {
    let server = Server::of_valley();
    let item = format!("/collections/settlements/items/{ID}");
    for path in [&item, "/collections/borders/items", "/near?place=1514637", "/places?q=osh"] {
        let response = server.get(path);
        assert_eq!(response.header("content-crs"), Some(&*format!("<{CRS84}>")), "{path}");
        assert!(server.json(path)["crs"].is_null() && server.json(path)["coordRefSys"].is_null());
    }
    let asked = server.json(&format!("{item}?crs={CRS84}"));
    assert_eq!(asked["geometry"], server.json(&item)["geometry"]);
}

/// The legacy member is read as easting, northing; it must not stand where the
/// order is another.
#[test]
fn a_saved_answer_is_never_read_swapped() {
    let server = Server::of_valley();
    for code in CODES {
        let answer = server.json(&format!("/collections/settlements/items?crs={EPSG}{code}"));
        let swapped = ["4326", "28412", "28413"].contains(&code);
        assert_eq!(answer["crs"].is_null(), swapped, "{code}");
    }
}

#[test]
fn collections_list_what_they_are_given_in() {
    let server = Server::of_valley();
    let mut uris = vec![CRS84.to_owned()];
    uris.extend(CODES.map(|code| format!("{EPSG}{code}")));
    let all = server.json("/collections");
    for collection in all["collections"].as_array().unwrap() {
        let mut listed: Vec<String> = serde_json::from_value(collection["crs"].clone()).unwrap();
        assert_eq!(listed[0], CRS84);
        listed.sort();
        uris.sort();
        assert_eq!(listed, uris);
        assert_eq!(collection["storageCrs"], CRS84);
    }
    let classes = server.json("/conformance")["conformsTo"].to_string();
    assert!(classes.contains("ogcapi-features-2/1.0/conf/crs"));
}

fn ids(answer: &Value) -> Vec<String> {
    features(answer).iter().map(|feature| feature["id"].to_string()).collect()
}

#[test]
fn a_window_in_degrees_or_of_the_web_selects_what_its_own_does() {
    let server = Server::of_valley();
    // The corners 70.5,39.8 and 71.6,40.4, by PROJ.
    for (crs, window) in [
        ("4326", "39.8,70.5,40.4,71.6"),
        ("3857", "7848024.1009,4836921.2464,7970475.5408,4924240.5872"),
    ] {
        for collection in ["settlements", "borders", "districts", "reported-areas", "claims"] {
            let items = format!("/collections/{collection}/items?limit=10000&datetime=../..&bbox=");
            let plain = server.json(&format!("{items}70.5,39.8,71.6,40.4"));
            let other = server.json(&format!("{items}{window}&bbox-crs={EPSG}{crs}"));
            assert_eq!(ids(&plain), ids(&other), "{collection} {crs}");
            assert!(!ids(&plain).is_empty());
        }
    }
}

/// A projected window holds exactly the points whose projected coordinates lie
/// between its edges; its envelope in degrees holds more.
#[test]
fn a_projected_window_has_the_edges_it_says() {
    let server = Server::of_valley();
    for (crs, low, high) in [
        ("32642", [600_000., 4_400_000.], [760_000., 4_480_000.]),
        ("32643", [100_000., 4_400_000.], [260_000., 4_480_000.]),
        ("28412", [4_400_000., 12_600_000.], [4_480_000., 12_760_000.]),
        ("28413", [4_400_000., 13_100_000.], [4_480_000., 13_260_000.]),
    ] {
        let uri = format!("{EPSG}{crs}");
        let all = server.json(&format!("/collections/settlements/items?limit=10000&crs={uri}"));
        let within = |feature: &&Value| {
            let at = pair(&feature["geometry"]["coordinates"]);
            (0..2).all(|axis| low[axis] <= at[axis] && at[axis] <= high[axis])
        };
        let wanted: Vec<String> =
            features(&all).iter().filter(within).map(|feature| feature["id"].to_string()).collect();
        let bbox = format!("{},{},{},{}", low[0], low[1], high[0], high[1]);
        let answer = server.json(&format!(
            "/collections/settlements/items?limit=10000&bbox={bbox}&bbox-crs={uri}"
        ));
        assert_eq!(ids(&answer), wanted, "{crs}");
        assert!(wanted.len() > 10 && wanted.len() < features(&all).len());
        let exported = demarc_json(&["export", "settlements", "--bbox", &bbox, "--bbox-crs", &uri]);
        assert_eq!(ids(&exported), wanted);
        let lines = format!("/collections/borders/items?datetime=../..&bbox={bbox}&bbox-crs={uri}");
        assert!(!ids(&server.json(&lines)).is_empty());
    }
}

#[test]
fn a_filter_in_each_system_finds_what_a_window_does() {
    let server = Server::of_valley();
    for code in CODES {
        let uri = format!("{EPSG}{code}");
        let item = server.json(&format!("/collections/settlements/items/{ID}?crs={uri}"));
        let at = |axis: usize| item["geometry"]["coordinates"][axis].as_f64().unwrap();
        let reach = if code == CODES[0] { 0.05 } else { 5_000. };
        let bbox =
            format!("{},{},{},{}", at(0) - reach, at(1) - reach, at(0) + reach, at(1) + reach);
        let items = "/collections/settlements/items?limit=1000";
        let window = server.json(&format!("{items}&bbox={bbox}&bbox-crs={uri}"));
        let filter = format!("S_INTERSECTS(geometry,BBOX({bbox}))&filter-crs={uri}");
        let filtered = server.json(&format!("{items}&filter={filter}"));
        assert_eq!(ids(&filtered), ids(&window), "{code}");
        assert!(ids(&window).len() > 1, "{code}");
        let point = format!("distance(geometry,POINT({}+{}))<1&filter-crs={uri}", at(0), at(1));
        let nearest = server.json(&format!("{items}&filter={}", point.replace('<', "%3C")));
        assert_eq!(ids(&nearest), [format!("\"{ID}\"")], "{code}");
    }
}

#[test]
fn what_is_not_offered_is_refused_with_what_is() {
    let server = Server::of_valley();
    let items = "/collections/settlements/items";
    let listed = |detail: &str| CODES.iter().all(|code| detail.contains(&format!("{EPSG}{code}")));
    for path in [
        format!("{items}?crs={EPSG}2154"),
        format!("{items}?crs="),
        format!("{items}/{ID}?crs=metres"),
        format!("{items}?bbox=1,2,3,4&bbox-crs={EPSG}2154"),
        format!("/near?place={ID}&crs={EPSG}2154"),
        format!("/places?q=osh&crs={EPSG}2154"),
    ] {
        let response = server.get(&path);
        assert_eq!(response.status, 400, "{path}");
        assert_eq!(response.header("content-type"), Some("application/problem+json"));
        let detail = response.json()["detail"].as_str().unwrap().to_owned();
        assert!(listed(&detail) && detail.contains(CRS84), "{detail}");
    }
    for (path, says) in [
        (format!("{items}?bbox-crs={EPSG}4326"), "bbox"),
        (format!("{items}?bbox=70,39,71,200&bbox-crs={EPSG}4326"), "south,west"),
        (format!("{items}?bbox=70.5,39.8,71.6,40.4&bbox-crs={EPSG}4326"), "39.8,70.5,40.4,71.6"),
        (
            format!(
                "{items}?filter=S_INTERSECTS(geometry,POINT(900000000+4000000))&filter-crs={EPSG}32642"
            ),
            "outside",
        ),
        (format!("{items}?filter-crs={CRS84}"), "add the filter"),
        (format!("{items}?bbox=0,0,1e9,1e9&bbox-crs={EPSG}32642"), "beyond"),
        (format!("/near?at=10,10&crs={EPSG}32642"), "outside"),
        (format!("/timeline?crs={EPSG}4326"), "not known"),
    ] {
        let response = server.get(&path);
        assert_eq!(response.status, 400, "{path}");
        let detail = response.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains(says), "{path}: {detail}");
    }
}

/// A plain layer may lie anywhere: where a system does not reach, the answer is
/// a refusal, not a number.
#[test]
fn a_feature_far_away_has_no_coordinates_in_a_zone() {
    let dir = common::folder::small();
    let server = Server::start(dir.path(), &[]);
    assert_eq!(server.get(&format!("/collections/walks/items?crs={EPSG}3857")).status, 200);
    let refused = server.get(&format!("/collections/walks/items?crs={EPSG}32642"));
    assert_eq!(refused.status, 400);
    let detail = refused.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("EPSG:32642") && detail.contains("walks"), "{detail}");
    let file = dir.path().join("walks.out");
    let (code, _, err) = demarc_text(&[
        "export",
        "walks",
        "--geodata",
        dir.path().to_str().unwrap(),
        "--crs",
        "EPSG:28412",
        "-o",
        file.to_str().unwrap(),
    ]);
    assert!(code == 1 && err.contains("EPSG:28412") && !file.exists(), "{code} {err}");
}

/// The corner of a line of `ogrinfo` that begins with a word: `Extent: (x, y)`.
fn extent(text: &str) -> [f64; 2] {
    let line = text.lines().find(|line| line.starts_with("Extent: ")).unwrap();
    let corner = line.split(['(', ')']).nth(1).unwrap();
    let mut numbers = corner.split(", ").map(|number| number.parse().unwrap());
    [numbers.next().unwrap(), numbers.next().unwrap()]
}

#[test]
fn gdal_reads_an_export_where_it_lies() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("one.geojson");
    let path = file.to_str().unwrap();
    for code in CODES {
        let crs = format!("EPSG:{code}");
        let near_it = "71.0541,40.1880,71.0542,40.1881";
        let args = ["export", "settlements", "--bbox", near_it, "--crs", &crs, "-o", path];
        let (exit, _, err) = demarc_text(&args);
        assert_eq!(exit, 0, "{err}");
        let output = Command::new("ogrinfo").args(["-ro", "-so", "-al", path]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("Feature Count: 1"), "{text}");
        assert!(text.contains(&format!("\"EPSG\",{code}]")), "{code}: {text}");
        let [first, second] = wanted(code);
        let swapped = ["4326", "28412", "28413"].contains(&code);
        let [x, y] = if swapped { [second, first] } else { [first, second] };
        let found = extent(&text);
        assert!((found[0] - x).abs() < 0.1 && (found[1] - y).abs() < 0.1, "{code}: {text}");
    }
}
