//! Every format of every collection says what GeoJSON says: read back through
//! GDAL, as the software does that people open these files with.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod reading_back;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use demarc::query::geodesy;
use geo::Coord;
use reading_back::{
    COLLECTIONS, Feature, demarc, export, features, gdal, json, read_back, read_back_as_it_is,
    sequence, the_same,
};
use serde_json::{Value, json};
use tempfile::TempDir;

/// The formats beside GeoJSON, by name and file ending.
const FORMATS: [(&str, &str); 5] =
    [("geojsonseq", "geojsons"), ("csv", "csv"), ("kml", "kml"), ("fgb", "fgb"), ("gpkg", "gpkg")];

/// What a format calls a property, and how it writes a value.
fn in_format(format: &str, name: &str, value: &Value) -> (String, Value) {
    let name = match (format, name) {
        // GDAL's field for what a Placemark is called, and the name that KML keeps.
        ("kml", "name") => "Name",
        ("kml", "end") => "end_",
        (_, other) => other,
    };
    let value = match (format, value) {
        // Flags of KML are numbers; GDAL reads one line end in a cell for another.
        ("kml", Value::Bool(flag)) => json!(u8::from(*flag)),
        ("csv", Value::String(text)) => json!(text.replace("\r\n", "\n")),
        ("csv", Value::Bool(_) | Value::Number(_))
        | ("csv" | "kml", Value::Array(_) | Value::Object(_)) => json!(value.to_string()),
        (_, other) => other.clone(),
    };
    (name.to_owned(), value)
}

/// Whether a value that was read back is the one that was written; a text that is
/// empty and one that is not there look the same in some formats.
fn same_value(written: &Value, read: Option<&Value>) -> bool {
    let empty = |value: &Value| value.is_null() || value == "";
    match (written, read) {
        (written, None) => empty(written),
        (Value::Number(written), Some(Value::Number(read))) => {
            (written.as_f64().unwrap() - read.as_f64().unwrap()).abs() < 1e-9
        }
        // GDAL takes a text that looks like JSON for it.
        (Value::String(text), Some(read @ (Value::Array(_) | Value::Object(_)))) => {
            serde_json::from_str::<Value>(text).is_ok_and(|written| written == *read)
        }
        (written, Some(read)) => written == read || (empty(written) && empty(read)),
    }
}

fn assert_same(format: &str, what: &str, written: &[Feature], read: &[Feature]) {
    assert_eq!(written.len(), read.len(), "{what}: as many features");
    for (ours, theirs) in written.iter().zip(read) {
        assert_eq!(ours.id, theirs.id, "{what}");
        assert!(the_same(&ours.geometry, &theirs.geometry), "{what} {}: geometry", ours.id);
        for (name, value) in &ours.properties {
            let (name, value) = in_format(format, name, value);
            let read = theirs.properties.get(&name);
            assert!(same_value(&value, read), "{what} {}: {name} {value} {read:?}", ours.id);
        }
    }
}

#[test]
fn every_collection_in_every_format_is_what_geojson_has() {
    let dir = TempDir::new().unwrap();
    for collection in COLLECTIONS {
        let plain = export(dir.path(), collection, "geojson", "geojson", &["--datetime", "../.."]);
        let written = features(&json(&plain));
        assert!(!written.is_empty());
        for (format, ending) in FORMATS {
            let file = export(dir.path(), collection, format, ending, &["--datetime", "../.."]);
            let info = gdal("ogrinfo", &["-ro", "-so", "-al", &file]);
            assert!(info.contains(&format!("Feature Count: {}", written.len())), "{info}");
            let read = read_back(dir.path(), &file, collection);
            assert_same(format, &format!("{collection}.{ending}"), &written, &read);
        }
    }
}

