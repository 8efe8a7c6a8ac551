//! Formats over HTTP: chosen by `f` or `Accept`, whole without `limit`, with a
//! name to be saved under, and the bytes that an export writes; one feature in
//! each of them; and the whole atlas as a file.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod common;

use common::{Answer, Server, demarc, folder, link};
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

/// Name, media type, ending.
const FORMATS: [(&str, &str, &str); 5] = [
    ("geojsonseq", "application/geo+json-seq", "geojsons"),
    ("csv", "text/csv; charset=utf-8", "csv"),
    ("kml", "application/vnd.google-earth.kml+xml", "kml"),
    ("fgb", "application/vnd.flatgeobuf", "fgb"),
    ("gpkg", "application/geopackage+sqlite3", "gpkg"),
];

#[test]
fn a_download_is_whole_and_has_a_name() {
    let server = Server::of_valley();
    // More than a page of GeoJSON holds.
    let path = "/collections/settlements/items";
    for (name, kind, ending) in FORMATS {
        let answer = server.get(&format!("{path}?f={name}"));
        assert_eq!(answer.status, 200, "{name}: {}", answer.text());
        assert_eq!(answer.header("content-type"), Some(kind));
        let file = format!("attachment; filename=\"settlements.{ending}\"");
        assert_eq!(answer.header("content-disposition"), Some(file.as_str()));
        let exported = demarc(&["export", "settlements", "--format", name]).stdout;
        assert!(answer.body == exported, "{name} differs from the export");
        let by_type = server.request("GET", path, &[("Accept", kind)]);
        assert_eq!(by_type.header("content-type"), Some(kind), "Accept: {kind}");
        assert_eq!(by_type.body.len(), answer.body.len());
    }
    let page = server.json(path);
    assert_eq!(page["numberReturned"], 100);
}

/// A browser takes the service's name before a link's own: a cut must not be saved as the whole.
#[test]
fn a_part_is_not_named_as_the_whole() {
    let server = Server::of_valley();
    let path = "/collections/reported-areas/items?f=csv";
    for more in ["&datetime=2003-12-31", "&known-at=2012-01-01", "&bbox=70,39,71,40", "&limit=3"] {
        let answer = server.get(&format!("{path}{more}"));
        assert_eq!(answer.status, 200, "{more}");
        assert_eq!(answer.header("content-disposition"), Some("attachment"), "{more}");
    }
    let package = server.get("/atlas.gpkg?datetime=2003-12-31");
    assert_eq!(package.header("content-disposition"), Some("attachment"));
}

#[test]
fn a_limited_download_leads_on_by_its_header() {
    let server = Server::of_valley();
    let answer = server.get("/collections/settlements/items?f=csv&limit=10");
    assert_eq!(answer.text().lines().count(), 11);
    let links = answer.header("link").expect("links");
    let next = links.split(", <").find(|link| link.contains("rel=\"next\"")).expect("a next link");
    let href = next.trim_start_matches('<').split_once('>').unwrap().0;
    let after = server.follow(href);
    assert_eq!(after.status, 200);
    assert_eq!(after.text().lines().count(), 11);
    assert_ne!(after.text().lines().nth(1), answer.text().lines().nth(1));
}

#[test]
fn kml_is_longitude_and_latitude_alone() {
    let server = Server::of_valley();
    let path = "/collections/enclaves/items?crs=http://www.opengis.net/def/crs/EPSG/0/32642";
    let refused = server.get(&format!("{path}&f=kml"));
    assert_eq!(refused.status, 400);
    assert_eq!(refused.json()["parameter"], "crs");
    let given = server.get(&format!("{path}&f=gpkg"));
    let crs = given.header("content-crs").unwrap();
    assert!(crs.contains("EPSG/0/32642"), "{crs}");
}

