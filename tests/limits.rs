//! How much one server lets itself be asked: beyond it a clear refusal, and
//! nobody else is kept waiting.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

mod common;

use std::fmt::Write as _;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
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
    let dir = TempDir::new().unwrap();
    folder::write(dir.path(), "atlas.toml", PLAIN);
    let mut text = String::new();
    for n in 0..count {
        let (x, y) = (70 + n % 2, 39 + n / 7 % 2);
        writeln!(
            text,
            r#"{{"type":"Feature","id":"p{n}","geometry":{{"type":"Point","coordinates":[{x}.{n},{y}.{n}]}},"properties":{{"name":"the place numbered {n}, of which nothing is told but a long name"}}}}"#
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

/// Waits until a value of `/metrics` is what is wanted.
fn until(server: &Server, name: &str, wanted: f64) {
    let since = Instant::now();
    while (metric(server, name) - wanted).abs() > f64::EPSILON {
        assert!(since.elapsed() < Duration::from_secs(20), "{name} is {}", metric(server, name));
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

/// How long the server keeps a connection on which this is sent, and no more.
fn kept(server: &Server, sent: &[u8]) -> Duration {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(sent).unwrap();
    let since = Instant::now();
    match stream.read_to_end(&mut Vec::new()) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
        Err(error) => panic!("it is kept: {error}"),
    }
    since.elapsed()
}

#[test]
fn who_does_not_finish_a_request_is_hung_up_on() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &["--head-timeout", "300ms"]);
    let whole = format!("GET /health/live HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    for sent in [&b""[..], b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\nX: ", whole.as_bytes()] {
        let kept = kept(&server, sent);
        let limits = Duration::from_millis(250)..Duration::from_secs(5);
        assert!(limits.contains(&kept), "{kept:?} after {:?}", String::from_utf8_lossy(sent));
    }
    until(&server, "demarc_connections ", 1.);
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
fn a_client_has_its_rate() {
    let dir = folder::small();
    let flags = ["--rate", "1", "--burst", "3", "--trusted-proxy", "10.0.0.0/8"];
    let server = Server::start(dir.path(), &flags);
    for _ in 0..3 {
        // Anyone can write this; it is nobody's proxy that sends it.
        let answer = server.request("GET", "/collections", &[("X-Forwarded-For", "192.0.2.1")]);
        assert_eq!(answer.status, 200);
    }
    let answer = server.request("GET", "/collections", &[("X-Forwarded-For", "192.0.2.2")]);
    assert!(refused(&answer, 429).contains("Retry-After"));
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert!(metric(&server, "demarc_rate_limited_total ") >= 1., "whoever runs it can ask");
    assert_eq!(server.get("/health/ready").status, 200);
    std::thread::sleep(Duration::from_millis(1100));
    assert_eq!(server.get("/collections").status, 200, "a token came back");
}

#[test]
fn behind_a_proxy_that_is_trusted_clients_are_told_apart() {
    let dir = folder::small();
    let flags = ["--rate", "1", "--burst", "2", "--trusted-proxy", "127.0.0.1"];
    let server = Server::start(dir.path(), &flags);
    let from = |client: &str| {
        let headers = [
            ("X-Forwarded-For", client),
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", "atlas.example"),
        ];
        server.request("GET", "/collections", &headers)
    };
    for client in ["192.0.2.1", "192.0.2.2", "8.8.8.8, 192.0.2.3"] {
        assert_eq!(from(client).status, 200);
        assert!(from(client).text().contains("\"https://atlas.example/collections\""));
        assert_eq!(from(client).status, 429, "{client}");
    }
    // What the client wrote itself, before the proxy added where it came from.
    assert_eq!(from("1.2.3.4, 192.0.2.3").status, 429);
}

#[test]
fn what_takes_too_long_is_broken_off() {
    let dir = many(60_000);
    let server = Server::start(dir.path(), &["--answer-timeout", "200ms"]);
    let since = Instant::now();
    let answer = server.get(&slow_question());
    assert!(refused(&answer, 503).contains("broken off"));
    assert_eq!(answer.header("retry-after"), Some("60"));
    assert!(since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
    assert!(metric(&server, "demarc_stopped_total{kind=\"questions\"}") >= 1.);
    // Not only is the client told so: the work ends.
    until(&server, "demarc_in_flight{kind=\"questions\"}", 0.);
    let quick = server.json("/collections/points/items?limit=1");
    assert_eq!(quick["numberMatched"], 60_000);
}

#[test]
fn a_client_that_goes_leaves_no_work_behind() {
    let dir = many(60_000);
    let server = Server::start(dir.path(), &["--answer-timeout", "10m"]);
    let mut stream = TcpStream::connect(&server.address).unwrap();
    let head = format!("GET {} HTTP/1.1\r\nHost: x\r\n\r\n", slow_question());
    stream.write_all(head.as_bytes()).unwrap();
    until(&server, "demarc_in_flight{kind=\"questions\"}", 1.);
    drop(stream);
    let since = Instant::now();
    until(&server, "demarc_in_flight{kind=\"questions\"}", 0.);
    assert!(since.elapsed() < Duration::from_secs(2), "{:?}", since.elapsed());
}

#[test]
fn one_kind_of_request_does_not_starve_another() {
    let dir = many(60_000);
    let flags = ["--questions", "1", "--queue", "0", "--answer-timeout", "10m"];
    let server = Server::start(dir.path(), &flags);
    let mut slow = TcpStream::connect(&server.address).unwrap();
    let head = format!("GET {} HTTP/1.1\r\nHost: x\r\n\r\n", slow_question());
    slow.write_all(head.as_bytes()).unwrap();
    until(&server, "demarc_in_flight{kind=\"questions\"}", 1.);
    let other = server.get("/collections/points/items?filter=name%20IS%20NULL");
    assert!(refused(&other, 503).contains("questions"));
    assert_eq!(other.header("retry-after"), Some("1"));
    assert!(metric(&server, "demarc_shed_total{kind=\"questions\"}") >= 1.);
    for target in [
        "/collections/points/items?limit=5",
        "/collections/points/items/p7",
        "/tiles/WebMercatorQuad/3/3/5",
        "/collections/points/items?f=csv&limit=5",
    ] {
        assert_eq!(server.get(target).status, 200, "{target}");
    }
    assert!(
        (metric(&server, "demarc_in_flight{kind=\"questions\"}") - 1.).abs() < 0.1,
        "it goes on"
    );
}

#[test]
fn a_question_may_wait_for_its_turn() {
    let dir = many(60_000);
    let flags = ["--questions", "1", "--queue-timeout", "30s", "--answer-timeout", "300ms"];
    let server = Server::start(dir.path(), &flags);
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| server.get(&slow_question()).status);
        until(&server, "demarc_in_flight{kind=\"questions\"}", 1.);
        let quick = server.get("/collections/points/items?filter=name%20IS%20NULL");
        assert_eq!(quick.status, 200, "its turn came when the slow one was broken off");
        assert_eq!(slow.join().unwrap(), 503);
    });
}

