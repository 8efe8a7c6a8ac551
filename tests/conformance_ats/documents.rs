//! `docs/conformance.md` names every class that is declared and every requirement
//! that is tested, and no test that is not there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::common::Server;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The texts between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn the_table_holds_every_declared_class() {
    let table = fs::read_to_string(root().join("docs/conformance.md")).unwrap();
    let declared = Server::of_valley().json("/conformance");
    let declared: BTreeSet<String> = declared["conformsTo"]
        .as_array()
        .unwrap()
        .iter()
        .map(|class| class.as_str().unwrap().replace("http://www.opengis.net/spec", ""))
        .collect();
    let listed: BTreeSet<String> =
        quoted(&table).filter(|text| text.contains("/conf/")).map(str::to_owned).collect();
    assert_eq!(listed, declared);
}

#[test]
fn every_requirement_leads_to_a_test_that_names_it() {
    let table = fs::read_to_string(root().join("docs/conformance.md")).unwrap();
    let folder = root().join("tests/conformance_ats");
    let sources = fs::read_dir(folder).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        fs::read_to_string(path).unwrap()
    });
    let sources = sources.collect::<Vec<String>>().join("\n");
    let mut in_tests = BTreeSet::new();
    for block in sources.split("#[test]").skip(1).zip(sources.split("#[test]")) {
        let (after, before) = block;
        let name = after.trim_start().trim_start_matches("fn ").split('(').next().unwrap();
        let comment: Vec<&str> =
            before.lines().rev().take_while(|line| line.starts_with("///")).collect();
        for requirement in comment.iter().flat_map(|line| quoted(line)) {
            if requirement.starts_with("/req/") {
                in_tests.insert((requirement.to_owned(), name.to_owned()));
            }
        }
    }
    assert!(in_tests.len() > 70, "{}", in_tests.len());
    let mut in_table = BTreeSet::new();
    for line in table.lines().filter(|line| line.starts_with("| `/req/")) {
        let cells: Vec<&str> = line.split('|').collect();
        for requirement in quoted(cells[1]) {
            for test in quoted(cells[2]) {
                in_table.insert((requirement.to_owned(), test.to_owned()));
            }
        }
    }
    assert_eq!(in_table, in_tests);
}
