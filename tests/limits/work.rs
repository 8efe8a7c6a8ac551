//! Work that takes long: broken off, and apart from what does not.

use std::io::Write;
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::common::{Server, folder};
use crate::{many, metric, refused, slow_question, until};

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

/// A filter that takes long to read, which it is on the way to a tile too.
#[test]
fn what_is_asked_of_tiles_keeps_nothing_else_waiting() {
    const TILES: usize = 6;
    let dir = folder::small();
    let server = Server::spawn(|command| {
        // One thread takes what arrives.
        command.env("TOKIO_WORKER_THREADS", "1").arg("--geodata").arg(dir.path());
    });
    let filter = format!("{}1%202{}", "(".repeat(20), ")".repeat(20));
    // The tile, and what describes its set.
    let tiles = ["3/3/5", "tilejson.json"]
        .map(|what| format!("/collections/lakes/tiles/WebMercatorQuad/{what}?filter={filter}"));
    // Odd while a tile is asked for.
    let (mut quick, turn) = (0, AtomicUsize::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for tile in tiles.iter().cycle().take(TILES) {
                turn.fetch_add(1, Ordering::SeqCst);
                let answer = server.get(tile);
                turn.fetch_add(1, Ordering::SeqCst);
                assert!(refused(&answer, 400).contains("filter"));
            }
        });
        let now = || turn.load(Ordering::SeqCst);
        while now() < 2 * TILES {
            let before = now();
            assert_eq!(server.get("/collections/lakes/items?limit=1").status, 200);
            quick += usize::from(before % 2 == 1 && before == now());
        }
    });
    assert!(quick > 4 * TILES, "{quick} were answered while {TILES} tiles were asked for");
}

/// Clients are told apart by what a proxy says of them.
#[test]
fn one_client_does_not_starve_another() {
    let dir = many(60_000);
    let flags = ["--questions", "2", "--queue", "4", "--trusted-proxy", "127.0.0.1"];
    let patience = ["--answer-timeout", "10m", "--queue-timeout", "10m"];
    let server = Server::start(dir.path(), &[&flags[..], &patience].concat());
    let from = |client: u8| format!("X-Forwarded-For: 10.0.0.{client}\r\n");
    let head = format!("GET {} HTTP/1.1\r\nHost: x\r\n{}\r\n", slow_question(), from(1));
    let flood: Vec<TcpStream> = (0..20)
        .map(|_| {
            let mut stream = TcpStream::connect(&server.address).unwrap();
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
    // One at once, four that wait; the others are refused.
    until(&server, "demarc_in_flight{kind=\"questions\"}", 1.);
    until(&server, "demarc_shed_total{kind=\"questions\"}", 15.);
    let quick = "/collections/points/items?filter=name%20IS%20NULL";
    for client in ["10.0.0.2", "10.0.0.3", "10.0.0.2"] {
        let answer = server.request("GET", quick, &[("X-Forwarded-For", client)]);
        assert_eq!(answer.status, 200, "{client}: {}", answer.text());
    }
    drop(flood);
    until(&server, "demarc_in_flight{kind=\"questions\"}", 0.);
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
