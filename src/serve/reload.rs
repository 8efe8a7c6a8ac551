//! Following a folder: what changed in it is read beside what is served, checked,
//! and served from then on; of a broken folder nothing is.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::http::{App, Outcome, Tokens};
use crate::load::{Fault, Faults, Folder, Loaded, load_all};

/// How long a folder must be at rest before it is read: an editor, or git, writes
/// several files one after the other.
const REST: Duration = Duration::from_millis(500);

/// How long a folder that never rests is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// The most faults of a broken folder that are written down; `demarc check` has
/// them all.
const MOST_FAULTS: usize = 20;

/// Why to look at the folder again.
pub(super) enum Cause {
    /// Someone says so.
    Asked,
    /// Something in it changed.
    Changed,
    /// None: the server ended.
    Ended,
}

/// Watches a folder as long as it is held.
pub(super) struct Watch {
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Sends a cause for every change in a folder.
    ///
    /// # Errors
    /// When it cannot be watched.
    pub fn start(dir: &Path, causes: Sender<Cause>) -> Result<Self, String> {
        let tell = move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| changes(event.kind)) {
                let _ = causes.send(Cause::Changed);
            }
        };
        let cannot = |error| format!("--watch: cannot watch {}: {error}", dir.display());
        let mut watcher = notify::recommended_watcher(tell).map_err(cannot)?;
        watcher.watch(dir, RecursiveMode::Recursive).map_err(cannot)?;
        Ok(Self { _watcher: watcher })
    }
}

/// Whether an event is more than that a file was read, as we do ourselves.
fn changes(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

/// Reads the folder at each cause, until the server ended.
pub(super) fn follow(app: &App, folder: &Folder, tokens: Option<&Path>, causes: &Receiver<Cause>) {
    while let Ok(cause) = causes.recv() {
        let ended = match cause {
            Cause::Ended => true,
            Cause::Asked => false,
            Cause::Changed => settle(causes),
        };
        if ended {
            return;
        }
        match tokens.map(read_tokens) {
            Some(Ok(tokens)) => app.set_tokens(tokens),
            Some(Err(error)) => tracing::error!(error, "the tokens before go on"),
            None => {}
        }
        match app.take(read(folder)) {
            Outcome::Swapped => {
                tracing::info!(snapshot = app.version(), "another snapshot is served");
            }
            Outcome::Unchanged => tracing::info!("the folder holds what is served"),
            Outcome::Failed(faults) => {
                for fault in faults.list.iter().take(MOST_FAULTS) {
                    tracing::error!(%fault, "the folder has a fault");
                }
                tracing::error!(faults = faults.list.len(), "the snapshot before goes on");
            }
        }
    }
}

/// Reads a folder. Should that fail in a way that nobody foresaw, it is the folder
/// that is refused, not the service that ends.
fn read(folder: &Folder) -> Result<Loaded, Faults> {
    std::panic::catch_unwind(|| load_all(folder)).unwrap_or_else(|_| {
        let problem = "cannot be read, by a defect of demarc that stderr tells more of";
        let fault = Fault::new(&folder.name(), problem, "report it, with the folder");
        Err(Faults { list: vec![fault], is_restricted: true })
    })
}

/// Reads the hashes of tokens.
pub(super) fn read_tokens(file: &Path) -> Result<Tokens, String> {
    let text = std::fs::read_to_string(file);
    text.map_err(|error| error.to_string())
        .and_then(|text| Tokens::parse(&text))
        .map_err(|error| format!("--tokens {}: {error}", file.display()))
}

/// Waits until the folder is at rest; whether the server ended meanwhile. Someone
/// who asks is not kept waiting.
fn settle(causes: &Receiver<Cause>) -> bool {
    let since = Instant::now();
    while since.elapsed() < PATIENCE {
        match causes.recv_timeout(REST) {
            Ok(Cause::Changed) => {}
            Ok(Cause::Asked) | Err(RecvTimeoutError::Timeout) => return false,
            Ok(Cause::Ended) | Err(RecvTimeoutError::Disconnected) => return true,
        }
    }
    false
}
