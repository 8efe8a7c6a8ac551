//! A folder that changes while it is served: what is sound is served from then
//! on, what is broken is not, and nobody who asks meanwhile is let down.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

mod common;

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use common::{Answer, Done, Server, folder, link, resources};
use serde_json::Value;

/// A reload that takes longer hangs.
const PATIENCE: Duration = Duration::from_mins(1);

/// What `/health/ready` says once it says what is waited for.
fn until(server: &Server, wanted: impl Fn(&Value) -> bool) -> Value {
    let since = Instant::now();
    loop {
        let ready = server.json("/health/ready");
        if wanted(&ready) {
            return ready;
        }
        assert!(since.elapsed() < PATIENCE, "still {ready}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Has the server read its folder again, and waits until it has.
fn reload(server: &Server) -> Value {
    let count = |ready: &Value| {
        let reload = &ready["reload"];
        reload["done"].as_u64().unwrap() + reload["failed"].as_u64().unwrap()
    };
    let before = count(&server.json("/health/ready"));
    server.signal("HUP");
    until(server, |ready| count(ready) > before)
}

const SUMMARY: &str = "The ministry says that the village was mined in 2003.";
const MENDED: &str = "The ministry says that the whole village was mined in 2003.";

fn summary(server: &Server) -> Value {
    server.json("/collections/claims/items/claim-mined")["properties"]["summary"].clone()
}

#[test]
fn a_hang_up_has_the_folder_read_again() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &[]);
    let first = server.json("/health/ready");
    assert_eq!(first["reload"]["watching"], false);
    assert!(first["reload"]["last"].is_null());
    folder::replace(dir.path(), "claims.toml", SUMMARY, MENDED);
    assert_eq!(summary(&server), SUMMARY, "nobody has said so yet");
    let ready = reload(&server);
    assert_eq!(summary(&server), MENDED);
    assert_eq!(ready["reload"]["last"]["outcome"], "swapped");
    assert_ne!(ready["snapshot"], first["snapshot"]);
    let ready = reload(&server);
    assert_eq!(ready["reload"]["last"]["outcome"], "unchanged");
}

#[test]
fn a_watched_folder_is_followed() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &["--watch"]);
    let first = server.json("/health/ready");
    assert_eq!(first["reload"]["watching"], true);
    folder::replace(dir.path(), "claims.toml", SUMMARY, MENDED);
    until(&server, |ready| ready["snapshot"] != first["snapshot"]);
    assert_eq!(summary(&server), MENDED);
    // As editors and git write: another file under the same name.
    let text = std::fs::read_to_string(dir.path().join("claims.toml")).unwrap();
    folder::write(dir.path(), "claims.toml.new", &text.replace(MENDED, SUMMARY));
    std::fs::rename(dir.path().join("claims.toml.new"), dir.path().join("claims.toml")).unwrap();
    until(&server, |ready| ready["snapshot"] == first["snapshot"]);
    assert_eq!(summary(&server), SUMMARY);
}

