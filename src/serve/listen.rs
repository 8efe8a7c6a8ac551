//! Accepting connections, and hanging up on those that keep us waiting.

use std::net::SocketAddr;
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
use crate::http::{App, Peer, router};

/// How long open requests may take after the signal to stop.
const GRACE: Duration = Duration::from_secs(10);

/// How long to wait where no connection can be accepted, as when the files that
/// the process may open are used up.
const PAUSE: Duration = Duration::from_millis(100);

/// Accepts connections until `stop` resolves, and lets those that are open end.
pub(super) async fn listen(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    app: Arc<App>,
    stop: impl Future<Output = ()>,
) {
    let router = router(&app);
    let room = Arc::new(Semaphore::new(app.limits.connections.get().min(Semaphore::MAX_PERMITS)));
    let open = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepting = async {
            // It is never closed.
            let permit = Arc::clone(&room).acquire_owned().await.ok();
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
        // Answers are written in few and large pieces; none waits for another.
        let _ = stream.set_nodelay(true);
        let connection = Connection {
            router: router.clone(),
            app: Arc::clone(&app),
            watcher: open.watcher(),
            peer: Peer { address, is_tls: tls.is_some() },
        };
        let tls = tls.clone();
        tokio::spawn(async move {
            connection.open(stream, tls).await;
            drop(permit);
        });
    }
    drop(listener);
    let ended = tokio::time::timeout(GRACE, open.shutdown()).await;
    if ended.is_err() {
        tracing::warn!("requests that did not end in time were broken off");
    }
}

/// One connection that was accepted.
struct Connection {
    router: Router,
    app: Arc<App>,
    watcher: Watcher,
    peer: Peer,
}

impl Connection {
    async fn open(self, stream: TcpStream, tls: Option<TlsAcceptor>) {
        let _counted = self.app.metrics.connected();
        let stream = Paced::new(stream, self.app.limits.stall_timeout);
        let Some(tls) = tls else { return self.serve(stream).await };
        match tokio::time::timeout(self.app.limits.head_timeout, tls.accept(stream)).await {
            Ok(Ok(stream)) => self.serve(stream).await,
            Ok(Err(error)) => tracing::debug!(%error, "a connection was not encrypted"),
            Err(_) => tracing::debug!("a connection was not encrypted in time"),
        }
    }

    async fn serve(self, stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static) {
        let limits = &self.app.limits;
        let stream = TokioIo::new(stream);
        let (router, peer) = (self.router, self.peer);
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
        if let Err(error) = self.watcher.watch(serving).await {
            tracing::debug!(%error, "a connection ended early");
        }
    }
}

/// Listens on an address.
///
/// # Errors
/// When that cannot be, in a sentence.
pub(super) async fn bind(listen: SocketAddr) -> Result<(TcpListener, SocketAddr), String> {
    let cannot = |error| format!("cannot listen on {listen}: {error}");
    let listener = TcpListener::bind(listen).await.map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    Ok((listener, address))
}
