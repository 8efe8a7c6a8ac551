//! Folders that hold rubbish: each file is refused with its place, or served
//! rightly; nothing is served by half, and nothing crashes.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use common::{Done, Server, demarc_text, folder, resources};
use serde_json::{Value, json};
use tempfile::TempDir;

const PLAIN: &str = r#"title = "One layer"
abstract = "A layer that anything may stand in."
window = [70.0, 39.0, 72.0, 41.0]
notice = "None."
[[layer]]
id = "things"
kind = "plain"
file = "things.geojson"
"#;

fn plain(text: &[u8]) -> TempDir {
    let dir = TempDir::new().unwrap();
    folder::write(dir.path(), "atlas.toml", PLAIN);
    fs::write(dir.path().join("things.geojson"), text).unwrap();
    dir
}

fn feature(geometry: &str) -> String {
    format!(r#"{{"type":"Feature","id":"a","geometry":{geometry},"properties":{{"n":1}}}}"#)
}

fn collection(features: &str) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{features}\n]}}")
}

/// What `demarc check` says of a folder: its exit code and faults.
fn check(dir: &Path) -> (i32, Vec<Value>) {
    let (code, out, err) = demarc_text(&["check", dir.to_str().unwrap(), "--format", "json"]);
    assert!(!err.contains("panicked"), "{err}");
    let said: Value = serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"));
    (code, said["faults"].as_array().unwrap().clone())
}

/// The folder is refused, with the file and words of the problem.
fn refused(dir: &Path, file: &str, words: &str) {
    let (code, faults) = check(dir);
    assert_eq!(code, 1, "{words}: it is taken");
    let fault = &faults[0];
    assert_eq!(fault["file"], file, "{fault}");
    assert!(fault["problem"].as_str().unwrap().contains(words), "{words:?} in {fault}");
    assert!(fault["remedy"].as_str().unwrap().len() > 5, "{fault}");
}

fn refused_text(text: &[u8], words: &str) {
    refused(plain(text).path(), "things.geojson", words);
}

/// The folder is served; its features, by the public interface.
fn served(text: &str) -> Vec<Value> {
    let dir = plain(text.as_bytes());
    assert_eq!(check(dir.path()), (0, Vec::new()), "{text:.300}");
    let server = Server::start(dir.path(), &[]);
    let found = server.json("/collections/things/items?limit=1000");
    for target in [
        "/tiles/WebMercatorQuad/3/3/5",
        "/tiles/WebMercatorQuad/0/0/0",
        "/collections/things/items?bbox=-180,-90,180,90",
        "/collections/things/items?near=71,40&radius=20000km",
        "/collections/things/items?f=html",
        "/collections/things/items?f=gpkg",
        "/collections/things/items?f=fgb",
        "/collections/things/items?f=kml",
        "/collections/things/items?f=csv",
        "/collections/things/items?filter=S_INTERSECTS(geometry,POINT(71%2040))",
    ] {
        let status = server.get(target).status;
        assert!([200, 204].contains(&status), "{target} is {status}");
    }
    found["features"].as_array().unwrap().clone()
}

