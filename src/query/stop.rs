//! Breaking off work that nobody waits for any longer.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Says to who works on an answer that it is to be broken off. Whoever goes over
/// many rows looks at it for each.
#[derive(Clone, Debug, Default)]
pub struct Stop(Option<Arc<AtomicBool>>);

/// Work was broken off before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the answer took too long and was broken off")]
pub struct Stopped;

impl Stop {
    /// One that can be said. The default cannot: its work goes on to its end.
    #[must_use]
    pub fn new() -> Self {
        Self(Some(Arc::default()))
    }

    /// Says it, to all that have a clone of it.
    pub fn say(&self) {
        if let Some(said) = &self.0 {
            said.store(true, Ordering::Relaxed);
        }
    }

    /// Whether it was said.
    #[must_use]
    pub fn is_said(&self) -> bool {
        self.0.as_ref().is_some_and(|said| said.load(Ordering::Relaxed))
    }

    /// Goes on, unless it was said.
    ///
    /// # Errors
    /// When it was.
    pub fn check(&self) -> Result<(), Stopped> {
        if self.is_said() { Err(Stopped) } else { Ok(()) }
    }
}

impl From<Stopped> for io::Error {
    fn from(stopped: Stopped) -> Self {
        Self::new(io::ErrorKind::TimedOut, stopped)
    }
}
