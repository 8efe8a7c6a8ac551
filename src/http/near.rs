//! `/near`: what is reported near a place.

use axum::response::Response;

use super::ask::{Ask, GEOJSON, answer, in_crs, name_problem};
use super::problem::Problem;
use crate::atlas::{Layer, LayerKind};
use crate::format::near::Near;
use crate::query::{Circle, NearAnswer, NearQuestion, Stopped, find_position, near as ask_near};

/// `/near`
pub(super) async fn near(ask: Ask) -> Result<Response, Problem> {
    let asked = match (ask.params.text("place"), ask.params.text("at")) {
        (Some(place), None) => ask.place("place", place)?,
        (None, Some(at)) => {
            find_position(&ask.atlas, at).map_err(|error| name_problem("at", error))?
        }
        (Some(_), Some(_)) => {
            return Err(Problem::parameter("at", "stands beside `place`; give one of the two"));
        }
        (None, None) => {
            return Err(Problem::parameter(
                "place",
                "is missing; give the name or id of a place, or a position as at=71.05,40.19",
            ));
        }
    };
    let question = NearQuestion {
        circle: Circle { centre: asked.at, radius_m: ask.radius()? },
        when: ask.params.when()?,
        known_at: ask.params.known_at()?,
        stop: ask.stop().clone(),
    };
    let layers = ask.layers_named(|kind| kind == LayerKind::ReportedArea)?;
    let skips_geometry = ask.params.flag("skipGeometry")?;
    let crs = ask.crs()?;
    ask.finish(GEOJSON)?;
    let answers: Result<Vec<(&Layer, NearAnswer)>, Stopped> = layers
        .into_iter()
        .map(|layer| Ok((layer, ask_near(&ask.atlas, layer, &question, ask.today)?)))
        .collect();
    let answers = answers?;
    let near = Near {
        atlas: &ask.atlas,
        asked: &asked,
        question: &question,
        answers: &answers,
        today: ask.today,
        skips_geometry,
        crs,
        authority_order: true,
    };
    near.fits().map_err(|detail| Problem::parameter("crs", detail))?;
    let mut body = Vec::new();
    // Writing to memory does not fail.
    let _ = near.write(&mut body);
    Ok(in_crs(crs, answer(GEOJSON, body)))
}