#[test]
fn a_polygon_of_a_million_vertices_is_served_whole() {
    let count: u32 = 1_000_000;
    let mut ring = String::new();
    for n in 0..count {
        let turn = f64::from(n) / f64::from(count) * std::f64::consts::TAU;
        // A star, so that no vertex lies on the line of its neighbours.
        let radius = if n % 2 == 0 { 0.9 } else { 0.89 };
        let (x, y) = (71. + radius * turn.cos(), 40. + radius * turn.sin());
        write!(ring, "[{x:.6},{y:.6}],").unwrap();
    }
    let start = ring.split_inclusive("],").next().unwrap().trim_end_matches(',').to_owned();
    let polygon = format!(r#"{{"type":"Polygon","coordinates":[[{ring}{start}]]}}"#);
    let dir = plain(collection(&feature(&polygon)).as_bytes());
    assert_eq!(check(dir.path()), (0, Vec::new()));
    let server = Server::start(dir.path(), &["--answer-timeout", "60s"]);
    let items = server.json("/collections/things/items");
    let vertices = items["features"][0]["geometry"]["coordinates"][0].as_array().unwrap().len();
    assert_eq!(vertices, 1_000_001);
    for target in [
        "/tiles/WebMercatorQuad/6/24/44",
        "/collections/things/items?bbox=70.9,39.9,71.1,40.1",
        "/collections/things/items?near=71,40&radius=1km",
        "/collections/things/items?f=fgb",
    ] {
        assert_eq!(server.get(target).status, 200, "{target}");
    }
    // Too much for a page: said so, and not a failure.
    assert!([200, 406].contains(&server.get("/collections/things/items/a?f=html").status));
}

#[test]
fn a_ring_that_crosses_itself_is_plain_to_see_or_refused() {
    let bow =
        r#"{"type":"Polygon","coordinates":[[[71,40],[71.2,40.2],[71.2,40],[71,40.2],[71,40]]]}"#;
    assert_eq!(served(&collection(&feature(bow))).len(), 1, "plain layers take any");
    let dir = folder::small();
    let lake = "[[[70.5,40.5],[70.6,40.5],[70.6,40.6],[70.5,40.5]]]";
    let bow = "[[[70.5,40.5],[70.6,40.6],[70.6,40.5],[70.5,40.6],[70.5,40.5]]]";
    folder::replace(dir.path(), "lakes.geojson", lake, bow);
    refused(dir.path(), "lakes.geojson", "cross");
}

#[test]
fn geometries_that_are_empty_null_or_mixed_are_served_as_they_are() {
    for geometry in [
        "null",
        r#"{"type":"GeometryCollection","geometries":[]}"#,
        r#"{"type":"MultiPoint","coordinates":[]}"#,
        r#"{"type":"MultiPolygon","coordinates":[]}"#,
    ] {
        let features = served(&collection(&feature(geometry)));
        let empty = features[0]["geometry"].to_string();
        assert!(!empty.contains('1'), "{geometry} became {empty}");
    }
    let mixed = [
        r#"{"type":"Point","coordinates":[71,40]}"#,
        r#"{"type":"LineString","coordinates":[[71,40],[71.1,40.1]]}"#,
        r#"{"type":"MultiPoint","coordinates":[[71,40],[71.1,40.1]]}"#,
        r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[71,40]},{"type":"Polygon","coordinates":[[[71,40],[71.1,40],[71.1,40.1],[71,40]]]}]}"#,
        "null",
    ];
    let all: Vec<String> = mixed
        .iter()
        .enumerate()
        .map(|(n, geometry)| feature(geometry).replace("\"a\"", &format!("\"a{n}\"")))
        .collect();
    let features = served(&collection(&all.join(",\n")));
    for (feature, geometry) in features.iter().zip(mixed) {
        let given: Value = serde_json::from_str(geometry).unwrap();
        assert_eq!(feature["geometry"]["type"], given["type"]);
    }
    assert_eq!(served(&collection("")).len(), 0, "a layer of nothing");
}

#[test]
fn heights_are_passed_over() {
    let line = r#"{"type":"LineString","coordinates":[[71,40,950.5],[71.1,40.1,1020,7]]}"#;
    let features = served(&collection(&feature(line)));
    assert_eq!(features[0]["geometry"]["coordinates"], json!([[71, 40], [71.1, 40.1]]));
}

