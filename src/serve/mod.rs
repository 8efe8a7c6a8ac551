//! Keeping a server going: sockets, signals, what is written down, and a folder
//! that changes under it. What is asked and answered is `http`'s.

mod listen;
mod log;
mod paced;
mod reload;
mod tls;

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

use tokio::signal;

use crate::http::{App, Limits, Setting};
use crate::load::{Folder, Loaded};
pub use log::{Form, Level};
use reload::{Cause, Watch};
pub use tls::TlsFiles;

/// What a server is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The address that links start with; the request's host when `None`.
    pub base_url: Option<String>,
    /// Whether a change in the folder is followed by itself.
    pub watch: bool,
    /// The file of hashed tokens that open what is restricted.
    pub tokens: Option<PathBuf>,
    /// What to encrypt with; in the clear when `None`.
    pub tls: Option<TlsFiles>,
    pub limits: Limits,
    pub level: Level,
    pub form: Form,
}

/// Serves what was read from `folder`, until the process is told to stop.
///
/// # Errors
/// When the address cannot be listened on, or the folder cannot be watched; in a
/// sentence.
pub fn serve(loaded: Loaded, folder: &Folder, options: Options) -> Result<(), String> {
    log::start(options.level, options.form);
    let tokens = options.tokens.as_deref();
    let setting = Setting {
        base_url: options.base_url,
        watching: options.watch,
        tokens: tokens.map(reload::read_tokens).transpose()?,
    };
    let app = Arc::new(App::new(loaded, setting, options.limits));
    tracing::info!(folder = %folder.name(), snapshot = app.version(), "loaded");
    let (causes, arriving) = mpsc::channel();
    // Watching ends when this is dropped.
    let _watch = match folder {
        Folder::Dir(dir) if options.watch => Some(Watch::start(dir, causes.clone())?),
        // What is built in does not change.
        _ => None,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let served = Arc::clone(&app);
    // Loading stays on this thread, now and when the folder changes: it leaves its
    // heap in a million pieces, and each connection that a thread with such a heap
    // accepts would search them (9 ms of 9.5).
    let serving = runtime.spawn(async move {
        let ended = accept(options.listen, options.tls, served, causes.clone()).await;
        let _ = causes.send(Cause::Ended);
        ended
    });
    reload::follow(&app, folder, tokens, &arriving);
    runtime.block_on(serving).map_err(|error| error.to_string())?
}

async fn accept(
    address: SocketAddr,
    tls: Option<TlsFiles>,
    app: Arc<App>,
    causes: Sender<Cause>,
) -> Result<(), String> {
    let scheme = if tls.is_some() { "https" } else { "http" };
    let tls = tls.map(tls::acceptor).transpose()?;
    let (listener, address) = listen::bind(address).await?;
    // Before anyone is told where to find it, so that no signal is fatal.
    hang_ups(causes)?;
    let stop = stop_signal()?;
    let mut stdout = std::io::stdout();
    writeln!(stdout, "listening on {scheme}://{address}")
        .and_then(|()| stdout.flush())
        .map_err(|error| error.to_string())?;
    tracing::info!(%address, "listening");
    listen::listen(listener, tls, app, stop).await;
    tracing::info!("stopped");
    Ok(())
}

/// Has each SIGHUP read the folder again.
#[cfg(unix)]
fn hang_ups(causes: Sender<Cause>) -> Result<(), String> {
    let mut hang_up = on(signal::unix::SignalKind::hangup())?;
    tokio::spawn(async move {
        while hang_up.recv().await.is_some() && causes.send(Cause::Asked).is_ok() {}
    });
    Ok(())
}

#[cfg(not(unix))]
fn hang_ups(_causes: Sender<Cause>) -> Result<(), String> {
    Ok(())
}

#[cfg(unix)]
fn on(kind: signal::unix::SignalKind) -> Result<signal::unix::Signal, String> {
    signal::unix::signal(kind).map_err(|error| format!("cannot wait for signals: {error}"))
}

/// Waits for Ctrl-C or SIGTERM.
#[cfg(unix)]
fn stop_signal() -> Result<impl Future<Output = ()>, String> {
    let mut terminate = on(signal::unix::SignalKind::terminate())?;
    let mut interrupt = on(signal::unix::SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> Result<impl Future<Output = ()>, String> {
    Ok(async {
        let _ = signal::ctrl_c().await;
    })
}
