//! `demarc check`: the valley passes; a broken folder is told every fault at
//! once, each with where it is and what would do.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod common;

use std::path::Path;

use common::{demarc_text, folder, valley};
use serde::Deserialize;
use serde_json::Value;

/// A way to break the small folder, and what must be said of it.
#[derive(Deserialize)]
struct Broken {
    what: String,
    file: String,
    old: String,
    new: String,
    says: Vec<String>,
}

/// What must stand in the report of a fault is written out there: a reader has
/// nothing else to go by.
fn broken() -> Vec<Broken> {
    #[derive(Deserialize)]
    struct File {
        broken: Vec<Broken>,
    }
    let read = |text| toml::from_str::<File>(text).unwrap().broken;
    let mut broken = read(include_str!("data/broken-layers.toml"));
    broken.extend(read(include_str!("data/broken-ledger.toml")));
    assert!(broken.len() >= 70, "{}", broken.len());
    broken
}

fn check(dir: &Path) -> (i32, String) {
    let (code, out, err) = demarc_text(&["check", dir.to_str().unwrap()]);
    assert_eq!(err, "", "faults are the answer, and stand on stdout");
    (code, out)
}

/// Whether the parts stand in a line in this order.
fn says<S: AsRef<str>>(line: &str, parts: &[S]) -> bool {
    let mut rest = line;
    parts.iter().all(|part| match rest.find(part.as_ref()) {
        Some(at) => {
            rest = &rest[at + part.as_ref().len()..];
            true
        }
        None => false,
    })
}

#[test]
fn the_valley_passes() {
    let (code, out) = check(&valley());
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("no fault"), "{out}");
}

#[test]
fn the_small_folder_passes() {
    let dir = folder::small();
    let (code, out) = check(dir.path());
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("2 borders") && out.contains("2 claims"), "{out}");
}

#[test]
fn each_broken_folder_is_told_its_fault() {
    let mut failures = Vec::new();
    for Broken { what, file, old, new, says: parts } in &broken() {
        let dir = folder::small();
        folder::replace(dir.path(), file, old, new);
        let (code, out) = check(dir.path());
        let place = out.lines().any(|line| line.starts_with(&parts[0]) && says(line, parts));
        if code != 1 || !place {
            failures.push(format!("{what}: exit {code}, wanted {parts:?} in:\n{out}"));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {}:\n{}",
        failures.len(),
        broken().len(),
        failures.join("\n")
    );
}

/// A fault must not pull others after it: what is reported beside it would send
/// a maintainer to places where nothing is wrong.
#[test]
fn one_fault_is_reported_once() {
    // These break more than one thing by their nature: an id that others name.
    let several = [
        "one id for two entries of the ledger",
        "an id of the ledger with a dot",
        "a misspelt field of a claim",
    ];
    let mut failures = Vec::new();
    for Broken { what, file, old, new, .. } in
        broken().iter().filter(|broken| !several.contains(&broken.what.as_str()))
    {
        let dir = folder::small();
        folder::replace(dir.path(), file, old, new);
        let (_, out) = check(dir.path());
        if !out.contains("\n1 fault(s) in ") {
            failures.push(format!("{what}:\n{out}"));
        }
    }
    assert!(failures.is_empty(), "{}:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn bytes_that_are_not_utf8_are_refused() {
    for (file, byte) in [("lakes.geojson", 0xff), ("claims.toml", 0xfe), ("atlas.toml", 0xff)] {
        let dir = folder::small();
        let path = dir.path().join(file);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.push(byte);
        std::fs::write(&path, bytes).unwrap();
        let (code, out) = check(dir.path());
        assert_eq!(code, 1, "{file}: {out}");
        assert!(says(&out, &[file, "is not UTF-8", "save the file as UTF-8"]), "{out}");
    }
}

#[test]
fn six_faults_are_found_in_one_run() {
    let dir = folder::small();
    let wanted = [
        ("lakes.geojson", "[70.6,40.6],[70.5,40.5]]", "[70.6,40.6],[70.5,40.6]]", "not closed"),
        ("settlements.geojson", "[71.05,40.19]", "[40.19,71.05]", "look swapped"),
        ("borders.geojson", "\"start\":\"2013-03-13\"", "\"start\":\"2013-02-30\"", "2013-02-30"),
        ("claims.toml", "asserts = \"cleared\"", "asserts = \"clered\"", "`clered`"),
        ("events.toml", "borders/line", "borders/lien", "`lien`"),
        ("atlas.toml", "kind = \"context\"", "kind = \"contxt\"", "`contxt`"),
    ];
    for (file, old, new, _) in wanted {
        folder::replace(dir.path(), file, old, new);
    }
    let (code, out) = check(dir.path());
    assert_eq!(code, 1);
    for (file, _, _, problem) in wanted {
        let found = out.lines().any(|line| line.starts_with(file) && line.contains(problem));
        assert!(found, "{file}, {problem} in:\n{out}");
    }
    assert!(out.contains("\n6 fault(s) in "), "{out}");
}

#[test]
fn json_has_what_text_has() {
    let dir = folder::small();
    let path = dir.path().to_str().unwrap();
    let (code, out, _) = demarc_text(&["check", path, "--format", "json"]);
    let sound: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &sound["valid"]), (0, &Value::Bool(true)));
    assert_eq!(sound["counts"]["claims"], 2);
    assert_eq!(sound["faults"], serde_json::json!([]));

    folder::replace(dir.path(), "claims.toml", "asserts = \"cleared\"", "asserts = \"clered\"");
    let (code, out, _) = demarc_text(&["check", path, "--format", "json"]);
    let broken: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &broken["valid"]), (1, &Value::Bool(false)));
    let fault = &broken["faults"][0];
    assert_eq!(fault["file"], "claims.toml");
    assert_eq!((&fault["line"], &fault["column"]), (&15.into(), &11.into()));
    assert_eq!((&fault["entry"], &fault["field"]), (&"`claim-cleared`".into(), &"asserts".into()));
    assert!(fault["problem"].as_str().unwrap().contains("clered"));
    assert!(fault["remedy"].as_str().unwrap().contains("perhaps `cleared`"));
}

