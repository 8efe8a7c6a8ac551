//! A layer: features with their geometry, validity and the JSON they are
//! answered with, written once when the layer is built.

use std::fmt::Write as _;
use std::ops::Range;

use geo::{BoundingRect, Coord, Geometry, Orient, Rect, orient::Direction};
use serde_json::{Map, Value};

use super::date::{Day, Period, Span};
use super::ids::Ids;
use super::index::SpatialIndex;
use super::schema::{Schema, SchemaBuilder};
use super::status::{Area, Status};

/// What a layer is for; it decides what its features must carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LayerKind {
    Border,
    Territory,
    Enclave,
    ReportedArea,
    Settlement,
    Context,
    /// Any features of a user; nothing is asked of them.
    Plain,
    /// Made from the ledger's claims.
    Claims,
    /// Made from the ledger's events.
    Events,
}

impl LayerKind {
    /// The kinds that a folder may name, with their words.
    pub const IN_FILES: [(Self, &'static str); 7] = [
        (Self::Border, "border"),
        (Self::Territory, "territory"),
        (Self::Enclave, "enclave"),
        (Self::ReportedArea, "reported-area"),
        (Self::Settlement, "settlement"),
        (Self::Context, "context"),
        (Self::Plain, "plain"),
    ];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Claims => "claims",
            Self::Events => "events",
            _ => Self::IN_FILES.iter().find(|(kind, _)| *kind == self).map_or("", |(_, w)| w),
        }
    }

    /// The kind that a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::IN_FILES.iter().find(|(_, w)| *w == word).map(|(kind, _)| *kind)
    }

    /// Whether an answer without `datetime` is as of today. The others answer
    /// for all times.
    #[must_use]
    pub fn is_as_of_today(self) -> bool {
        matches!(self, Self::Border | Self::Territory | Self::Enclave | Self::ReportedArea)
    }
}

/// From which day a feature can have been known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// From the day its validity starts; what has no start was always known.
    /// An end that lies after the day asked for is not known yet.
    WithValidity,
    /// From this day on.
    From(Day),
    /// Undated: known only to who does not ask as of a day.
    Undated,
}

/// One version of a thing, as one row of a layer.
#[derive(Debug)]
pub struct Feature {
    /// Names the thing; versions of a thing share it.
    pub id: Box<str>,
    /// WGS 84 longitude and latitude, degrees.
    pub geometry: Option<Geometry<f64>>,
    /// The days on which this version holds.
    pub validity: Period,
    pub known: Known,
    text: Text,
}

/// Where a feature stands in the text of its layer, and where its geometry and its
/// properties begin there.
#[derive(Clone, Copy, Debug)]
struct Text {
    start: usize,
    geometry: usize,
    properties: usize,
    end: usize,
}

impl Text {
    /// The same, after so many bytes more.
    fn after(self, bytes: usize) -> Self {
        let Self { start, geometry, properties, end } = self;
        Self {
            start: start + bytes,
            geometry: geometry + bytes,
            properties: properties + bytes,
            end: end + bytes,
        }
    }
}

/// What stands between the geometry of a feature and its properties.
const PROPERTIES: &str = r#","properties":"#;

/// What stands between two features of a list.
pub const BETWEEN: &str = ",\n";

impl Feature {
    /// Whether it lies somewhere: a geometry without positions does not.
    #[must_use]
    pub fn is_located(&self) -> bool {
        self.geometry.as_ref().and_then(BoundingRect::bounding_rect).is_some()
    }

    /// Whether it ends, and nobody knew so on `known_at`.
    #[must_use]
    pub fn ends_unknown(&self, known_at: Option<Day>) -> bool {
        self.known == Known::WithValidity
            && matches!((self.validity.last, known_at), (Some(last), Some(known_at)) if last > known_at)
    }

    /// Whether it holds in `when`, as known on `known_at`.
    #[must_use]
    pub fn holds(&self, when: &Period, known_at: Option<Day>) -> bool {
        let Some(known_at) = known_at else {
            return self.validity.overlaps(when);
        };
        match self.known {
            Known::From(day) => day <= known_at && self.validity.overlaps(when),
            Known::Undated => false,
            Known::WithValidity => {
                let Period { first, last } = self.validity;
                first.is_none_or(|first| first <= known_at)
                    && Period { first, last: last.filter(|last| *last <= known_at) }.overlaps(when)
            }
        }
    }
}

