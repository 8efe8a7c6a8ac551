//! GeoJSON (RFC 7946). A feature's own members were written when the snapshot
//! was built; what changes with the question is written beside them.

use std::borrow::Cow;
use std::io::{self, Write};

use geo::MapCoords;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Answer;
use super::shown::Shown;
use crate::atlas::geometry_json::write_geometry;
use crate::atlas::json_text::write_text;
use crate::atlas::layer::BETWEEN;
use crate::query::{Crs, Hit, Hits};

/// How the features of an answer are written, found out once for all of them.
pub struct Features<'a> {
    shown: &'a Shown<'a>,
    /// Whether a feature's own members stand in the answer as they were kept, whatever
    /// stands beside them.
    are_own_kept: bool,
    /// Whether nothing stands beside them.
    are_kept: bool,
}

impl<'a> Features<'a> {
    /// Of an answer; `reached` where its matches have distances.
    #[must_use]
    pub fn new(shown: &'a Shown<'a>, reached: bool) -> Self {
        let is_as_kept = shown.crs.is_geographic() && !swaps(shown) && !shown.skips_geometry;
        let added = shown.added(reached);
        let is_own = |name: &&str| shown.layer.schema.get(name).is_some();
        let are_own_kept = is_as_kept
            && shown.properties.is_none()
            && shown.known_at.is_none()
            && !added.clone().any(|name| is_own(&name));
        Self { shown, are_own_kept, are_kept: are_own_kept && added.count() == 0 }
    }

    /// Whether their own members are written as they were kept.
    #[must_use]
    pub fn keep_own(&self) -> bool {
        self.are_own_kept
    }

    /// Whether features are written as they were kept.
    #[must_use]
    pub fn are_kept(&self) -> bool {
        self.are_kept
    }

    /// Writes one Feature; `more` are further members, each after a comma.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn write(&self, out: &mut (impl Write + ?Sized), hit: &Hit, more: &str) -> io::Result<()> {
        let Self { shown, .. } = *self;
        let kept = shown.layer.json_of(hit.row..hit.row + 1);
        if self.are_kept && more.is_empty() {
            return out.write_all(kept.as_bytes());
        }
        if self.are_own_kept {
            // A Feature ends with its properties.
            let open = kept.strip_suffix("}}").unwrap_or_default();
            out.write_all(open.as_bytes())?;
            shown.add(hit, !open.ends_with('{'), out)?;
        } else {
            let feature = shown.layer.feature(hit.row);
            let geometry = geometry(shown, hit)?;
            write!(
                out,
                r#"{{"type":"Feature","id":{},"geometry":{geometry},"properties":{{"#,
                json!(&*feature.id)
            )?;
            let properties = Value::Object(shown.properties(hit)).to_string();
            out.write_all(&properties.as_bytes()[1..properties.len() - 1])?;
        }
        if more.is_empty() {
            return out.write_all(b"}}");
        }
        for part in ["}", more, "}"] {
            out.write_all(part.as_bytes())?;
        }
        Ok(())
    }

    /// Writes a list of Features, comma-separated, without brackets.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn write_all(&self, out: &mut (impl Write + ?Sized), hits: &Hits) -> io::Result<()> {
        if !self.are_kept {
            return self.list(out, hits.iter());
        }
        for (index, run) in hits.runs().enumerate() {
            if index > 0 {
                out.write_all(BETWEEN.as_bytes())?;
            }
            // They stand in a row already.
            out.write_all(self.shown.layer.json_of(run).as_bytes())?;
        }
        Ok(())
    }

    /// Writes a list of some Features.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn list(
        &self,
        out: &mut (impl Write + ?Sized),
        hits: impl Iterator<Item = Hit>,
    ) -> io::Result<()> {
        for (index, hit) in hits.enumerate() {
            if index > 0 {
                out.write_all(BETWEEN.as_bytes())?;
            }
            self.write(out, &hit, "")?;
        }
        Ok(())
    }
}

fn swaps(shown: &Shown<'_>) -> bool {
    shown.authority_order && shown.crs.is_northing_first()
}

