//! A GeoNames country dump (`KG.txt`): its populated places as rows of a
//! gazetteer. The format is that of the readme at
//! <https://download.geonames.org/export/dump/>: 19 columns, tab-separated.

use std::collections::HashSet;

use super::fault::Fault;
use super::gazetteer::{Row, Table, flaw};

/// Under which licence GeoNames gives its data.
const LICENCE: &str = "CC-BY-4.0";
/// How GeoNames is to be named.
const ATTRIBUTION: &str = "GeoNames (CC BY 4.0), https://www.geonames.org/";

/// What a dump holds.
#[derive(Debug, Default)]
pub struct Dump {
    pub rows: Vec<Row>,
    /// Lines that are malformed, and passed over.
    pub malformed: Vec<Fault>,
    /// How many lines are something else than a populated place.
    pub others: usize,
}

/// Reads a dump; `file` is its name without folders. Only populated places
/// (feature class P) are taken unless `all`.
#[must_use]
pub fn read(file: &str, bytes: &[u8], all: bool) -> Dump {
    let mut dump = Dump::default();
    let mut ids: HashSet<String> = HashSet::new();
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    for (number, line) in (1usize..).zip(bytes.split(|byte| *byte == b'\n')) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        match row(file, line, all) {
            Ok(Some(row)) => {
                if ids.insert(row.id.clone()) {
                    dump.rows.push(row);
                } else {
                    let problem = format!("`{}` stands in an earlier line too", row.id);
                    let fault = Fault::new(file, problem, "leave one of the two out");
                    dump.malformed.push(fault.line(number).field("geonameid"));
                }
            }
            Ok(None) => dump.others += 1,
            Err(fault) => dump.malformed.push(fault.line(number)),
        }
    }
    dump
}

/// One line; `None` when it is no populated place.
fn row(file: &str, line: &[u8], all: bool) -> Result<Option<Row>, Fault> {
    let text = std::str::from_utf8(line)
        .map_err(|_| Fault::new(file, "is not UTF-8", "take the dump as GeoNames gives it"))?;
    let columns: Vec<&str> = text.split('\t').collect();
    let &[
        id,
        name,
        ascii,
        others,
        latitude,
        longitude,
        class,
        code,
        country,
        _,
        _,
        _,
        _,
        _,
        people,
        _,
        _,
        _,
        _,
    ] = columns.as_slice()
    else {
        let problem = format!("has {} columns, not 19", columns.len());
        return Err(Fault::new(file, problem, "take the dump as GeoNames gives it"));
    };
    let wrong = flaw(id, name, (longitude, latitude), country, people).or_else(|| {
        let digits = id.bytes().all(|byte| byte.is_ascii_digit());
        (!digits).then(|| ("id", format!("`{id}` is no number"), "write digits"))
    });
    if let Some((field, problem, remedy)) = wrong {
        let field = if field == "id" { "geonameid" } else { field };
        return Err(Fault::new(file, problem, remedy).field(field));
    }
    if class != "P" && !all {
        return Ok(None);
    }
    let mut seen: HashSet<&str> = HashSet::from([name]);
    let names: Vec<&str> = std::iter::once(ascii)
        .chain(others.split(','))
        .map(str::trim)
        // Links to articles stand among the names.
        .filter(|name| !name.is_empty() && !name.starts_with("http") && seen.insert(name))
        .collect();
    Ok(Some(Row {
        id: id.to_owned(),
        name: name.to_owned(),
        names: names.join(",").replace(char::is_control, " "),
        longitude: longitude.to_owned(),
        latitude: latitude.to_owned(),
        country: country.to_owned(),
        population: people.to_owned(),
        feature: if code.is_empty() { class.to_owned() } else { format!("{class}.{code}") },
        from: file.to_owned(),
    }))
}

/// A gazetteer with a dump in place of what was read from a dump of that name
/// before. A place that stood there from another dump is taken from this one.
///
/// # Errors
/// When the gazetteer is not GeoNames': one attribution cannot speak for both.
pub fn merged(old: Table, file: &str, rows: Vec<Row>) -> Result<Table, String> {
    if !old.attribution.is_empty() && old.attribution != ATTRIBUTION {
        return Err(format!(
            "holds places of `{}`; GeoNames' places cannot stand under that name; put that file elsewhere",
            old.attribution
        ));
    }
    let new: HashSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let mut kept: Vec<Row> = old
        .rows
        .into_iter()
        .filter(|row| row.from != file && !new.contains(row.id.as_str()))
        .collect();
    kept.extend(rows);
    kept.sort_by(|a, b| (a.id.len(), &a.id).cmp(&(b.id.len(), &b.id)));
    Ok(Table { licence: LICENCE.to_owned(), attribution: ATTRIBUTION.to_owned(), rows: kept })
}