/// Half of what someone writes is no layer.
#[cfg(target_os = "linux")]
#[test]
fn a_file_is_read_once_whoever_writes_it_is_done() {
    use std::io::Write as _;
    let (dir, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    folder::write(dir.path(), "atlas.toml", TWO_LAYERS);
    write_generation(dir.path(), 0);
    let log = elsewhere.path().join("log");
    let server = Server::spawn(|command| {
        command.arg("--watch").arg("--geodata").arg(dir.path()).env("DEMARC_LOG", "info");
        command.stderr(std::fs::File::create(&log).unwrap());
    });
    let count = |ready: &Value| ready["collections"]["left"].clone();
    let first = server.json("/health/ready");
    assert_eq!(count(&first), 400);
    let path = dir.path().join("left.geojsonl");
    let text = std::fs::read_to_string(&path).unwrap();
    let half = text.len() / 2 + text[text.len() / 2..].find('\n').unwrap() + 1;
    let more = text[..half].replace("\"id\":\"", "\"id\":\"more-");
    let mut file = std::fs::File::create(&path).unwrap();
    file.write_all(&text.as_bytes()[..half]).unwrap();
    let since = Instant::now();
    while !std::fs::read_to_string(&log).unwrap().contains("someone writes") {
        assert!(since.elapsed() < PATIENCE, "it is not seen");
        std::thread::sleep(Duration::from_millis(5));
    }
    // Whoever asks for it is answered too: once it is whole.
    server.signal("HUP");
    let meanwhile = server.json("/health/ready");
    assert_eq!(count(&meanwhile), 400, "half a layer is served: {}", meanwhile["reload"]);
    file.write_all(&text.as_bytes()[half..]).unwrap();
    file.write_all(more.as_bytes()).unwrap();
    drop(file);
    let ready = until(&server, |ready| !ready["reload"]["last"].is_null());
    assert_eq!(ready["reload"]["last"]["outcome"], "swapped", "the first that is read is whole");
    assert_eq!(count(&ready), 400 + more.lines().count());
}

/// As a deployment does that writes beside and renames.
#[test]
fn a_folder_that_takes_the_place_of_the_one_watched_is_followed() {
    let parent = tempfile::tempdir().unwrap();
    let (place, beside) = (parent.path().join("atlas"), parent.path().join("new"));
    let copy = |to: &Path| {
        std::fs::create_dir(to).unwrap();
        for (name, text) in folder::FILES {
            folder::write(to, name, text);
        }
    };
    copy(&place);
    let server = Server::start(&place, &["--watch"]);
    let first = server.json("/health/ready");
    copy(&beside);
    folder::replace(&beside, "claims.toml", SUMMARY, MENDED);
    std::fs::rename(&place, parent.path().join("old")).unwrap();
    std::fs::rename(&beside, &place).unwrap();
    until(&server, |ready| ready["snapshot"] != first["snapshot"]);
    assert_eq!(summary(&server), MENDED);
    // And what changes in it from then on.
    folder::replace(&place, "claims.toml", MENDED, SUMMARY);
    until(&server, |ready| ready["snapshot"] == first["snapshot"]);

    // Where none stands nothing is seen, and that is said.
    std::fs::remove_dir_all(&place).unwrap();
    let lost = until(&server, |ready| ready["reload"]["watching"] == false);
    // Where it stood is for whoever runs the service.
    assert_eq!(lost["reload"]["lost"], "why is in the log");
    copy(&place);
    folder::replace(&place, "claims.toml", SUMMARY, MENDED);
    until(&server, |ready| ready["snapshot"] != first["snapshot"]);
    let found = until(&server, |ready| ready["reload"]["watching"] == true);
    assert!(found["reload"]["lost"].is_null());
    assert_eq!(summary(&server), MENDED);
}

/// What git and editors keep beside the files is no change of the atlas; what a link of the
/// folder leads through is. However the folder is named.
#[cfg(unix)]
#[test]
fn what_is_kept_beside_the_files_leads_to_no_reading() {
    let dir = folder::small();
    for inner in [".git", "..first", "..second"] {
        std::fs::create_dir(dir.path().join(inner)).unwrap();
    }
    let place = |name: &str| dir.path().join(name);
    let claims = std::fs::read_to_string(place("claims.toml")).unwrap();
    folder::write(&place("..first"), "claims.toml", &claims);
    folder::write(&place("..second"), "claims.toml", &claims.replace("in 2003", "during 2003"));
    std::fs::remove_file(place("claims.toml")).unwrap();
    std::os::unix::fs::symlink("..first", place("..data")).unwrap();
    std::os::unix::fs::symlink("..data/claims.toml", place("claims.toml")).unwrap();
    let server = Server::spawn(|command| {
        let name = dir.path().file_name().unwrap();
        command.current_dir(dir.path().parent().unwrap()).arg("--watch").arg("--geodata").arg(name);
    });
    let first = server.json("/health/ready");
    for beside in [".git/FETCH_HEAD", ".notes.swp", ".#notes"] {
        folder::write(dir.path(), beside, "x");
    }
    // As an editor locks a file of which it has changes that are not saved.
    std::os::unix::fs::symlink("someone@somewhere.1", place(".#events.toml")).unwrap();
    // Longer than a folder must be at rest.
    std::thread::sleep(std::time::Duration::from_millis(1500));
    assert_eq!(server.json("/health/ready")["reload"]["done"], 0);
    // As Kubernetes changes what it mounts.
    std::os::unix::fs::symlink("..second", place("..data_tmp")).unwrap();
    std::fs::rename(place("..data_tmp"), place("..data")).unwrap();
    let ready = until(&server, |ready| ready["snapshot"] != first["snapshot"]);
    assert_eq!(ready["reload"]["failed"], 0, "a lock is no file of an atlas");
}

/// A server that reads a folder for long enough that a signal comes before it has, once it
/// catches that signal.
#[cfg(target_os = "linux")]
fn loading(signal: u32) -> (tempfile::TempDir, std::process::Child) {
    let dir = tempfile::tempdir().unwrap();
    folder::write(dir.path(), "atlas.toml", TWO_LAYERS);
    write_generation(dir.path(), 0);
    let one = std::fs::read_to_string(dir.path().join("left.geojsonl")).unwrap();
    let many: String =
        (0..250).map(|n| one.replace("\"id\":\"", &format!("\"id\":\"{n}-"))).collect();
    folder::write(dir.path(), "left.geojsonl", &many);
    let log = dir.path().join("log");
    let child = std::process::Command::new(common::BINARY)
        .args(["serve", "--listen", "127.0.0.1:0", "--log", "info", "--geodata"])
        .arg(dir.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let since = Instant::now();
    let catches = || {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
        u64::from_str_radix(mask.trim(), 16).unwrap() >> (signal - 1) & 1 == 1
    };
    while !catches() {
        assert!(since.elapsed() < PATIENCE, "the signal is not caught");
    }
    assert!(!std::fs::read_to_string(&log).unwrap().contains("loaded"), "it is caught too late");
    let kill = ["-s", &signal.to_string(), &child.id().to_string()];
    assert!(std::process::Command::new("kill").args(kill).status().unwrap().success());
    (dir, child)
}

/// A signal that comes too early is no death.
#[cfg(target_os = "linux")]
#[test]
fn a_hang_up_while_the_folder_is_first_read_is_heard() {
    let (_dir, mut child) = loading(1);
    let mut line = String::new();
    let mut stdout = std::io::BufReader::new(child.stdout.take().unwrap());
    std::io::BufRead::read_line(&mut stdout, &mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(line.starts_with("listening on "), "{line:?}");
}

/// The first process of a container hears nothing that it does not catch, and would read on
/// until it is killed.
#[cfg(target_os = "linux")]
#[test]
fn a_server_is_stopped_while_the_folder_is_first_read() {
    let (_dir, child) = loading(15);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "it ends by itself, not by the signal");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "", "and before it listens");
}

/// The same snapshot under the same address, and another answer: it says since when.
#[test]
fn a_server_that_starts_again_has_other_tags() {
    let dir = folder::small();
    let tag = || {
        let server = Server::start(dir.path(), &["--base-url", "http://atlas.example"]);
        server.get("/collections/areas/items").header("etag").unwrap().to_owned()
    };
    let (first, second) = (tag(), tag());
    assert_ne!(first, second);
    let version = |tag: &str| tag.split('-').next().unwrap().to_owned();
    assert_eq!(version(&first), version(&second));
}

#[test]
fn the_atlas_built_in_cannot_be_watched() {
    let elsewhere = tempfile::tempdir().unwrap();
    let output = std::process::Command::new(common::BINARY)
        .current_dir(elsewhere.path())
        .args(["serve", "--listen", "127.0.0.1:0", "--watch"])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("--watch") && said.contains("--geodata"), "{said}");
}

