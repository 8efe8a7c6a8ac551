//! What writers of tables share: columns with names that do not clash, and the
//! one type of geometry that holds all of a layer's.

use std::borrow::Cow;
use std::collections::HashSet;

use geo::{Geometry, MultiLineString, MultiPoint, MultiPolygon};
use serde_json::Value;

use super::Answer;
use crate::atlas::Layer;
use crate::atlas::schema::PropertyType;

/// The column that every table has: the id of a feature.
pub const ID: &str = "id";

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column<'a> {
    /// The property that it holds.
    pub property: &'a str,
    /// What it is called here; differs from the property where that name is taken.
    pub name: String,
    pub kind: PropertyType,
}

/// The columns of an answer, beside `id` and those that the format has `taken`
/// for itself. Names differ by more than case, since SQL tells no case apart. A
/// property `id` that repeats the feature's own is no column of its own.
#[must_use]
pub fn columns<'a>(answer: &Answer<'a>, taken: &[&str]) -> Vec<Column<'a>> {
    let mut used: HashSet<String> = taken.iter().map(|name| name.to_lowercase()).collect();
    used.insert(ID.to_owned());
    let repeats_id = answer.shown.layer.repeats_id;
    let columns = answer.shown.columns(answer.has_distances()).into_iter();
    columns
        .filter(|(property, _)| *property != ID || !repeats_id)
        .map(|(property, kind)| {
            let mut name = property.to_owned();
            while name.is_empty() || !used.insert(name.to_lowercase()) {
                name.push('_');
            }
            Column { property, name, kind }
        })
        .collect()
}

/// A value as the text of a cell; `None` where there is none.
#[must_use]
pub fn cell(value: Option<&Value>) -> Option<Cow<'_, str>> {
    match value? {
        Value::Null => None,
        Value::String(text) => Some(Cow::Borrowed(text)),
        other => Some(Cow::Owned(other.to_string())),
    }
}

/// The type that all geometries of a layer are of, written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Point,
    LineString,
    Polygon,
    MultiPoint,
    MultiLineString,
    MultiPolygon,
    /// Several types, or collections.
    Any,
}

impl Shape {
    /// The type that holds every geometry of a layer, whatever is asked of it;
    /// a layer of Points and `MultiPoint`s is one of `MultiPoint`s. `None` where
    /// nothing has a geometry.
    #[must_use]
    pub fn of(layer: &Layer) -> Option<Self> {
        let geometries = layer.features.iter().filter_map(|feature| feature.geometry.as_ref());
        geometries.map(Self::of_one).reduce(Self::joined)
    }

    fn of_one(geometry: &Geometry<f64>) -> Self {
        match geometry {
            Geometry::Point(_) => Self::Point,
            Geometry::Line(_) | Geometry::LineString(_) => Self::LineString,
            Geometry::Polygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => Self::Polygon,
            Geometry::MultiPoint(_) => Self::MultiPoint,
            Geometry::MultiLineString(_) => Self::MultiLineString,
            Geometry::MultiPolygon(_) => Self::MultiPolygon,
            Geometry::GeometryCollection(_) => Self::Any,
        }
    }

    fn multi(self) -> Self {
        match self {
            Self::Point => Self::MultiPoint,
            Self::LineString => Self::MultiLineString,
            Self::Polygon => Self::MultiPolygon,
            other => other,
        }
    }

    fn joined(self, other: Self) -> Self {
        if self == other {
            self
        } else if self.multi() == other.multi() {
            self.multi()
        } else {
            Self::Any
        }
    }

    /// A geometry in this type: the same points, as a Multi of one where the
    /// layer is of Multis.
    #[must_use]
    pub fn cast(self, geometry: &Geometry<f64>) -> Cow<'_, Geometry<f64>> {
        let many = match (self, geometry) {
            (Self::MultiPoint, Geometry::Point(one)) => {
                Geometry::MultiPoint(MultiPoint::new(vec![*one]))
            }
            (Self::MultiLineString, Geometry::LineString(one)) => {
                Geometry::MultiLineString(MultiLineString::new(vec![one.clone()]))
            }
            (Self::MultiPolygon, Geometry::Polygon(one)) => {
                Geometry::MultiPolygon(MultiPolygon::new(vec![one.clone()]))
            }
            _ => return Cow::Borrowed(geometry),
        };
        Cow::Owned(many)
    }
}
