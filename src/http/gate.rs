//! A gate: how many of a kind are under way at once, and who waits for them.
//!
//! Those who wait are let in by turns of their clients, so that one that asks for much
//! is no longer before another than one that asks for little; and none has more of the
//! room at once than is one client's.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

use super::client::Client;

/// Those that are under way, and those that wait.
pub struct Gate {
    room: usize,
    room_of_one: usize,
    queue: usize,
    patience: Duration,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    under_way: usize,
    waiting: usize,
    /// Tells those that wait apart.
    next: u64,
    /// What each client has under way, and who waits of it; none has nothing.
    lines: HashMap<Client, Line>,
    /// The clients of which some wait, in the order of their turns.
    turns: VecDeque<Client>,
}

#[derive(Default)]
struct Line {
    under_way: usize,
    waiting: VecDeque<(u64, oneshot::Sender<Permit>)>,
}

impl Gate {
    /// Room for so many, of whom so many may be of one client, and a queue in which others
    /// wait for so long.
    #[must_use]
    pub fn new(room: usize, room_of_one: usize, queue: usize, patience: Duration) -> Arc<Self> {
        Arc::new(Self { room, room_of_one, queue, patience, held: Mutex::default() })
    }

    /// Lets one of a client in, at once or after a while; `None` when too many wait, or it
    /// waited too long.
    pub async fn enter(self: &Arc<Self>, client: Client) -> Option<Permit> {
        let (place, turn) = {
            let mut held = self.held();
            // Whoever waits while there is room has as much as a client may.
            if held.under_way < self.room && held.of(client) < self.room_of_one {
                held.enter(client);
                return Some(Permit { gate: Arc::clone(self), client });
            }
            if !held.makes_place(self.queue, client) {
                return None;
            }
            let (sender, turn) = oneshot::channel();
            (Place { gate: self, client, number: held.join(client, sender) }, turn)
        };
        let permit = tokio::time::timeout(self.patience, turn).await.ok()?.ok();
        drop(place);
        permit
    }

    /// Takes one of a client out, and lets in whoever is next.
    fn leave(self: &Arc<Self>, client: Client) {
        let mut let_in = Vec::new();
        {
            let mut held = self.held();
            held.under_way -= 1;
            if let Some(line) = held.lines.get_mut(&client) {
                line.under_way -= 1;
            }
            held.forget(client);
            while held.under_way < self.room
                && let Some((client, sender)) = held.next(self.room_of_one)
            {
                held.enter(client);
                let_in.push((sender, Permit { gate: Arc::clone(self), client }));
            }
        }
        for (sender, permit) in let_in {
            // Of whoever went meanwhile the permit comes back, and leaves.
            let _ = sender.send(permit);
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // Nothing that holds it can break off half-way.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// How many of a client are under way.
    fn of(&self, client: Client) -> usize {
        self.lines.get(&client).map_or(0, |line| line.under_way)
    }

    fn enter(&mut self, client: Client) {
        self.under_way += 1;
        self.lines.entry(client).or_default().under_way += 1;
    }

    /// Whether one more of a client may wait. Where the queue is full, the last of the
    /// client of which most wait gives up its place, unless that is this one.
    fn makes_place(&mut self, queue: usize, client: Client) -> bool {
        if self.waiting < queue {
            return true;
        }
        let own = self.lines.get(&client).map_or(0, |line| line.waiting.len());
        let longest = self.lines.iter().max_by_key(|(_, line)| line.waiting.len());
        let Some((other, length)) = longest.map(|(other, line)| (*other, line.waiting.len()))
        else {
            return false;
        };
        if length <= own + 1 {
            return false;
        }
        if let Some((number, _)) = self.lines.get(&other).and_then(|line| line.waiting.back()) {
            self.give_up(other, *number);
        }
        true
    }

    /// Puts one of a client at the end of its line, and tells its number.
    fn join(&mut self, client: Client, sender: oneshot::Sender<Permit>) -> u64 {
        self.waiting += 1;
        self.next += 1;
        let line = self.lines.entry(client).or_default();
        if line.waiting.is_empty() {
            self.turns.push_back(client);
        }
        line.waiting.push_back((self.next, sender));
        self.next
    }

    /// Takes whoever is next from its line: of clients that have fewer than `most` under
    /// way the one whose turn it is.
    fn next(&mut self, most: usize) -> Option<(Client, oneshot::Sender<Permit>)> {
        let turn = self.turns.iter().position(|client| self.of(*client) < most)?;
        let client = self.turns.remove(turn)?;
        let line = self.lines.get_mut(&client)?;
        let (_, sender) = line.waiting.pop_front()?;
        self.waiting -= 1;
        if !line.waiting.is_empty() {
            self.turns.push_back(client);
        }
        Some((client, sender))
    }

    /// Takes one of a client out of its line, where it still waits.
    fn give_up(&mut self, client: Client, number: u64) {
        let Some(line) = self.lines.get_mut(&client) else { return };
        let Some(at) = line.waiting.iter().position(|(other, _)| *other == number) else { return };
        line.waiting.remove(at);
        self.waiting -= 1;
        if line.waiting.is_empty() {
            self.turns.retain(|other| *other != client);
        }
        self.forget(client);
    }

    /// Forgets a client that has nothing here.
    fn forget(&mut self, client: Client) {
        if self
            .lines
            .get(&client)
            .is_some_and(|line| line.under_way == 0 && line.waiting.is_empty())
        {
            self.lines.remove(&client);
        }
    }
}

/// One that is under way, until it is dropped.
pub struct Permit {
    gate: Arc<Gate>,
    client: Client,
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.gate.leave(self.client);
    }
}

/// A place in a queue, given up when it is dropped, also by a client that goes.
struct Place<'a> {
    gate: &'a Arc<Gate>,
    client: Client,
    number: u64,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.gate.held().give_up(self.client, self.number);
    }
}

