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

/// Sends this, and no more, and waits until the server hangs up.
fn hung_up(server: &Server, sent: &[u8]) {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(sent).unwrap();
    match stream.read_to_end(&mut Vec::new()) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
        Err(error) => panic!("it is kept: {error}"),
    }
}

#[test]
fn who_does_not_finish_a_request_is_hung_up_on() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &["--head-timeout", "300ms"]);
    let whole = format!("GET /health/live HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    for sent in [&b""[..], b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\nX: ", whole.as_bytes()] {
        hung_up(&server, sent);
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

/// Of requests that come at once so many are answered, and the others refused.
fn passed(statuses: &[u16], burst: usize) {
    let count = statuses.iter().filter(|status| **status == 200).count();
    let refused = statuses.iter().filter(|status| **status == 429).count();
    assert!(count >= burst && refused > 0 && count + refused == statuses.len(), "{statuses:?}");
}

#[test]
fn a_client_has_its_rate() {
    let dir = folder::small();
    let flags = ["--rate", "1", "--burst", "3", "--trusted-proxy", "10.0.0.0/8"];
    let server = Server::start(dir.path(), &flags);
    // Anyone can write this; it is nobody's proxy that sends it.
    let from = |client: &str| server.statuses(40, "/collections", &[("X-Forwarded-For", client)]);
    passed(&from("192.0.2.1"), 3);
    assert!(from("192.0.2.2").contains(&429));
    let answer = Answer::parse(&first_refused(&server), false);
    assert!(refused(&answer, 429).contains("`Retry-After` says, or ask"), "{}", answer.text());
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert!(metric(&server, "demarc_rate_limited_total ") >= 1., "whoever runs it can ask");
    assert_eq!(server.get("/health/ready").status, 200);
    let since = Instant::now();
    while server.get("/collections").status != 200 {
        assert!(since.elapsed() < PATIENCE, "no token comes back");
    }
}

/// The last answer to requests that come at once on one connection.
fn first_refused(server: &Server) -> Vec<u8> {
    let one = format!("GET /collections HTTP/1.1\r\nHost: {}\r\n", server.address);
    let all = format!("{one}\r\n").repeat(40) + &one + "Connection: close\r\n\r\n";
    let bytes = common::sent(&server.address, &all);
    let start = b"HTTP/1.1 429";
    let last = bytes.windows(start.len()).rposition(|part| part == start).expect("a refusal");
    bytes[last..].to_vec()
}

/// Whatever the method, and how the service goes too; that by itself.
#[test]
fn nothing_goes_by_the_rate() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &["--rate", "1", "--burst", "3"]);
    passed(&server.statuses(40, "/metrics", &[]), 3);
    passed(&server.statuses(40, "/collections", &[]), 3);
    let many = |method: &str, more: &str| {
        let one = format!("{method} /collections HTTP/1.1\r\nHost: x\r\n{more}");
        let all = format!("{one}\r\n").repeat(40) + &one + "Connection: close\r\n\r\n";
        String::from_utf8(common::sent(&server.address, &all)).unwrap()
    };
    assert!(many("POST", "").contains("HTTP/1.1 429"));
    let preflight = "Origin: http://a.example\r\nAccess-Control-Request-Method: GET\r\n";
    assert!(many("OPTIONS", preflight).contains("HTTP/1.1 429"));
}

#[test]
fn behind_a_proxy_that_is_trusted_clients_are_told_apart() {
    let dir = folder::small();
    let flags = ["--rate", "1", "--burst", "2", "--trusted-proxy", "127.0.0.1"];
    let server = Server::start(dir.path(), &flags);
    for client in ["192.0.2.1", "192.0.2.2", "8.8.8.8, 192.0.2.3"] {
        let headers = [
            ("X-Forwarded-For", client),
            ("X-Forwarded-Proto", "https"),
            ("X-Forwarded-Host", "atlas.example"),
        ];
        let first = server.request("GET", "/collections", &headers);
        assert_eq!(first.status, 200, "{client}");
        assert!(first.text().contains("\"https://atlas.example/collections\""));
        assert!(server.statuses(40, "/collections", &headers).contains(&429), "{client}");
    }
    // What the client wrote itself, before the proxy added where it came from.
    let spoofed = [("X-Forwarded-For", "1.2.3.4, 192.0.2.3")];
    assert!(!server.statuses(2, "/collections", &spoofed).contains(&200));
}