#[test]
fn what_is_hard_to_write_comes_back_as_it_was() {
    let dir = reading_back::awkward();
    let folder = dir.path().to_str().unwrap();
    let plain = export(dir.path(), "awkward", "geojson", "geojson", &["--geodata", folder]);
    let written = features(&json(&plain));
    assert_eq!(written.len(), 9);
    for (format, ending) in FORMATS {
        let file = export(dir.path(), "awkward", format, ending, &["--geodata", folder]);
        let read = match format {
            // GDAL takes the property `id` for the feature's.
            "geojsonseq" => sequence(&fs::read(&file).unwrap()),
            _ => read_back(dir.path(), &file, "awkward"),
        };
        assert_eq!(read.len(), written.len(), "{format}");
        for (ours, theirs) in written.iter().zip(&read) {
            let what = format!("{format} {}", ours.id);
            assert_eq!(ours.id, theirs.id, "{what}");
            assert!(the_same(&ours.geometry, &theirs.geometry), "{what}: geometry");
            let got = |names: &[&str]| {
                names.iter().find_map(|name| theirs.properties.get(*name)).cloned()
            };
            for (name, value) in &ours.properties {
                let (_, value) = in_format(format, name, value);
                // A name that the format keeps for itself, or that differs from
                // another by case alone, has a `_` after it.
                let renamed = format!("{name}_");
                let candidates = match (format, name.as_str()) {
                    (_, "id" | "Name") if format != "geojsonseq" => [renamed.as_str(), name],
                    ("gpkg", "fid" | "geom") | ("csv", "wkt" | "notice") | ("kml", "end") => {
                        [renamed.as_str(), renamed.as_str()]
                    }
                    ("kml", "name") => ["Name", name],
                    _ => [name.as_str(), name],
                };
                let read = got(&candidates);
                let value = match (format, name.as_str()) {
                    // GDAL reads quotes in a heading its own way.
                    ("csv", name) if name.contains('"') => continue,
                    // GDAL trims what it reads of KML.
                    ("kml", "padded") => json!("blanks around"),
                    // Beyond 32 bits, or of several types: a text.
                    ("kml", "mixed" | "whole") if value.is_number() => json!(value.to_string()),
                    // A column of several types is one of JSON texts.
                    ("fgb" | "gpkg", "mixed") => {
                        let text = read.as_ref().and_then(Value::as_str).unwrap_or_default();
                        let parsed = serde_json::from_str(text).ok();
                        assert!(read == Some(value.clone()) || parsed == Some(value), "{what}");
                        continue;
                    }
                    // XML has no such character.
                    ("kml", "control") => json!("a\u{fffd}b"),
                    // The same instant, in UTC.
                    ("gpkg", "at") => {
                        let text = read.clone().unwrap_or_default();
                        let text = text.as_str().unwrap_or_default().replace(['/', ' '], "");
                        assert!(value.is_null() || text.contains("05:00:00"), "{what}: {text}");
                        continue;
                    }
                    _ => value,
                };
                assert!(same_value(&value, read.as_ref()), "{what}: {name} {value} {read:?}");
            }
        }
    }
}

#[test]
fn a_sequence_is_that_of_rfc_8142() {
    let bytes = demarc(&["export", "enclaves", "--format", "geojsonseq", "--datetime", "../.."]);
    assert_eq!(bytes.first(), Some(&0x1e));
    assert_eq!(bytes.last(), Some(&b'\n'));
    let texts: Vec<&[u8]> = bytes.split(|byte| *byte == 0x1e).skip(1).collect();
    let whole = features(
        &serde_json::from_slice(&demarc(&["export", "enclaves", "--datetime", "../.."])).unwrap(),
    );
    assert_eq!(texts.len(), whole.len());
    for text in texts {
        assert_eq!(text.split(|byte| *byte == b'\n').count(), 2, "one line a feature");
        let feature: Value = serde_json::from_slice(text).unwrap();
        assert_eq!(feature["type"], "Feature");
        assert!(feature["notice"].as_str().unwrap().contains("not evidence"));
        assert_eq!(feature["licence"], "ODbL-1.0");
    }
}

#[test]
fn csv_has_coordinates_of_points_alone_and_a_notice_in_each_row() {
    let read = |collection: &str| -> Vec<BTreeMap<String, String>> {
        let bytes = demarc(&["export", collection, "--format", "csv", "--datetime", "2025-06-01"]);
        csv::Reader::from_reader(&bytes[..]).deserialize().map(Result::unwrap).collect()
    };
    for row in read("reported-areas") {
        let is_point = row["wkt"].starts_with("POINT(");
        assert_eq!(row["lon"].is_empty(), !is_point, "{}", row["id"]);
        assert_eq!(row["lat"].is_empty(), !is_point, "{}", row["id"]);
        assert!(row["notice"].contains("No report is not evidence"));
        assert!(!row["attribution"].is_empty() && !row["licence"].is_empty());
    }
    let village = read("settlements").into_iter().find(|row| row["id"] == "1514637").unwrap();
    assert_eq!(village["wkt"], format!("POINT({} {})", village["lon"], village["lat"]));
    let bytes = demarc(&["export", "settlements", "--format", "csv"]);
    assert!(bytes.windows(2).any(|pair| pair == b"\r\n"), "lines end as RFC 4180 says");
}

