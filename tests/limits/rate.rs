//! How often one client may ask, and who is taken for one.

use std::fmt::Write as _;
use std::time::Instant;

use crate::common::{self, Answer, Server, folder};
use crate::{PATIENCE, metric, refused};

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
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "scripts can wait too");
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
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
        let last = "GET /collections HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        let all = format!("{one}\r\n").repeat(40) + last;
        String::from_utf8(common::sent(&server.address, &all)).unwrap()
    };
    let limited = |answers: String| answers.matches("HTTP/1.1 429").count();
    assert!(limited(many("POST", "")) > 1);
    // What a browser asks before a script may ask costs no more than refusing it, which the
    // script would not be told; it counts all the same.
    let preflight = "Origin: http://a.example\r\nAccess-Control-Request-Method: GET\r\n";
    assert_eq!(limited(many("OPTIONS", preflight)), 1, "the question after them");
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
