//! `/near`: what is reported near a place.

use std::sync::Arc;

use axum::response::Response;

use super::ask::{Ask, GEOJSON, in_crs, name_problem};
use super::items::{BESIDE_A_FEATURE, SMALL_BYTES, SMALL_PAGE};
use super::problem::Problem;
use super::stream::{How, written};
use crate::atlas::{Layer, LayerKind};
use crate::format::geojson::Features;
use crate::format::near::Near;
use crate::format::{Format, Holds, held_of_one};
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
    let how = how(&near);
    let response = written(Format::GeoJson, None, how, move |out| near.write(out))?;
    Ok(in_crs(crs, response))
}

/// At once, as a page of items of its length is, or as it is taken.
fn how(near: &Near) -> How {
    let answers = || {
        near.answers.iter().map(|(layer, answer)| {
            let NearAnswer { hits, covering, unlocated } = answer;
            (layer, hits.iter().chain(covering).chain(unlocated))
        })
    };
    let count = answers().map(|(_, hits)| hits.count()).sum::<usize>();
    if count <= SMALL_PAGE {
        let bytes: usize = answers()
            .flat_map(|(layer, hits)| hits.map(|hit| layer.json(layer.feature(hit.row)).len()))
            .map(|bytes| bytes + BESIDE_A_FEATURE)
            .sum();
        if bytes <= SMALL_BYTES {
            return How::AtOnce(bytes);
        }
    }
    let of_one = answers().map(|(layer, hits)| {
        let shown = near.shown(layer);
        let copies = Features::new(&shown, true).keep_own();
        if copies { 0 } else { held_of_one(&shown, hits.map(|hit| hit.row)) }
    });
    let memory = count * size_of::<Hit>() + of_one.max().unwrap_or_default();
    How::AsTaken(Holds { memory, disk: 0 })
}
