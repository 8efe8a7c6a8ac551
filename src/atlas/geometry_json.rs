//! Geometries as GeoJSON.

use std::fmt::Write as _;

use geo::{Coord, Geometry};

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
