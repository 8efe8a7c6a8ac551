//! Reading a geodata folder into an [`Atlas`], with every check. All faults of
//! a folder are found in one run, each with its file, line or feature, field,
//! and what to do. Knows no HTTP.

mod config;
mod fault;
mod features;
mod fields;
mod folder;
pub mod gazetteer;
mod geometry;
pub mod geonames;
mod kinds;
mod ledger;
mod reading;
mod references;
mod relief;
mod texts;

use std::borrow::Cow;

use crate::atlas::{Atlas, Parts};
pub use fault::{Fault, Faults};
use folder::Files;
pub use folder::Folder;

/// What an id may look like, as a remedy.
const KEBAB_REMEDY: &str = "write small letters, digits and hyphens, without dots, as `src-01`";

/// Whether a text is an id of the ledger: kebab-case.
fn is_kebab(id: &str) -> bool {
    !id.starts_with('-')
        && !id.ends_with('-')
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Parts a message "problem: remedy" as the domain's errors write it.
fn split_sentence(message: &str) -> (String, String) {
    match message.split_once(": ") {
        Some((problem, remedy)) => (problem.to_owned(), remedy.to_owned()),
        None => (message.to_owned(), "mend it".to_owned()),
    }
}

/// Reads a folder whole.
///
/// # Errors
/// Every fault of the folder, when it has any.
pub fn load(folder: &Folder) -> Result<Atlas, Faults> {
    let mut faults = Vec::new();
    let mut files = Files::new(folder);
    let parts = read(&mut files, &mut faults);
    faults.extend(files.changed().map(|name| {
        let remedy = "wait until nobody writes to the folder, and read it again";
        Fault::new(name, "changed while the folder was read", remedy)
    }));
    match parts {
        Some(parts) if faults.is_empty() => {
            Ok(Atlas::assemble(Parts { version: files.version(), ..parts }))
        }
        _ => Err(Faults(faults)),
    }
}

fn read(files: &mut Files<'_>, faults: &mut Vec<Fault>) -> Option<Parts> {
    let bytes = open(files, config::FILE, faults)?;
    let Ok(text) = std::str::from_utf8(&bytes) else {
        faults.push(Fault::new(config::FILE, "is not UTF-8", "save the file as UTF-8"));
        return None;
    };
    let config = config::read(text, faults);
    ledger::strays(files, faults);
    let (ledger, positions) = ledger::read(files, faults);
    let config = config?;
    let window = config.about.window;
    let (mut layers, mut references) = (Vec::new(), Vec::new());
    let mut unread = Vec::new();
    for layer in config.layers {
        // Reported with its line already, and not to be opened.
        if config::leads_out(&layer.file) {
            unread.push(layer.info.id);
            continue;
        }
        let Some(bytes) = open(files, &layer.file, faults) else {
            unread.push(layer.info.id);
            continue;
        };
        match features::read(layer, window, &bytes, faults) {
            Ok(mut read) => {
                layers.push(read.layer);
                references.append(&mut read.references);
            }
            Err(id) => unread.push(id),
        }
    }
    let relief_source = config.relief.as_ref().and_then(|relief| relief.source.as_deref());
    let whole = references::Whole {
        layers: &layers,
        unread: &unread,
        relief_source,
        ledger: &ledger,
        positions: &positions,
    };
    references::check(&references, &whole, faults);
    let relief = config
        .relief
        .filter(|relief| !config::leads_out(&relief.tiles))
        .map(|relief| relief::read(files, window, relief, faults));
    let gazetteer = gazetteer::read(files, faults);
    let version = String::new();
    Some(Parts { about: config.about, layers, ledger, gazetteer, relief, version })
}

fn open(files: &mut Files<'_>, name: &str, faults: &mut Vec<Fault>) -> Option<Cow<'static, [u8]>> {
    files
        .read(name)
        .map_err(|error| {
            let problem = format!("cannot be read: {error}");
            let remedy = format!("put it into {}, or name another file", files.folder());
            faults.push(Fault::new(name, problem, remedy));
        })
        .ok()
}
