//! `demarc places import`: a GeoNames dump into a folder's gazetteer. The dump is
//! made here; no line of it is GeoNames'.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use common::{Server, demarc_text, encoded, features, folder};
use serde_json::Value;
use tempfile::TempDir;

/// A line of a dump, by the columns that are read.
struct Line<'a> {
    id: &'a str,
    name: &'a str,
    others: &'a str,
    at: (&'a str, &'a str),
    feature: (&'a str, &'a str),
    people: &'a str,
}

const PLAIN: Line<'_> = Line {
    id: "9000001",
    name: "Kok-Tash",
    others: "",
    at: ("71.5", "40.2"),
    feature: ("P", "PPL"),
    people: "0",
};

impl Line<'_> {
    fn text(&self) -> String {
        let Line { id, name, others, at: (lon, lat), feature: (class, code), people } = self;
        let ascii = name.replace('ö', "o");
        format!(
            "{id}\t{name}\t{ascii}\t{others}\t{lat}\t{lon}\t{class}\t{code}\tKG\t\t03\t\t\t\t{people}\t\t900\tAsia/Bishkek\t2020-01-01\n"
        )
    }
}

/// A folder whose village has a number for an id, as GeoNames gives them.
fn atlas() -> TempDir {
    let dir = folder::small();
    folder::replace(dir.path(), "settlements.geojson", r#""id":"village""#, r#""id":"1234567""#);
    folder::replace(dir.path(), "places.toml", "settlements/village", "settlements/1234567");
    dir
}

fn import(dir: &Path, file: &Path, more: &[&str]) -> (i32, String, String) {
    let mut args = vec!["places", "import", file.to_str().unwrap(), "--geodata"];
    args.push(dir.to_str().unwrap());
    args.extend(more);
    demarc_text(&args)
}

fn dump(dir: &Path, name: &str, text: &str) -> PathBuf {
    let file = dir.join(name);
    fs::write(&file, text).unwrap();
    file
}

fn found(server: &Server, name: &str) -> Vec<Value> {
    features(&server.json(&format!("/places?q={}", name.replace(' ', "%20")))).clone()
}

#[test]
fn places_are_found_in_every_script_and_merged_with_the_curated() {
    let dir = atlas();
    let elsewhere = TempDir::new().unwrap();
    let text = [
        Line {
            others: "Көк-Таш,Кок-Таш,كۅك-تاش,https://example.org/Kok-Tash", ..PLAIN
        }
        .text(),
        Line { id: "1234567", name: "Willage", others: "Кыштак", at: ("80", "50"), ..PLAIN }.text(),
        Line { id: "9000002", name: "Bölök", feature: ("P", "PPLQ"), people: "12", ..PLAIN }.text(),
        Line { id: "9000003", name: "Chong-Too", feature: ("T", "MT"), ..PLAIN }.text(),
    ];
    let file = dump(elsewhere.path(), "KG.txt", &text.concat());
    let (code, out, err) = import(dir.path(), &file, &[]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("3 places") && out.contains("1 that are no populated place"), "{out}");
    assert!(out.contains("GeoNames (CC BY 4.0)"), "{out}");

    let server = Server::start(dir.path(), &[]);
    for name in ["Kok-Tash", "Көк-Таш", "kok tash", "Кок", "Kok-Tasj", "كۅك-تاش"] {
        let places = found(&server, name);
        assert_eq!(places[0]["id"], "9000001", "{name}");
    }
    let place = &found(&server, "Kok-Tash")[0];
    assert_eq!(place["geometry"]["coordinates"].to_string(), "[71.5,40.2]");
    assert!(place["properties"]["population"].is_null(), "0 is GeoNames' word for not known");
    assert!(!place["properties"]["names"].to_string().contains("http"));

    let curated = &found(&server, "Кыштак")[0];
    assert_eq!(curated["id"], "1234567");
    assert_eq!(curated["properties"]["name"], "Village", "the curated name stays");
    assert_eq!(curated["geometry"]["coordinates"].to_string(), "[71.05,40.19]");
    assert_eq!(found(&server, "Willage")[0]["id"], "1234567");

    let ruin = &found(&server, "bolok")[0];
    assert!(ruin["properties"]["notes"].as_str().unwrap().contains("abandoned"));
    assert!(found(&server, "Chong-Too").is_empty());
    assert!(server.json("/places?q=bolok")["attribution"].as_str().unwrap().contains("CC BY 4.0"));
    assert_eq!(server.json("/near?place=Көк-Таш")["place"]["id"], "9000001");
    // It is no layer, and nothing is drawn of it.
    assert!(!server.get("/collections").text().contains("gazetteer"));

    let (code, out, _) = import(dir.path(), &file, &["--all"]);
    assert!(code == 0 && out.contains("4 places"), "{out}");
    let server = Server::start(dir.path(), &[]);
    let mountain = &found(&server, "Chong-Too")[0];
    assert!(mountain["properties"]["notes"].as_str().unwrap().contains("not a populated place"));
}

#[test]
fn malformed_lines_are_told_and_passed_over() {
    let dir = atlas();
    let elsewhere = TempDir::new().unwrap();
    let mut text = PLAIN.text().into_bytes();
    for line in [
        "just some text\n".to_owned(),
        Line { id: "9000001", ..PLAIN }.text(),
        Line { id: "x1", ..PLAIN }.text(),
        Line { id: "9000004", name: "", ..PLAIN }.text(),
        Line { id: "9000005", at: ("181", "40"), ..PLAIN }.text(),
        Line { id: "9000006", at: ("71", "NaN"), ..PLAIN }.text(),
        Line { id: "9000007", people: "many", ..PLAIN }.text(),
    ] {
        text.extend(line.into_bytes());
    }
    text.extend(b"9000008\t\xff\xfe\n");
    text.extend(Line { id: "9000009", name: "Last", ..PLAIN }.text().replace('\n', "\r\n").bytes());
    let file = elsewhere.path().join("KG.txt");
    fs::write(&file, text).unwrap();
    let (code, out, err) = import(dir.path(), &file, &[]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("2 places") && out.contains("8 malformed lines"), "{out}");
    for (line, says) in [
        (2, "19"),
        (3, "geonameid"),
        (4, "geonameid"),
        (5, "name"),
        (6, "longitude"),
        (7, "latitude"),
        (8, "population"),
        (9, "UTF-8"),
    ] {
        let place = format!("KG.txt:{line}: ");
        assert!(err.lines().any(|told| told.starts_with(&place) && told.contains(says)), "{err}");
    }
    let table = fs::read_to_string(dir.path().join("gazetteer.tsv")).unwrap();
    assert!(table.contains("\tLast\t") && !table.contains('\r'));

    let bad = dump(elsewhere.path(), "UZ.txt", "nothing\nof use\n");
    let (code, _, err) = import(dir.path(), &bad, &[]);
    assert!(code == 1 && err.contains("stays as it is"), "{code} {err}");
    assert_eq!(fs::read_to_string(dir.path().join("gazetteer.tsv")).unwrap(), table);
}

#[test]
fn importing_again_replaces_what_came_from_that_dump_alone() {
    let dir = atlas();
    let elsewhere = TempDir::new().unwrap();
    let table = dir.path().join("gazetteer.tsv");
    let kg = [PLAIN.text(), Line { id: "9000002", name: "Aydarken", ..PLAIN }.text()].concat();
    let uz = Line { id: "9000003", name: "Rishton", ..PLAIN }.text();
    for (name, text) in [("KG.txt", &kg), ("UZ.txt", &uz), ("KG.txt", &kg)] {
        let (code, _, err) = import(dir.path(), &dump(elsewhere.path(), name, text), &[]);
        assert_eq!(code, 0, "{err}");
    }
    let whole = fs::read_to_string(&table).unwrap();
    assert_eq!(whole.lines().filter(|line| line.starts_with('9')).count(), 3);
    let before = fs::metadata(&table).unwrap().modified().unwrap();
    import(dir.path(), &elsewhere.path().join("KG.txt"), &[]);
    assert_eq!(fs::metadata(&table).unwrap().modified().unwrap(), before, "nothing is written");

    import(dir.path(), &dump(elsewhere.path(), "KG.txt", &PLAIN.text()), &[]);
    let smaller = fs::read_to_string(&table).unwrap();
    assert!(!smaller.contains("Aydarken") && smaller.contains("Rishton"), "{smaller}");
    let beside: Vec<_> = fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("part"))
        .collect();
    assert!(beside.is_empty(), "{beside:?}");
}

