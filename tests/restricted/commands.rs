//! Commands for whoever holds the folder: they tell what is restricted only when asked
//! to, and what of it the public would be told nevertheless.

use crate::SIGN;
use crate::common::{demarc_json, demarc_text, folder};
use crate::folders::{ENTRIES, with_restricted, without_restricted};

#[test]
fn commands_leave_it_out_unless_they_are_told() {
    let dir = with_restricted();
    let path = dir.path().to_str().unwrap();
    let everyone = [
        vec!["near", "71.07,40.21", "--geodata", path],
        vec!["timeline", "--geodata", path],
        vec!["export", "claims", "--geodata", path],
    ];
    for mut command in everyone {
        let (code, out, err) = demarc_text(&command);
        assert_eq!(code, 0, "{command:?}: {err}");
        assert!(!out.to_lowercase().contains(SIGN), "{command:?}: {out}");
        command.push("--restricted");
        assert!(demarc_text(&command).1.to_lowercase().contains(SIGN), "{command:?}");
    }
    let (code, _, err) = demarc_text(&["export", "kestrel-areas", "--geodata", path]);
    assert_eq!(code, 1);
    assert!(!err.contains("there are borders, territories, enclaves, areas, kestrel"), "{err}");
    let (code, out, _) = demarc_text(&["check", path]);
    assert!(code == 0 && out.contains("1 kestrel-areas"), "who checks a folder sees all: {out}");
}

/// Whatever the public is shown must not name what it is not shown.
#[test]
fn check_finds_what_would_be_told_nevertheless() {
    for (file, entry) in ENTRIES {
        let dir = with_restricted();
        folder::replace(dir.path(), file, entry, &entry.replace("access = \"restricted\"\n", ""));
        let (code, out, _) = demarc_text(&["check", dir.path().to_str().unwrap()]);
        // These name nothing that is restricted, and so may be for everyone.
        let is_fine = ["sources.toml", "actors.toml"].contains(&file);
        assert_eq!(code, i32::from(!is_fine), "{file}: {out}");
        assert_eq!(out.contains("since that is restricted"), !is_fine, "{file}: {out}");
    }
    let dir = with_restricted();
    let own = "source = \"src-kestrel\"\naccess = ";
    let (hidden, shown) = (format!("{own}\"restricted\""), format!("{own}\"public\""));
    folder::replace(dir.path(), "atlas.toml", &hidden, &shown);
    let (code, out, _) = demarc_text(&["check", dir.path().to_str().unwrap()]);
    assert_eq!(code, 1, "its source is restricted: {out}");
    assert!(out.contains("src-kestrel") && out.contains("access = \"restricted\""), "{out}");
    let dir = with_restricted();
    folder::replace(dir.path(), "atlas.toml", "access = \"restricted\"", "access = \"secret\"");
    let (code, out, _) = demarc_text(&["check", dir.path().to_str().unwrap()]);
    assert!(code == 1 && out.contains("`access`") && out.contains("public, restricted"), "{out}");
}

/// What is left must not sound surer than all of it.
#[test]
fn check_says_where_the_public_is_told_of_clearance_and_others_are_not() {
    let dir = with_restricted();
    let path = dir.path().to_str().unwrap();
    let (code, out, _) = demarc_text(&["check", path]);
    assert_eq!(code, 0, "{out}");
    let caution = out.lines().find(|line| line.starts_with("caution: ")).expect(&out);
    for told in ["area-village", "`cleared`", "`suspected`", "restrict the area too"] {
        assert!(caution.contains(told), "{told}: {caution}");
    }
    let json = demarc_json(&["check", path, "--format", "json"]);
    assert_eq!(json["cautions"].as_array().unwrap().len(), 1, "{json}");
    let dir = without_restricted();
    let json = demarc_json(&["check", dir.path().to_str().unwrap(), "--format", "json"]);
    assert!(json["cautions"].as_array().unwrap().is_empty(), "{json}");
}
