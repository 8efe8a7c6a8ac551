//! Every answer in GeoJSON, over HTTP and from the command line, is what RFC 7946
//! demands, whatever was in the folder; ids are texts that stay.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use common::rfc7946::{Frame, faults, faults_of_sequence};
use common::{Server, demarc, encoded, features, folder, ids, link, valley};
use serde_json::{Value, json};
use tempfile::TempDir;

const GEOJSON: &str = "application/geo+json";
const EPSG: &str = "http://www.opengis.net/def/crs/EPSG/0/";

/// The systems besides CRS84, and in which order the authority has their axes.
const SYSTEMS: [(&str, Frame); 6] = [
    ("4326", Frame::NorthingFirst),
    ("3857", Frame::EastingFirst),
    ("32642", Frame::EastingFirst),
    ("32643", Frame::EastingFirst),
    ("28412", Frame::NorthingFirst),
    ("28413", Frame::NorthingFirst),
];

/// Paths that the interface describes as GeoJSON; `{c}` is each collection.
const ROUTES: [&str; 4] =
    ["/collections/{c}/items", "/collections/{c}/items/{id}", "/near", "/places"];

/// A folder with every type of geometry, wound and written as people have them.
fn every_kind() -> TempDir {
    let square = |x: f64, y: f64, size: f64| {
        json!([[x, y], [x, y + size], [x + size, y + size], [x + size, y], [x, y]])
    };
    let backwards = |ring: &Value| {
        let mut ring = ring.as_array().unwrap().clone();
        ring.reverse();
        Value::Array(ring)
    };
    // Clockwise outside, counterclockwise inside: both the wrong way.
    let holed = json!([square(70., 40., 1.), backwards(&square(70.2, 40.2, 0.5))]);
    let over_antimeridian = json!([[square(179., 10., 1.)], [square(-180., 10., 1.)]]);
    let cap =
        json!([[[-180, 85], [-180, 90], [180, 90], [180, 85], [60, 84], [-60, 86], [-180, 85]]]);
    let collection = json!({ "type": "GeometryCollection", "geometries": [
        { "type": "Point", "coordinates": [70.5, 40.5, 900] },
        { "type": "Polygon", "coordinates": holed },
    ] });
    let of = |kind: &str, at: &Value| json!({ "type": kind, "coordinates": at });
    let geometries = [
        of("Point", &json!([70.123_456_789_012_34, -0.0])),
        of("Point", &json!([-180, 90, -428.5])),
        of("MultiPoint", &json!([[1e-7, 40], [71, 40.1]])),
        of("LineString", &json!([[70, 40, 500], [70.5, 40.5, 501]])),
        of("MultiLineString", &json!([[[70, 40], [71, 41]], [[72, 40], [73, 41], [73, 42]]])),
        of("Polygon", &holed),
        of("Polygon", &cap),
        of("MultiPolygon", &json!([holed, [square(72., 40., 0.000_001)]])),
        of("MultiPolygon", &over_antimeridian),
        collection,
        of("MultiPoint", &json!([])),
        Value::Null,
    ];
    let awkward = [json!("a \"b\" / ? & # Ö ж"), json!(7), json!(-3), Value::Null];
    let lines: Vec<String> = geometries
        .iter()
        .enumerate()
        .map(|(index, geometry)| {
            let id = awkward.get(index).cloned().unwrap_or_else(|| json!(format!("f{index}")));
            let mut feature = json!({
                "type": "Feature", "bbox": [0, 0, 1, 1], "coordinates": [1], "title": "foreign",
                "geometry": geometry,
                "properties": {
                    "type": "Point", "coordinates": [1], "id": index, "crs": "none", "bbox": [9],
                    "geometry": { "type": "Nonsense" }, "features": [], "notice": index % 2 == 0,
                    "collection": "mine", "distance_m": "far", "match": [1, { "a": null }],
                },
            });
            if !id.is_null() {
                feature["id"] = id;
            }
            feature.to_string()
        })
        .collect();
    let dir = TempDir::new().unwrap();
    let atlas = "title = \"All kinds\"\nabstract = \"Awkward.\"\nwindow = [69.0, 38.0, 74.0, 42.0]\n\
                 notice = \"Made up.\"\n[[layer]]\nid = \"all-kinds\"\nfile = \"a.geojsonl\"\nkind = \"plain\"\n\
                 [[layer]]\nid = \"none\"\nfile = \"b.geojson\"\nkind = \"plain\"\n";
    folder::write(dir.path(), "atlas.toml", atlas);
    folder::write(dir.path(), "a.geojsonl", &lines.join("\n"));
    folder::write(dir.path(), "b.geojson", r#"{"type":"FeatureCollection","features":[]}"#);
    dir
}

/// What is served: folders, and what keeps them while they are.
fn folders() -> Vec<(Option<TempDir>, PathBuf)> {
    let kept = |dir: TempDir| {
        let path = dir.path().to_owned();
        (Some(dir), path)
    };
    vec![kept(folder::small()), kept(every_kind()), (None, valley())]
}

fn assert_sound(what: &str, body: &[u8], frame: Frame) {
    let found = faults(body, frame);
    assert!(found.is_empty(), "{what}: {:#?}", &found[..found.len().min(10)]);
}

/// GETs GeoJSON, which must be sound.
fn sound(server: &Server, target: &str, frame: Frame) -> Value {
    let answer = server.get(target);
    assert_eq!(answer.status, 200, "{target}: {}", answer.text());
    assert_eq!(answer.header("content-type"), Some(GEOJSON), "{target}");
    assert_sound(target, &answer.body, frame);
    answer.json()
}

fn sound_sequence(what: &str, bytes: &[u8], frame: Frame) -> usize {
    let (count, found) = faults_of_sequence(bytes, frame);
    assert!(found.is_empty(), "{what}: {:#?}", &found[..found.len().min(10)]);
    count
}

fn collections(server: &Server) -> Vec<String> {
    let all = server.json("/collections");
    let all = all["collections"].as_array().unwrap();
    all.iter().map(|collection| collection["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_routes_that_are_tested_are_all_that_answer_in_geojson() {
    let server = Server::of_valley();
    let document = server.json("/api");
    let described: BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, path)| path["get"]["responses"]["200"]["content"].get(GEOJSON).is_some())
        .map(|(path, _)| path.clone())
        .collect();
    let names = collections(&server);
    let tested: BTreeSet<String> = ROUTES
        .iter()
        .flat_map(|route| names.iter().map(|name| route.replace("{c}", name)))
        .collect();
    assert_eq!(described, tested);
}

#[test]
fn every_page_of_every_collection_is_sound() {
    for (_dir, path) in folders() {
        let server = Server::start(&path, &[]);
        for name in collections(&server) {
            let items = format!("/collections/{}/items", encoded(&name));
            let always = format!("{items}?datetime=../..");
            let whole = sound(&server, &format!("{always}&limit=10000"), Frame::Degrees);
            sound(&server, &items, Frame::Degrees);
            sound(&server, &format!("{always}&skipGeometry=true"), Frame::Degrees);
            sound(&server, &format!("{always}&near=71,40&radius=200km"), Frame::Degrees);
            sound(&server, &format!("{always}&bbox=179,-90,-179,90"), Frame::Degrees);
            if let Some(first) = features(&whole).first() {
                for property in first["properties"].as_object().unwrap().keys().take(3) {
                    let some = format!("{always}&properties={}", encoded(property));
                    let some = sound(&server, &some, Frame::Degrees);
                    assert_eq!(features(&some)[0]["properties"].as_object().unwrap().len(), 1);
                }
            }
            let mut paged = 0;
            let mut next = Some(format!("{always}&limit=50"));
            while let Some(target) = next {
                let page = sound(&server, &target, Frame::Degrees);
                paged += features(&page).len();
                let href = link(&page["links"], "next").map(str::to_owned);
                next = href.map(|href| href[href.find("/collections").unwrap()..].to_owned());
            }
            assert_eq!(paged, features(&whole).len(), "{name}");
            let sequence = server.get(&format!("{always}&f=geojsonseq"));
            // Of nothing there is one text, the notice.
            let texts = sound_sequence(&name, &sequence.body, Frame::Degrees);
            assert_eq!(texts, paged.max(1));
        }
    }
}

#[test]
fn every_feature_is_sound_alone() {
    for (_dir, path) in folders() {
        let server = Server::start(&path, &[]);
        for name in collections(&server) {
            let items = format!("/collections/{}/items", encoded(&name));
            let whole = server.json(&format!("{items}?datetime=../..&limit=10000"));
            for id in ids(features(&whole)).into_iter().take(40) {
                let item = format!("{items}/{}?datetime=../..", encoded(id));
                let feature = sound(&server, &item, Frame::Degrees);
                assert_eq!(feature["id"], id);
            }
        }
    }
}

#[test]
fn what_is_near_and_which_places_are_sound() {
    for (_dir, path) in folders() {
        let server = Server::start(&path, &[]);
        let names = collections(&server);
        let listed: Vec<String> = names.iter().map(|name| encoded(name)).collect();
        for more in ["", "&skipGeometry=true", "&known-at=2012-01-01", "&datetime=../.."] {
            let near =
                format!("/near?at=71.05,40.19&radius=300km&collections={}{more}", listed.join(","));
            let answer = sound(&server, &near, Frame::Degrees);
            for apart in ["covering", "unlocated"] {
                let features = json!({ "type": "FeatureCollection", "features": answer[apart] });
                assert_sound(apart, features.to_string().as_bytes(), Frame::Degrees);
            }
        }
        for name in ["osh", "Ак", "village"] {
            sound(&server, &format!("/places?q={}", encoded(name)), Frame::Degrees);
        }
    }
}

#[test]
fn another_reference_system_is_exempt_from_the_range_alone() {
    for (_dir, path) in folders() {
        let server = Server::start(&path, &[]);
        for name in collections(&server) {
            for (code, frame) in SYSTEMS {
                // Where all systems reach.
                let window = "bbox=69,38,74,42&datetime=../..&limit=50";
                let items = format!("/collections/{}/items?{window}", encoded(&name));
                let answer = server.get(&format!("{items}&crs={EPSG}{code}"));
                if answer.status == 400 {
                    // The countries reach beyond a zone.
                    assert_eq!(answer.json()["parameter"], "crs", "{name} {code}");
                    continue;
                }
                assert_sound(&format!("{name} in {code}"), &answer.body, frame);
            }
        }
        for (code, frame) in SYSTEMS {
            sound(&server, &format!("/near?at=71.05,40.19&crs={EPSG}{code}"), frame);
            sound(&server, &format!("/places?q=village&crs={EPSG}{code}"), frame);
        }
    }
}

/// Every id that a server gives, collection by collection.
fn all_ids(path: &Path) -> Vec<(String, Vec<String>)> {
    let server = Server::start(path, &[]);
    collections(&server)
        .into_iter()
        .map(|name| {
            let items = format!("/collections/{}/items", encoded(&name));
            let whole = server.json(&format!("{items}?datetime=../..&limit=10000"));
            let ids = ids(features(&whole)).into_iter().map(str::to_owned).collect();
            (name, ids)
        })
        .collect()
}

#[test]
fn ids_stay_from_one_start_to_the_next() {
    for (_dir, path) in folders() {
        let first = all_ids(&path);
        assert!(first.iter().any(|(_, ids)| !ids.is_empty()));
        assert_eq!(first, all_ids(&path));
    }
}

#[test]
fn what_the_command_line_writes_is_sound() {
    for (_dir, path) in folders() {
        let dir = path.to_str().unwrap();
        let run = |args: &[&str]| {
            let args: Vec<&str> = args.iter().copied().chain(["--geodata", dir]).collect();
            let output = demarc(&args);
            assert!(
                output.status.success(),
                "{args:?}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            output.stdout
        };
        let server = Server::start(&path, &[]);
        for name in collections(&server) {
            let export = ["export", &name, "--datetime", "../.."];
            assert_sound(&name, &run(&export), Frame::Degrees);
            let sequence = run(&[&export[..], &["--format", "geojsonseq"]].concat());
            sound_sequence(&name, &sequence, Frame::Degrees);
            // Files have easting first, whatever the authority's order.
            let window = ["--bbox", "69,38,74,42", "--crs", "EPSG:3857"];
            let projected = run(&[&export[..], &window].concat());
            assert_sound(&name, &projected, Frame::EastingFirst);
        }
        for clocks in [&[][..], &["--datetime", "2003-12-31"], &["--known-at", "2012-01-01"]] {
            let near = ["near", "71.05,40.19", "--radius", "200km", "--format", "geojson"];
            assert_sound("near", &run(&[&near[..], clocks].concat()), Frame::Degrees);
        }
    }
}

/// A reader that finds no fault in anything would make all of the above pass.
#[test]
fn the_reader_finds_what_is_wrong() {
    let geometry = |kind: &str, coordinates: &str| {
        format!(r#"{{"type":"{kind}","coordinates":{coordinates}}}"#)
    };
    let feature = |more: &str| format!(r#"{{"type":"Feature","properties":null{more}}}"#);
    let ring = "[[0,0],[1,0],[1,1],[0,0]]";
    let hole = "[[0.5,0.1],[0.6,0.2],[0.6,0.1],[0.5,0.1]]";
    let sound = [
        geometry("Polygon", &format!("[{ring},{hole}]")),
        geometry("Point", "[180,-90,1]"),
        feature(r#","id":"a","geometry":null,"title":"foreign","bbox":[170,-1,-170,1]"#),
        r#"{"type":"FeatureCollection","features":[],"notice":{"crs":1}}"#.to_owned(),
    ];
    for text in &sound {
        assert_eq!(faults(text.as_bytes(), Frame::Degrees), Vec::<String>::new(), "{text}");
    }
    for (text, word) in [
        (r#"{"type":"Feature","type":"Feature"}"#.to_owned(), "twice"),
        (feature(r#","id":"a","geometry":null,"properties":{"a":{"b":1,"b":2}}"#), "twice"),
        ("\u{feff}{}".to_owned(), "not JSON"),
        ("[]".to_owned(), "`type`"),
        (r#"{"type":"Topology"}"#.to_owned(), "`type`"),
        (r#"{"type":"FeatureCollection"}"#.to_owned(), "no array"),
        (r#"{"type":"FeatureCollection","features":[{}]}"#.to_owned(), "no Feature"),
        (r#"{"type":"FeatureCollection","features":[],"properties":{}}"#.to_owned(), "not its own"),
        (r#"{"type":"FeatureCollection","features":[],"crs":null}"#.to_owned(), "`crs`"),
        (feature(r#","geometry":null"#), "`id`"),
        (feature(r#","id":7,"geometry":null"#), "`id`"),
        (feature(r#","id":"a""#), "`geometry`"),
        (feature(r#","id":"a","geometry":[]"#), "`geometry`"),
        (feature(r#","id":"a","geometry":null,"coordinates":[]"#), "not its own"),
        (feature(r#","id":"a","geometry":{"type":"Circle"}"#), "`type`"),
        (r#"{"type":"Feature","id":"a","geometry":null}"#.to_owned(), "`properties`"),
        (r#"{"type":"Feature","id":"a","geometry":null,"properties":[]}"#.to_owned(), "`properties`"),
        (geometry("Point", "[1]"), "no position"),
        (geometry("Point", "[1,2,3,4]"), "no position"),
        (geometry("Point", r#"["1",2]"#), "no position"),
        (geometry("Point", "[180.1,0]"), "outside"),
        (geometry("Point", "[40,90.1]"), "outside"),
        (geometry("MultiPoint", "[1,2]"), "no position"),
        (geometry("LineString", "[[1,2]]"), "fewer than two"),
        (geometry("LineString", "[[179,0],[-179,0]]"), "antimeridian"),
        (geometry("Polygon", "[]"), "without a ring"),
        (geometry("Polygon", "[[[0,0],[1,0],[0,0]]]"), "fewer than four"),
        (geometry("Polygon", "[[[0,0],[1,0],[1,1],[0,1]]]"), "not closed"),
        (geometry("Polygon", &format!("[{hole}]")), "winds"),
        (geometry("Polygon", &format!("[{ring},[[0.5,0.1],[0.6,0.1],[0.6,0.2],[0.5,0.1]]]")), "winds"),
        (geometry("MultiPolygon", &format!("[[{ring}],[{hole}]]")), "winds"),
        (r#"{"type":"GeometryCollection","geometries":[{"type":"GeometryCollection","geometries":[]}]}"#.to_owned(), "in a collection"),
        (r#"{"type":"GeometryCollection"}"#.to_owned(), "no array"),
        (r#"{"type":"Point","coordinates":[1,2],"bbox":[1,2,3]}"#.to_owned(), "`bbox`"),
        (r#"{"type":"Point","coordinates":[1,2],"bbox":[1,3,2,2]}"#.to_owned(), "`bbox`"),
        (r#"{"type":"Point","coordinates":[1,2],"properties":{}}"#.to_owned(), "not its own"),
    ] {
        let found = faults(text.as_bytes(), Frame::Degrees);
        assert!(found.iter().any(|fault| fault.contains(word)), "{text}: {found:?}");
    }
    let swapped = geometry("Polygon", &format!("[{ring}]"));
    assert_eq!(faults(swapped.as_bytes(), Frame::NorthingFirst).len(), 1, "left-handed");
    let (_, found) = faults_of_sequence(b"{}\n\x1e{}", Frame::Degrees);
    assert!(found[0].contains("separator") && found[1].contains("line feed"), "{found:?}");
}
