//! `/health/live`, `/health/ready` and `/metrics`, for whoever runs the service.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::app::{App, Outcome, Reload, Reloads};
use super::ask::{Ask, JSON, answer, json_answer};
use super::metrics::PROMETHEUS;
use super::problem::Problem;

/// `/health/live`: the process answers.
pub(super) async fn live(ask: Ask) -> Result<Response, Problem> {
    ask.finish(JSON)?;
    Ok(json_answer(&json!({ "status": "live", "version": env!("CARGO_PKG_VERSION") })))
}

/// `/health/ready`: a snapshot is served, and which; how the last attempt to take
/// a newer one went.
pub(super) async fn ready(State(app): State<Arc<App>>, ask: Ask) -> Result<Response, Problem> {
    ask.finish(JSON)?;
    let atlas = &ask.atlas;
    // When the folder changes is told to whoever may see all of it.
    let (told, all) = (ask.is_told(), ask.sees_all());
    let reload = told.then(|| reloads(&app.reloads(), all));
    let counts: Map<_, _> = atlas
        .layers
        .iter()
        .map(|layer| (layer.info.id.clone(), json!(layer.features.len())))
        .collect();
    let mut answer = json!({
        "status": "ready",
        "snapshot": atlas.version,
        "since": ask.since().to_string(),
        "collections": counts,
        "sources": atlas.ledger.sources.len(),
        "places": atlas.places.places().len(),
        "limits": app.limits.json(),
    });
    if let Some(reload) = reload {
        answer["reload"] = reload;
    }
    if let Some(fault) = app.certificate_fault().filter(|_| told) {
        answer["certificate"] = json!({ "error": if all { &fault } else { IN_THE_LOG } });
    }
    Ok(json_answer(&answer))
}

/// `/metrics`: what was counted, as Prometheus reads it. It shows when the folder
/// changes, so that it is for everyone only where all of the folder is.
pub(super) async fn metrics(State(app): State<Arc<App>>, ask: Ask) -> Result<Response, Problem> {
    ask.finish_in(&[], &[PROMETHEUS])?;
    if !ask.is_told() {
        return Err(Problem::for_tokens());
    }
    Ok(answer(PROMETHEUS, app.metrics.text()))
}

/// What the public is told of a failure that names files of the machine.
const IN_THE_LOG: &str = "why is in the log";

fn reloads(reloads: &Reloads, shows_all: bool) -> Value {
    let mut told = json!({
        "watching": reloads.watching,
        "lost": reloads.lost.as_ref().map(|why| if shows_all { why } else { IN_THE_LOG }),
        "done": reloads.done,
        "failed": reloads.failed,
    });
    if let Some(last) = &reloads.last {
        told["last"] = last_reload(last);
    }
    told
}

fn last_reload(Reload { at, outcome }: &Reload) -> Value {
    let mut told = json!({ "at": at.to_string(), "outcome": outcome.word() });
    if let Outcome::Failed(failure) = outcome {
        told["error"] = json!(format!(
            "the folder has {} fault(s); what is served is the snapshot before; mend them, \
             `demarc check` lists more",
            failure.count
        ));
        told["faults"] = json!(failure.first);
    }
    told
}