#[cfg(test)]
mod tests {
    use std::future::Future;
    use std::pin::Pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    const PATIENCE: Duration = Duration::from_millis(50);

    fn client(number: u8) -> Client {
        Client::at([10, 0, 0, number].into())
    }

    type Entering<'a> = Pin<Box<dyn Future<Output = Option<Permit>> + 'a>>;

    /// Some who ask to be let in, one after the other.
    fn queue<'a>(gate: &'a Arc<Gate>, clients: &[u8]) -> Vec<Entering<'a>> {
        let mut all: Vec<Entering<'a>> = Vec::new();
        for number in clients {
            let mut one: Entering<'a> = Box::pin(gate.enter(client(*number)));
            assert!(polled(&mut one).is_pending(), "it has to wait");
            all.push(one);
        }
        all
    }

    /// What has come of one so far.
    fn polled(one: &mut Entering<'_>) -> Poll<Option<Permit>> {
        one.as_mut().poll(&mut Context::from_waker(Waker::noop()))
    }

    /// The permit of one that is let in.
    fn let_in(one: &mut Entering<'_>) -> Option<Permit> {
        match polled(one) {
            Poll::Ready(permit) => permit,
            Poll::Pending => None,
        }
    }

    fn is_empty(gate: &Gate) -> bool {
        let held = gate.held();
        held.under_way == 0 && held.waiting == 0 && held.lines.is_empty() && held.turns.is_empty()
    }

    #[tokio::test(start_paused = true)]
    async fn a_gate_lets_in_holds_back_and_turns_away() {
        let gate = Gate::new(1, 1, 1, PATIENCE);
        let enter = || gate.enter(Client::ANYONE);
        let first = enter().await.expect("there is room");
        let (second, third) = tokio::join!(enter(), enter());
        assert!(second.is_none(), "it waited too long");
        assert!(third.is_none(), "there was no place to wait");
        let (second, ()) = tokio::join!(enter(), async { drop(first) });
        assert!(second.is_some(), "the first went");
        drop(second);
        assert!(is_empty(&gate));
    }

    #[tokio::test(start_paused = true)]
    async fn clients_take_turns() {
        let gate = Gate::new(1, 1, 9, PATIENCE);
        let mut permit = gate.enter(client(1)).await;
        let mut all = queue(&gate, &[1, 1, 1, 2, 2, 3]);
        for expected in [0, 3, 5, 1, 4, 2] {
            drop(permit.take());
            let mut come = Vec::new();
            for (place, one) in all.iter_mut().enumerate() {
                if let Some(its) = let_in(one) {
                    permit = Some(its);
                    come.push(place);
                }
            }
            assert_eq!(come, [expected]);
            all[expected] = Box::pin(std::future::pending());
        }
        drop(permit);
        assert!(is_empty(&gate));
    }

    #[tokio::test(start_paused = true)]
    async fn one_client_never_has_all_of_the_room() {
        let gate = Gate::new(3, 2, 9, PATIENCE);
        let first = gate.enter(client(1)).await;
        let second = gate.enter(client(1)).await;
        let mut all = queue(&gate, &[1]);
        let other = gate.enter(client(2)).await;
        assert!(first.is_some() && second.is_some() && other.is_some());
        let mut later = queue(&gate, &[3]);
        drop(other);
        assert!(polled(&mut all[0]).is_pending(), "it has its share");
        let other = let_in(&mut later[0]);
        assert!(other.is_some(), "who comes after it has none");
        drop(first);
        let third = let_in(&mut all[0]);
        assert!(third.is_some());
        drop((second, third, other, all, later));
        assert!(is_empty(&gate));
    }

    #[tokio::test(start_paused = true)]
    async fn who_has_most_waiting_makes_place_for_others() {
        let gate = Gate::new(1, 1, 3, PATIENCE);
        let first = gate.enter(client(1)).await;
        let mut all = queue(&gate, &[1, 1, 1]);
        assert!(gate.enter(client(1)).await.is_none(), "its own line is the longest");
        let mut other = queue(&gate, &[2]);
        assert!(matches!(polled(&mut all[2]), Poll::Ready(None)), "the last of the longest line");
        drop(all);
        drop(first);
        assert!(let_in(&mut other[0]).is_some());
        drop(other);
        assert!(is_empty(&gate));
    }

    #[tokio::test(start_paused = true)]
    async fn who_goes_away_keeps_nobody_waiting() {
        let gate = Gate::new(1, 1, 9, PATIENCE);
        let first = gate.enter(client(1)).await;
        let mut all = queue(&gate, &[1, 2, 3]);
        // It was let in, and is not there any more.
        drop(first);
        drop(all.remove(0));
        assert!(let_in(&mut all[0]).is_some());
        drop(all.remove(0));
        let mut last = all.remove(0);
        assert!(let_in(&mut last).is_some());
        assert!(is_empty(&gate));
    }
}
