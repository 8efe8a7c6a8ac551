//! What ships in `geodata/`: that the ledger holds all of the source document,
//! that it keeps the house's words, and that its geometry is strict GeoJSON.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod common;

use std::fs;
use std::path::Path;

use common::rfc7946::{Frame, faults};
use common::{Server, features, valley};
use demarc::atlas::today;
use demarc::load::{Folder, load};
use serde_json::Value;

const LEDGER: [(&str, &str); 7] = [
    ("sources.toml", "source"),
    ("actors.toml", "actor"),
    ("claims.toml", "claim"),
    ("events.toml", "event"),
    ("contradictions.toml", "contradiction"),
    ("indicators.toml", "indicator"),
    ("places.toml", "place"),
];

fn entries(file: &str, table: &str) -> Vec<toml::Table> {
    let text = fs::read_to_string(valley().join(file)).unwrap();
    let mut document: toml::Table = text.parse().unwrap();
    let list = document.remove(table).unwrap();
    assert!(document.is_empty(), "{file} holds more than [[{table}]]");
    list.try_into().unwrap()
}

fn text<'a>(entry: &'a toml::Table, field: &str) -> Option<&'a str> {
    entry.get(field).and_then(toml::Value::as_str)
}

#[test]
fn the_source_document_is_in_the_ledger_whole() {
    let of_document = |file, table, kind: Option<&str>| {
        entries(file, table)
            .iter()
            .filter(|entry| text(entry, "origin").is_none())
            .filter(|entry| kind.is_none() || text(entry, "kind") == kind)
            .count()
    };
    for (file, table, kind, count) in [
        ("claims.toml", "claim", None, 23),
        ("events.toml", "event", None, 30),
        ("actors.toml", "actor", None, 27),
        ("sources.toml", "source", None, 34),
        ("indicators.toml", "indicator", Some("indicator"), 18),
        ("indicators.toml", "indicator", Some("unknown"), 12),
        ("indicators.toml", "indicator", Some("recommendation"), 3),
        ("contradictions.toml", "contradiction", None, 17),
    ] {
        assert_eq!(of_document(file, table, kind), count, "{file} {kind:?}");
    }
}

#[test]
fn what_the_source_document_does_not_say_is_marked() {
    for (file, table) in LEDGER {
        let marked = entries(file, table)
            .iter()
            .filter(|entry| text(entry, "origin") == Some("enrichment"))
            .count();
        assert!(marked > 0, "{file} has no enrichment");
    }
}

#[test]
fn every_entry_is_served() {
    let server = Server::of_valley();
    for (file, table) in LEDGER {
        let written = entries(file, table).len();
        let answered = match table {
            "claim" | "event" => {
                let path = format!("/collections/{table}s/items?limit=10000");
                server.json(&path)["numberMatched"].clone()
            }
            "place" => continue, // Joined with settlements; found by name.
            _ => {
                let name = format!("{table}s");
                let answer = server.json(&format!("/{name}"));
                assert_eq!(answer[name.as_str()].as_array().unwrap().len(), written);
                answer["numberReturned"].clone()
            }
        };
        assert_eq!(answered, written, "{file}");
    }
    for source in entries("sources.toml", "source") {
        let id = text(&source, "id").unwrap();
        assert_eq!(
            server.json(&format!("/sources/{id}"))["title"],
            text(&source, "title").unwrap()
        );
    }
}

