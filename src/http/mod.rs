//! The HTTP interface: one file a resource, typed parameters, problem+json for
//! refusals. No domain logic; see `docs/api.md` for the contract.

mod accept;
mod admit;
mod answer;
mod app;
mod around;
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
use axum::http::{Extensions, HeaderMap, HeaderName, Method, StatusCode, Version, header};
use axum::routing::{MethodRouter, any, get};
use tower_http::compression::predicate::{DefaultPredicate, Predicate};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::cors::{Any, CorsLayer};

use answer::{Answers, answer};
pub use app::{App, Failure, Outcome, Reload, Reloads, Served, Setting};
use around::Around;
use arrive::arrive;
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

/// What stands round the handler of a route, from the outermost in. In one piece, since
/// each piece is another object that every request goes through.
fn round(app: &Arc<App>, (path, handler): Route, answers: Answers) -> MethodRouter<Arc<App>> {
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
    let compression = CompressionLayer::new()
        .quality(CompressionLevel::Precise(EFFORT))
        .compress_when(DefaultPredicate::new().and(may_be_compressed));
    let knows = (Arc::clone(app), path);
    let answering = Around { knows: (Arc::clone(app), answers), function: answer };
    if answers == Answers::ToOperators {
        // No page of another origin reads what is for whoever runs the service.
        return handler.layer((Around { knows, function: arrive }, answering));
    }
    handler.layer((Around { knows, function: arrive }, cors, compression, answering))
}

/// Routes, and what answers where there is none.
fn router_of(
    app: &Arc<App>,
    there_are: impl IntoIterator<Item = (Route, Answers)>,
    (nothing, answers): (MethodRouter<Arc<App>>, Answers),
) -> Router {
    let mut router = Router::new();
    for ((path, handler), answers) in there_are {
        let handler = handler.fallback(async || Problem::method_not_allowed());
        router = router.route(path, round(app, (path, handler), answers));
    }
    let nothing = round(app, (arrive::OTHER, nothing), answers);
    router.fallback_service(nothing.with_state(Arc::clone(app))).with_state(Arc::clone(app))
}

/// All routes.
pub fn router(app: &Arc<App>) -> Router {
    let of_snapshot = routes().into_iter().map(|route| (route, Answers::OfSnapshot));
    let of_service = health_routes().into_iter().map(|route| (route, Answers::OfService));
    router_of(app, of_snapshot.chain(of_service), (any(assets::asset), Answers::OfService))
}

/// How the service goes, for whoever runs it, and nothing else.
pub fn health_router(app: &Arc<App>) -> Router {
    let routes = health_routes().into_iter().map(|route| (route, Answers::ToOperators));
    let nothing = async || Problem::not_found("there are /health/live, /health/ready, /metrics");
    router_of(app, routes, (any(nothing), Answers::ToOperators))
}

fn may_be_compressed(_: StatusCode, _: Version, _: &HeaderMap, extensions: &Extensions) -> bool {
    extensions.get::<assets::AsItIs>().is_none()
}
