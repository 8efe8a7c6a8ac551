//! `/near`: what is reported near a place.

use std::sync::Arc;

use axum::response::Response;

use super::ask::{Ask, GEOJSON, in_crs, name_problem};
use super::items::{BESIDE_A_FEATURE, SMALL_BYTES, SMALL_PAGE};
use super::problem::Problem;
use super::stream::{How, written};
use crate::atlas::{Layer, LayerKind};
use crate::format::near::Near;
use crate::format::{Format, Holds};
use crate::query::{
    Circle, Hit, NearAnswer, NearQuestion, Stopped, find_position, near as ask_near,
};

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
    let answers: Result<Vec<(Arc<Layer>, NearAnswer)>, Stopped> = layers
        .into_iter()
        .map(|layer| Ok((Arc::clone(layer), ask_near(&ask.atlas, layer, &question, ask.today)?)))
        .collect();
    let answers = answers?;
    let how = how(&answers);
    let near = Near {
        atlas: Arc::clone(&ask.atlas),
        asked,
        question,
        answers,
        today: ask.today,
        skips_geometry,
        crs,
        authority_order: true,
    };
    near.fits().map_err(|detail| Problem::parameter("crs", detail))?;
    let response = written(Format::GeoJson, "near", how, move |out| near.write(out))?;
    Ok(in_crs(crs, response))
}

/// At once, as a page of items of its length is, or as it is taken.
fn how(answers: &[(Arc<Layer>, NearAnswer)]) -> How {
    let hits = || {
        answers.iter().flat_map(|(layer, answer)| {
            let NearAnswer { hits, covering, unlocated } = answer;
            hits.iter().chain(covering).chain(unlocated).map(move |hit| (layer, hit))
        })
    };
    let count = hits().count();
    let as_taken = How::AsTaken(Holds { memory: count * size_of::<Hit>(), disk: 0 });
    if count > SMALL_PAGE {
        return as_taken;
    }
    let bytes = |(layer, hit): (&Arc<Layer>, &Hit)| {
        layer.json(layer.feature(hit.row)).len() + BESIDE_A_FEATURE
    };
    let bytes: usize = hits().map(bytes).sum();
    if bytes <= SMALL_BYTES { How::AtOnce(bytes) } else { as_taken }
}
