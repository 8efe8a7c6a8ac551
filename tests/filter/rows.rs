//! A small plain layer that has one row for each thing that filters must tell
//! apart, and the ways to ask it.

use cql2::Expr;
use demarc::atlas::{Atlas, Period};
use demarc::load::{Folder, load};
use demarc::query::filter::{Filter, Language, parse};
use demarc::query::{Crs, Query, When, run};
use tempfile::TempDir;

use crate::common::folder;

/// `n` whole numbers, `x` numbers, `day` days, `at` instants, `begins` and `ends`
/// days, `tags` lists; of `e` nothing is known but its name, of `f` not even that.
const ROWS: &str = r#"{"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[5,5]},"properties":{"name":"Ak-Turpak","other":"Ak-Turpak","n":1,"x":1.5,"flag":true,"day":"2020-01-01","at":"2020-01-01T10:00:00Z","begins":"2000-01-01","ends":"2009-12-31","tags":["red","blue"]}}
{"type":"Feature","id":"b","geometry":{"type":"LineString","coordinates":[[-5,5],[15,5]]},"properties":{"name":"ak-turpak","other":"Ak-Turpak","n":2,"x":-2.5,"flag":false,"day":"2020-06-15","at":"2020-06-15T00:00:00Z","begins":"2010-01-01","ends":"2019-12-31","tags":["red"]}}
{"type":"Feature","id":"c","geometry":{"type":"Polygon","coordinates":[[[0,0],[10,0],[10,10],[0,10],[0,0]]]},"properties":{"name":"Chișinău","other":"chisinau","n":3,"x":0,"flag":true,"day":"2021-12-31","at":"2021-12-31T23:59:59.5Z","begins":"2005-01-01","ends":null,"tags":[]}}
{"type":"Feature","id":"d","geometry":{"type":"Polygon","coordinates":[[[170,-5],[179,-5],[179,5],[170,5],[170,-5]]]},"properties":{"name":"100%_\\'","other":"100","n":4,"x":1000,"flag":false,"day":"1999-12-31","at":"1999-12-31T12:00:00+02:00","begins":null,"ends":"1999-12-31","tags":["green","blue","red"]}}
{"type":"Feature","id":"e","geometry":{"type":"MultiPoint","coordinates":[[-175,0],[175,0]]},"properties":{"name":"","n":null,"tags":null}}
{"type":"Feature","id":"f","geometry":null,"properties":{}}
"#;

const ATLAS: &str = r#"title = "Rows"
abstract = "One layer."
window = [-180.0, -90.0, 180.0, 90.0]
notice = "None."

[[layer]]
id = "rows"
file = "rows.geojsonl"
kind = "plain"
"#;

/// The folder of the layer.
pub fn dir() -> TempDir {
    folder_of(ROWS)
}

/// A folder of one plain layer `rows`.
pub fn folder_of(rows: &str) -> TempDir {
    let dir = TempDir::new().unwrap();
    folder::write(dir.path(), "atlas.toml", ATLAS);
    folder::write(dir.path(), "rows.geojsonl", rows);
    dir
}

pub fn atlas(dir: &TempDir) -> Atlas {
    load(&Folder::Dir(dir.path().into())).unwrap()
}

/// The ids of the rows that an expression matches, joined.
pub fn matches(atlas: &Atlas, expression: &Expr) -> Result<String, String> {
    let layer = atlas.layer("rows").unwrap();
    let filter =
        Filter::compile(expression, layer, Crs::default()).map_err(|error| error.to_string())?;
    let when = When::During(Period::ALWAYS);
    let query = Query { filter: Some(filter), when, ..Query::default() };
    let hits = run(atlas, layer, &query, "2026-01-01".parse().unwrap()).unwrap().hits;
    Ok(hits.iter().map(|hit| &*layer.feature(hit.row).id).collect())
}

/// The same of a text in CQL2 text.
pub fn ask(atlas: &Atlas, text: &str) -> Result<String, String> {
    let expression = parse(text, Language::Text).map_err(|error| error.to_string())?;
    matches(atlas, &expression)
}
