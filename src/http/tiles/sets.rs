//! What tile sets there are, what is in them, and where their tiles are: as OGC
//! API Tiles describes them, and as `TileJSON` 3.0.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::{DEEPEST_DESCRIBED, grid, known_set, layers};
use crate::atlas::Layer;
use crate::atlas::schema::PropertyType;
use crate::format::geojson::Members;
use crate::format::mvt::{END, MVT, START};
use crate::format::table::{self, ID, Shape};
use crate::format::{Answer, shown::Shown};
use crate::http::ask::{Ask, JSON, json_answer};
use crate::http::collections::bad_path;
use crate::http::items::selected;
use crate::http::link::Link;
use crate::http::narrow;
use crate::http::params::encoded;
use crate::http::problem::Problem;
use crate::query::{Crs, NO_HITS, Query};

/// The relation of a link to sets of vector tiles.
pub const TILESETS: &str = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector";

type Named = Result<Path<String>, PathRejection>;
type Pair = Result<Path<(String, String)>, PathRejection>;

/// `/tiles`
pub(in crate::http) async fn of_atlas(ask: Ask) -> Result<Response, Problem> {
    ask.finish(JSON)?;
    Ok(list(&ask, &ask.atlas.about.title, ""))
}

/// `/collections/{collection}/tiles`
pub(in crate::http) async fn of_collection(path: Named, ask: Ask) -> Result<Response, Problem> {
    let Path(collection) = path.map_err(|rejection| bad_path(&rejection))?;
    let layer = ask.layer(&collection)?;
    ask.finish(JSON)?;
    Ok(list(&ask, &layer.info.title, &path_of(layer)))
}

fn list(ask: &Ask, title: &str, owner: &str) -> Response {
    let set = format!("{owner}/tiles/{}", grid::ID);
    json_answer(&json!({
        "notice": ask.atlas.about.notice,
        "links": [ask.this(JSON, "Tile sets"), ask.alternate(JSON)],
        "tilesets": [{
            "title": title,
            "dataType": "vector",
            "crs": Crs::WebMercator.uri(),
            "tileMatrixSetURI": grid::URI,
            "links": [
                ask.link("self", JSON, title.to_owned(), &set),
                ask.link(grid::SCHEME, JSON, grid::ID, &grid::path()),
                template(ask, &set),
            ],
        }],
    }))
}

/// `/tiles/{tileMatrixSetId}`
pub(in crate::http) async fn set_of_atlas(path: Named, ask: Ask) -> Result<Response, Problem> {
    let Path(set) = path.map_err(|rejection| bad_path(&rejection))?;
    known_set(&set)?;
    let layers = layers(&ask)?;
    ask.finish(JSON)?;
    Ok(described(&ask, &ask.atlas.about.title, &layers))
}

/// `/collections/{collection}/tiles/{tileMatrixSetId}`
pub(in crate::http) async fn set_of_collection(path: Pair, ask: Ask) -> Result<Response, Problem> {
    let Path((collection, set)) = path.map_err(|rejection| bad_path(&rejection))?;
    let layer = ask.layer(&collection)?;
    known_set(&set)?;
    ask.finish(JSON)?;
    Ok(described(&ask, &layer.info.title, &[layer]))
}

fn described(ask: &Ask, title: &str, layers: &[&Layer]) -> Response {
    let here = ask.path();
    let [west, south, east, north] = bounds(ask, layers);
    let corner = |x: f64, y: f64| json!([x, y]);
    let layers: Vec<Value> = layers
        .iter()
        .map(|layer| {
            let mut described = json!({
                "id": layer.info.id,
                "title": layer.info.title,
                "description": layer.info.description,
                "dataType": "vector",
                "propertiesSchema": { "type": "object", "properties": properties(ask, layer, None) },
                "links": [ask.link("collection", JSON, layer.info.title.clone(), &path_of(layer))],
            });
            if let Some(attribution) = &layer.info.attribution {
                described["attribution"] = json!(attribution);
            }
            if let Some(dimension) = dimension(layer) {
                described["geometryDimension"] = json!(dimension);
            }
            described
        })
        .collect();
    json_answer(&json!({
        "title": title,
        "description": ask.atlas.about.notice,
        "dataType": "vector",
        "crs": Crs::WebMercator.uri(),
        "tileMatrixSetURI": grid::URI,
        "boundingBox": {
            "crs": Crs::Crs84.uri(),
            "lowerLeft": corner(west, south),
            "upperRight": corner(east, north),
        },
        "layers": layers,
        "links": [
            ask.this(JSON, title.to_owned()),
            ask.alternate(JSON),
            ask.link(grid::SCHEME, JSON, grid::ID, &grid::path()),
            ask.link("describedby", JSON, "TileJSON", &format!("{here}/tilejson.json")),
            template(ask, here),
        ],
    }))
}

/// `/tiles/{tileMatrixSetId}/tilejson.json`
pub(in crate::http) async fn tilejson_of_atlas(path: Named, ask: Ask) -> Result<Response, Problem> {
    let Path(set) = path.map_err(|rejection| bad_path(&rejection))?;
    known_set(&set)?;
    let layers = layers(&ask)?;
    clocks(&ask)?;
    ask.finish(JSON)?;
    Ok(tilejson(&ask, &ask.atlas.about.title, &layers, None))
}

