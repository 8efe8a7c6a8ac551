//! `gazetteer.tsv`: places that can be asked about beside those of the layers,
//! as a table that people can read and a hundred thousand rows of it are read in
//! a moment.

use std::collections::HashSet;
use std::fmt::Write as _;

use geo::Coord;

use super::fault::Fault;
use super::folder::Files;
use crate::atlas::places::{Imported, Place};

/// The name of the file.
pub const FILE: &str = "gazetteer.tsv";

/// The columns, in order.
const COLUMNS: &str = "id\tname\tnames\tlongitude\tlatitude\tcountry\tpopulation\tfeature\tfrom";

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Unique in the file; the GeoNames id where it comes from there.
    pub id: String,
    pub name: String,
    /// Other spellings, comma-separated.
    pub names: String,
    /// Longitude and latitude, degrees, as written.
    pub longitude: String,
    pub latitude: String,
    /// ISO 3166-1 alpha-2, or nothing.
    pub country: String,
    /// A whole number, or nothing where it is not known.
    pub population: String,
    /// Feature class and code of GeoNames: `P.PPL`.
    pub feature: String,
    /// The dump it was read from.
    pub from: String,
}

/// A gazetteer as it stands in a file.
#[derive(Debug, Default, PartialEq)]
pub struct Table {
    pub licence: String,
    pub attribution: String,
    pub rows: Vec<Row>,
}

impl Table {
    /// The table as text. The same rows give the same bytes.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!(
            "# Places beside those of the layers; made by `demarc places import`\n\
             # licence: {}\n# attribution: {}\n{COLUMNS}\n",
            self.licence, self.attribution
        );
        for row in &self.rows {
            let Row { id, name, names, longitude, latitude, country, population, feature, from } =
                row;
            // Writing to a string does not fail.
            let _ = writeln!(
                text,
                "{id}\t{name}\t{names}\t{longitude}\t{latitude}\t{country}\t{population}\t{feature}\t{from}"
            );
        }
        text
    }

    /// Reads a table, with a fault for each line that is wrong.
    pub fn read(bytes: &[u8], faults: &mut Vec<Fault>) -> Self {
        let mut table = Self::default();
        let mut ids: HashSet<&str> = HashSet::new();
        let Ok(text) = std::str::from_utf8(bytes) else {
            faults.push(Fault::new(FILE, "is not UTF-8", "save the file as UTF-8"));
            return table;
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = (1usize..).zip(text.lines()).peekable();
        while let Some((_, comment)) = lines.next_if(|(_, line)| line.starts_with('#')) {
            match comment.trim_start_matches('#').trim().split_once(": ") {
                Some(("licence", value)) => value.trim().clone_into(&mut table.licence),
                Some(("attribution", value)) => value.trim().clone_into(&mut table.attribution),
                _ => {}
            }
        }
        for (field, value) in [("licence", &table.licence), ("attribution", &table.attribution)] {
            if value.is_empty() {
                let remedy = format!("begin the file with a line `# {field}: …`");
                faults.push(Fault::new(FILE, "is missing", remedy).field(field));
            }
        }
        match lines.next() {
            Some((_, COLUMNS)) => {}
            other => {
                let remedy = format!("write, after the comments: {}", COLUMNS.replace('\t', ", "));
                let fault = Fault::new(FILE, "has no such line of column names", remedy);
                faults.push(fault.line(other.map_or(1, |(line, _)| line)));
                return table;
            }
        }
        for (number, line) in lines {
            let parts: Vec<&str> = line.split('\t').collect();
            let &[id, name, names, longitude, latitude, country, population, feature, from] =
                parts.as_slice()
            else {
                let problem = format!("has {} columns, not 9", parts.len());
                let remedy = "part the columns by one tab each";
                faults.push(Fault::new(FILE, problem, remedy).line(number));
                continue;
            };
            let before = faults.len();
            let mut fault = |field: &str, problem: String, remedy: &str| {
                let fault = Fault::new(FILE, problem, remedy).line(number).entry(id).field(field);
                faults.push(fault);
            };
            let wrong = flaw(id, name, (longitude, latitude), country, population);
            if let Some((field, problem, remedy)) = wrong {
                fault(field, problem, remedy);
            }
            if !ids.insert(id) {
                fault("id", format!("`{id}` stands twice"), "leave one of the two lines out");
            }
            if faults.len() == before {
                table.rows.push(Row {
                    id: id.to_owned(),
                    name: name.to_owned(),
                    names: names.to_owned(),
                    longitude: longitude.to_owned(),
                    latitude: latitude.to_owned(),
                    country: country.to_owned(),
                    population: population.to_owned(),
                    feature: feature.to_owned(),
                    from: from.to_owned(),
                });
            }
        }
        table
    }
}

