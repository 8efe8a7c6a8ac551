//! Letting requests in, and their answers out: work goes where it keeps nobody else
//! waiting, for so long at the most, and what is not read is held in bounds.

use std::sync::Arc;
use std::time::Duration;

use axum::body::HttpBody;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, Version, header};
use axum::response::{IntoResponse, Response};
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use super::answer::Next;
use super::app::App;
use super::arrive::Arrived;
use super::client::Client;
use super::gate::Gate;
use super::kept;
use super::limits::Limits;
use super::params::Given;
use super::problem::Problem;
use super::sent::Sent;
use super::shares::{Share, Shares};
use super::stream::{Unwritten, WAITING_BYTES, Writer};
use super::weigh::Weight;
use crate::format::Holds;
use crate::query::Stop;

/// Bytes of an answer that are not counted: a connection has as much of its own.
const UNCOUNTED: usize = 16 * 1024;

/// Bytes that compressing an answer on its way holds until it is read, at the most:
/// Zstandard's window by [`EFFORT`](super::EFFORT), its tables and a block.
const CODER: usize = 2 << 20;

/// The room that there is.
pub struct Gates {
    of_weights: [Arc<Gate>; 4],
    /// Downloads of each client: one that reads slowly keeps a thread waiting.
    downloads: Arc<Shares>,
    /// Bytes that each client has not read.
    client_unread: Arc<Shares>,
    /// Bytes that all of them have not read.
    unread: Arc<Shares>,
    /// Bytes of packages in the making of each client.
    client_packages: Arc<Shares>,
    /// Bytes of all of them.
    packages: Arc<Shares>,
    answer_timeout: Duration,
    download_timeout: Duration,
}

impl Gates {
    /// As some limits want.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        let gate = |weight| {
            let (room, of_one) = (limits.room(weight), limits.room_of_one(weight));
            Gate::new(room, of_one, limits.queue, limits.queue_timeout)
        };
        Self {
            of_weights: Weight::ALL.map(gate),
            downloads: Shares::new(limits.client_downloads.get()),
            client_unread: Shares::new(limits.client_unread_bytes.get()),
            unread: Shares::new(limits.unread_bytes.get()),
            client_packages: Shares::new(limits.client_package_bytes()),
            packages: Shares::new(limits.package_bytes.get()),
            answer_timeout: limits.answer_timeout,
            download_timeout: limits.download_timeout,
        }
    }
}

/// Lets a request in when its kind has room, and sees to it that it ends. What takes longer
/// lies in a box, so that there is less to be moved of a request that is answered at once.
pub(super) async fn admit(next: Next, request: Request) -> Response {
    let (app, arrived) = (Arc::clone(&next.app), Arc::clone(&next.arrived));
    let asked = Asked {
        is_head: request.method() == Method::HEAD,
        is_old: request.version() < Version::HTTP_11,
        is_compressed: is_compressed(request.headers()),
    };
    let weight = {
        let layer = arrived.layer(request.uri().path());
        let nothing = Given::default();
        let given = arrived.given.as_deref().unwrap_or(&nothing);
        Weight::of(arrived.route, given, arrived.is_page, layer)
    };
    // As long as this lives someone waits for the answer.
    let ending = Ending { stop: arrived.stop.clone(), timer: None };
    let answered = match weight {
        None => Ok(next.run(request).await),
        // The head alone, which is asked for too, is no tile.
        Some(Weight::Tile) if request.method() == Method::GET => {
            Box::pin(tile(&app, &arrived, request, next)).await
        }
        Some(weight) => Box::pin(worked_out(&app, weight, arrived.client, request, next)).await,
    };
    let answered = match answered {
        Ok(mut response) => match Unwritten::of(&mut response) {
            _ if asked.is_head => Ok(response),
            Some(writer) => {
                Box::pin(download(&app, &arrived, asked, ending, writer, response)).await
            }
            None => measured(&app, arrived.client, asked, response),
        },
        refused => refused,
    };
    answered.unwrap_or_else(IntoResponse::into_response)
}

/// What the way of an answer depends on.
#[derive(Clone, Copy)]
struct Asked {
    is_head: bool,
    /// In HTTP/1.0.
    is_old: bool,
    is_compressed: bool,
}

fn is_compressed(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter();
    let mut values = values.filter_map(|value| value.to_str().ok()).map(str::to_ascii_lowercase);
    values.any(|value| ["gzip", "zstd", "*"].iter().any(|name| value.contains(name)))
}

/// A tile: as it was drawn before, else drawn when there is room for it.
async fn tile(
    app: &App,
    arrived: &Arrived,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let asked = kept::Asked::of(arrived, &request);
    let held = app.tiles.get(&asked);
    app.metrics.sought(held.is_some());
    if let Some(tile) = held {
        return Ok(tile);
    }
    let drawn = worked_out(app, Weight::Tile, arrived.client, request, next).await?;
    Ok(app.tiles.keep(asked, drawn).await)
}

