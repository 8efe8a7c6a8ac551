//! `/atlas.gpkg`: the whole atlas with its ledger in one `GeoPackage`, as
//! `demarc export --all --format gpkg` writes it. The one answer that is of no
//! single collection, and a file under an address that can be handed on.

use std::sync::Arc;

use axum::response::Response;

use super::ask::{Ask, in_crs};
use super::items::window;
use super::link::Link;
use super::problem::Problem;
use super::stream::{How, written};
use crate::atlas::{Atlas, Day, Layer};
use crate::format::geojson::Members;
use crate::format::shown::Shown;
use crate::format::{Answer, Format, gpkg};
use crate::query::{Crs, Hits, Query, run};

/// Its address.
pub const PATH: &str = "/atlas.gpkg";

/// What was found in each layer, in their order.
type Found = Vec<(Query, Hits)>;

/// `/atlas.gpkg`
pub(super) async fn package(ask: Ask) -> Result<Response, Problem> {
    let when = ask.params.when()?;
    let known_at = ask.params.known_at()?;
    let crs = ask.crs()?;
    let mut queries = Vec::with_capacity(ask.atlas.layers.len());
    for layer in &ask.atlas.layers {
        let window = window(&ask, layer)?;
        queries.push(Query {
            bbox: window.as_ref().map(|window| window.bbox),
            outline: window.and_then(|window| window.outline),
            when,
            known_at,
            stop: ask.stop().clone(),
            ..Query::default()
        });
    }
    ask.finish_as(Format::GeoPackage.media_type())?;

    let (atlas, today) = (Arc::clone(&ask.atlas), ask.today);
    let mut found = Found::with_capacity(queries.len());
    for (query, layer) in queries.into_iter().zip(&atlas.layers) {
        let hits = run(&atlas, layer, &query, today)?.hits;
        found.push((query, hits));
    }
    let whole = answers(&atlas, &found, crs, today);
    let shown: Vec<_> = whole.iter().map(|answer| (&answer.shown, answer.hits)).collect();
    for (shown, hits) in &shown {
        shown.fits(hits.iter()).map_err(|detail| Problem::parameter("crs", detail))?;
    }
    let mut held = Format::GeoPackage.holds(&shown);
    held.disk += gpkg::bytes_of_ledger(&atlas.ledger);
    drop(whole);
    let name = ask.file_name("atlas");
    let response = written(Format::GeoPackage, name, How::AsTaken(held), move |out| {
        gpkg::write_all(&atlas, &answers(&atlas, &found, crs, today), known_at, out)
    })?;
    Ok(in_crs(Format::GeoPackage.order(crs), response))
}

fn answers<'a>(atlas: &'a Atlas, found: &'a Found, crs: Crs, today: Day) -> Vec<Answer<'a>> {
    let answer = |((query, hits), layer): (&'a (Query, Hits), &'a Arc<Layer>)| Answer {
        shown: Shown { crs, stop: Some(&query.stop), ..Shown::new(atlas, layer, query, today) },
        hits,
        members: Members::default(),
    };
    found.iter().zip(&atlas.layers).map(answer).collect()
}

/// A link to the whole atlas as a file.
pub fn link(ask: &Ask) -> Link {
    let title = format!("{}, whole, with its ledger", ask.atlas.about.title);
    ask.link("enclosure", Format::GeoPackage.media_type(), title, PATH)
}