/// Nothing here may call ground safe. What others called their papers stands.
#[test]
fn no_text_says_safe() {
    fn walk(value: &toml::Value, path: &str, found: &mut Vec<String>) {
        match value {
            toml::Value::String(text) => {
                let mut words = text.split(|c: char| !c.is_alphanumeric());
                if words.any(|word| word.eq_ignore_ascii_case("safe")) {
                    found.push(format!("{path}: {text}"));
                }
            }
            toml::Value::Array(items) => items.iter().for_each(|item| walk(item, path, found)),
            toml::Value::Table(table) => {
                for (name, value) in table {
                    walk(value, &format!("{path}.{name}"), found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for (file, table) in LEDGER {
        for mut entry in entries(file, table) {
            if table == "source" {
                entry.remove("title");
            }
            let path = format!("{file} {}", text(&entry, "id").unwrap());
            walk(&toml::Value::Table(entry), &path, &mut found);
        }
    }
    let atlas = fs::read_to_string(valley().join("atlas.toml")).unwrap();
    walk(&toml::Value::Table(atlas.parse().unwrap()), "atlas.toml", &mut found);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn quotes_are_short_and_summaries_are_two_sentences_at_most() {
    for (file, table) in LEDGER {
        for entry in entries(file, table) {
            let id = text(&entry, "id").unwrap();
            if let Some(quote) = text(&entry, "quote") {
                assert!(quote.split_whitespace().count() <= 12, "{file} {id}: {quote}");
            }
            if let Some(summary) = text(&entry, "summary") {
                let sentences = summary.matches(". ").count() + 1;
                assert!(sentences <= 2, "{file} {id}: {summary}");
            }
        }
    }
}

#[test]
fn every_claim_has_who_when_and_where_from() {
    for claim in entries("claims.toml", "claim") {
        let id = text(&claim, "id").unwrap();
        for field in ["claimant", "summary", "asserts"] {
            assert!(text(&claim, field).is_some_and(|text| !text.is_empty()), "{id} {field}");
        }
        assert!(!claim["sources"].as_array().unwrap().is_empty(), "{id}");
    }
}

/// What is committed, without the downloads that the derivation keeps.
fn files(dir: &Path, found: &mut Vec<(std::path::PathBuf, u64)>) {
    for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push((path, entry.metadata().unwrap().len()));
        }
    }
}

#[test]
fn the_folder_is_small() {
    let mut found = Vec::new();
    files(&valley(), &mut found);
    let bytes: u64 = found.iter().map(|(_, bytes)| bytes).sum();
    assert!(bytes > 1_000_000, "it is there: {bytes}");
    assert!(bytes < 12_000_000, "{bytes} bytes");
}

#[test]
fn geometry_is_strict_geojson() {
    let mut found = Vec::new();
    files(&valley(), &mut found);
    let layers: Vec<_> =
        found.iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "geojson")).collect();
    assert_eq!(layers.len(), 8);
    for (path, _) in layers {
        let bytes = fs::read(path).unwrap();
        let found = faults(&bytes, Frame::Degrees);
        assert!(found.is_empty(), "{}: {found:#?}", path.display());
        let collection: Value = serde_json::from_slice(&bytes).unwrap();
        assert!(!features(&collection).is_empty(), "{}", path.display());
    }
}

/// What an answer says of an area as text is what it says as values, on every day that matters.
#[test]
fn a_status_as_text_is_the_status_as_values() {
    let atlas = load(&Folder::Embedded).unwrap();
    let ledger = &atlas.ledger;
    let (mut told, mut contested) = (0, 0);
    for layer in &atlas.layers {
        for (feature, place) in layer.features.iter().zip(atlas.areas.places(layer)) {
            for claim in &ledger.claims {
                let day = ledger.claim_begins(claim).unwrap_or_else(today);
                for known_at in [None, ledger.claim_known(claim)] {
                    let id = &*feature.id;
                    let status = atlas.areas.status(ledger, id, day, known_at).unwrap();
                    let text = atlas.areas.members(ledger, *place, day, known_at);
                    let read: serde_json::Map<String, Value> =
                        serde_json::from_str(&format!("{{{text}}}")).unwrap();
                    assert_eq!(read, status.properties(ledger), "{id} {day} {known_at:?}");
                    told += 1;
                    contested += usize::from(!status.contested_by.is_empty());
                }
            }
        }
    }
    assert!(told > 1_000 && contested > 100, "{told} told, {contested} contested");
}
