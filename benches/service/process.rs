//! The servers that are measured, each a process of its own, and what the system
//! says of them.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::Outcome;

/// Ticks a second of the times in `/proc`: `USER_HZ`, which Linux fixes.
const TICKS: f64 = 100.;

/// How long a server may take to end.
const PATIENCE: Duration = Duration::from_secs(15);

/// A server; it ends when this is dropped.
pub struct Server {
    child: Child,
    /// `127.0.0.1:PORT`
    pub address: String,
    /// From its start until it listened.
    pub started: Duration,
    // Held open: a server that writes to a closed pipe would end.
    stdout: BufReader<ChildStdout>,
}

/// Limits that nothing of the benchmark meets.
const LIMITS: [&str; 24] = [
    "--connections",
    "8192",
    "--client-connections",
    "8192",
    "--unread-bytes",
    "8589934592",
    "--client-unread-bytes",
    "8589934592",
    "--downloads",
    "256",
    "--client-downloads",
    "256",
    "--queue",
    "8192",
    "--queue-timeout",
    "60s",
    "--answer-timeout",
    "10m",
    "--head-timeout",
    "10m",
    "--stall-timeout",
    "10m",
    "--page-features",
    "100000000",
];

impl Server {
    /// demarc, serving a folder, or the valley that is built in.
    ///
    /// # Errors
    /// When it does not start.
    pub fn demarc(folder: Option<&Path>) -> Outcome<Self> {
        let mut command = Command::new(binary());
        command.args(["serve", "--listen", "127.0.0.1:0", "--log", "warn"]).args(LIMITS);
        match folder {
            Some(folder) => command.arg("--geodata").arg(folder),
            // Elsewhere than in the repository, whose folder would be taken.
            None => command.current_dir(std::env::temp_dir()),
        };
        Self::start(command)
    }

    /// The bare server with what it answers.
    ///
    /// # Errors
    /// When it does not start.
    pub fn limit(prepared: &Path) -> Outcome<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("limit").arg(prepared);
        Self::start(command)
    }

    fn start(mut command: Command) -> Outcome<Self> {
        let since = Instant::now();
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let stdout = BufReader::new(child.stdout.take().ok_or("stdout is piped")?);
        let address = String::new();
        let mut server = Self { child, address, started: Duration::ZERO, stdout };
        let mut line = String::new();
        server.stdout.read_line(&mut line)?;
        server.started = since.elapsed();
        let address = line.trim().strip_prefix("listening on http://");
        address
            .ok_or_else(|| format!("it does not listen: {line}"))?
            .clone_into(&mut server.address);
        Ok(server)
    }

    /// Seconds of processor time that it took so far, of all its threads.
    ///
    /// # Errors
    /// When it has ended.
    pub fn cpu_s(&self) -> Outcome<f64> {
        let [user, system] = times(&self.child.id().to_string())?;
        Ok(user + system)
    }

    /// Resident memory now, bytes.
    ///
    /// # Errors
    /// When it has ended.
    pub fn resident(&self) -> Outcome<u64> {
        self.status("VmRSS:")
    }

    /// The most resident memory since [`Self::forget_peak`], bytes.
    ///
    /// # Errors
    /// When it has ended.
    pub fn peak(&self) -> Outcome<u64> {
        self.status("VmHWM:")
    }

    /// Counts the most resident memory from now on.
    ///
    /// # Errors
    /// When the system does not let it.
    pub fn forget_peak(&self) -> Outcome<()> {
        Ok(fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5")?)
    }

    fn status(&self, name: &str) -> Outcome<u64> {
        let text = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = text.lines().find_map(|line| line.strip_prefix(name)).ok_or("no such line")?;
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kilobytes * 1024)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already. One that is built to count what it does writes that down
        // when it is asked to end.
        let _ = kill_process(Pid::from_child(&self.child), Signal::TERM);
        let asked = Instant::now();
        while asked.elapsed() < PATIENCE && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Seconds of processor time that a process took itself, by its id or `self`.
///
/// # Errors
/// When it has ended.
pub fn user_s(process: &str) -> Outcome<f64> {
    times(process).map(|[user, _]| user)
}

/// Seconds that a process took itself, and that the system took for it.
fn times(process: &str) -> Outcome<[f64; 2]> {
    let text = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name before the last parenthesis may hold anything.
    let fields = text.rsplit_once(')').ok_or("no stat")?.1;
    let mut ticks = fields.split_whitespace().skip(11).map(str::parse::<f64>);
    let mut next = || ticks.next().ok_or("no times");
    Ok([next()?? / TICKS, next()?? / TICKS])
}

/// The demarc that is measured: the one that cargo built beside this, or that of the
/// environment.
#[must_use]
pub fn binary() -> String {
    std::env::var("DEMARC_BIN").unwrap_or_else(|_| env!("CARGO_BIN_EXE_demarc").to_owned())
}
