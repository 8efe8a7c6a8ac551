//! `/sources`, `/actors`, `/indicators`, `/contradictions`: the rest of the
//! ledger as it stands.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use serde::Serialize;
use serde_json::json;

use super::ask::{Ask, JSON, json_answer};
use super::collections::bad_path;
use super::problem::Problem;
use crate::format::given;
use crate::query::values;

fn list<T: Serialize>(ask: &Ask, name: &str, records: &[T]) -> Result<Response, Problem> {
    ask.finish(JSON)?;
    Ok(json_answer(&json!({
        "notice": ask.atlas.about.notice,
        "numberReturned": records.len(),
        name: given(records),
    })))
}

/// `/sources`
pub(super) async fn sources(ask: Ask) -> Result<Response, Problem> {
    list(&ask, "sources", &ask.atlas.ledger.sources)
}

/// `/sources/{id}`
pub(super) async fn source(
    path: Result<Path<String>, PathRejection>,
    ask: Ask,
) -> Result<Response, Problem> {
    let Path(id) = path.map_err(|rejection| bad_path(&rejection))?;
    ask.finish(JSON)?;
    let source = ask.atlas.ledger.source(&id).ok_or_else(|| {
        Problem::not_found(format!(
            "there is no source `{}`; /sources lists them",
            values::shown(&id)
        ))
    })?;
    Ok(json_answer(&given(source)))
}

/// `/actors`
pub(super) async fn actors(ask: Ask) -> Result<Response, Problem> {
    list(&ask, "actors", &ask.atlas.ledger.actors)
}

/// `/indicators`
pub(super) async fn indicators(ask: Ask) -> Result<Response, Problem> {
    list(&ask, "indicators", &ask.atlas.ledger.indicators)
}

/// `/contradictions`
pub(super) async fn contradictions(ask: Ask) -> Result<Response, Problem> {
    list(&ask, "contradictions", &ask.atlas.ledger.contradictions)
}
