//! Reading a geodata folder into an [`Atlas`], with every check. All faults of
//! a folder are found in one run, each with its file, line or feature, field,
//! and what to do. Knows no HTTP.

mod cautions;
mod config;
mod cores;
mod fault;
mod features;
mod fields;
mod folder;
pub mod gazetteer;
mod geometry;
pub mod geonames;
mod kinds;
mod ledger;
mod progress;
mod reading;
mod references;
mod relief;
mod texts;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use crate::atlas::{Atlas, LayerInfo, Parts};
pub use fault::{Fault, Faults};
use folder::{Files, Versions};
pub use folder::{Folder, hexadecimal};
use reading::Reference;

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

/// What a folder holds.
pub struct Loaded {
    /// What of it is for everyone.
    pub public: Atlas,
    /// All of it, where a part is restricted. Layers that are public are shared.
    pub whole: Option<Atlas>,
}

impl Loaded {
    /// All that the folder holds.
    #[must_use]
    pub fn into_whole(self) -> Atlas {
        self.whole.unwrap_or(self.public)
    }
}

/// Reads what of a folder is for everyone.
///
/// # Errors
/// Every fault of the folder, when it has any.
pub fn load(folder: &Folder) -> Result<Atlas, Faults> {
    load_all(folder).map(|loaded| loaded.public)
}

/// Reads a folder whole.
///
/// # Errors
/// Every fault of the folder, when it has any.
pub fn load_all(folder: &Folder) -> Result<Loaded, Faults> {
    load_unless(folder, &|_| false)
}

/// Reads a folder whole, unless someone is about to write one of its files, which
/// `is_written` says of it. It must know of whoever began before the file was read.
///
/// # Errors
/// Every fault of the folder, when it has any.
pub fn load_unless(folder: &Folder, is_written: &dyn Fn(&str) -> bool) -> Result<Loaded, Faults> {
    let mut faults = Faults::default();
    let mut files = Files::new(folder);
    let read = read(&mut files, &mut faults.list);
    faults.list.extend(files.changed().map(|name| {
        let remedy = "wait until nobody writes to the folder, and read it again";
        Fault::new(name, "changed while the folder was read", remedy)
    }));
    faults.list.extend(files.names().filter(|name| is_written(name)).map(|name| {
        let remedy = "it is read once whoever writes it closes it; `touch` it where nobody does";
        Fault::new(name, "is being written, and may be half of what it will be", remedy)
    }));
    match read {
        Some(read) if faults.list.is_empty() => Ok(read.assemble(files.versions())),
        _ => Err(faults),
    }
}

/// What was read of a folder without a fault.
struct Read {
    parts: Parts,
    /// Ids of the entries of the ledger that are restricted.
    restricted: HashSet<String>,
}

impl Read {
    /// What of it is for everyone; `None` when that is all.
    fn public(&self) -> Option<Parts> {
        let mut parts = self.parts.clone();
        parts.layers.retain(|layer| !layer.info.is_restricted);
        if parts.layers.len() == self.parts.layers.len() && self.restricted.is_empty() {
            return None;
        }
        let layers = self.parts.layers.iter().map(|layer| &layer.info);
        let hidden = hidden(layers);
        Some(Parts {
            about: parts.about.without(&hidden),
            ledger: parts.ledger.without(&self.restricted),
            ..parts
        })
    }

    fn assemble(self, versions: Versions) -> Loaded {
        let Some(public) = self.public() else {
            let public = Atlas::assemble(Parts { version: versions.public, ..self.parts });
            return Loaded { public, whole: None };
        };
        let public = Atlas::assemble(Parts { version: versions.public, ..public });
        let whole = Atlas::assemble(Parts { version: versions.whole, ..self.parts });
        Loaded { public, whole: Some(whole) }
    }
}

/// The ids of the layers that are restricted.
fn hidden<'a>(layers: impl Iterator<Item = &'a LayerInfo>) -> HashSet<&'a str> {
    layers.filter(|info| info.is_restricted).map(|info| info.id.as_str()).collect()
}

fn read(files: &mut Files<'_>, faults: &mut Vec<Fault>) -> Option<Read> {
    let bytes = open(faults, files.read_text(config::FILE), config::FILE)?;
    let Ok(text) = std::str::from_utf8(&bytes) else {
        faults.push(Fault::new(config::FILE, "is not UTF-8", "save the file as UTF-8"));
        return None;
    };
    let config = config::read(text, faults);
    ledger::strays(files, faults);
    let (ledger, positions) = ledger::read(files, faults);
    let config = config?;
    let window = config.about.window;
    let hidden = hidden(config.layers.iter().map(|layer| &layer.info));
    files.note(&config.about.clone().without(&hidden), false);
    files.note(&config.about, true);
    files.note(&config.relief, false);
    let mut layers = Vec::new();
    let mut references: Vec<(bool, Reference)> = Vec::new();
    let mut unread = Vec::new();
    for layer in config.layers {
        let hidden = layer.info.is_restricted;
        files.note(&layer, hidden);
        // Reported with its line already, and not to be opened.
        if layer.file.is_empty() || config::leads_out(&layer.file) {
            unread.push(layer.info.id);
            continue;
        }
        let read = files.read_for(&layer.file, hidden);
        let Some(bytes) = open(faults, read, &layer.file) else {
            unread.push(layer.info.id);
            continue;
        };
        match features::read(layer, window, bytes, faults) {
            Ok(read) => {
                layers.push(Arc::new(read.layer));
                references.extend(read.references.into_iter().map(|one| (hidden, one)));
            }
            Err(id) => unread.push(id),
        }
    }
    let relief_source = config.relief.as_ref().and_then(|relief| relief.source.clone());
    let relief = config
        .relief
        .filter(|relief| !config::leads_out(&relief.tiles))
        .map(|relief| Arc::new(relief::read(files, window, relief, faults)));
    let gazetteer = gazetteer::read(files, faults);
    let version = String::new();
    let parts = Parts { about: config.about, layers, ledger, gazetteer, relief, version };
    let check = |references: &[&Reference], parts: &Parts, faults: &mut Vec<Fault>| {
        let whole = references::Whole {
            layers: &parts.layers,
            unread: &unread,
            relief_source: relief_source.as_deref(),
            ledger: &parts.ledger,
            positions: &positions,
        };
        references::check(references, &whole, faults);
    };
    let all: Vec<&Reference> = references.iter().map(|(_, reference)| reference).collect();
    check(&all, &parts, faults);
    let read = Read { parts, restricted: positions.restricted.clone() };
    if let Some(public) = read.public().filter(|_| faults.is_empty()) {
        // What the public is shown must not name what it is not shown.
        let shown: Vec<&Reference> =
            references.iter().filter(|(hidden, _)| !hidden).map(|(_, one)| one).collect();
        check(&shown, &public, faults);
        for fault in faults {
            fault.problem = format!("{} for the public, since that is restricted", fault.problem);
            "write access = \"restricted\" for what names it too, or name another"
                .clone_into(&mut fault.remedy);
        }
    }
    Some(read)
}

/// What was read of a file, or a fault.
fn open(
    faults: &mut Vec<Fault>,
    read: std::io::Result<Cow<'static, [u8]>>,
    name: &str,
) -> Option<Cow<'static, [u8]>> {
    read.map_err(|error| {
        let problem = format!("cannot be read: {error}");
        faults.push(Fault::new(name, problem, "put it into the folder, or name another file"));
    })
    .ok()
}
