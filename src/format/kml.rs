//! KML 2.2 (OGC 07-147r2), streamed: a Document with its colophon and styles, a
//! Schema of the properties, and a Placemark a feature, with the days on which
//! it holds as its `TimeSpan`; then a Folder of rings, how far off the points are.
//!
//! Points have the mark of whoever views them, in its own colour. A file that
//! names an icon has it fetched from a host, or must be a KMZ; and a mark that is
//! tinted is yellow under the tint, and green for some.

use std::borrow::Cow;
use std::io::{self, Write};

use geo::{Coord, Geometry, LineString, Polygon};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde_json::Value;

use super::Answer;
use super::colophon::Colophon;
use super::looks::{self, Fill, Look};
use super::near::distance_text;
use super::shown::{Row, Shown};
use super::table::{self, Column, ID, cell};
use crate::atlas::Period;
use crate::atlas::schema::{self, PropertyType};
use crate::query::{Hit, Hits, geodesy};

/// Names that KML itself has for parts of a Placemark; GDAL and QGIS read those
/// parts into fields of these names, over data that has the same.
const TAKEN: [&str; 12] = [
    "description",
    "timestamp",
    "begin",
    "end",
    "altitudemode",
    "tessellate",
    "extrude",
    "visibility",
    "draworder",
    "icon",
    "snippet",
    "phonenumber",
];

type Xml<'w> = Writer<&'w mut dyn Write>;

/// Writes an answer.
///
/// # Errors
/// When the output cannot be written to.
pub fn write(answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Answer { shown, hits, .. } = answer;
    let columns = table::columns(answer, &TAKEN);
    let looks = looks::of(shown.layer);
    let mut xml: Xml<'_> = Writer::new(out);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let kml = xml.create_element("kml").with_attribute(("xmlns", "http://www.opengis.net/kml/2.2"));
    kml.write_inner_content(|xml| {
        element(xml, "Document", |xml| {
            let colophon = Colophon::of(shown);
            text(xml, "name", colophon.title)?;
            text(xml, "description", &colophon.text())?;
            for look in &looks {
                style(xml, look, &look.id, matches!(look.fill, Fill::Solid(..)))?;
                if look.fill == Fill::Area && looks::is_hazard(look) {
                    style(xml, look, &surveyed(look), true)?;
                }
            }
            schema(xml, shown, &columns)?;
            for hit in hits.iter() {
                placemark(xml, shown, &shown.row(&hit)?, &columns, &looks)?;
            }
            rings(xml, shown, hits, &columns, &looks)
        })
    })?;
    xml.get_mut().write_all(b"\n")
}

fn element(
    xml: &mut Xml<'_>,
    name: &str,
    inner: impl FnOnce(&mut Xml<'_>) -> io::Result<()>,
) -> io::Result<()> {
    xml.create_element(name).write_inner_content(inner)?;
    Ok(())
}

fn text(xml: &mut Xml<'_>, name: &str, value: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(escaped(value))?;
    Ok(())
}

/// Text as XML 1.0 can hold it: characters that it cannot are replaced, and a
/// carriage return is written so that a reader keeps it.
fn escaped(value: &str) -> BytesText<'_> {
    let is_plain = |c: char| {
        matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
            && !matches!(c, '&' | '<' | '>')
    };
    if value.chars().all(is_plain) {
        return BytesText::from_escaped(value);
    }
    let mut out = String::with_capacity(value.len() + 16);
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            c if is_plain(c) => out.push(c),
            _ => out.push('\u{fffd}'),
        }
    }
    BytesText::from_escaped(out)
}

/// An attribute's value, in which line ends and tabs would be read as blanks.
fn attribute(value: &str) -> Cow<'_, str> {
    let cleaned = value.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c });
    Cow::Owned(cleaned.collect())
}

/// The id of the style of a polygon that a survey gave.
fn surveyed(look: &Look) -> String {
    format!("{}-surveyed", look.id)
}

/// `#rrggbb` as KML has it: opacity, blue, green, red.
fn colour(rgb: &str, opacity: &str) -> String {
    format!("{opacity}{}{}{}", &rgb[5..7], &rgb[3..5], &rgb[1..3])
}

fn style(xml: &mut Xml<'_>, look: &Look, id: &str, filled: bool) -> io::Result<()> {
    let outline = colour(look.colour, "ff");
    xml.create_element("Style").with_attribute(("id", id)).write_inner_content(|xml| {
        element(xml, "LineStyle", |xml| {
            text(xml, "color", &outline)?;
            text(xml, "width", &look.width.to_string())
        })?;
        element(xml, "PolyStyle", |xml| {
            let (rgb, opacity) = match look.fill {
                Fill::Solid(rgb, opacity) if opacity < 0.5 => (rgb, "12"),
                Fill::Solid(rgb, _) => (rgb, "80"),
                Fill::Area | Fill::None => (look.colour, "47"),
            };
            text(xml, "color", &colour(rgb, opacity))?;
            text(xml, "fill", if filled { "1" } else { "0" })?;
            text(xml, "outline", "1")
        })
    })?;
    Ok(())
}

