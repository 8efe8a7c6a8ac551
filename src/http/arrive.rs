//! What is done for each request before it is looked into, and after it is
//! answered: it keeps a snapshot, gets an id, is counted and written down.

use std::convert::Infallible;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, Version, header};
use percent_encoding::percent_decode_str;
use tower_service::Service;

use super::accept::Accept;
use super::app::{App, Served};
use super::client::{Client, Peer, Trust, client, host, origin};
use super::page;
use super::params::Given;
use super::problem::Problem;
use super::tokens::bearer;
use crate::atlas::{Day, Layer, today};
use crate::query::Stop;

/// What is counted as one route: files of the map, and what is not there.
pub const OTHER: &str = "other";

/// The policy of what is no page.
const SHOWS_NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

/// The header that names a request in the log.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What a request keeps to its end, whatever is swapped meanwhile: its tag, its
/// answer and its page are of one snapshot.
pub struct Arrived {
    /// Where it goes: a path as it stands in the list of routes.
    pub route: &'static str,
    /// What it gives; `None` where that cannot be read, which is refused where it is.
    pub given: Option<Arc<Given>>,
    /// What it takes for an answer.
    pub accept: Accept,
    /// Whether that is a page.
    pub is_page: bool,
    /// The snapshot.
    pub served: Arc<Served>,
    /// The day on which it came, in UTC: its answer is of that day, and its tag.
    pub today: Day,
    /// The address that links start with.
    pub base: String,
    /// Who sent it.
    pub client: Client,
    /// Whether it may see all: it shows a token, or came where whoever runs it asks.
    pub sees_all: bool,
    /// Whether it may be told how the service goes: it came where whoever runs it asks,
    /// it shows a token, or there is nothing that some may not see.
    pub is_told: bool,
    /// Which run of the server it came to.
    pub run: u32,
    /// Says that nobody waits for the answer any longer.
    pub stop: Stop,
}

impl Arrived {
    /// The collection that its path names.
    pub fn layer(&self, path: &str) -> Option<&Layer> {
        let rest = self
            .route
            .strip_prefix("/collections/{collection}")
            .and(path.strip_prefix("/collections/"))?;
        let name = rest.split('/').next().unwrap_or_default();
        self.served.atlas.layer(&percent_decode_str(name).decode_utf8().ok()?)
    }
}

/// Names for requests: a number, and before it what tells this run of the server
/// from others.
pub struct Ids {
    run: u32,
    /// Before each number.
    start: String,
    next: AtomicU64,
}

impl Ids {
    /// The names of a run.
    #[must_use]
    pub fn new() -> Self {
        // Hashers are seeded by the system, each run otherwise.
        #[allow(clippy::cast_possible_truncation)] // A part of a hash.
        let run = RandomState::new().hash_one(()) as u32;
        Self { run, start: format!("{run:08x}-"), next: AtomicU64::new(1) }
    }

    fn next(&self) -> String {
        [&self.start, &*self.next.fetch_add(1, Ordering::Relaxed).to_string()].concat()
    }
}

/// Whether a route is for whoever runs the service, and so has a rate of its own: it
/// is not refused for what else is asked from where they ask.
fn is_operators(route: &str) -> bool {
    route.starts_with("/health/") || route == "/metrics"
}

