//! Following a folder: what changed in it is read beside what is served, checked,
//! and served from then on; of a broken folder nothing is.

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::watch::Watch;
use crate::http::{App, Outcome, Tokens};
use crate::load::{Fault, Faults, Folder, Loaded, load_unless};

/// How long a folder must be at rest before it is read: an editor, or git, writes
/// several files one after the other.
const REST: Duration = Duration::from_millis(500);

/// How long a folder that never rests is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a file is waited for that someone has begun to write.
const WRITING: Duration = Duration::from_secs(30);

/// How often it is looked whether the folder is still the one that is watched.
const LOOK: Duration = Duration::from_secs(2);

/// Why to look at the folder again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// Someone says so.
    Asked,
    /// Something in it changed.
    Changed,
    /// None: the server ended.
    Ended,
}

/// What follows a folder.
pub(super) struct Follower {
    pub app: Arc<App>,
    pub folder: Folder,
    pub tokens: Option<Arc<TokenFile>>,
    pub watch: Option<Watch>,
    pub causes: Receiver<Cause>,
    /// Whether the folder is being read.
    pub reading: Arc<AtomicBool>,
}

impl Follower {
    /// Reads the folder at each cause, until the server ended. Causes that arrive
    /// while it is read lead to one reading more, however many they are.
    pub fn follow(mut self) {
        while self.is_to_be_read() {
            self.reading.store(true, Ordering::SeqCst);
            // Said before the last of them is taken, so that whoever ends the server
            // either is heard here or sees that the folder is being read.
            if self.causes.try_iter().any(|cause| cause == Cause::Ended) {
                return;
            }
            self.read();
            self.reading.store(false, Ordering::SeqCst);
        }
    }

    /// Waits for a reason to read the folder; `false` when the server ended first.
    fn is_to_be_read(&mut self) -> bool {
        loop {
            let cause = match self.causes.recv_timeout(LOOK) {
                Ok(cause) => Some(cause),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return false,
            };
            let is_another = self.look();
            match cause {
                Some(Cause::Ended) => return false,
                Some(cause) => return self.settle(cause == Cause::Asked),
                None if is_another => return self.settle(false),
                None => {}
            }
        }
    }

    /// Whether another folder stands in the place of the one that was watched.
    fn look(&mut self) -> bool {
        let Some(watch) = &mut self.watch else { return false };
        let looked = watch.look();
        if self.app.watches(looked.as_ref().err().cloned()) {
            match &looked {
                Ok(_) => tracing::info!("the folder is watched again"),
                Err(error) => tracing::error!(error, "changes of the folder are not seen"),
            }
        }
        looked.unwrap_or(false)
    }

    /// Waits until the folder is at rest, and nobody writes to its files; `false` when
    /// the server ended meanwhile. Someone who asks waits for writers alone.
    fn settle(&self, asked: bool) -> bool {
        let is_written = || self.watch.as_ref().is_some_and(Watch::sees_writing);
        if is_written() {
            tracing::info!("someone writes to the folder: it is read once they are done");
        }
        settle(&self.causes, asked, REST, is_written)
    }

    fn read(&self) {
        let tokens = self.tokens.as_ref().map_or(Ok(()), |tokens| tokens.take_up(&self.app));
        let read = tokens.and_then(|()| self.read_folder());
        let read = read.and_then(|loaded| {
            opened(loaded, self.tokens.is_some()).map_err(|fault| {
                // Where there are no tokens everyone is told of faults.
                tracing::error!(%fault, "a fault");
                let problem = "cannot be served by a server that was started like this one";
                Faults { list: vec![Fault::new("the folder", problem, "its log says why")] }
            })
        });
        match self.app.take(read) {
            Outcome::Swapped => {
                tracing::info!(snapshot = self.app.version(), "another snapshot is served");
            }
            Outcome::Unchanged => tracing::info!("the folder holds what is served"),
            Outcome::Failed(failure) => {
                for fault in &failure.first {
                    tracing::error!(%fault, "a fault");
                }
                tracing::error!(faults = failure.count, "the snapshot before goes on");
            }
        }
    }

    /// Reads the folder. Should that fail in a way that nobody foresaw, it is the folder
    /// that is refused, not the service that ends.
    fn read_folder(&self) -> Result<Loaded, Faults> {
        let is_written = |name: &str| self.watch.as_ref().is_some_and(|w| w.is_written(name));
        let reading = AssertUnwindSafe(|| load_unless(&self.folder, &is_written));
        std::panic::catch_unwind(reading).unwrap_or_else(|_| {
            let problem = "cannot be read, by a defect of demarc that stderr tells more of";
            let fault = Fault::new("the folder", problem, "report it, with the folder");
            Err(Faults { list: vec![fault] })
        })
    }
}