#[test]
fn check_reports_the_gazetteer_by_line() {
    let dir = atlas();
    let elsewhere = TempDir::new().unwrap();
    import(dir.path(), &dump(elsewhere.path(), "KG.txt", &PLAIN.text()), &[]);
    let path = dir.path().to_str().unwrap();
    assert_eq!(demarc_text(&["check", path]).0, 0);
    let sound = fs::read_to_string(dir.path().join("gazetteer.tsv")).unwrap();
    for (old, new, says) in [
        ("\t71.5\t", "\t271.5\t", "gazetteer.tsv:5: 9000001: `longitude`: `271.5`"),
        ("\tKG\t", "\tKyrgyzstan\t", "gazetteer.tsv:5: 9000001: `country`"),
        ("\tKok-Tash\t", "\t", "gazetteer.tsv:5: has 8 columns"),
        ("id\tname", "id\tNAME", "gazetteer.tsv:4: "),
        ("# licence", "# lizenz", "gazetteer.tsv: `licence`: is missing"),
        ("# attribution: ", "# attribution:", "gazetteer.tsv: `attribution`: is missing"),
    ] {
        assert!(sound.contains(old), "{old:?} in {sound}");
        folder::write(dir.path(), "gazetteer.tsv", &sound.replacen(old, new, 1));
        let (code, out, _) = demarc_text(&["check", path]);
        assert!(code == 1 && out.contains(says), "{says:?} in {out}");
        let (code, _, err) =
            import(dir.path(), &dump(elsewhere.path(), "UZ.txt", &PLAIN.text()), &[]);
        assert!(code == 1 && err.contains("gazetteer.tsv"), "{err}");
    }
    let twice = format!("{sound}{}\n", sound.lines().last().unwrap());
    folder::write(dir.path(), "gazetteer.tsv", &twice);
    let (code, out, _) = demarc_text(&["check", path]);
    assert!(code == 1 && out.contains("gazetteer.tsv:6: 9000001: `id`"), "{out}");
}