#[test]
fn a_broken_folder_leaves_the_snapshot_before_and_says_why() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &["--watch"]);
    let first = server.json("/health/ready");
    folder::replace(dir.path(), "claims.toml", "asserts = \"mined\"", "asserts = \"mind\"");
    let broken = until(&server, |ready| ready["reload"]["failed"] != 0);
    assert_eq!(broken["status"], "ready", "what was served still is");
    assert_eq!(broken["snapshot"], first["snapshot"]);
    let last = &broken["reload"]["last"];
    assert_eq!(last["outcome"], "failed");
    assert!(last["error"].as_str().unwrap().contains("1 fault(s)"), "{last}");
    let fault = &last["faults"][0];
    assert_eq!((&fault["file"], &fault["field"]), (&"claims.toml".into(), &"asserts".into()));
    assert!(fault["line"].is_u64() && fault["remedy"].is_string(), "{fault}");
    assert_eq!(summary(&server), SUMMARY);

    folder::replace(dir.path(), "claims.toml", "asserts = \"mind\"", "asserts = \"mined\"");
    folder::replace(dir.path(), "claims.toml", SUMMARY, MENDED);
    let mended = until(&server, |ready| ready["snapshot"] != first["snapshot"]);
    assert_eq!(mended["reload"]["last"]["outcome"], "swapped");
    assert!(mended["reload"]["last"]["faults"].is_null());

    // The worst: the folder goes.
    std::fs::remove_file(dir.path().join("atlas.toml")).unwrap();
    let gone = until(&server, |ready| ready["reload"]["last"]["outcome"] == "failed");
    assert_eq!(gone["snapshot"], mended["snapshot"]);
    assert_eq!(summary(&server), MENDED);
}

