//! `FlatGeobuf`, with its packed index. Features stand in the order of the index
//! and are encoded twice, once for their length, so that nothing but the index
//! is held. The library's own writer knows no feature without a geometry, and an
//! area that nobody located must not be lost nor put on a place.

use std::io::{self, Write};

use ::flatgeobuf::packed_r_tree::{NodeItem, PackedRTree, calc_extent, hilbert_sort};
use ::flatgeobuf::{
    Column as FgbColumn, ColumnArgs, ColumnType, Crs, CrsArgs, Feature, FeatureArgs,
    Geometry as FgbGeometry, GeometryArgs, GeometryType, Header, HeaderArgs,
};
use flatbuffers::{FlatBufferBuilder, WIPOffset};
use geo::{BoundingRect, Coord, Geometry, LineString, Polygon};
use serde_json::{Map, Value, json};

use super::Answer;
use super::colophon::Colophon;
use super::shown::Row;
use super::table::{self, Column, ID, Shape};
use crate::atlas::schema::PropertyType;
use crate::query::Stop;

/// Version 3 of the format.
const MAGIC_BYTES: [u8; 8] = *b"fgb\x03fgb\x00";

/// Bytes of the index that are held for each feature while it is written: a node, what
/// those above take of it, and its place.
pub const HELD: usize = size_of::<NodeItem>() * 17 / 16 + size_of::<usize>();

/// Writes an answer.
///
/// # Errors
/// When the output cannot be written to.
pub fn write(answer: &Answer<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Answer { shown, hits, .. } = answer;
    let columns = table::columns(answer, &[]);
    let shape = Shape::of(shown.layer);
    let mut encoder = Encoder { buffer: FlatBufferBuilder::new(), columns: &columns, shape };

    let mut nodes: Vec<NodeItem> = Vec::with_capacity(hits.len());
    for (place, hit) in (0u64..).zip(hits.iter()) {
        shown.stop.map_or(Ok(()), Stop::check)?;
        nodes.push(node(shown.geometry(&hit).as_deref(), place));
    }
    let extent = calc_extent(&nodes);
    // Boxes without ground are found by no window; a tree of nothing else is none.
    let indexed = extent.min_x <= extent.max_x;
    out.write_all(&MAGIC_BYTES)?;
    out.write_all(&header(answer, &columns, shape, indexed.then_some(&extent)))?;
    if indexed {
        hilbert_sort(&mut nodes, &extent);
    }
    let order: Vec<usize> =
        nodes.iter().map(|node| usize::try_from(node.offset).unwrap_or_default()).collect();
    let sorted = || order.iter().filter_map(|place| hits.get(*place));
    if indexed {
        let mut start = 0;
        for (node, hit) in nodes.iter_mut().zip(sorted()) {
            node.offset = start;
            start += encoder.feature(&shown.row(&hit)?).len() as u64;
        }
        let tree = PackedRTree::build(&nodes, &extent, PackedRTree::DEFAULT_NODE_SIZE);
        drop(nodes);
        tree.map_err(io::Error::other)?.stream_write(&mut &mut *out)?;
    }
    for hit in sorted() {
        out.write_all(encoder.feature(&shown.row(&hit)?))?;
    }
    Ok(())
}

/// The box of a geometry; that of none holds no point.
fn node(geometry: Option<&Geometry<f64>>, place: u64) -> NodeItem {
    let mut node = NodeItem::create(place);
    if let Some(rect) = geometry.and_then(BoundingRect::bounding_rect) {
        node.expand_xy(rect.min().x, rect.min().y);
        node.expand_xy(rect.max().x, rect.max().y);
    }
    node
}

