//! A strict reader of GeoJSON (RFC 7946), for tests: every departure from what
//! the standard demands, and from what it advises where advice is what lets
//! others read it (no nested collections, cut at the antimeridian).

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// What the coordinates of a text are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Longitude and latitude, as RFC 7946 has it.
    Degrees,
    /// Another system, easting first: agreed upon between those who read it
    /// (section 4), and so without a range.
    EastingFirst,
    /// Another system, northing first: what winds right on the ground winds left
    /// in numbers.
    NorthingFirst,
}

const GEOMETRIES: [&str; 7] = [
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
];

/// Every fault of a text.
pub fn faults(text: &[u8], frame: Frame) -> Vec<String> {
    let Strict(value) = match serde_json::from_slice(text) {
        Ok(value) => value,
        Err(error) => return vec![format!("it is not JSON with unique names: {error}")],
    };
    let mut check = Check { frame, faults: Vec::new() };
    check.object(&value);
    check.faults
}

/// Every fault of a GeoJSON text sequence (RFC 8142), and how many texts it has.
pub fn faults_of_sequence(bytes: &[u8], frame: Frame) -> (usize, Vec<String>) {
    let mut records = bytes.split(|byte| *byte == 0x1e);
    let mut found = Vec::new();
    if records.next() != Some(b"") {
        found.push("it begins without a record separator".to_owned());
    }
    let mut count = 0;
    for record in records {
        count += 1;
        if !record.ends_with(b"\n") {
            found.push(format!("record {count} does not end with a line feed"));
        }
        found.extend(faults(record, frame).into_iter().map(|f| format!("record {count}: {f}")));
    }
    (count, found)
}

/// JSON in which no object has a name twice.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Value;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
                Ok(value.into())
            }

            fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
                Ok(value.into())
            }

            fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
                Ok(value.into())
            }

            fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
                Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
            }

            fn visit_str<E>(self, value: &str) -> Result<Value, E> {
                Ok(value.into())
            }

            fn visit_unit<E>(self) -> Result<Value, E> {
                Ok(Value::Null)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
                let mut all = Vec::new();
                while let Some(Strict(item)) = items.next_element()? {
                    all.push(item);
                }
                Ok(Value::Array(all))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
                let mut all = Map::new();
                while let Some((name, Strict(value))) = members.next_entry::<String, Strict>()? {
                    if all.insert(name.clone(), value).is_some() {
                        let says = format!("the name `{name}` stands twice");
                        return Err(serde::de::Error::custom(says));
                    }
                }
                Ok(Value::Object(all))
            }
        }
        reader.deserialize_any(Reader).map(Strict)
    }
}

struct Check {
    frame: Frame,
    faults: Vec<String>,
}

impl Check {
    fn fault(&mut self, path: &str, what: impl fmt::Display) {
        self.faults.push(format!("{path}: {what}"));
    }

    /// A GeoJSON text: an object of one of the nine types (2, 3).
    fn object(&mut self, value: &Value) {
        match value["type"].as_str() {
            Some("FeatureCollection") => self.collection(value),
            Some("Feature") => self.feature(value, "$"),
            Some(kind) if GEOMETRIES.contains(&kind) => self.geometry(value, "$", false),
            other => self.fault("$", format!("`type` is {other:?}")),
        }
        // In a system of their own, those who agree on it may name it (4).
        if self.frame == Frame::Degrees && value.get("crs").is_some() {
            self.fault("$", "has a `crs`, which is no longer (4)");
        }
    }

    fn collection(&mut self, value: &Value) {
        self.has_none(value, "$", &["coordinates", "geometries", "geometry", "properties"]);
        self.bbox(value, "$");
        let Some(features) = value["features"].as_array() else {
            return self.fault("$", "`features` is no array (3.3)");
        };
        for (index, feature) in features.iter().enumerate() {
            let path = format!("$.features[{index}]");
            if feature["type"] == "Feature" {
                self.feature(feature, &path);
                self.has_none(feature, &path, &["crs"]);
            } else {
                self.fault(&path, "is no Feature");
            }
        }
    }

    fn feature(&mut self, value: &Value, path: &str) {
        let path = &match value["id"].as_str() {
            Some(id) => format!("{path} `{id}`"),
            None => path.to_owned(),
        };
        self.has_none(value, path, &["coordinates", "geometries", "features"]);
        self.bbox(value, path);
        match value.get("id") {
            Some(Value::String(id)) if !id.is_empty() => {}
            // Numbers are allowed (3.2); ours are texts, as clients join by them.
            other => self.fault(path, format!("`id` is {other:?}, no text")),
        }
        match value.get("properties") {
            Some(Value::Object(_) | Value::Null) => {}
            other => self.fault(path, format!("`properties` is {other:?} (3.2)")),
        }
        match value.get("geometry") {
            Some(Value::Null) => {}
            Some(geometry @ Value::Object(_)) => {
                self.geometry(geometry, &format!("{path}.geometry"), false);
            }
            other => self.fault(path, format!("`geometry` is {other:?} (3.2)")),
        }
    }