/// A whole layer, of which only the head is read.
fn begun(server: &Server, target: &str) -> TcpStream {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    write!(stream, "GET {target} HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut start = [0; 12];
    stream.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"HTTP/1.1 200");
    stream
}

#[test]
fn a_slow_reader_is_hung_up_on() {
    let dir = many(100_000);
    let server = Server::start(dir.path(), &["--stall-timeout", "500ms"]);
    let mut stalled = begun(&server, "/collections/points/items?f=geojsonseq");
    until(&server, "demarc_in_flight{kind=\"downloads\"}", 1.);
    until(&server, "demarc_in_flight{kind=\"downloads\"}", 0.);
    // What lies in the buffers of the system may still be read; the end is missing.
    let mut rest = Vec::new();
    let _ = stalled.read_to_end(&mut rest);
    assert!(!rest.ends_with(b"0\r\n\r\n"), "half an answer looks whole");
    let whole = server.get("/collections/points/items?f=geojsonseq");
    assert_eq!(whole.text().lines().count(), 100_000, "who reads gets all");
}

#[test]
fn a_download_has_its_time_and_a_client_its_share() {
    let dir = many(100_000);
    let flags = ["--download-timeout", "2s", "--client-downloads", "2"];
    let server = Server::start(dir.path(), &flags);
    let target = "/collections/points/items?f=geojsonseq";
    let mut first = begun(&server, target);
    let second = begun(&server, target);
    let third = server.get(target);
    assert!(refused(&third, 429).contains("under way"));
    assert_eq!(server.get("/collections/points/items?limit=3").status, 200);
    drop(second);
    until(&server, "demarc_in_flight{kind=\"downloads\"}", 1.);
    // Read on, but slowly enough that its time runs out.
    let since = Instant::now();
    let mut piece = vec![0; 16 * 1024];
    let mut last = Vec::new();
    while let Ok(length @ 1..) = first.read(&mut piece) {
        last = piece[..length].to_vec();
        std::thread::sleep(Duration::from_millis(20));
        assert!(since.elapsed() < Duration::from_secs(30), "it goes on and on");
    }
    assert!(!last.ends_with(b"0\r\n\r\n"), "half an answer looks whole");
    assert!(metric(&server, "demarc_stopped_total{kind=\"downloads\"}") >= 1.);
    until(&server, "demarc_in_flight{kind=\"downloads\"}", 0.);
}

#[test]
fn connections_beyond_the_limit_wait() {
    let dir = folder::small();
    let flags = ["--connections", "2", "--head-timeout", "1s"];
    let server = Server::start(dir.path(), &flags);
    let idle: Vec<TcpStream> =
        (0..2).map(|_| TcpStream::connect(&server.address).unwrap()).collect();
    std::thread::sleep(Duration::from_millis(100));
    let since = Instant::now();
    assert_eq!(server.get("/health/live").status, 200);
    assert!(since.elapsed() > Duration::from_millis(300), "it waited for one of the idle to go");
    drop(idle);
}

#[test]
fn limits_are_shown_and_come_from_flags_or_the_environment() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &["--answer-timeout", "1500ms", "--downloads", "7"]);
    let limits = &server.json("/health/ready")["limits"];
    assert_eq!((&limits["answer_timeout_s"], &limits["downloads"]), (&1.5.into(), &7.into()));
    for (name, value) in [("head_bytes", 131_072), ("page_features", 10_000), ("quick", 1024)] {
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
