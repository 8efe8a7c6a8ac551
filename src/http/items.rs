//! `/collections/{collection}/items` and one of them.

use std::sync::Arc;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::HeaderValue;
use axum::http::header::LINK;
use axum::response::Response;

use super::ask::{Ask, GEOJSON, JSON, in_crs};
use super::collections::bad_path;
use super::cursor::{self, Cursor};
use super::link::Link;
use super::narrow;
use super::page::MOST_FEATURES;
use super::problem::Problem;
use super::stream::{How, written};
use crate::atlas::layer::BETWEEN;
use crate::atlas::{Layer, LayerKind};
use crate::format::geojson::{Features, Members};
use crate::format::shown::{OF_REACH, Shown};
use crate::format::{self, Answer, Format};
use crate::query::window::Window;
use crate::query::{Crs, Hits, Page, Query, find_window, run, values};

pub(super) const DEFAULT_LIMIT: usize = 100;
/// The features of a page that is written at once: handing it to a thread costs
/// more than writing it.
pub(super) const SMALL_PAGE: usize = 1_000;
/// The same where they are written as they were kept.
const KEPT_PAGE: usize = 2_000;
/// Bytes that may stand beside what is kept of a feature: a status, a distance.
pub(super) const BESIDE_A_FEATURE: usize = 512;
/// Links of an answer of features beside those to its other formats, about: room for them is
/// made once.
pub(super) const ROOM_FOR_LINKS: usize = 8;
/// Bytes that may stand before the features of a page and its links.
const BESIDE_A_PAGE: usize = 2048;
/// Its bytes, at the most.
pub(super) const SMALL_BYTES: usize = 1 << 20;

/// `/collections/{collection}/items`
pub(super) async fn items(
    path: Result<Path<String>, PathRejection>,
    mut ask: Ask,
) -> Result<Response, Problem> {
    let Path(collection) = path.map_err(|rejection| bad_path(&rejection))?;
    let offset = cursor::start(&mut ask)?;
    let layer = ask.layer(&collection)?;
    let params = &ask.params;
    let limit = params.whole("limit", 1, ask.page_limit())?;
    let window = window(&ask, layer)?;
    let mut query = Query {
        bbox: window.as_ref().map(|window| window.bbox),
        outline: window.and_then(|window| window.outline),
        near: ask.circle()?,
        when: params.when()?,
        known_at: params.known_at()?,
        filter: narrow::filter(&ask, layer)?,
        sort: narrow::sort(&ask, layer)?,
        offset,
        limit,
        stop: ask.stop().clone(),
    };
    let properties = selected(&ask, layer)?;
    let skips_geometry = params.flag("skipGeometry")?;
    let crs = ask.crs()?;
    let format = ask.format()?;
    format.takes(crs).map_err(|detail| Problem::parameter("crs", detail))?;
    if format == Format::GeoJson {
        let most = if ask.is_page { MOST_FEATURES } else { ask.page_limit() };
        query.limit = Some(limit.unwrap_or(DEFAULT_LIMIT).min(most));
    }

    let page = run(&ask.atlas, layer, &query, ask.today)?;
    let shown = Shown {
        properties: properties.as_deref(),
        skips_geometry,
        crs,
        authority_order: true,
        ..Shown::new(&ask.atlas, layer, &query, ask.today)
    };
    shown.fits(page.hits.iter()).map_err(|detail| Problem::parameter("crs", detail))?;
    let links = links(&ask, layer, format, &page, &query);
    let members = match format {
        Format::GeoJson => members(&ask, layer, &query, &page, &links),
        _ => Members::default(),
    };
    let name = layer.info.id.clone();
    let (atlas, today) = (Arc::clone(&ask.atlas), ask.today);
    let at_once = (format == Format::GeoJson)
        .then(|| small(&shown, &page.hits))
        .flatten()
        .map(|bytes| bytes + members.text().len() + BESIDE_A_PAGE);
    let how =
        at_once.map_or_else(|| How::AsTaken(format.holds(&[(&shown, &page.hits)])), How::AtOnce);
    let mut response = written(format, ask.file_name(&layer.info.id), how, move |out| {
        let Some(layer) = atlas.layer(&name) else { return Ok(()) };
        let shown = Shown {
            properties: properties.as_deref(),
            skips_geometry,
            crs,
            authority_order: true,
            stop: Some(&query.stop),
            ..Shown::new(&atlas, layer, &query, today)
        };
        let answer = Answer { shown, hits: &page.hits, members };
        format::write(format, &answer, out)
    })?;
    if format != Format::GeoJson {
        add_links(&mut response, links.into_iter().chain(ask.in_other_formats(format)));
    }
    Ok(in_crs(format.order(crs), response))
}

