//! Reading again: what changes behind the public, and what is wrong with it, is not
//! told; a token that was struck out opens nothing.
#![cfg(unix)]

use std::fs;

use tempfile::TempDir;

use crate::common::{self, Answer, Server, demarc_text, folder, timeless};
use crate::folders::{ENTRIES, append, with_restricted, without_restricted};
use crate::{SIGN, serve, tokens, told, with_token};

/// Waits until an answer is as it is wanted.
fn until(ask: impl Fn() -> Answer, wanted: impl Fn(&Answer) -> bool) -> Answer {
    let since = std::time::Instant::now();
    loop {
        let answer = ask();
        if wanted(&answer) {
            return answer;
        }
        assert!(since.elapsed().as_secs() < 60, "still {}", answer.text());
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

/// A fault names what it is a fault of.
#[test]
fn faults_of_what_is_restricted_are_not_told() {
    let dir = with_restricted();
    let elsewhere = TempDir::new().unwrap();
    let server = serve(dir.path(), &tokens(elsewhere.path()));
    folder::replace(dir.path(), "kestrel-areas.geojson", "\"precision\":1", "\"precision\":9");
    let before = server.get("/health/ready");
    server.signal("HUP");
    let failed = |answer: &Answer| answer.json()["reload"]["failed"] == 1;
    let ready = until(|| with_token(&server, "/health/ready"), failed).json();
    assert_eq!(ready["reload"]["last"]["outcome"], "failed");
    assert_eq!(ready["reload"]["last"]["faults"][0]["file"], "kestrel-areas.geojson");
    assert_eq!(told(&server.get("/health/ready")), told(&before), "the public is told nothing");
}

/// The first of what is restricted, in a file that cannot be read.
#[test]
fn a_fault_is_told_where_there_are_no_tokens_and_nothing_is_restricted() {
    let dir = without_restricted();
    let elsewhere = TempDir::new().unwrap();
    let hidden = serve(dir.path(), &tokens(elsewhere.path()));
    let open = Server::start(dir.path(), &[]);
    let broken = format!("{}\nbroken = = 1\n", ENTRIES[0].1);
    append(dir.path(), ENTRIES[0].0, &broken);
    for server in [&hidden, &open] {
        server.signal("HUP");
    }
    let failed = |answer: &Answer| answer.json()["reload"]["failed"] == 1;
    until(|| with_token(&hidden, "/health/ready"), failed);
    let seen = hidden.get("/health/ready").text();
    assert!(!seen.contains("faults") && !seen.contains("reload"), "{seen}");
    // Nothing says that this is to be hidden.
    let ready = until(|| open.get("/health/ready"), failed).json();
    assert_eq!(ready["reload"]["last"]["faults"][0]["file"], ENTRIES[0].0);
}

/// What the public is told of the service must not depend on whether there is something to
/// hide.
#[test]
fn what_restricts_something_wants_tokens() {
    let dir = without_restricted();
    let server = Server::start(dir.path(), &[]);
    let (file, entry) = ENTRIES[0];
    append(dir.path(), file, entry);
    let (code, _, err) = demarc_text(&[
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--geodata",
        dir.path().to_str().unwrap(),
    ]);
    assert_eq!(code, 3, "{err}");
    assert!(!err.to_lowercase().contains(SIGN), "{err}");
    for said in ["--tokens", "restricts something", "an empty one"] {
        assert!(err.contains(said), "{said}: {err}");
    }
    let before = timeless(&server.get("/sources"));
    server.signal("HUP");
    let failed = |answer: &Answer| answer.json()["reload"]["failed"] == 1;
    let ready = until(|| server.get("/health/ready"), failed);
    assert!(!ready.text().contains("restrict"), "{}", ready.text());
    assert!(!ready.text().to_lowercase().contains(SIGN), "{}", ready.text());
    assert_eq!(timeless(&server.get("/sources")), before);
}

/// That something changed is something told.
#[test]
fn the_public_is_not_told_when_something_restricted_changes() {
    let dir = with_restricted();
    let elsewhere = TempDir::new().unwrap();
    let server = serve(dir.path(), &tokens(elsewhere.path()));
    let targets = ["/health/ready", "/metrics", "/collections/areas/items", "/?f=json", "/sources"];
    let ask = || {
        targets.map(|target| {
            let answer = server.get(target);
            let date = answer.header("last-modified").map(str::to_owned);
            (answer.status, answer.header("etag").map(str::to_owned), date, answer.body)
        })
    };
    let before = ask();
    assert_eq!(server.get("/metrics").status, 401);
    assert_eq!(with_token(&server, "/metrics").status, 200);
    let first = with_token(&server, "/health/ready").json()["snapshot"].clone();
    folder::replace(dir.path(), "kestrel-areas.geojson", "\"precision\":1", "\"precision\":2");
    server.signal("HUP");
    until(|| with_token(&server, "/health/ready"), |answer| answer.json()["snapshot"] != first);
    assert!(ask() == before, "{:?}", server.get("/health/ready").text());
}

/// What stands as it did, and is to be seen by others: closed, and opened again.
#[test]
fn what_is_closed_is_gone_and_what_is_opened_is_there() {
    let dir = with_restricted();
    let elsewhere = TempDir::new().unwrap();
    let server = serve(dir.path(), &tokens(elsewhere.path()));
    for (target, file, open) in [
        ("/contradictions", "contradictions.toml", "id = \"con-village\"\n"),
        ("/collections/walks", "atlas.toml", "id = \"walks\"\n"),
    ] {
        let closed = format!("{open}access = \"restricted\"\n");
        let before = timeless(&server.get(target));
        let is_as_before = |answer: &Answer| timeless(answer) == before;
        for (from, to, is_open) in [(open, &*closed, false), (&*closed, open, true)] {
            folder::replace(dir.path(), file, from, to);
            server.signal("HUP");
            until(|| server.get(target), |answer| is_as_before(answer) == is_open);
            // Whoever may see it does.
            assert_eq!(with_token(&server, target).status, 200, "{target} {to}");
        }
    }
}

/// Whoever was struck from the tokens is out, also where the file has a slip.
#[test]
fn a_token_that_was_withdrawn_opens_nothing() {
    let dir = with_restricted();
    let elsewhere = TempDir::new().unwrap();
    let tokens = tokens(elsewhere.path());
    let mut server =
        Server::start(dir.path(), &["--tokens", &tokens, "--health-listen", "127.0.0.1:0"]);
    let line = server.line();
    let health = line.strip_prefix("health on http://").unwrap_or_else(|| panic!("{line}"));
    let known = fs::read_to_string(&tokens).unwrap();
    for (file, failed) in [("# nobody\n", false), ("not a hash\n", true)] {
        fs::write(&tokens, &known).unwrap();
        server.signal("HUP");
        until(|| with_token(&server, "/collections"), |answer| answer.status == 200);
        fs::write(&tokens, file).unwrap();
        server.signal("HUP");
        until(|| with_token(&server, "/collections"), |answer| answer.status == 401);
        let head = "GET /health/ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        let ready = || Answer::parse(&common::sent(health, head), false);
        // It may have been read more than once.
        let is_told =
            |answer: &Answer| answer.json()["reload"]["last"]["faults"][0]["file"] == "--tokens";
        if failed {
            until(ready, is_told);
        } else {
            assert!(!is_told(&ready()));
        }
    }
}

/// Also while someone writes to the folder, which is not read until they are done.
#[test]
fn a_token_is_withdrawn_before_the_folder_is_read() {
    let dir = with_restricted();
    let elsewhere = TempDir::new().unwrap();
    let tokens = tokens(elsewhere.path());
    let server = Server::start(dir.path(), &["--tokens", &tokens, "--watch"]);
    assert_eq!(with_token(&server, "/collections").status, 200);
    let kept_open = fs::File::create(dir.path().join("notes.txt")).unwrap();
    fs::write(&tokens, "# nobody\n").unwrap();
    server.signal("HUP");
    let since = std::time::Instant::now();
    until(|| with_token(&server, "/collections"), |answer| answer.status == 401);
    // Who writes is waited for half a minute.
    assert!(since.elapsed().as_secs() < 20, "{:?}", since.elapsed());
    drop(kept_open);
}