#[test]
fn a_cursor_of_the_snapshot_before_is_gone_and_leads_to_a_new_start() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &[]);
    let pages = "/collections/claims/items?limit=1&sortby=-reported";
    let page = server.json(pages);
    let next = link(&page["links"], "next").unwrap().to_owned();
    assert_eq!(server.follow(&next).status, 200);
    folder::replace(dir.path(), "claims.toml", SUMMARY, MENDED);
    reload(&server);
    let refused = server.follow(&next);
    assert_eq!(refused.status, 410);
    let problem = refused.json();
    assert_eq!(problem["parameter"], "cursor");
    let first = link(&problem["links"], "first").unwrap();
    assert!(!first.contains("cursor") && first.contains("sortby=-reported"), "{first}");
    let again = server.follow(first).json();
    assert_eq!(again["numberMatched"], page["numberMatched"]);
    assert_eq!(server.follow(link(&again["links"], "next").unwrap()).status, 200);
}

/// RFC 9110, 8.8.2: a date is given only where it tells one answer from another.
#[test]
fn no_two_snapshots_share_a_date() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &[]);
    let path = "/collections/claims/items/claim-mined";
    let first = server.get(path);
    let (tag, date) = (first.header("etag").unwrap(), first.header("last-modified").unwrap());
    folder::replace(dir.path(), "claims.toml", SUMMARY, MENDED);
    reload(&server);
    let since = Instant::now();
    let second = loop {
        for condition in [("If-Modified-Since", date), ("If-None-Match", tag)] {
            let answer = server.request("GET", path, &[condition]);
            assert_eq!(answer.status, 200, "what it has is of the snapshot before");
            assert!(answer.text().contains(MENDED));
        }
        let answer = server.get(path);
        if answer.header("last-modified").is_some() {
            break answer;
        }
        assert!(since.elapsed() < PATIENCE, "it has none");
        std::thread::sleep(Duration::from_millis(100));
    };
    let later = second.header("last-modified").unwrap();
    assert_ne!(later, date);
    assert_eq!(server.request("GET", path, &[("If-Modified-Since", later)]).status, 304);
}

/// A folder of two layers of 400 features, each of which says of which generation
/// it is.
fn write_generation(dir: &Path, generation: usize) {
    for layer in ["left", "right"] {
        let mut text = String::new();
        for n in 0..400 {
            let (x, y) = (70. + f64::from(n % 20) / 10., 39. + f64::from(n / 20) / 10.);
            writeln!(
                text,
                r#"{{"type":"Feature","id":"{n}","geometry":{{"type":"Point","coordinates":[{x},{y}]}},"properties":{{"g":"g{generation}."}}}}"#
            )
            .unwrap();
        }
        folder::write(dir, &format!("{layer}.geojsonl"), &text);
    }
}

const TWO_LAYERS: &str = r#"title = "Two layers"
abstract = "Each feature says of which generation it is."
window = [70.0, 39.0, 72.0, 41.0]
notice = "None."
[[layer]]
id = "left"
kind = "plain"
file = "left.geojsonl"
[[layer]]
id = "right"
kind = "plain"
file = "right.geojsonl"
"#;

