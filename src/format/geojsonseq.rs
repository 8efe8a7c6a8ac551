//! GeoJSON Text Sequences (RFC 8142): a record separator before each Feature
//! and a line feed after it. There is no place for what is said of the whole, so
//! each Feature, which may travel alone, carries licence, attribution, notice and
//! clocks; where there is none, a FeatureCollection without features does.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::Value;

use super::Answer;
use super::colophon::Colophon;
use super::geojson::{self, Features};

/// Begins each text of a sequence (RFC 7464).
const RECORD_SEPARATOR: u8 = 0x1e;

/// Writes an answer.
///
/// # Errors
/// When the output cannot be written to.
pub fn write(answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Answer { shown, hits, .. } = answer;
    let colophon = Colophon::of(shown);
    let mut more = String::new();
    for (name, value) in &geojson::reference(shown.crs, true) {
        let _ = write!(more, ",\"{name}\":{value}");
    }
    for (name, value) in colophon.parts() {
        if !matches!(name, "title" | "description" | "source") {
            let _ = write!(more, ",\"{name}\":{}", Value::from(value));
        }
    }
    if hits.is_empty() {
        // What is not reported comes with its notice too.
        out.write_all(&[RECORD_SEPARATOR])?;
        return geojson::write(answer, out);
    }
    let features = Features::new(shown, answer.has_distances());
    for hit in hits.iter() {
        out.write_all(&[RECORD_SEPARATOR])?;
        features.write(out, &hit, &more)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
