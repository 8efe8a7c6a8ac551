//! What every resource needs of a request: the snapshot it is answered from,
//! its parameters, and the address that links start with.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::Value;

use super::app::App;
use super::arrive::Arrived;
use super::conditional;
use super::link::Link;
use super::page;
use super::params::{Given, Params, encoded};
use super::problem::Problem;
use crate::atlas::json_text::write_text;
use crate::atlas::{Atlas, Day, Layer, LayerKind};
use crate::format::Format;
use crate::query::{Asked, Circle, Crs, NameError, Stop, find_place, values};

/// How far a question reaches when it does not say.
pub const DEFAULT_RADIUS_M: f64 = 20_000.;

/// A request, with the snapshot that it keeps to its end.
pub struct Ask {
    pub atlas: Arc<Atlas>,
    pub params: Params,
    /// Today in UTC.
    pub today: Day,
    /// When the answers of today became what they are.
    pub changed: Timestamp,
    /// Whether a page is asked for: the answer is JSON all the same, and
    /// [`page::pages`] makes the page from it.
    pub is_page: bool,
    arrived: Arc<Arrived>,
    page_features: usize,
    path: String,
    /// See [`Self::in_any_format`].
    in_any_format: OnceCell<String>,
}

impl FromRequestParts<Arc<App>> for Ask {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        // Every route has it from `arrive`.
        let arrived: Option<Arc<Arrived>> = parts.extensions.get().cloned();
        let arrived = arrived.ok_or_else(|| Problem::busy("requests"))?;
        let given = match &arrived.given {
            Some(given) => Arc::clone(given),
            // Once more, for what is wrong with it.
            None => Arc::new(Given::parse(parts.uri.query().unwrap_or_default())?),
        };
        Ok(Self::new(app, arrived, parts.uri.path(), given))
    }
}

impl Ask {
    /// A request for a path.
    pub fn new(app: &App, arrived: Arc<Arrived>, path: &str, given: Arc<Given>) -> Self {
        let served = &arrived.served;
        Self {
            atlas: Arc::clone(&served.atlas),
            is_page: arrived.is_page,
            params: Params::new(given),
            today: arrived.today,
            changed: conditional::changed(served, arrived.today),
            page_features: app.limits.page_features.get(),
            path: path.to_owned(),
            in_any_format: OnceCell::new(),
            arrived,
        }
    }

    /// When the snapshot came to be served.
    pub fn since(&self) -> Timestamp {
        self.arrived.served.since
    }

    /// Whether what is restricted may be told.
    pub fn sees_all(&self) -> bool {
        self.arrived.sees_all
    }

    /// Whether it may be told how the service goes.
    pub fn is_told(&self) -> bool {
        self.arrived.is_told
    }

    /// Says when to break off.
    pub fn stop(&self) -> &Stop {
        &self.arrived.stop
    }

    /// The most features that a page may have.
    pub fn page_limit(&self) -> usize {
        self.page_features
    }

