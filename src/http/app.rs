//! What the server holds: the snapshot that it answers from, and how the last
//! attempt to take a newer one went.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::{ArcSwap, ArcSwapOption};
use jiff::{Timestamp, Unit};

use super::admit::Gates;
use super::arrive::Ids;
use super::kept::Kept;
use super::limits::Limits;
use super::metrics::Metrics;
use super::rate::Rate;
use super::tokens::Tokens;
use super::weigh::Weight;
use crate::atlas::Atlas;
use crate::load::{Fault, Faults, Loaded};

/// What the server holds.
pub struct App {
    snapshot: ArcSwap<Snapshot>,
    reloads: Mutex<Reloads>,
    /// Who may see what is restricted; nobody when `None`.
    tokens: Option<ArcSwap<Tokens>>,
    /// The address that links start with; the request's host when `None`.
    pub(super) base_url: Option<String>,
    /// How much it lets itself be asked.
    pub limits: Limits,
    /// How often it lets each client ask: what everyone asks, and how the service goes.
    pub(super) rate: Option<[Rate; 2]>,
    /// Why the certificate that was found last is not shown.
    certificate: ArcSwapOption<String>,
    pub(super) gates: Gates,
    /// The tiles that it keeps.
    pub(super) tiles: Kept,
    /// What it counts.
    pub metrics: Metrics,
    pub(super) ids: Ids,
}

/// What of a server is no limit and no atlas.
#[derive(Debug, Default)]
pub struct Setting {
    /// The address that links start with; the request's host when `None`.
    pub base_url: Option<String>,
    /// Whether a change in the folder leads to a reload by itself.
    pub watching: bool,
    /// Who may see what is restricted; nobody when `None`.
    pub tokens: Option<Tokens>,
}

/// What is served: to everyone, and to who may see what is restricted, where that
/// is more.
struct Snapshot {
    public: Arc<Served>,
    whole: Option<Arc<Served>>,
}

/// An atlas, and since when it is served.
pub struct Served {
    /// What is answered from.
    pub atlas: Arc<Atlas>,
    /// A whole second.
    pub since: Timestamp,
    /// Whether none was served before it.
    pub is_first: bool,
    /// Whether it holds what is not for everyone.
    pub is_restricted: bool,
}

/// What became of the attempts to take a newer snapshot.
#[derive(Clone, Debug, Default)]
pub struct Reloads {
    /// Whether a change in the folder leads to one by itself.
    pub watching: bool,
    /// Why it does not, where it should.
    pub lost: Option<String>,
    /// How many there were that read the folder whole.
    pub done: u64,
    /// How many there were that found faults.
    pub failed: u64,
    /// The last of them.
    pub last: Option<Reload>,
}

/// An attempt to take a newer snapshot.
#[derive(Clone, Debug)]
pub struct Reload {
    /// When it ended.
    pub at: Timestamp,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of an attempt to take a newer snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Another snapshot is served.
    Swapped,
    /// The folder holds what is served already.
    Unchanged,
    /// The folder has faults; the snapshot before it goes on.
    Failed(Failure),
}

/// What is held of the faults of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// How many there are.
    pub count: usize,
    /// The first of them; `demarc check` has more.
    pub first: Vec<Fault>,
}

impl Failure {
    /// So many are shown and written down: a layer may have as many as features.
    const SHOWN: usize = 20;
}

impl From<Faults> for Failure {
    fn from(mut faults: Faults) -> Self {
        let count = faults.list.len();
        faults.list.truncate(Self::SHOWN);
        faults.list.shrink_to_fit();
        Self { count, first: faults.list }
    }
}

impl Outcome {
    /// The words for all of them.
    pub const WORDS: [&str; 3] = ["swapped", "unchanged", "failed"];

    /// The word for it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        let [swapped, unchanged, failed] = Self::WORDS;
        match self {
            Self::Swapped => swapped,
            Self::Unchanged => unchanged,
            Self::Failed(_) => failed,
        }
    }
}

impl Snapshot {
    fn new(loaded: Loaded, since: Timestamp, is_first: bool) -> Self {
        let served = |atlas, is_restricted| {
            Arc::new(Served { atlas: Arc::new(atlas), since, is_first, is_restricted })
        };
        let whole = loaded.whole.map(|whole| served(whole, true));
        Self { public: served(loaded.public, false), whole }
    }