#[test]
fn what_is_no_geometry_is_refused_with_its_line() {
    for (geometry, words) in [
        (r#"{"type":"Point","coordinates":[]}"#, "geometry"),
        (r#"{"type":"Point","coordinates":[71]}"#, "geometry"),
        (r#"{"type":"Point","coordinates":[1e999,40]}"#, "number"),
        (r#"{"type":"Point","coordinates":["71",40]}"#, "geometry"),
        (r#"{"type":"Point","coordinates":[710,40]}"#, "±180"),
        (r#"{"type":"LineString","coordinates":[[71,40]]}"#, "1 position"),
        (r#"{"type":"Polygon","coordinates":[]}"#, "no ring"),
        (r#"{"type":"Polygon","coordinates":[[[71,40],[72,40],[72,41]]]}"#, "closed"),
        (r#"{"type":"Circle","coordinates":[71,40]}"#, "geometry"),
        (r#"{"coordinates":[71,40]}"#, "geometry"),
        ("[71,40]", "geometry"),
    ] {
        let dir = plain(collection(&feature(geometry)).as_bytes());
        let (code, faults) = check(dir.path());
        assert_eq!(code, 1, "{geometry} is taken");
        let fault = faults[0].to_string();
        assert_eq!(faults[0]["line"], 2, "{geometry}: {fault}");
        assert!(fault.contains(words), "{geometry}: {fault}");
    }
}

#[test]
fn nesting_without_end_is_refused() {
    let deep = "[".repeat(200_000);
    refused_text(deep.as_bytes(), "JSON");
    refused_text(format!("{{\"type\":{deep}").as_bytes(), "JSON");
    refused_text(
        collection(&feature(&format!("{{\"type\":\"Point\",\"coordinates\":{deep}"))).as_bytes(),
        "",
    );
    let closed = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    refused_text(collection(&feature(&closed)).as_bytes(), "");
    let within = feature("null").replace("\"n\":1", &format!("\"n\":{closed}"));
    refused_text(collection(&within).as_bytes(), "");
    let collections = format!(
        "{}{{\"type\":\"Point\",\"coordinates\":[71,40]}}{}",
        r#"{"type":"GeometryCollection","geometries":["#.repeat(20_000),
        "]}".repeat(20_000)
    );
    refused_text(collection(&feature(&collections)).as_bytes(), "");
    let dir = plain(collection("").as_bytes());
    folder::write(dir.path(), "claims.toml", &format!("x = {deep}"));
    refused(dir.path(), "claims.toml", "TOML");
    folder::write(dir.path(), "claims.toml", &format!("{}x = 1", "[a.".repeat(50_000)));
    refused(dir.path(), "claims.toml", "TOML");
}

#[test]
fn a_layer_without_a_file_is_refused_once_and_by_name() {
    for (line, words) in [("file = \"\"", "is empty"), ("", "is missing")] {
        let dir = plain(b"");
        folder::replace(dir.path(), "atlas.toml", "file = \"things.geojson\"", line);
        let (code, faults) = check(dir.path());
        assert_eq!((code, faults.len()), (1, 1), "{faults:?}");
        assert_eq!(
            (&faults[0]["file"], &faults[0]["problem"]),
            (&"atlas.toml".into(), &words.into())
        );
    }
}

#[test]
fn what_stands_twice_is_refused() {
    let twice = |old: &str, new: &str| collection(&feature("null").replace(old, new));
    refused_text(twice("\"n\":1", "\"n\":1,\"n\":2").as_bytes(), "`n` stands twice");
    refused_text(twice("\"id\":\"a\"", "\"id\":\"a\",\"id\":\"b\"").as_bytes(), "duplicate");
    refused_text(
        twice("\"geometry\":null", "\"geometry\":null,\"geometry\":null").as_bytes(),
        "duplicate",
    );
    let both = format!("{},\n{}", feature("null"), feature("null"));
    let (code, faults) = check(plain(collection(&both).as_bytes()).path());
    assert_eq!((code, &faults[0]["field"], &faults[0]["line"]), (1, &"id".into(), &3.into()));
    let dir = folder::small();
    folder::replace(dir.path(), "atlas.toml", "title = ", "title = \"Another\"\ntitle = ");
    refused(dir.path(), "atlas.toml", "TOML");
}

#[test]
fn what_is_no_text_is_refused() {
    for file in ["atlas.toml", "claims.toml", "sources.toml", "lakes.geojson", "walks.geojsonl"] {
        let dir = folder::small();
        let mut bytes = fs::read(dir.path().join(file)).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] = 0xff;
        fs::write(dir.path().join(file), bytes).unwrap();
        refused(dir.path(), file, "UTF-8");
    }
    for text in [&b""[..], b"\0", b"\0\0\0\0", b"{}", b"[]", b"null", b"\xef\xbb\xbf", b"1"] {
        let dir = plain(text);
        assert_eq!(check(dir.path()).0, 1, "{text:?} is taken");
    }
    assert_eq!(served(&format!("\u{feff}{}", collection(&feature("null")))).len(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    use std::os::unix::fs::symlink;
    let outside = TempDir::new().unwrap();
    folder::write(outside.path(), "things.geojson", &collection(&feature("null")));
    for absolute in [true, false] {
        let dir = plain(collection("").as_bytes());
        let file = dir.path().join("things.geojson");
        fs::remove_file(&file).unwrap();
        let target = outside.path().join("things.geojson");
        let name = outside.path().file_name().unwrap();
        let beside = Path::new("..").join(name).join("things.geojson");
        symlink(if absolute { target } else { beside }, &file).unwrap();
        refused(dir.path(), "things.geojson", "leads out of the folder");
    }
    // A folder in it that is a link.
    let dir = plain(collection("").as_bytes());
    symlink(outside.path(), dir.path().join("more")).unwrap();
    folder::replace(dir.path(), "atlas.toml", "things.geojson", "more/things.geojson");
    refused(dir.path(), "more/things.geojson", "leads out of the folder");
    // A link within is a name like another; and the folder itself may be one.
    let dir = plain(collection(&feature("null")).as_bytes());
    symlink("things.geojson", dir.path().join("same.geojson")).unwrap();
    folder::replace(dir.path(), "atlas.toml", "\"things.geojson\"", "\"same.geojson\"");
    assert_eq!(check(dir.path()), (0, Vec::new()));
    let linked = outside.path().join("linked");
    symlink(dir.path(), &linked).unwrap();
    assert_eq!(check(&linked), (0, Vec::new()));
    // Round and round, to nothing, and to what is no file.
    for target in ["things.geojson", "nothing", "/dev/zero"] {
        let dir = plain(b"");
        fs::remove_file(dir.path().join("things.geojson")).unwrap();
        symlink(target, dir.path().join("things.geojson")).unwrap();
        refused(dir.path(), "things.geojson", "cannot be read");
    }
}

/// Whatever is read was in the folder at one time: a file that changes while it is
/// read is refused, as are two that never stood beside one another.
#[test]
fn a_file_that_changes_while_it_is_read_is_refused() {
    let many: Vec<String> =
        (0..40_000).map(|n| feature("null").replace("\"a\"", &format!("\"a{n}\""))).collect();
    let text = collection(&many.join(",\n"));
    let dir = plain(text.as_bytes());
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                // The same bytes, in place: at times the file is half there.
                fs::write(dir.path().join("things.geojson"), &text).unwrap();
                std::thread::sleep(Duration::from_millis(3));
            }
        });
        let _done = Done(&done);
        let told = (0..8).filter(|_| {
            let (code, faults) = check(dir.path());
            assert_eq!(code, 1, "it was never at rest");
            // Or it was read in the moment in which it is empty.
            faults.iter().any(|fault| fault["problem"].as_str().unwrap().contains("changed while"))
        });
        assert!(told.count() > 0);
    });
    assert_eq!(check(dir.path()), (0, Vec::new()), "now it is");
}

/// A file of `DEMARC_LARGE_MB`, as databases of mine action are.
#[cfg(target_os = "linux")]
#[test]
fn a_large_file_is_served_or_refused_with_its_place() {
    use std::io::{BufWriter, Write as _};
    let wanted: u64 =
        std::env::var("DEMARC_LARGE_MB").map_or(20, |text| text.parse().expect("a number")) << 20;
    let dir = plain(b"");
    let mut file = BufWriter::new(fs::File::create(dir.path().join("things.geojson")).unwrap());
    file.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[\n").unwrap();
    let (mut bytes, mut count) = (0, 0u64);
    while bytes < wanted {
        let filler = "remark ".repeat(60);
        let comma = if count > 0 { "," } else { "" };
        let one = feature(r#"{"type":"Point","coordinates":[71,40]}"#)
            .replace("\"a\"", &format!("\"a{count}\""))
            .replace("\"n\":1", &format!("\"n\":{count},\"remarks\":\"{filler}\""));
        writeln!(file, "{comma}{one}").unwrap();
        bytes += one.len() as u64 + 2;
        count += 1;
    }
    file.write_all(b"]}").unwrap();
    drop(file.into_inner().unwrap());
    let since = Instant::now();
    let server = Server::start(dir.path(), &[]);
    let items = server.json("/collections/things/items?limit=1");
    assert_eq!(items["numberMatched"], count);
    let (loaded, held) = (since.elapsed(), resources::of(server.child.id()));
    drop(server);
    // The same, and one position in its last line that is none.
    let mut file =
        fs::OpenOptions::new().write(true).open(dir.path().join("things.geojson")).unwrap();
    std::io::Seek::seek(&mut file, std::io::SeekFrom::End(-3)).unwrap();
    file.write_all(b",{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[710,40]},\"properties\":null}]}").unwrap();
    let (code, faults) = check(dir.path());
    assert_eq!((code, faults.len()), (1, 1));
    assert_eq!(faults[0]["line"], count + 1, "{}", faults[0]);
    resources::record(
        "large",
        "a large layer; and again with one wrong position at its end",
        &format!("{} MB, {count} features", bytes >> 20),
        &format!(
            "answered after {:.1} s with {} MB resident; refused by line",
            loaded.as_secs_f64(),
            held.resident_kb >> 10
        ),
    );
}
