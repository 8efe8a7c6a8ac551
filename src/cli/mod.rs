//! The command line: one file a command, thin.

mod check;
mod export;
mod near;
mod places;
mod serve;
mod timeline;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::atlas::{Atlas, Day};
use crate::load::{Folder, Loaded, load_all};
use crate::query::{NameError, Stopped, When, values};

/// Borders, enclaves and reported explosive-ordnance contamination, each with
/// its timeline of claims.
#[derive(Parser)]
#[command(
    version,
    about,
    after_help = "Exit codes: 0 done, 1 the answer is no, 2 wrong usage, 3 could not read or write."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the map and the HTTP interface
    Serve(Box<serve::Serve>),
    /// Read a geodata folder and list every fault
    Check(check::Check),
    /// What is reported near a place
    Near(near::Near),
    /// Claims and events in order of date
    Timeline(timeline::Timeline),
    /// Write a collection, or all of them, to files
    Export(export::Export),
    /// The gazetteer of a geodata folder
    Places(places::Places),
}

/// Where the atlas comes from.
#[derive(Args)]
struct Source {
    /// Geodata folder [default: ./geodata, else the atlas built in]
    #[arg(long, env = "DEMARC_GEODATA", value_name = "DIR")]
    geodata: Option<PathBuf>,
}

/// The two clocks.
#[derive(Args)]
struct Clocks {
    /// A day or an interval: 2024-04-15, 2003-01-01/2005-12-31, 2003-01-01/..
    #[arg(long, value_name = "D", value_parser = read_datetime)]
    datetime: Option<When>,
    /// Only what was known on this day
    #[arg(long, value_name = "D", value_parser = values::day)]
    known_at: Option<Day>,
}

/// How an answer is written.
#[derive(Clone, Copy, ValueEnum, PartialEq, Eq)]
enum Format {
    Text,
    Json,
    Geojson,
}

/// Why a command ends without its answer.
#[derive(Debug)]
enum Failure {
    /// The answer is no: exit code 1.
    No(String),
    /// Wrong usage: exit code 2.
    Usage(String),
    /// Could not read or write: exit code 3.
    Io(String),
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self::Io(message)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error.to_string())
    }
}

impl From<Stopped> for Failure {
    fn from(stopped: Stopped) -> Self {
        Self::Io(stopped.to_string())
    }
}

impl From<NameError> for Failure {
    fn from(error: NameError) -> Self {
        Self::No(error.to_string())
    }
}

fn read_datetime(text: &str) -> Result<When, String> {
    values::datetime(text).map(When::During)
}

impl Source {
    /// The folder that is meant.
    fn folder(&self) -> Folder {
        Folder::choose(self.geodata.clone())
    }

    /// Loads the folder; its faults go to stderr.
    fn load(&self) -> Result<Loaded, Failure> {
        let folder = self.folder();
        readable(&folder)?;
        load_all(&folder).map_err(|faults| {
            let lines: Vec<String> = faults.list.iter().map(ToString::to_string).collect();
            Failure::No(format!(
                "{} has {} fault(s):\n{}",
                folder.name(),
                lines.len(),
                lines.join("\n")
            ))
        })
    }
}

/// An atlas that is read for whoever runs the command.
#[derive(Args)]
struct Reader {
    #[command(flatten)]
    source: Source,
    /// What is restricted too
    #[arg(long)]
    restricted: bool,
}

impl Reader {
    /// Loads the atlas; its faults go to stderr.
    fn load(&self) -> Result<Atlas, Failure> {
        let loaded = self.source.load()?;
        Ok(if self.restricted { loaded.into_whole() } else { loaded.public })
    }
}

/// Fails when a folder is not there.
fn readable(folder: &Folder) -> Result<(), Failure> {
    match folder {
        Folder::Dir(dir) if !dir.is_dir() => Err(Failure::Io(format!(
            "there is no folder {}; name one that holds an atlas.toml",
            dir.display()
        ))),
        _ => Ok(()),
    }
}

/// Writes an answer to stdout. Whoever reads it may stop early.
fn print(bytes: &[u8]) -> Result<(), Failure> {
    match io::stdout().lock().write_all(bytes) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

/// Runs the command that the arguments name.
#[must_use]
pub fn run() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Serve(serve) => serve.run(),
        Command::Check(check) => check.run(),
        Command::Near(near) => near.run(),
        Command::Timeline(timeline) => timeline.run(),
        Command::Export(export) => export.run(),
        Command::Places(places) => places.run(),
    };
    let (message, code) = match result {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::No(message)) => (message, 1),
        Err(Failure::Usage(message)) => (message, 2),
        Err(Failure::Io(message)) => (message, 3),
    };
    if !message.is_empty() {
        eprintln!("demarc: {message}");
    }
    ExitCode::from(code)
}
