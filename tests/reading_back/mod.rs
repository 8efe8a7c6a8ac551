//! Files of the binary, and what GDAL reads in them.
#![allow(dead_code)] // Each test crate compiles this module and uses a part of it.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Map, Value, json};
use tempfile::TempDir;

pub const COLLECTIONS: [&str; 10] = [
    "territories",
    "districts",
    "water",
    "rivers",
    "enclaves",
    "borders",
    "reported-areas",
    "settlements",
    "claims",
    "events",
];

/// A feature as it was read, geometries of one part as that part.
#[derive(Debug)]
pub struct Feature {
    pub id: String,
    pub geometry: Value,
    pub properties: Map<String, Value>,
}

/// Runs the binary, which must succeed; its stdout.
pub fn demarc(args: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_demarc"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(args)
        .output()
        .expect("the binary runs");
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {err}");
    // Nothing is said but that nothing was found, with the notice.
    let says_so = err.contains("nothing found") && err.contains("No report is not evidence");
    assert!(err.is_empty() || says_so, "{args:?}: {err}");
    output.stdout
}

/// Exports a collection into a file of a folder; its path.
pub fn export(dir: &Path, collection: &str, format: &str, ending: &str, args: &[&str]) -> String {
    let file = dir.join(format!("{collection}.{ending}")).to_str().unwrap().to_owned();
    demarc(&[&["export", collection, "--format", format, "-o", &file][..], args].concat());
    file
}

/// Runs a program of GDAL, which must say nothing on stderr: its warnings and
/// errors go there. Gives its stdout.
pub fn gdal(program: &str, args: &[&str]) -> String {
    let output =
        Command::new(program).args(args).env("CPL_DEBUG", "OFF").output().unwrap_or_else(|error| {
            panic!("{program}: {error}; install gdal-bin (`make tools` does)")
        });
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{program} {args:?}: {}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "", "{program} {args:?}");
    text(&output.stdout)
}

pub fn json(path: &str) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The layer of a file, through GDAL, which brings it into longitude and latitude.
pub fn read_back(dir: &Path, file: &str, layer: &str) -> Vec<Feature> {
    through_gdal(dir, file, layer, &[])
}

/// The layer of a file, through GDAL, in the coordinates that it has.
pub fn read_back_as_it_is(dir: &Path, file: &str, layer: &str) -> Vec<Feature> {
    through_gdal(dir, file, layer, &["-a_srs", "EPSG:4326"])
}

fn through_gdal(dir: &Path, file: &str, layer: &str, more: &[&str]) -> Vec<Feature> {
    let out = dir.join("back.geojson");
    let _ = fs::remove_file(&out);
    let out = out.to_str().unwrap();
    let args = ["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=15", out, file];
    // A KML layer goes by its title, and comes before the one of rings.
    let info = Path::new(file).extension().is_some_and(|end| end == "kml").then(|| {
        let info = gdal("ogrinfo", &["-ro", "-q", file]);
        let first = info.lines().find_map(|line| line.strip_prefix("1: ")).map(str::to_owned);
        first.unwrap_or_else(|| panic!("no layer in {info}"))
    });
    let layer = info.as_deref().unwrap_or(layer);
    gdal("ogr2ogr", &[&args[..], &[layer], more].concat());
    features(&json(out))
}

/// The features of a text sequence.
pub fn sequence(bytes: &[u8]) -> Vec<Feature> {
    let texts = bytes.split(|byte| *byte == 0x1e).skip(1);
    let all: Vec<Value> = texts.map(|text| serde_json::from_slice(text).unwrap()).collect();
    features(&json!({ "features": all }))
}

/// The features of a collection in an order that no format decides.
pub fn features(collection: &Value) -> Vec<Feature> {
    let all = collection["features"].as_array().expect("a FeatureCollection");
    let mut all: Vec<Feature> = all.iter().map(feature).collect();
    all.sort_by_cached_key(|feature| {
        let start = feature.properties.get("start").and_then(Value::as_str).unwrap_or_default();
        (feature.id.clone(), start.to_owned())
    });
    all
}

fn feature(feature: &Value) -> Feature {
    let properties = feature["properties"].as_object().cloned().unwrap_or_default();
    let id = match &feature["id"] {
        Value::String(id) => id.clone(),
        _ => properties["id"].as_str().expect("an id").to_owned(),
    };
    Feature { id, geometry: one(&feature["geometry"]), properties }
}

/// A Multi of one part as that part: formats of one type a layer make Multis.
fn one(geometry: &Value) -> Value {
    let kind = geometry["type"].as_str().unwrap_or_default();
    if kind == "GeometryCollection" {
        let parts: Vec<Value> =
            geometry["geometries"].as_array().unwrap().iter().map(one).collect();
        return json!({ "type": kind, "geometries": parts });
    }
    match (kind.strip_prefix("Multi"), geometry["coordinates"].as_array()) {
        (Some(single), Some(parts)) if parts.len() == 1 => {
            json!({ "type": single, "coordinates": parts[0] })
        }
        _ => geometry.clone(),
    }
}