#[test]
fn kml_says_when_and_is_never_green() {
    let bytes = demarc(&["export", "enclaves", "--format", "kml", "--datetime", "../.."]);
    let text = String::from_utf8(bytes).unwrap();
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut spans = 0;
    loop {
        match reader.read_event().expect("well-formed XML") {
            quick_xml::events::Event::Start(tag) if tag.name().as_ref() == "TimeSpan" => spans += 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert!(spans >= 5, "{spans}");
    assert!(text.contains("<end>2024-04-30</end>"), "Barak's last day");
    for says in ["No report is not evidence", "Licence: ODbL-1.0", "OpenStreetMap contributors"] {
        assert!(text.contains(says), "{says}");
    }
    for collection in COLLECTIONS {
        let kml = demarc(&["export", collection, "--format", "kml"]);
        let kml = String::from_utf8(kml).unwrap();
        for colour in kml.split("<color>").skip(1).map(|rest| &rest[..8]) {
            let part = |from: usize| u8::from_str_radix(&colour[from..from + 2], 16).unwrap();
            let (blue, green, red) = (part(2), part(4), part(6));
            assert!(green <= red.max(blue), "{collection}: {colour}");
        }
    }
    let areas =
        String::from_utf8(demarc(&["export", "reported-areas", "--format", "kml"])).unwrap();
    let style = areas.split("<Style id=\"clearance-claimed\">").nth(1).unwrap();
    let style = style.split("</Style>").next().unwrap();
    assert!(style.contains("<fill>0</fill>"), "a claim of clearance is an outline: {style}");
}

/// The texts of the elements of a name.
fn texts<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let parts = xml.split(&open).skip(1);
    parts.map(|rest| rest.split(&close).next().expect("it is closed")).collect()
}

#[test]
fn kml_loads_nothing_and_colours_no_pin() {
    for collection in COLLECTIONS {
        let kml = demarc(&["export", collection, "--format", "kml", "--datetime", "../.."]);
        let kml = String::from_utf8(kml).unwrap();
        for tag in ["<href", "<IconStyle", "<NetworkLink", "<Overlay"] {
            assert!(!kml.contains(tag), "{collection}: {tag}");
        }
    }
}

#[test]
fn kml_rings_each_point_that_may_be_off() {
    let settlements = demarc(&["export", "settlements", "--format", "kml"]);
    assert!(!String::from_utf8(settlements).unwrap().contains("<Folder>"));
    let args = ["export", "reported-areas", "--datetime", "2010-01-01"];
    let kml = demarc(&[&args[..], &["--format", "kml"]].concat());
    let kml = String::from_utf8(kml).unwrap();
    let areas: Value = serde_json::from_slice(&demarc(&args)).unwrap();
    let areas = areas["features"].as_array().unwrap();
    let points: Vec<&Value> =
        areas.iter().filter(|area| area["geometry"]["type"] == "Point").collect();
    assert!(!points.is_empty());
    let folder = texts(&kml, "Folder");
    assert_eq!(folder.len(), 1);
    assert!(folder[0].contains("not the outline of an area"));
    let rings: Vec<&str> = folder[0].split("<Placemark>").skip(1).collect();
    assert_eq!(rings.len(), points.len());
    let numbers = |pair: &str| {
        let (x, y) = pair.split_once(',').unwrap();
        Coord { x: x.parse().unwrap(), y: y.parse().unwrap() }
    };
    for (ring, area) in rings.iter().zip(points) {
        let name = area["properties"]["name"].as_str().unwrap();
        assert!(texts(ring, "name")[0].starts_with(&format!("{name}: up to ")), "{ring}");
        let metres = area["properties"]["uncertainty_m"].as_f64().unwrap();
        let at = &area["geometry"]["coordinates"];
        let centre = Coord { x: at[0].as_f64().unwrap(), y: at[1].as_f64().unwrap() };
        let dashes = texts(ring, "coordinates");
        assert_eq!(dashes.len(), 36, "{name}: a ring is dashed");
        for end in dashes.iter().flat_map(|dash| dash.split(' ')) {
            let (distance, _) = geodesy::inverse(centre, numbers(end));
            assert!((distance - metres).abs() < 0.01, "{name}: {distance}, not {metres}");
        }
    }
}

/// What ends later than the day of knowledge is open in every part of a file.
#[test]
fn what_was_not_known_yet_is_in_no_time_span() {
    let args = ["export", "enclaves", "--format", "kml", "--datetime", "2019-06-01"];
    let known = [&args[..], &["--known-at", "2020-01-01"]].concat();
    let kml = |args: &[&str]| String::from_utf8(demarc(args)).unwrap();
    assert!(kml(&args).contains("<end>2024-04-30</end>"));
    assert!(!kml(&known).contains("<end>2024"));
    assert!(!kml(&known).contains("2024-04"));
}

#[test]
fn a_flatgeobuf_is_read_by_its_index() {
    let dir = TempDir::new().unwrap();
    let file = export(dir.path(), "reported-areas", "fgb", "fgb", &[]);
    let bytes = fs::read(&file).unwrap();
    assert_eq!(&bytes[..8], b"fgb\x03fgb\x00");
    let all = features(&json(&export(dir.path(), "reported-areas", "geojson", "geojson", &[])));
    let unlocated = all.iter().filter(|feature| feature.geometry.is_null()).count();
    assert!(unlocated > 0);

    let window = ["71.0", "39.9", "71.3", "40.2"];
    let out = dir.path().join("window.geojson");
    let spat = [&["-spat"][..], &window, &["-f", "GeoJSON", out.to_str().unwrap(), &file]].concat();
    gdal("ogr2ogr", &spat);
    let bbox = window.join(",");
    let ours = demarc(&["export", "reported-areas", "--bbox", &bbox]);
    let ids = |of: Vec<Feature>| of.into_iter().map(|feature| feature.id).collect::<Vec<_>>();
    let found = ids(features(&json(out.to_str().unwrap())));
    assert!(!found.is_empty() && found.len() < all.len());
    assert_eq!(found, ids(features(&serde_json::from_slice(&ours).unwrap())));

    let info = gdal("ogrinfo", &["-ro", "-so", "-al", &file]);
    assert!(info.contains("contested: Integer(Boolean)"), "{info}");
    let head = String::from_utf8_lossy(&bytes[..8192]);
    for says in [r#""notice":"Reports, not a survey"#, r#""licence":"ODbL-1.0""#, "Attribution: "] {
        assert!(head.contains(says), "{says}");
    }
}

#[test]
fn what_is_asked_narrows_every_format_alike() {
    let dir = TempDir::new().unwrap();
    let args = ["--filter", "status_class = 'clearance-claimed'", "--datetime", "2006-01-01"];
    let ids = |features: &[Feature]| {
        features.iter().map(|feature| feature.id.clone()).collect::<Vec<String>>()
    };
    let plain = export(dir.path(), "reported-areas", "geojson", "geojson", &args);
    let wanted = ids(&features(&json(&plain)));
    assert!(!wanted.is_empty());
    for (format, ending) in FORMATS {
        let file = export(dir.path(), "reported-areas", format, ending, &args);
        assert_eq!(ids(&read_back(dir.path(), &file, "reported-areas")), wanted, "{format}");
    }
    // Nothing found is a file of nothing, not a broken one.
    for (format, ending) in FORMATS {
        let args = ["--bbox", "0,0,1,1"];
        let file = export(dir.path(), "reported-areas", format, ending, &args);
        assert!(Path::new(&file).is_file());
        if format == "kml" || format == "geojsonseq" {
            continue; // GDAL sees no layer in a file of these without a feature.
        }
        assert!(read_back(dir.path(), &file, "reported-areas").is_empty(), "{format}");
    }
}

/// In a projection every format has the coordinates that GeoJSON has, and the
/// files that name a reference system name that one.
#[test]
fn a_projection_is_the_same_in_every_format() {
    let dir = TempDir::new().unwrap();
    for crs in ["EPSG:32642", "EPSG:28412", "EPSG:3857"] {
        let args = ["--crs", crs, "--datetime", "2025-06-01"];
        for collection in ["enclaves", "reported-areas"] {
            let plain = export(dir.path(), collection, "geojson", "geojson", &args);
            let written = features(&json(&plain));
            for (format, ending) in [("csv", "csv"), ("fgb", "fgb"), ("gpkg", "gpkg")] {
                let file = export(dir.path(), collection, format, ending, &args);
                let read = read_back_as_it_is(dir.path(), &file, collection);
                assert_same(format, &format!("{collection}.{ending} in {crs}"), &written, &read);
                if format != "csv" {
                    let info = gdal("ogrinfo", &["-ro", "-so", &file, collection]);
                    let id = format!("ID[\"EPSG\",{}]", &crs[5..]);
                    assert!(info.contains(&id), "{crs}: {info}");
                }
            }
        }
    }
    let csv = demarc(&["export", "settlements", "--format", "csv", "--crs", "EPSG:32642"]);
    let head = String::from_utf8(csv).unwrap();
    let head = head.lines().next().unwrap();
    assert!(head.ends_with("x,y,crs,licence,attribution,notice,datetime,known_at,wkt"), "{head}");
}
