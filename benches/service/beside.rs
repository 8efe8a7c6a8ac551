//! What is measured beside the rows: loading, memory, growth, many connections.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::client::Connection;
use crate::load::Driver;
use crate::process::{Server, user_s};
use crate::rows::prepare;
use crate::table::{holds, megabytes};
use crate::work::{Work, of_plots};
use crate::world::{Centres, World};
use crate::{Outcome, Setting, data};

/// Bytes that an idle server of the valley may hold.
const IDLE: u64 = 60_000_000;
/// Of the parser's time, and of the bytes of the file.
const LOAD: f64 = 3.;
const MEMORY: f64 = 2.2;
/// Of the time of a question, of a tenth of the features.
const GROWTH: f64 = 1.3;
/// Of the slowest hundredth, at eight connections.
const CROWD: f64 = 10.;

/// Of more features what a parser makes of them does not fit into memory.
const PARSED: u32 = 2_000_000;

const HELD: usize = 1000;
const ACTIVE: usize = 200;

/// What a server took to start.
pub struct Loaded {
    count: u32,
    bytes: u64,
    seconds: f64,
    cpu_s: f64,
    resident: u64,
    peak: u64,
    parser: Option<Parser>,
}

/// What `serde_json` took for the same file.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Parser {
    seconds: f64,
    /// Its own processor time, without what the system took to give it memory.
    user_s: f64,
}

/// Starts a server of a folder; how long that took, beside a parser.
///
/// # Errors
/// When it does not start.
pub fn load(folder: &Path, collection: &str, count: u32) -> Outcome<(Server, Loaded)> {
    // First, so that the file lies in the system's memory for both.
    let file = data::file(folder, collection);
    let parser = (count <= PARSED).then(|| parse_apart(&file)).transpose()?;
    let server = Server::demarc(Some(folder))?;
    let loaded = Loaded {
        count,
        bytes: data::bytes(folder)?,
        seconds: server.started.as_secs_f64(),
        cpu_s: server.cpu_s()?,
        resident: server.resident()?,
        peak: server.peak()?,
        parser,
    };
    Ok((server, loaded))
}

impl Loaded {
    /// Prints it.
    pub fn print(&self) {
        let Self { count, bytes, seconds, cpu_s, resident, peak, parser } = self;
        let share = *resident as f64 / *bytes as f64;
        println!(
            "load {count}: {seconds:.2} s, {:.2} cores busy; {:.0} MB of files, {:.0} MB resident, \
             {share:.2} times (under {MEMORY}: {}), {:.0} MB at the most",
            cpu_s / seconds,
            megabytes(*bytes),
            megabytes(*resident),
            holds(share < MEMORY),
            megabytes(*peak),
        );
        if let Some(Parser { seconds: parsed, user_s }) = parser {
            println!(
                "     serde_json: {parsed:.2} s, of which {user_s:.2} s are its own; load is {:.2} \
                 times the one (under {LOAD}: {}), {:.2} times the other",
                seconds / parsed,
                holds(*seconds < LOAD * parsed),
                seconds / user_s,
            );
        }
    }

    /// Prints how much more it is than another.
    pub fn against(&self, less: &Self) {
        println!(
            "from {} to {}: load {:.1} times, resident memory {:.1} times",
            less.count,
            self.count,
            self.seconds / less.seconds,
            self.resident as f64 / less.resident as f64
        );
    }
}

