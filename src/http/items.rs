//! `/collections/{collection}/items` and one of them.

use std::sync::Arc;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::ask::{Ask, GEOJSON, JSON, answer, item_path};
use super::collections::bad_path;
use super::cursor::{self, Cursor};
use super::narrow;
use super::problem::Problem;
use super::stream::written;
use crate::atlas::{Day, Feature, Layer};
use crate::format::shown::{OF_REACH, Shown};
use crate::format::{self, Answer, Format, geojson};
use crate::query::{Hit, Page, Query, When, run, values};

const DEFAULT_LIMIT: usize = 100;
const HIGHEST_LIMIT: usize = 10_000;
/// The features of a page that is written at once: handing it to a thread costs
/// more than writing it.
const SMALL_PAGE: usize = 200;

/// `/collections/{collection}/items`
pub(super) async fn items(
    path: Result<Path<String>, PathRejection>,
    mut ask: Ask,
) -> Result<Response, Problem> {
    let Path(collection) = path.map_err(|rejection| bad_path(&rejection))?;
    let offset = cursor::start(&mut ask)?;
    let layer = ask.layer(&collection)?;
    let params = &ask.params;
    let limit = params.whole("limit", 1, HIGHEST_LIMIT)?.unwrap_or(DEFAULT_LIMIT);
    let query = Query {
        bbox: params.read("bbox", values::bbox)?,
        near: ask.circle()?,
        when: params.when()?,
        known_at: params.known_at()?,
        filter: narrow::filter(&ask, layer)?,
        sort: narrow::sort(&ask, layer)?,
        offset,
        limit: Some(limit),
    };
    let properties = selected(&ask, layer)?;
    let skips_geometry = params.flag("skipGeometry")?;
    let format = ask.format()?;

    let page = run(&ask.atlas, layer, &query, ask.today);
    let mut members = Map::new();
    for (name, value) in [
        ("numberMatched", json!(page.matched)),
        ("numberReturned", json!(page.hits.len())),
        ("timeStamp", json!(now())),
        ("links", json!(links(&ask, layer, format, &page, (offset, limit)))),
    ] {
        members.insert(name.to_owned(), value);
    }
    let name = layer.info.id.clone();
    let (atlas, today) = (Arc::clone(&ask.atlas), ask.today);
    let small = format == Format::GeoJson && page.hits.len() <= SMALL_PAGE;
    Ok(written(format, &name.clone(), small, move |out| {
        let Some(layer) = atlas.layer(&name) else { return Ok(()) };
        let shown = Shown {
            properties: properties.as_deref(),
            skips_geometry,
            ..Shown::new(&atlas, layer, &query, today)
        };
        let answer = Answer { shown, hits: &page.hits, members };
        format::write(format, &answer, out)
    }))
}

/// Links to this page, its neighbours, other formats, and the collection.
fn links(
    ask: &Ask,
    layer: &Layer,
    format: Format,
    page: &Page,
    (offset, limit): (usize, usize),
) -> Vec<Value> {
    let kind = format.media_type();
    let mut links = vec![ask.link("self", kind, "This page", &ask.path_with(&[]))];
    let at = |offset: usize| {
        let cursor = Cursor::at(ask, offset).to_string();
        ask.path_with(&[("offset", ""), ("cursor", &cursor)])
    };
    let after = offset.saturating_add(page.hits.len());
    if after < page.matched {
        links.push(ask.link("next", kind, "The next page", &at(after)));
    }
    if offset > 0 {
        let before = offset.saturating_sub(limit).min(page.matched.saturating_sub(1));
        links.push(ask.link("prev", kind, "The page before", &at(before)));
    }
    for other in Format::all().filter(|other| *other != format) {
        let path = ask.path_with(&[("f", other.name())]);
        links.push(ask.link("alternate", other.media_type(), other.name(), &path));
    }
    links.push(ask.link("collection", JSON, &layer.info.title, &collection_path(layer)));
    links
}

/// The properties that `properties` names.
fn selected(ask: &Ask, layer: &Layer) -> Result<Option<Vec<String>>, Problem> {
    ask.params.read("properties", |text| {
        let names: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
        let stray = names.iter().find(|name| {
            !layer.property_names().contains(&name.as_str())
                && !OF_REACH.iter().any(|(known, _)| known == name)
        });
        match stray {
            None => Ok(names),
            Some(name) => Err(format!(
                "`{}` is not a property of `{}`; there are {}",
                values::shown(name),
                layer.info.id,
                layer.property_names().join(", ")
            )),
        }
    })
}

/// The present instant, RFC 3339.
fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}

fn collection_path(layer: &Layer) -> String {
    format!("/collections/{}", super::params::encoded(&layer.info.id))
}