fn header(
    answer: &Answer<'_>,
    columns: &[Column<'_>],
    shape: Option<Shape>,
    extent: Option<&NodeItem>,
) -> Vec<u8> {
    let shown = &answer.shown;
    let colophon = Colophon::of(shown);
    let parts: Map<String, Value> =
        colophon.parts().map(|(name, value)| (name.to_owned(), json!(value))).collect();

    let mut buffer = FlatBufferBuilder::new();
    let id = std::iter::once((ID, ColumnType::String));
    let all = id.chain(columns.iter().map(|column| (column.name.as_str(), kind(column.kind))));
    let columns: Vec<_> = all
        .map(|(name, type_)| {
            let name = Some(buffer.create_string(name));
            FgbColumn::create(&mut buffer, &ColumnArgs { name, type_, ..ColumnArgs::default() })
        })
        .collect();
    let columns = Some(buffer.create_vector(&columns));
    let org = Some(buffer.create_string("EPSG"));
    let crs = CrsArgs { org, code: shown.crs.code(), ..CrsArgs::default() };
    let crs = Some(Crs::create(&mut buffer, &crs));
    let envelope = extent.map(|extent| {
        buffer.create_vector(&[extent.min_x, extent.min_y, extent.max_x, extent.max_y])
    });
    let header = HeaderArgs {
        name: Some(buffer.create_string(&shown.layer.info.id)),
        envelope,
        geometry_type: shape.map_or(GeometryType::Unknown, geometry_type),
        columns,
        features_count: answer.hits.len() as u64,
        index_node_size: extent.map_or(0, |_| PackedRTree::DEFAULT_NODE_SIZE),
        crs,
        title: Some(buffer.create_string(colophon.title)),
        description: Some(buffer.create_string(&colophon.text())),
        metadata: Some(buffer.create_string(&Value::Object(parts).to_string())),
        ..HeaderArgs::default()
    };
    let header = Header::create(&mut buffer, &header);
    buffer.finish_size_prefixed(header, None);
    buffer.finished_data().to_vec()
}

fn kind(kind: PropertyType) -> ColumnType {
    match kind {
        PropertyType::Text | PropertyType::Date => ColumnType::String,
        PropertyType::Integer => ColumnType::Long,
        PropertyType::Number => ColumnType::Double,
        PropertyType::Boolean => ColumnType::Bool,
        PropertyType::Timestamp => ColumnType::DateTime,
        PropertyType::Array | PropertyType::Json => ColumnType::Json,
    }
}

fn geometry_type(shape: Shape) -> GeometryType {
    match shape {
        Shape::Point => GeometryType::Point,
        Shape::LineString => GeometryType::LineString,
        Shape::Polygon => GeometryType::Polygon,
        Shape::MultiPoint => GeometryType::MultiPoint,
        Shape::MultiLineString => GeometryType::MultiLineString,
        Shape::MultiPolygon => GeometryType::MultiPolygon,
        Shape::Any => GeometryType::Unknown,
    }
}

struct Encoder<'a> {
    buffer: FlatBufferBuilder<'a>,
    columns: &'a [Column<'a>],
    shape: Option<Shape>,
}

type Encoded<'a> = WIPOffset<FgbGeometry<'a>>;

impl<'a> Encoder<'a> {
    /// A feature's bytes, its length before them.
    fn feature(&mut self, row: &Row<'_>) -> &[u8] {
        self.buffer.reset();
        let geometry = row.geometry.as_deref().map(|geometry| {
            let cast = self.shape.unwrap_or(Shape::Any).cast(geometry);
            self.geometry(&cast)
        });
        let properties = properties(row, self.columns);
        let properties = Some(self.buffer.create_vector(&properties));
        let args = FeatureArgs { geometry, properties, ..FeatureArgs::default() };
        let feature = Feature::create(&mut self.buffer, &args);
        self.buffer.finish_size_prefixed(feature, None);
        self.buffer.finished_data()
    }