/// What a layer says of itself.
#[derive(Clone, Debug)]
pub struct LayerInfo {
    pub id: String,
    pub title: String,
    pub description: String,
    pub kind: LayerKind,
    pub licence: Option<String>,
    pub attribution: Option<String>,
    /// Id of a source in the ledger.
    pub source: Option<String>,
    /// The geometry's name in filters.
    pub geometry_property: String,
    /// The properties that say from when and until when a feature holds.
    pub start_property: Option<String>,
    pub end_property: Option<String>,
    /// Whether only those who show a token see it.
    pub is_restricted: bool,
}

/// A collection of features, immutable once built.
#[derive(Debug)]
pub struct Layer {
    pub info: LayerInfo,
    pub features: Vec<Feature>,
    /// Envelope of all features: west/south and east/north corners, degrees.
    pub extent: Option<Rect<f64>>,
    /// From the earliest start to the latest end, open where a feature's is;
    /// `None` where no feature has either.
    pub period: Option<Period>,
    /// The properties that features carry of their own.
    pub schema: Schema,
    /// What each row of a layer of reported areas says of its place; empty for
    /// other layers.
    pub areas: Vec<Area>,
    /// The most that the ground which any row speaks of may lie from its geometry,
    /// metres.
    pub greatest_uncertainty_m: f64,
    pub index: SpatialIndex,
    /// The rows that lie nowhere.
    pub unlocated: Vec<u32>,
    /// The validity of each row.
    spans: Vec<Span>,
    /// Metres; empty where all of it is sure.
    uncertainties: Vec<f64>,
    json: String,
    ids: Ids,
}

