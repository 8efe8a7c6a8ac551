//! One feature: `/collections/{collection}/items/{id}`, and its versions, after
//! the OGC proposal for Versioned Features and Memento (RFC 7089).

use std::sync::Arc;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use serde_json::{Value, json};

use super::ask::{Ask, GEOJSON, JSON, in_crs, item_path, json_answer};
use super::collections::bad_path;
use super::items::{
    BESIDE_A_FEATURE, ROOM_FOR_LINKS, SMALL_BYTES, add_links, collection_path, selected,
};
use super::link::Link;
use super::params::encoded;
use super::problem::Problem;
use super::stream::{How, written};
use crate::atlas::{Day, Feature, Layer};
use crate::format::geojson::{self, Features, Members};
use crate::format::shown::Shown;
use crate::format::{self, Answer, Format};
use crate::query::{Hit, Query, When, values};

/// `/collections/{collection}/items/{id}`
pub(super) async fn item(
    path: Result<Path<(String, String)>, PathRejection>,
    ask: Ask,
) -> Result<Response, Problem> {
    let Path((collection, id)) = path.map_err(|rejection| bad_path(&rejection))?;
    let layer = ask.layer(&collection)?;
    let query = Query {
        when: ask.params.when()?,
        known_at: ask.params.known_at()?,
        stop: ask.stop().clone(),
        ..Query::default()
    };
    let properties = selected(&ask, layer)?;
    let crs = ask.crs()?;
    let format = ask.format()?;
    format.takes(crs).map_err(|detail| Problem::parameter("crs", detail))?;

    let versions = known_versions(layer, &id, query.known_at)?;
    let days = query.when.days(layer.info.kind, ask.today);
    let holding = versions
        .iter()
        .rposition(|row| layer.feature(*row).holds(&days, query.known_at))
        .ok_or_else(|| gone(&ask, layer, &id, &versions, &query))?;
    let shown = Shown {
        properties: properties.as_deref(),
        crs,
        authority_order: true,
        ..Shown::new(&ask.atlas, layer, &query, ask.today)
    };
    let hit = Hit { row: versions[holding], reach: None };
    let version = layer.feature(hit.row);
    shown.fits(std::iter::once(hit)).map_err(|detail| Problem::parameter("crs", detail))?;
    let links = links(&ask, layer, format, &versions, holding);
    let is_of_a_time = query.when != When::Unsaid;
    let more = match format {
        Format::GeoJson => more(&ask, &shown, &links),
        _ => Members::default(),
    };
    let bytes = layer.json(version).len();
    let how = if format == Format::GeoJson && bytes <= SMALL_BYTES {
        How::AtOnce(bytes + more.text().len() + BESIDE_A_FEATURE)
    } else {
        How::AsTaken(format.holds(&[(&shown, &hit.into())]))
    };
    let (atlas, today) = (Arc::clone(&ask.atlas), ask.today);
    let (name, collection) = ([&collection, "-", &id].concat(), layer.info.id.clone());
    let chosen = properties.clone();
    let mut response = written(format, ask.file_name(&name), how, move |out| {
        let Some(layer) = atlas.layer(&collection) else { return Ok(()) };
        let shown = Shown {
            properties: chosen.as_deref(),
            crs,
            authority_order: true,
            stop: Some(&query.stop),
            ..Shown::new(&atlas, layer, &query, today)
        };
        if format == Format::GeoJson {
            return Features::new(&shown, false).write(out, &hit, more.text());
        }
        format::write(
            format,
            &Answer { shown, hits: &hit.into(), members: Members::default() },
            out,
        )
    })?;
    // What is asked for as of today changes; only a version of a time named stays.
    if is_of_a_time {
        remember(response.headers_mut(), version);
    }
    // GeoJSON has a place for links; those of time are for the header too
    // (RFC 7089).
    let of_time = ["predecessor-version", "successor-version", "timemap"];
    let links = links.into_iter();
    if format == Format::GeoJson {
        add_links(&mut response, links.filter(|link| of_time.contains(&link.rel)));
    } else {
        add_links(&mut response, links.chain(ask.in_other_formats(format)));
    }
    Ok(in_crs(format.order(crs), response))
}

