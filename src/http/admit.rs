//! Letting requests in: how many of each kind are under way at once, and for how
//! long each may be. Kinds wait apart, so that none starves another.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::{Frame, SizeHint};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::AbortHandle;

use super::accept::essence;
use super::app::App;
use super::arrive::Arrived;
use super::client::Client;
use super::items::SMALL_PAGE;
use super::limits::Limits;
use super::package;
use super::problem::Problem;
use crate::format::Format;
use crate::query::Stop;

/// How much work a request may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weight {
    /// Answered at once, whatever is served.
    Quick,
    /// May go over all features: a filter, an order, a question about a place.
    Question,
    /// Draws a tile, on a thread of its own.
    Tile,
    /// Writes for as long as it is read: a file, a large page.
    Download,
}

/// Parameters of items that an index answers, whatever their values.
const INDEXED: [&str; 9] = [
    "bbox",
    "crs",
    "cursor",
    "datetime",
    "known-at",
    "limit",
    "offset",
    "properties",
    "skipGeometry",
];

impl Weight {
    /// Every weight.
    pub const ALL: [Self; 4] = [Self::Quick, Self::Question, Self::Tile, Self::Download];

    /// What several of it are called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quick => "requests",
            Self::Question => "questions",
            Self::Tile => "tiles",
            Self::Download => "downloads",
        }
    }

    /// The weight of a request to a route.
    #[must_use]
    pub fn of(route: &str, query: &str, headers: &HeaderMap) -> Self {
        match route {
            "/collections/{collection}/items" => Self::of_items(query, headers),
            "/collections/{collection}/items/{id}" if is_file(query, headers) => Self::Download,
            package::PATH => Self::Download,
            "/near" | "/places" | "/timeline" | "/collections/{collection}/items/{id}/timeline" => {
                Self::Question
            }
            _ if route.ends_with("/{tileCol}") => Self::Tile,
            _ => Self::Quick,
        }
    }

    fn of_items(query: &str, headers: &HeaderMap) -> Self {
        if is_file(query, headers) {
            return Self::Download;
        }
        let mut weight = Self::Quick;
        for (name, value) in pairs(query).filter(|(name, _)| *name != "f") {
            let is_small = || value.parse().is_ok_and(|limit: usize| limit <= SMALL_PAGE);
            if name == "limit" && !is_small() {
                return Self::Download;
            }
            if !INDEXED.contains(&name) {
                weight = Self::Question;
            }
        }
        weight
    }
}

/// Whether features are asked for as a file. `f` counts before `Accept`.
fn is_file(query: &str, headers: &HeaderMap) -> bool {
    if let Some((_, format)) = pairs(query).find(|(name, _)| *name == "f") {
        return !matches!(format, "json" | "geojson" | "html");
    }
    let mut accepted =
        headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepted.any(|text| {
        let mut files = Format::all().filter(|format| *format != Format::GeoJson);
        // In small letters, as `Accept` is compared.
        let text = text.to_ascii_lowercase();
        files.any(|file| text.contains(essence(file.media_type())))
    })
}

/// The parameters as they stand, not decoded: a name in another spelling is none of
/// those that are known to be quick.
fn pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// Those of one weight that are under way, and those that wait.
pub struct Gate {
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
    queue: usize,
    patience: Duration,
}

impl Gate {
    fn new(permits: usize, limits: &Limits) -> Self {
        Self {
            permits: Arc::new(Semaphore::new(permits.min(Semaphore::MAX_PERMITS))),
            waiting: AtomicUsize::new(0),
            queue: limits.queue,
            patience: limits.queue_timeout,
        }
    }

    /// Lets one in, at once or after a while; `None` when too many wait, or it
    /// waited too long.
    async fn enter(&self) -> Option<OwnedSemaphorePermit> {
        let permits = || Arc::clone(&self.permits);
        if let Ok(permit) = permits().try_acquire_owned() {
            return Some(permit);
        }
        let place = Place::in_queue(&self.waiting);
        if place.number >= self.queue {
            return None;
        }
        tokio::time::timeout(self.patience, permits().acquire_owned()).await.ok()?.ok()
    }
}

