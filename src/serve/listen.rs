//! Accepting connections, and hanging up on those that keep us waiting.

use std::net::{SocketAddr, TcpListener as Listener};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tower_service::Service;

use super::paced::Paced;
use crate::http::{App, Limits, Peer, Shares};

/// How long open requests may take after the signal to stop. With what comes after
/// it that is 10 s.
const GRACE: Duration = Duration::from_secs(9);

/// How long to wait where no connection can be accepted, as when the files that
/// the process may open are used up.
const PAUSE: Duration = Duration::from_millis(100);

/// Files that the process may need beside connections.
const OTHER_FILES: u64 = 64;

/// Connections that whoever runs the service has open at once.
const OPERATORS: usize = 64;

/// Where connections come in.
#[derive(Clone)]
pub(super) struct Door {
    router: Router,
    tls: Option<TlsAcceptor>,
    app: Arc<App>,
    room: Arc<Semaphore>,
    of_client: Arc<Shares>,
    is_for_operators: bool,
}

impl Door {
    /// One for the public.
    pub fn for_everyone(router: Router, tls: Option<TlsAcceptor>, app: Arc<App>) -> Self {
        let most = app.limits.connections.get();
        let of_client = app.limits.client_connections(most);
        Self {
            router,
            tls,
            app,
            room: Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS))),
            of_client: Shares::new(of_client),
            is_for_operators: false,
        }
    }

    /// One for whoever runs the service.
    pub fn for_operators(router: Router, app: Arc<App>) -> Self {
        Self {
            router,
            tls: None,
            app,
            room: Arc::new(Semaphore::new(OPERATORS)),
            of_client: Shares::new(OPERATORS),
            is_for_operators: true,
        }
    }

    /// Accepts connections until `stop` resolves, and lets those that are open end.
    ///
    /// # Errors
    /// When the runtime does not take the listener, in a sentence.
    pub async fn listen(
        self,
        listener: Listener,
        stop: impl Future<Output = ()>,
    ) -> Result<(), String> {
        let listener = TcpListener::from_std(listener).map_err(|error| error.to_string())?;
        let open = GracefulShutdown::new();
        let mut stop = std::pin::pin!(stop);
        loop {
            let accepting = async {
                // It is never closed.
                let permit = Arc::clone(&self.room).acquire_owned().await.ok();
                (permit, listener.accept().await)
            };
            let (permit, accepted) = tokio::select! {
                accepted = accepting => accepted,
                () = &mut stop => break,
            };
            let (stream, address) = match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            };
            let is_tls = self.tls.is_some();
            let peer = Peer { address, is_tls, is_operator: self.is_for_operators };
            // A proxy has the connections of all its clients.
            let is_proxy = peer.is_among(&self.app.limits.trusted_proxy);
            let share = self.of_client.take(peer.client(), 1);
            if share.is_none() && !is_proxy {
                self.app.metrics.refused();
                continue;
            }
            // Answers are written in few and large pieces; none waits for another.
            let _ = stream.set_nodelay(true);
            let (door, watcher) = (self.clone(), open.watcher());
            tokio::spawn(async move {
                door.open(stream, peer, watcher).await;
                // Whoever takes the place is not to find the share of its client taken.
                drop(share);
                drop(permit);
            });
        }
        drop(listener);
        let ended = tokio::time::timeout(GRACE, open.shutdown()).await;
        if ended.is_err() {
            tracing::warn!("requests that did not end in time were broken off");
        }
        Ok(())
    }

    async fn open(self, stream: TcpStream, peer: Peer, watcher: Watcher) {
        let _counted = self.app.metrics.connected();
        let stream = Paced::new(stream, self.app.limits.stall_timeout);
        let Some(tls) = self.tls.clone() else { return self.serve(stream, peer, watcher).await };
        match tokio::time::timeout(self.app.limits.head_timeout, tls.accept(stream)).await {
            Ok(Ok(stream)) => self.serve(stream, peer, watcher).await,
            Ok(Err(error)) => tracing::debug!(%error, "a connection was not encrypted"),
            Err(_) => tracing::debug!("a connection was not encrypted in time"),
        }
    }

    async fn serve(
        self,
        stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
        peer: Peer,
        watcher: Watcher,
    ) {
        let limits = &self.app.limits;
        let stream = TokioIo::new(stream);
        let router = self.router;
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(peer);
            router.clone().call(request)
        });
        let most = usize::try_from(limits.head_bytes).unwrap_or(usize::MAX);
        let serving = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head_timeout)
            .max_header_size(most)
            .max_buf_size(most)
            .serve_connection(stream, service);
        // What a client does with its connection is no fault of ours.
        if let Err(error) = watcher.watch(serving).await {
            tracing::debug!(%error, "a connection ended early");
        }
    }
}

/// How many connections the public may have open: as many as the limits say, where
/// the system lets the process open so many files; it is asked for as many first.
pub(super) fn connections(limits: &Limits) -> NonZeroUsize {
    let wanted = limits.connections;
    let Some(files) = files(wanted.get() as u64 + OTHER_FILES) else { return wanted };
    let most = usize::try_from(files.saturating_sub(OTHER_FILES)).unwrap_or(usize::MAX);
    let most = NonZeroUsize::new(most).unwrap_or(NonZeroUsize::MIN).min(wanted);
    if most < wanted {
        tracing::warn!(most, "the limit of open files leaves room for fewer --connections");
    }
    most
}

/// How many files the process may open, once it asked for some.
#[cfg(unix)]
fn files(wanted: u64) -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let current = limit.current?;
    let raised = limit.maximum.map_or(wanted, |most| most.min(wanted));
    let raised_to = Rlimit { current: Some(raised), maximum: limit.maximum };
    if raised > current && setrlimit(Resource::Nofile, raised_to).is_ok() {
        return Some(raised);
    }
    Some(current)
}

#[cfg(not(unix))]
fn files(_wanted: u64) -> Option<u64> {
    None
}

/// Listens on an address.
///
/// # Errors
/// When that cannot be, in a sentence.
pub(super) fn bind(listen: SocketAddr) -> Result<(Listener, SocketAddr), String> {
    let cannot = |error| format!("cannot listen on {listen}: {error}");
    let listener = Listener::bind(listen).map_err(cannot)?;
    listener.set_nonblocking(true).map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    Ok((listener, address))
}
