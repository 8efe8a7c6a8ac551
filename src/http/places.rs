//! `/places`: the gazetteer.

use axum::response::Response;
use serde_json::{Value, json};

use super::ask::{Ask, GEOJSON, answer};
use super::problem::Problem;

const DEFAULT_LIMIT: usize = 20;
const HIGHEST_LIMIT: usize = 100;

/// `/places?q=`
pub(super) async fn places(ask: Ask) -> Result<Response, Problem> {
    let text = ask.params.text("q").unwrap_or_default().to_owned();
    let limit = ask.params.whole("limit", 1, HIGHEST_LIMIT)?.unwrap_or(DEFAULT_LIMIT);
    ask.finish(GEOJSON)?;
    if text.trim().is_empty() {
        return Err(Problem::parameter(
            "q",
            "is missing; give a name or its beginning, in any script",
        ));
    }
    let features: Vec<Value> = ask
        .atlas
        .places
        .search(&text, limit)
        .into_iter()
        .map(|(place, fit)| {
            let geometry =
                place.at.map(|at| json!({ "type": "Point", "coordinates": [at.x, at.y] }));
            json!({
                "type": "Feature",
                "id": place.id,
                "geometry": geometry,
                "properties": {
                    "name": place.name,
                    "names": place.names,
                    "country": place.country,
                    "population": place.population,
                    "area": place.area,
                    "match": fit.word(),
                    "notes": place.notes,
                },
            })
        })
        .collect();
    let body = json!({
        "type": "FeatureCollection",
        "numberReturned": features.len(),
        "links": [ask.link("self", GEOJSON, "This answer", &ask.path_with(&[]))],
        "features": features,
    });
    Ok(answer(GEOJSON, body.to_string()))
}
