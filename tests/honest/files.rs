//! Files that are nearly right: each is read as it is meant, or its fault is told.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{BINARY, Server, encoded, folder, ids};
use crate::{no_fault, one_fault};

#[test]
fn a_misspelt_ledger_file_is_a_fault() {
    let dir = folder::small();
    std::fs::rename(dir.path().join("indicators.toml"), dir.path().join("indicator.toml")).unwrap();
    one_fault(
        dir.path(),
        &["indicator.toml: ", "is no file of an atlas", "call it indicators.toml"],
    );

    let dir = folder::small();
    folder::write(dir.path(), "claim.toml", "[[claim]]\n");
    one_fault(dir.path(), &["claim.toml: ", "is no file of an atlas", "call it claims.toml"]);

    let dir = folder::small();
    folder::write(dir.path(), "unrelated.toml", "");
    one_fault(dir.path(), &["unrelated.toml: ", "is no file of an atlas", "move it out"]);
    // Other files are nobody's business.
    let dir = folder::small();
    folder::write(dir.path(), "README.md", "Notes.");
    no_fault(dir.path());
}

#[test]
fn other_reference_systems_are_refused() {
    let crs = |name: &str| {
        format!(
            r#""FeatureCollection","crs":{{"type":"name","properties":{{"name":"{name}"}}}},"features""#
        )
    };
    let plain = r#""FeatureCollection","features""#;
    for name in ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"] {
        let dir = folder::small();
        folder::replace(dir.path(), "lakes.geojson", plain, &crs(name));
        no_fault(dir.path());
    }
    for name in ["urn:ogc:def:crs:EPSG::3857", "EPSG:3857", "EPSG:28418"] {
        let dir = folder::small();
        folder::replace(dir.path(), "lakes.geojson", plain, &crs(name));
        one_fault(dir.path(), &["lakes.geojson: ", "`crs`", name, "EPSG:4326", "leave `crs` out"]);
    }
}

