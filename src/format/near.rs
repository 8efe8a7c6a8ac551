//! The answer to what is reported near a place, as GeoJSON with the place, what
//! covers it, what has no location, and a sentence that always stands.

mod message;

use std::io::{self, Write};
use std::sync::Arc;

use geo::Coord;
use serde_json::{Value, json};

use super::geojson::{self, Features};
use super::shown::Shown;
use crate::atlas::places::Place;
use crate::atlas::{Atlas, Day, Layer};
use crate::query::{Asked, Crs, Hit, NearAnswer, NearQuestion, Query};

/// What the place is called in a sentence.
#[must_use]
pub fn place_name(asked: &Asked) -> String {
    match &asked.place {
        Some(place) => place.name.clone(),
        None => format!("{}, {}", asked.at.x, asked.at.y),
    }
}

fn place_json(asked: &Asked, at: Coord<f64>) -> Value {
    let coordinates = [at.x, at.y];
    let Some(place) = &asked.place else {
        return json!({ "name": place_name(asked), "coordinates": coordinates });
    };
    let namesake = |other: &Place| {
        json!({
            "id": other.id,
            "name": other.name,
            "country": other.country,
            "located": other.at.is_some(),
            "notes": other.notes,
        })
    };
    json!({
        "id": place.id,
        "name": place.name,
        "names": place.names,
        "country": place.country,
        "coordinates": coordinates,
        "notes": place.notes,
        "namesakes": asked.namesakes.iter().map(namesake).collect::<Vec<_>>(),
    })
}

/// A near answer over one or several layers. It holds what it is written from, so that
/// it may be written later, as it is read.
pub struct Near {
    pub atlas: Arc<Atlas>,
    pub asked: Asked,
    pub question: NearQuestion,
    pub answers: Vec<(Arc<Layer>, NearAnswer)>,
    pub today: Day,
    /// Whether geometries are left out.
    pub skips_geometry: bool,
    /// What coordinates are given in, the place's too.
    pub crs: Crs,
    /// See [`Shown::authority_order`].
    pub authority_order: bool,
}

/// A distance as people write it.
#[must_use]
pub fn distance_text(metres: f64) -> String {
    if metres < 1000. {
        format!("{} m", metres.round())
    } else {
        let tenths = (metres / 100.).round() / 10.;
        format!("{tenths} km")
    }
}

impl Near {
    /// How the features of a layer are shown in this answer.
    #[must_use]
    pub fn shown<'a>(&'a self, layer: &'a Layer) -> Shown<'a> {
        let query = Query {
            when: self.question.when,
            known_at: self.question.known_at,
            ..Query::default()
        };
        Shown {
            names_collection: true,
            skips_geometry: self.skips_geometry,
            crs: self.crs,
            authority_order: self.authority_order,
            ..Shown::new(&self.atlas, layer, &query, self.today)
        }
    }

    /// Refuses an answer in a reference system that does not reach the place
    /// and all that is found.
    ///
    /// # Errors
    /// What is not reached, and what would do.
    pub fn fits(&self) -> Result<(), String> {
        self.crs.project(self.asked.at).map_err(|error| error.to_string())?;
        self.answers
            .iter()
            .try_for_each(|(layer, answer)| self.shown(layer).fits(answer.hits.iter().copied()))
    }

    /// The place's coordinates in the reference system of the answer.
    fn at(&self) -> io::Result<Coord<f64>> {
        let at = self.crs.project(self.asked.at).map_err(io::Error::other)?;
        Ok(if self.authority_order { self.crs.ordered(at) } else { at })
    }

    /// Writes the answer.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn write(&self, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        let members = json!({
            "place": place_json(&self.asked, self.at()?),
            "radius_m": self.question.circle.radius_m,
            "datetime": self.question.when.status_day(self.today).to_string(),
            "known_at": self.question.known_at.map(|day| day.to_string()),
            "message": self.message(),
            "within_window": self.within_window().word(),
            "notice": self.atlas.about.notice,
            "attribution": self.attribution(),
            "numberReturned": self.answers.iter().map(|(_, answer)| answer.hits.len()).sum::<usize>(),
        });
        let mut all = geojson::reference(self.crs, self.authority_order);
        if let Value::Object(mut members) = members {
            all.append(&mut members);
        }
        let text = Value::Object(all).to_string();
        write!(out, r#"{{"type":"FeatureCollection",{}"#, &text[1..text.len() - 1])?;
        for (name, part) in [
            ("covering", (|answer: &NearAnswer| answer.covering.clone()) as fn(&NearAnswer) -> _),
            ("unlocated", |answer| answer.unlocated.clone()),
        ] {
            write!(out, ",\n\"{name}\":[")?;
            let mut first = true;
            for (layer, answer) in &self.answers {
                let hits = part(answer);
                if !first && !hits.is_empty() {
                    out.write_all(b",")?;
                }
                first &= hits.is_empty();
                let shown = Shown { skips_geometry: true, ..self.shown(layer) };
                Features::new(&shown, true).list(out, hits.into_iter())?;
            }
            out.write_all(b"]")?;
        }
        out.write_all(b",\n\"features\":[\n")?;
        for (index, (layer, hit)) in self.by_distance().into_iter().enumerate() {
            if index > 0 {
                out.write_all(b",\n")?;
            }
            Features::new(&self.shown(layer), true).write(out, &hit, "")?;
        }
        out.write_all(b"\n]}\n")
    }

    /// The matches of all layers, nearest first.
    #[must_use]
    pub fn by_distance(&self) -> Vec<(&Layer, Hit)> {
        let mut all: Vec<(&Layer, Hit)> = self
            .answers
            .iter()
            .flat_map(|(layer, answer)| answer.hits.iter().map(move |hit| (&**layer, *hit)))
            .collect();
        let key = |hit: &Hit| {
            hit.reach.map_or((0., 0.), |reach| (reach.nearest_m(), reach.nearest.distance_m))
        };
        all.sort_by(|(_, a), (_, b)| {
            let (a, b) = (key(a), key(b));
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
        all
    }

    fn attribution(&self) -> Vec<&str> {
        let mut lines: Vec<&str> = Vec::new();
        for (layer, _) in &self.answers {
            if let Some(line) = layer.info.attribution.as_deref()
                && !lines.contains(&line)
            {
                lines.push(line);
            }
        }
        lines
    }
}
