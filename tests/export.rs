//! `demarc export`: the same features as over HTTP, into files that GIS software
//! reads without a warning.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod common;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use common::{BINARY, Server, demarc_json, demarc_text, features, valley};
use serde_json::Value;
use tempfile::TempDir;

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

/// A fixed day, so that `today` moving on between two calls is no difference.
const DAY: &str = "2025-06-01";

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn an_export_is_what_http_answers() {
    let server = Server::of_valley();
    for (query, args) in [
        ("datetime=../..", &["--datetime", "../.."][..]),
        ("datetime=2025-06-01", &["--datetime", DAY]),
        (
            "datetime=2025-06-01&known-at=2012-01-01",
            &["--datetime", DAY, "--known-at", "2012-01-01"],
        ),
        (
            "datetime=../..&bbox=70.5,39.8,71.6,40.4",
            &["--datetime", "../..", "--bbox", "70.5,39.8,71.6,40.4"],
        ),
    ] {
        for collection in COLLECTIONS {
            let path = format!("/collections/{collection}/items?limit=10000&{query}");
            let over_http = server.json(&path);
            let exported = demarc_json(&[&["export", collection][..], args].concat());
            assert_eq!(exported["type"], "FeatureCollection");
            assert_eq!(over_http["numberMatched"], features(&exported).len(), "{path}");
            for (ours, theirs) in features(&exported).iter().zip(features(&over_http)) {
                assert_eq!(ours, theirs, "{path}");
            }
            for member in ["notice", "attribution", "licence", "title"] {
                assert_eq!(exported[member], over_http[member], "{path} {member}");
            }
            assert!(exported["notice"].as_str().unwrap().contains("not evidence"));
        }
    }
}

#[test]
fn all_collections_go_into_a_folder() {
    let dir = TempDir::new().unwrap();
    let out = dir.path().join("new/folder");
    let (code, _, err) =
        demarc_text(&["export", "--all", "--datetime", DAY, "-o", out.to_str().unwrap()]);
    assert_eq!(code, 0, "{err}");
    let mut written: Vec<String> = fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    written.sort();
    let mut wanted = COLLECTIONS.map(|id| format!("{id}.geojson"));
    wanted.sort();
    assert_eq!(written, wanted);
    for collection in COLLECTIONS {
        let alone = demarc_json(&["export", collection, "--datetime", DAY]);
        assert_eq!(read(&out.join(format!("{collection}.geojson"))), alone, "{collection}");
    }
}

#[test]
fn one_collection_goes_into_a_file_over_the_old_one() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("enclaves.geojson");
    fs::write(&file, "old").unwrap();
    let path = file.to_str().unwrap();
    let (code, out, _) = demarc_text(&["export", "enclaves", "--datetime", DAY, "-o", path]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert_eq!(read(&file), demarc_json(&["export", "enclaves", "--datetime", DAY]));
    let beside = fs::read_dir(dir.path()).unwrap().count();
    assert_eq!(beside, 1, "no half-written file is left");
}

#[test]
fn exit_codes_say_why_there_is_no_file() {
    let dir = TempDir::new().unwrap();
    let into = |rest: &str| dir.path().join(rest).to_str().unwrap().to_owned();
    let missing = into("missing/borders.geojson");
    let file = into("file");
    fs::write(&file, "").unwrap();
    let under_a_file = into("file/all");
    for (args, wanted, says) in [
        (&["export", "borders", "-o", &missing][..], 3, "missing"),
        (&["export", "--all", "-o", &under_a_file], 3, "file"),
        (&["export", "borders", "--geodata", &missing], 3, "missing"),
        (&["export", "boarders"], 1, "borders"),
        (&["export"], 2, "COLLECTION"),
        (&["export", "--all"], 2, "--output"),
        (&["export", "borders", "--all", "-o", &file], 2, "--all"),
        (&["export", "borders", "--bbox", "1,2,3"], 2, "west,south,east,north"),
        (&["export", "borders", "--datetime", "soon"], 2, "2024-04-15"),
        (&["export", "borders", "--known-at", "2005"], 2, "2024-04-15"),
        (&["export", "borders", "--format", "dwg"], 2, "geojson"),
        (&["exprot", "borders"], 2, "export"),
    ] {
        let (code, out, err) = demarc_text(args);
        assert_eq!((code, out.as_str()), (wanted, ""), "{args:?}: {err}");
        assert!(err.contains(says), "{args:?}: {err}");
    }
}

#[test]
fn a_window_west_of_greenwich_can_be_written() {
    let exported = demarc_json(&["export", "borders", "--bbox", "-10,-20,5,6", "--datetime", DAY]);
    assert!(features(&exported).is_empty());
}

/// Whoever reads the output may stop early: `demarc export … | head`.
#[test]
fn a_closed_pipe_is_no_error() {
    for args in [
        &["export", "territories", "--datetime", "../.."][..],
        &["near", "Batken", "--datetime", DAY, "--format", "json"],
        &["timeline"],
    ] {
        let mut child = Command::new(BINARY)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut [0; 10]).unwrap();
        drop(stdout);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
    }
}

