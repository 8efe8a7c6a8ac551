//! Writers: an answer of the engine into a format. They know what was found,
//! not how, and nothing of HTTP.

pub mod colophon;
pub mod csv;
pub mod flatgeobuf;
pub mod geojson;
pub mod geojsonseq;
pub mod gpkg;
pub mod kml;
mod looks;
pub mod mvt;
pub mod near;
pub mod shown;
pub mod style;
pub mod table;
pub mod text;
pub mod timeline;

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use crate::query::{Crs, Hits};
use shown::Shown;

/// A format that features are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    GeoJson,
    GeoJsonSeq,
    Csv,
    Kml,
    FlatGeobuf,
    GeoPackage,
}

/// What writing an answer holds until all of it is sent, in bytes, about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holds {
    pub memory: usize,
    /// In the folder for temporary files.
    pub disk: usize,
}

/// Bytes of a feature in a file, where few of them are held and it hardly matters.
const FEATURE: usize = 512;

/// Matches of which the largest is looked for; of more, the layer's is taken for it.
const FEW: usize = 10_000;

/// How many times a feature's own text it takes to write it in another form, about: as it
/// is read, in the reference system asked for, and as text that grew by doubling.
const WORKED_OUT: usize = 4;

/// What writing one of some rows in another form than they came in holds while its bytes
/// wait to be read.
#[must_use]
pub fn held_of_one(shown: &Shown<'_>, rows: impl Iterator<Item = u32>) -> usize {
    let layer = shown.layer;
    let text = |row| match (layer.feature(row), shown.skips_geometry) {
        (feature, true) => layer.properties_json(feature),
        (feature, false) => layer.json(feature),
    };
    WORKED_OUT * rows.map(|row| text(row).len()).max().unwrap_or_default()
}

/// What a format is called, and how it travels.
struct Traits {
    format: Format,
    /// As `f` and `--format` name it.
    name: &'static str,
    media_type: &'static str,
    extension: &'static str,
}

const FORMATS: [Traits; 6] = [
    Traits {
        format: Format::GeoJson,
        name: "geojson",
        media_type: "application/geo+json",
        extension: "geojson",
    },
    Traits {
        format: Format::GeoJsonSeq,
        name: "geojsonseq",
        media_type: "application/geo+json-seq",
        extension: "geojsons",
    },
    Traits {
        format: Format::Csv,
        name: "csv",
        media_type: "text/csv; charset=utf-8",
        extension: "csv",
    },
    Traits {
        format: Format::Kml,
        name: "kml",
        media_type: "application/vnd.google-earth.kml+xml",
        extension: "kml",
    },
    // Not registered; the type that its makers and STAC go by.
    Traits {
        format: Format::FlatGeobuf,
        name: "fgb",
        media_type: "application/vnd.flatgeobuf",
        extension: "fgb",
    },
    Traits {
        format: Format::GeoPackage,
        name: "gpkg",
        media_type: "application/geopackage+sqlite3",
        extension: "gpkg",
    },
];

impl Format {
    /// Every format.
    pub fn all() -> impl Iterator<Item = Self> + Clone {
        FORMATS.iter().map(|traits| traits.format)
    }