    /// The path asked for, as it stands in the request.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What a file is called that holds the whole of something. None where parameters say
    /// of which part or of which time: a browser would keep that name, and a cut be taken
    /// for the whole. Then a link's `download` names it, or the address.
    pub fn file_name<'n>(&self, whole: &'n str) -> Option<&'n str> {
        self.params.names().all(|given| given == "f").then_some(whole)
    }

    /// A link to this answer as a page, and to the one as data where this is asked
    /// as a page.
    pub fn alternate(&self, media: &'static str) -> Link {
        if self.params.peek("f") == Some("html") {
            self.in_format("json", media, "As data")
        } else {
            self.in_format("html", page::HTML, "As a page")
        }
    }

    /// Links to this answer in the other formats of features.
    pub fn in_other_formats(&self, format: Format) -> impl Iterator<Item = Link> {
        others(format).map(|other| self.in_format(other.name(), other.media_type(), other.name()))
    }

    /// Writes some links of an answer in GeoJSON as a list of JSON, and after them those to it
    /// in the other formats of features, whose addresses are the same but for their ends.
    pub fn write_links(&self, links: &[Link], out: &mut String) {
        out.push('[');
        for link in links {
            link.write(out);
            out.push(',');
        }
        let mut this = String::with_capacity(256);
        write_text(&mut this, self.in_any_format());
        // Its address goes on.
        this.pop();
        for other in others(Format::GeoJson) {
            out.reserve(this.len() + 128);
            Link::write_before_href(ALTERNATE, other.media_type(), other.name(), out);
            for part in [&this, other.name(), "\"},"] {
                out.push_str(part);
            }
        }
        out.pop();
        out.push(']');
    }

    /// A link to this answer in a format.
    fn in_format(&self, name: &str, kind: &'static str, title: &'static str) -> Link {
        alternate([self.in_any_format(), name].concat(), kind, title)
    }

    /// The address of this answer in a format, whose name is to follow.
    fn in_any_format(&self) -> &str {
        self.in_any_format.get_or_init(|| {
            let mut this = self.href(&self.path);
            self.params.write_with(&[("f", "")], &mut this);
            this.push_str(if this.contains('?') { "&f=" } else { "?f=" });
            this
        })
    }

    /// A link to this answer.
    pub fn this(&self, media: &'static str, title: impl Into<Cow<'static, str>>) -> Link {
        let media = if self.params.peek("f") == Some("html") { page::HTML } else { media };
        self.here("self", media, title, &[])
    }

    /// A link to this answer with some parameters set; an empty value takes one away.
    pub fn here(
        &self,
        rel: &'static str,
        kind: &'static str,
        title: impl Into<Cow<'static, str>>,
        changes: &[(&str, &str)],
    ) -> Link {
        let mut href = self.href(&self.path);
        self.params.write_with(changes, &mut href);
        Link { rel, kind, title: title.into(), href, templated: false }
    }

    /// The address of a path here.
    pub fn href(&self, path: &str) -> String {
        let mut href = String::with_capacity(self.arrived.base.len() + path.len() + 128);
        href.push_str(&self.arrived.base);
        href.push_str(path);
        href
    }

    /// A link to a path here.
    pub fn link(
        &self,
        rel: &'static str,
        kind: &'static str,
        title: impl Into<Cow<'static, str>>,
        path: &str,
    ) -> Link {
        Link { rel, kind, title: title.into(), href: self.href(path), templated: false }
    }

    /// The path of this request with some parameters set; an empty value takes
    /// one away.
    pub fn path_with(&self, changes: &[(&str, &str)]) -> String {
        let mut path = self.path.clone();
        self.params.write_with(changes, &mut path);
        path
    }

    /// Refuses stray parameters and formats, once all others are read. JSON is
    /// what there is, under its own type or `media`, and the page made from it.
    pub fn finish(&self, media: &str) -> Result<(), Problem> {
        self.finish_in(&["json", "html"], &[media, JSON, page::HTML])
    }

    /// Refuses stray parameters, and formats but those that are called `names`
    /// and travel as `types`, once all other parameters are read.
    pub fn finish_in(&self, names: &[&str], types: &[&str]) -> Result<(), Problem> {
        if let Some(format) = self.params.text("f")
            && !names.contains(&format)
        {
            let shown = values::shown(format);
            let offered = names.iter().map(|name| format!("f={name}")).collect::<Vec<_>>();
            let offered = offered.join(" or ");
            let detail = format!("`{shown}` is not offered here; write {offered}");
            return Err(Problem::parameter("f", detail));
        }
        self.params.finish()?;
        if self.params.text("f").is_some() || self.arrived.accept.takes(types) {
            return Ok(());
        }
        let mut offered = types.to_vec();
        offered.dedup();
        Err(Problem::not_acceptable(&offered.join(" and ")))
    }

    /// Refuses stray parameters, and whoever does not take the one type that an
    /// answer has.
    pub fn finish_as(&self, media: &str) -> Result<(), Problem> {
        self.params.finish()?;
        if self.arrived.accept.takes(&[media]) {
            Ok(())
        } else {
            Err(Problem::not_acceptable(media))
        }
    }

    /// The format of features that the request names, once all its other
    /// parameters are read: by `f`, else by `Accept`, else GeoJSON.
    pub fn format(&self) -> Result<Format, Problem> {
        let named = self.params.read("f", |name| {
            let format = match name {
                "json" | "html" => Some(Format::GeoJson),
                _ => Format::from_name(name),
            };
            format.ok_or_else(|| {
                let names: Vec<&str> = Format::all().map(Format::name).collect();
                let shown = values::shown(name);
                format!(
                    "`{shown}` is not offered here; write json, html, or one of {}",
                    names.join(", ")
                )
            })
        })?;
        self.params.finish()?;
        if let Some(format) = named {
            return Ok(format);
        }
        if self.is_page {
            return Ok(Format::GeoJson);
        }
        let types = [GEOJSON, JSON].into_iter().chain(Format::all().map(Format::media_type));
        if let Some(best) = self.arrived.accept.best(types.chain([page::HTML])) {
            let format = Format::all().find(|format| format.media_type() == best);
            return Ok(format.unwrap_or(Format::GeoJson));
        }
        let types: Vec<&str> = Format::all().map(Format::media_type).collect();
        Err(Problem::not_acceptable(&types.join(", ")))
    }

    /// The collection with this id.
    pub fn layer(&self, id: &str) -> Result<&Layer, Problem> {
        self.shared(id).map(|layer| &**layer)
    }

    fn shared(&self, id: &str) -> Result<&Arc<Layer>, Problem> {
        self.atlas.layers.iter().find(|layer| layer.info.id == id).ok_or_else(|| {
            let ids: Vec<&str> =
                self.atlas.layers.iter().map(|layer| layer.info.id.as_str()).collect();
            Problem::not_found(format!(
                "there is no collection `{}`; there are {}",
                values::shown(id),
                ids.join(", ")
            ))
        })
    }

    /// `crs`: what coordinates are given in.
    pub fn crs(&self) -> Result<Crs, Problem> {
        Ok(self.params.read("crs", Crs::parse)?.unwrap_or_default())
    }

    /// `near` and `radius` as a circle, where they are given.
    pub fn circle(&self) -> Result<Option<Circle>, Problem> {
        let near = self.params.text("near").map(|text| self.place("near", text)).transpose()?;
        let radius = self.params.read("radius", values::radius)?;
        match (near, radius) {
            (None, None) => Ok(None),
            (None, Some(_)) => Err(Problem::parameter(
                "radius",
                "says how far from where? add `near` with a place or lon,lat",
            )),
            (Some(asked), radius) => {
                Ok(Some(Circle { centre: asked.at, radius_m: radius.unwrap_or(DEFAULT_RADIUS_M) }))
            }
        }
    }

    /// `radius`, or how far a question reaches when it does not say; metres.
    pub fn radius(&self) -> Result<f64, Problem> {
        Ok(self.params.read("radius", values::radius)?.unwrap_or(DEFAULT_RADIUS_M))
    }

    /// A place by id or name, or a position, given in a parameter.
    pub fn place(&self, parameter: &'static str, text: &str) -> Result<Asked, Problem> {
        find_place(&self.atlas, text).map_err(|error| name_problem(parameter, error))
    }

    /// The collections that `collections` names; the ones that `meant` picks when
    /// it names none.
    pub fn layers_named(
        &self,
        meant: impl Fn(LayerKind) -> bool,
    ) -> Result<Vec<&Arc<Layer>>, Problem> {
        let Some(names) = self.params.text("collections") else {
            let layers = self.atlas.layers.iter();
            return Ok(layers.filter(|layer| meant(layer.info.kind)).collect());
        };
        if names.is_empty() {
            let detail = "names no collection; leave it out, or write ids with commas between";
            return Err(Problem::parameter("collections", detail));
        }
        let mut layers: Vec<&Arc<Layer>> = Vec::new();
        for name in names.split(',') {
            let layer = self.shared(name.trim()).map_err(|p| p.of_parameter("collections"))?;
            if !layers.iter().any(|other| other.info.id == layer.info.id) {
                layers.push(layer);
            }
        }
        Ok(layers)
    }
}