/// What is asked while snapshots are swapped: pages at once and streamed, every
/// kind of file, tiles, pages for people.
const TARGETS: [&str; 9] = [
    "/collections/left/items?limit=50",
    "/collections/right/items?limit=1000",
    "/collections/left/items?f=csv",
    "/collections/right/items?f=geojsonseq",
    "/collections/left/items/7",
    "/collections/right/items?filter=g%20LIKE%20'g%25'&limit=400",
    "/tiles/WebMercatorQuad/6/24/44",
    "/collections/left/items?f=html&limit=30",
    "/collections/left/items?f=kml",
];

/// The generation that an answer is of; all that it says must be of that one.
fn generation(target: &str, answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{target}: {}", answer.text());
    let text = answer.text();
    let mut found: Vec<&str> = text
        .match_indices('g')
        .filter_map(|(at, _)| {
            let end = at + text[at..].find('.')?;
            let number = &text[at + 1..end];
            let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| &text[at..end])
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), 1, "{target} is of {found:?}");
    found[0].to_owned()
}

/// `DEMARC_RELOADS` says how many; `make reloads` does 500.
#[test]
fn reloads_under_load_lose_and_mix_nothing() {
    let reloads: usize =
        std::env::var("DEMARC_RELOADS").map_or(40, |count| count.parse().expect("a number"));
    let dir = tempfile::tempdir().unwrap();
    folder::write(dir.path(), "atlas.toml", TWO_LAYERS);
    write_generation(dir.path(), 0);
    let server = Server::start(dir.path(), &[]);
    let (done, answers) = (AtomicBool::new(false), AtomicUsize::new(0));
    let versions: Mutex<HashMap<String, String>> = Mutex::default();
    let mut measured = Vec::new();
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let (server, done, answers, versions) = (&server, &done, &answers, &versions);
            scope.spawn(move || {
                let mut turn = worker;
                while !done.load(Ordering::Relaxed) {
                    let target = TARGETS[turn % TARGETS.len()];
                    let answer = server.get(target);
                    let generation = generation(target, &answer);
                    // The tag names the snapshot: it must be the one of the body.
                    let tag = answer.header("etag").unwrap().trim_matches('"');
                    let version = tag.split('-').next().unwrap().to_owned();
                    let mut versions = versions.lock().unwrap();
                    let known = versions.entry(version).or_insert_with(|| generation.clone());
                    assert_eq!(known, &generation, "{target}");
                    drop(versions);
                    answers.fetch_add(1, Ordering::Relaxed);
                    turn += 1;
                    std::thread::sleep(Duration::from_millis(1));
                }
            });
        }
        let _done = Done(&done);
        for generation in 1..=reloads {
            write_generation(dir.path(), generation);
            let ready = reload(&server);
            assert_eq!(ready["reload"]["last"]["outcome"], "swapped", "{ready}");
            // What the allocator keeps to itself is there after the first tenth.
            if generation * 10 >= reloads {
                measured.push(resources::of(server.child.id()));
            }
        }
    });
    let seen = versions.lock().unwrap().len();
    let answers = answers.load(Ordering::Relaxed);
    let third = measured.len() / 3;
    let most = |of: &[resources::Resources]| of.iter().map(|one| one.resident_kb).max().unwrap();
    let (early, late) = (most(&measured[..third]), most(&measured[measured.len() - third..]));
    let files = measured.iter().map(|one| one.files).max().unwrap();
    resources::record(
        "reloads",
        "reloads under load, by four readers of nine kinds of answers",
        &format!("{reloads} reloads, {answers} answers of {seen} snapshots"),
        &format!(
            "none failed, none mixed two snapshots; at most {early} kB resident in the first third, \
             {late} kB in the last; at most {files} files open"
        ),
    );
    assert!(answers > reloads, "there was load: {answers} answers");
    assert!(seen > reloads / 2, "it was asked across reloads: {seen} snapshots seen");
    assert!(late < early + early / 4, "memory grows: {early} kB, then {late} kB");
    assert!(files <= 60, "file descriptors leak: {files}");
}
