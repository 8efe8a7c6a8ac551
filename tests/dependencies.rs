//! The tree of dependencies is what its page says.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

use std::collections::BTreeSet;

/// Names in backticks in the first cells of the table.
fn documented(page: &str) -> BTreeSet<&str> {
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.filter_map(|row| row.trim_start_matches("| ").split(" |").next());
    cells.flat_map(|cell| cell.split(", ")).map(|name| name.trim_matches('`')).collect()
}

#[test]
fn every_dependency_has_a_reason() {
    let manifest: toml::Table = include_str!("../Cargo.toml").parse().unwrap();
    let page = include_str!("../docs/dependencies.md");
    let declared: BTreeSet<&str> =
        manifest["dependencies"].as_table().unwrap().keys().map(String::as_str).collect();
    assert_eq!(documented(page), declared);
    let tests = page.lines().find(|line| line.starts_with("For tests alone")).unwrap();
    for name in manifest["dev-dependencies"].as_table().unwrap().keys() {
        assert!(tests.contains(&format!("`{name}`")), "{name}");
    }
}
