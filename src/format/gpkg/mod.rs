//! `GeoPackage` 1.3: one layer, or the whole atlas with its ledger. A package is
//! a database and cannot be written front to back, so it is made in a temporary
//! file, row by row, and copied out.

mod features;
mod ledger;
mod metadata;
mod styles;

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Write};

use rusqlite::{Connection, params};
use tempfile::TempDir;

use super::Answer;
use super::shown::Shown;
use crate::atlas::ledger::Ledger;
use crate::atlas::{Atlas, Day, today};
use crate::query::Hits;

/// Writes an answer.
///
/// # Errors
/// When the output, or a temporary file, cannot be written to.
pub fn write(answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
    Package::new()?.fill(out, |package| {
        let table = package.name(&answer.shown.layer.info.id);
        package.layer(answer, &table)
    })
}

/// Writes every layer of an atlas, and its ledger as tables that are related to
/// them; of the ledger only what was known on `known_at`.
///
/// # Errors
/// When the output, or a temporary file, cannot be written to.
pub fn write_all(
    atlas: &Atlas,
    answers: &[Answer<'_>],
    known_at: Option<Day>,
    out: &mut dyn Write,
) -> io::Result<()> {
    Package::new()?.fill(out, |package| {
        let mut tables = Vec::with_capacity(answers.len());
        for answer in answers {
            let id = answer.shown.layer.info.id.as_str();
            let table = package.name(id);
            package.layer(answer, &table)?;
            tables.push((id, table));
        }
        package.about(&atlas.about)?;
        package.ledger(atlas, known_at, &tables)
    })
}

/// A package being made.
struct Package {
    db: Connection,
    dir: TempDir,
    /// Names of tables so far, in lower case.
    names: HashSet<String>,
    /// When it was made, to the day: the same answer is the same bytes, also in
    /// pages of the file that no row uses any more.
    dated: String,
}

/// The table of styles, as QGIS calls it.
const STYLES: &str = "layer_styles";

/// Bytes of a package that are held while it is made, at the most.
pub const HELD: usize = CACHE_KB * 1024;

/// Bytes of an empty package, rather more than fewer.
const EMPTY: usize = 1 << 20;

/// Bytes of an entry of the ledger, with what relates it to others.
const ENTRY: usize = 4096;

/// Bytes that a feature takes beside what it holds: its place in the table and in the index
/// over the ground.
const ROW: usize = 256;

/// Bytes of a package of some matches, rather more than fewer: a point of few digits in a
/// multi-point is up to four times as long here as it is in JSON.
#[must_use]
pub fn bytes(found: &[(&Shown<'_>, &Hits)]) -> usize {
    let of_layer = |(shown, hits): &(&Shown<'_>, &Hits)| -> usize {
        hits.runs().map(|run| 4 * shown.layer.json_of(run.clone()).len() + ROW * run.len()).sum()
    };
    EMPTY + found.iter().map(of_layer).sum::<usize>()
}

/// Bytes that a ledger adds to that, about.
#[must_use]
pub fn bytes_of_ledger(ledger: &Ledger) -> usize {
    let Ledger { sources, actors, claims, events, contradictions, indicators, places, .. } = ledger;
    let parties = sources.len() + actors.len() + places.len();
    let said = claims.len() + events.len() + contradictions.len() + indicators.len();
    ENTRY * (parties + said)
}

/// Of its index over the ground as much is read again and again while it is filled.
const CACHE_KB: usize = 8_000;

/// The file's name in its folder.
const FILE: &str = "package.gpkg";

impl Package {
    fn new() -> io::Result<Self> {
        let dir = TempDir::with_prefix("demarc-")?;
        let db = Connection::open(dir.path().join(FILE)).map_err(failed)?;
        // Nobody else reads the file, and one that breaks off is thrown away.
        db.execute_batch(&format!(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -{CACHE_KB};
             BEGIN;",
        ))
        .map_err(failed)?;
        db.execute_batch(include_str!("base.sql")).map_err(failed)?;
        let names = HashSet::from([STYLES.to_owned()]);
        let package = Self { db, dir, names, dated: format!("{}T00:00:00.000Z", today()) };
        package.enter_attributes(STYLES, STYLES, "How QGIS draws the layers.").map_err(failed)?;
        Ok(package)
    }

    /// Makes the tables, and copies the package out.
    fn fill(
        mut self,
        out: &mut dyn Write,
        make: impl FnOnce(&mut Self) -> rusqlite::Result<()>,
    ) -> io::Result<()> {
        make(&mut self).and_then(|()| self.db.execute_batch("COMMIT")).map_err(failed)?;
        self.db.close().map_err(|(_, error)| failed(error))?;
        io::copy(&mut File::open(self.dir.path().join(FILE))?, out)?;
        Ok(())
    }

    /// A name for a table that none has yet and that SQL does not keep to itself.
    fn name(&mut self, wanted: &str) -> String {
        let lower = wanted.to_lowercase();
        let reserved = ["gpkg", "sqlite_", "rtree_"].iter().any(|own| lower.starts_with(own));
        let mut name = if reserved { format!("layer_{wanted}") } else { wanted.to_owned() };
        while !self.names.insert(name.to_lowercase()) {
            name.push('_');
        }
        name
    }

    /// Enters a table without geometry.
    fn enter_attributes(
        &self,
        table: &str,
        title: &str,
        description: &str,
    ) -> rusqlite::Result<()> {
        self.db.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)
             VALUES (?1, 'attributes', ?2, ?3, ?4)",
            params![table, self.identifier(title, table)?, description, self.dated],
        )?;
        Ok(())
    }

    /// What a table is called by people: its title, unless another has it.
    fn identifier<'a>(&self, title: &'a str, table: &'a str) -> rusqlite::Result<&'a str> {
        let taken: bool = self.db.query_row(
            "SELECT EXISTS (SELECT 1 FROM gpkg_contents WHERE identifier = ?1)",
            [title],
            |row| row.get(0),
        )?;
        Ok(if taken || title.is_empty() { table } else { title })
    }
}

/// An identifier as SQL quotes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// An error of the database as one of writing. What was wrong with a row, or broke the
/// writing off, is said as such, and so is a full disk.
fn failed(error: rusqlite::Error) -> io::Error {
    let error = match error {
        rusqlite::Error::ToSqlConversionFailure(inner) => match inner.downcast::<io::Error>() {
            Ok(inner) => return *inner,
            Err(inner) => rusqlite::Error::ToSqlConversionFailure(inner),
        },
        error => error,
    };
    let kind = match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => io::ErrorKind::StorageFull,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, format!("the temporary GeoPackage: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Stopped;

    #[test]
    fn what_broke_a_package_off_is_said_as_it_is() {
        let stopped = io::Error::from(Stopped);
        let passed_on = rusqlite::Error::ToSqlConversionFailure(Box::new(stopped));
        assert_eq!(failed(passed_on).kind(), io::ErrorKind::TimedOut);
        let other = rusqlite::Error::ToSqlConversionFailure("no number".into());
        assert!(failed(other).to_string().contains("no number"));
    }
}