/// A visitor of a proxy that writes `Forwarded` can write the other headers.
#[test]
fn a_proxy_is_believed_in_the_header_that_it_writes() {
    let dir = folder::small();
    let flags = ["--rate", "1", "--burst", "2", "--trusted-proxy", "127.0.0.1"];
    let flags = [&flags[..], &["--proxy-header", "forwarded"]].concat();
    let server = Server::start(dir.path(), &flags);
    let mut statuses = Vec::new();
    let mut all = String::new();
    for n in 0..40 {
        let close = if n == 39 { "Connection: close\r\n" } else { "" };
        write!(
            all,
            "HEAD /collections HTTP/1.1\r\nHost: x\r\nForwarded: for=192.0.2.1\r\nX-Forwarded-For: 198.51.100.{n}\r\n{close}\r\n"
        )
        .unwrap();
    }
    let answers = String::from_utf8(common::sent(&server.address, &all)).unwrap();
    statuses.extend(answers.lines().filter_map(|line| line.strip_prefix("HTTP/1.1 ")));
    assert!(statuses.iter().any(|status| status.starts_with("429")), "{statuses:?}");
}

#[test]
fn what_takes_too_long_is_broken_off() {
    let dir = many(60_000);
    let server = Server::start(dir.path(), &["--answer-timeout", "200ms"]);
    let answer = server.get(&slow_question());
    assert!(refused(&answer, 503).contains("broken off"));
    assert_eq!(answer.header("retry-after"), Some("60"));
    assert!(metric(&server, "demarc_stopped_total{kind=\"questions\"}") >= 1.);
    // Not only is the client told so: the work ends.
    until(&server, "demarc_in_flight{kind=\"questions\"}", 0.);
    assert_eq!(server.json("/collections/points/items/p7")["id"], "p7");
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
    // It would go on for ten minutes.
    until(&server, "demarc_in_flight{kind=\"questions\"}", 0.);
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
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
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
    let mut piece = vec![0; 16 * 1024];
    let mut last = Vec::new();
    while let Ok(length @ 1..) = first.read(&mut piece) {
        last = piece[..length].to_vec();
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(!last.ends_with(b"0\r\n\r\n"), "half an answer looks whole");
    assert!(metric(&server, "demarc_stopped_total{kind=\"downloads\"}") >= 1.);
    until(&server, "demarc_in_flight{kind=\"downloads\"}", 0.);
}

/// Whoever asked for much and reads none of it holds a download, however it was asked
/// for, and no question.
#[test]
fn what_is_not_read_keeps_nobody_waiting() {
    // More than the system takes from the server for who reads nothing.
    let dir = long(120, 150_000);
    let flags = ["--questions", "1", "--queue", "0", "--client-downloads", "2"];
    let server = Server::start(dir.path(), &flags);
    let items = "/collections/points/items";
    for target in [
        items.to_owned(),
        format!("{items}?filter=name%20IS%20NOT%20NULL"),
        format!("{items}?sortby=-name&limit=200"),
        format!("{items}?%66=csv"),
        format!("{items}?filter=name%20IS%20NOT%20NULL&f=geojsonseq"),
    ] {
        let first = begun(&server, &target);
        until(&server, "demarc_in_flight{kind=\"questions\"}", 0.);
        let second = begun(&server, &target);
        assert!(refused(&server.get(&target), 429).contains("under way"), "{target}");
        until(&server, "demarc_in_flight{kind=\"questions\"}", 0.);
        let question = server.get(&format!("{items}?filter=name%20IS%20NULL"));
        assert_eq!(question.status, 200, "{target}: {}", question.text());
        drop((first, second));
        until(&server, "demarc_in_flight{kind=\"downloads\"}", 0.);
    }
}

/// A feature of megabytes is written as it is read, like a file.
#[test]
fn a_large_feature_is_streamed() {
    let dir = long(1, 20_000_000);
    let server = Server::start(dir.path(), &["--client-downloads", "1"]);
    let unread = begun(&server, "/collections/points/items/p0");
    assert!(refused(&server.get("/collections/points/items/p0"), 429).contains("under way"));
    drop(unread);
    until(&server, "demarc_in_flight{kind=\"downloads\"}", 0.);
    let feature = server.json("/collections/points/items/p0");
    assert_eq!(feature["properties"]["name"].as_str().unwrap().len(), 20_000_002);
}

/// More than what the system takes from the server lies in its memory until it is read.
#[test]
fn what_is_not_read_is_held_in_bounds() {
    let dir = long(1000, 20_000);
    let server = Server::start(dir.path(), &["--client-unread-bytes", "1000000"]);
    let target = "/near?at=71,40&radius=500km&collections=points";
    let unread = begun(&server, target);
    let withheld = server.get(target);
    assert!(refused(&withheld, 429).contains("read them first"));
    assert_eq!(withheld.header("retry-after"), Some("1"));
    assert!(metric(&server, "demarc_unread_total ") >= 1.);
    assert_eq!(server.get("/collections").status, 200, "small ones are not");
    drop(unread);
    let since = Instant::now();
    while server.get(target).status != 200 {
        assert!(since.elapsed() < PATIENCE, "who went holds it still");
    }
}

/// In HTTP/1.0 the end of the connection is the end of the answer, also where it was
/// broken off.
#[test]
fn nothing_is_streamed_to_who_cannot_tell_its_end() {
    let dir = many(3000);
    let server = Server::start(dir.path(), &[]);
    let get = |target: &str| {
        let head = format!("GET {target} HTTP/1.0\r\nHost: x\r\n\r\n");
        let text = String::from_utf8(common::sent(&server.address, &head)).unwrap();
        let bytes = text.replacen("HTTP/1.0", "HTTP/1.1", 1).into_bytes();
        Answer::parse(&bytes, false)
    };
    for target in ["/collections/points/items?f=csv", "/collections/points/items?limit=2000"] {
        let answer = get(target);
        assert!(refused(&answer, 426).contains("HTTP/1.1"), "{target}");
        assert_eq!(answer.header("upgrade"), Some("HTTP/1.1"));
    }
    for target in ["/collections/points/items", "/collections/points/items?f=html&limit=300"] {
        let answer = get(target);
        assert_eq!(answer.status, 200, "{target}");
        assert!(answer.header("content-length").is_some(), "{target}");
    }
}

#[test]
fn a_file_that_cannot_be_made_is_refused() {
    let dir = folder::small();
    let server = Server::spawn(|command| {
        command.arg("--geodata").arg(dir.path()).env("TMPDIR", dir.path().join("nowhere"));
        command.env("DEMARC_LOG", "off");
    });
    for target in ["/collections/areas/items?f=gpkg", "/atlas.gpkg"] {
        let answer = server.get(target);
        assert!(refused(&answer, 503).contains("another format"), "{target}");
        assert!(!answer.text().contains("nowhere"), "where that is nobody is told");
    }
    assert_eq!(server.get("/collections/areas/items?f=csv").status, 200);
}

#[test]
fn connections_beyond_the_limit_wait() {
    let dir = folder::small();
    let flags = ["--connections", "2", "--client-connections", "2", "--head-timeout", "10m"];
    let server = Server::start(dir.path(), &flags);
    let idle: Vec<TcpStream> =
        (0..2).map(|_| TcpStream::connect(&server.address).unwrap()).collect();
    let mut third = TcpStream::connect(&server.address).unwrap();
    let head = "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    third.write_all(head.as_bytes()).unwrap();
    third.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    let waits = third.read(&mut [0]).unwrap_err();
    assert!(matches!(waits.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut), "{waits}");
    drop(idle);
    third.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut answer = String::new();
    third.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[test]
fn a_client_has_so_many_connections() {
    let dir = folder::small();
    let flags = ["--client-connections", "2", "--head-timeout", "10m"];
    let mut server =
        Server::start(dir.path(), &[&flags[..], &["--health-listen", "127.0.0.1:0"]].concat());
    let line = server.line();
    let health = line.strip_prefix("health on http://").unwrap_or_else(|| panic!("{line}"));
    let idle: Vec<TcpStream> =
        (0..2).map(|_| TcpStream::connect(&server.address).unwrap()).collect();
    hung_up(&server, b"");
    let head = "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let told = String::from_utf8(common::sent(health, head)).unwrap();
    assert!(told.contains("demarc_connections_refused_total 1\n"), "{told}");
    drop(idle);
    let since = Instant::now();
    let is_let_in = || {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        let mut start = [0; 12];
        stream.write_all(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n").is_ok()
            && stream.read_exact(&mut start).is_ok()
    };
    while !is_let_in() {
        assert!(since.elapsed() < PATIENCE, "who went is counted still");
    }
}

#[test]
fn limits_are_shown_and_come_from_flags_or_the_environment() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &["--answer-timeout", "1500ms", "--downloads", "7"]);
    let limits = &server.json("/health/ready")["limits"];
    assert_eq!((&limits["answer_timeout_s"], &limits["downloads"]), (&1.5.into(), &7.into()));
    for (name, value) in
        [("head_bytes", 131_072), ("page_features", 10_000), ("unread_bytes", 268_435_456)]
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
