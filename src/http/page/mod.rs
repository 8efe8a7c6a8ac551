//! Pages for people and crawlers: every answer in JSON has one, made from that
//! JSON alone, so that a page never says more or less than the data does.
//!
//! Every value is escaped by `maud`; nothing here is marked as escaped already
//! but the JSON-LD, whose `<` are written as `\u003c`. A page loads its style
//! sheet from this server and nothing else, and runs no script.

mod api;
mod dataset;
mod map;
mod value;

use std::io;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;

use super::accept::Accept;
use super::answer::Next;
use super::ask::Ask;
use super::params::Given;
use super::problem::Problem;
use super::stream::Unwritten;
use crate::format::Format;
use crate::query::Crs;

/// Media type of pages.
pub const HTML: &str = "text/html";

/// The address of the style sheet.
pub const STYLE: &str = "page.css";
/// The style sheet.
pub const STYLE_SHEET: &str = include_str!("page.css");

/// The most features on a page; the rest is behind its link to the next.
pub const MOST_FEATURES: usize = 500;

/// The parts of the longest path of a route, that of a collection's tile.
const DEEPEST_PATH: usize = 7;

/// Longer answers are not made into pages, bytes: a page takes some fourteen times as much
/// while it is made. (The longest of the valley is its 5.5 MB of events.)
pub const LONGEST: usize = 8 << 20;

/// A page has no script, and nothing from elsewhere. (JSON-LD is a block of data,
/// which no browser runs.)
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

/// Headers that keep other pages away from a page, and a page from what it does
/// not need.
pub fn secure(headers: &mut HeaderMap) {
    for (name, value) in [
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}

/// Whether a request wants a page: by `f`, else by `Accept`. A format that is not
/// known does not say, so that its refusal can be a page.
#[must_use]
pub fn is_asked(accept: &Accept, params: &Given) -> bool {
    match params.peek("f") {
        Some("html") => true,
        Some(name) if name == "json" || name == "md" || Format::from_name(name).is_some() => false,
        _ => accept.prefers_page(&Format::all().map(Format::media_type)),
    }
}

/// Makes a page of the JSON that a route answers with.
pub(super) async fn pages(mut next: Next, mut request: Request) -> Response {
    let arrived = Arc::clone(&next.arrived);
    let given = arrived.given.clone().unwrap_or_default();
    let ask = Ask::new(&next.app, arrived, request.uri().path(), given);
    if request.method() == Method::HEAD {
        // The length of a page is known once it is made; its body is not sent.
        *request.method_mut() = Method::GET;
    }
    let mut response = next.handle(request).await;
    let is_json = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
        let kind = kind.to_str().unwrap_or_default();
        kind.split(';').next().unwrap_or_default().ends_with("json")
    });
    if !is_json {
        return response;
    }
    let unwritten = Unwritten::of(&mut response);
    let (mut parts, body) = response.into_parts();
    parts
        .headers
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    parts
        .headers
        .insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    secure(&mut parts.headers);
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_DISPOSITION);
    let bytes = match unwritten {
        Some(writer) => writer.gather(LONGEST),
        // Whatever is in memory was written.
        None => to_bytes(body, LONGEST)
            .await
            .map(Vec::from)
            .map_err(|_| io::ErrorKind::FileTooLarge.into()),
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            return Problem::no_page(LONGEST).into_response();
        }
        Err(error) => return Problem::from(error).into_response(),
    };
    // Every answer in JSON is written by us.
    let value: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let is_refused = parts.status.is_client_error() || parts.status.is_server_error();
    let is_lon_lat = parts
        .headers
        .get("content-crs")
        .is_none_or(|crs| *crs == format!("<{}>", Crs::Crs84.uri()));
    let page = Page { ask: &ask, value: &value, is_refused, is_lon_lat };
    let text = page.markup().into_string();
    Response::from_parts(parts, Body::from(text))
}