/// A place in a queue, given up when it is dropped, also by a client that goes.
struct Place<'a> {
    waiting: &'a AtomicUsize,
    number: usize,
}

impl<'a> Place<'a> {
    fn in_queue(waiting: &'a AtomicUsize) -> Self {
        Self { number: waiting.fetch_add(1, Ordering::Relaxed), waiting }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The downloads of each client that are under way, of so many at the most: one
/// that reads slowly keeps a thread waiting.
struct Shares {
    most: usize,
    held: Mutex<HashMap<Client, usize>>,
}

/// One download of a client.
struct Share {
    shares: Arc<Shares>,
    client: Client,
}

impl Shares {
    fn take(self: &Arc<Self>, client: Client) -> Option<Share> {
        let mut held = self.held();
        let count = held.entry(client).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Share { shares: Arc::clone(self), client })
    }

    fn held(&self) -> MutexGuard<'_, HashMap<Client, usize>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut held = self.shares.held();
        if let Entry::Occupied(mut count) = held.entry(self.client) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
    }
}

/// The gates of all weights.
pub struct Gates {
    of_weights: [Gate; 4],
    shares: Arc<Shares>,
    answer_timeout: Duration,
    download_timeout: Duration,
}

impl Gates {
    /// The gates that some limits want.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        let permits = |weight| match weight {
            Weight::Quick => limits.quick.get(),
            Weight::Question => limits.questions(),
            Weight::Tile => limits.tiles(),
            Weight::Download => limits.downloads.get(),
        };
        Self {
            of_weights: Weight::ALL.map(|weight| Gate::new(permits(weight), limits)),
            shares: Arc::new(Shares {
                most: limits.client_downloads.get(),
                held: Mutex::default(),
            }),
            answer_timeout: limits.answer_timeout,
            download_timeout: limits.download_timeout,
        }
    }
}

/// Lets a request in when its kind has room, and sees to it that it ends.
pub(super) async fn admit(
    State((app, route)): State<(Arc<App>, &'static str)>,
    Extension(arrived): Extension<Arc<Arrived>>,
    request: Request,
    next: Next,
) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let weight = Weight::of(route, query, request.headers());
    let gates = &app.gates;
    let share = (weight == Weight::Download).then(|| gates.shares.take(arrived.client));
    let Some(share) = share.map_or(Some(None), |share| share.map(Some)) else {
        app.metrics.shed(weight);
        return Problem::too_many_downloads().into_response();
    };
    let Some(permit) = gates.of_weights[weight as usize].enter().await else {
        app.metrics.shed(weight);
        return Problem::busy(weight.name()).into_response();
    };
    let held = (permit, share, app.metrics.entered(weight));
    if weight == Weight::Quick {
        let response = next.run(request).await;
        drop(held);
        return response;
    }
    let mut ending = Ending { stop: arrived.stop.clone(), timer: None };
    let limit = gates.answer_timeout;
    let answered = match weight {
        // Its handler draws on another thread.
        Weight::Tile => {
            let answered = tokio::time::timeout(limit, next.run(request)).await;
            answered.ok().map(|response| (response, held))
        }
        // Going over all features would keep other requests of this thread waiting.
        _ => {
            let handle = Handle::current();
            let work = move || (handle.block_on(next.run(request)), held);
            match tokio::time::timeout(limit, tokio::task::spawn_blocking(work)).await {
                Ok(Ok(answered)) => Some(answered),
                Ok(Err(error)) => std::panic::resume_unwind(error.into_panic()),
                Err(_) => None,
            }
        }
    };
    let Some((response, held)) = answered else {
        app.metrics.stopped(weight);
        return Problem::too_slow().into_response();
    };
    if response.body().size_hint().exact().is_some() {
        return response;
    }
    let stop = arrived.stop.clone();
    let limit = if weight == Weight::Download { gates.download_timeout } else { limit };
    let timer = tokio::spawn(async move {
        tokio::time::sleep(limit).await;
        app.metrics.stopped(weight);
        stop.say();
    });
    ending.timer = Some(timer.abort_handle());
    response.map(|body| Body::new(Held { body, _held: (ending, held) }))
}