    fn traits(self) -> &'static Traits {
        FORMATS.iter().find(|traits| traits.format == self).unwrap_or(&FORMATS[0])
    }

    /// The format with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        FORMATS.iter().find(|traits| traits.name == name).map(|traits| traits.format)
    }

    /// Refuses a reference system that the format cannot have.
    ///
    /// # Errors
    /// What would do.
    pub fn takes(self, crs: Crs) -> Result<(), String> {
        if self == Self::Kml && crs != Crs::Crs84 {
            return Err(format!(
                "KML is longitude and latitude alone; ask for it in {}, or for {crs} in another format",
                Crs::default().uri()
            ));
        }
        Ok(())
    }

    /// The reference system that says in which order a format writes the axes of
    /// another: files of GIS software have longitude before latitude.
    #[must_use]
    pub fn order(self, crs: Crs) -> Crs {
        match self {
            Self::GeoJson | Self::GeoJsonSeq => crs,
            _ if crs.is_geographic() => Crs::Crs84,
            _ => crs,
        }
    }

    /// As `f` and `--format` name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.traits().name
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        self.traits().media_type
    }

    /// What writing the matches of some layers into one file holds to its end.
    #[must_use]
    pub fn holds(self, found: &[(&Shown<'_>, &Hits)]) -> Holds {
        let features: usize = found.iter().map(|(_, hits)| hits.len()).sum();
        let largest = || {
            let of_each = found.iter().map(|(shown, hits)| self.held_of_one(shown, hits));
            of_each.max().unwrap_or_default()
        };
        let (memory, disk) = match self {
            Self::FlatGeobuf => (flatgeobuf::HELD * features + largest(), 0),
            Self::GeoPackage => (gpkg::HELD.min(FEATURE * features), gpkg::bytes(found)),
            _ => (largest(), 0),
        };
        // Beside it what says which they are.
        let hits: usize = found.iter().map(|(_, hits)| hits.bytes()).sum();
        Holds { memory: memory + hits, disk }
    }

    fn held_of_one(self, shown: &Shown<'_>, hits: &Hits) -> usize {
        let copies = || geojson::Features::new(shown, hits.are_reached()).keep_own();
        if matches!(self, Self::GeoJson | Self::GeoJsonSeq) && copies() {
            return 0;
        }
        if hits.len() > FEW {
            return WORKED_OUT * shown.layer.largest_json;
        }
        held_of_one(shown, hits.iter().map(|hit| hit.row))
    }

    /// The end of a file's name, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.traits().extension
    }
}

/// The features of one layer to be written.
pub struct Answer<'a> {
    pub shown: Shown<'a>,
    pub hits: &'a Hits,
    /// Members of the collection beside its colophon, where the format has a
    /// place for them: links, counts.
    pub members: geojson::Members,
}

impl Answer<'_> {
    /// Whether the features carry their distance from a place.
    #[must_use]
    pub fn has_distances(&self) -> bool {
        self.hits.are_reached()
    }
}

/// Writes an answer in a format.
///
/// # Errors
/// When the output cannot be written to.
pub fn write(format: Format, answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::GeoJson => geojson::write(answer, out),
        Format::GeoJsonSeq => geojsonseq::write(answer, out),
        Format::Csv => csv::write(answer, out),
        Format::Kml => kml::write(answer, out),
        Format::FlatGeobuf => flatgeobuf::write(answer, out),
        Format::GeoPackage => gpkg::write(answer, out),
    }
}

/// A record as JSON, without the fields that are not given, at every depth.
#[must_use]
pub fn given(record: impl Serialize) -> Value {
    // Records of the ledger are plain texts, numbers and lists, which
    // serialize without fail.
    without_nulls(serde_json::to_value(record).unwrap_or_default())
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_nulls(value)))
            .collect(),
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Folder, load};
    use crate::query::{Query, run};

    /// An output that takes so many bytes, and whose reader went away then.
    struct Gone(usize);

    impl Write for Gone {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            match self.0.min(bytes.len()) {
                0 => Err(io::ErrorKind::BrokenPipe.into()),
                length => {
                    self.0 -= length;
                    Ok(length)
                }
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn whatever_writes_says_of_its_output_what_that_said() {
        let atlas = load(&Folder::Embedded).unwrap_or_else(|faults| panic!("{faults:?}"));
        let layer = atlas.layer("districts").expect("the valley has it");
        let (query, today) = (Query::default(), "2026-01-01".parse().unwrap());
        let hits = run(&atlas, layer, &query, today).unwrap().hits;
        let shown = Shown::new(&atlas, layer, &query, today);
        let answer = Answer { shown, hits: &hits, members: geojson::Members::default() };
        for format in Format::all() {
            for taken in [0, 20_000] {
                let error = write(format, &answer, &mut Gone(taken)).unwrap_err();
                assert_eq!(error.kind(), io::ErrorKind::BrokenPipe, "{}", format.name());
            }
        }
    }
}
