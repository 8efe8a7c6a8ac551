//! `demarc export`: a collection, or all of them, as files.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Map;

use super::{Clocks, Failure, Source};
use crate::atlas::{Atlas, Layer, today};
use crate::format::shown::Shown;
use crate::format::{self, Answer, Format};
use crate::query::{Bbox, Query, When, run, values};

#[derive(Args)]
pub(super) struct Export {
    /// Id of a collection
    #[arg(required_unless_present = "all")]
    collection: Option<String>,
    /// Every collection, one file each, into the folder that -o names
    #[arg(long, conflicts_with = "collection", requires = "output")]
    all: bool,
    #[arg(long, default_value = "geojson", value_parser = format)]
    format: Format,
    /// West,south,east,north in degrees
    #[arg(long, value_parser = values::bbox, allow_hyphen_values = true)]
    bbox: Option<Bbox>,
    #[command(flatten)]
    clocks: Clocks,
    /// The file to write; stdout without it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    source: Source,
}

fn format(name: &str) -> Result<Format, String> {
    Format::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = Format::all().map(Format::name).collect();
        format!("write one of {}", names.join(", "))
    })
}

impl Export {
    pub fn run(self) -> Result<(), Failure> {
        let atlas = self.source.load()?;
        if self.all {
            let folder = self.output.as_deref().unwrap_or(Path::new("."));
            std::fs::create_dir_all(folder)
                .map_err(|error| Failure::Io(format!("{}: {error}", folder.display())))?;
            for layer in &atlas.layers {
                let file = folder.join(format!("{}.{}", layer.info.id, self.format.extension()));
                self.write_file(&atlas, layer, &file)?;
            }
            return Ok(());
        }
        let id = self.collection.as_deref().unwrap_or_default();
        let layer = atlas.layer(id).ok_or_else(|| {
            let ids: Vec<&str> = atlas.layers.iter().map(|layer| layer.info.id.as_str()).collect();
            Failure::No(format!("there is no collection `{id}`; there are {}", ids.join(", ")))
        })?;
        if let Some(file) = &self.output {
            return self.write_file(&atlas, layer, file);
        }
        let mut out = BufWriter::new(std::io::stdout().lock());
        match self.write(&atlas, layer, &mut out).and_then(|()| out.flush()) {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            other => Ok(other?),
        }
    }

    /// Writes beside the file and renames, so that a half-written file never
    /// stands under its name.
    fn write_file(&self, atlas: &Atlas, layer: &Layer, file: &Path) -> Result<(), Failure> {
        let mut part = file.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let written = File::create(&part).and_then(|created| {
            let mut out = BufWriter::new(created);
            self.write(atlas, layer, &mut out)?;
            out.flush()?;
            std::fs::rename(&part, file)
        });
        written.map_err(|error| Failure::Io(format!("{}: {error}", file.display())))
    }

    fn write(&self, atlas: &Atlas, layer: &Layer, out: &mut impl Write) -> std::io::Result<()> {
        let query = Query {
            bbox: self.bbox,
            when: self.clocks.datetime.unwrap_or(When::Unsaid),
            known_at: self.clocks.known_at,
            ..Query::default()
        };
        let today = today();
        let page = run(atlas, layer, &query, today);
        let shown = Shown::new(atlas, layer, &query, today);
        let answer = Answer { shown, hits: &page.hits, members: Map::new() };
        format::write(self.format, &answer, out)
    }
}