    fn geometry(&mut self, value: &Value, path: &str, is_part: bool) {
        self.has_none(value, path, &["geometry", "properties", "features"]);
        self.bbox(value, path);
        if path != "$" {
            self.has_none(value, path, &["crs"]);
        }
        let at = &value["coordinates"];
        let kind = value["type"].as_str().unwrap_or_default();
        match kind {
            "Point" => self.position(at, path),
            "MultiPoint" => self.each(at, path, Self::position),
            "LineString" => self.line(at, path),
            "MultiLineString" => self.each(at, path, Self::line),
            "Polygon" => self.polygon(at, path),
            "MultiPolygon" => self.each(at, path, Self::polygon),
            "GeometryCollection" => {
                self.has_none(value, path, &["coordinates"]);
                if is_part {
                    self.fault(path, "is a collection in a collection (3.1.8)");
                }
                let Some(parts) = value["geometries"].as_array() else {
                    return self.fault(path, "`geometries` is no array (3.1.8)");
                };
                for (index, part) in parts.iter().enumerate() {
                    self.geometry(part, &format!("{path}.geometries[{index}]"), true);
                }
            }
            other => self.fault(path, format!("`type` is {other:?} (3.1)")),
        }
        if kind != "GeometryCollection" {
            self.has_none(value, path, &["geometries"]);
        }
    }

    /// Names that mean something in another type of object (7.1).
    fn has_none(&mut self, value: &Value, path: &str, names: &[&str]) {
        for name in names.iter().filter(|name| value.get(**name).is_some()) {
            self.fault(path, format!("has `{name}`, which is not its own (4, 7.1)"));
        }
    }

    fn each(&mut self, value: &Value, path: &str, check: fn(&mut Self, &Value, &str)) {
        let Some(items) = value.as_array() else {
            return self.fault(path, "`coordinates` is no array");
        };
        for (index, item) in items.iter().enumerate() {
            check(self, item, &format!("{path}[{index}]"));
        }
    }

    /// Two numbers, or three with a height (3.1.1), within the ranges of degrees.
    fn position(&mut self, value: &Value, path: &str) {
        let numbers: Option<Vec<f64>> =
            value.as_array().and_then(|items| items.iter().map(Value::as_f64).collect());
        match numbers {
            Some(at) if (2..=3).contains(&at.len()) => {
                let is_far = at[0].abs() > 180. || at[1].abs() > 90.;
                if self.frame == Frame::Degrees && is_far {
                    self.fault(path, format!("{value} lies outside ±180, ±90 (4)"));
                }
            }
            _ => self.fault(path, format!("{value} is no position (3.1.1)")),
        }
    }

    fn line(&mut self, value: &Value, path: &str) {
        let before = self.faults.len();
        self.each(value, path, Self::position);
        let line = line(value);
        if line.len() < 2 {
            self.fault(path, "is a line of fewer than two positions (3.1.4)");
        } else if self.faults.len() == before && self.frame == Frame::Degrees {
            // Along a pole every longitude is the same place.
            let is_pole = |at: [f64; 2]| at[1].abs() >= 90.;
            let is_uncut = |pair: &&[[f64; 2]]| {
                let (from, to) = (pair[0], pair[1]);
                (to[0] - from[0]).abs() > 180. && !(is_pole(from) && is_pole(to))
            };
            if let Some(pair) = line.windows(2).find(is_uncut) {
                self.fault(path, format!("{pair:?} crosses the antimeridian uncut (3.1.9)"));
            }
        }
    }

    fn polygon(&mut self, value: &Value, path: &str) {
        if value.as_array().is_some_and(Vec::is_empty) {
            self.fault(path, "is a polygon without a ring (3.1.6)");
        }
        self.each(value, path, Self::ring);
        for (index, ring) in value.as_array().into_iter().flatten().enumerate() {
            let counterclockwise = match self.frame {
                Frame::NorthingFirst => -twice_area(&line(ring)),
                _ => twice_area(&line(ring)),
            };
            if (index == 0) != (counterclockwise > 0.) {
                self.fault(&format!("{path}[{index}]"), "winds the wrong way (3.1.6)");
            }
        }
    }

    fn ring(&mut self, value: &Value, path: &str) {
        self.line(value, path);
        let ring = value.as_array().map_or(&[][..], Vec::as_slice);
        if ring.len() < 4 {
            self.fault(path, "is a ring of fewer than four positions (3.1.6)");
        } else if ring.first() != ring.last() {
            self.fault(path, "is a ring that is not closed (3.1.6)");
        }
    }

    /// Twice as many numbers as there are axes, south to north (5).
    fn bbox(&mut self, value: &Value, path: &str) {
        let Some(bbox) = value.get("bbox") else { return };
        let numbers: Option<Vec<f64>> =
            bbox.as_array().and_then(|items| items.iter().map(Value::as_f64).collect());
        let Some(numbers) = numbers.filter(|numbers| [4, 6].contains(&numbers.len())) else {
            return self.fault(path, format!("`bbox` is {bbox} (5)"));
        };
        let (low, high) = numbers.split_at(numbers.len() / 2);
        let is_far = [low, high].iter().any(|at| at[0].abs() > 180. || at[1].abs() > 90.);
        if low[1] > high[1] || (self.frame == Frame::Degrees && is_far) {
            self.fault(path, format!("`bbox` is {bbox} (5)"));
        }
    }
}

/// The positions of a line, as far as they are some.
fn line(value: &Value) -> Vec<[f64; 2]> {
    let at = |position: &Value| Some([position[0].as_f64()?, position[1].as_f64()?]);
    value.as_array().into_iter().flatten().filter_map(at).collect()
}

/// Twice the signed area of a ring, reckoned from its first vertex, so that small
/// rings far from 0, 0 keep their sign.
fn twice_area(ring: &[[f64; 2]]) -> f64 {
    let Some(origin) = ring.first() else { return 0. };
    let from = |at: [f64; 2]| (at[0] - origin[0], at[1] - origin[1]);
    ring.windows(2)
        .map(|pair| {
            let ((x0, y0), (x1, y1)) = (from(pair[0]), from(pair[1]));
            x0 * y1 - x1 * y0
        })
        .sum()
}