fn schema(xml: &mut Xml<'_>, shown: &Shown<'_>, columns: &[Column<'_>]) -> io::Result<()> {
    let id = attribute(&shown.layer.info.id);
    let element = xml.create_element("Schema").with_attributes([("name", &*id), ("id", &*id)]);
    element.write_inner_content(|xml| {
        field(xml, "string", ID)?;
        for column in columns {
            let kind = match column.kind {
                PropertyType::Integer if fits_int(shown, column.property) => "int",
                PropertyType::Number => "double",
                PropertyType::Boolean => "bool",
                _ => "string",
            };
            field(xml, kind, &column.name)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn field(xml: &mut Xml<'_>, kind: &str, name: &str) -> io::Result<()> {
    let name = attribute(name);
    let element = xml.create_element("SimpleField");
    element.with_attributes([("type", kind), ("name", &*name)]).write_empty()?;
    Ok(())
}

/// Whether all values of a property are whole numbers of 32 bits, as KML's are.
fn fits_int(shown: &Shown<'_>, property: &str) -> bool {
    match shown.layer.schema.get(property).map(|own| &own.column) {
        Some(schema::Column::Integer(cells)) => {
            cells.iter().flatten().all(|whole| i32::try_from(*whole).is_ok())
        }
        _ => false,
    }
}

fn placemark(
    xml: &mut Xml<'_>,
    shown: &Shown<'_>,
    row: &Row<'_>,
    columns: &[Column<'_>],
    looks: &[Look],
) -> io::Result<()> {
    xml.get_mut().write_all(b"\n")?;
    let id = attribute(row.id);
    xml.create_element("Placemark").with_attribute(("id", &*id)).write_inner_content(|xml| {
        if let Some(name) = name(row, columns) {
            text(xml, "name", &name)?;
        }
        time_span(xml, row)?;
        if let Some(look) = looks::look(looks, &row.properties) {
            let filled = look.fill == Fill::Area && looks::is_filled(look, &row.properties);
            let style = if filled { surveyed(look) } else { look.id.clone() };
            text(xml, "styleUrl", &format!("#{style}"))?;
        }
        element(xml, "ExtendedData", |xml| data(xml, shown, row, columns))?;
        match row.geometry.as_deref() {
            Some(geometry) => write_geometry(xml, geometry),
            None => Ok(()),
        }
    })?;
    Ok(())
}

fn time_span(xml: &mut Xml<'_>, row: &Row<'_>) -> io::Result<()> {
    if row.validity == Period::ALWAYS {
        return Ok(());
    }
    element(xml, "TimeSpan", |xml| {
        for (name, day) in [("begin", row.validity.first), ("end", row.validity.last)] {
            if let Some(day) = day {
                text(xml, name, &day.to_string())?;
            }
        }
        Ok(())
    })
}

/// The rings of the points that may be off, in a Folder that readers take for a
/// layer of its own: the points themselves stay what they are. They are dashed,
/// as no surveyed boundary is.
fn rings(
    xml: &mut Xml<'_>,
    shown: &Shown<'_>,
    hits: &Hits,
    columns: &[Column<'_>],
    looks: &[Look],
) -> io::Result<()> {
    let layer = shown.layer;
    let ring = |hit: &Hit| match layer.feature(hit.row).geometry {
        Some(Geometry::Point(centre)) if !shown.skips_geometry => {
            let metres = layer.uncertainty_m(hit.row);
            (metres > 0.).then_some((centre.0, metres))
        }
        _ => None,
    };
    if !hits.iter().any(|hit| ring(&hit).is_some()) {
        return Ok(());
    }
    element(xml, "Folder", |xml| {
        text(xml, "name", &format!("{}: how far off the marks may be", layer.info.title))?;
        text(xml, "description", RINGS)?;
        for hit in hits.iter() {
            let Some((centre, metres)) = ring(&hit) else { continue };
            let row = shown.row(&hit)?;
            let name = name(&row, columns).unwrap_or(Cow::Borrowed(row.id));
            xml.get_mut().write_all(b"\n")?;
            element(xml, "Placemark", |xml| {
                text(xml, "name", &format!("{name}: up to {} off", distance_text(metres)))?;
                time_span(xml, &row)?;
                if let Some(look) = looks::look(looks, &row.properties) {
                    text(xml, "styleUrl", &format!("#{}", look.id))?;
                }
                let dashes = dashes(centre, metres);
                multi(xml, dashes.iter(), |xml, dash| write_line(xml, "LineString", dash))
            })?;
        }
        Ok(())
    })
}

const RINGS: &str = "A ring shows how far the ground that a report speaks of may lie from its \
    mark. It is not the outline of an area.";

/// The dashes of a ring round a point.
fn dashes(centre: Coord<f64>, metres: f64) -> Vec<LineString<f64>> {
    const DASHES: u16 = 36;
    let at =
        |half: u16| geodesy::direct(centre, 360. * f64::from(half) / f64::from(2 * DASHES), metres);
    let dashes = (0..DASHES).map(|dash| [at(2 * dash), at(2 * dash + 1)]);
    // Over the antimeridian one would be drawn round the earth.
    dashes.filter(|[a, b]| (a.x - b.x).abs() < 180.).map(|ends| LineString(ends.into())).collect()
}

fn data(
    xml: &mut Xml<'_>,
    shown: &Shown<'_>,
    row: &Row<'_>,
    columns: &[Column<'_>],
) -> io::Result<()> {
    let url = format!("#{}", attribute(&shown.layer.info.id));
    let element = xml.create_element("SchemaData").with_attribute(("schemaUrl", url.as_str()));
    element.write_inner_content(|xml| {
        datum(xml, ID, row.id)?;
        for column in columns {
            let value = match row.properties.get(column.property) {
                // Readers of flags take them for numbers.
                Some(Value::Bool(flag)) if column.kind == PropertyType::Boolean => {
                    Some(Cow::Borrowed(if *flag { "1" } else { "0" }))
                }
                other => cell(other),
            };
            if let Some(value) = value {
                datum(xml, &column.name, &value)?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

fn datum(xml: &mut Xml<'_>, name: &str, value: &str) -> io::Result<()> {
    let name = attribute(name);
    let element = xml.create_element("SimpleData").with_attribute(("name", &*name));
    element.write_text_content(escaped(value))?;
    Ok(())
}

/// What a Placemark is called: by its name; where the layer knows none, by its
/// title or id. One without a name in a layer with names stays without.
fn name<'a>(row: &'a Row<'_>, columns: &[Column<'_>]) -> Option<Cow<'a, str>> {
    let named = columns.iter().find(|column| column.property.eq_ignore_ascii_case("name"));
    match named {
        Some(column) => cell(row.properties.get(column.property)),
        None => cell(row.properties.get("title")).or(Some(Cow::Borrowed(row.id))),
    }
}

fn write_geometry(xml: &mut Xml<'_>, geometry: &Geometry<f64>) -> io::Result<()> {
    match geometry {
        Geometry::Point(point) => write_point(xml, point.0),
        Geometry::Line(line) => write_line(xml, "LineString", &line.into()),
        Geometry::LineString(line) => write_line(xml, "LineString", line),
        Geometry::Polygon(polygon) => write_polygon(xml, polygon),
        Geometry::Rect(rect) => write_polygon(xml, &rect.to_polygon()),
        Geometry::Triangle(triangle) => write_polygon(xml, &triangle.to_polygon()),
        Geometry::MultiPoint(points) => multi(xml, points.iter(), |xml, p| write_point(xml, p.0)),
        Geometry::MultiLineString(lines) => {
            multi(xml, lines.iter(), |xml, line| write_line(xml, "LineString", line))
        }
        Geometry::MultiPolygon(polygons) => multi(xml, polygons.iter(), write_polygon),
        Geometry::GeometryCollection(parts) => multi(xml, parts.iter(), write_geometry),
    }
}

fn multi<T>(
    xml: &mut Xml<'_>,
    parts: impl Iterator<Item = T>,
    mut write: impl FnMut(&mut Xml<'_>, T) -> io::Result<()>,
) -> io::Result<()> {
    element(xml, "MultiGeometry", |xml| {
        for part in parts {
            write(xml, part)?;
        }
        Ok(())
    })
}

fn write_point(xml: &mut Xml<'_>, at: Coord<f64>) -> io::Result<()> {
    element(xml, "Point", |xml| coordinates(xml, &[at]))
}

fn write_line(xml: &mut Xml<'_>, name: &str, line: &LineString<f64>) -> io::Result<()> {
    element(xml, name, |xml| {
        // Along the ground, not through it.
        text(xml, "tessellate", "1")?;
        coordinates(xml, &line.0)
    })
}

fn write_polygon(xml: &mut Xml<'_>, polygon: &Polygon<f64>) -> io::Result<()> {
    let ring = |xml: &mut Xml<'_>, ring: &LineString<f64>| {
        element(xml, "LinearRing", |xml| coordinates(xml, &ring.0))
    };
    element(xml, "Polygon", |xml| {
        text(xml, "tessellate", "1")?;
        element(xml, "outerBoundaryIs", |xml| ring(xml, polygon.exterior()))?;
        for hole in polygon.interiors() {
            element(xml, "innerBoundaryIs", |xml| ring(xml, hole))?;
        }
        Ok(())
    })
}

fn coordinates(xml: &mut Xml<'_>, coords: &[Coord<f64>]) -> io::Result<()> {
    element(xml, "coordinates", |xml| {
        let out = xml.get_mut();
        for (index, coord) in coords.iter().enumerate() {
            let blank = if index > 0 { " " } else { "" };
            write!(out, "{blank}{},{}", coord.x, coord.y)?;
        }
        Ok(())
    })
}
