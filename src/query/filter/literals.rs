//! The values that a filter writes out: times and geometries.

use cql2::Expr;
use geo::{
    BoundingRect, Coord, CoordsIter, Geometry, LineString, MapCoords, Polygon, Rect, Winding,
};

use super::FilterError;
use super::temporal::{Moment, Time};
use crate::atlas::EdtfDate;
use crate::query::crs::Crs;
use crate::query::geodesy;
use crate::query::window::{Window, window};

/// A day, an instant, or an EDTF date with the days it may mean.
pub(super) fn time(text: &str) -> Option<Time> {
    if let Some(moment) = Moment::parse(text) {
        return Some(Time::at(moment));
    }
    let period = EdtfDate::parse(text).ok()?.period();
    Some(Time { start: period.first.map(Moment::Day), end: period.last.map(Moment::Day) })
}

pub(super) fn moment(expression: &Expr, name: &str) -> Result<Time, FilterError> {
    let text = match expression {
        Expr::Literal(text) => text.as_str(),
        _ => "",
    };
    let moment = Moment::parse(text).filter(|moment| match moment {
        Moment::Day(_) => name == "DATE",
        Moment::Instant(_) => name == "TIMESTAMP",
    });
    moment.map(Time::at).ok_or_else(|| {
        FilterError::new(format!(
            "{name}('{}') is not a time; write DATE('2024-04-15') or TIMESTAMP('2024-04-15T10:00:00Z')",
            crate::query::values::shown(text)
        ))
    })
}

/// Whether the rings of polygons end where they began.
fn is_closed(geometry: &geojson::GeometryValue) -> bool {
    use geojson::GeometryValue as V;
    let closed = |rings: &Vec<Vec<geojson::Position>>| {
        rings.iter().all(|ring| ring.len() < 2 || ring.first() == ring.last())
    };
    match geometry {
        V::Polygon { coordinates } => closed(coordinates),
        V::MultiPolygon { coordinates } => coordinates.iter().all(closed),
        V::GeometryCollection { geometries } => {
            geometries.iter().all(|part| is_closed(&part.value))
        }
        _ => true,
    }
}

/// Whether a ring of a polygon runs neither way round. How other geometries lie to such a
/// one cannot be said.
fn has_flat_ring(geometry: &Geometry<f64>) -> bool {
    let is_flat = |ring: &LineString<f64>| !ring.0.is_empty() && ring.winding_order().is_none();
    let polygon = |polygon: &Polygon<f64>| {
        is_flat(polygon.exterior()) || polygon.interiors().iter().any(is_flat)
    };
    match geometry {
        Geometry::Polygon(one) => polygon(one),
        Geometry::MultiPolygon(polygons) => polygons.iter().any(polygon),
        Geometry::GeometryCollection(parts) => parts.iter().any(has_flat_ring),
        _ => false,
    }
}

pub(super) fn bbox_geometry(numbers: &[Box<Expr>], crs: Crs) -> Result<Geometry<f64>, FilterError> {
    let numbers: Vec<String> = numbers
        .iter()
        .map(|number| match **number {
            Expr::Float(number) => number.to_string(),
            _ => "?".to_owned(),
        })
        .collect();
    let Window { bbox, outline } = window(&numbers.join(","), crs)
        .map_err(|error| FilterError::new(format!("BBOX: {error}")))?;
    if let Some(outline) = outline {
        return Ok(outline);
    }
    let mut parts: Vec<Geometry<f64>> = geodesy::windows(bbox).into_iter().map(shape).collect();
    Ok(match parts.len() {
        1 => parts.remove(0),
        _ => Geometry::GeometryCollection(parts.into()),
    })
}

/// A window as what it is: without width or height a line, without both a point.
fn shape(window: Rect<f64>) -> Geometry<f64> {
    match (window.width() > 0., window.height() > 0.) {
        (true, true) => Geometry::Polygon(window.to_polygon()),
        (false, false) => Geometry::Point(window.min().into()),
        _ => Geometry::LineString(vec![window.min(), window.max()].into()),
    }
}

/// A geometry of the filter as longitude and latitude. Its points are
/// transformed; between them its edges are straight there.
pub(super) fn literal(geometry: &cql2::Geometry, crs: Crs) -> Result<Geometry<f64>, FilterError> {
    let wrong = |error: &dyn std::fmt::Display| {
        FilterError::new(format!("a geometry cannot be read: {error}"))
    };
    // The crate's own GeoJSON is of another version than ours: texts meet.
    let json = serde_json::to_string(geometry).map_err(|error| wrong(&error))?;
    let geometry: geojson::Geometry = serde_json::from_str(&json).map_err(|error| wrong(&error))?;
    if !is_closed(&geometry.value) {
        return Err(FilterError::new("a ring is not closed; end it with its first position"));
    }
    let geometry = Geometry::try_from(geometry).map_err(|error| wrong(&error))?;
    if has_flat_ring(&geometry) {
        return Err(FilterError::new(
            "a ring has no inside, or runs back along itself; write a line or a point, or leave \
             the spike out",
        ));
    }
    if geometry.bounding_rect().is_none() {
        return Err(FilterError::new("a geometry is empty"));
    }
    let unsound = |at: &Coord<f64>| at.x.abs() > 180. || at.y.abs() > 90.;
    if crs == Crs::Crs84
        && let Some(at) = geometry.coords_iter().find(unsound)
    {
        return Err(FilterError::new(format!(
            "{}, {} lies outside ±180, ±90; write longitude, then latitude, or say the `filter-crs`",
            at.x, at.y
        )));
    }
    geometry
        .try_map_coords(|at| crs.locate(crs.ordered(at)))
        .map_err(|error| FilterError::new(format!("a geometry: {error}")))
}
