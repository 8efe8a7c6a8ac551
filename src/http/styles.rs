//! `/styles`: how the atlas looks, as a `MapLibre` style over its tiles (after the
//! draft of OGC API Styles, 20-009).

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use serde_json::json;

use super::ask::{Ask, JSON, answer, json_answer};
use super::collections::bad_path;
use super::problem::Problem;
use super::tiles::grid;
use crate::format::style::{STYLE, style};
use crate::query::{When, values};

/// The id of the one style.
pub(super) const ID: &str = "atlas";

/// `/styles`
pub(super) async fn all(ask: Ask) -> Result<Response, Problem> {
    ask.finish(JSON)?;
    let title = &ask.atlas.about.title;
    Ok(json_answer(&json!({
        "default": ID,
        "styles": [{
            "id": ID,
            "title": title,
            "links": [ask.link("stylesheet", STYLE, title.clone(), &format!("/styles/{ID}"))],
        }],
        "links": [ask.this(JSON, "Styles"), ask.alternate(JSON)],
    })))
}

/// `/styles/{styleId}`: as of `datetime` and `known-at`, which the tiles are asked
/// for too.
pub(super) async fn one(
    path: Result<Path<String>, PathRejection>,
    ask: Ask,
) -> Result<Response, Problem> {
    let Path(id) = path.map_err(|rejection| bad_path(&rejection))?;
    if id != ID {
        let shown = values::shown(&id);
        return Err(Problem::not_found(format!("there is no style `{shown}`; there is {ID}")));
    }
    if let When::During(days) = ask.params.when()?
        && (days.first.is_none() || days.first != days.last)
    {
        let detail = "is a run of days; a style shows one day, as datetime=2010-01-01";
        return Err(Problem::parameter("datetime", detail));
    }
    ask.params.known_at()?;
    ask.finish(STYLE)?;
    let mut tiles = ask.href(&format!("/tiles/{}/tilejson.json", grid::ID));
    ask.params.write_with(&[("f", "")], &mut tiles);
    let relief = ask.href("/relief/{z}/{x}/{y}.png");
    Ok(answer(STYLE, style(&ask.atlas, &tiles, &relief).to_string()))
}