/// Receives a request.
pub(super) fn arrive<S, B>(
    (app, route): (Arc<App>, &'static str),
    mut request: Request,
    next: &mut S,
) -> impl Future<Output = Result<Response<B>, Infallible>> + use<S, B>
where
    S: Service<Request, Response = Response<B>, Error = Infallible>,
{
    let began = Instant::now();
    let id = app.ids.next();
    let headers = request.headers();
    let limits = &app.limits;
    let trust = Trust { networks: &limits.trusted_proxy, header: limits.proxy_header };
    let peer = request.extensions().get::<Peer>().copied();
    let from = peer.map_or(Client::ANYONE, |peer| client(peer, headers, trust));
    let base = app.base_url.clone();
    let host = host(headers);
    let base = base.or_else(|| Some(origin(peer?, host, headers, trust))).unwrap_or_default();
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let length = length.and_then(|length| length.parse().ok()).unwrap_or(0u64);
    tracing::trace!(id, address = %request.uri(), "asked");
    // A token that opens nothing is refused: who shows one expects more than what
    // everyone sees.
    let shown = bearer(headers).and_then(|token| app.knows(token));
    let is_operator = peer.is_some_and(|peer| peer.is_operator);
    let limited = match &app.rate {
        Some(rates) if !is_operator => rates[usize::from(is_operators(route))].take(from, began),
        _ => Ok(()),
    };
    let method = request.method().clone();
    let refusal = if let Err(wait) = limited {
        app.metrics.limited();
        Some(Problem::too_many(wait))
    } else if length > u64::from(limits.head_bytes) {
        Some(Problem::too_large(limits.head_bytes))
    } else if shown == Some(false) {
        Some(Problem::unauthorized())
    } else if request.version() == Version::HTTP_11 && host.is_none() {
        Some(Problem::bad_request("name one `Host`, with or without a port (RFC 9112, 3.2)"))
    } else if is_too_long(&request, limits.address_bytes) {
        Some(Problem::too_long(limits.address_bytes))
    } else {
        None
    };
    let mut is_private = false;
    if let Some(problem) = refusal {
        request.extensions_mut().insert(Refused(problem));
    } else {
        let sees_all = shown == Some(true) || is_operator;
        let is_told = sees_all || !app.has_tokens();
        let served = app.served(sees_all);
        is_private = served.is_restricted || app.has_tokens() && is_told;
        let stop = Stop::new();
        let run = app.ids.run;
        let given = Given::parse(request.uri().query().unwrap_or_default()).ok().map(Arc::new);
        let accept = Accept::of(request.headers());
        let is_page = page::is_asked(&accept, given.as_deref().unwrap_or(&Given::default()));
        let client = from;
        let arrived = Arrived {
            route,
            given,
            accept,
            is_page,
            served,
            today: today(),
            base,
            client,
            sees_all,
            is_told,
            run,
            stop,
        };
        request.extensions_mut().insert(Arc::new(arrived));
    }
    let answer = next.call(request);
    async move {
        let mut response = answer.await?;
        let_out(&mut response);
        if is_private {
            let private = HeaderValue::from_static("private, no-cache");
            response.headers_mut().insert(header::CACHE_CONTROL, private);
        }
        if app.has_tokens() {
            let depends = HeaderValue::from_static("authorization");
            response.headers_mut().append(header::VARY, depends);
        }
        let (status, after) = (response.status(), began.elapsed());
        app.metrics.answered(route, status.as_u16(), after);
        // The route, not the address: that may say where someone is or means to go.
        let (status, ms) = (status.as_u16(), u64::try_from(after.as_millis()).unwrap_or(u64::MAX));
        // What is refused for want of room or time is counted; a flood of it is not to
        // flood the log too.
        if status >= 500 && status != 503 {
            tracing::warn!(id, %method, route, status, ms, "not answered");
        } else {
            tracing::debug!(id, %method, route, status, ms, "answered");
        }
        if peer.is_some_and(|peer| peer.is_tls) {
            let year = HeaderValue::from_static("max-age=31536000");
            response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, year);
        }
        if let Ok(id) = HeaderValue::try_from(id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        Ok(response)
    }
}

/// Puts the headers that every answer has where it has none of its own.
fn let_out<B>(response: &mut Response<B>) {
    // Pages and the map have their own; what else is opened shows nothing. None goes with
    // a 304: a browser would put it in the place of the one that the page came with, and
    // show nothing of a page that it has.
    let policy = (response.status() != StatusCode::NOT_MODIFIED)
        .then_some((header::CONTENT_SECURITY_POLICY, SHOWS_NOTHING));
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CACHE_CONTROL, "no-cache"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ]
    .into_iter()
    .chain(policy)
    {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// Whether a request has a longer address than so many bytes. (4 GB do not arrive.)
fn is_too_long(request: &Request, most: u32) -> bool {
    let length = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    u32::try_from(length).is_ok_and(|length| length > most)
}

/// Why a request is not looked into. It goes on as far as [`answer`](super::answer::answer),
/// so that its answer gets what every answer gets on the way out: a script of another origin
/// reads no other.
#[derive(Clone)]
pub(super) struct Refused(pub Problem);