impl Layer {
    /// A test of rows: whether they hold in `when`, as known on `known_at`; `None` where
    /// all of them do.
    #[must_use]
    pub fn holding(
        &self,
        when: &Period,
        known_at: Option<Day>,
    ) -> Option<impl Fn(u32) -> bool + '_> {
        let (when, span) = (*when, Span::from(*when));
        let is_always = when == Period::ALWAYS || self.period.is_none();
        let by_number = known_at.is_none();
        (!by_number || !is_always).then_some(move |row: u32| {
            if by_number {
                self.spans[row as usize].overlaps(span)
            } else {
                self.feature(row).holds(&when, known_at)
            }
        })
    }

    /// The rows of a thing's versions, earliest first.
    #[must_use]
    pub fn versions(&self, id: &str) -> &[u32] {
        self.ids.rows(id, &self.features)
    }

    /// The names of all properties that an answer may carry: the features' own,
    /// and those that depend on the question.
    #[must_use]
    pub fn property_names(&self) -> Vec<&str> {
        let own = self.schema.properties.iter().map(|property| property.name.as_str());
        let asked: &[&str] = match self.info.kind {
            LayerKind::ReportedArea => &Status::PROPERTIES,
            _ => &[],
        };
        own.chain(asked.iter().copied()).collect()
    }

    /// How far the ground that a row speaks of may lie from its geometry, metres.
    /// Claims and events are as uncertain as the areas that they are about, in the
    /// least certain of their versions.
    #[must_use]
    pub fn uncertainty_m(&self, row: u32) -> f64 {
        self.uncertainties.get(row as usize).copied().unwrap_or(0.)
    }

    /// A row's feature.
    #[must_use]
    pub fn feature(&self, row: u32) -> &Feature {
        &self.features[row as usize]
    }

    /// Whether a property of a feature says what nobody knew on `known_at`: an end
    /// that lay ahead, what became of an event; and notes, which are written from
    /// what is known now.
    #[must_use]
    pub fn is_unknown(&self, feature: &Feature, name: &str, known_at: Option<Day>) -> bool {
        if known_at.is_none() {
            return false;
        }
        let info = &self.info;
        match name {
            "notes" => info.kind != LayerKind::Plain,
            "state" if info.kind == LayerKind::Events => true,
            _ => info.end_property.as_deref() == Some(name) && feature.ends_unknown(known_at),
        }
    }

    /// A feature's geometry as a GeoJSON geometry object, or `null`.
    #[must_use]
    pub fn geometry_json(&self, feature: &Feature) -> &str {
        &self.json[feature.text.geometry..feature.text.properties - PROPERTIES.len()]
    }

    /// A feature's own properties as a JSON object.
    #[must_use]
    pub fn properties_json(&self, feature: &Feature) -> &str {
        // The last sign closes the feature.
        &self.json[feature.text.properties..feature.text.end - 1]
    }

    /// Bytes of a feature as JSON, on average.
    #[must_use]
    pub fn average_json(&self) -> usize {
        self.json.len() / self.features.len().max(1)
    }

    /// A feature as a GeoJSON Feature with its own properties.
    #[must_use]
    pub fn json(&self, feature: &Feature) -> &str {
        &self.json[feature.text.start..feature.text.end]
    }

    /// The features of some rows that follow one another as the items of a list of
    /// GeoJSON Features.
    #[must_use]
    pub fn json_of(&self, rows: Range<u32>) -> &str {
        match self.features.get(rows.start as usize..rows.end as usize) {
            Some([first, .., last]) => &self.json[first.text.start..last.text.end],
            Some([one]) => self.json(one),
            _ => "",
        }
    }

    /// A feature's own properties.
    #[must_use]
    pub fn properties(&self, feature: &Feature) -> Map<String, Value> {
        // The text was written from a map by `LayerBuilder::push`.
        serde_json::from_str(self.properties_json(feature)).unwrap_or_default()
    }

    /// One property of a feature that is text.
    #[must_use]
    pub fn text(&self, feature: &Feature, name: &str) -> Option<String> {
        match self.properties(feature).remove(name)? {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

/// A feature with the text that it will be answered with, to be added to a layer.
#[derive(Debug)]
pub struct Prepared {
    feature: Feature,
    text: String,
}

impl Prepared {
    /// Prepares a feature; its polygons are wound as RFC 7946 asks (section 3.1.6).
    #[must_use]
    pub fn new(
        id: &str,
        geometry: Option<Geometry<f64>>,
        properties: &Map<String, Value>,
        validity: Period,
        known: Known,
    ) -> Self {
        let geometry = geometry.map(wound);
        let mut out = String::new();
        let _ = write!(out, r#"{{"type":"Feature","id":{},"geometry":"#, Value::from(id));
        let at = out.len();
        match &geometry {
            Some(geometry) => write_geometry(&mut out, geometry),
            None => out.push_str("null"),
        }
        out.push_str(PROPERTIES);
        let middle = out.len();
        // A map of texts and values can always be written.
        out.push_str(&serde_json::to_string(properties).unwrap_or_default());
        out.push('}');
        let text = Text { start: 0, geometry: at, properties: middle, end: out.len() };
        Self { feature: Feature { id: id.into(), geometry, validity, known, text }, text: out }
    }

    /// The id of the thing that it is a version of.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.feature.id
    }

    /// The days on which it holds.
    #[must_use]
    pub fn validity(&self) -> Period {
        self.feature.validity
    }
}

/// Gathers features into a [`Layer`].
pub struct LayerBuilder {
    info: LayerInfo,
    features: Vec<Feature>,
    schema: SchemaBuilder,
    areas: Vec<Area>,
    uncertainties: Vec<f64>,
    json: String,
    ids: Ids,
}

impl LayerBuilder {
    /// An empty layer.
    #[must_use]
    pub fn new(info: LayerInfo) -> Self {
        Self {
            info,
            features: Vec::new(),
            schema: SchemaBuilder::default(),
            areas: Vec::new(),
            uncertainties: Vec::new(),
            json: String::new(),
            ids: Ids::default(),
        }
    }

    /// Adds a feature; its polygons are wound as RFC 7946 asks (section 3.1.6).
    pub fn push(
        &mut self,
        id: &str,
        geometry: Option<Geometry<f64>>,
        properties: &Map<String, Value>,
        validity: Period,
        known: Known,
    ) {
        self.add(Prepared::new(id, geometry, properties, validity, known), properties);
    }

    /// Adds a feature that is prepared, with the properties that it was prepared with.
    pub fn add(&mut self, prepared: Prepared, properties: &Map<String, Value>) {
        let Prepared { mut feature, text } = prepared;
        if !self.features.is_empty() {
            self.json.push_str(BETWEEN);
        }
        feature.text = feature.text.after(self.json.len());
        self.json.push_str(&text);
        self.schema.push(properties);
        self.features.push(feature);
        #[allow(clippy::cast_possible_truncation)] // Rows are numbered by u32.
        self.ids.add(self.features.len() as u32 - 1, &self.features);
    }

    /// Says what the feature pushed last says of its place, in a layer of
    /// reported areas.
    pub fn place(&mut self, area: Area) {
        self.doubt(area.uncertainty_m);
        self.areas.push(area);
    }

    /// Says how far the ground that the feature pushed last speaks of may lie from its
    /// geometry, metres.
    pub fn doubt(&mut self, metres: f64) {
        self.uncertainties.push(metres);
    }

    /// The features so far.
    #[must_use]
    pub fn features(&self) -> &[Feature] {
        &self.features
    }

    /// The rows so far of a thing's versions.
    #[must_use]
    pub fn versions(&self, id: &str) -> &[u32] {
        self.ids.rows(id, &self.features)
    }

    /// Builds the layer with its index and look-up by id.
    #[must_use]
    pub fn build(mut self) -> Layer {
        self.ids.sort(&self.features);
        self.features.shrink_to_fit();
        self.json.shrink_to_fit();
        let envelopes: Vec<Option<Rect<f64>>> = self
            .features
            .iter()
            .map(|feature| feature.geometry.as_ref().and_then(BoundingRect::bounding_rect))
            .collect();
        let extent = envelopes.iter().flatten().copied().reduce(joined);
        let is_timed = self.features.iter().any(|feature| feature.validity != Period::ALWAYS);
        let firsts = self.features.iter().filter_map(|feature| feature.validity.first);
        let lasts = self.features.iter().filter_map(|feature| feature.validity.last);
        let open = self.features.iter().any(|feature| feature.validity.last.is_none());
        // What holds always says nothing of when; what has an end alone began before all.
        let begins_open = self
            .features
            .iter()
            .any(|feature| feature.validity.first.is_none() && feature.validity.last.is_some());
        let first = firsts.min().filter(|_| !begins_open);
        let last = lasts.max().filter(|_| !open);
        Layer {
            spans: self.features.iter().map(|feature| feature.validity.into()).collect(),
            period: is_timed.then_some(Period { first, last }),
            index: SpatialIndex::build(&envelopes),
            unlocated: (0u32..)
                .zip(&envelopes)
                .filter_map(|(row, envelope)| envelope.is_none().then_some(row))
                .collect(),
            extent,
            ids: self.ids,
            info: self.info,
            features: self.features,
            schema: self.schema.build(),
            areas: self.areas,
            greatest_uncertainty_m: self.uncertainties.iter().copied().fold(0., f64::max),
            uncertainties: self.uncertainties,
            json: self.json,
        }
    }
}

fn joined(a: Rect<f64>, b: Rect<f64>) -> Rect<f64> {
    Rect::new(
        Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) },
        Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) },
    )
}

