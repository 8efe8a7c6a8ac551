//! `/places`: the gazetteer.

use axum::response::Response;
use serde_json::{Map, Value, json};

use super::ask::{Ask, GEOJSON, answer, in_crs};
use super::problem::Problem;
use crate::format::geojson::reference;

pub(super) const DEFAULT_LIMIT: usize = 20;
pub(super) const HIGHEST_LIMIT: usize = 100;

/// `/places?q=`
pub(super) async fn places(ask: Ask) -> Result<Response, Problem> {
    let text = ask.params.text("q").unwrap_or_default().to_owned();
    let limit = ask.params.whole("limit", 1, HIGHEST_LIMIT)?.unwrap_or(DEFAULT_LIMIT);
    let crs = ask.crs()?;
    ask.finish(GEOJSON)?;
    if text.trim().is_empty() {
        return Err(Problem::parameter(
            "q",
            "is missing; give a name or its beginning, in any script",
        ));
    }
    let found = ask.atlas.places.search(&text, limit);
    let features: Result<Vec<Value>, Problem> = found
        .into_iter()
        .map(|(place, fit)| {
            let at = place.at.map(|at| crs.project(at)).transpose().map_err(|beyond| {
                Problem::parameter("crs", format!("`{}`: {beyond}", place.name))
            })?;
            let geometry = at.map(|at| {
                let at = crs.ordered(at);
                json!({ "type": "Point", "coordinates": [at.x, at.y] })
            });
            Ok(json!({
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
            }))
        })
        .collect();
    let features = features?;
    let mut body = Map::new();
    body.insert("type".to_owned(), json!("FeatureCollection"));
    body.append(&mut reference(crs, true));
    for (name, value) in [
        ("numberReturned", json!(features.len())),
        ("links", json!([ask.this(GEOJSON, "This answer"), ask.alternate(GEOJSON)])),
        ("attribution", json!(ask.atlas.places.attribution)),
        ("notice", json!(ask.atlas.about.notice)),
        ("features", json!(features)),
    ] {
        if !value.is_null() {
            body.insert(name.to_owned(), value);
        }
    }
    Ok(in_crs(crs, answer(GEOJSON, Value::Object(body).to_string())))
}
