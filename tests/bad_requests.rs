//! What a client can send wrong: each refused with its status, as problem+json,
//! naming the parameter; never a failure of the server, never a hang.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod common;

use common::{Answer, Server};
use serde_json::Value;

/// Target, status, and the parameter at fault (or a word of the detail, after
/// a `~`; `~` alone asks for nothing).
const BAD: &[(&str, u16, &str)] = &[
    // Windows.
    ("/collections/water/items?bbox=", 400, "bbox"),
    ("/collections/water/items?bbox=a,b,c,d", 400, "bbox"),
    ("/collections/water/items?bbox=70,39,72", 400, "bbox"),
    ("/collections/water/items?bbox=70,39,72,40,1", 400, "bbox"),
    ("/collections/water/items?bbox=70,39,0,72,40,1,7", 400, "bbox"),
    ("/collections/water/items?bbox=70,39,72,40,", 400, "bbox"),
    ("/collections/water/items?bbox=70,39,9,72,40,1", 400, "bbox"),
    ("/collections/water/items?bbox=NaN,39,72,40", 400, "bbox"),
    ("/collections/water/items?bbox=70,39,inf,40", 400, "bbox"),
    ("/collections/water/items?bbox=-inf,39,72,40", 400, "bbox"),
    ("/collections/water/items?bbox=1e999,39,72,40", 400, "bbox"),
    ("/collections/water/items?bbox=0x46,39,72,40", 400, "bbox"),
    ("/collections/water/items?bbox=70,41,72,39", 400, "bbox"),
    ("/collections/water/items?bbox=70,39,181,40", 400, "bbox"),
    ("/collections/water/items?bbox=-180.1,39,72,40", 400, "bbox"),
    ("/collections/water/items?bbox=70,-91,72,40", 400, "bbox"),
    ("/collections/water/items?bbox=70,39,72,90.5", 400, "bbox"),
    ("/collections/water/items?bbox=70;39;72;40", 400, "bbox"),
    ("/collections/water/items?bbox=70%2039%2072%2040", 400, "bbox"),
    ("/timeline?bbox=1,2,3", 400, "bbox"),
    // Pages.
    ("/collections/water/items?sortby=name,-name", 400, "sortby"),
    ("/collections/water/items?properties=name,%20name", 400, "properties"),
    ("/collections/water/items?limit=0", 400, "limit"),
    ("/collections/water/items?limit=-1", 400, "limit"),
    ("/collections/water/items?limit=1e9", 400, "limit"),
    ("/collections/water/items?limit=abc", 400, "limit"),
    ("/collections/water/items?limit=10001", 400, "limit"),
    ("/collections/water/items?limit=", 400, "limit"),
    ("/collections/water/items?limit=1.5", 400, "limit"),
    ("/collections/water/items?limit=+1", 400, "limit"),
    ("/collections/water/items?limit=99999999999999999999999999", 400, "limit"),
    ("/collections/water/items?offset=-1", 400, "offset"),
    ("/collections/water/items?offset=x", 400, "offset"),
    ("/collections/water/items?offset=99999999999999999999999999", 400, "offset"),
    ("/places?q=Sokh&limit=0", 400, "limit"),
    ("/places?q=Sokh&limit=101", 400, "limit"),
    // The validity clock.
    ("/collections/borders/items?datetime=", 400, "datetime"),
    ("/collections/borders/items?datetime=today", 400, "datetime"),
    ("/collections/borders/items?datetime=2005", 400, "datetime"),
    ("/collections/borders/items?datetime=2005-06", 400, "datetime"),
    ("/collections/borders/items?datetime=20050601", 400, "datetime"),
    ("/collections/borders/items?datetime=01.06.2005", 400, "datetime"),
    ("/collections/borders/items?datetime=2005-13-01", 400, "datetime"),
    ("/collections/borders/items?datetime=2005-02-30", 400, "datetime"),
    ("/collections/borders/items?datetime=2005-06-01T25:00:00Z", 400, "datetime"),
    ("/collections/borders/items?datetime=2005-06-01T10:00:00", 400, "datetime"),
    ("/collections/borders/items?datetime=2005-06-01/2004-06-01", 400, "datetime"),
    ("/collections/borders/items?datetime=/", 400, "datetime"),
    ("/collections/borders/items?datetime=2005-01-01/2005-06-01/2006-01-01", 400, "datetime"),
    ("/collections/borders/items?datetime=..", 400, "datetime"),
    ("/collections/borders/items?datetime=-99999-01-01", 400, "datetime"),
    ("/collections/enclaves/items/sokh?datetime=yesterday", 400, "datetime"),
    ("/near?place=Batken&datetime=soon", 400, "datetime"),
    // The knowledge clock.
    ("/collections/claims/items?known-at=2005-01-01/2006-01-01", 400, "known-at"),
    ("/collections/claims/items?known-at=..", 400, "known-at"),
    ("/collections/claims/items?known-at=2005", 400, "known-at"),
    ("/near?place=Batken&known-at=2005-02-30", 400, "known-at"),
    ("/timeline?known-at=now", 400, "known-at"),
    // Circles.
    ("/near?place=Batken&radius=-5", 400, "radius"),
    ("/near?place=Batken&radius=0", 400, "radius"),
    ("/near?place=Batken&radius=0km", 400, "radius"),
    ("/near?place=Batken&radius=km", 400, "radius"),
    ("/near?place=Batken&radius=20%20miles", 400, "radius"),
    ("/near?place=Batken&radius=NaN", 400, "radius"),
    ("/near?place=Batken&radius=infkm", 400, "radius"),
    ("/near?place=Batken&radius=30000km", 400, "radius"),
    ("/near?place=Batken&radius=1e400", 400, "radius"),
    ("/near?place=Batken&radius=", 400, "radius"),
    ("/collections/settlements/items?radius=5km", 400, "radius"),
    ("/collections/settlements/items?near=Batken&radius=5%20parsecs", 400, "radius"),
    ("/timeline?radius=5km", 400, "radius"),
    // Places.
    ("/near", 400, "place"),
    ("/near?place=Atlantis", 404, "place"),
    ("/near?place=", 404, "place"),
    ("/near?place=Dostuk", 400, "place"),
    ("/near?place=place-kazakhstan", 404, "place"),
    ("/near?place=40.19,71.05", 400, "place"),
    ("/near?at=40.19,71.05", 400, "at"),
    ("/near?at=95,200", 400, "at"),
    ("/near?at=71.05", 400, "at"),
    ("/near?at=71.05,40.19,3", 400, "at"),
    ("/near?at=Batken", 400, "at"),
    ("/near?at=71.05,NaN", 400, "at"),
    ("/near?at=71.05,40.19&place=Batken", 400, "at"),
    ("/collections/settlements/items?near=Atlantis", 404, "near"),
    ("/collections/settlements/items?near=", 404, "near"),
    ("/timeline?near=Dostuk&radius=5km", 400, "near"),
    ("/near?place=Batken&collections=", 400, "collections"),
    ("/near?place=Batken&collections=borders,nothing", 404, "collections"),
    ("/places", 400, "q"),
    ("/places?q=", 400, "q"),
    ("/places?q=%20%20", 400, "q"),
    // Parameters that a resource does not have, on each.
    ("/?frob=1", 400, "frob"),
    ("/api?frob=1", 400, "frob"),
    ("/conformance?frob=1", 400, "frob"),
    ("/collections?frob=1", 400, "frob"),
    ("/collections/borders?frob=1", 400, "frob"),
    ("/collections/borders/items?frob=1", 400, "frob"),
    ("/collections/borders/items?Limit=1", 400, "Limit"),
    ("/collections/borders/items?bbox-crs=x", 400, "bbox-crs"),
    ("/collections/enclaves/items/sokh?frob=1", 400, "frob"),
    ("/collections/enclaves/items/sokh?limit=1", 400, "limit"),
    ("/collections/enclaves/items/sokh/timeline?frob=1", 400, "frob"),
    ("/near?place=Batken&frob=1", 400, "frob"),
    ("/places?q=Sokh&frob=1", 400, "frob"),
    ("/timeline?frob=1", 400, "frob"),
    ("/timeline?datetime=2005-01-01", 400, "datetime"),
    ("/sources?frob=1", 400, "frob"),
    ("/sources/src-01?frob=1", 400, "frob"),
    ("/actors?frob=1", 400, "frob"),
    ("/indicators?frob=1", 400, "frob"),
    ("/contradictions?frob=1", 400, "frob"),
    ("/health/live?frob=1", 400, "frob"),
    ("/health/ready?frob=1", 400, "frob"),
    ("/collections/borders/items?=1", 400, "~"),
    // Twice.
    ("/collections/borders/items?limit=1&limit=2", 400, "limit"),
    ("/near?place=Batken&place=Sokh", 400, "place"),
    // Formats and properties.
    ("/?f=xyz", 400, "f"),
    ("/collections/borders/items?f=xyz", 400, "f"),
    ("/collections/borders/items?f=", 400, "f"),
    ("/collections?f=htm", 400, "f"),
    ("/sources?f=csv", 400, "f"),
    ("/near?place=Batken&f=kml", 400, "f"),
    ("/collections/borders/items?properties=nonsense", 400, "properties"),
    ("/collections/borders/items?properties=name,,status", 400, "properties"),
    ("/collections/enclaves/items/sokh?properties=Name", 400, "properties"),
    // The timeline.
    ("/timeline?from=2006-01-01&to=2005-01-01", 400, "to"),
    ("/timeline?from=2006", 400, "from"),
    ("/timeline?to=..", 400, "to"),
    ("/timeline?kind=rumour", 400, "kind"),
    ("/timeline?feature=area-nowhere", 404, "feature"),
    ("/timeline?feature=borders/nothing", 404, "feature"),
    ("/timeline?feature=", 404, "feature"),
    ("/collections/enclaves/items/sokh/timeline?kind=rumour", 400, "kind"),
    // Things that are not there.
    ("/collections/nothing", 404, "~nothing"),
    ("/collections/nothing/items", 404, "~nothing"),
    ("/collections/borders/items/nothing", 404, "~nothing"),
    ("/collections/borders/items/nothing/timeline", 404, "~nothing"),
    ("/collections//items", 404, "~"),
    ("/sources/src-nothing", 404, "~src-nothing"),
    ("/nowhere", 404, "~/nowhere"),
    ("/collections/enclaves/items/barak?datetime=2025-01-01", 410, "~barak"),
    ("/collections/enclaves/items/barak?datetime=1900-01-01", 410, "~barak"),
    ("/collections/enclaves/items/oktyabr-unnamed?known-at=2020-01-01", 404, "known-at"),
    ("/relief/99/0/0.png", 404, "~"),
    ("/relief/8/0/0.png", 404, "~"),
    ("/relief/8/999999999999/0.png", 404, "~"),
    ("/relief/8/-1/0.png", 404, "~"),
    ("/relief/8/178/96.jpg", 404, "~"),
    ("/relief/a/b/c", 404, "~"),
    // Paths that lead elsewhere.
    ("/../../../etc/passwd", 404, "~"),
    ("/assets/../../Cargo.toml", 404, "~"),
    ("/..%2f..%2fCargo.toml", 404, "~"),
    ("/collections/..%2f..%2fatlas.toml", 404, "~"),
    ("/sources/..%2f..%2fetc%2fpasswd", 404, "~"),
    ("/relief/8/178/..%2f..%2f96.png", 404, "~"),
    // Percent-encoding.
    ("/collections/borders/items?limit=%ZZ", 400, "~%25"),
    ("/collections/borders/items?limit=%", 400, "~%25"),
    ("/collections/borders/items?limit=%2", 400, "~%25"),
    ("/near?place=%FF", 400, "~UTF-8"),
    ("/near?place=Batken%00", 400, "~control"),
    ("/near?%FF=1", 400, "~UTF-8"),
    ("/places?q=%C3%28", 400, "~UTF-8"),
    ("/collections/%FF", 400, "~UTF-8"),
    ("/collections/borders/items/%FF", 400, "~UTF-8"),
    ("/collections/%00", 404, "~"),
    ("/sources/%ZZ", 404, "~"),
];