fn wound(geometry: Geometry<f64>) -> Geometry<f64> {
    match geometry {
        Geometry::Polygon(polygon) => Geometry::Polygon(polygon.orient(Direction::Default)),
        Geometry::MultiPolygon(polygons) => {
            Geometry::MultiPolygon(polygons.orient(Direction::Default))
        }
        Geometry::GeometryCollection(parts) => {
            Geometry::GeometryCollection(parts.into_iter().map(wound).collect())
        }
        other => other,
    }
}

/// Writes a geometry as GeoJSON, its coordinates as they stand.
pub fn write_geometry(out: &mut String, geometry: &Geometry<f64>) {
    let tagged = |out: &mut String, kind: &str, write: &dyn Fn(&mut String)| {
        let _ = write!(out, r#"{{"type":"{kind}","coordinates":"#);
        write(out);
        out.push('}');
    };
    match geometry {
        Geometry::Point(point) => tagged(out, "Point", &|out| write_coord(out, point.0)),
        Geometry::MultiPoint(points) => tagged(out, "MultiPoint", &|out| {
            list(out, points.iter(), |out, point| write_coord(out, point.0));
        }),
        Geometry::Line(line) => tagged(out, "LineString", &|out| {
            list(out, [line.start, line.end].iter(), |out, coord| write_coord(out, *coord));
        }),
        Geometry::LineString(line) => tagged(out, "LineString", &|out| write_line(out, line)),
        Geometry::MultiLineString(lines) => {
            tagged(out, "MultiLineString", &|out| list(out, lines.iter(), write_line));
        }
        Geometry::Polygon(polygon) => tagged(out, "Polygon", &|out| write_rings(out, polygon)),
        Geometry::MultiPolygon(polygons) => {
            tagged(out, "MultiPolygon", &|out| list(out, polygons.iter(), write_rings));
        }
        Geometry::Rect(rect) => write_geometry(out, &Geometry::Polygon(rect.to_polygon())),
        Geometry::Triangle(triangle) => {
            write_geometry(out, &Geometry::Polygon(triangle.to_polygon()));
        }
        Geometry::GeometryCollection(parts) => {
            out.push_str(r#"{"type":"GeometryCollection","geometries":"#);
            list(out, parts.iter(), write_geometry);
            out.push('}');
        }
    }
}

fn list<T>(out: &mut String, items: impl Iterator<Item = T>, write: impl Fn(&mut String, T)) {
    out.push('[');
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(out, item);
    }
    out.push(']');
}

fn write_coord(out: &mut String, coord: Coord<f64>) {
    let _ = write!(out, "[{},{}]", coord.x, coord.y);
}

fn write_line(out: &mut String, line: &geo::LineString<f64>) {
    list(out, line.coords(), |out, coord| write_coord(out, *coord));
}

fn write_rings(out: &mut String, polygon: &geo::Polygon<f64>) {
    list(out, std::iter::once(polygon.exterior()).chain(polygon.interiors()), write_line);
}
