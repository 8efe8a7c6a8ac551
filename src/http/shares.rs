//! What is there for all, and of which no client may hold more than so much:
//! connections, downloads, bytes that it does not read.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::client::Client;

/// What each client holds.
pub struct Shares {
    most: usize,
    held: Mutex<HashMap<Client, usize>>,
}

/// A part of what a client holds, given back when it is dropped.
pub struct Share {
    shares: Arc<Shares>,
    client: Client,
    amount: usize,
}

impl Shares {
    /// At most so much for each client.
    #[must_use]
    pub fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, held: Mutex::default() })
    }

    /// Takes a part; `None` where that makes it too much. Who holds nothing is given
    /// what they ask for, however much it is: else it could not be had at all.
    pub fn take(self: &Arc<Self>, client: Client, amount: usize) -> Option<Share> {
        let mut all = self.held();
        let held = all.get(&client).copied().unwrap_or(0);
        if held > 0 && held.saturating_add(amount) > self.most {
            return None;
        }
        all.insert(client, held.saturating_add(amount));
        Some(Share { shares: Arc::clone(self), client, amount })
    }

    fn held(&self) -> MutexGuard<'_, HashMap<Client, usize>> {
        // Nothing that holds it can break off half-way.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut all = self.shares.held();
        if let Entry::Occupied(mut held) = all.entry(self.client) {
            *held.get_mut() = held.get().saturating_sub(self.amount);
            if *held.get() == 0 {
                held.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_has_its_share_and_gives_it_back() {
        let shares = Shares::new(2);
        let first = shares.take(Client::ANYONE, 1);
        let second = shares.take(Client::ANYONE, 1);
        assert!(first.is_some() && second.is_some());
        assert!(shares.take(Client::ANYONE, 1).is_none());
        drop(first);
        assert!(shares.take(Client::ANYONE, 2).is_none(), "there is room for one");
        assert!(shares.take(Client::ANYONE, 1).is_some(), "and its drop gives it back");
        drop(second);
        assert!(shares.held().is_empty(), "who has none is forgotten");
        let large = shares.take(Client::ANYONE, 9);
        assert!(large.is_some(), "what is larger than all goes alone");
        assert!(shares.take(Client::ANYONE, 1).is_none());
    }
}