/// What is wrong with a refusal, if anything.
fn complaint(answer: &Answer, status: u16, at_fault: &str) -> Option<String> {
    if answer.status != status {
        return Some(format!("is {} not {status}: {:.200}", answer.status, answer.text()));
    }
    if answer.header("content-type") != Some("application/problem+json") {
        return Some(format!("is of type {:?}", answer.header("content-type")));
    }
    let Ok(problem) = serde_json::from_slice::<Value>(&answer.body) else {
        return Some(format!("is no JSON: {}", answer.text()));
    };
    let text = |member: &str| problem[member].as_str().unwrap_or_default();
    if text("type").is_empty() || text("title").is_empty() || problem["status"] != status {
        return Some(format!("lacks a member: {problem}"));
    }
    // A reader is told what would do, not only that it is wrong.
    if text("detail").len() < 20 {
        return Some(format!("says too little: {problem}"));
    }
    let named = match at_fault.strip_prefix('~') {
        Some(word) => text("detail").contains(word),
        None => problem["parameter"] == at_fault,
    };
    (!named).then(|| format!("does not name {at_fault}: {problem}"))
}

#[test]
fn each_bad_request_is_refused_with_its_reason() {
    let server = Server::of_valley();
    let mut complaints = Vec::new();
    for (target, status, at_fault) in BAD {
        let answer = server.get(target);
        if let Some(complaint) = complaint(&answer, *status, at_fault) {
            complaints.push(format!("{target} {complaint}"));
        }
    }
    assert!(
        complaints.is_empty(),
        "{} of {}:\n{}",
        complaints.len(),
        BAD.len(),
        complaints.join("\n")
    );
    assert_eq!(server.json("/health/live")["status"], "live");
}

