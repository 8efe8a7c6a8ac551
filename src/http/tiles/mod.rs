//! Vector tiles (OGC 20-057): a collection's, and several collections' in one.
//! What describes them stands in [`sets`], the grid in [`grid`].

pub mod grid;
pub mod sets;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::ask::{Ask, answer};
use super::collections::bad_path;
use super::items::selected;
use super::narrow;
use super::problem::Problem;
use crate::atlas::{Atlas, Day, Layer, LayerKind};
use crate::format::mvt::{self, MVT, Tiled};
use crate::format::shown::Shown;
use crate::query::tile::{DEEPEST_ZOOM, Tile};
use crate::query::{Page, Query, Stopped, run, values};

/// The deepest zoom that tiles are described for: clients draw deeper ones from
/// these, which have every detail.
pub const DEEPEST_DESCRIBED: u8 = mvt::FULL_DETAIL_ZOOM;

/// Collection, grid, zoom, row and column.
type OfCollection = (String, String, String, String, String);
/// Grid, zoom, row and column.
type OfAtlas = (String, String, String, String);

/// `/collections/{collection}/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}`
pub(super) async fn of_collection(
    path: Result<Path<OfCollection>, PathRejection>,
    ask: Ask,
) -> Result<Response, Problem> {
    let Path((collection, set, zoom, row, column)) =
        path.map_err(|rejection| bad_path(&rejection))?;
    let layer = ask.layer(&collection)?;
    let tile = tile(&set, [&zoom, &row, &column])?;
    let query = Query { filter: narrow::filter(&ask, layer)?, ..question(&ask, tile)? };
    let properties = selected(&ask, layer)?;
    let queries = [(layer, query)];
    drawn(&ask, tile, &queries, properties.as_deref())
}

/// `/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}`
pub(super) async fn of_atlas(
    path: Result<Path<OfAtlas>, PathRejection>,
    ask: Ask,
) -> Result<Response, Problem> {
    let Path((set, zoom, row, column)) = path.map_err(|rejection| bad_path(&rejection))?;
    let tile = tile(&set, [&zoom, &row, &column])?;
    let query = question(&ask, tile)?;
    let layers = layers(&ask)?.into_iter();
    let queries: Vec<_> = layers.map(|layer| (layer, query.clone())).collect();
    drawn(&ask, tile, &queries, None)
}

/// The collections of a tile: those that `collections` names, else all that the
/// atlas was made of. Claims and events lie where the areas do that they speak of.
fn layers(ask: &Ask) -> Result<Vec<&Layer>, Problem> {
    let layers = ask.layers_named(|kind| !matches!(kind, LayerKind::Claims | LayerKind::Events))?;
    Ok(layers.into_iter().map(|layer| &**layer).collect())
}

fn question(ask: &Ask, tile: Tile) -> Result<Query, Problem> {
    Ok(Query {
        bbox: Some(tile.bbox()),
        when: ask.params.when()?,
        known_at: ask.params.known_at()?,
        stop: ask.stop().clone(),
        ..Query::default()
    })
}

/// Refuses a grid that is not served.
fn known_set(set: &str) -> Result<(), Problem> {
    if set == grid::ID {
        return Ok(());
    }
    let shown = values::shown(set);
    Err(Problem::not_found(format!("there is no tile matrix set `{shown}`; there is {}", grid::ID)))
}

/// The tile at a zoom, row and column of a grid.
fn tile(set: &str, [zoom, row, column]: [&str; 3]) -> Result<Tile, Problem> {
    known_set(set)?;
    let number = |name: &str, text: &str| -> Result<u32, Problem> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok()).flatten().ok_or_else(|| {
            Problem::bad_request(format!(
                "the {name} of a tile is a whole number, not `{}`",
                values::shown(text)
            ))
        })
    };
    let (zoom, row, column) =
        (number("zoom", zoom)?, number("row", row)?, number("column", column)?);
    let tile = u8::try_from(zoom).ok().and_then(|zoom| Tile::new(zoom, row, column));
    tile.ok_or_else(|| {
        Problem::not_found(format!(
            "{} has no tile {zoom}/{row}/{column} (zoom, row, column) here; zooms go from 0 to \
             {DEEPEST_ZOOM}, rows and columns from 0 to 2^zoom - 1",
            grid::ID
        ))
    })
}

/// Draws a tile. 204 where nothing lies there.
fn drawn(
    ask: &Ask,
    tile: Tile,
    queries: &[(&Layer, Query)],
    properties: Option<&[String]>,
) -> Result<Response, Problem> {
    ask.finish_in(&["mvt"], &[MVT])?;
    let bytes = draw(&ask.atlas, ask.today, tile, queries, properties)?;
    Ok(if bytes.is_empty() { StatusCode::NO_CONTENT.into_response() } else { answer(MVT, bytes) })
}

/// Whether what a filter asks of a layer may change with the day.
fn is_by_status(layer: &Layer) -> bool {
    layer.info.kind == LayerKind::ReportedArea
}

fn draw(
    atlas: &Atlas,
    today: Day,
    tile: Tile,
    queries: &[(&Layer, Query)],
    properties: Option<&[String]>,
) -> Result<Vec<u8>, Stopped> {
    let mut found: Vec<(&Layer, &Query, Page)> = Vec::with_capacity(queries.len());
    for (layer, query) in queries {
        let page = if is_by_status(layer) {
            run(atlas, layer, &Query { filter: None, ..query.clone() }, today)
        } else {
            run(atlas, layer, query, today)
        };
        found.push((layer, query, page?));
    }
    let layers: Vec<Tiled<'_>> = found
        .iter()
        .map(|(layer, query, page)| Tiled {
            shown: Shown {
                properties,
                stop: Some(&query.stop),
                ..Shown::new(atlas, layer, query, today)
            },
            hits: &page.hits,
            filter: query.filter.as_ref().filter(|_| is_by_status(layer)),
        })
        .collect();
    let bytes = mvt::write(tile, &layers);
    // A tile that was broken off lacks what lies there.
    queries.iter().try_for_each(|(_, query)| query.stop.check())?;
    Ok(bytes)
}