/// `/collections/{collection}/tiles/{tileMatrixSetId}/tilejson.json`
pub(in crate::http) async fn tilejson_of_collection(
    path: Pair,
    ask: Ask,
) -> Result<Response, Problem> {
    let Path((collection, set)) = path.map_err(|rejection| bad_path(&rejection))?;
    let layer = ask.layer(&collection)?;
    known_set(&set)?;
    clocks(&ask)?;
    narrow::filter(&ask, layer)?;
    let wanted = selected(&ask, layer)?;
    ask.finish(JSON)?;
    Ok(tilejson(&ask, &layer.info.title, &[layer], wanted.as_deref()))
}

/// Refuses clocks that tiles would refuse.
fn clocks(ask: &Ask) -> Result<(), Problem> {
    ask.params.when()?;
    ask.params.known_at()?;
    Ok(())
}

/// A `TileJSON`. What narrows it narrows the tiles that it leads to.
fn tilejson(ask: &Ask, title: &str, layers: &[&Layer], wanted: Option<&[String]>) -> Response {
    let about = &ask.atlas.about;
    let here = ask.path().trim_end_matches("/tilejson.json");
    let tiles = ask.href(&narrowed(ask, format!("{here}/{{z}}/{{y}}/{{x}}")));
    let mut attributions: Vec<&str> =
        layers.iter().filter_map(|layer| layer.info.attribution.as_deref()).collect();
    attributions.dedup();
    // Clients show the attribution on the map, and nothing else of this.
    attributions.push(&about.notice);
    let described: Vec<Value> = layers
        .iter()
        .map(|layer| {
            let fields: Map<String, Value> = properties(ask, layer, wanted)
                .into_iter()
                .map(|(name, schema)| {
                    let kind = match schema["type"].as_str() {
                        Some("number" | "integer") => "Number",
                        Some("boolean") => "Boolean",
                        _ => "String",
                    };
                    (name, json!(kind))
                })
                .collect();
            json!({
                "id": layer.info.id,
                "description": layer.info.description,
                "fields": fields,
            })
        })
        .collect();
    json_answer(&json!({
        "tilejson": "3.0.0",
        "name": title,
        "description": about.notice,
        "attribution": attributions.join(" | "),
        "tiles": [tiles],
        "minzoom": 0,
        "maxzoom": DEEPEST_DESCRIBED,
        "bounds": bounds(ask, layers),
        "vector_layers": described,
    }))
}

fn path_of(layer: &Layer) -> String {
    format!("/collections/{}", encoded(&layer.info.id))
}

/// The link to a set's tiles, narrowed by what narrows the set.
fn template(ask: &Ask, set: &str) -> Link {
    let path = narrowed(ask, format!("{set}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"));
    Link { templated: true, ..ask.link("item", MVT, "Tiles", &path) }
}

/// A path with the parameters of the request, but for the format.
fn narrowed(ask: &Ask, mut path: String) -> String {
    ask.params.write_with(&[("f", "")], &mut path);
    path
}

/// West, south, east, north of all layers, degrees; the atlas's window where
/// they hold nothing.
fn bounds(ask: &Ask, layers: &[&Layer]) -> [f64; 4] {
    let extents = layers.iter().filter_map(|layer| layer.extent);
    let whole = extents
        .map(|extent| [extent.min().x, extent.min().y, extent.max().x, extent.max().y])
        .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
    let window = ask.atlas.about.window;
    whole.unwrap_or([window.min().x, window.min().y, window.max().x, window.max().y])
}

/// Of points 0, of lines 1, of polygons 2; `None` for a mixture.
fn dimension(layer: &Layer) -> Option<u8> {
    match Shape::of(layer)? {
        Shape::Point | Shape::MultiPoint => Some(0),
        Shape::LineString | Shape::MultiLineString => Some(1),
        Shape::Polygon | Shape::MultiPolygon => Some(2),
        Shape::Any => None,
    }
}

/// The attributes that features of a layer carry in tiles, as JSON Schema; of its
/// properties only the `wanted`.
fn properties(ask: &Ask, layer: &Layer, wanted: Option<&[String]>) -> Map<String, Value> {
    let shown =
        Shown { properties: wanted, ..Shown::new(&ask.atlas, layer, &Query::default(), ask.today) };
    let answer = Answer { shown, hits: &NO_HITS, members: Members::default() };
    let clock = |text: &str| json!({ "type": "number", "title": text });
    let mut all = Map::new();
    all.insert(ID.to_owned(), json!({ "type": "string" }));
    all.insert(START.to_owned(), clock("From when it holds, decimal years"));
    all.insert(END.to_owned(), clock("From when it no longer holds, decimal years"));
    for column in table::columns(&answer, &[START, END]) {
        let kind = match column.kind {
            PropertyType::Integer => "integer",
            PropertyType::Number => "number",
            PropertyType::Boolean => "boolean",
            _ => "string",
        };
        all.insert(column.name, json!({ "type": kind }));
    }
    all
}
