//! Every answer has a page: with the notice, whole, and with whatever a layer
//! says escaped.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

mod common;

use common::{Answer, Server, encoded, folder};

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

const PAGES: [(&str, u16); 27] = [
    ("/about", 200),
    ("/api", 200),
    ("/conformance", 200),
    ("/collections", 200),
    ("/collections/reported-areas", 200),
    ("/collections/reported-areas/items", 200),
    ("/collections/settlements/items?limit=3", 200),
    ("/collections/claims/items?datetime=2005-01-01", 200),
    ("/collections/enclaves/items?crs=http://www.opengis.net/def/crs/EPSG/0/32642", 200),
    ("/collections/enclaves/items/sokh", 200),
    ("/collections/reported-areas/items/area-ak-turpak?known-at=2004-01-01", 200),
    ("/collections/reported-areas/items/area-ak-turpak/timeline", 200),
    ("/collections/enclaves/items/barak/versions", 200),
    ("/collections/enclaves/queryables", 200),
    ("/collections/enclaves/schema", 200),
    ("/functions", 200),
    ("/near?place=1514637&radius=10km", 200),
    ("/places?q=osh", 200),
    ("/timeline?from=2024-01-01", 200),
    ("/sources", 200),
    ("/actors", 200),
    ("/indicators", 200),
    ("/contradictions", 200),
    ("/health/ready", 200),
    ("/near", 400),
    ("/nowhere", 404),
    ("/collections/enclaves/items/barak?datetime=2025-01-01", 410),
];

/// Elements without an end.
const VOID: [&str; 5] = ["meta", "link", "input", "br", "img"];

/// Fails unless all tags are closed in order; gives the names of all elements.
fn balanced(html: &str, what: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    let mut names = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if rest.starts_with('!') {
            continue;
        }
        let mut quoted = false;
        let end = rest
            .find(|sign| {
                quoted ^= sign == '"';
                sign == '>' && !quoted
            })
            .unwrap_or_else(|| panic!("{what}: a tag does not end: {rest:.80}"));
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "{what}: before {rest:.80}");
            continue;
        }
        let name = tag.split_whitespace().next().unwrap_or_default();
        assert!(
            name.chars().all(|c| c.is_ascii_alphanumeric()) && !name.is_empty(),
            "{what}: <{tag}>"
        );
        names.push(name.to_owned());
        if name == "script" {
            assert_eq!(tag, r#"script type="application/ld+json""#, "{what}: only data");
            let (data, after) = rest.split_once("</script>").expect("the data ends");
            serde_json::from_str::<serde_json::Value>(data)
                .unwrap_or_else(|error| panic!("{what}: {error}"));
            rest = after;
        } else if !VOID.contains(&name) {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty(), "{what}: open at the end: {open:?}");
    names
}

fn page(server: &Server, target: &str) -> Answer {
    server.request("GET", target, &[("Accept", BROWSER)])
}