/// Runs `check`, which must end by itself.
fn check_in_time(dir: &Path) -> (i32, String) {
    let mut child = Command::new(BINARY)
        .arg("check")
        .arg(dir)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(20) {
            child.kill().unwrap();
            panic!("it hangs");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = child.wait_with_output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

#[cfg(unix)]
#[test]
fn a_pipe_is_a_fault_and_no_hang() {
    for (file, said) in [
        ("lakes.geojson", "not a file"),
        ("claims.toml", "not a file"),
        ("atlas.toml", "not a file"),
    ] {
        let dir = folder::small();
        let path = dir.path().join(file);
        std::fs::remove_file(&path).unwrap();
        let made = Command::new("mkfifo").arg(&path).status().expect("mkfifo runs");
        assert!(made.success());
        let (code, out) = check_in_time(dir.path());
        assert_eq!(code, 1, "{out}");
        let line = out.lines().find(|line| line.starts_with(file));
        assert!(line.is_some_and(|line| line.contains(said)), "{file}: {out}");
    }
    let dir = folder::small();
    std::fs::remove_file(dir.path().join("lakes.geojson")).unwrap();
    std::fs::create_dir(dir.path().join("lakes.geojson")).unwrap();
    let (code, out) = check_in_time(dir.path());
    assert!(code == 1 && out.contains("lakes.geojson: "), "{out}");
}

/// How often a member's name stands in a text.
fn count(text: &str, name: &str) -> usize {
    text.matches(&format!("\"{name}\":")).count()
}

#[test]
fn computed_properties_do_not_stand_beside_a_layers_own() {
    let dir = folder::small();
    let own = r#""distance_m":"far","nearest_m":1,"farthest_m":2,"bearing":"N","match":"no","collection":"mine","steps":900"#;
    folder::replace(dir.path(), "walks.geojsonl", "\"steps\":900", own);
    let server = Server::start(dir.path(), &[]);
    let computed = ["distance_m", "nearest_m", "farthest_m", "bearing", "match"];

    let plain = server.get("/collections/walks/items/1").text();
    assert_eq!(count(&plain, "match"), 1, "{plain}");
    assert!(plain.contains(r#""distance_m":"far""#), "its own stand where nothing is computed");

    for path in [
        "/collections/walks/items?near=10,10",
        "/collections/walks/items?near=10,10&properties=steps,collection,distance_m,nearest_m,farthest_m,bearing,match",
        "/near?at=10,10&collections=walks",
    ] {
        let text = server.get(path).text();
        for name in computed {
            assert_eq!(count(&text, name), 1, "{path}: {name} in {text}");
        }
        assert!(text.contains("\"match\":\"certain\"") && text.contains("\"steps\":900"), "{text}");
    }
    let near = server.get("/near?at=10,10&collections=walks").text();
    assert_eq!(count(&near, "collection"), 1, "{near}");
    assert!(near.contains(r#""collection":"walks""#), "{near}");
}

const RELIEF: &str = "\n[relief]\ntiles = \"relief/{z}/{x}/{y}.png\"\nmin-zoom = 4\nmax-zoom = 5\nsource = \"src-map\"\n";

/// The small folder with relief of one tile, changed.
fn relief(old: &str, new: &str) -> tempfile::TempDir {
    let dir = folder::small();
    let layer = "\n[[layer]]\nid = \"borders\"";
    let text = format!("{}{layer}", RELIEF.replace(old, new));
    folder::replace(dir.path(), "atlas.toml", layer, &text);
    // The window lies in tile 4/11/6.
    std::fs::create_dir_all(dir.path().join("relief/4/11")).unwrap();
    std::fs::write(dir.path().join("relief/4/11/6.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    dir
}

#[test]
fn relief_is_checked() {
    let dir = relief("", "");
    no_fault(dir.path());
    let tile = dir.path().join("relief/4/11/6.png");
    std::fs::write(&tile, "no picture").unwrap();
    one_fault(dir.path(), &["atlas.toml: ", "relief", "`tiles`", "relief/4/11/6.png is no PNG"]);
    std::fs::remove_file(&tile).unwrap();
    std::fs::create_dir(&tile).unwrap();
    one_fault(
        dir.path(),
        &["atlas.toml: ", "`tiles`", "relief/4/11/6.png cannot be read: it is not a file"],
    );

    let dir = relief("min-zoom = 4", "min-zoom = 6");
    one_fault(dir.path(), &["atlas.toml: ", "relief", "`min-zoom`", "6 is more than max-zoom, 5"]);
    let dir = relief("src-map", "src-mpa");
    one_fault(dir.path(), &["atlas.toml: ", "relief", "`source`", "`src-mpa`", "src-map"]);
    let dir = relief("max-zoom = 5", "max-zoom = 15");
    one_fault(dir.path(), &["atlas.toml:9:12: ", "relief", "`max-zoom`", "0 to 14"]);

    let dir = relief("max-zoom = 5", "max-zoom = 14");
    let window = "window = [70.0, 39.0, 72.0, 41.0]";
    folder::replace(dir.path(), "atlas.toml", window, "window = [60.0, 30.0, 80.0, 50.0]");
    one_fault(dir.path(), &["atlas.toml: ", "relief", "`max-zoom`", "14 makes", "tiles", "narrow"]);
}

#[test]
fn records_of_a_text_sequence_may_take_several_lines() {
    let dir = folder::small();
    let record = |id: &str| {
        format!(
            "\u{1e}{{\"type\":\"Feature\",\n \"id\":\"{id}\",\n\n \"geometry\":null,\n \"properties\":{{}}}}\n"
        )
    };
    let text = ["one", "two", "three"].map(record).concat();
    folder::write(dir.path(), "walks.geojsonl", &text);
    no_fault(dir.path());
    let server = Server::start(dir.path(), &[]);
    let all = server.json("/collections/walks/items");
    assert_eq!(ids(all["features"].as_array().unwrap()), ["one", "two", "three"]);
    drop(server);

    // A fault in one is told with its own line, and the others are read.
    let broken = text.replacen("\"id\":\"two\",", "\"id\":\"two\" \"x\",", 1);
    folder::write(dir.path(), "walks.geojsonl", &broken);
    one_fault(
        dir.path(),
        &["walks.geojsonl:7: ", "feature 2", "is not a Feature", "mend the JSON"],
    );
}

#[test]
fn one_feature_alone_is_a_file_too() {
    let dir = folder::small();
    folder::write(
        dir.path(),
        "lakes.geojson",
        "{\"type\":\"Feature\",\"id\":\"pond\",\n\"geometry\":{\"type\":\"Point\",\"coordinates\":[70.5,40.5]},\"properties\":{\"source\":\"src-map\"}}",
    );
    no_fault(dir.path());
    let server = Server::start(dir.path(), &[]);
    assert_eq!(server.json("/collections/lakes/items/pond")["geometry"]["coordinates"][0], 70.5);
}

#[test]
fn plain_ids_lead_back_to_their_features() {
    let dir = folder::small();
    let odd =
        ["a/b", "a.b", "../x", "a b", "a?b#c", "100%", "a%2Fb", "ключ", "a\\\"b", "/", "versions"];
    let lines: Vec<String> = odd
        .iter()
        .map(|id| format!(r#"{{"type":"Feature","id":"{id}","geometry":null,"properties":{{}}}}"#))
        .collect();
    folder::write(dir.path(), "walks.geojsonl", &lines.join("\n"));
    no_fault(dir.path());
    let server = Server::start(dir.path(), &[]);
    let all = server.json("/collections/walks/items");
    let found = ids(all["features"].as_array().unwrap());
    assert_eq!(found.len(), odd.len());
    for id in found {
        let path = format!("/collections/walks/items/{}", encoded(id));
        let item = server.json(&path);
        assert_eq!(item["id"], *id);
        // Its links lead on.
        for rel in ["self", "related", "timemap"] {
            let href = crate::common::link(&item["links"], rel).unwrap();
            assert_eq!(server.follow(href).status, 200, "{id}: {href}");
        }
        let href = crate::common::link(&item["links"], "timemap").unwrap();
        let versions = server.follow(href).json();
        assert_eq!(versions["id"], *id);
        let own = versions["versions"][0]["href"].as_str().unwrap();
        assert_eq!(server.follow(own).json()["id"], *id);
    }
    // In the other kinds they are a fault: the ledger names features by id.
    for id in ["a/b", "a.b"] {
        let dir = folder::small();
        folder::replace(dir.path(), "lakes.geojson", "\"tarn\"", &format!("\"{id}\""));
        one_fault(
            dir.path(),
            &["lakes.geojson:2: ", "`id`", "is not an id", "without dots and slashes"],
        );
    }
}