/// Runs a program of GDAL, which must say nothing on stderr: its warnings and
/// errors go there. Gives its stdout.
fn gdal(program: &str, args: &[&str]) -> String {
    let output = Command::new(program)
        .args(args)
        // A warning of the program about its own set-up is none of ours.
        .env("CPL_DEBUG", "OFF")
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}; install gdal-bin (`make tools` does)"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{program} {args:?}: {}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "", "{program} {args:?}");
    let stdout = text(&output.stdout);
    assert!(!stdout.contains("Warning") && !stdout.contains("ERROR"), "{stdout}");
    stdout
}

fn count_of(info: &str) -> usize {
    let line = info.lines().find_map(|line| line.strip_prefix("Feature Count: "));
    line.unwrap_or_else(|| panic!("no count in {info}")).trim().parse().unwrap()
}

#[test]
fn ogr_reads_every_export_without_a_warning() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().to_str().unwrap();
    let (code, _, err) = demarc_text(&["export", "--all", "--datetime", "../..", "-o", path]);
    assert_eq!(code, 0, "{err}");
    for collection in COLLECTIONS {
        let file = dir.path().join(format!("{collection}.geojson"));
        let exported = read(&file);
        let info = gdal("ogrinfo", &["-ro", "-al", "-so", file.to_str().unwrap()]);
        assert_eq!(count_of(&info), features(&exported).len(), "{collection}");
        assert!(info.contains("WGS 84"), "{collection}: {info}");
        // Written on, row by row, into the format GIS users keep.
        let copy = dir.path().join(format!("{collection}.gpkg"));
        gdal("ogr2ogr", &["-f", "GPKG", copy.to_str().unwrap(), file.to_str().unwrap()]);
        let copied = gdal("ogrinfo", &["-ro", "-al", "-so", copy.to_str().unwrap()]);
        assert_eq!(count_of(&copied), features(&exported).len(), "{collection}");
    }
    let areas = dir.path().join("reported-areas.geojson");
    let info = gdal("ogrinfo", &["-ro", "-al", "-so", areas.to_str().unwrap()]);
    for column in [
        "name: String",
        "status: String",
        "uncertainty_m: Integer",
        "precision: Integer",
        "contested: Integer(Boolean)",
    ] {
        assert!(info.contains(column), "{column} in {info}");
    }
}

#[test]
fn ogr_reads_the_items_page_by_page_without_a_warning() {
    let server = Server::of_valley();
    let base = format!("http://{}", server.address);
    let listed = gdal("ogrinfo", &["-ro", &format!("OAPIF:{base}")]);
    for collection in COLLECTIONS {
        assert!(listed.contains(collection), "{collection} in {listed}");
        let items = format!("/collections/{collection}/items");
        let matched = server.json(&items)["numberMatched"].as_u64().unwrap();

        // As QGIS does: the landing page, the collection, then pages of items,
        // small ones here so that it follows `next`.
        let info = gdal(
            "ogrinfo",
            &["-ro", "-al", "-so", "-oo", "PAGE_SIZE=10", &format!("OAPIF:{base}"), collection],
        );
        assert_eq!(count_of(&info) as u64, matched, "{collection}");
        let dir = TempDir::new().unwrap();
        // Into GeoJSON, which takes any geometry: of an OAPIF layer GDAL takes
        // the first page's geometry type for that of all, and warns when it
        // writes the others into a typed layer.
        let copy = dir.path().join("copy.geojson");
        gdal(
            "ogr2ogr",
            &["-oo", "PAGE_SIZE=10", copy.to_str().unwrap(), &format!("OAPIF:{base}"), collection],
        );
        assert_eq!(features(&read(&copy)).len() as u64, matched, "{collection}");

        // As a GeoJSON file behind an address.
        let whole = dir.path().join("whole.gpkg");
        let address = format!("{base}{items}?limit=10000");
        gdal("ogr2ogr", &["-f", "GPKG", whole.to_str().unwrap(), &address]);
        let info = gdal("ogrinfo", &["-ro", "-al", "-so", whole.to_str().unwrap()]);
        assert_eq!(count_of(&info) as u64, matched, "{collection}");
    }
}

#[test]
fn the_atlas_built_in_is_the_folder_that_ships() {
    let elsewhere = TempDir::new().unwrap();
    let output = Command::new(BINARY)
        .current_dir(elsewhere.path())
        .args(["export", "enclaves", "--datetime", DAY])
        .output()
        .unwrap();
    assert!(output.status.success());
    let built_in: Value = serde_json::from_slice(&output.stdout).unwrap();
    let dir = valley();
    let shipped =
        demarc_json(&["export", "enclaves", "--datetime", DAY, "--geodata", dir.to_str().unwrap()]);
    assert_eq!(built_in, shipped);
}