#[test]
fn geojson_lists_the_other_formats() {
    let server = Server::of_valley();
    let page = server.json("/collections/borders/items");
    let links = page["links"].as_array().unwrap();
    for (name, kind, _) in FORMATS {
        let link = links.iter().find(|link| link["rel"] == "alternate" && link["type"] == kind);
        let href = link.unwrap_or_else(|| panic!("{name}"))["href"].as_str().unwrap();
        assert_eq!(server.follow(href).status, 200, "{href}");
    }
    let refused = server.get("/collections/borders/items?f=dwg");
    assert_eq!(refused.status, 400);
    for (name, ..) in FORMATS {
        assert!(refused.text().contains(name), "{}", refused.text());
    }
}

/// The addresses in the `Link` header with a relation.
fn header_links(answer: &Answer, rel: &str) -> Vec<String> {
    let header = answer.header("link").expect("links in the header");
    let with = header.split(", <").filter(|link| link.contains(&format!("rel=\"{rel}\"")));
    with.map(|link| link.trim_start_matches('<').split_once('>').unwrap().0.to_owned()).collect()
}

#[test]
fn one_feature_is_to_be_had_in_every_format() {
    let server = Server::of_valley();
    for (collection, id) in
        [("reported-areas", "area-ak-turpak"), ("enclaves", "sokh"), ("settlements", "1514637")]
    {
        let path = format!("/collections/{collection}/items/{id}");
        let listed = server.json(&path);
        for (name, kind, ending) in FORMATS {
            let target = format!("{path}?f={name}");
            let answer = server.get(&target);
            assert_eq!(answer.status, 200, "{target}: {}", answer.text());
            assert_eq!(answer.header("content-type"), Some(kind), "{target}");
            let file = format!("attachment; filename=\"{collection}-{id}.{ending}\"");
            assert_eq!(answer.header("content-disposition"), Some(file.as_str()));
            // The same bytes as of a collection that holds this feature alone.
            let filter = format!("id='{id}'");
            let exported = demarc(&["export", collection, "--filter", &filter, "--format", name]);
            assert!(!exported.stdout.is_empty());
            assert!(answer.body == exported.stdout, "{target} differs from the export");
            let by_type = server.request("GET", &path, &[("Accept", kind)]);
            assert_eq!(by_type.body, answer.body, "Accept: {kind}");
            let links = listed["links"].as_array().unwrap();
            let link = links.iter().find(|l| l["rel"] == "alternate" && l["type"] == kind);
            let href = link.unwrap_or_else(|| panic!("{kind}"))["href"].as_str().unwrap();
            assert_eq!(server.follow(href).body, answer.body);
            // What a file has no place for is in the header.
            let this = header_links(&answer, "self").remove(0);
            assert!(this.ends_with(&target), "{this}");
            assert_eq!(header_links(&answer, "collection").len(), 1);
            assert_eq!(header_links(&answer, "alternate").len(), FORMATS.len() + 1);
            assert_eq!(header_links(&answer, "timemap").len(), 1);
        }
    }
}

#[test]
fn one_feature_in_a_format_is_of_the_time_and_system_asked_for() {
    let server = Server::of_valley();
    let path = "/collections/enclaves/items/barak";
    let old = server.get(&format!("{path}?f=csv&datetime=2024-01-01&properties=end,name"));
    assert!(old.text().contains("2024-04"), "{}", old.text());
    assert!(old.header("memento-datetime").is_some() || old.text().starts_with("id,"));
    let unknown = format!("{path}?f=csv&datetime=2019-01-01&known-at=2020-01-01");
    assert!(!server.get(&unknown).text().contains("2024-04"));
    for (name, ..) in FORMATS {
        let gone = server.get(&format!("{path}?f={name}&datetime=2025-01-01"));
        assert_eq!(gone.status, 410, "{name}");
        assert_eq!(gone.header("content-type"), Some("application/problem+json"));
    }
    let utm = "crs=http://www.opengis.net/def/crs/EPSG/0/32642";
    let sokh = "/collections/enclaves/items/sokh";
    let refused = server.get(&format!("{sokh}?f=kml&{utm}"));
    assert_eq!((refused.status, &refused.json()["parameter"]), (400, &Value::from("crs")));
    let given = server.get(&format!("{sokh}?f=csv&{utm}"));
    assert!(given.text().contains("EPSG:32642"), "{}", given.text());
    assert!(given.header("content-crs").unwrap().contains("32642"));
    let refused = server.get(&format!("{sokh}?f=dwg"));
    assert_eq!((refused.status, &refused.json()["parameter"]), (400, &Value::from("f")));
    let page = server.get(&format!("{sokh}?f=html"));
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.text().contains("f=gpkg"), "a page leads to the files");
}

