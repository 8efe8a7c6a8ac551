//! The tree of dependencies is what its page says.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

use std::collections::BTreeSet;

/// Names in backticks in the first cells of the table.
fn documented(page: &str) -> BTreeSet<&str> {
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.filter_map(|row| row.trim_start_matches("| ").split(" |").next());
    cells.flat_map(|cell| cell.split(", ")).map(|name| name.trim_matches('`')).collect()
}

/// Cargo refuses a manifest of which a file is missing, whatever is built.
#[test]
fn the_container_has_what_the_manifest_names() {
    let manifest: toml::Table = include_str!("../Cargo.toml").parse().unwrap();
    let container = include_str!("../Containerfile");
    let copied: BTreeSet<&str> = container
        .lines()
        .filter_map(|line| line.strip_prefix("COPY ")?.split(' ').next())
        .collect();
    for (kind, dir) in [
        ("bench", "benches"),
        ("test", "tests"),
        ("example", "examples"),
        ("lib", "src"),
        ("bin", "src"),
    ] {
        assert!(!manifest.contains_key(kind) || copied.contains(dir), "COPY {dir} is missing");
    }
    assert!(manifest.contains_key("bench") && copied.contains("src"), "the files are read");
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