#[test]
fn a_request_that_is_too_long_is_refused() {
    let server = Server::of_valley();
    let long = "7".repeat(20_000);
    for target in [
        format!("/collections/borders/items?bbox={long}"),
        format!("/near?place={long}"),
        format!("/collections/borders/items/{long}"),
    ] {
        let answer = server.get(&target);
        assert_eq!(complaint(&answer, 414, "~8192"), None, "{target:.60}");
    }
    // Whose head is too long is refused by the HTTP library before any of our code sees
    // the request, so without a body.
    let answer = server.get(&format!("/collections/borders/items?bbox={}", "7".repeat(100_000)));
    assert_eq!(answer.status, 431);
    let many: Vec<String> = (0..200).map(|number| number.to_string()).collect();
    let answer = server.get(&format!("/collections?{}", many.join("&")));
    assert_eq!(complaint(&answer, 400, "~more than 128 parameters"), None);
    assert_eq!(server.json("/health/live")["status"], "live");
}

/// It stands in every link.
#[test]
fn a_host_is_a_name_and_a_port() {
    let server = Server::of_valley();
    let asked = |hosts: &str| {
        let head = format!("GET /collections HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n");
        Answer::parse(&common::sent(&server.address, &head), false)
    };
    for host in [
        "x/evil?y#",
        "a@b",
        "x>; rel=\"next\"",
        "x y",
        "",
        "x:y:z",
        "x:",
        "x:abc",
        ":80",
        "[]",
        "a,b;c",
        "x:99999",
        "a@a:80",
        "x:+80",
        "[::1]junk:80",
    ] {
        let answer = asked(&format!("Host: {host}\r\n"));
        assert_eq!(complaint(&answer, 400, "~Host"), None, "{host}");
    }
    assert_eq!(complaint(&asked("Host: x\r\nHost: y\r\n"), 400, "~Host"), None);
    assert_eq!(complaint(&asked(""), 400, "~Host"), None);
    for host in ["atlas.example", "atlas.example:8080", "127.0.0.1:1", "[::1]:8080", "атлас"] {
        let answer = asked(&format!("Host: {host}\r\n"));
        let wanted = if host.is_ascii() { 200 } else { 400 };
        assert_eq!(answer.status, wanted, "{host}");
    }
}

