//! Keeping a server going: sockets, signals, what is written down, and a folder
//! that changes under it. What is asked and answered is `http`'s.

mod listen;
mod log;
mod paced;
mod reload;

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

use tokio::signal;

use crate::atlas::Atlas;
use crate::http::{App, Limits};
use crate::load::Folder;
pub use log::{Form, Level};
use reload::{Cause, Watch};

/// What a server is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The address that links start with; the request's host when `None`.
    pub base_url: Option<String>,
    /// Whether a change in the folder is followed by itself.
    pub watch: bool,
    pub limits: Limits,
    pub level: Level,
    pub form: Form,
}

/// Serves an atlas that was read from `folder`, until the process is told to stop.
///
/// # Errors
/// When the address cannot be listened on, or the folder cannot be watched; in a
/// sentence.
pub fn serve(atlas: Atlas, folder: &Folder, options: Options) -> Result<(), String> {
    log::start(options.level, options.form);
    tracing::info!(folder = %folder.name(), snapshot = atlas.version, "loaded");
    let app = Arc::new(App::new(atlas, options.base_url, options.watch, options.limits));
    let (causes, caused) = mpsc::channel();
    // Watching ends when this is dropped.
    let _watch = options.watch.then(|| Watch::start(folder, causes.clone())).transpose()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let served = Arc::clone(&app);
    // Loading stays on this thread, now and when the folder changes: it leaves its
    // heap in a million pieces, and each connection that a thread with such a heap
    // accepts would search them (9 ms of 9.5).
    let serving = runtime.spawn(async move {
        let ended = accept(options.listen, served, causes.clone()).await;
        let _ = causes.send(Cause::Ended);
        ended
    });
    reload::follow(&app, folder, &caused);
    runtime.block_on(serving).map_err(|error| error.to_string())?
}

async fn accept(address: SocketAddr, app: Arc<App>, causes: Sender<Cause>) -> Result<(), String> {
    let (listener, address) = listen::bind(address).await?;
    // Before anyone is told where to find it, so that no signal is fatal.
    hang_ups(causes)?;
    let stop = stop_signal()?;
    let mut stdout = std::io::stdout();
    writeln!(stdout, "listening on http://{address}")
        .and_then(|()| stdout.flush())
        .map_err(|error| error.to_string())?;
    tracing::info!(%address, "listening");
    listen::listen(listener, app, stop).await;
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
