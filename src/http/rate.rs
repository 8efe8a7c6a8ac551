//! How often one client may ask: a token bucket for each, kept as the moment at
//! which it will be full again (the generic cell rate algorithm).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::client::Client;

/// Clients that are told apart at once. Should more come within the time that a
/// bucket takes to fill, the newest share one.
const MOST_CLIENTS: usize = 100_000;

/// The buckets of all clients.
pub struct Rate {
    /// In which time a token comes back.
    every: Duration,
    /// In which time all of them do.
    whole: Duration,
    buckets: Mutex<Buckets>,
}

struct Buckets {
    full_at: HashMap<Client, Instant>,
    swept: Instant,
}

impl Rate {
    /// Buckets of `burst` tokens, to which `rate` come back in a second.
    #[must_use]
    pub fn new(rate: u32, burst: u32) -> Self {
        let every = Duration::from_secs(1) / rate.max(1);
        let buckets = Buckets { full_at: HashMap::new(), swept: Instant::now() };
        Self { every, whole: every * burst, buckets: Mutex::new(buckets) }
    }

    /// Takes a token of a client.
    ///
    /// # Errors
    /// When there is none: in which time there will be one.
    pub fn take(&self, client: Client, now: Instant) -> Result<(), Duration> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let client = buckets.told_apart(client, now);
        let full_at = buckets.full_at.get(&client).map_or(now, |full_at| now.max(*full_at));
        let after = full_at + self.every;
        let owed = after.duration_since(now);
        if let Some(wait) = owed.checked_sub(self.whole).filter(|wait| !wait.is_zero()) {
            return Err(wait);
        }
        buckets.full_at.insert(client, after);
        Ok(())
    }
}

impl Buckets {
    /// The client itself, or everyone where there are too many. Full buckets need
    /// not be kept; they are swept once a second at the most, so that who comes
    /// under many addresses does not keep us busy.
    fn told_apart(&mut self, client: Client, now: Instant) -> Client {
        if self.full_at.len() < MOST_CLIENTS || self.full_at.contains_key(&client) {
            return client;
        }
        if now.duration_since(self.swept) >= Duration::from_secs(1) {
            self.swept = now;
            self.full_at.retain(|_, full_at| *full_at > now);
        }
        if self.full_at.len() < MOST_CLIENTS { client } else { Client::ANYONE }
    }
}

#[cfg(test)]
mod tests {
    use super::super::client::Peer;
    use super::*;

    fn at(number: u32) -> Client {
        let address = (std::net::Ipv4Addr::from_bits(number), 1).into();
        Peer { address, is_tls: false, is_operator: false }.client()
    }

    #[test]
    fn a_burst_passes_and_then_the_rate() {
        let rate = Rate::new(10, 5);
        let start = Instant::now();
        let taken = |client, after: u64| rate.take(client, start + Duration::from_millis(after));
        for _ in 0..5 {
            assert_eq!(taken(at(1), 0), Ok(()));
        }
        assert_eq!(taken(at(1), 0), Err(Duration::from_millis(100)));
        assert_eq!(taken(at(2), 0), Ok(()), "another client has its own");
        assert_eq!(taken(at(1), 99), Err(Duration::from_millis(1)));
        assert_eq!(taken(at(1), 100), Ok(()));
        assert_eq!(
            taken(at(1), 100),
            Err(Duration::from_millis(100)),
            "what was refused cost nothing"
        );
        let whole_second = (0..20).filter(|n| taken(at(1), 1000 + n * 50).is_ok()).count();
        assert_eq!(whole_second, 14, "five saved up, and ten a second");
    }

    #[test]
    fn a_flood_of_addresses_fills_no_memory() {
        let rate = Rate::new(1, 1);
        let start = Instant::now();
        let many = u32::try_from(MOST_CLIENTS).unwrap();
        for number in 0..many + 10 {
            let _ = rate.take(at(number), start);
        }
        assert!(rate.buckets.lock().unwrap().full_at.len() <= MOST_CLIENTS + 1);
        assert!(rate.take(at(many + 20), start).is_err(), "the newest share a bucket");
        let later = start + Duration::from_secs(5);
        assert_eq!(rate.take(at(many + 20), later), Ok(()));
        assert_eq!(rate.buckets.lock().unwrap().full_at.len(), 1, "full ones are swept");
    }
}