    fn all(&self) -> &Atlas {
        &self.whole.as_ref().unwrap_or(&self.public).atlas
    }

    /// The version of all that it holds.
    fn version(&self) -> &str {
        &self.all().version
    }

    /// How many features it holds.
    fn features(&self) -> usize {
        self.all().layers.iter().map(|layer| layer.features.len()).sum()
    }
}

impl App {
    /// A server of one snapshot.
    #[must_use]
    pub fn new(loaded: Loaded, setting: Setting, limits: Limits) -> Self {
        let since = whole_second(Timestamp::now());
        let metrics = Metrics::new();
        let snapshot = Snapshot::new(loaded, since, true);
        metrics.loaded(since.as_second(), snapshot.features());
        Self {
            snapshot: ArcSwap::from_pointee(snapshot),
            reloads: Mutex::new(Reloads { watching: setting.watching, ..Reloads::default() }),
            tokens: setting.tokens.map(ArcSwap::from_pointee),
            base_url: setting.base_url,
            rate: limits.rate.map(|rate| {
                let rate = || Rate::new(rate.get(), limits.burst.get());
                [rate(), rate()]
            }),
            certificate: ArcSwapOption::empty(),
            gates: Gates::new(&limits),
            tiles: Kept::new(u64::from(limits.tile_cache_mb) << 20),
            limits,
            metrics,
            ids: Ids::new(),
        }
    }

    /// What a request that begins now is answered from: by one that may see all
    /// of it, or by everyone.
    #[must_use]
    pub fn served(&self, sees_all: bool) -> Arc<Served> {
        let snapshot = self.snapshot.load();
        let whole = snapshot.whole.as_ref().filter(|_| sees_all);
        Arc::clone(whole.unwrap_or(&snapshot.public))
    }

    /// The version of all that is served.
    #[must_use]
    pub fn version(&self) -> String {
        self.snapshot.load().version().to_owned()
    }

    /// Whether a token is shown at all to some end here, and if so whether it is one
    /// of those that open what is restricted.
    pub(super) fn knows(&self, token: &str) -> Option<bool> {
        self.tokens.as_ref().map(|tokens| tokens.load().know(token))
    }

    /// Whether a download is being written or sent.
    pub fn is_downloading(&self) -> bool {
        self.metrics.under_way(Weight::Download) > 0
    }

    /// Whether answers depend on who asks.
    pub(super) fn has_tokens(&self) -> bool {
        self.tokens.is_some()
    }

    /// Replaces the tokens that open what is restricted, where there are any.
    pub fn set_tokens(&self, tokens: Tokens) {
        if let Some(held) = &self.tokens {
            held.store(Arc::new(tokens));
        }
    }

    /// How reloads went so far.
    #[must_use]
    pub fn reloads(&self) -> Reloads {
        self.lock().clone()
    }

    /// Says that the folder is watched, or why it is not. Whether that is another state
    /// than before.
    pub fn watches(&self, lost: Option<String>) -> bool {
        let mut reloads = self.lock();
        reloads.watching = lost.is_none();
        let is_another = reloads.lost != lost;
        reloads.lost = lost;
        is_another
    }

    /// Says that another certificate was found, and why it is not shown where it is not.
    pub fn certificate_read(&self, fault: Option<String>) {
        self.metrics.renewed(fault.is_none());
        self.certificate.store(fault.map(Arc::new));
    }

    /// Why the certificate that was found last is not shown.
    #[must_use]
    pub fn certificate_fault(&self) -> Option<Arc<String>> {
        self.certificate.load_full()
    }