/// Nothing grows with what is sent faster than that does.
#[test]
fn what_is_sent_is_not_multiplied() {
    let server = Server::start(&common::valley(), &["--head-bytes", "131072"]);
    let accept = ("Accept", "text/html");
    let deep = "/a".repeat(4000);
    let answer = server.request("GET", &deep, &[accept]);
    assert_eq!((answer.status, answer.body.len() < 64_000), (404, true), "{}", answer.body.len());
    let answer = server.request("GET", &"/a".repeat(30_000), &[accept]);
    assert_eq!(complaint(&answer, 414, "~8192"), None);
    // A name and a port: no more stands in links.
    let plain = server.get("/collections").body.len();
    let head = |host: &str| {
        format!("GET /collections HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    };
    let length = |host: &str| common::sent(&server.address, &head(host)).len();
    assert!(length(&"h".repeat(250)) > plain);
    assert!(length(&"h".repeat(60_000)) < plain + 2000);
}

#[test]
fn everything_is_read_only() {
    let server = Server::of_valley();
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        for path in ["/", "/collections", "/collections/borders/items", "/near", "/sources/src-01"]
        {
            let answer = server.request(method, path, &[("Content-Length", "0")]);
            assert_eq!(complaint(&answer, 405, "~GET"), None, "{method} {path}");
            assert!(
                answer.header("allow").is_some_and(|allow| allow.contains("GET")),
                "{method} {path}: RFC 9110 wants Allow"
            );
        }
    }
}

/// A value that is shown again must not be shown whole, or as markup that a
/// browser would run.
#[test]
fn a_refusal_does_not_repeat_much_of_what_was_sent() {
    let server = Server::of_valley();
    let target = format!("/collections/borders/items?bbox={}", "x".repeat(5000));
    let answer = server.get(&target);
    assert_eq!(complaint(&answer, 400, "bbox"), None);
    assert!(answer.body.len() < 1000, "{}", answer.body.len());
    let answer = server.get("/collections/%3Cscript%3Ealert(1)%3C%2Fscript%3E");
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
}

/// Requests that are no HTTP at all end the connection, not the server.
#[test]
fn noise_does_not_end_the_server() {
    use std::io::{Read, Write};
    let server = Server::of_valley();
    for noise in [&b"\0\0\0\0\r\n\r\n"[..], b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\xff\xfe"]
    {
        let mut stream = std::net::TcpStream::connect(&server.address).unwrap();
        stream.write_all(noise).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        // Whatever it says, or nothing, it hangs up.
        let _ = stream.read_to_end(&mut Vec::new());
    }
    assert_eq!(server.json("/health/live")["status"], "live");
}