/// What a page says beside its features.
fn members(ask: &Ask, layer: &Layer, query: &Query, page: &Page, links: &[Link]) -> Members {
    let mut members = Members::default();
    members.add("numberMatched", &page.matched);
    members.add("numberReturned", &page.hits.len());
    members.add_text("timeStamp", &ask.changed.to_string());
    members.add_with("links", |out| ask.write_links(links, out));
    if query.bbox.is_some()
        && let Some(message) = unlocated(ask, layer, query)
    {
        members.add_text("message", &message);
    }
    members
}

/// What a window leaves out: areas that no source locates, which may lie in it.
fn unlocated(ask: &Ask, layer: &Layer, query: &Query) -> Option<String> {
    if layer.info.kind != LayerKind::ReportedArea || layer.unlocated.is_empty() {
        return None;
    }
    let days = query.when.days(layer.info.kind, ask.today);
    let holds = |row: &&u32| layer.feature(**row).holds(&days, query.known_at);
    let count = layer.unlocated.iter().filter(holds).count();
    let areas = if count == 1 {
        "area that no source locates is"
    } else {
        "areas that no source locates are"
    };
    (count > 0).then(|| format!("{count} {areas} in no window, and may lie anywhere."))
}

/// The bytes of a page that is written at once: it has neither many features nor large
/// ones, which would lie in memory until they are read.
fn small(shown: &Shown<'_>, hits: &Hits) -> Option<usize> {
    let is_reached = hits.are_reached();
    let most = if Features::new(shown, is_reached).are_kept() { KEPT_PAGE } else { SMALL_PAGE };
    if hits.len() > most {
        return None;
    }
    let text = |run| shown.layer.json_of(run).len() + BETWEEN.len();
    let bytes: usize = hits.runs().map(text).sum();
    let beside = if shown.added(is_reached).next().is_some() { BESIDE_A_FEATURE } else { 0 };
    let bytes = bytes + hits.len() * beside;
    (bytes <= SMALL_BYTES).then_some(bytes)
}

/// Puts links into the header, for formats that have no place for them.
pub(super) fn add_links(response: &mut Response, links: impl Iterator<Item = Link>) {
    let mut shown = String::with_capacity(256);
    for Link { href, rel, kind, .. } in links {
        let comma = if shown.is_empty() { "" } else { ", " };
        for part in [comma, "<", &href, ">; rel=\"", rel, "\"; type=\"", kind, "\""] {
            shown.push_str(part);
        }
    }
    if let Ok(header) = HeaderValue::try_from(shown) {
        response.headers_mut().insert(LINK, header);
    }
}

/// `bbox` in the reference system that `bbox-crs` names.
pub(super) fn window(ask: &Ask, layer: &Layer) -> Result<Option<Window>, Problem> {
    let given = ask.params.read("bbox-crs", Crs::parse)?;
    let read = |text: &str| find_window(&ask.atlas, layer, text, given.unwrap_or_default());
    let window = ask.params.read("bbox", read)?;
    if given.is_some() && window.is_none() {
        let detail = "says what coordinates a window is in; add `bbox`";
        return Err(Problem::parameter("bbox-crs", detail));
    }
    Ok(window)
}

/// Links to this page, its neighbours, and the collection.
fn links(ask: &Ask, layer: &Layer, format: Format, page: &Page, query: &Query) -> Vec<Link> {
    let offset = query.offset;
    let kind = format.media_type();
    let mut links = Vec::with_capacity(ROOM_FOR_LINKS);
    links.extend([ask.this(kind, "This page"), ask.alternate(GEOJSON)]);
    let page_at = |rel, title, offset: usize| {
        let cursor = Cursor::at(ask, offset).to_string();
        ask.here(rel, kind, title, &[("offset", ""), ("cursor", &cursor)])
    };
    let after = offset.saturating_add(page.hits.len());
    if after < page.matched {
        links.push(page_at("next", "The next page", after));
    }
    if offset > 0 {
        let before = offset
            .saturating_sub(query.limit.unwrap_or(offset))
            .min(page.matched.saturating_sub(1));
        links.push(page_at("prev", "The page before", before));
    }
    links.push(ask.link("collection", JSON, layer.info.title.clone(), &collection_path(layer)));
    links
}

/// The properties that `properties` names.
pub(super) fn selected(ask: &Ask, layer: &Layer) -> Result<Option<Vec<String>>, Problem> {
    ask.params.read("properties", |text| {
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let names: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
        values::no_repeats(&names)?;
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

pub(super) fn collection_path(layer: &Layer) -> String {
    ["/collections/", &super::params::encoded(&layer.info.id)].concat()
}
