//! How the features of an answer are shown, whatever the format: which
//! properties they carry, with what depends on the question beside their own.

use std::borrow::Cow;
use std::io::{self, Write};

use geo::{BoundingRect, Geometry};
use serde_json::{Map, Value, json};

use crate::atlas::json_text::write_text;
use crate::atlas::schema::PropertyType;
use crate::atlas::{Atlas, Day, Feature, Layer, LayerKind, Period, Status};
use crate::query::{Crs, Hit, Query, Reach, Stop};

/// Bytes that an answer near a place adds to a feature's own properties, and a few more.
const BESIDE_ITS_OWN: usize = 192;

/// How the features of an answer are shown.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    pub atlas: &'a Atlas,
    pub layer: &'a Layer,
    /// Of each row of a layer of reported areas, its place among those of the atlas.
    pub areas: &'a [u32],
    /// The day whose status reported areas show.
    pub status_day: Day,
    /// The days that are asked for.
    pub days: Period,
    pub known_at: Option<Day>,
    /// Only these properties; all when `None`.
    pub properties: Option<&'a [String]>,
    /// Whether each feature names its collection, where an answer holds several.
    pub names_collection: bool,
    /// Whether geometries are left out (`null`).
    pub skips_geometry: bool,
    /// What coordinates are given in.
    pub crs: Crs,
    /// Whether GeoJSON has the authority's order of axes, as OGC API wants over
    /// HTTP. In files, GIS software expects easting, northing.
    pub authority_order: bool,
    /// When to break off, where that may be.
    pub stop: Option<&'a Stop>,
}

impl<'a> Shown<'a> {
    /// Features as a query asks for them, on the day `today`.
    #[must_use]
    pub fn new(atlas: &'a Atlas, layer: &'a Layer, query: &Query, today: Day) -> Self {
        Self {
            atlas,
            layer,
            areas: atlas.areas.places(layer),
            status_day: query.when.status_day(today),
            days: query.when.days(layer.info.kind, today),
            known_at: query.known_at,
            properties: None,
            names_collection: false,
            skips_geometry: false,
            crs: Crs::default(),
            authority_order: false,
            stop: None,
        }
    }

    /// What a feature's properties hold for this question, beside its own.
    #[must_use]
    pub fn extra(&self, hit: &Hit) -> Map<String, Value> {
        let mut extra = Map::new();
        if let Some(status) = self.status(hit) {
            extra.append(&mut status.properties(&self.atlas.ledger));
        }
        if self.names_collection {
            extra.insert("collection".to_owned(), json!(self.layer.info.id));
        }
        if let Some(reach) = &hit.reach {
            let reach = reach_properties(reach).into_iter();
            extra.extend(reach.map(|(name, value)| (name.to_owned(), value)));
        }
        extra
    }

