//! The HTTP interface: one file a resource, typed parameters, problem+json for
//! refusals. No domain logic; see `docs/api.md` for the contract.

mod accept;
mod ask;
mod assets;
mod collections;
mod conditional;
mod cursor;
mod health;
mod item;
mod items;
mod landing;
mod ledger;
mod narrow;
mod near;
mod openapi;
mod package;
mod page;
mod params;
mod places;
mod problem;
mod schema;
mod stream;
mod styles;
mod tiles;
mod timeline;

use std::sync::Arc;

use arc_swap::ArcSwap;
use axum::Router;
use axum::handler::Handler;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get};
use jiff::Timestamp;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::atlas::Atlas;
use problem::Problem;

/// What the server holds.
pub struct App {
    /// The snapshot that new requests are answered from.
    pub atlas: ArcSwap<Atlas>,
    /// The address that links start with; the request's host when `None`.
    pub base_url: Option<String>,
    /// When the snapshot was loaded.
    pub loaded: Timestamp,
}

impl App {
    /// A server of one snapshot.
    #[must_use]
    pub fn new(atlas: Atlas, base_url: Option<String>) -> Self {
        Self { atlas: ArcSwap::from_pointee(atlas), base_url, loaded: Timestamp::now() }
    }
}

type Route = (&'static str, MethodRouter<Arc<App>>);

/// The routes of what a snapshot holds. What stands here must be described in
/// [`openapi`].
fn routes() -> Vec<Route> {
    vec![
        ("/", get(landing::landing)),
        ("/about", get(landing::about)),
        ("/api", get(landing::api)),
        ("/conformance", get(landing::conformance)),
        ("/collections", get(collections::all)),
        ("/collections/{collection}", get(collections::one)),
        ("/collections/{collection}/items", get(items::items)),
        ("/collections/{collection}/items/{id}", get(item::item)),
        ("/collections/{collection}/items/{id}/versions", get(item::versions)),
        ("/collections/{collection}/items/{id}/timeline", get(timeline::of_item)),
        ("/collections/{collection}/queryables", get(schema::queryables)),
        ("/collections/{collection}/schema", get(schema::returned)),
        ("/collections/{collection}/tiles", get(tiles::sets::of_collection)),
        ("/collections/{collection}/tiles/{tileMatrixSetId}", get(tiles::sets::set_of_collection)),
        (
            "/collections/{collection}/tiles/{tileMatrixSetId}/tilejson.json",
            get(tiles::sets::tilejson_of_collection),
        ),
        (
            "/collections/{collection}/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}",
            get(tiles::of_collection),
        ),
        ("/tiles", get(tiles::sets::of_atlas)),
        ("/tiles/{tileMatrixSetId}", get(tiles::sets::set_of_atlas)),
        ("/tiles/{tileMatrixSetId}/tilejson.json", get(tiles::sets::tilejson_of_atlas)),
        ("/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}", get(tiles::of_atlas)),
        ("/tileMatrixSets", get(tiles::grid::all)),
        ("/tileMatrixSets/{tileMatrixSetId}", get(tiles::grid::one)),
        ("/styles", get(styles::all)),
        ("/styles/{styleId}", get(styles::one)),
        ("/functions", get(schema::functions)),
        (package::PATH, get(package::package)),
        ("/near", get(near::near)),
        ("/places", get(places::places)),
        ("/timeline", get(timeline::timeline)),
        ("/sources", get(ledger::sources)),
        ("/sources/{id}", get(ledger::source)),
        ("/actors", get(ledger::actors)),
        ("/indicators", get(ledger::indicators)),
        ("/contradictions", get(ledger::contradictions)),
        ("/relief/{zoom}/{column}/{row}", get(assets::relief)),
    ]
}

/// The routes whose answers change while a snapshot does not.
fn health_routes() -> Vec<Route> {
    vec![("/health/live", get(health::live)), ("/health/ready", get(health::ready))]
}

/// The paths of all routes.
fn paths() -> impl Iterator<Item = &'static str> {
    routes().into_iter().chain(health_routes()).map(|(path, _)| path)
}

/// All routes.
pub fn router(app: Arc<App>) -> Router {
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD])
        .expose_headers([
            header::LINK,
            header::ETAG,
            header::CONTENT_DISPOSITION,
            HeaderName::from_static("content-crs"),
            HeaderName::from_static("memento-datetime"),
        ]);
    let header = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let mut tagged = Router::new();
    for (path, route) in routes() {
        tagged = tagged.route(path, route);
    }
    let mut fresh = Router::new();
    for (path, route) in health_routes() {
        fresh = fresh.route(path, route);
    }
    let pages = || from_fn_with_state(Arc::clone(&app), page::pages);
    tagged
        .route_layer(pages())
        .route_layer(from_fn_with_state(Arc::clone(&app), conditional::tagged))
        .merge(fresh.route_layer(pages()))
        .fallback(assets::asset.layer(pages()))
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .with_state(app)
        .layer(CompressionLayer::new())
        .layer(cors)
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "same-origin"))
        .layer(header(header::CACHE_CONTROL, "no-cache"))
}
