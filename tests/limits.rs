//! How much one server lets itself be asked: beyond it a clear refusal, and
//! nobody else is kept waiting.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

mod common;

#[path = "limits/connections.rs"]
mod connections;
#[path = "limits/rate.rs"]
mod rate;
#[path = "limits/readers.rs"]
mod readers;
#[path = "limits/work.rs"]
mod work;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use common::{Answer, Server, encoded, folder};
use tempfile::TempDir;

const PLAIN: &str = r#"title = "Many points"
abstract = "Enough for work that takes a while."
window = [70.0, 39.0, 72.0, 41.0]
notice = "None."
[[layer]]
id = "points"
kind = "plain"
file = "points.geojsonl"
"#;

/// A layer of many points, each with a long name.
fn many(count: usize) -> TempDir {
    named(count, "the place, of which nothing is told but a long name")
}

/// The same, with a name of so many bytes.
fn long(count: usize, bytes: usize) -> TempDir {
    named(count, &"long ".repeat(bytes / 5))
}

fn named(count: usize, name: &str) -> TempDir {
    let dir = TempDir::new().unwrap();
    folder::write(dir.path(), "atlas.toml", PLAIN);
    let mut text = String::new();
    for n in 0..count {
        let (x, y) = (70 + n % 2, 39 + n / 7 % 2);
        writeln!(
            text,
            r#"{{"type":"Feature","id":"p{n}","geometry":{{"type":"Point","coordinates":[{x}.{n},{y}.{n}]}},"properties":{{"name":"{name} {n}"}}}}"#
        )
        .unwrap();
    }
    folder::write(dir.path(), "points.geojsonl", &text);
    dir
}

/// A question that goes over all rows, and takes long over each.
fn slow_question() -> String {
    let one = "ACCENTI(CASEI(name)) LIKE ACCENTI(CASEI('%a%e%i%o%u%é%z%'))";
    let filter = vec![one; 40].join(" OR ");
    format!("/collections/points/items?filter={}", encoded(&filter))
}

/// A value of `/metrics`.
fn metric(server: &Server, name: &str) -> f64 {
    let text = server.get("/metrics").text();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let value = line.unwrap_or_else(|| panic!("no {name} in {text}"));
    value.trim().parse().unwrap()
}

/// What takes longer hangs.
const PATIENCE: Duration = Duration::from_mins(1);

/// Waits until a value of `/metrics` is what is wanted.
fn until(server: &Server, name: &str, wanted: f64) {
    let since = Instant::now();
    while (metric(server, name) - wanted).abs() > f64::EPSILON {
        assert!(since.elapsed() < PATIENCE, "{name} is {}", metric(server, name));
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn refused(answer: &Answer, status: u16) -> String {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    let problem = answer.json();
    assert_eq!(problem["status"], status);
    problem["detail"].as_str().unwrap().to_owned()
}

#[test]
fn a_request_has_its_size() {
    let dir = folder::small();
    let flags = ["--address-bytes", "300", "--head-bytes", "10000"];
    let server = Server::start(dir.path(), &flags);
    let long = |length| format!("/places?q={}", "x".repeat(length));
    assert_eq!(server.get(&long(200)).status, 200);
    assert!(refused(&server.get(&long(300)), 414).contains("300 bytes"));
    let body = server.request("GET", "/collections", &[("Content-Length", "20000")]);
    assert!(refused(&body, 413).contains("10000 bytes"));
    let filler = "x".repeat(12_000);
    assert_eq!(server.request("GET", "/collections", &[("X-Filler", &filler)]).status, 431);
    assert_eq!(server.get("/collections").status, 200);
}

#[test]
fn a_page_has_its_size() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &["--page-features", "2"]);
    let items = |limit: &str| server.get(&format!("/collections/claims/items{limit}"));
    assert!(refused(&items("?limit=3"), 400).contains("from 1 to 2"));
    assert_eq!(items("?limit=2").json()["numberReturned"], 2);
    let areas = server.json("/collections/areas/items");
    assert_eq!((&areas["numberReturned"], &areas["numberMatched"]), (&2.into(), &3.into()));
    let limit = &server.json("/api")["components"]["parameters"]["limit"]["schema"]["maximum"];
    assert_eq!(*limit, 2);
}

#[test]
fn limits_are_shown_and_come_from_flags_or_the_environment() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &["--answer-timeout", "1500ms", "--downloads", "7"]);
    let limits = &server.json("/health/ready")["limits"];
    assert_eq!((&limits["answer_timeout_s"], &limits["downloads"]), (&1.5.into(), &7.into()));
    for (name, value) in
        [("head_bytes", 32_768), ("page_features", 10_000), ("unread_bytes", 268_435_456)]
    {
        assert_eq!(limits[name], value, "{name}");
    }
    assert!(limits["rate"].is_null(), "no rate unless one is set");

    let output = std::process::Command::new(common::BINARY)
        .args(["serve", "--geodata"])
        .arg(dir.path())
        .env("DEMARC_ANSWER_TIMEOUT", "soon")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("--answer-timeout") && said.contains("500ms"), "{said}");
}
