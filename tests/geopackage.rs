//! `GeoPackage`: what the standard asks of the database, its spatial index, its
//! metadata and styles, and the whole atlas with its ledger in one file.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod reading_back;

use std::path::{Path, PathBuf};

use demarc::atlas::Period;
use demarc::format::Format;
use demarc::format::shown::Shown;
use demarc::load::{Folder, load};
use demarc::query::{Query, When, run};
use reading_back::{COLLECTIONS, awkward, demarc, export, features, gdal, json};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;
use tempfile::TempDir;

fn open(path: &str) -> Connection {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}

fn one<T: rusqlite::types::FromSql>(db: &Connection, sql: &str) -> T {
    db.query_row(sql, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{sql}: {error}"))
}

fn texts(db: &Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn atlas(dir: &Path, args: &[&str]) -> String {
    let file = dir.join("atlas.gpkg").to_str().unwrap().to_owned();
    demarc(&[&["export", "--all", "--format", "gpkg", "-o", &file][..], args].concat());
    file
}

/// What `GeoPackage` 1.3 asks of any package (clauses 1.1 and 2.1, extensions F.3, F.8).
fn assert_sound(path: &str) {
    let db = open(path);
    assert_eq!(one::<i64>(&db, "PRAGMA application_id"), 0x4750_4B47, "{path}");
    assert_eq!(one::<i64>(&db, "PRAGMA user_version"), 10_300);
    assert_eq!(one::<String>(&db, "PRAGMA integrity_check"), "ok");
    let broken = db.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap();
    assert!(!broken, "{path}: a foreign key leads nowhere");
    let systems: i64 =
        one(&db, "SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id IN (-1, 0, 4326)");
    assert_eq!(systems, 3);

    for table in texts(&db, "SELECT table_name FROM gpkg_contents") {
        let name = table.replace('"', "\"\"");
        let listed: i64 = db
            .query_row("SELECT count(*) FROM sqlite_master WHERE name = ?1", [&table], |r| r.get(0))
            .unwrap();
        assert_eq!(listed, 1, "{table}");
        let key: Option<String> = db
            .query_row(
                &format!("SELECT name FROM pragma_table_info(\"{name}\") WHERE pk = 1"),
                [],
                |row| row.get(0),
            )
            .ok();
        let is_view = table.ends_with("_unlocated");
        assert!(is_view || key.is_some(), "{table}: a primary key");
    }
    for table in texts(&db, "SELECT table_name FROM gpkg_geometry_columns") {
        let name = table.replace('"', "\"\"");
        let located: i64 =
            one(&db, &format!("SELECT count(*) FROM \"{name}\" WHERE geom IS NOT NULL"));
        let index = format!("\"rtree_{name}_geom\"");
        assert_eq!(one::<i64>(&db, &format!("SELECT count(*) FROM {index}")), located, "{table}");
        let triggers: i64 = db
            .query_row(
                "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?1",
                [&table],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(triggers, 6, "{table}");
        // The extent of the contents is that of the index, to what its floats hold.
        let off: Option<f64> = db
            .query_row(
                &format!(
                    "SELECT max(abs(min_x - a), abs(max_x - b), abs(min_y - c), abs(max_y - d))
                     FROM gpkg_contents, (SELECT min(minx) a, max(maxx) b, min(miny) c,
                       max(maxy) d FROM {index}) WHERE table_name = ?1"
                ),
                [&table],
                |row| row.get(0),
            )
            .unwrap();
        assert!(located == 0 || off.unwrap() < 1e-4, "{table}: extent off by {off:?}");
        let headers = texts(
            &db,
            &format!(
                "SELECT DISTINCT hex(substr(geom, 1, 3)) FROM \"{name}\" WHERE geom IS NOT NULL"
            ),
        );
        assert!(headers.is_empty() || headers == ["475000"], "{table}: {headers:?}");
    }
}

#[test]
fn every_collection_is_a_sound_package() {
    let dir = TempDir::new().unwrap();
    for collection in COLLECTIONS {
        for args in [&["--datetime", "../.."][..], &[], &["--bbox", "0,0,1,1"]] {
            assert_sound(&export(dir.path(), collection, "gpkg", "gpkg", args));
        }
    }
    let awkward = awkward();
    let folder = awkward.path().to_str().unwrap();
    let file = export(awkward.path(), "awkward", "gpkg", "gpkg", &["--geodata", folder]);
    assert_sound(&file);
    let db = open(&file);
    let types = texts(&db, "SELECT name || ' ' || type FROM pragma_table_info('awkward')");
    for column in [
        "id TEXT",
        "whole INTEGER",
        "real REAL",
        "flag BOOLEAN",
        "day DATE",
        "at DATETIME",
        "list TEXT",
    ] {
        assert!(types.contains(&column.to_owned()), "{column} in {types:?}");
    }
}

#[test]
fn a_package_says_whose_it_is_and_what_it_is_not() {
    let dir = TempDir::new().unwrap();
    let file = export(dir.path(), "borders", "gpkg", "gpkg", &[]);
    let db = open(&file);
    let description: String =
        one(&db, "SELECT description FROM gpkg_contents WHERE table_name = 'borders'");
    for says in ["No report is not evidence", "Licence: ODbL-1.0", "Attribution: ©", "Source: "] {
        assert!(description.contains(says), "{says} in {description}");
    }
    let metadata: String = one(
        &db,
        "SELECT metadata FROM gpkg_metadata JOIN gpkg_metadata_reference ON md_file_id = id
         WHERE table_name = 'borders' AND mime_type = 'application/ld+json'",
    );
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    assert_eq!(metadata["@type"], "Dataset");
    assert_eq!(metadata["license"], "ODbL-1.0");
    assert!(metadata["usageInfo"]["text"].as_str().unwrap().contains("not evidence"));

    let style: String = one(&db, "SELECT styleQML FROM layer_styles WHERE useAsDefault");
    for says in ["RuleRenderer", "&apos;disputed&apos;", "138,28,124,255", "customdash"] {
        assert!(style.contains(says), "{says}");
    }
    let mut reader = quick_xml::Reader::from_str(&style);
    while reader.read_event().expect("well-formed XML") != quick_xml::events::Event::Eof {}
}

/// Nothing that may harm is covered by a claim that it is gone.
#[test]
fn a_package_draws_what_may_harm_last() {
    let dir = TempDir::new().unwrap();
    let db = open(&export(dir.path(), "reported-areas", "gpkg", "gpkg", &[]));
    let style: String = one(&db, "SELECT styleQML FROM layer_styles WHERE useAsDefault");
    assert!(style.contains("enableorderby=\"1\""));
    let (_, order) = style.split_once("<orderByClause asc=\"1\" nullsFirst=\"1\">").unwrap();
    let order = order.split_once("</orderByClause>").unwrap().0.replace("&apos;", "'");
    let order = order.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    let mut ordered = db
        .prepare(&format!("SELECT status_class, status FROM \"reported-areas\" ORDER BY {order}"))
        .unwrap();
    let rows = ordered.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let mut rows: Vec<(String, String)> = rows.map(Result::unwrap).collect();
    rows.dedup_by_key(|(class, _)| class.clone());
    let classes: Vec<&str> = rows.iter().map(|(class, _)| class.as_str()).collect();
    assert_eq!(classes.first(), Some(&"clearance-claimed"), "{classes:?}");
    assert_eq!(classes.last(), Some(&"hazard-reported"), "{classes:?}");
    assert!(classes.len() >= 3, "{classes:?}");

    // Hatched is what may harm: of five looks all but the claim of clearance.
    assert_eq!(style.matches("LinePatternFill").count(), 4);
}

#[test]
fn an_id_is_unique_where_no_thing_has_two_versions() {
    let dir = TempDir::new().unwrap();
    let unique = |args: &[&str]| {
        let db = open(&export(dir.path(), "enclaves", "gpkg", "gpkg", args));
        one::<i64>(&db, "SELECT count(*) FROM pragma_index_list('enclaves') WHERE \"unique\"") == 1
    };
    assert!(unique(&["--datetime", "2025-06-01"]));
    assert!(!unique(&["--datetime", "../.."]));
}

#[test]
fn the_whole_atlas_is_in_one_package_with_its_ledger() {
    let dir = TempDir::new().unwrap();
    let file = atlas(dir.path(), &["--datetime", "../.."]);
    assert_sound(&file);
    let db = open(&file);
    for collection in COLLECTIONS {
        let plain = export(dir.path(), collection, "geojson", "geojson", &["--datetime", "../.."]);
        let rows: i64 = one(&db, &format!("SELECT count(*) FROM \"{collection}\""));
        assert_eq!(usize::try_from(rows).unwrap(), features(&json(&plain)).len(), "{collection}");
    }
    let entries = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("geodata").join(name);
        let table = format!("[[{}]]", name.trim_end_matches("s.toml"));
        let text = std::fs::read_to_string(path).unwrap();
        i64::try_from(text.lines().filter(|line| line.trim() == table).count()).unwrap()
    };
    for table in ["sources", "actors", "contradictions", "indicators", "places"] {
        let rows: i64 = one(&db, &format!("SELECT count(*) FROM {table}"));
        assert_eq!(rows, entries(&format!("{table}.toml")), "{table}");
    }

    // By its relations a claim leads to where it was read, who said it and of what.
    let read = texts(
        &db,
        "SELECT s.title FROM claims c JOIN claim_sources m ON m.base_id = c.fid
         JOIN sources s ON s.fid = m.related_id WHERE c.id = 'claim-1999-2000-kg-own-use'",
    );
    assert!(!read.is_empty());
    let whole = demarc(&["export", "claims", "--datetime", "../.."]);
    let pairs: usize = features(&serde_json::from_slice(&whole).unwrap())
        .iter()
        .map(|claim| claim.properties["sources"].as_str().unwrap().split(", ").count())
        .sum();
    let rows: i64 = one(&db, "SELECT count(*) FROM claim_sources");
    assert_eq!(usize::try_from(rows).unwrap(), pairs);
    let roles = texts(&db, "SELECT DISTINCT role FROM claim_actors ORDER BY role");
    assert!(roles.contains(&"claimant".to_owned()) && roles.contains(&"reporter".to_owned()));
    for mapping in texts(&db, "SELECT mapping_table_name FROM gpkgext_relations") {
        let rows: i64 = one(&db, &format!("SELECT count(*) FROM \"{mapping}\""));
        assert!(rows > 0, "{mapping}");
    }
    assert!(one::<i64>(&db, "SELECT count(*) FROM event_covers") > 0);

    let listed = gdal("ogrinfo", &["-ro", &file]);
    for table in ["reported-areas", "claims", "events", "sources", "event_covers"] {
        assert!(listed.contains(&format!(": {table}")), "{table} in {listed}");
    }
}

/// What was reported later is in no table of a package as known on a day.
#[test]
fn a_package_as_known_on_a_day_holds_nothing_later() {
    let dir = TempDir::new().unwrap();
    let file = atlas(dir.path(), &["--datetime", "../..", "--known-at", "2012-01-01"]);
    assert_sound(&file);
    let db = open(&file);
    for (table, column) in
        [("claims", "known_from"), ("events", "known_from"), ("sources", "published")]
    {
        let later =
            texts(&db, &format!("SELECT id FROM {table} WHERE substr({column}, 1, 4) > '2012'"));
        assert!(later.is_empty(), "{table}: {later:?}");
        assert!(one::<i64>(&db, &format!("SELECT count(*) FROM {table}")) > 0, "{table}");
    }
    let named = texts(&db, "SELECT claims FROM contradictions WHERE claims <> ''");
    assert!(!named.is_empty());
    for id in named.iter().flat_map(|ids| ids.split(", ")) {
        let known: i64 =
            db.query_row("SELECT count(*) FROM claims WHERE id = ?1", [id], |r| r.get(0)).unwrap();
        assert_eq!(known, 1, "{id}");
    }
}

/// QGIS makes of a table with several types one layer a type.
#[test]
fn what_has_no_location_is_listed_apart_where_types_are_mixed() {
    let dir = TempDir::new().unwrap();
    let db = open(&export(dir.path(), "reported-areas", "gpkg", "gpkg", &[]));
    let apart = texts(&db, "SELECT id FROM \"reported-areas_unlocated\" ORDER BY id");
    let wanted = texts(&db, "SELECT id FROM \"reported-areas\" WHERE geom IS NULL ORDER BY id");
    assert_eq!(apart, wanted);
    assert!(apart.contains(&"area-kg-own-mined".to_owned()), "{apart:?}");
}

/// What a server sets aside for a package before it is made.
#[test]
fn a_package_is_reckoned_no_smaller_than_it_is() {
    let dir = TempDir::new().unwrap();
    let today = demarc::atlas::today();
    let reckoned = |folder: &Folder| {
        let atlas = load(folder).unwrap();
        let query = Query { when: When::During(Period::ALWAYS), ..Query::default() };
        let hits: Vec<_> = atlas
            .layers
            .iter()
            .map(|layer| run(&atlas, layer, &query, today).unwrap().hits)
            .collect();
        let layers = atlas.layers.iter();
        let shown: Vec<_> = layers.map(|layer| Shown::new(&atlas, layer, &query, today)).collect();
        let found: Vec<_> = shown.iter().zip(&hits).collect();
        Format::GeoPackage.holds(&found).disk
    };
    let length = |file: &str| usize::try_from(std::fs::metadata(file).unwrap().len()).unwrap();
    let made = length(&atlas(dir.path(), &["--datetime", "../.."]));
    let valley = reckoned(&Folder::Embedded);
    assert!((made..10 * made).contains(&valley), "{made} for {valley}");

    // A position takes three bytes, a property one.
    let folder = rows(&dir.path().join("short"));
    let args = ["--geodata", folder.to_str().unwrap()];
    let made = length(&export(dir.path(), "short", "gpkg", "gpkg", &args));
    let short = reckoned(&Folder::Dir(folder));
    assert!((made..4 * made).contains(&short), "{made} for {short}");
}

/// A folder of one layer whose features are as short as can be.
fn rows(dir: &Path) -> PathBuf {
    std::fs::create_dir(dir).unwrap();
    let atlas = "title = \"Short\"\nabstract = \"Short\"\nwindow = [0.0, 0.0, 9.0, 9.0]\n\
        notice = \"None.\"\n[[layer]]\nid = \"short\"\nkind = \"plain\"\nfile = \"short.geojsonl\"\n";
    std::fs::write(dir.join("atlas.toml"), atlas).unwrap();
    let row = |n: usize| {
        let line =
            (0..40).map(|at| format!("[{},{}]", at % 9, n % 9)).collect::<Vec<_>>().join(",");
        format!(
            "{{\"type\":\"Feature\",\"geometry\":{{\"type\":\"LineString\",\"coordinates\":[{line}]}},\"properties\":{{\"a\":1}}}}\n"
        )
    };
    std::fs::write(dir.join("short.geojsonl"), (0..20_000).map(row).collect::<String>()).unwrap();
    dir.to_owned()
}
