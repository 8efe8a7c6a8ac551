//! The tile matrix sets: one, `WebMercatorQuad` (OGC 17-083r4, annex D.1).

use std::f64::consts::PI;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use serde_json::{Value, json};

use super::known_set;
use crate::http::ask::{Ask, JSON, json_answer};
use crate::http::collections::bad_path;
use crate::http::problem::Problem;
use crate::query::Crs;
use crate::query::tile::DEEPEST_ZOOM;

/// The id of the grid.
pub const ID: &str = "WebMercatorQuad";
/// Its URI.
pub const URI: &str = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
/// The relation of a link to a grid.
pub const SCHEME: &str = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme";

/// Equatorial radius of WGS 84, metres.
const RADIUS: f64 = 6_378_137.;
/// A standardized pixel, metres.
const PIXEL: f64 = 0.000_28;
/// Pixels along the edge of a tile, as the standard's denominators take it.
const EDGE: u32 = 256;

/// `/tileMatrixSets`
pub(in crate::http) async fn all(ask: Ask) -> Result<Response, Problem> {
    ask.finish(JSON)?;
    Ok(json_answer(&json!({
        "links": [ask.this(JSON, "Tile matrix sets"), ask.alternate(JSON)],
        "tileMatrixSets": [{
            "id": ID,
            "title": TITLE,
            "uri": URI,
            "crs": Crs::WebMercator.uri(),
            "links": [ask.link("self", JSON, TITLE, &path())],
        }],
    })))
}

const TITLE: &str = "Google Maps Compatible for the World";

/// `/tileMatrixSets/{tileMatrixSetId}`
pub(in crate::http) async fn one(
    path: Result<Path<String>, PathRejection>,
    ask: Ask,
) -> Result<Response, Problem> {
    let Path(set) = path.map_err(|rejection| bad_path(&rejection))?;
    known_set(&set)?;
    ask.finish(JSON)?;
    Ok(json_answer(&json!({
        "id": ID,
        "title": TITLE,
        "uri": URI,
        "crs": Crs::WebMercator.uri(),
        "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": (0..=DEEPEST_ZOOM).map(matrix).collect::<Vec<_>>(),
        "links": [ask.this(JSON, TITLE), ask.alternate(JSON)],
    })))
}

/// The path of the grid.
#[must_use]
pub fn path() -> String {
    format!("/tileMatrixSets/{ID}")
}

fn matrix(zoom: u8) -> Value {
    let tiles = 1_u32 << zoom;
    let cell = 2. * PI * RADIUS / (f64::from(EDGE) * f64::from(tiles));
    json!({
        "id": zoom.to_string(),
        "scaleDenominator": cell / PIXEL,
        "cellSize": cell,
        "cornerOfOrigin": "topLeft",
        "pointOfOrigin": [-PI * RADIUS, PI * RADIUS],
        "tileWidth": EDGE,
        "tileHeight": EDGE,
        "matrixWidth": tiles,
        "matrixHeight": tiles,
    })
}
