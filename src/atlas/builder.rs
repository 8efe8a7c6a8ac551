//! Putting a layer together, feature by feature.

use std::fmt::Write as _;

use geo::{BoundingRect, Coord, Geometry, Orient, Rect, orient::Direction};
use serde_json::{Map, Value};

use super::date::Period;
use super::geometry_json::write_geometry;
use super::ids::Ids;
use super::index::{self, SpatialIndex};
use super::layer::{BETWEEN, Feature, Known, Layer, LayerInfo, LayerKind, PROPERTIES, Text};
use super::schema::{Column, Schema, SchemaBuilder};
use super::status::Area;

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

/// A layer of more features than these is not answered in the order of its file.
const MANY: usize = 20_000;

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
        let Prepared { feature, text } = prepared;
        self.schema.push(properties);
        self.append(feature, &text);
    }

    /// Adds a row with its text.
    fn append(&mut self, mut feature: Feature, text: &str) {
        if !self.features.is_empty() {
            self.json.push_str(BETWEEN);
        }
        feature.text = feature.text.at(self.json.len());
        self.json.push_str(text);
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

    /// Puts rows in another order: each place has the number of the row that comes there.
    /// What lies near one another is asked for together, and is quick to reach where it
    /// stands together.
    fn reorder(&mut self, order: &[u32]) {
        let features = std::mem::take(&mut self.features);
        let json = std::mem::take(&mut self.json);
        self.json.reserve_exact(json.len());
        self.ids = Ids::default();
        for row in order {
            // A copy, so that geometries and ids stand together too.
            let feature = features[*row as usize].clone();
            let Text { start, end, .. } = feature.text;
            self.append(feature, &json[start..end]);
        }
        let rows = || order.iter().map(|row| *row as usize);
        self.areas = rows().filter_map(|row| self.areas.get(row).cloned()).collect();
        self.uncertainties =
            rows().filter_map(|row| self.uncertainties.get(row).copied()).collect();
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

    /// Builds the layer with its index and look-up by id. A large layer of a file is put in
    /// the order of the ground.
    #[must_use]
    pub fn build(mut self) -> Layer {
        let envelope =
            |feature: &Feature| feature.geometry.as_ref().and_then(BoundingRect::bounding_rect);
        let mut envelopes: Vec<Option<Rect<f64>>> = self.features.iter().map(envelope).collect();
        let mut schema = std::mem::take(&mut self.schema).build();
        let is_of_a_file = !matches!(self.info.kind, LayerKind::Claims | LayerKind::Events);
        let mut order = index::in_order(&envelopes);
        if is_of_a_file && self.features.len() > MANY {
            envelopes = order.iter().map(|row| envelopes[*row as usize]).collect();
            schema = schema.reordered(&order);
            self.reorder(&order);
            // Rows are numbered so from now on.
            order.sort_unstable();
        }
        self.ids.sort(&self.features);
        self.features.shrink_to_fit();
        self.json.shrink_to_fit();
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
        let texts = self.features.iter().map(|feature| feature.text.end - feature.text.start);
        Layer {
            largest_json: texts.max().unwrap_or_default(),
            starts: self.features.iter().map(|feature| feature.text.start).collect(),
            spans: self.features.iter().map(|feature| feature.validity.into()).collect(),
            period: is_timed.then_some(Period { first, last }),
            index: SpatialIndex::packed(order, &envelopes),
            unlocated: (0u32..)
                .zip(&envelopes)
                .filter_map(|(row, envelope)| envelope.is_none().then_some(row))
                .collect(),
            extent,
            ids: self.ids,
            info: self.info,
            repeats_id: repeats_id(&self.features, &schema),
            features: self.features,
            schema,
            areas: self.areas,
            greatest_uncertainty_m: self.uncertainties.iter().copied().fold(0., f64::max),
            uncertainties: self.uncertainties,
            json: self.json,
        }
    }
}

fn repeats_id(features: &[Feature], schema: &Schema) -> bool {
    let Some(Column::Text(texts)) = schema.get("id").map(|own| &own.column) else { return false };
    let mut rows = features.iter().enumerate();
    rows.all(|(row, feature)| texts.get(row) == Some(&*feature.id))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Day;
    use crate::atlas::status::Basis;
    use serde_json::json;

    #[test]
    fn a_large_layer_is_put_in_the_order_of_the_ground_with_all_that_belongs_to_a_row() {
        let mut builder = LayerBuilder::new(LayerInfo::bare("areas", LayerKind::ReportedArea));
        let many: i32 = 20_100;
        for number in 0..many {
            // Every seventh lies nowhere, and every fifth is a later version of the one before.
            let at = geo::Point::new(
                f64::from(number * 7919 % 3600) / 10. - 180.,
                f64::from(number % 170) - 85.,
            );
            let geometry = (number % 7 != 0).then(|| at.into());
            let (thing, version) = if number % 5 == 4 { (number - 1, 1) } else { (number, 0) };
            let first = Day::new(2000 + version, 1, 1).ok();
            let last = (version == 0).then(|| Day::new(2000, 12, 31).ok()).flatten();
            let properties = json!({ "number": number, "word": format!("w{}", number % 11) });
            let properties = properties.as_object().unwrap();
            builder.push(
                &thing.to_string(),
                geometry,
                properties,
                Period { first, last },
                Known::WithValidity,
            );
            let uncertainty_m = f64::from(number);
            builder.place(Area { basis: Basis::Settlement, uncertainty_m, within: Vec::new() });
        }
        let layer = builder.build();
        let whole = format!("[{}]", layer.json_of(0..many.cast_unsigned()));
        let whole: Vec<Value> = serde_json::from_str(&whole).unwrap();
        assert_eq!((whole.len(), layer.areas.len()), (layer.features.len(), layer.features.len()));
        let Column::Integer(numbers) = &layer.schema.get("number").unwrap().column else {
            panic!()
        };
        let Column::Text(words) = &layer.schema.get("word").unwrap().column else { panic!() };
        let mut is_moved = false;
        for (row, feature) in (0u32..).zip(&layer.features) {
            let place = row as usize;
            let number = numbers[place].unwrap();
            is_moved |= number != i64::from(row);
            assert_eq!(whole[place]["properties"]["number"], number);
            assert_eq!(whole[place]["id"], *feature.id);
            assert_eq!(layer.properties(feature)["number"], number);
            assert_eq!(words.get(place), Some(&*format!("w{}", number % 11)));
            assert_eq!(layer.areas[place].uncertainty_m.to_string(), number.to_string());
            assert_eq!(layer.uncertainty_m(row).to_string(), number.to_string());
            assert_eq!(feature.geometry.is_none(), number % 7 == 0);
            assert_eq!(layer.geometry_json(feature) == "null", number % 7 == 0);
            let versions = layer.versions(&feature.id);
            assert!(
                versions.contains(&row) && versions.len() == if number % 5 < 3 { 1 } else { 2 }
            );
            assert!(versions.is_sorted_by_key(|row| layer.feature(*row).validity.first));
        }
        assert!(is_moved);
        assert_eq!(
            layer.unlocated.len(),
            layer.features.iter().filter(|one| !one.is_located()).count()
        );
    }
}
