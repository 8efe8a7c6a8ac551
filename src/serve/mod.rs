//! Keeping a server going: sockets, signals, what is written down, and a folder
//! that changes under it. What is asked and answered is `http`'s.

mod listen;
mod log;
mod paced;
mod reload;
mod signals;
mod tls;
mod watch;

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use tokio::runtime::{self, Runtime};
use tokio::task::{JoinError, JoinHandle};

use crate::http::{App, Limits, Setting, health_router, router};
use crate::load::{Folder, Loaded};
use listen::Door;
pub use log::{Form, Level};
use reload::{Cause, Follower, TokenFile};
use signals::HangUps;
pub use tls::TlsFiles;
use watch::Watch;

/// How long what is broken off at the end may take to notice, as to take away the
/// package that it was making.
const LAST: Duration = Duration::from_secs(1);

/// How often it is looked whether it has.
const LOOK: Duration = Duration::from_millis(10);

/// What a server is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address and port; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where whoever runs the service asks how it goes, beside the public's address.
    pub health_listen: Option<SocketAddr>,
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

/// Serves what `load` reads from `folder`, until the process is told to stop.
///
/// # Errors
/// Those of `load`; when the address cannot be listened on, or the folder cannot be
/// watched, in a sentence.
pub fn serve<E: From<String>>(
    folder: &Folder,
    load: impl FnOnce() -> Result<Loaded, E>,
    options: Options,
) -> Result<(), E> {
    log::start(options.level, options.form);
    let runtime = runtime(&options.limits)?;
    // All before the folder is read, which may take a while: a change meanwhile is not
    // missed, no signal is fatal, and none is passed over, as those to the first process of
    // a container are unless they are caught.
    let is_loaded = Arc::new(AtomicBool::new(false));
    let (hang_ups, stop) = {
        let _inside = runtime.enter();
        (HangUps::catch()?, runtime.spawn(stop(Arc::clone(&is_loaded))?))
    };
    let (causes, arriving) = mpsc::channel();
    let watch = match folder {
        Folder::Dir(dir) if options.watch => Some(Watch::start(dir, causes.clone())?),
        // What is built in does not change.
        _ => None,
    };
    let token_file = options.tokens.clone().map(TokenFile::new).map(Arc::new);
    let tokens = token_file.as_ref().map(|file| file.read()).transpose();
    let setting = Setting {
        base_url: options.base_url.clone(),
        watching: options.watch,
        tokens: tokens.map_err(|error| format!("--tokens {error}"))?,
    };
    let limits =
        Limits { connections: listen::connections(&options.limits), ..options.limits.clone() };
    let loaded = reload::opened(load()?, token_file.is_some());
    let loaded = loaded.map_err(|fault| fault.to_string())?;
    let app = Arc::new(App::new(loaded, setting, limits));
    is_loaded.store(true, Ordering::SeqCst);
    tracing::info!(folder = %folder.name(), snapshot = app.version(), "loaded");
    log::hush_defects();
    let reading = Arc::new(AtomicBool::new(false));
    let follower = Follower {
        app: Arc::clone(&app),
        folder: folder.clone(),
        tokens: token_file.clone(),
        watch,
        causes: arriving,
        reading: Arc::clone(&reading),
    };
    // Loading stays on this thread, now and when the folder changes: it leaves its
    // heap in a million pieces, and each connection that a thread with such a heap
    // accepts would search them (9 ms of 9.5).
    let serving = std::thread::spawn(move || {
        let ended = run(runtime, options, app, (hang_ups, stop, token_file), causes.clone());
        let _ = causes.send(Cause::Ended);
        if ended.is_ok() && reading.load(Ordering::SeqCst) {
            // What is being read is for nobody any longer, and leaves nothing behind.
            std::process::exit(0);
        }
        ended
    });
    follower.follow();
    let ended = serving.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    ended.map_err(E::from)
}

/// Waits until the process is told to stop. Nothing is served yet while the folder is read,
/// so that there is nothing to end in good order.
fn stop(is_loaded: Arc<AtomicBool>) -> Result<impl Future<Output = ()>, String> {
    let told = signals::to_stop()?;
    Ok(async move {
        told.await;
        if !is_loaded.load(Ordering::SeqCst) {
            std::process::exit(0);
        }
    })
}

/// What answers run on. Each that works for long has a thread.
fn runtime(limits: &Limits) -> Result<Runtime, String> {
    let built = runtime::Builder::new_multi_thread()
        .max_blocking_threads(limits.threads())
        .enable_all()
        .build();
    built.map_err(|error| error.to_string())
}

/// Listens and answers, until a signal says to stop.
fn run(
    runtime: Runtime,
    options: Options,
    app: Arc<App>,
    (hang_ups, stop, tokens): (HangUps, JoinHandle<()>, Option<Arc<TokenFile>>),
    causes: Sender<Cause>,
) -> Result<(), String> {
    let downloading = Arc::clone(&app);
    let accepting = async move {
        let opened = Arc::clone(&app);
        // Whoever is struck from the tokens is out before the folder is read. A fault of
        // theirs is told of once it is.
        let take_up = move || drop(tokens.as_ref().map(|tokens| tokens.take_up(&opened)));
        hang_ups.pass_on(causes, take_up);
        // On the threads of the runtime, not on the one that waits for its end.
        tokio::spawn(accept(options, app, stop)).await.map_err(|error| error.to_string())?
    };
    let ended = runtime.block_on(accepting);
    let since = Instant::now();
    runtime.shutdown_timeout(LAST);
    // Downloads have threads of their own.
    while downloading.is_downloading() && since.elapsed() < LAST {
        std::thread::sleep(LOOK);
    }
    tracing::info!("stopped");
    ended
}

async fn accept(
    options: Options,
    app: Arc<App>,
    stop: impl Future<Output = Result<(), JoinError>>,
) -> Result<(), String> {
    let scheme = if options.tls.is_some() { "https" } else { "http" };
    let tls = options.tls.map(|files| tls::acceptor(files, Arc::clone(&app))).transpose()?;
    let (listener, address) = listen::bind(options.listen)?;
    let health = options.health_listen.map(listen::bind).transpose()?;
    let mut said = format!("listening on {scheme}://{address}\n");
    if let Some((listener, address)) = health {
        said = format!("{said}health on http://{address}\n");
        let door = Door::for_operators(health_router(&app), Arc::clone(&app));
        // A thread of its own answers there, whatever the others are busy with, and
        // to the end.
        let answering = runtime::Builder::new_current_thread().enable_all().build();
        let answering = answering.map_err(|error| error.to_string())?;
        std::thread::spawn(move || {
            answering.block_on(door.listen(listener, std::future::pending()))
        });
    }
    let mut stdout = std::io::stdout();
    stdout
        .write_all(said.as_bytes())
        .and_then(|()| stdout.flush())
        .map_err(|error| error.to_string())?;
    tracing::info!(%address, "listening");
    Door::for_everyone(router(&app), tls, app).listen(listener, stop.map(drop)).await
}