/// Links of a version: to itself, to it as a page, to the collection, what is reported of
/// it, and its neighbours in time.
fn links(ask: &Ask, layer: &Layer, format: Format, versions: &[u32], holding: usize) -> Vec<Link> {
    let path = item_path(layer, &layer.feature(versions[holding]).id);
    let mut links = Vec::with_capacity(ROOM_FOR_LINKS);
    links.extend([ask.this(format.media_type(), "This feature"), ask.alternate(GEOJSON)]);
    links.extend([
        ask.link("collection", JSON, layer.info.title.clone(), &collection_path(layer)),
        ask.link(
            "related",
            JSON,
            "Its claims and events",
            &as_known(ask, [&path, "/timeline"].concat()),
        ),
        ask.link("timemap", JSON, "Its versions", &as_known(ask, [&path, "/versions"].concat())),
    ]);
    if let Some(earlier) = holding.checked_sub(1) {
        links.push(version_link(ask, layer, "predecessor-version", versions[earlier]));
    }
    if let Some(later) = versions.get(holding + 1) {
        links.push(version_link(ask, layer, "successor-version", *later));
    }
    links
}

/// A path with the knowledge clock of the request.
fn as_known(ask: &Ask, path: String) -> String {
    let sign = if path.contains('?') { '&' } else { '?' };
    match ask.params.peek("known-at") {
        Some(day) => format!("{path}{sign}known-at={}", encoded(day)),
        None => path,
    }
}

/// What a Feature alone has beside its own: its links and what travels with every
/// file.
fn more(ask: &Ask, shown: &Shown<'_>, links: &[Link]) -> Members {
    let mut more = Members::default();
    more.add_all(&geojson::reference(shown.crs, shown.authority_order));
    geojson::colophon(shown, &mut more);
    more.add_with("links", |out| ask.write_links(links, out));
    more
}

/// Says of which time a version is (RFC 7089): `Memento-Datetime` is the day on
/// which the version begins.
fn remember(headers: &mut HeaderMap, version: &Feature) {
    if let Some(first) = version.validity.first {
        let midnight = first.at(0, 0, 0, 0);
        let text = midnight.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        if let Ok(value) = HeaderValue::try_from(text) {
            headers.insert(HeaderName::from_static("memento-datetime"), value);
        }
    }
}

/// `/collections/{collection}/items/{id}/versions`: the time map of a thing.
pub(super) async fn versions(
    path: Result<Path<(String, String)>, PathRejection>,
    ask: Ask,
) -> Result<Response, Problem> {
    let Path((collection, id)) = path.map_err(|rejection| bad_path(&rejection))?;
    let layer = ask.layer(&collection)?;
    let known_at = ask.params.known_at()?;
    ask.finish(JSON)?;
    let versions: Vec<Value> = known_versions(layer, &id, known_at)?
        .into_iter()
        .map(|row| {
            let feature = layer.feature(row);
            let properties = layer.properties(feature);
            let given = |name: &Option<String>| {
                name.as_ref().and_then(|name| properties.get(name)).cloned().unwrap_or_default()
            };
            let day = |day: Option<Day>| day.map(|day| day.to_string());
            let ends_unknown = feature.ends_unknown(known_at);
            let link = version_link(&ask, layer, "memento", row);
            json!({
                "start": given(&layer.info.start_property),
                "end": if ends_unknown { Value::Null } else { given(&layer.info.end_property) },
                "firstDay": day(feature.validity.first),
                "lastDay": day(feature.validity.last.filter(|_| !ends_unknown)),
                "as_mapped": properties.get("as_mapped"),
                "event": properties.get("event"),
                "href": link.href,
            })
        })
        .collect();
    let path = item_path(layer, &id);
    Ok(json_answer(&json!({
        "id": id,
        "collection": layer.info.id,
        "notice": ask.atlas.about.notice,
        "numberReturned": versions.len(),
        "links": [
            ask.this(JSON, "These versions"),
            ask.alternate(JSON),
            ask.link("original", GEOJSON, "The feature as of today", &path),
            ask.link("timegate", GEOJSON, "The feature at a `datetime`", &path),
            ask.link("collection", JSON, layer.info.title.clone(), &collection_path(layer)),
        ],
        "versions": versions,
    })))
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

/// A day on which a version holds: its last, else its first; `None` when it holds
/// always.
fn day_of(feature: &Feature, known_at: Option<Day>) -> Option<Day> {
    let last = feature.validity.last.filter(|_| !feature.ends_unknown(known_at));
    last.or(feature.validity.first)
}

fn version_link(ask: &Ask, layer: &Layer, rel: &'static str, row: u32) -> Link {
    let feature = layer.feature(row);
    let known_at = ask.params.peek("known-at").and_then(|text| values::day(text).ok());
    let day = day_of(feature, known_at).map_or("../..".to_owned(), |day| day.to_string());
    let path = as_known(ask, format!("{}?datetime={day}", item_path(layer, &feature.id)));
    ask.link(rel, GEOJSON, format!("As of {day}"), &path)
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