/// An id may hold any signs; a file's name may not, and a header neither.
#[test]
fn a_download_of_an_awkward_id_has_a_name_all_the_same() {
    let dir = folder::small();
    let feature = r#"{"type":"Feature","id":"a \"b\"/ё","geometry":null,"properties":{"n":1}}"#;
    folder::write(dir.path(), "walks.geojsonl", feature);
    let server = Server::start(dir.path(), &[]);
    let answer = server.get("/collections/walks/items/a%20%22b%22%2F%D1%91?f=csv");
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(
        answer.header("content-disposition"),
        Some(
            "attachment; filename=\"walks-a__b___.csv\"; \
             filename*=UTF-8''walks%2Da%20%22b%22%2F%D1%91.csv"
        )
    );
}

#[test]
fn the_whole_atlas_is_one_file_that_the_landing_page_leads_to() {
    let server = Server::of_valley();
    let kind = "application/geopackage+sqlite3";
    for from in ["/", "/collections"] {
        let page = server.json(from);
        let links = page["links"].as_array().unwrap();
        let one = links.iter().find(|link| link["rel"] == "enclosure").expect("a link to it");
        assert_eq!(one["type"], kind, "{from}");
        assert!(link(&page["links"], "enclosure").unwrap().ends_with("/atlas.gpkg"));
    }
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("atlas.gpkg");
    let utm = "http://www.opengis.net/def/crs/EPSG/0/32643";
    for (query, args) in [
        ("", &[][..]),
        (
            "?datetime=2003-12-31&known-at=2012-01-01",
            &["--datetime", "2003-12-31", "--known-at", "2012-01-01"][..],
        ),
        (
            &format!("?bbox=71,40,71.5,40.4&crs={utm}&datetime=2010-01-01"),
            &["--bbox", "71,40,71.5,40.4", "--crs", "EPSG:32643", "--datetime", "2010-01-01"],
        ),
    ] {
        let answer = server.get(&format!("/atlas.gpkg{query}"));
        let args =
            [&["export", "--all", "--format", "gpkg", "-o", file.to_str().unwrap()], args].concat();
        assert_eq!(answer.status, 200, "{query}");
        assert_eq!(answer.header("content-type"), Some(kind));
        let whole = "attachment; filename=\"atlas.gpkg\"";
        let name = if query.is_empty() { whole } else { "attachment" };
        assert_eq!(answer.header("content-disposition"), Some(name), "{query}");
        assert!(answer.header("etag").is_some());
        assert!(demarc(&args).status.success());
        assert!(answer.body == std::fs::read(&file).unwrap(), "{query} differs from the export");
        std::fs::write(&file, &answer.body).unwrap();
        let db = Connection::open(&file).unwrap();
        let sound: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok");
        let claims: u32 =
            db.query_row("SELECT count(*) FROM claims", [], |row| row.get(0)).unwrap();
        assert!(claims > 0);
    }
    for (query, parameter) in
        [("?limit=1", "limit"), ("?bbox=1,2", "bbox"), ("?datetime=x", "datetime")]
    {
        let refused = server.get(&format!("/atlas.gpkg{query}"));
        assert_eq!((refused.status, &refused.json()["parameter"]), (400, &Value::from(parameter)));
    }
    let small = folder::small();
    let refused = Server::start(small.path(), &[]).get(&format!("/atlas.gpkg?crs={utm}"));
    assert_eq!((refused.status, &refused.json()["parameter"]), (400, &Value::from("crs")));
    let refused = server.request("GET", "/atlas.gpkg", &[("Accept", "application/json")]);
    assert_eq!(refused.status, 406);
    let head = server.request("HEAD", "/atlas.gpkg", &[]);
    assert_eq!((head.status, head.header("content-type")), (200, Some(kind)));
}
