//! `make bench`: how fast demarc answers, against a bare server that sends prepared
//! bytes on the same machine in the same run. Ratios are the result; absolute figures
//! are those of the machine.
//!
//! The environment says what is measured: `BENCH_ROWS` (names with commas between, all
//! when left out: W1, W1b, W2 to W4, W5, W5c, W6 to W9, load, growth, crowd, idle),
//! `BENCH_SECONDS` for each server and row, `BENCH_FEATURES`, `BENCH_AREAS`,
//! `BENCH_QUESTIONS`, `BENCH_CONNECTIONS`, `BENCH_REMOVE` (1: keep no data), and
//! `DEMARC_BIN` for another binary than the one built beside this.
#![forbid(unsafe_code)]
// Counts of what a benchmark does are no more than a double holds exactly.
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

mod beside;
mod check;
mod client;
mod data;
mod limit;
mod load;
mod process;
mod rows;
mod table;
mod whole;
mod work;
mod world;

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use process::Server;
use work::Work;
use world::{Centres, World};

/// Why something could not be measured, or what is wrong with an answer.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
/// What may fail.
pub type Outcome<T> = Result<T, Error>;

/// What is measured.
pub struct Setting {
    /// Of each server in each row.
    pub time: Duration,
    /// Different questions of a row.
    pub questions: usize,
    /// Connections that ask.
    pub connections: usize,
    rows: Option<Vec<String>>,
    features: u32,
    areas: u32,
    removes: bool,
}

impl Setting {
    fn read() -> Outcome<Self> {
        let given = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
        let number = |name: &str, default: u32| -> Outcome<u32> {
            given(name).map_or(Ok(default), |text| {
                text.parse().map_err(|error| format!("{name}: {error}").into())
            })
        };
        Ok(Self {
            time: Duration::from_secs(number("BENCH_SECONDS", 5)?.max(1).into()),
            questions: number("BENCH_QUESTIONS", 2000)?.max(1) as usize,
            connections: number("BENCH_CONNECTIONS", 8)?.max(1) as usize,
            rows: given("BENCH_ROWS").map(|text| text.split(',').map(str::to_owned).collect()),
            features: number("BENCH_FEATURES", 1_000_000)?.max(1000),
            areas: number("BENCH_AREAS", 100_000)?.max(1000),
            removes: given("BENCH_REMOVE").is_some_and(|text| text == "1"),
        })
    }

    fn wants(&self, name: &str) -> bool {
        self.rows.as_ref().is_none_or(|rows| rows.iter().any(|row| row == name))
    }
}

fn main() -> ExitCode {
    // cargo adds --bench.
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let done = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => run(),
        ["limit", path] => limit::run(Path::new(path)),
        ["parse", path] => beside::parse(Path::new(path)),
        _ => Err("what is measured stands in the environment: see benches/service/main.rs".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome<()> {
    let setting = Setting::read()?;
    fs::create_dir_all(data::kept())?;
    // One thread: what the client takes of the cores is what the servers lack.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(measure(&setting))
}

async fn measure(setting: &Setting) -> Outcome<()> {
    let world = World::new();
    let mut wrong = Vec::new();
    let mut judge = |name: &str, outcome: Outcome<()>| {
        if let Err(error) = outcome {
            eprintln!("{name}: {error}");
            wrong.push(name.to_owned());
        }
    };
    if setting.wants("idle") {
        judge("idle", beside::idle());
    }
    let folder = data::plots(&world, setting.features)?;
    let (server, loaded) = beside::load(&folder, data::PLOTS, setting.features)?;
    if setting.wants("load") {
        loaded.print();
    }
    let mut works = work::of_plots(&Centres::of(&world, setting.features), setting.questions);
    works.retain(|work| setting.wants(work.name));
    if setting.wants("W9") || !works.is_empty() {
        table::heading();
    }
    for work in works {
        let name = work.name;
        judge(name, row(setting, &world, setting.features, &server, work).await);
    }
    if setting.wants("W8") {
        judge("W8", whole::measure(&server, setting.features).await);
    }
    if setting.wants("W9") {
        judge("W9", of_areas(setting, &world).await);
    }
    if setting.wants("growth") {
        let tenth = setting.features / 10;
        let folder = data::plots(&world, tenth)?;
        let (little, less) = beside::load(&folder, data::PLOTS, tenth)?;
        let (few, many) = ((&little, tenth), (&server, setting.features));
        judge("growth", beside::growth(setting, &world, few, many).await);
        println!();
        less.print();
        loaded.against(&less);
    }
    if setting.wants("crowd") {
        judge("crowd", beside::crowd(setting, &world, setting.features, &server).await);
    }
    judge("after all", beside::answers(&server).await);
    drop(server);
    if setting.removes {
        fs::remove_dir_all(folder)?;
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("wrong: {}", wrong.join(", ")).into()) }
}

async fn row(
    setting: &Setting,
    world: &World,
    count: u32,
    server: &Server,
    work: Work,
) -> Outcome<()> {
    table::row(&rows::measure(setting, world, count, server, work).await?);
    Ok(())
}

async fn of_areas(setting: &Setting, world: &World) -> Outcome<()> {
    let folder = data::reported(world, setting.areas)?;
    let (server, loaded) = beside::load(&folder, data::AREAS, setting.areas)?;
    let work = work::of_areas(&Centres::of(world, setting.areas), setting.questions);
    row(setting, world, setting.areas, &server, work).await?;
    loaded.print();
    Ok(())
}
