//! What the server holds: the snapshot that it answers from, and how the last
//! attempt to take a newer one went.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::ArcSwap;
use jiff::{Timestamp, Unit};

use super::admit::Gates;
use super::arrive::Ids;
use super::limits::Limits;
use super::metrics::Metrics;
use super::rate::Rate;
use crate::atlas::Atlas;
use crate::load::{Fault, Faults};

/// What the server holds.
pub struct App {
    served: ArcSwap<Served>,
    reloads: Mutex<Reloads>,
    /// The address that links start with; the request's host when `None`.
    pub(super) base_url: Option<String>,
    /// How much it lets itself be asked.
    pub limits: Limits,
    /// How often it lets each client ask.
    pub(super) rate: Option<Rate>,
    pub(super) gates: Gates,
    /// What it counts.
    pub metrics: Metrics,
    pub(super) ids: Ids,
}

/// A snapshot, and since when it is served.
pub struct Served {
    /// What is answered from.
    pub atlas: Arc<Atlas>,
    /// A whole second.
    pub since: Timestamp,
    /// Whether none was served before it.
    pub is_first: bool,
}

/// What became of the attempts to take a newer snapshot.
#[derive(Clone, Debug, Default)]
pub struct Reloads {
    /// Whether a change in the folder leads to one by itself.
    pub watching: bool,
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
    /// The folder has these faults; the snapshot before it goes on.
    Failed(Vec<Fault>),
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

impl App {
    /// A server of one snapshot.
    #[must_use]
    pub fn new(atlas: Atlas, base_url: Option<String>, watching: bool, limits: Limits) -> Self {
        let since = whole_second(Timestamp::now());
        let served = Served { atlas: Arc::new(atlas), since, is_first: true };
        let metrics = Metrics::new();
        metrics.loaded(served.since.as_second());
        Self {
            served: ArcSwap::from_pointee(served),
            reloads: Mutex::new(Reloads { watching, ..Reloads::default() }),
            base_url,
            rate: limits.rate.map(|rate| Rate::new(rate.get(), limits.burst.get())),
            gates: Gates::new(&limits),
            limits,
            metrics,
            ids: Ids::new(),
        }
    }

    /// The snapshot that a request which begins now is answered from.
    #[must_use]
    pub fn served(&self) -> Arc<Served> {
        self.served.load_full()
    }

    /// How reloads went so far.
    #[must_use]
    pub fn reloads(&self) -> Reloads {
        self.lock().clone()
    }

    /// Takes what reading the folder again gave: a sound snapshot replaces the one
    /// that is served, for requests that begin from now on; of a broken folder the
    /// faults are kept, to be shown.
    pub fn take(&self, read: Result<Atlas, Faults>) -> Outcome {
        let now = Timestamp::now();
        let outcome = match read {
            Ok(atlas) if atlas.version == self.served.load().atlas.version => Outcome::Unchanged,
            Ok(atlas) => {
                let since = whole_second(now);
                self.metrics.loaded(since.as_second());
                let served = Served { atlas: Arc::new(atlas), since, is_first: false };
                self.served.store(Arc::new(served));
                Outcome::Swapped
            }
            Err(Faults(faults)) => Outcome::Failed(faults),
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

    #[derive(clap::Parser)]
    struct Flags {
        #[command(flatten)]
        limits: Limits,
    }

    fn valley(version: &str) -> Atlas {
        let mut atlas = load(&Folder::Embedded).unwrap_or_else(|faults| panic!("{faults:?}"));
        version.clone_into(&mut atlas.version);
        atlas
    }

    #[test]
    fn a_snapshot_follows_another_and_a_broken_folder_follows_none() {
        let Flags { limits } = clap::Parser::parse_from([""]);
        let app = App::new(valley("a"), None, true, limits);
        let first = app.served();
        assert_eq!(app.take(Ok(valley("a"))), Outcome::Unchanged);
        assert!(Arc::ptr_eq(&first, &app.served()));

        assert_eq!(app.take(Ok(valley("b"))), Outcome::Swapped);
        let second = app.served();
        assert_eq!((&*first.atlas.version, &*second.atlas.version), ("a", "b"));
        assert!(first.is_first && !second.is_first);

        let fault = Fault::new("atlas.toml", "is not UTF-8", "save the file as UTF-8");
        let faults = Faults(vec![fault.clone()]);
        assert_eq!(app.take(Err(faults)), Outcome::Failed(vec![fault]));
        assert!(Arc::ptr_eq(&second, &app.served()));
        let reloads = app.reloads();
        assert_eq!((reloads.done, reloads.failed), (2, 1));
    }
}