#[test]
fn what_cannot_be_written_or_read_has_its_exit_code() {
    let dir = atlas();
    let empty = TempDir::new().unwrap();
    let file = dump(empty.path(), "KG.txt", &PLAIN.text());
    let missing = empty.path().join("missing.txt");
    assert_eq!(import(dir.path(), &missing, &[]).0, 3);
    assert_eq!(import(empty.path(), &file, &[]).0, 3, "no atlas.toml");
    assert_eq!(import(&empty.path().join("none"), &file, &[]).0, 3);
    assert_eq!(demarc_text(&["places", "import"]).0, 2);
    let foreign = "# licence: CC0-1.0\n# attribution: A surveyor\nid\tname\tnames\tlongitude\tlatitude\tcountry\tpopulation\tfeature\tfrom\n";
    folder::write(dir.path(), "gazetteer.tsv", foreign);
    let (code, _, err) = import(dir.path(), &file, &[]);
    assert!(code == 1 && err.contains("A surveyor"), "{err}");
}

/// Names of two or three syllables, several to a place, none of them drawn.
fn many(count: u32) -> String {
    const SYLLABLES: [(&str, &str); 12] = [
        ("ak", "ак"),
        ("su", "су"),
        ("kara", "кара"),
        ("tash", "таш"),
        ("chon", "чоң"),
        ("kishi", "киши"),
        ("bulak", "булак"),
        ("jar", "жар"),
        ("dobo", "дөбө"),
        ("kum", "кум"),
        ("ters", "терс"),
        ("oy", "ой"),
    ];
    let mut random = fastrand::Rng::with_seed(7);
    let mut text = String::new();
    for number in 0..count {
        let (mut latin, mut cyrillic) = (String::new(), String::new());
        for _ in 0..random.usize(2..5) {
            let (a, b) = SYLLABLES[random.usize(0..12)];
            latin.push_str(a);
            cyrillic.push_str(b);
        }
        let (lon, lat) = (69. + random.f64() * 10., 39. + random.f64() * 4.);
        let id = (8_000_000 + number).to_string();
        let others = format!("{cyrillic},{latin}-ayil,{latin}abad,{cyrillic}ская");
        let (lon, lat) = (format!("{lon:.5}"), format!("{lat:.5}"));
        let line = Line {
            id: &id,
            name: &latin,
            others: &others,
            at: (&lon, &lat),
            people: "90",
            ..PLAIN
        };
        let _ = write!(text, "{}", line.text());
    }
    text
}

#[test]
fn a_hundred_thousand_places_are_searched_by_any_of_their_names() {
    let dir = atlas();
    let elsewhere = TempDir::new().unwrap();
    let file = dump(elsewhere.path(), "KG.txt", &many(100_000));
    let (code, out, err) = import(dir.path(), &file, &[]);
    assert!(code == 0 && out.contains("100000 places"), "{err}");
    let server = Server::start(dir.path(), &[]);
    for (name, is_found) in [
        ("karatashbulak", true),
        ("каратыш", true),
        ("k", true),
        ("karatahsbulka", true),
        ("Ак-Суу-Айыл", true),
        ("zzzzzzzzzzzz", false),
    ] {
        let found = server.json(&format!("/places?q={}", encoded(name)));
        assert_eq!(!features(&found).is_empty(), is_found, "{name}: {found}");
    }
    // A name of many places is not guessed, and the refusal stays short.
    let refused = server.get("/near?place=aksu");
    assert_eq!(refused.status, 400);
    assert!(refused.text().contains("more") && refused.body.len() < 4000, "{}", refused.text());
}
