//! Answers that a client has already are not sent again.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

mod common;

use common::Server;

/// A condition is for what would be an answer (RFC 9110, 13.2.1).
#[test]
fn a_refusal_is_a_refusal_whatever_the_client_has() {
    let server = Server::of_valley();
    for (path, status) in [
        ("/collections/enclaves/items/barak?datetime=2026-01-01", 410),
        ("/collections/nowhere/items", 404),
        ("/collections/enclaves/items?bbox=1", 400),
    ] {
        for headers in
            [[("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT")], [("If-None-Match", "*")]]
        {
            assert_eq!(server.request("GET", path, &headers).status, status, "{path}");
        }
    }
    let any = [("If-None-Match", "*")];
    assert_eq!(server.request("GET", "/collections", &any).status, 304);
}

const PATHS: [&str; 5] = [
    "/collections",
    "/collections/enclaves/items?limit=3",
    "/collections/enclaves/items/sokh",
    "/near?place=1514637&radius=5km",
    "/?f=json",
];

/// A browser puts the headers of a 304 in the place of those that it has (RFC 9111, 3.2): the policy
/// of plain data would then forbid a page its own script.
#[test]
fn a_page_that_is_had_keeps_its_policy() {
    let server = Server::of_valley();
    for path in ["/", "/collections", "/api"] {
        let first = server.request("GET", path, &[("Accept", "text/html")]);
        let policy = first.header("content-security-policy").unwrap().to_owned();
        let tag = first.header("etag").unwrap().to_owned();
        let had = [("Accept", "text/html"), ("If-None-Match", &*tag)];
        let again = server.request("GET", path, &had);
        assert_eq!(again.status, 304, "{path}");
        let said = again.header("content-security-policy");
        assert!(said.is_none_or(|said| said == policy), "{path}: {said:?}, not {policy}");
    }
    let data = server.get("/collections?f=json");
    assert!(data.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
}

#[test]
fn an_answer_that_is_had_is_not_sent_again() {
    let server = Server::of_valley();
    for path in PATHS {
        let first = server.get(path);
        let tag = first.header("etag").unwrap_or_else(|| panic!("{path}")).to_owned();
        let modified = first.header("last-modified").unwrap().to_owned();
        assert!(tag.starts_with('"') && tag.ends_with('"'), "{path}: strong, {tag}");
        assert!(modified.ends_with(" GMT"), "{modified}");
        let again = server.get(path);
        assert_eq!((again.header("etag"), &again.body), (Some(&*tag), &first.body), "{path}");
        for headers in [
            [("If-None-Match", tag.as_str())],
            [("If-None-Match", &*format!("\"other\", W/{tag}"))],
            [("If-Modified-Since", modified.as_str())],
        ] {
            let answer = server.request("GET", path, &headers);
            assert_eq!(answer.status, 304, "{path} {headers:?}");
            assert!(answer.body.is_empty());
            assert_eq!(answer.header("etag"), Some(&*tag));
        }
        for headers in [
            [("If-None-Match", "\"other\"")],
            [("If-Modified-Since", "Thu, 01 Jan 1998 00:00:00 GMT")],
            [("If-Modified-Since", "yesterday")],
        ] {
            assert_eq!(server.request("GET", path, &headers).status, 200, "{path} {headers:?}");
        }
    }
}

#[test]
fn tags_tell_answers_apart_and_refusals_have_none() {
    let server = Server::of_valley();
    let tag = |path: &str, headers: &[(&str, &str)]| {
        server.request("GET", path, headers).header("etag").map(str::to_owned)
    };
    let mut tags: Vec<Option<String>> = PATHS.iter().map(|path| tag(path, &[])).collect();
    tags.push(tag(PATHS[0], &[("Accept-Encoding", "gzip")]));
    tags.push(tag("/collections/enclaves/items?limit=4", &[]));
    assert!(tags.iter().all(Option::is_some));
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), PATHS.len() + 2);
    // Of a header in several lines each counts.
    let items = "/collections/enclaves/items?limit=1";
    let after_png = |kind| tag(items, &[("Accept", "image/png"), ("Accept", kind)]);
    assert_ne!(after_png("text/csv"), after_png("application/geo+json"));
    for path in ["/collections/enclaves/items?limit=0", "/nowhere", "/health/ready"] {
        assert_eq!(tag(path, &[]), None, "{path}");
    }
}