    /// The names of what [`Self::extra`] holds; `reached` where matches have distances.
    pub fn added(&self, reached: bool) -> impl Iterator<Item = &'static str> + Clone {
        let has_status = self.layer.info.kind == LayerKind::ReportedArea;
        let status = Status::PROPERTIES.iter().copied().filter(move |_| has_status);
        let collection = self.names_collection.then_some("collection").into_iter();
        let reach = OF_REACH.iter().map(|(name, _)| *name).filter(move |_| reached);
        status.chain(collection).chain(reach)
    }

    /// Writes what [`Self::extra`] holds as the members of an object, a comma before the
    /// first where others stand before it.
    ///
    /// # Errors
    /// When the output cannot be written to.
    pub fn add(
        &self,
        hit: &Hit,
        mut follows: bool,
        out: &mut (impl Write + ?Sized),
    ) -> io::Result<()> {
        if let Some(status) = self.status_members(hit) {
            if std::mem::replace(&mut follows, true) {
                out.write_all(b",")?;
            }
            out.write_all(status.as_bytes())?;
        }
        if !self.names_collection && hit.reach.is_none() {
            return Ok(());
        }
        let mut text = String::with_capacity(BESIDE_ITS_OWN);
        let mut name = |text: &mut String, name: &str| {
            let comma = if std::mem::replace(&mut follows, true) { ",\"" } else { "\"" };
            // None of the names has a sign that JSON would escape.
            for part in [comma, name, "\":"] {
                text.push_str(part);
            }
        };
        if self.names_collection {
            name(&mut text, "collection");
            write_text(&mut text, &self.layer.info.id);
        }
        for (property, value) in hit.reach.iter().flat_map(reach_properties) {
            name(&mut text, property);
            text.push_str(&value.to_string());
        }
        out.write_all(text.as_bytes())
    }

    /// What is reported of a reported area, on the day that is shown.
    fn status(&self, hit: &Hit) -> Option<Cow<'a, Status>> {
        let Self { atlas, layer, status_day, known_at, .. } = *self;
        let is_reported = layer.info.kind == LayerKind::ReportedArea;
        let id = is_reported.then(|| &*layer.feature(hit.row).id)?;
        atlas.areas.status(&atlas.ledger, id, status_day, known_at)
    }

    /// The same as members of a JSON object.
    fn status_members(&self, hit: &Hit) -> Option<Cow<'a, str>> {
        let Self { atlas, status_day, known_at, .. } = *self;
        let place = *self.areas.get(hit.row as usize)?;
        Some(atlas.areas.members(&atlas.ledger, place, status_day, known_at))
    }

    /// Whether a property of a feature says what was not known yet.
    #[must_use]
    pub fn is_unknown(&self, feature: &Feature, name: &str) -> bool {
        self.layer.is_unknown(feature, name, self.known_at)
    }

    /// A feature's properties, its own and those of the question.
    #[must_use]
    pub fn properties(&self, hit: &Hit) -> Map<String, Value> {
        let feature = self.layer.feature(hit.row);
        let mut properties = self.layer.properties(feature);
        for (name, value) in &mut properties {
            if self.is_unknown(feature, name) {
                *value = Value::Null;
            }
        }
        properties.append(&mut self.extra(hit));
        if let Some(wanted) = self.properties {
            properties.retain(|name, _| wanted.contains(name));
        }
        properties
    }

    /// The columns of a table of these features, in order, with their types.
    #[must_use]
    pub fn columns(&self, with_distance: bool) -> Vec<(&'a str, PropertyType)> {
        let mut columns: Vec<(&str, PropertyType)> = Vec::new();
        if self.layer.info.kind == LayerKind::ReportedArea {
            columns.extend(Status::PROPERTIES.iter().map(
                |name| match Status::FLAGS.contains(name) {
                    true => (*name, PropertyType::Boolean),
                    false => (*name, PropertyType::Text),
                },
            ));
        }
        if self.names_collection {
            columns.push(("collection", PropertyType::Text));
        }
        if with_distance {
            columns.extend(OF_REACH);
        }
        // What the question says stands for a property of the same name.
        let own = self.layer.schema.properties.iter();
        let mut all: Vec<(&str, PropertyType)> = own
            .map(|property| (property.name.as_str(), property.kind))
            .filter(|(name, _)| !columns.iter().any(|(other, _)| other == name))
            .collect();
        all.append(&mut columns);
        all.retain(|(name, _)| self.wants(name));
        all
    }

    fn wants(&self, name: &str) -> bool {
        self.properties.is_none_or(|wanted| wanted.iter().any(|other| other == name))
    }

    /// A feature's geometry in the reference system of the answer, as `x, y`.
    /// `None` without one; see [`Self::fits`] for what has no coordinates there.
    #[must_use]
    pub fn geometry(&self, hit: &Hit) -> Option<Cow<'a, Geometry<f64>>> {
        let geometry = self.layer.feature(hit.row).geometry.as_ref()?;
        if self.skips_geometry {
            None
        } else if self.crs.is_geographic() {
            Some(Cow::Borrowed(geometry))
        } else {
            self.crs.geometry(geometry).ok().map(Cow::Owned)
        }
    }

    /// Refuses an answer in a reference system that does not reach all of its
    /// features. To be asked before it is written.
    ///
    /// # Errors
    /// The first such feature, and what would do.
    pub fn fits(&self, mut hits: impl Iterator<Item = Hit>) -> Result<(), String> {
        let covers_all = self.layer.extent.is_none_or(|extent| self.crs.covers(extent));
        if covers_all || self.skips_geometry {
            return Ok(());
        }
        let beyond = |hit: &Hit| {
            let envelope = self.layer.feature(hit.row).geometry.as_ref()?.bounding_rect()?;
            (!self.crs.covers(envelope)).then_some(envelope.center())
        };
        match hits.find_map(|hit| beyond(&hit).map(|at| (hit, at))) {
            None => Ok(()),
            Some((hit, at)) => {
                let (low, high) = (self.crs.domain().min(), self.crs.domain().max());
                Err(format!(
                    "`{}` of `{}`, about {:.2},{:.2}, reaches beyond the area in which {} is served, \
                     longitude {} to {}, latitude {} to {}; ask for less by bbox, or in {}",
                    self.layer.feature(hit.row).id,
                    self.layer.info.id,
                    at.x,
                    at.y,
                    self.crs,
                    low.x,
                    high.x,
                    low.y,
                    high.y,
                    Crs::default().uri()
                ))
            }
        }
    }

    /// A match as a row of a table. Its geometry is `x, y` (easting, northing,
    /// or longitude, latitude) in the reference system of the answer.
    ///
    /// # Errors
    /// When the geometry has no coordinates there: a row without one would say
    /// that nobody located it. See [`Self::fits`]. When it is to be broken off.
    pub fn row(&self, hit: &Hit) -> io::Result<Row<'a>> {
        self.stop.map_or(Ok(()), Stop::check)?;
        let feature = self.layer.feature(hit.row);
        let geometry = self.geometry(hit);
        if geometry.is_none() && feature.geometry.is_some() && !self.skips_geometry {
            let says = format!("{} has no coordinates in {}", feature.id, self.crs);
            return Err(io::Error::other(says));
        }
        Ok(Row {
            id: &feature.id,
            geometry,
            properties: self.properties(hit),
            validity: self.validity(feature),
        })
    }

    /// The days on which a feature holds, as far as known.
    #[must_use]
    pub fn validity(&self, feature: &Feature) -> Period {
        let Period { first, last } = feature.validity;
        Period { first, last: last.filter(|_| !feature.ends_unknown(self.known_at)) }
    }
}

/// One feature as a writer of tables sees it.
#[derive(Debug)]
pub struct Row<'a> {
    pub id: &'a str,
    pub geometry: Option<Cow<'a, Geometry<f64>>>,
    pub properties: Map<String, Value>,
    /// The days on which it holds, as far as known.
    pub validity: Period,
}

/// What an answer about a circle carries of each feature.
pub const OF_REACH: [(&str, PropertyType); 5] = [
    ("distance_m", PropertyType::Number),
    ("nearest_m", PropertyType::Number),
    ("farthest_m", PropertyType::Number),
    ("bearing", PropertyType::Number),
    ("match", PropertyType::Text),
];

/// Metres as answers give them: to the decimetre.
fn metres(distance: f64) -> f64 {
    (distance * 10.).round() / 10.
}

fn reach_properties(reach: &Reach) -> [(&'static str, Value); 5] {
    [
        ("distance_m", json!(metres(reach.nearest.distance_m))),
        ("nearest_m", json!(metres(reach.nearest_m()))),
        ("farthest_m", json!(metres(reach.farthest_m()))),
        ("bearing", json!(reach.nearest.bearing.map(metres))),
        ("match", json!(if reach.certain { "certain" } else { "possible" })),
    ]
}