/// The relation of an answer to itself in another format.
const ALTERNATE: &str = "alternate";

/// The formats of features but one.
fn others(format: Format) -> impl Iterator<Item = Format> {
    Format::all().filter(move |other| *other != format)
}

/// A link from an answer to itself in another format.
fn alternate(href: String, kind: &'static str, title: &'static str) -> Link {
    Link { rel: ALTERNATE, kind, title: title.into(), href, templated: false }
}

/// The refusal of a name in a parameter.
pub fn name_problem(parameter: &'static str, error: NameError) -> Problem {
    match error {
        NameError::Missing(detail) => Problem::not_found(detail).of_parameter(parameter),
        NameError::Unclear(detail) => Problem::parameter(parameter, detail),
    }
}

/// An answer with its type.
pub fn answer(kind: &'static str, body: impl Into<axum::body::Body>) -> Response {
    ([(header::CONTENT_TYPE, kind)], body.into()).into_response()
}

/// An answer that says in which reference system its coordinates are.
pub fn in_crs(crs: Crs, mut response: Response) -> Response {
    if let Ok(value) = HeaderValue::try_from(["<", crs.uri(), ">"].concat()) {
        response.headers_mut().insert(HeaderName::from_static("content-crs"), value);
    }
    response
}

/// A JSON answer.
pub fn json_answer(value: &Value) -> Response {
    answer(JSON, value.to_string())
}

/// Media type of JSON.
pub const JSON: &str = "application/json";
/// Media type of GeoJSON.
pub const GEOJSON: &str = "application/geo+json";

/// The path of a feature.
#[must_use]
pub fn item_path(layer: &Layer, id: &str) -> String {
    ["/collections/", &encoded(&layer.info.id), "/items/", &encoded(id)].concat()
}