/// What is wrong with a place, as field, problem and remedy.
pub(super) fn flaw(
    id: &str,
    name: &str,
    (longitude, latitude): (&str, &str),
    country: &str,
    population: &str,
) -> Option<(&'static str, String, &'static str)> {
    let found = |field, value: &str, what: &str, remedy| {
        let shown: String = value.chars().take(40).collect();
        Some((field, format!("`{shown}` is no {what}"), remedy))
    };
    if id.is_empty() || id.contains(|c: char| c.is_whitespace() || matches!(c, '.' | '/' | ',')) {
        return found("id", id, "id", "write digits, as GeoNames has them");
    }
    if name.trim().is_empty() || name.contains(char::is_control) {
        return found("name", name, "name", "write the place's name");
    }
    if degrees(longitude, 180.).is_none() {
        return found("longitude", longitude, "longitude", "write degrees from -180 to 180");
    }
    if degrees(latitude, 90.).is_none() {
        return found("latitude", latitude, "latitude", "write degrees from -90 to 90");
    }
    let is_code = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    if !country.is_empty() && !is_code {
        return found("country", country, "country", "write two capital letters (ISO 3166-1)");
    }
    let is_whole = population.bytes().all(|b| b.is_ascii_digit());
    if !population.is_empty() && (!is_whole || population.parse::<u64>().is_err()) {
        return found("population", population, "whole number", "write digits, or nothing");
    }
    None
}

/// Degrees as written, up to a limit on either side.
fn degrees(text: &str, most: f64) -> Option<f64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
    let degrees: f64 = plain.then(|| text.parse().ok()).flatten()?;
    (degrees.abs() <= most).then_some(degrees)
}

/// What is to be said of a place by its feature class and code: ruins are not
/// villages, and a mountain is no settlement.
fn notes(feature: &str) -> Option<String> {
    let said = match feature {
        "P.PPLQ" => "an abandoned populated place".to_owned(),
        "P.PPLH" => "a historical populated place".to_owned(),
        "P.PPLW" => "a destroyed populated place".to_owned(),
        other if other.starts_with("P.") => return None,
        other => format!("{other}, which is not a populated place"),
    };
    Some(format!("GeoNames lists it as {said}."))
}

/// Reads the file of a folder, where there is one.
pub(super) fn read(files: &mut Files<'_>, faults: &mut Vec<Fault>) -> Imported {
    let bytes = match files.read(FILE) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Imported::default(),
        Err(error) => {
            let remedy = "make it readable, or take it away";
            faults.push(Fault::new(FILE, format!("cannot be read: {error}"), remedy));
            return Imported::default();
        }
    };
    let table = Table::read(&bytes, faults);
    let places = table.rows.into_iter().map(|row| {
        let mut names = vec![row.name.clone()];
        names.extend(
            row.names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned),
        );
        let at = degrees(&row.longitude, 180.).zip(degrees(&row.latitude, 90.));
        Place {
            names,
            country: Some(row.country).filter(|country| !country.is_empty()),
            // GeoNames writes 0 where it does not know.
            population: row.population.parse().ok().filter(|people| *people > 0),
            at: at.map(|(x, y)| Coord { x, y }),
            area: None,
            notes: notes(&row.feature),
            id: row.id,
            name: row.name,
        }
    });
    Imported { places: places.collect(), attribution: Some(table.attribution) }
}