/// An answer that is worked out on a thread of its own, by so many at once.
async fn worked_out(
    app: &App,
    weight: Weight,
    client: Client,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let permit = app.gates.of_weights[weight as usize].enter(client).await.ok_or_else(|| {
        app.metrics.shed(weight);
        Problem::busy(weight.name())
    })?;
    let held = (permit, app.metrics.entered(weight));
    let limit = app.gates.answer_timeout;
    let handle = Handle::current();
    let work = move || {
        let response = handle.block_on(next.run(request));
        drop(held);
        response
    };
    match tokio::time::timeout(limit, tokio::task::spawn_blocking(work)).await {
        Ok(Ok(response)) => Ok(response),
        // An answer made of nothing would say that nothing is there.
        Ok(Err(error)) => std::panic::resume_unwind(error.into_panic()),
        Err(_) => {
            app.metrics.stopped(weight);
            Err(Problem::too_slow())
        }
    }
}

/// An answer that is written as it is read.
async fn download(
    app: &Arc<App>,
    arrived: &Arrived,
    asked: Asked,
    mut ending: Ending,
    writer: Writer,
    response: Response,
) -> Result<Response, Problem> {
    let gates = &app.gates;
    if asked.is_old {
        return Err(Problem::upgrade());
    }
    let shed = || app.metrics.shed(Weight::Download);
    let share = gates.downloads.take(arrived.client, 1).ok_or_else(|| {
        shed();
        Problem::too_many_downloads()
    })?;
    // What waits for its turn holds what it found.
    let coder = if asked.is_compressed { CODER } else { 0 };
    let memory = writer.held.memory + WAITING_BYTES + coder;
    let held = (unread(app, arrived.client, memory)?, set_aside(app, arrived.client, writer.held)?);
    let gate = &gates.of_weights[Weight::Download as usize];
    let permit = gate.enter(arrived.client).await.ok_or_else(|| {
        shed();
        Problem::busy(Weight::Download.name())
    })?;
    let counted = app.metrics.entered(Weight::Download);
    let (limit, stop, metrics) = (gates.download_timeout, arrived.stop.clone(), Arc::clone(app));
    let timer = tokio::spawn(async move {
        tokio::time::sleep(limit).await;
        metrics.metrics.stopped(Weight::Download);
        stop.say();
    });
    ending.timer = Some(timer.abort_handle());
    // Until it is both written and sent.
    let room = Arc::new((permit, share, counted, held));
    let body = writer.start(arrived.stop.clone(), Arc::clone(&room)).await?;
    Ok(response.map(|_| Sent::body(body, (room, ending), asked.is_compressed)))
}

/// An answer of a known length, which lies in memory until it is read.
fn measured(
    app: &App,
    client: Client,
    asked: Asked,
    response: Response,
) -> Result<Response, Problem> {
    let length = response.body().size_hint().exact().unwrap_or_default();
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let coder = if asked.is_compressed { CODER.min(length) } else { 0 };
    let length = length.saturating_add(coder);
    let Some(held) = unread(app, client, length)? else { return Ok(response) };
    Ok(response.map(|body| Sent::body(body, held, asked.is_compressed)))
}

/// A client's share of what lies in memory until it is read, and that of all; `None`
/// for what is not counted.
fn unread(app: &App, client: Client, length: usize) -> Result<Option<[Share; 2]>, Problem> {
    if length <= UNCOUNTED {
        return Ok(None);
    }
    let own = app.gates.client_unread.take(client, length).ok_or_else(|| {
        app.metrics.unread();
        Problem::unread()
    })?;
    let of_all = app.gates.unread.take(Client::ANYONE, length).ok_or_else(|| {
        app.metrics.unread();
        Problem::busy("answers that nobody reads")
    })?;
    Ok(Some([own, of_all]))
}

/// A client's share of the room for files in the making, and that of all; `None` where
/// none is made.
fn set_aside(app: &App, client: Client, held: Holds) -> Result<Option<[Share; 2]>, Problem> {
    if held.disk == 0 {
        return Ok(None);
    }
    let shed = || app.metrics.shed(Weight::Download);
    let own = app.gates.client_packages.take(client, held.disk).ok_or_else(|| {
        shed();
        Problem::too_many_downloads()
    })?;
    let of_all = app.gates.packages.take(Client::ANYONE, held.disk).ok_or_else(|| {
        shed();
        Problem::busy("GeoPackages")
    })?;
    Ok(Some([own, of_all]))
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

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn codings_are_named_in_any_case_and_on_any_line() {
        let is = |lines: &[&'static str]| {
            let lines = lines.iter().map(|line| HeaderValue::from_static(line));
            is_compressed(&lines.map(|line| (header::ACCEPT_ENCODING, line)).collect())
        };
        assert!(is(&["GZIP"]) && is(&["identity", "ZStd;q=0.5"]) && is(&["*"]));
        assert!(!is(&[]) && !is(&["identity"]));
    }
}
