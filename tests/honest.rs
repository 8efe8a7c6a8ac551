//! Answers stay honest where a hostile reader would catch them out: what would
//! vanish, leak from later days, be taken for another place, or be lost in files
//! that are nearly right.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod common;

#[path = "honest/areas.rs"]
mod areas;
#[path = "honest/clocks.rs"]
mod clocks;
#[path = "honest/files.rs"]
mod files;
#[path = "honest/names.rs"]
mod names;

use std::path::Path;

use common::demarc_text;

/// Exit code and report of `demarc check`.
fn check(dir: &Path) -> (i32, String) {
    let (code, out, _) = demarc_text(&["check", dir.to_str().unwrap()]);
    (code, out)
}

/// The folder has this one fault: all parts stand in its line, in order.
fn one_fault(dir: &Path, parts: &[&str]) {
    let (code, out) = check(dir);
    assert_eq!(code, 1, "{parts:?} in:\n{out}");
    assert!(out.contains("\n1 fault(s) in "), "{parts:?} in:\n{out}");
    let mut rest = out.lines().next().unwrap();
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part:?} is not in its place:\n{out}"));
        rest = &rest[at + part.len()..];
    }
}

/// The folder passes.
fn no_fault(dir: &Path) {
    let (code, out) = check(dir);
    assert_eq!(code, 0, "{out}");
}
