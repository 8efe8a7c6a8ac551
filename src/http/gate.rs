//! A gate: how many of a kind are under way at once, and how many wait for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Those that are under way, and those that wait.
pub struct Gate {
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
    queue: usize,
    patience: Duration,
}

impl Gate {
    /// Room for so many, and a queue in which others wait for so long.
    #[must_use]
    pub fn new(room: usize, queue: usize, patience: Duration) -> Self {
        let permits = Arc::new(Semaphore::new(room.min(Semaphore::MAX_PERMITS)));
        Self { permits, waiting: AtomicUsize::new(0), queue, patience }
    }

    /// Lets one in, at once or after a while; `None` when too many wait, or it
    /// waited too long.
    pub async fn enter(&self) -> Option<OwnedSemaphorePermit> {
        let permits = || Arc::clone(&self.permits);
        if let Ok(permit) = permits().try_acquire_owned() {
            return Some(permit);
        }
        let place = Place::in_queue(&self.waiting);
        if place.number >= self.queue {
            return None;
        }
        tokio::time::timeout(self.patience, permits().acquire_owned()).await.ok()?.ok()
    }
}

/// A place in a queue, given up when it is dropped, also by a client that goes.
struct Place<'a> {
    waiting: &'a AtomicUsize,
    number: usize,
}

impl<'a> Place<'a> {
    fn in_queue(waiting: &'a AtomicUsize) -> Self {
        Self { number: waiting.fetch_add(1, Ordering::Relaxed), waiting }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_gate_lets_in_holds_back_and_turns_away() {
        let gate = Gate::new(1, 1, Duration::from_millis(50));
        let first = gate.enter().await.expect("there is room");
        let (second, third) = tokio::join!(gate.enter(), gate.enter());
        assert!(second.is_none(), "it waited too long");
        assert!(third.is_none(), "there was no place to wait");
        assert_eq!(gate.waiting.load(Ordering::Relaxed), 0);
        let (second, ()) = tokio::join!(gate.enter(), async { drop(first) });
        assert!(second.is_some(), "the first went");
    }
}