/// A feature's geometry as GeoJSON, in the reference system of the answer.
fn geometry<'a>(shown: &Shown<'a>, hit: &Hit) -> io::Result<Cow<'a, str>> {
    let feature = shown.layer.feature(hit.row);
    if shown.skips_geometry || feature.geometry.is_none() {
        return Ok(Cow::Borrowed("null"));
    }
    let swaps = swaps(shown);
    if shown.crs.is_geographic() && !swaps {
        return Ok(Cow::Borrowed(shown.layer.geometry_json(feature)));
    }
    let Some(mut geometry) = shown.geometry(hit) else {
        // To write `null` would say that nobody located it.
        return Err(io::Error::other(format!(
            "{} has no coordinates in {}",
            feature.id, shown.crs
        )));
    };
    if swaps {
        geometry = Cow::Owned(geometry.map_coords(|at| shown.crs.ordered(at)));
    }
    let mut text = String::new();
    write_geometry(&mut text, &geometry);
    Ok(Cow::Owned(text))
}

/// What an answer says of its reference system where it is not the one that RFC
/// 7946 has: `coordRefSys` (the name is that of OGC Features and Geometries
/// JSON), and `crs` of the GeoJSON of 2008, which GIS software reads. The latter
/// only with `x, y`, since it is read so whatever the authority's order.
#[must_use]
pub fn reference(crs: Crs, authority_order: bool) -> Map<String, Value> {
    let mut members = Map::new();
    if crs == Crs::Crs84 {
        return members;
    }
    members.insert("coordRefSys".to_owned(), json!(crs.uri()));
    if !(authority_order && crs.is_northing_first()) {
        let name = json!({ "type": "name", "properties": { "name": crs.urn() } });
        members.insert("crs".to_owned(), name);
    }
    members
}

/// Writes a FeatureCollection: its colophon and members, then its features.
///
/// # Errors
/// When the output cannot be written to.
pub fn write(answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Answer { shown, hits, members } = answer;
    out.write_all(br#"{"type":"FeatureCollection""#)?;
    let reference = reference(shown.crs, shown.authority_order);
    let mut whose = Members::default();
    whose.add_all(&reference);
    whose.add_text("title", &shown.layer.info.title);
    colophon(shown, &mut whose);
    out.write_all(whose.text().as_bytes())?;
    out.write_all(members.text().as_bytes())?;
    out.write_all(b",\"features\":[\n")?;
    Features::new(shown, answer.has_distances()).write_all(out, hits)?;
    out.write_all(b"\n]}\n")
}

/// Adds the members that travel with every file: whose it is, under which licence, the
/// notice, and of which time it speaks.
pub fn colophon(shown: &Shown<'_>, members: &mut Members) {
    let Shown { atlas, layer, known_at, .. } = shown;
    for (name, value) in [
        ("licence", &layer.info.licence),
        ("attribution", &layer.info.attribution),
        ("source", &layer.info.source),
    ] {
        if let Some(value) = value {
            members.add_text(name, value);
        }
    }
    members.add_text("notice", &atlas.about.notice);
    members.add_text("datetime", &shown.days.to_string());
    if let Some(day) = known_at {
        members.add_text("known_at", &day.to_string());
    }
}

/// Members of a JSON object as they stand in its text, each after a comma.
#[derive(Clone, Debug)]
pub struct Members(String);

impl Default for Members {
    /// None yet, and room for the links of an answer.
    fn default() -> Self {
        Self(String::with_capacity(2048))
    }
}

impl Members {
    /// Adds a member. What JSON has no way to write, as a map whose keys are no texts,
    /// is not given to it here.
    pub fn add(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        let text = serde_json::to_string(value).unwrap_or_default();
        self.add_with(name, |out| out.push_str(&text));
    }

    /// Adds a member that is a text.
    pub fn add_text(&mut self, name: &str, text: &str) {
        self.add_with(name, |out| write_text(out, text));
    }

    /// Adds a member whose value is written as JSON by a function.
    pub fn add_with(&mut self, name: &str, write: impl FnOnce(&mut String)) {
        self.0.push(',');
        write_text(&mut self.0, name);
        self.0.push(':');
        write(&mut self.0);
    }

    /// Adds the members of an object.
    pub fn add_all(&mut self, object: &Map<String, Value>) {
        for (name, value) in object {
            self.add(name, value);
        }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}