    /// Takes what reading the folder again gave: a sound snapshot replaces the one
    /// that is served, for requests that begin from now on; of a broken folder the
    /// faults are kept, to be shown.
    pub fn take(&self, read: Result<Loaded, Faults>) -> Outcome {
        let now = Timestamp::now();
        let before = self.snapshot.load();
        let outcome = match read {
            Ok(loaded) => {
                let since = whole_second(now);
                let mut snapshot = Snapshot::new(loaded, since, false);
                if snapshot.version() == before.version() {
                    Outcome::Unchanged
                } else {
                    // The public is not told that something else changed.
                    if snapshot.public.atlas.version == before.public.atlas.version {
                        // As it was, and yet the new one: they share what is large.
                        let atlas = Arc::clone(&snapshot.public.atlas);
                        snapshot.public = Arc::new(Served { atlas, ..*before.public });
                    }
                    self.metrics.loaded(since.as_second(), snapshot.features());
                    let snapshot = Arc::new(snapshot);
                    self.snapshot.store(Arc::clone(&snapshot));
                    self.tiles.keep_only(&[snapshot.version(), &snapshot.public.atlas.version]);
                    Outcome::Swapped
                }
            }
            Err(faults) => Outcome::Failed(faults.into()),
        };
        self.metrics.reloaded(&outcome);
        let mut reloads = self.lock();
        match outcome {
            Outcome::Failed(_) => reloads.failed += 1,
            Outcome::Swapped | Outcome::Unchanged => reloads.done += 1,
        }
        reloads.last = Some(Reload { at: now, outcome: outcome.clone() });
        outcome
    }

    fn lock(&self) -> MutexGuard<'_, Reloads> {
        // Nothing that holds it can break off half-way.
        self.reloads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn whole_second(at: Timestamp) -> Timestamp {
    let floor = jiff::TimestampRound::new().smallest(Unit::Second).mode(jiff::RoundMode::Floor);
    at.round(floor).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Folder, load};

    fn valley(public: &str, whole: Option<&str>) -> Loaded {
        let atlas = |version: &str| {
            let mut atlas = load(&Folder::Embedded).unwrap_or_else(|faults| panic!("{faults:?}"));
            version.clone_into(&mut atlas.version);
            atlas
        };
        Loaded { public: atlas(public), whole: whole.map(atlas) }
    }

    #[test]
    fn a_snapshot_follows_another_and_a_broken_folder_follows_none() {
        let app = App::new(valley("a", None), Setting::default(), Limits::untold());
        let first = app.served(true);
        assert!(Arc::ptr_eq(&first, &app.served(false)), "there is nothing more to see");
        assert_eq!(app.take(Ok(valley("a", None))), Outcome::Unchanged);
        assert!(Arc::ptr_eq(&first, &app.served(false)));

        assert_eq!(app.take(Ok(valley("b", None))), Outcome::Swapped);
        let second = app.served(false);
        assert_eq!((&*first.atlas.version, &*second.atlas.version), ("a", "b"));
        assert!(first.is_first && !second.is_first);

        let fault = Fault::new("atlas.toml", "is not UTF-8", "save the file as UTF-8");
        let faults = Faults { list: vec![fault] };
        assert_eq!(app.take(Err(faults.clone())), Outcome::Failed(faults.into()));
        assert!(Arc::ptr_eq(&second, &app.served(false)));
        let reloads = app.reloads();
        assert_eq!((reloads.done, reloads.failed), (2, 1));
    }

    #[test]
    fn what_changes_behind_the_public_leaves_it_what_it_has() {
        let setting = Setting { tokens: Some(Tokens::default()), ..Setting::default() };
        let app = App::new(valley("a", Some("x")), setting, Limits::untold());
        let public = app.served(false);
        let version = |sees_all| app.served(sees_all).atlas.version.clone();
        assert_eq!((version(false), version(true)), ("a".to_owned(), "x".to_owned()));
        assert_eq!(app.take(Ok(valley("a", Some("y")))), Outcome::Swapped);
        let after = app.served(false);
        assert_eq!((after.since, after.is_first), (public.since, true));
        assert_eq!((version(false), version(true)), ("a".to_owned(), "y".to_owned()));
    }

    #[test]
    fn of_many_faults_a_few_are_held() {
        let fault = Fault::new("points.geojson", "is wrong", "mend it");
        let faults = Faults { list: vec![fault; 1_000_000] };
        let failure = Failure::from(faults);
        assert_eq!((failure.count, failure.first.len()), (1_000_000, Failure::SHOWN));
        assert_eq!(failure.first.capacity(), Failure::SHOWN);
    }
}
