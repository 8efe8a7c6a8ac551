//! `/timeline`, and the timeline of one feature.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;

use super::ask::{Ask, JSON, json_answer, name_problem};
use super::collections::bad_path;
use super::problem::Problem;
use crate::atlas::Atlas;
use crate::atlas::ledger::FeatureRef;
use crate::atlas::vocabulary::EVENT_KINDS;
use crate::format::timeline::Timeline;
use crate::query::{
    Bbox, Crs, TimelineQuestion, find_feature, find_window, timeline as ask_timeline, unlocated,
    values,
};

/// `/timeline`
pub(super) async fn timeline(ask: Ask) -> Result<Response, Problem> {
    let feature = ask
        .params
        .text("feature")
        .map(|text| find_feature(&ask.atlas, text).map_err(|error| name_problem("feature", error)))
        .transpose()?;
    let question = TimelineQuestion { near: ask.circle()?, ..question(&ask, feature)? };
    ask.finish(JSON)?;
    answered(&ask, &question)
}

/// `/collections/{collection}/items/{id}/timeline`
pub(super) async fn of_item(
    path: Result<Path<(String, String)>, PathRejection>,
    ask: Ask,
) -> Result<Response, Problem> {
    let Path((collection, id)) = path.map_err(|rejection| bad_path(&rejection))?;
    let layer = ask.layer(&collection)?;
    if layer.versions(&id).is_empty() {
        return Err(Problem::not_found(format!(
            "there is no `{}` in `{}`",
            values::shown(&id),
            layer.info.id
        )));
    }
    let feature = FeatureRef { layer: layer.info.id.clone(), id };
    let question = question(&ask, Some(feature))?;
    ask.finish(JSON)?;
    answered(&ask, &question)
}

fn answered(ask: &Ask, question: &TimelineQuestion) -> Result<Response, Problem> {
    let timeline = Timeline {
        atlas: &ask.atlas,
        entries: &ask_timeline(&ask.atlas, question, ask.today)?,
        unlocated: &unlocated(&ask.atlas, question, ask.today)?,
        known_at: question.known_at,
    };
    Ok(json_answer(&timeline.json()))
}

fn question(ask: &Ask, feature: Option<FeatureRef>) -> Result<TimelineQuestion, Problem> {
    Ok(TimelineQuestion {
        feature,
        near: None,
        bbox: ask.params.read("bbox", |text| bbox(ask, text))?,
        during: ask.params.during()?,
        kind: ask.params.read("kind", kind)?,
        known_at: ask.params.known_at()?,
        stop: ask.stop().clone(),
    })
}

/// `bbox`, of the ground that claims speak of.
fn bbox(ask: &Ask, text: &str) -> Result<Bbox, String> {
    match ask.atlas.layer(Atlas::CLAIMS) {
        Some(claims) => find_window(&ask.atlas, claims, text, Crs::default()).map(|w| w.bbox),
        None => values::bbox(text),
    }
}

fn kind(text: &str) -> Result<String, String> {
    if ["claim", "event"].contains(&text) || EVENT_KINDS.contains(&text) {
        return Ok(text.to_owned());
    }
    let kinds = EVENT_KINDS.join(", ");
    Err(format!("`{}` is no kind; write claim, event, or one of {kinds}", values::shown(text)))
}