/// Has a process of its own parse a file: what it is parsed to is larger than the
/// file by far.
fn parse_apart(file: &Path) -> Outcome<Parser> {
    let output = Command::new(std::env::current_exe()?).arg("parse").arg(file).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Parses a file as `serde_json::Value`, and prints as JSON what that took.
///
/// # Errors
/// When it is not JSON.
pub fn parse(file: &Path) -> Outcome<()> {
    let bytes = fs::read(file)?;
    let before = user_s("self")?;
    let since = Instant::now();
    let value: serde_json::Value = serde_json::from_slice(&bytes)?;
    let seconds = since.elapsed().as_secs_f64();
    let parser = Parser { seconds, user_s: user_s("self")? - before };
    if value["features"].as_array().is_none_or(Vec::is_empty) {
        return Err("there are no features in it".into());
    }
    println!("{}", serde_json::to_string(&parser)?);
    // Giving back so much memory piece by piece takes as long again.
    std::mem::forget(value);
    Ok(())
}

/// Prints what an idle server of the valley holds.
///
/// # Errors
/// When it does not start.
pub fn idle() -> Outcome<()> {
    let server = Server::demarc(None)?;
    std::thread::sleep(Duration::from_secs(2));
    let resident = server.resident()?;
    println!(
        "idle with the valley: {:.1} MB resident (under {:.0}: {})",
        megabytes(resident),
        megabytes(IDLE),
        holds(resident < IDLE)
    );
    Ok(())
}

/// Asks the same of a tenth of the features and of all of them, one question at a
/// time, and prints how much longer that takes.
///
/// # Errors
/// When an answer is wrong.
pub async fn growth(
    setting: &Setting,
    world: &World,
    few: (&Server, u32),
    many: (&Server, u32),
) -> Outcome<()> {
    let (few_works, many_works) = (works(setting, world, few.1), works(setting, world, many.1));
    println!("\na question at a time, of {} features and of {}:", few.1, many.1);
    for (of_few, of_many) in few_works.into_iter().zip(many_works) {
        let name = of_few.name;
        let ready_few = prepare(world, few.1, few.0, of_few).await?;
        let ready_many = prepare(world, many.1, many.0, of_many).await?;
        let mut little = Driver::open(few.0, &ready_few.asked, 1).await?;
        let mut much = Driver::open(many.0, &ready_many.asked, 1).await?;
        for _ in 0..2 {
            little.run(setting.time / 4, None).await?;
            much.run(setting.time / 4, None).await?;
        }
        let (little, much) = (little.figures, much.figures);
        let grown = much.cpu_ms() / little.cpu_ms();
        println!(
            "{name:<4} CPU ms {:>8.3} {:>8.3} {grown:>7.2} times (under {GROWTH}: {:<6}) p50 ms {:>8.3} {:>8.3} {:>7.2} times; bytes {:>8.0} {:>8.0}",
            little.cpu_ms(),
            much.cpu_ms(),
            holds(grown < GROWTH),
            little.percentile(0.5),
            much.percentile(0.5),
            much.percentile(0.5) / little.percentile(0.5),
            little.size(),
            much.size(),
        );
    }
    Ok(())
}

/// The rows whose answers are as large of few features as of many.
fn works(setting: &Setting, world: &World, count: u32) -> Vec<Work> {
    let works = of_plots(&Centres::of(world, count), setting.questions);
    works.into_iter().filter(|work| !work.name.starts_with("W5")).collect()
}

/// Holds 1,000 connections open of which 200 ask, and prints how long they wait:
/// as fast as they are answered, and at half the rate at which eight were, since
/// whoever asks faster than he can be answered waits for the others.
///
/// # Errors
/// When a connection is refused or hung up on, or an answer is wrong.
pub async fn crowd(setting: &Setting, world: &World, count: u32, server: &Server) -> Outcome<()> {
    let work = works(setting, world, count).swap_remove(0);
    let ready = prepare(world, count, server, work).await?;
    let bare = ready.limit()?;
    println!("\n{HELD} connections held open, {ACTIVE} of them ask for a bbox of 10:");
    for (name, server) in [("demarc", server), ("limit", &bare)] {
        let mut few = Driver::open(server, &ready.asked, setting.connections).await?;
        few.run(setting.time / 2, None).await?;
        let mut idle = Driver::open(server, &ready.asked, HELD - ACTIVE).await?;
        idle.ask_each().await?;
        let mut active = Driver::open(server, &ready.asked, ACTIVE).await?;
        active.run(setting.time / 2, None).await?;
        let at_once = std::mem::take(&mut active.figures);
        let rate = few.figures.rate() / 2.;
        active.run(setting.time, Some(Duration::from_secs_f64(ACTIVE as f64 / rate))).await?;
        let at_half = active.figures;
        idle.ask_each().await?;
        let p99 = few.figures.percentile(0.99);
        println!(
            "{name:<6} p99 of {} {p99:.3} ms; as fast as answered: {:.0} req/s, p99 {:.3} ms, {:.1} times; \
             at half the rate: {:.0} req/s, p99 {:.3} ms, {:.1} times{}",
            setting.connections,
            at_once.rate(),
            at_once.percentile(0.99),
            at_once.percentile(0.99) / p99,
            at_half.rate(),
            at_half.percentile(0.99),
            at_half.percentile(0.99) / p99,
            match name {
                "demarc" => {
                    let is_within = at_half.percentile(0.99) <= CROWD * p99;
                    format!(" (within {CROWD}: {})", holds(is_within))
                }
                _ => String::new(),
            },
        );
    }
    Ok(())
}

/// Whether a server answers at all.
///
/// # Errors
/// When it does not.
pub async fn answers(server: &Server) -> Outcome<()> {
    let mut connection = Connection::open(&server.address).await?;
    connection.ask(&crate::client::request("/health/live"), |_| ()).await.map(drop)
}
