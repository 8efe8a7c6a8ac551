//! `demarc serve`: the map and the HTTP interface.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use tokio::net::TcpListener;
use tokio::signal;
use tokio::sync::watch;

use super::{Failure, Source};
use crate::http::{App, router};

/// How long open requests may take after the signal to stop.
const GRACE: Duration = Duration::from_secs(10);

#[derive(Args)]
pub(super) struct Serve {
    #[command(flatten)]
    source: Source,
    /// Address and port; port 0 takes a free one
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The address that links start with [default: the request's host]
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
}

fn base_url(text: &str) -> Result<String, String> {
    let is_web = text.starts_with("http://") || text.starts_with("https://");
    is_web
        .then(|| text.trim_end_matches('/').to_owned())
        .ok_or_else(|| "start it with http:// or https://".to_owned())
}

impl Serve {
    pub fn run(self) -> Result<(), Failure> {
        let atlas = self.source.load()?;
        let app = Arc::new(App::new(atlas, self.base_url));
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        // Not on this thread: loading left its heap in a million pieces, and each
        // connection that it accepted would search them (9 ms of 9.5).
        let served = runtime.spawn(serve(self.listen, app));
        runtime.block_on(served).map_err(|error| Failure::Io(error.to_string()))?
    }
}

async fn serve(listen: SocketAddr, app: Arc<App>) -> Result<(), Failure> {
    let listener = TcpListener::bind(listen)
        .await
        .map_err(|error| Failure::Io(format!("cannot listen on {listen}: {error}")))?;
    let address = listener.local_addr()?;
    let mut stdout = std::io::stdout();
    writeln!(stdout, "listening on http://{address}")?;
    stdout.flush()?;

    let (stopping, mut stopped) = watch::channel(false);
    tokio::spawn(async move {
        stop_signal().await;
        let _ = stopping.send(true);
    });
    let mut asked_to_stop = stopped.clone();
    let server = axum::serve(listener, router(app)).with_graceful_shutdown(async move {
        let _ = asked_to_stop.wait_for(|stop| *stop).await;
    });
    tokio::select! {
        result = async { server.await } => Ok(result?),
        () = async {
            let _ = stopped.wait_for(|stop| *stop).await;
            tokio::time::sleep(GRACE).await;
        } => Ok(()),
    }
}

/// Waits for Ctrl-C or SIGTERM.
async fn stop_signal() {
    let interrupt = async {
        let _ = signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
