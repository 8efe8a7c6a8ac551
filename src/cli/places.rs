//! `demarc places import`: a GeoNames country dump into the gazetteer of a
//! geodata folder.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{Failure, print, readable};
use crate::load::Folder;
use crate::load::gazetteer::{FILE, Table};
use crate::load::geonames;

/// Malformed lines that are told one by one.
const MOST_TOLD: usize = 20;

#[derive(Args)]
pub(super) struct Places {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Take the places of a GeoNames country dump into a geodata folder
    Import(Import),
}

#[derive(Args)]
struct Import {
    /// The dump: KG.txt, as GeoNames gives it
    #[arg(value_name = "FILE.txt")]
    file: PathBuf,
    /// Geodata folder [default: ./geodata]
    #[arg(long, value_name = "DIR")]
    geodata: Option<PathBuf>,
    /// Take mountains, streams and all else too, not populated places alone
    #[arg(long)]
    all: bool,
}

impl Places {
    pub fn run(self) -> Result<(), Failure> {
        let Command::Import(import) = self.command;
        import.run()
    }
}

fn io_failure(file: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| Failure::Io(format!("{}: {error}", file.display()))
}

impl Import {
    fn run(&self) -> Result<(), Failure> {
        let folder = Folder::choose(self.geodata.clone());
        readable(&folder)?;
        let Folder::Dir(dir) = folder else {
            return Err(Failure::Usage(
                "the atlas built in cannot be written to; name a folder with --geodata".to_owned(),
            ));
        };
        if !dir.join("atlas.toml").is_file() {
            let detail = "has no atlas.toml; name a geodata folder";
            return Err(Failure::Io(format!("{} {detail}", dir.display())));
        }
        let target = dir.join(FILE);
        let bytes = fs::read(&self.file).map_err(io_failure(&self.file))?;
        let file = self.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // The name is a column of the table.
        let file = file.replace(|c: char| c.is_control(), " ");

        let dump = geonames::read(&file, &bytes, self.all);
        let skipped = dump.malformed.len();
        for fault in dump.malformed.iter().take(MOST_TOLD) {
            eprintln!("{fault}");
        }
        if skipped > MOST_TOLD {
            eprintln!("{file}: and {} malformed lines more", skipped - MOST_TOLD);
        }
        if dump.rows.is_empty() {
            return Err(Failure::No(format!(
                "{file} holds no place that can be taken ({skipped} malformed lines, {} that are no \
                 populated place); {FILE} stays as it is",
                dump.others
            )));
        }
        let taken = dump.rows.len();
        let old = fs::read(&target);
        let table = match &old {
            Ok(bytes) => standing(bytes)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Table::default(),
            Err(error) => return Err(Failure::Io(format!("{}: {error}", target.display()))),
        };
        let table = geonames::merged(table, &file, dump.rows)
            .map_err(|detail| Failure::No(format!("{} {detail}", target.display())))?;
        let text = table.text();
        if old.ok().as_deref() != Some(text.as_bytes()) {
            replace(&target, text.as_bytes()).map_err(io_failure(&target))?;
        }
        print(
            format!(
                "{}: {} places, {taken} of them from {file}; passed over: {skipped} malformed lines, \
                 {} that are no populated place\n{}\n",
                target.display(),
                table.rows.len(),
                dump.others,
                table.attribution
            )
            .as_bytes(),
        )
    }
}

/// The gazetteer that stands in the folder already.
fn standing(bytes: &[u8]) -> Result<Table, Failure> {
    let mut faults = Vec::new();
    let table = Table::read(bytes, &mut faults);
    match faults.first() {
        None => Ok(table),
        Some(first) => Err(Failure::No(format!(
            "{first}\n{FILE} has {} fault(s); mend it (`demarc check` lists them) or take it away",
            faults.len()
        ))),
    }
}

/// Writes beside the file and renames, so that whoever reads it sees the old
/// one or the new one whole.
fn replace(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = target.with_extension(format!("tsv.{}.part", std::process::id()));
    let written = fs::File::create(&part).and_then(|mut out| {
        out.write_all(bytes)?;
        out.sync_all()?;
        fs::rename(&part, target)
    });
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written
}