/// `/collections/{collection}/items/{id}`
pub(super) async fn item(
    path: Result<Path<(String, String)>, PathRejection>,
    ask: Ask,
) -> Result<Response, Problem> {
    let Path((collection, id)) = path.map_err(|rejection| bad_path(&rejection))?;
    let layer = ask.layer(&collection)?;
    let query =
        Query { when: ask.params.when()?, known_at: ask.params.known_at()?, ..Query::default() };
    let properties = selected(&ask, layer)?;
    ask.finish(GEOJSON)?;

    let versions = known_versions(layer, &id, query.known_at)?;
    let days = query.when.days(layer.info.kind, ask.today);
    let holding = versions
        .iter()
        .rposition(|row| layer.feature(*row).holds(&days, query.known_at))
        .ok_or_else(|| gone(&ask, layer, &id, &versions, &query))?;
    let shown = Shown {
        properties: properties.as_deref(),
        ..Shown::new(&ask.atlas, layer, &query, ask.today)
    };
    let mut links = vec![
        ask.link("self", GEOJSON, "This feature", &ask.path_with(&[])),
        ask.link("collection", JSON, &layer.info.title, &collection_path(layer)),
        ask.link(
            "related",
            JSON,
            "Its claims and events",
            &format!("{}/timeline", item_path(layer, &id)),
        ),
    ];
    if let Some(earlier) = holding.checked_sub(1) {
        links.push(version_link(&ask, layer, "predecessor-version", versions[earlier]));
    }
    if let Some(later) = versions.get(holding + 1) {
        links.push(version_link(&ask, layer, "successor-version", *later));
    }
    let mut more = Map::new();
    more.append(&mut geojson::colophon(&ask.atlas, layer));
    more.remove("title");
    more.insert("links".to_owned(), json!(links));
    let more = Value::Object(more).to_string();
    let more = format!(",{}", &more[1..more.len() - 1]);
    let mut body = Vec::new();
    // Writing to memory does not fail.
    let _ = geojson::write_feature(
        &mut body,
        &shown,
        &Hit { row: versions[holding], reach: None },
        &more,
    );
    Ok(answer(GEOJSON, body))
}

/// The versions of a thing that were known on a day, earliest first.
fn known_versions(layer: &Layer, id: &str, known_at: Option<Day>) -> Result<Vec<u32>, Problem> {
    let all = layer.versions(id);
    if all.is_empty() {
        return Err(Problem::not_found(format!(
            "there is no `{}` in `{}`; ask /collections/{}/items?datetime=../.. for what there is",
            values::shown(id),
            layer.info.id,
            layer.info.id
        )));
    }
    let always = crate::atlas::Period::ALWAYS;
    let known: Vec<u32> =
        all.iter().copied().filter(|row| layer.feature(*row).holds(&always, known_at)).collect();
    if known.is_empty() {
        return Err(Problem::not_found(format!(
            "`{}` was not known on the day that `known-at` names; ask for a later one",
            values::shown(id)
        ))
        .of_parameter("known-at"));
    }
    Ok(known)
}

/// A day on which a version holds: its last, else its first.
fn day_of(feature: &Feature) -> Option<Day> {
    feature.validity.last.or(feature.validity.first)
}

fn version_link(ask: &Ask, layer: &Layer, rel: &str, row: u32) -> Value {
    let feature = layer.feature(row);
    let day = day_of(feature).map_or("..".to_owned(), |day| day.to_string());
    let path = format!("{}?datetime={day}", item_path(layer, &feature.id));
    ask.link(rel, GEOJSON, &format!("As of {day}"), &path)
}

/// 410, with links to the version before the time asked for and the one after.
fn gone(ask: &Ask, layer: &Layer, id: &str, versions: &[u32], query: &Query) -> Problem {
    let days = query.when.days(layer.info.kind, ask.today);
    let is_before = |row: &&u32| {
        let last = layer.feature(**row).validity.last;
        matches!((last, days.first), (Some(last), Some(first)) if last < first)
    };
    let before = versions.iter().rfind(is_before);
    let after = versions.iter().find(|row| !is_before(row));
    let links = [("predecessor-version", before), ("successor-version", after)]
        .into_iter()
        .filter_map(|(rel, row)| row.map(|row| version_link(ask, layer, rel, *row)))
        .collect();
    let asked = match query.when {
        When::Unsaid => "today".to_owned(),
        When::During(_) => ask.params.text("datetime").map(values::shown).unwrap_or_default(),
    };
    Problem::gone(
        format!(
            "`{}` does not hold on {asked}; follow a link to the version that did, or name another `datetime`",
            values::shown(id)
        ),
        links,
    )
}