    fn geometry(&mut self, geometry: &Geometry<f64>) -> Encoded<'a> {
        match geometry {
            Geometry::Point(point) => self.flat(GeometryType::Point, &[&[point.0]]),
            Geometry::Line(line) => self.flat(GeometryType::LineString, &[&[line.start, line.end]]),
            Geometry::LineString(line) => self.flat(GeometryType::LineString, &[&line.0]),
            Geometry::MultiPoint(points) => {
                let coords: Vec<Coord<f64>> = points.iter().map(|point| point.0).collect();
                self.flat(GeometryType::MultiPoint, &[&coords])
            }
            Geometry::MultiLineString(lines) => {
                let parts: Vec<&[Coord<f64>]> =
                    lines.iter().map(|line| line.0.as_slice()).collect();
                self.flat(GeometryType::MultiLineString, &parts)
            }
            Geometry::Polygon(polygon) => self.polygon(polygon),
            Geometry::Rect(rect) => self.polygon(&rect.to_polygon()),
            Geometry::Triangle(triangle) => self.polygon(&triangle.to_polygon()),
            Geometry::MultiPolygon(polygons) => {
                let parts: Vec<_> = polygons.iter().map(|polygon| self.polygon(polygon)).collect();
                self.parts(GeometryType::MultiPolygon, &parts)
            }
            Geometry::GeometryCollection(members) => {
                let parts: Vec<_> = members.iter().map(|member| self.geometry(member)).collect();
                self.parts(GeometryType::GeometryCollection, &parts)
            }
        }
    }

    fn polygon(&mut self, polygon: &Polygon<f64>) -> Encoded<'a> {
        let rings: Vec<&[Coord<f64>]> = std::iter::once(polygon.exterior())
            .chain(polygon.interiors())
            .map(|ring: &LineString<f64>| ring.0.as_slice())
            .collect();
        self.flat(GeometryType::Polygon, &rings)
    }

    /// Positions one after another, and where each run of them ends.
    fn flat(&mut self, type_: GeometryType, runs: &[&[Coord<f64>]]) -> Encoded<'a> {
        let xy: Vec<f64> =
            runs.iter().flat_map(|run| run.iter().flat_map(|c| [c.x, c.y])).collect();
        let xy = Some(self.buffer.create_vector(&xy));
        // Readers ask for the ends of a MultiLineString even where it has one part.
        let ends = (runs.len() > 1 || type_ == GeometryType::MultiLineString).then(|| {
            let ends = runs.iter().scan(0u32, |end, run| {
                *end += u32::try_from(run.len()).unwrap_or(u32::MAX);
                Some(*end)
            });
            let ends: Vec<u32> = ends.collect();
            self.buffer.create_vector(&ends)
        });
        let args = GeometryArgs { xy, ends, type_, ..GeometryArgs::default() };
        FgbGeometry::create(&mut self.buffer, &args)
    }

    fn parts(&mut self, type_: GeometryType, parts: &[Encoded<'a>]) -> Encoded<'a> {
        let parts = Some(self.buffer.create_vector(parts));
        let args = GeometryArgs { parts, type_, ..GeometryArgs::default() };
        FgbGeometry::create(&mut self.buffer, &args)
    }
}

/// The values that are given, each after the number of its column.
fn properties(row: &Row<'_>, columns: &[Column<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    number(&mut out, 0);
    text(&mut out, row.id);
    for (place, column) in (1u16..).zip(columns) {
        let Some(value) = row.properties.get(column.property).filter(|value| !value.is_null())
        else {
            continue;
        };
        let start = out.len();
        number(&mut out, place);
        match (column.kind, value) {
            (PropertyType::Integer, value) => match value.as_i64() {
                Some(whole) => out.extend(whole.to_le_bytes()),
                None => out.truncate(start),
            },
            (PropertyType::Number, value) => match value.as_f64() {
                Some(real) => out.extend(real.to_le_bytes()),
                None => out.truncate(start),
            },
            (PropertyType::Boolean, value) => out.push(u8::from(value == &Value::Bool(true))),
            (PropertyType::Array | PropertyType::Json, value) => text(&mut out, &value.to_string()),
            (_, Value::String(value)) => text(&mut out, value),
            (_, other) => text(&mut out, &other.to_string()),
        }
    }
    out
}

fn number(out: &mut Vec<u8>, column: u16) {
    out.extend(column.to_le_bytes());
}

fn text(out: &mut Vec<u8>, value: &str) {
    let length = u32::try_from(value.len()).unwrap_or(u32::MAX);
    out.extend(length.to_le_bytes());
    out.extend(value.as_bytes());
}
