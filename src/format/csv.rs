//! Comma-separated values (RFC 4180), UTF-8, one feature a row.
//!
//! CSV has no place for what is said of the whole, and a sheet is sorted, cut
//! and sent on: each row carries licence, attribution, notice and clocks. `lon` and `lat`
//! (`x` and `y` of a projection, with its name in `crs`) are a Point's alone, since
//! no point stands for a line or an area. `wkt`
//! comes last: spreadsheets break off a cell of more than 32,767 characters, and
//! what follows it.

use std::io::{self, Write};

use geo::Geometry;
use geozero::ToWkt;

use super::Answer;
use super::colophon::Colophon;
use super::table::{self, ID, cell};

/// Columns after those of the properties.
const AFTER: [&str; 8] =
    ["lon", "lat", "licence", "attribution", "notice", "datetime", "known_at", "wkt"];
/// The same in a projection.
const PROJECTED: [&str; 9] =
    ["x", "y", "crs", "licence", "attribution", "notice", "datetime", "known_at", "wkt"];

/// Writes an answer.
///
/// # Errors
/// When the output cannot be written to.
pub fn write(answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Answer { shown, hits, .. } = answer;
    let colophon = Colophon::of(shown);
    let geographic = shown.crs.is_geographic();
    let after = if geographic { &AFTER[..] } else { &PROJECTED };
    let columns = table::columns(answer, after);
    let mut sheet =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);

    let names = columns.iter().map(|column| column.name.as_str());
    sheet
        .write_record(std::iter::once(ID).chain(names).chain(after.iter().copied()))
        .map_err(unwritable)?;
    for hit in hits.iter() {
        let row = shown.row(&hit)?;
        sheet.write_field(row.id).map_err(unwritable)?;
        for column in &columns {
            let text = cell(row.properties.get(column.property));
            sheet.write_field(text.as_deref().unwrap_or_default()).map_err(unwritable)?;
        }
        let (lon, lat) = match row.geometry.as_deref() {
            Some(Geometry::Point(point)) => (point.x().to_string(), point.y().to_string()),
            _ => (String::new(), String::new()),
        };
        let wkt =
            row.geometry.as_deref().map(ToWkt::to_wkt).transpose().map_err(io::Error::other)?;
        sheet.write_field(lon).map_err(unwritable)?;
        sheet.write_field(lat).map_err(unwritable)?;
        if !geographic {
            sheet.write_field(shown.crs.to_string()).map_err(unwritable)?;
        }
        sheet
            .write_record([
                colophon.licence.unwrap_or_default(),
                colophon.attribution.unwrap_or_default(),
                colophon.notice,
                &colophon.datetime,
                colophon.known_at.as_deref().unwrap_or_default(),
                wkt.as_deref().unwrap_or_default(),
            ])
            .map_err(unwritable)?;
    }
    sheet.flush()
}

/// What the output said is told as it said it: that its reader went away, or that it is
/// to be broken off, is no error of ours.
fn unwritable(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
