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
    let crates = page.split_once("## The map").unwrap().0;
    let declared: BTreeSet<&str> =
        manifest["dependencies"].as_table().unwrap().keys().map(String::as_str).collect();
    assert_eq!(documented(crates), declared);
    let fuzzers: toml::Table = include_str!("../fuzz/Cargo.toml").parse().unwrap();
    let names = |of: &toml::Value| of.as_table().unwrap().keys().cloned().collect::<Vec<_>>();
    has(page, "For tests alone", &names(&manifest["dev-dependencies"]));
    has(page, "The fuzzers", &names(&fuzzers["dependencies"]));
}

#[test]
fn every_package_of_the_map_and_the_scripts_has_a_reason() {
    let manifest: serde_json::Value =
        serde_json::from_str(include_str!("../web/package.json")).unwrap();
    let page = include_str!("../docs/dependencies.md");
    let names = |of: &str| manifest[of].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let shipped: BTreeSet<String> = names("dependencies").into_iter().collect();
    let map = page.split_once("## The map").unwrap().1;
    assert_eq!(documented(map), shipped.iter().map(String::as_str).collect());
    has(page, "To build and test it", &names("devDependencies"));
    for (line, requirements) in [
        ("What derives", include_str!("../geodata/derive/requirements.txt")),
        ("What `make interop`", include_str!("../tests/conformance/requirements.txt")),
    ] {
        let required = requirements.lines().filter_map(|line| line.split("==").next());
        has(page, line, &required.map(str::to_owned).collect::<Vec<_>>());
    }
}

/// A line of the page names each of some dependencies.
fn has(page: &str, line: &str, names: &[String]) {
    let line = page.lines().find(|text| text.starts_with(line)).unwrap();
    for name in names {
        assert!(line.contains(&format!("`{name}`")), "{name}: {line}");
    }
}