/// A page about to be written.
struct Page<'a> {
    ask: &'a Ask,
    /// The answer in JSON.
    value: &'a Value,
    /// Whether it is a refusal.
    is_refused: bool,
    /// Whether its coordinates are longitudes and latitudes.
    is_lon_lat: bool,
}

impl Page<'_> {
    fn markup(&self) -> Markup {
        let about = &self.ask.atlas.about;
        let title = self.title();
        let language = about.default_language.as_deref().unwrap_or("en");
        html! {
            (DOCTYPE)
            html lang=(language) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (title) " – " (about.title) }
                    meta name="description" content=(about.notice);
                    link rel="stylesheet" href=(self.ask.href(&format!("/{STYLE}")));
                    link rel="alternate" type="application/json" href=(self.data());
                    @if let Some(data) = dataset::of(self) {
                        script type="application/ld+json" { (PreEscaped(data)) }
                    }
                }
                body {
                    header {
                        nav aria-label="Where this is" { (self.trail()) }
                        aside class="notice" { (about.notice) }
                    }
                    main {
                        h1 { (title) }
                        (self.body())
                    }
                    footer { (self.colophon()) }
                }
            }
        }
    }

    /// What the page is called: what its answer says, else what its address does.
    fn title(&self) -> String {
        let value = self.value;
        if self.is_refused {
            let text = |name: &str| value::short(&value[name]);
            return format!("{} {}", text("status"), text("title"));
        }
        let name = [&value["title"], &value["info"]["title"], &value["properties"]["name"]]
            .into_iter()
            .chain([&value["properties"]["title"], &value["name"], &value["place"]["name"]])
            .find_map(|name| name.as_str().map(str::to_owned));
        let segments = self.segments();
        let last = segments.last().map_or("About", String::as_str);
        let name = name.unwrap_or_else(|| value::label(last));
        match last {
            "near" => format!("Near {name}"),
            "queryables" => format!("{name}: what can be asked"),
            "schema" => format!("{name}: schema"),
            "timeline" | "versions" if segments.len() == 5 => format!("{}: {last}", segments[3]),
            _ => name,
        }
    }

    /// The parts of the path, decoded.
    fn segments(&self) -> Vec<String> {
        let parts = self.ask.path().split('/').filter(|part| !part.is_empty());
        parts
            .map(|part| percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned())
            .collect()
    }

    /// Links up, from the map to here.
    fn trail(&self) -> Markup {
        let about = self.here("/about");
        let raw: Vec<&str> = self.ask.path().split('/').filter(|part| !part.is_empty()).collect();
        // Where nothing lies so deep, no way leads there.
        let depth = if raw.len() > DEEPEST_PATH { 0 } else { raw.len() };
        let up: Vec<(String, String)> = self
            .segments()
            .into_iter()
            .enumerate()
            .take(depth)
            .map(|(index, name)| (name, self.here(&format!("/{}", raw[..=index].join("/")))))
            .collect();
        html! {
            ol class="trail" {
                li { a href=(self.ask.href("/")) { "Map" } }
                li { a href=(about) { (self.ask.atlas.about.title) } }
                @for (index, (name, path)) in up.iter().enumerate() {
                    @if name == "about" {
                    } @else if index + 1 == up.len() {
                        li aria-current="page" { (name) }
                    } @else {
                        li { a href=(path) { (name) } }
                    }
                }
            }
        }
    }

    /// The address of a path here; a page of this server, where this one was asked
    /// for by `f` and not by `Accept`.
    fn here(&self, path: &str) -> String {
        self.paged(&self.ask.href(path))
    }

    /// The same for an address that starts with this server's.
    fn paged(&self, href: &str) -> String {
        let ours = href.starts_with(&self.ask.href("/"));
        let asks = href.contains("?f=") || href.contains("&f=");
        if !ours || asks || self.ask.params.peek("f") != Some("html") {
            return href.to_owned();
        }
        format!("{href}{}f=html", if href.contains('?') { '&' } else { '?' })
    }

    /// The address of the answer as data.
    fn data(&self) -> String {
        self.ask.href(&self.ask.path_with(&[("f", "json")]))
    }

    fn body(&self) -> Markup {
        let value = self.value;
        let form = self.form();
        if self.is_refused {
            return html! {
                p class="refusal" { (value::short(&value["detail"])) }
                (form)
                (self.links())
            };
        }
        if value["openapi"].is_string() {
            return api::markup(value);
        }
        let features = value["features"].is_array();
        let is_feature = value["type"] == "Feature";
        html! {
            @if let Some(text) = value["description"].as_str() { p { (text) } }
            @if let Some(text) = value["message"].as_str() { p class="message" { (text) } }
            (form)
            @if features || is_feature { (map::markup(self)) }
            (value::members(self, value))
            (self.links())
        }
    }

    /// A form for the questions that need one.
    fn form(&self) -> Markup {
        let given = |name: &str| self.ask.params.peek(name).unwrap_or_default().to_owned();
        match self.segments().first().map(String::as_str) {
            Some("near") => html! {
                form method="get" action=(self.ask.href("/near")) {
                    input type="hidden" name="f" value="html";
                    label { "Place, or longitude,latitude "
                        input name="place" required value=(given("place")); }
                    label { "Within "
                        input name="radius" required value=(match given("radius") {
                            text if text.is_empty() => "20km".to_owned(),
                            text => text,
                        }); }
                    button { "What is reported near it" }
                }
            },
            Some("places") => html! {
                form method="get" action=(self.ask.href("/places")) {
                    input type="hidden" name="f" value="html";
                    label { "Name, in any script " input name="q" required value=(given("q")); }
                    button { "Search" }
                }
            },
            _ => html! {},
        }
    }

    /// The links that the answer has, and to it as data.
    fn links(&self) -> Markup {
        let links = self.value["links"].as_array().map_or(&[][..], Vec::as_slice);
        let text = |link: &Value, name: &str| link[name].as_str().unwrap_or_default().to_owned();
        let shown = links.iter().filter(|link| !["self"].contains(&&*text(link, "rel")));
        html! {
            nav class="links" aria-label="Links" {
                ul {
                    @for link in shown {
                        @let href = text(link, "href");
                        @if value::is_web(&href) && !href.contains('{') {
                            li {
                                a rel=(text(link, "rel")) href=(self.paged(&href)) {
                                    (match text(link, "title") { t if t.is_empty() => href.clone(), t => t })
                                }
                                " " small { (text(link, "rel").rsplit('/').next().unwrap_or_default())
                                    @if !text(link, "type").is_empty() { ", " (text(link, "type")) } }
                            }
                        }
                    }
                    li { a href=(self.data()) { "This as JSON" } }
                }
            }
        }
    }

    /// Whose the data is, and where to go on.
    fn colophon(&self) -> Markup {
        let attribution = match &self.value["attribution"] {
            Value::Array(lines) => lines.iter().map(value::short).collect(),
            Value::String(line) => vec![line.clone()],
            _ => {
                let layers = self.ask.atlas.layers.iter();
                let mut lines: Vec<String> =
                    layers.filter_map(|layer| layer.info.attribution.clone()).collect();
                lines.sort();
                lines.dedup();
                lines
            }
        };
        html! {
            @if !attribution.is_empty() {
                p { "Data: " (attribution.join("; ")) ". "
                    "The boundaries shown are depictions and endorse nothing." }
            }
            p {
                a href=(self.here("/collections")) { "Collections" } " · "
                a href=(self.here("/timeline")) { "Timeline" } " · "
                a href=(self.here("/near")) { "Near a place" } " · "
                a href=(self.here("/sources")) { "Sources" } " · "
                a href=(self.here("/contradictions")) { "Contradictions" } " · "
                a href=(self.here("/api")) { "Interface" }
            }
        }
    }
}
