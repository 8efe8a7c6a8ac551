//! The HTTP interface: one file a resource, typed parameters, problem+json for
//! refusals. No domain logic; see `docs/api.md` for the contract.

mod accept;
mod admit;
mod app;
mod arrive;
mod ask;
mod assets;
mod client;
mod collections;
mod conditional;
mod cursor;
mod gate;
mod health;
mod item;
mod items;
mod kept;
mod landing;
mod ledger;
mod limits;
mod link;
mod metrics;
mod narrow;
mod near;
mod openapi;
mod package;
mod page;
mod params;
mod places;
mod problem;
mod rate;
mod schema;
mod sent;
mod shares;
mod stream;
mod styles;
mod tiles;
mod timeline;
mod tokens;
mod weigh;

use std::sync::Arc;

use axum::Router;
use axum::handler::Handler;
use axum::http::{
    Extensions, HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version, header,
};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get};
use tower_http::compression::predicate::{DefaultPredicate, Predicate};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::cors::{Any, CorsLayer};
use tower_http::set_header::SetResponseHeaderLayer;

pub use app::{App, Failure, Outcome, Reload, Reloads, Served, Setting};
pub use client::Peer;
pub use limits::Limits;
use problem::Problem;
pub use shares::Shares;
pub use tokens::Tokens;

/// How hard answers are compressed on their way, in gzip and Zstandard alike. Of geometries
/// gzip makes 29 % in 6 ms a megabyte of a processor's time by this, and 28 % in 48 ms by its
/// own default; Zstandard 17 % in 2 ms. (Brotli made 17 % in 8 ms, and held 8 MB for who reads
/// slowly.)
const EFFORT: i32 = 2;

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
    vec![
        ("/health/live", get(health::live)),
        ("/health/ready", get(health::ready)),
        ("/metrics", get(health::metrics)),
    ]
}

/// The paths of all routes.
fn paths() -> impl Iterator<Item = &'static str> {
    routes().into_iter().chain(health_routes()).map(|(path, _)| path)
}

/// All routes.
pub fn router(app: &Arc<App>) -> Router {
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD])
        .allow_headers([header::AUTHORIZATION])
        .expose_headers([
            header::LINK,
            header::RETRY_AFTER,
            header::ETAG,
            header::CONTENT_DISPOSITION,
            HeaderName::from_static("content-crs"),
            HeaderName::from_static("memento-datetime"),
            arrive::REQUEST_ID,
        ]);
    let header = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    let pages = || from_fn_with_state(Arc::clone(app), page::pages);
    let mut router = Router::new();
    for (path, route) in routes() {
        // The first is the outermost. What a client has already takes nobody's place.
        let admit = from_fn_with_state(Arc::clone(app), admit::admit);
        router = router.route(path, route.layer((from_fn(conditional::tagged), admit, pages())));
    }
    for (path, route) in health_routes() {
        router = router.route(path, route.layer(pages()));
    }
    router
        .fallback(assets::asset.layer(pages()))
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .with_state(Arc::clone(app))
        // In one piece, since each piece is another object that every request goes through.
        .layer((
            header(header::CACHE_CONTROL, "no-cache"),
            header(header::REFERRER_POLICY, "same-origin"),
            header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            // Pages and the map have their own; what else is opened shows nothing.
            SetResponseHeaderLayer::if_not_present(header::CONTENT_SECURITY_POLICY, shows_nothing),
            cors,
            CompressionLayer::new()
                .quality(CompressionLevel::Precise(EFFORT))
                .compress_when(DefaultPredicate::new().and(may_be_compressed)),
            from_fn(arrive::guard),
        ))
        // Round all that is asked, whatever the method.
        .layer(from_fn_with_state(Arc::clone(app), arrive::arrive))
}

fn may_be_compressed(_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions) -> bool {
    extensions.get::<assets::AsItIs>().is_none()
}

/// The policy of what is no page. None goes with a 304: a browser would put it in the place of the one
/// that the page came with, and show nothing of a page that it has.
fn shows_nothing<B>(response: &axum::http::Response<B>) -> Option<HeaderValue> {
    let policy = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    (response.status() != StatusCode::NOT_MODIFIED).then_some(policy)
}

/// How the service goes, for whoever runs it, and nothing else.
pub fn health_router(app: &Arc<App>) -> Router {
    let mut router = Router::new();
    for (path, route) in health_routes() {
        router = router.route(path, route);
    }
    router
        .fallback(async || Problem::not_found("there are /health/live, /health/ready, /metrics"))
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .with_state(Arc::clone(app))
        .layer(from_fn(arrive::guard))
        .layer(from_fn_with_state(Arc::clone(app), arrive::arrive))
}
