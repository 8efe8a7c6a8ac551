//! Driving a server: connections that each send their next request when the last is
//! answered, and how long each answer took.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::Outcome;
use crate::client::Connection;
use crate::process::Server;

/// Bytes at the beginning of each answer that are compared: what says how many match
/// stands there.
pub const COMPARED: usize = 1024;

/// A request and what is right to answer.
pub struct Asked {
    /// As it is sent.
    pub request: Vec<u8>,
    /// The bytes that the body has.
    pub length: usize,
    /// How it begins.
    pub beginning: Arc<[u8]>,
}

/// What was measured of a server.
#[derive(Clone, Default)]
pub struct Figures {
    /// Of each answer, from its request to its last byte, nanoseconds.
    pub latencies: Vec<u64>,
    /// How long requests were sent, seconds.
    pub seconds: f64,
    /// Processor time of the server meanwhile, seconds.
    pub cpu_s: f64,
    /// Bytes of bodies.
    pub bytes: u64,
}

impl Figures {
    /// Answers a second.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.seconds
    }

    /// Processor time of the server for one answer, milliseconds.
    #[must_use]
    pub fn cpu_ms(&self) -> f64 {
        self.cpu_s * 1e3 / self.latencies.len() as f64
    }

    /// Bytes of one answer.
    #[must_use]
    pub fn size(&self) -> f64 {
        self.bytes as f64 / self.latencies.len() as f64
    }

    /// The time within which this part of the answers came, milliseconds.
    #[must_use]
    pub fn percentile(&self, part: f64) -> f64 {
        let mut sorted = self.latencies.clone();
        sorted.sort_unstable();
        let last = sorted.len().saturating_sub(1);
        let at = (last as f64 * part).round() as usize;
        sorted.get(at).map_or(f64::NAN, |nanoseconds| *nanoseconds as f64 / 1e6)
    }

    fn add(&mut self, other: Self) {
        self.latencies.extend(other.latencies);
        self.seconds += other.seconds;
        self.cpu_s += other.cpu_s;
        self.bytes += other.bytes;
    }
}

/// Connections to one server, and where in the list of questions they are.
pub struct Driver<'a> {
    server: &'a Server,
    asked: Arc<Vec<Asked>>,
    connections: Vec<Connection>,
    next: Arc<AtomicUsize>,
    /// What was measured so far.
    pub figures: Figures,
}

impl<'a> Driver<'a> {
    /// Opens so many connections.
    ///
    /// # Errors
    /// When one is refused.
    pub async fn open(
        server: &'a Server,
        asked: &Arc<Vec<Asked>>,
        connections: usize,
    ) -> Outcome<Self> {
        let mut open = Vec::with_capacity(connections);
        for _ in 0..connections {
            open.push(Connection::open(&server.address).await?);
        }
        Ok(Self {
            server,
            asked: Arc::clone(asked),
            connections: open,
            next: Arc::default(),
            figures: Figures::default(),
        })
    }

    /// Asks for some time without measuring.
    ///
    /// # Errors
    /// When an answer is wrong.
    pub async fn warm(&mut self, time: Duration) -> Outcome<()> {
        self.slice(time, None).await.map(drop)
    }

    /// Asks for some time. With a `pace` each connection waits so long between its
    /// requests, and is late rather than early.
    ///
    /// # Errors
    /// When an answer is wrong.
    pub async fn run(&mut self, time: Duration, pace: Option<Duration>) -> Outcome<()> {
        let measured = self.slice(time, pace).await?;
        self.figures.add(measured);
        Ok(())
    }

    async fn slice(&mut self, time: Duration, pace: Option<Duration>) -> Outcome<Figures> {
        let before = self.server.cpu_s()?;
        let since = Instant::now();
        let until = since + time;
        let mut asking = JoinSet::new();
        let count = self.connections.len();
        for (number, mut connection) in self.connections.drain(..).enumerate() {
            let (asked, next) = (Arc::clone(&self.asked), Arc::clone(&self.next));
            asking.spawn(async move {
                let mut figures = Figures::default();
                let mut due = pace.map(|pace| since + pace.mul_f64(number as f64 / count as f64));
                loop {
                    if let (Some(at), Some(pace)) = (due, pace) {
                        tokio::time::sleep_until(at.into()).await;
                        due = Some((at + pace).max(Instant::now()));
                    }
                    if Instant::now() >= until {
                        return Ok::<_, crate::Error>((connection, figures));
                    }
                    let asked = &asked[next.fetch_add(1, Ordering::Relaxed) % asked.len()];
                    let sent = Instant::now();
                    one(&mut connection, asked).await?;
                    let took = sent.elapsed().as_nanos();
                    figures.latencies.push(u64::try_from(took)?);
                    figures.bytes += asked.length as u64;
                }
            });
        }
        let mut whole = Figures::default();
        while let Some(ended) = asking.join_next().await {
            let (connection, figures) = ended??;
            self.connections.push(connection);
            whole.add(figures);
        }
        whole.seconds = since.elapsed().as_secs_f64();
        whole.cpu_s = self.server.cpu_s()? - before;
        Ok(whole)
    }

    /// Asks once on each connection: whether all are open still.
    ///
    /// # Errors
    /// When one is not.
    pub async fn ask_each(&mut self) -> Outcome<()> {
        for connection in &mut self.connections {
            one(connection, &self.asked[0]).await?;
        }
        Ok(())
    }
}

/// One request; its answer must be the one that was prepared.
async fn one(connection: &mut Connection, asked: &Asked) -> Outcome<()> {
    let (mut length, mut is_same) = (0, true);
    let said = connection
        .ask(&asked.request, |piece| {
            if let Some(expected) = asked.beginning.get(length..) {
                let both = expected.len().min(piece.len());
                is_same &= expected[..both] == piece[..both];
            }
            length += piece.len();
        })
        .await?;
    if said.status == 200 && length == asked.length && is_same {
        return Ok(());
    }
    let request = String::from_utf8_lossy(&asked.request);
    Err(format!(
        "not what it was before (status {}, {length} bytes for {}; does a day begin?): {}",
        said.status,
        asked.length,
        request.lines().next().unwrap_or_default()
    )
    .into())
}