#[test]
fn a_folder_that_is_not_there_cannot_be_read() {
    let dir = folder::small();
    let missing = dir.path().join("nowhere");
    let (code, out, err) = demarc_text(&["check", missing.to_str().unwrap()]);
    assert_eq!((code, out.as_str()), (3, ""));
    assert!(err.contains("nowhere") && err.contains("atlas.toml"), "{err}");
}

#[test]
fn a_folder_without_an_atlas_says_so() {
    let dir = tempfile::TempDir::new().unwrap();
    let (code, out) = check(dir.path());
    assert_eq!(code, 1);
    assert!(says(&out, &["atlas.toml: cannot be read", "put it into"]), "{out}");
}

#[test]
fn a_broken_folder_is_not_served() {
    let dir = folder::small();
    folder::replace(dir.path(), "claims.toml", "asserts = \"cleared\"", "asserts = \"clered\"");
    let path = dir.path().to_str().unwrap();
    for args in [
        &["serve", "--listen", "127.0.0.1:0", "--geodata", path][..],
        &["export", "lakes", "--geodata", path],
    ] {
        let (code, out, err) = demarc_text(args);
        assert_eq!((code, out.as_str()), (1, ""), "{args:?}");
        assert!(says(&err, &["claims.toml:15:11", "`clered`", "perhaps `cleared`"]), "{err}");
    }
}

#[test]
fn a_slip_in_each_of_many_features_is_listed_so_often_and_counted() {
    let dir = folder::small();
    let one = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[7000000,4000000]},"properties":{}}"#;
    folder::write(dir.path(), "walks.geojsonl", &format!("{one}\n").repeat(2500));
    let (code, out) = check(dir.path());
    assert_eq!(code, 1);
    assert!(out.lines().count() < 1010, "{}", out.lines().count());
    assert!(out.contains("walks.geojsonl: has 1500 faults more than those 1000"), "{out:.900}");
}

/// What is missing is told apart from what is to be there.
#[test]
#[cfg(unix)]
fn what_cannot_be_read_is_not_passed_over() {
    use std::os::unix::fs::symlink;
    let dir = folder::small();
    std::fs::remove_file(dir.path().join("contradictions.toml")).unwrap();
    symlink("/nonexistent/x", dir.path().join("contradictions.toml")).unwrap();
    let (code, out) = check(dir.path());
    assert_eq!(code, 1);
    assert!(out.contains("contradictions.toml: it is a link that leads nowhere"), "{out}");
}
