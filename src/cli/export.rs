//! `demarc export`: a collection, or all of them, as files.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Clocks, Failure, Reader};
use crate::atlas::{Atlas, Layer, today};
use crate::format::shown::Shown;
use crate::format::{self, Answer, Format, gpkg};
use crate::query::filter::{Filter, FilterError, Language, parse};
use crate::query::{Crs, Hits, Query, SortKey, When, find_window, run};

#[derive(Args)]
pub(super) struct Export {
    /// Id of a collection
    #[arg(required_unless_present = "all")]
    collection: Option<String>,
    /// Every collection: one file each, into the folder that -o names; with the
    /// ledger in one file that -o names, where the format is gpkg
    #[arg(long, conflicts_with = "collection", requires = "output")]
    all: bool,
    #[arg(long, default_value = "geojson", value_parser = format)]
    format: Format,
    /// West,south,east,north in degrees, or as --bbox-crs has it
    #[arg(long, allow_hyphen_values = true)]
    bbox: Option<String>,
    /// What --bbox is in, axes in the order of its authority
    #[arg(long, value_name = "CRS", value_parser = Crs::parse, requires = "bbox")]
    bbox_crs: Option<Crs>,
    /// What coordinates are written in, easting first: a URI, or EPSG:32642
    #[arg(long, value_name = "CRS", value_parser = Crs::parse, default_value = "OGC:CRS84")]
    crs: Crs,
    #[command(flatten)]
    clocks: Clocks,
    /// Only what this CQL2 filter matches, as text or JSON
    #[arg(long, value_name = "CQL2", conflicts_with = "all", allow_hyphen_values = true)]
    filter: Option<String>,
    /// What the geometries of the filter are in
    #[arg(long, value_name = "URI", requires = "filter", value_parser = Crs::parse)]
    filter_crs: Option<Crs>,
    /// Order: names after + or -, as -population,name
    #[arg(long, value_name = "NAMES", conflicts_with = "all", allow_hyphen_values = true)]
    sortby: Option<String>,
    /// The file to write; stdout without it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    reader: Reader,
}

fn format(name: &str) -> Result<Format, String> {
    Format::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = Format::all().map(Format::name).collect();
        format!("write one of {}", names.join(", "))
    })
}

impl Export {
    pub fn run(self) -> Result<(), Failure> {
        let atlas = self.reader.load()?;
        if self.all && self.format == Format::GeoPackage {
            return self.write_atlas(&atlas);
        }
        if self.all {
            let folder = self.output.as_deref().unwrap_or(Path::new("."));
            std::fs::create_dir_all(folder)
                .map_err(|error| Failure::Io(format!("{}: {error}", folder.display())))?;
            for layer in &atlas.layers {
                let file = folder.join(format!("{}.{}", layer.info.id, self.format.extension()));
                let query = self.query(&atlas, layer)?;
                self.write_file(&self.found(&atlas, layer, &query)?, &file)?;
            }
            return Ok(());
        }
        let id = self.collection.as_deref().unwrap_or_default();
        let layer = atlas.layer(id).ok_or_else(|| {
            let ids: Vec<&str> = atlas.layers.iter().map(|layer| layer.info.id.as_str()).collect();
            Failure::No(format!("there is no collection `{id}`; there are {}", ids.join(", ")))
        })?;
        let query = self.query(&atlas, layer)?;
        let found = self.found(&atlas, layer, &query)?;
        if let Some(file) = &self.output {
            return self.write_file(&found, file);
        }
        let mut out = BufWriter::new(std::io::stdout().lock());
        match self.write(&found, &mut out).and_then(|()| out.flush()) {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            other => Ok(other?),
        }
    }

    fn found<'a>(
        &self,
        atlas: &'a Atlas,
        layer: &'a Layer,
        query: &Query,
    ) -> Result<Found<'a>, Failure> {
        let today = today();
        let hits = run(atlas, layer, query, today)?.hits;
        let shown = Shown { crs: self.crs, ..Shown::new(atlas, layer, query, today) };
        let usage = |detail| Failure::Usage(format!("--crs: {detail}"));
        self.format.takes(self.crs).map_err(usage)?;
        shown.fits(hits.iter()).map_err(|detail| Failure::No(format!("--crs: {detail}")))?;
        if hits.is_empty() {
            // A file without rows may have no place for it.
            eprintln!("{}: nothing found. {}", layer.info.id, atlas.about.notice);
        }
        Ok(Found { shown, hits })
    }

    fn write_file(&self, found: &Found<'_>, file: &Path) -> Result<(), Failure> {
        replaced(file, |out| self.write(found, out))
    }

    /// Writes all layers and the ledger into one file.
    fn write_atlas(&self, atlas: &Atlas) -> Result<(), Failure> {
        let file = self.output.as_deref().unwrap_or(Path::new("atlas.gpkg"));
        let mut all = Vec::with_capacity(atlas.layers.len());
        for layer in &atlas.layers {
            all.push(self.found(atlas, layer, &self.query(atlas, layer)?)?);
        }
        let answers: Vec<Answer<'_>> = all.iter().map(Found::answer).collect();
        replaced(file, |out| gpkg::write_all(atlas, &answers, self.clocks.known_at, out))
    }

    fn query(&self, atlas: &Atlas, layer: &Layer) -> Result<Query, Failure> {
        let usage = |error: FilterError| Failure::Usage(error.to_string());
        let filter = self.filter.as_deref().map(|text| {
            let language =
                if text.trim_start().starts_with('{') { Language::Json } else { Language::Text };
            parse(text, language).and_then(|expression| {
                Filter::compile(&expression, layer, self.filter_crs.unwrap_or_default())
            })
        });
        let sort = self.sortby.as_deref().map(|keys| SortKey::parse_all(keys, layer));
        let window = self
            .bbox
            .as_deref()
            .map(|text| find_window(atlas, layer, text, self.bbox_crs.unwrap_or_default()))
            .transpose()
            .map_err(|detail| Failure::Usage(format!("--bbox: {detail}")))?;
        Ok(Query {
            bbox: window.as_ref().map(|window| window.bbox),
            outline: window.and_then(|window| window.outline),
            when: self.clocks.datetime.unwrap_or(When::Unsaid),
            known_at: self.clocks.known_at,
            filter: filter.transpose().map_err(usage)?,
            sort: sort.transpose().map_err(usage)?.unwrap_or_default(),
            ..Query::default()
        })
    }

    fn write(&self, found: &Found<'_>, out: &mut impl Write) -> std::io::Result<()> {
        format::write(self.format, &found.answer(), out)
    }
}

/// What is to be written of a layer.
struct Found<'a> {
    shown: Shown<'a>,
    hits: Hits,
}

impl Found<'_> {
    fn answer(&self) -> Answer<'_> {
        Answer {
            shown: self.shown,
            hits: &self.hits,
            members: crate::format::geojson::Members::default(),
        }
    }
}

/// Writes beside a file and renames, so that a half-written file never stands
/// under its name.
fn replaced(
    file: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> Result<(), Failure> {
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = File::create(&part).and_then(|created| {
        let mut out = BufWriter::new(created);
        write(&mut out)?;
        out.flush()?;
        std::fs::rename(&part, file)
    });
    written.map_err(|error| {
        // What was written so far is of no use to anyone.
        let _ = std::fs::remove_file(&part);
        Failure::Io(format!("{}: {error}", file.display()))
    })
}
