//! Tiles that are kept are sent as they were drawn, to whoever would get them.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

mod common;

use common::{Server, resources};

const TILE: &str = "/collections/reported-areas/tiles/WebMercatorQuad/6/24/44";

/// How often a tile was there, and how often it was not.
fn sought(server: &Server) -> [u32; 2] {
    let text = server.get("/metrics").text();
    ["hit", "miss"].map(|outcome| {
        let name = format!("demarc_tile_cache_total{{outcome=\"{outcome}\"}} ");
        let line = text.lines().find_map(|line| line.strip_prefix(&name));
        line.expect("it is counted").parse().unwrap()
    })
}

#[test]
fn a_tile_that_is_kept_is_the_tile_that_was_drawn() {
    let server = Server::of_valley();
    // The head has no body, which is not to be kept as that of the tile.
    assert_eq!(server.request("HEAD", TILE, &[]).status, 200);
    let drawn = server.get(TILE);
    assert!(drawn.status == 200 && drawn.body.len() > 100);
    assert_eq!(sought(&server), [0, 1]);
    let kept = server.get(TILE);
    assert_eq!((kept.status, &kept.body), (200, &drawn.body));
    for name in ["content-type", "etag", "cache-control", "content-security-policy", "vary"] {
        assert_eq!(kept.header(name), drawn.header(name), "{name}");
    }
    assert_eq!(sought(&server), [1, 1]);
    let etag = kept.header("etag").expect("it has a tag");
    assert_eq!(server.request("GET", TILE, &[("if-none-match", etag)]).status, 304);
    assert_eq!(server.request("GET", TILE, &[("accept", "text/csv")]).status, 406);
    let of_then = server.get(&format!("{TILE}?datetime=2003-12-31&known-at=2003-12-31"));
    assert_ne!(of_then.body, drawn.body);
    let nothing = "/collections/reported-areas/tiles/WebMercatorQuad/6/0/0";
    assert_eq!([(); 2].map(|()| server.get(nothing).status), [204, 204]);
    let strange = format!("{TILE}?colour=red");
    assert_eq!([(); 2].map(|()| server.get(&strange).status), [400, 400]);
}

#[test]
fn who_wants_no_tiles_kept_has_none_kept() {
    let server = Server::start(&common::valley(), &["--tile-cache-mb", "0"]);
    let [first, second] = [(); 2].map(|()| server.get(TILE));
    assert_eq!((first.status, first.body), (200, second.body));
    assert_eq!(sought(&server), [0, 2]);
}

/// What is asked with is not kept beside what was asked.
#[test]
#[cfg(target_os = "linux")]
fn what_is_kept_is_no_more_than_it_was_said_to_be() {
    let flags = ["--tile-cache-mb", "1", "--head-bytes", "131072"];
    let server = Server::start(&common::valley(), &flags);
    let resident = || resources::of(server.child.id()).resident_kb;
    let accept = format!("*/*, x/{}", "y".repeat(100_000));
    let ask = |row: u32| {
        let target = format!("/tiles/WebMercatorQuad/20/{row}/5");
        assert_eq!(server.request("GET", &target, &[("accept", &accept)]).status, 204);
    };
    (0..50).for_each(ask);
    let before = resident();
    (50..650).for_each(ask);
    let more = resident().saturating_sub(before);
    assert!(more < 20_000, "60 MB of headers were read, and {more} kB are held");
}