#[test]
fn every_answer_has_a_page_with_the_notice() {
    let server = Server::of_valley();
    for (target, status) in PAGES {
        let answer = page(&server, target);
        assert_eq!(answer.status, status, "{target}");
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"), "{target}");
        let policy = answer.header("content-security-policy").unwrap_or_else(|| panic!("{target}"));
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        let text = answer.text();
        let names = balanced(&text, target);
        assert_eq!(names.iter().filter(|name| *name == "h1").count(), 1, "{target}");
        assert!(text.contains(r#"<aside class="notice">Reports, not a survey."#), "{target}");
        let loads = |sign: &str| text.find(sign).map(|at| text[at..].chars().take(80).collect());
        assert_eq!(loads(" src=").or_else(|| loads("@import")), None::<String>, "{target}");
        for sheet in text.split("<link rel=\"stylesheet\"").skip(1) {
            assert!(
                sheet.starts_with(&format!(" href=\"http://{}/page.css", server.address)),
                "{target}"
            );
        }
        // By `f` the same, but for links that keep it.
        let sign = if target.contains('?') { '&' } else { '?' };
        let by_name = server.get(&format!("{target}{sign}f=html"));
        assert_eq!(by_name.status, status, "{target}");
        assert_eq!(by_name.header("content-type"), Some("text/html; charset=utf-8"), "{target}");
        balanced(&by_name.text(), target);
    }
    let style = server.get("/page.css");
    assert_eq!(style.header("content-type"), Some("text/css; charset=utf-8"));
    for stray in ["url(", "@import", "green"] {
        assert!(!style.text().contains(stray), "{stray}");
    }
}

#[test]
fn data_is_never_a_page() {
    let server = Server::of_valley();
    for (target, status) in PAGES {
        for accept in [
            "application/json",
            "*/*",
            "application/json, text/html",
            "application/geo+json, text/html",
        ] {
            let answer = server.request("GET", target, &[("Accept", accept)]);
            if answer.status == 406 {
                continue;
            }
            assert_eq!(answer.status, status, "{target} {accept}");
            let kind = answer.header("content-type").unwrap();
            assert!(kind.split(';').next().unwrap().ends_with("json"), "{target} {accept}: {kind}");
        }
        let sign = if target.contains('?') { '&' } else { '?' };
        let target = format!("{target}{sign}f=json");
        let answer = page(&server, &target);
        assert_eq!(answer.status, status, "{target}");
        answer.json();
    }
}

#[test]
fn head_says_what_get_would() {
    let server = Server::of_valley();
    for target in ["/collections?f=html", "/collections/enclaves/items/sokh?f=html"] {
        let get = server.get(target);
        let head = server.request("HEAD", target, &[]);
        assert_eq!(head.status, 200);
        assert!(head.body.is_empty());
        for name in ["content-type", "content-length", "etag"] {
            assert_eq!(head.header(name), get.header(name), "{target} {name}");
        }
    }
}

#[test]
fn pages_lead_on() {
    let server = Server::of_valley();
    let text = page(&server, "/collections/settlements/items?limit=3&f=html").text();
    let next = text.split("rel=\"next\" href=\"").nth(1).expect("a link to the next page");
    let next = next.split('"').next().unwrap().replace("&amp;", "&");
    assert!(next.contains("f=html"), "{next}");
    assert_eq!(server.follow(&next).status, 200);
    assert!(text.contains("/collections/settlements/items/"), "rows lead to their features");
    assert!(text.contains("<svg class=\"map\""));
    let item = page(&server, "/collections/enclaves/items/sokh").text();
    for path in [
        "/collections/enclaves/items/sokh/timeline",
        "/collections/enclaves/items/sokh/versions",
        "/sources/",
    ] {
        assert!(item.contains(path), "{path}");
    }
    let about = page(&server, "/about").text();
    assert!(
        about.contains(r#""@type":"DataCatalog""#) && about.contains(r#""@type":"DataDownload""#)
    );
    // No page is longer than it can be read.
    let long = page(&server, "/collections/settlements/items?limit=10000&datetime=../..");
    assert_eq!(long.status, 200);
}

const HOSTILE: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":"<script>alert(1)</script>","geometry":{"type":"Point","coordinates":[71,40]},"properties":{"name":"</title><script>alert(2)</script>","<b onclick=\"x\">":"\"'><img src=x onerror=alert(3)>","url":"javascript:alert(4)","link":"http://example.org/\"onmouseover=\"alert(5)","nested":{"<i>":["</td><script>","&lt;"]},"source":"<svg/onload=alert(6)>"}}
]}"#;

const ATLAS: &str = r#"title = "</script><script>alert(7)</script>"
abstract = "<!-- <script> \u2028"
window = [70.0, 39.0, 72.0, 41.0]
notice = "Reports, not a survey. <script>alert(8)</script>"

[[layer]]
id = "wells"
title = "<img src=x>"
description = "</script><b>"
kind = "plain"
file = "wells.geojson"
licence = "\"><script>"
attribution = "<script>alert(9)</script>"
"#;

#[test]
fn what_a_layer_says_is_escaped() {
    let dir = tempfile::TempDir::new().unwrap();
    folder::write(dir.path(), "atlas.toml", ATLAS);
    folder::write(dir.path(), "wells.geojson", HOSTILE);
    let server = Server::start(dir.path(), &[]);
    let id = encoded("<script>alert(1)</script>");
    let long = encoded("\"><script>alert(1)</script>");
    for target in [
        "/about".to_owned(),
        "/api".to_owned(),
        "/collections".to_owned(),
        "/collections/wells".to_owned(),
        "/collections/wells/items".to_owned(),
        format!("/collections/wells/items/{id}"),
        format!("/collections/wells/items/{id}/versions"),
        format!("/collections/wells/items/{long}"),
        format!("/collections/{long}"),
        format!("/collections/wells/items?{long}={long}"),
        format!("/collections/wells/items?f={long}"),
        format!("/near?place={long}"),
        format!("/places?q={long}"),
        format!("/{long}"),
        "/collections/wells/queryables".to_owned(),
        "/near?at=71,40&collections=wells".to_owned(),
        "/collections/%ff".to_owned(),
        "/collections?x=%zz".to_owned(),
    ] {
        let answer = page(&server, &target);
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"), "{target}");
        let text = answer.text();
        let names = balanced(&text, &target);
        for stray in ["img", "b", "i"] {
            assert!(!names.iter().any(|name| name == stray), "{target}: <{stray}>");
        }
        assert!(!text.contains("href=\"javascript:"), "{target}");
        assert!(!text.contains("\"onmouseover"), "{target}");
        assert!(
            text.contains("<aside class=\"notice\">Reports, not a survey. &lt;script&gt;"),
            "{target}"
        );
    }
}
