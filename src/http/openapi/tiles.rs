//! The operations of tiles and styles. Ids end as OGC 20-057, 19 asks.

use serde_json::json;

use super::{Operation, schema};
use crate::format::mvt::MVT;
use crate::format::style::STYLE;
use crate::http::ask::JSON;

/// The operation of a route; `None` for one of another kind.
pub fn operation(route: &str) -> Option<Operation> {
    Some(match route {
        "/collections/{collection}/tiles" => described(
            "tiles.collection.vector.getTileSetsList",
            "The tile sets of a collection",
            "tilesets",
        )
        .with(&["collection"])
        .refused(&[404]),
        "/collections/{collection}/tiles/{tileMatrixSetId}" => {
            described("tiles.collection.vector.getTileSet", "A tile set of a collection", "tileset")
                .with(&["collection", "tileMatrixSetId"])
                .refused(&[404])
        }
        "/collections/{collection}/tiles/{tileMatrixSetId}/tilejson.json" => {
            described("tilejsonOfCollection", "A tile set of a collection as TileJSON", "tilejson")
                .with(&["collection", "tileMatrixSetId", "datetime", "known-at"])
                .with(&["filter", "filter-lang", "filter-crs"])
                .refused(&[404])
        }
        "/collections/{collection}/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}" => {
            tile("tiles.collection.vector.getTile", "A vector tile of a collection").with(&[
                "collection",
                "filter",
                "filter-lang",
                "filter-crs",
            ])
        }
        "/tiles" => described(
            "tiles.dataset.vector.getTileSetsList",
            "The tile sets of the atlas",
            "tilesets",
        ),
        "/tiles/{tileMatrixSetId}" => {
            described("tiles.dataset.vector.getTileSet", "A tile set of the atlas", "tileset")
                .with(&["tileMatrixSetId", "collections-of-tiles"])
                .refused(&[404])
        }
        "/tiles/{tileMatrixSetId}/tilejson.json" => {
            described("tilejson", "A tile set of the atlas as TileJSON", "tilejson")
                .with(&["tileMatrixSetId", "collections-of-tiles", "datetime", "known-at"])
                .refused(&[404])
        }
        "/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}" => {
            tile("tiles.dataset.vector.getTile", "A vector tile of several collections")
                .with(&["collections-of-tiles"])
        }
        "/tileMatrixSets" => {
            described("tileMatrixSets", "The grids that tiles lie in", "tileMatrixSets")
        }
        "/tileMatrixSets/{tileMatrixSetId}" => {
            described("tileMatrixSet", "A grid that tiles lie in", "tileMatrixSet")
                .with(&["tileMatrixSetId"])
                .refused(&[404])
        }
        "/styles" => described("styles", "The styles", "styles"),
        "/styles/{styleId}" => {
            Operation::new("Data", "style", "A style for vector tiles", STYLE, schema("style"))
                .text("A MapLibre style, as of `datetime` and `known-at`.")
                .with(&["styleId", "f", "day", "known-at"])
                .refused(&[404])
        }
        _ => return None,
    })
}

/// What describes tiles.
fn described(id: &str, summary: &str, body: &str) -> Operation {
    Operation::new("Data", id, summary, JSON, schema(body)).with(&["f"])
}

/// A tile.
fn tile(id: &str, summary: &str) -> Operation {
    let body = json!({ "type": "string", "format": "binary" });
    let mut tile = Operation::new("Data", id, summary, MVT, body.clone());
    tile.content = vec![(MVT, body)];
    tile.may_be_empty = true;
    tile.text(
        "Without `datetime` as items have it: of borders, territories, enclaves and reported \
         areas what holds today. `datetime=../..` gives all times, each feature with its `start` \
         and `end` in decimal years.",
    )
    .with(&["tileMatrixSetId", "tileMatrix", "tileRow", "tileCol", "f-tile"])
    .with(&["datetime", "known-at"])
    .refused(&[404])
}
