//! `demarc check`: reads a folder as `serve` would, and lists every fault, and what
//! to think about where a part is restricted.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::{Failure, print, readable};
use crate::load::{Folder, load_all};

#[derive(Args)]
pub(super) struct Check {
    /// Geodata folder [default: ./geodata, else the atlas built in]
    dir: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Check {
    pub fn run(self) -> Result<(), Failure> {
        let folder = Folder::choose(self.dir);
        readable(&folder)?;
        let (counts, faults, cautions) = match load_all(&folder) {
            Ok(loaded) => {
                let cautions = loaded.cautions();
                let atlas = loaded.into_whole();
                let counts: Vec<(String, usize)> = atlas
                    .layers
                    .iter()
                    .map(|layer| (layer.info.id.clone(), layer.features.len()))
                    .chain([("sources".to_owned(), atlas.ledger.sources.len())])
                    .collect();
                (counts, Vec::new(), cautions)
            }
            Err(faults) => (Vec::new(), faults.list, Vec::new()),
        };
        let text = match self.format {
            Format::Json => {
                let body = json!({
                    "folder": folder.name(),
                    "valid": faults.is_empty(),
                    "counts": counts.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
                    "faults": faults,
                    "cautions": cautions,
                });
                format!("{body:#}\n")
            }
            Format::Text if faults.is_empty() => {
                let counts: Vec<String> =
                    counts.iter().map(|(id, count)| format!("{count} {id}")).collect();
                let mut lines: Vec<String> =
                    cautions.iter().map(|caution| format!("caution: {caution}")).collect();
                lines.push(format!("{}: no fault; {}\n", folder.name(), counts.join(", ")));
                lines.join("\n")
            }
            Format::Text => {
                let mut lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
                lines.push(format!("{} fault(s) in {}\n", faults.len(), folder.name()));
                lines.join("\n")
            }
        };
        print(text.as_bytes())?;
        if faults.is_empty() { Ok(()) } else { Err(Failure::No(String::new())) }
    }
}