/// Says to whoever still works on an answer, once nobody waits for it any longer,
/// that it is to be broken off.
struct Ending {
    stop: Stop,
    timer: Option<AbortHandle>,
}

impl Drop for Ending {
    fn drop(&mut self) {
        self.stop.say();
        if let Some(timer) = &self.timer {
            timer.abort();
        }
    }
}

/// A body with what is held until it is sent.
struct Held<H> {
    body: Body,
    _held: H,
}

impl<H: Unpin> HttpBody for Held<H> {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_follow_from_what_is_asked() {
        let items = "/collections/{collection}/items";
        let none = HeaderMap::new();
        for (query, weight) in [
            ("", Weight::Quick),
            ("bbox=70,39,72,41&limit=10&datetime=2005-01-01", Weight::Quick),
            ("f=html&offset=40", Weight::Quick),
            ("limit=200", Weight::Quick),
            ("limit=201", Weight::Download),
            ("f=csv", Weight::Download),
            ("filter=a%3D1&f=gpkg", Weight::Download),
            ("filter=a%3D1", Weight::Question),
            ("status=mined", Weight::Question),
            ("near=Osh", Weight::Question),
            ("sortby=name", Weight::Question),
            // No way round by another spelling.
            ("%66ilter=a%3D1", Weight::Question),
            ("limit=1%30000", Weight::Download),
            ("f=%63sv", Weight::Download),
            ("%66=csv", Weight::Question),
            ("bbox-crs=EPSG:32642&bbox=1,2,3,4", Weight::Question),
        ] {
            assert_eq!(Weight::of(items, query, &none), weight, "{query}");
        }
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, "text/csv; charset=utf-8, */*;q=0.1".parse().unwrap());
        assert_eq!(Weight::of(items, "", &headers), Weight::Download);
        assert_eq!(Weight::of(items, "f=json", &headers), Weight::Quick);
        headers.insert(header::ACCEPT, "*/*".parse().unwrap());
        headers.append(header::ACCEPT, "Text/CSV".parse().unwrap());
        assert_eq!(Weight::of(items, "", &headers), Weight::Download);
        headers.insert(header::ACCEPT, "application/geo+json".parse().unwrap());
        assert_eq!(Weight::of(items, "", &headers), Weight::Quick);
        let tile = "/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}";
        assert_eq!(Weight::of(tile, "", &none), Weight::Tile);
        let item = "/collections/{collection}/items/{id}";
        assert_eq!(Weight::of(item, "f=gpkg", &none), Weight::Download);
        assert_eq!(Weight::of(item, "datetime=2005-01-01", &none), Weight::Quick);
        assert_eq!(Weight::of("/atlas.gpkg", "", &none), Weight::Download);
        assert_eq!(Weight::of("/near", "at=1,2", &none), Weight::Question);
        assert_eq!(Weight::of("/collections", "", &none), Weight::Quick);
    }

    #[tokio::test]
    async fn a_gate_lets_in_holds_back_and_turns_away() {
        let permits = Arc::new(Semaphore::new(1));
        let waiting = AtomicUsize::new(0);
        let gate = Gate { permits, waiting, queue: 1, patience: Duration::from_millis(50) };
        let first = gate.enter().await.expect("there is room");
        let (second, third) = tokio::join!(gate.enter(), gate.enter());
        assert!(second.is_none(), "it waited too long");
        assert!(third.is_none(), "there was no place to wait");
        assert_eq!(gate.waiting.load(Ordering::Relaxed), 0);
        let (second, ()) = tokio::join!(gate.enter(), async { drop(first) });
        assert!(second.is_some(), "the first went");
    }

    #[test]
    fn a_client_has_its_share_of_downloads() {
        let shares = Arc::new(Shares { most: 2, held: Mutex::default() });
        let first = shares.take(Client::ANYONE);
        let second = shares.take(Client::ANYONE);
        assert!(first.is_some() && second.is_some());
        assert!(shares.take(Client::ANYONE).is_none());
        drop(first);
        assert!(shares.take(Client::ANYONE).is_some(), "and its drop gives it back");
        drop(second);
        assert!(shares.held().is_empty(), "who has none is forgotten");
    }
}
