//! `/health/live` and `/health/ready`, for whoever runs the service.

use axum::response::Response;
use serde_json::{Map, json};

use super::ask::{Ask, JSON, json_answer};
use super::problem::Problem;

/// `/health/live`: the process answers.
pub(super) async fn live(ask: Ask) -> Result<Response, Problem> {
    ask.finish(JSON)?;
    Ok(json_answer(&json!({ "status": "live", "version": env!("CARGO_PKG_VERSION") })))
}

/// `/health/ready`: a snapshot is served, and which.
pub(super) async fn ready(ask: Ask) -> Result<Response, Problem> {
    ask.finish(JSON)?;
    let atlas = &ask.atlas;
    let counts: Map<_, _> = atlas
        .layers
        .iter()
        .map(|layer| (layer.info.id.clone(), json!(layer.features.len())))
        .collect();
    Ok(json_answer(&json!({
        "status": "ready",
        "snapshot": atlas.version,
        "collections": counts,
        "sources": atlas.ledger.sources.len(),
        "places": atlas.places.places().len(),
    })))
}