/// As [`Follower::settle`], with a folder at rest once nothing changed for `rest`.
fn settle(
    causes: &Receiver<Cause>,
    mut asked: bool,
    rest: Duration,
    is_written: impl Fn() -> bool,
) -> bool {
    let since = Instant::now();
    loop {
        let writing = is_written();
        let patience = if writing { WRITING } else { PATIENCE };
        if since.elapsed() >= patience || asked && !writing {
            return true;
        }
        match causes.recv_timeout(rest) {
            Ok(Cause::Changed) => {}
            Ok(Cause::Asked) => asked = true,
            Err(RecvTimeoutError::Timeout) if is_written() => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Ok(Cause::Ended) | Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// Refuses a folder that restricts something where nobody says for whom. What the public may
/// be told of the service's own doings depends on whether there are tokens, not on whether
/// there is something to hide: that would tell of it.
pub(super) fn opened(loaded: Loaded, has_tokens: bool) -> Result<Loaded, Fault> {
    if loaded.whole.is_none() || has_tokens {
        return Ok(loaded);
    }
    let problem = "is not given, and the folder restricts something";
    let remedy = "give a file of the hashes of tokens that open it, an empty one if none does";
    Err(Fault::new("--tokens", problem, remedy))
}

/// The file of hashed tokens.
pub(super) struct TokenFile {
    path: PathBuf,
    /// Held while it is read and taken up: what is read later is taken up later.
    turn: Mutex<()>,
}

impl TokenFile {
    pub fn new(path: PathBuf) -> Self {
        Self { path, turn: Mutex::default() }
    }

    /// Reads the hashes.
    pub fn read(&self) -> Result<Tokens, String> {
        let text = std::fs::read_to_string(&self.path);
        text.map_err(|error| error.to_string())
            .and_then(|text| Tokens::parse(&text))
            .map_err(|error| format!("{}: {error}", self.path.display()))
    }

    /// Takes up the tokens. A file that is none opens nothing: whoever was struck from it
    /// must not be let in for a slip beside their line.
    pub fn take_up(&self, app: &App) -> Result<(), Faults> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let read = self.read();
        let faults = read.as_ref().err().map(|error| {
            let remedy = "mend it; until then no token opens anything";
            Faults { list: vec![Fault::new("--tokens", error, remedy)] }
        });
        app.set_tokens(read.unwrap_or_default());
        faults.map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::mpsc::channel;

    use super::*;
    use crate::http::{Limits, Setting};
    use crate::load::load_all;

    fn followed(causes: &[Cause]) -> u64 {
        let folder = Folder::Embedded;
        let loaded = load_all(&folder).unwrap_or_else(|faults| panic!("{faults}"));
        let app = Arc::new(App::new(loaded, Setting::default(), Limits::untold()));
        let (sender, arriving) = channel();
        for cause in causes {
            sender.send(*cause).unwrap();
        }
        // Without anyone to send another, it ends.
        drop(sender);
        let follower = Follower {
            app: Arc::clone(&app),
            folder,
            tokens: None,
            watch: None,
            causes: arriving,
            reading: Arc::default(),
        };
        follower.follow();
        app.reloads().done
    }

    #[test]
    fn a_storm_of_causes_is_one_reading() {
        assert_eq!(followed(&[Cause::Asked; 500]), 1);
        let changes = [&[Cause::Changed; 500][..], &[Cause::Asked]].concat();
        assert_eq!(followed(&changes), 1);
    }

    #[test]
    fn nothing_is_read_while_someone_writes() {
        for asked in [false, true] {
            let (sender, causes) = channel();
            sender.send(Cause::Changed).unwrap();
            sender.send(Cause::Asked).unwrap();
            let looks = Cell::new(0);
            let is_written = || {
                looks.set(looks.get() + 1);
                looks.get() < 20
            };
            assert!(settle(&causes, asked, Duration::from_millis(1), is_written));
            assert_eq!(looks.get(), 20, "it is read as soon as they are done, and no sooner");
            drop(sender);
            assert!(!settle(&causes, asked, REST, || true), "the server ended");
        }
    }

    #[test]
    fn whoever_ends_the_server_is_heard_among_them() {
        assert_eq!(followed(&[Cause::Asked, Cause::Asked, Cause::Ended]), 0);
        assert_eq!(followed(&[Cause::Changed, Cause::Ended]), 0);
    }
}
