//! The HTTP interface: one file a resource, typed parameters, problem+json for
//! refusals. No domain logic; see `docs/api.md` for the contract.

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
mod params;
mod places;
mod problem;
mod schema;
mod stream;
mod timeline;

use std::sync::Arc;

use arc_swap::ArcSwap;
use axum::Router;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::from_fn_with_state;
use axum::routing::get;
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

/// All routes.
pub fn router(app: Arc<App>) -> Router {
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::HEAD])
        .expose_headers([header::LINK, HeaderName::from_static("content-crs")]);
    let header = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    Router::new()
        .route("/", get(landing::landing))
        .route("/api", get(landing::api))
        .route("/conformance", get(landing::conformance))
        .route("/collections", get(collections::all))
        .route("/collections/{collection}", get(collections::one))
        .route("/collections/{collection}/items", get(items::items))
        .route("/collections/{collection}/items/{id}", get(item::item))
        .route("/collections/{collection}/items/{id}/versions", get(item::versions))
        .route("/collections/{collection}/items/{id}/timeline", get(timeline::of_item))
        .route("/collections/{collection}/queryables", get(schema::queryables))
        .route("/collections/{collection}/schema", get(schema::returned))
        .route("/functions", get(schema::functions))
        .route("/near", get(near::near))
        .route("/places", get(places::places))
        .route("/timeline", get(timeline::timeline))
        .route("/sources", get(ledger::sources))
        .route("/sources/{id}", get(ledger::source))
        .route("/actors", get(ledger::actors))
        .route("/indicators", get(ledger::indicators))
        .route("/contradictions", get(ledger::contradictions))
        .route("/relief/{zoom}/{column}/{row}", get(assets::relief))
        .route_layer(from_fn_with_state(Arc::clone(&app), conditional::tagged))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .fallback(assets::asset)
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .with_state(app)
        .layer(CompressionLayer::new())
        .layer(cors)
        .layer(header(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(header::REFERRER_POLICY, "same-origin"))
        .layer(header(header::CACHE_CONTROL, "no-cache"))
}