/// Whether two geometries are the same to a tenth of a millimetre.
pub fn the_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            (a.as_f64().unwrap() - b.as_f64().unwrap()).abs() < 1e-9
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| the_same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            let same = |name: &str| match (a.get(name), b.get(name)) {
                (Some(a), Some(b)) => the_same(a, b),
                (a, b) => a == b,
            };
            ["type", "coordinates", "geometries"].into_iter().all(same)
        }
        (a, b) => a == b,
    }
}

/// A folder with a layer of what is hard to write: every type of geometry and of
/// property, names that formats keep for themselves, texts that break out of
/// their quotes.
pub fn awkward() -> TempDir {
    let ring = json!([[70.0, 40.0], [70.2, 40.0], [70.2, 40.2], [70.0, 40.2], [70.0, 40.0]]);
    let hole = json!([[70.05, 40.05], [70.05, 40.1], [70.1, 40.1], [70.1, 40.05], [70.05, 40.05]]);
    let line = json!([[70.0, 40.0], [70.123_456_789, 40.1], [70.2, 40.0]]);
    let point = json!({ "type": "Point", "coordinates": [70.5, 40.5] });
    let polygon = json!({ "type": "Polygon", "coordinates": [ring, hole] });
    let geometries = [
        json!(null),
        point.clone(),
        json!({ "type": "LineString", "coordinates": line }),
        polygon.clone(),
        json!({ "type": "MultiPoint", "coordinates": [[70.1, 40.1], [70.2, 40.2]] }),
        json!({ "type": "MultiLineString", "coordinates": [line, [[71.0, 41.0], [71.1, 41.1]]] }),
        json!({ "type": "MultiPolygon", "coordinates": [[ring, hole],
            [[[71.0, 41.0], [71.1, 41.0], [71.1, 41.1], [71.0, 41.0]]]] }),
        json!({ "type": "GeometryCollection", "geometries": [point, polygon] }),
        json!({ "type": "GeometryCollection", "geometries": [
            { "type": "LineString", "coordinates": line },
            { "type": "MultiPoint", "coordinates": [[70.1, 40.1], [70.2, 40.2]] }] }),
    ];
    let mut features: Vec<Value> = Vec::new();
    for (number, geometry) in (0i32..).zip(geometries) {
        let given = number % 2 == 1;
        let or_null = |value: Value| if given { value } else { Value::Null };
        features.push(json!({
            "type": "Feature",
            "id": format!("thing-{number}"),
            "geometry": geometry,
            "properties": {
                "name": format!("a \"quoted\", comma'd; <b>&amp;</b> & ]]> name {number}"),
                "Name": "another by case alone",
                "lines": "first\nsecond\r\nthird\ttabbed",
                "script": "Өтүкчү, Ўш, شهر, 𝕏 🚧",
                "formula": "=1+1",
                "padded": "  blanks around  ",
                "control": "a\u{1}b",
                "id": number + 100,
                "fid": number + 200,
                "geom": format!("no geometry {number}"),
                "wkt": "POINT(0 0)",
                "notice": "of its own",
                "end": "2024-04",
                "whole": or_null(json!(i64::from(number) * 3_000_000_000)),
                "real": or_null(json!(f64::from(number) / 3.0)),
                "flag": or_null(json!(number % 4 == 1)),
                "day": or_null(json!("2024-02-29")),
                "at": or_null(json!("2024-02-29T10:00:00+05:00")),
                "list": or_null(json!(["a", 1, null, "b \"c\""])),
                "nested": or_null(json!({ "deep": { "er": [1, 2] } })),
                "mixed": if given { json!("text") } else { json!(number) },
                "never": null,
                "a \"b\" <c>": number
            }
        }));
    }
    let dir = TempDir::new().unwrap();
    let atlas = r#"title = "Awkward"
abstract = "What is hard to write."
window = [69.0, 39.0, 72.0, 42.0]
notice = "A notice with <angles> & \"quotes\"."

[[layer]]
id = "awkward"
kind = "plain"
file = "in/awkward.geojson"
attribution = "O'Neill & \"Sons\" <sons@example.org>"
"#;
    fs::write(dir.path().join("atlas.toml"), atlas).unwrap();
    let collection = json!({ "type": "FeatureCollection", "features": features });
    // Beside the exports, which are named after the layer.
    fs::create_dir(dir.path().join("in")).unwrap();
    fs::write(dir.path().join("in/awkward.geojson"), collection.to_string()).unwrap();
    dir
}
