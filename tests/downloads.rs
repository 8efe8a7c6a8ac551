//! Formats over HTTP: chosen by `f` or `Accept`, whole without `limit`, with a
//! name to be saved under, and the bytes that an export writes.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test fails by panicking.

mod common;

use common::{Server, demarc};

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
