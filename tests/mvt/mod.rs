//! Tiles as tests see them: fetched, and decoded by `mvt-reader`.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Tiles are numbered by u32.

use std::collections::HashMap;

use geo::{CoordsIter, Geometry, LineString, LinesIter};
use mvt_reader::Reader;
use mvt_reader::feature::{Feature, Value};

use crate::common::Server;

/// Where a tile lies.
#[derive(Clone, Copy, Debug)]
pub struct Address {
    pub zoom: u32,
    pub row: u32,
    pub column: u32,
}

const EXTENT: i64 = 4096;
const BUFFER: i64 = 128;

impl Address {
    /// A vertex of the whole grid in this tile's own units.
    pub fn local(self, (x, y): (i64, i64)) -> (i64, i64) {
        (x - i64::from(self.column) * EXTENT, y - i64::from(self.row) * EXTENT)
    }

    fn global(self, (x, y): (i64, i64)) -> (i64, i64) {
        (x + i64::from(self.column) * EXTENT, y + i64::from(self.row) * EXTENT)
    }

    /// Whether a vertex lies inside what this tile shows; on the rim lie those
    /// that clipping makes.
    pub fn shows(self, at: (i64, i64)) -> bool {
        let (x, y) = self.local(at);
        let within = |along: i64| along > -BUFFER && along < EXTENT + BUFFER;
        within(x) && within(y)
    }

    /// The vertices of a feature inside what this tile shows, in units of the grid.
    pub fn inner(self, feature: &Decoded) -> impl Iterator<Item = (i64, i64)> + '_ {
        feature.vertices().map(move |at| self.global(at)).filter(move |at| self.shows(*at))
    }
}

/// Where four tiles meet.
pub struct Corner {
    zoom: u32,
    row: u32,
    column: u32,
}

impl Corner {
    /// The corner of a zoom that lies nearest to a position.
    pub fn nearest(zoom: u32, longitude: f64, latitude: f64) -> Self {
        let (x, y) = grid(zoom, longitude, latitude);
        Self { zoom, row: y.round() as u32, column: x.round() as u32 }
    }

    pub fn tiles(&self) -> [Address; 4] {
        let Self { zoom, row, column } = *self;
        [(1, 1), (1, 0), (0, 1), (0, 0)].map(|(up, left)| Address {
            zoom,
            row: row - up,
            column: column - left,
        })
    }
}

/// A position in tiles from the grid's north-west corner.
fn grid(zoom: u32, longitude: f64, latitude: f64) -> (f64, f64) {
    let tiles = f64::from(1_u32 << zoom);
    let north = latitude.to_radians().sin().atanh() / std::f64::consts::PI;
    ((longitude + 180.) / 360. * tiles, (1. - north) / 2. * tiles)
}

/// The tiles of a zoom over a window: west, south, east, north.
pub fn covering(zoom: u32, [west, south, east, north]: [f64; 4]) -> Vec<Address> {
    let (left, top) = grid(zoom, west, north);
    let (right, bottom) = grid(zoom, east, south);
    let rows = top as u32..=bottom as u32;
    rows.flat_map(|row| {
        (left as u32..=right as u32).map(move |column| Address { zoom, row, column })
    })
    .collect()
}

/// A feature of a tile.
#[derive(Clone, Debug)]
pub struct Decoded {
    geometry: Geometry<i32>,
    properties: HashMap<String, Value>,
}

/// The features of a tile, of all its layers. `owner` is the path before `/tiles`.
pub fn fetch(server: &Server, owner: &str, tile: Address, query: &str) -> Vec<Decoded> {
    let Address { zoom, row, column } = tile;
    let target = format!("{owner}/tiles/WebMercatorQuad/{zoom}/{row}/{column}{query}");
    let answer = server.get(&target);
    match answer.status {
        204 => return Vec::new(),
        200 => {}
        _ => panic!("{target}: {}", answer.text()),
    }
    let reader = Reader::new(answer.body).unwrap();
    let layers = reader.get_layer_metadata().unwrap();
    assert!(!layers.is_empty(), "{target} has a body without layers");
    let decoded = layers.iter().flat_map(|layer| {
        assert_eq!((layer.version, layer.extent), (2, 4096));
        reader.get_features_as::<i32>(layer.layer_index).unwrap()
    });
    let decoded: Vec<Decoded> = decoded
        .map(|Feature { geometry, properties, .. }| Decoded {
            geometry,
            properties: properties.unwrap_or_default(),
        })
        .collect();
    assert_eq!(decoded.len(), layers.iter().map(|layer| layer.feature_count).sum::<usize>());
    decoded
}

/// The names of a tile's layers.
pub fn names(bytes: &[u8]) -> Vec<String> {
    Reader::new(bytes.to_vec()).unwrap().get_layer_names().unwrap()
}

impl Decoded {
    pub fn id(&self) -> &str {
        self.text("id").expect("a feature has an id")
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        match self.properties.get(name)? {
            Value::String(text) => Some(text),
            other => panic!("{name} is {other:?}"),
        }
    }

    pub fn number(&self, name: &str) -> Option<f64> {
        match self.properties.get(name)? {
            Value::Double(number) => Some(*number),
            other => panic!("{name} is {other:?}"),
        }
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.properties.keys().map(String::as_str)
    }

    /// A property as GeoJSON would have it.
    pub fn json(&self, name: &str) -> Option<serde_json::Value> {
        Some(match self.properties.get(name)? {
            Value::String(text) => text.as_str().into(),
            Value::Double(number) => (*number).into(),
            Value::SInt(whole) => (*whole).into(),
            Value::Bool(flag) => (*flag).into(),
            other => panic!("{name} is {other:?}"),
        })
    }

    /// All its vertices, in units of the tile.
    pub fn vertices(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        self.geometry.coords_iter().map(|at| (i64::from(at.x), i64::from(at.y)))
    }
}

/// Whether a vertex lies on an edge of one of some polygons, itself in the tile's
/// units: no farther off than rounding to units moves a line.
pub fn is_on_edge(polygons: &[Decoded], (x, y): (i64, i64)) -> bool {
    let rings = polygons.iter().flat_map(|one| match &one.geometry {
        Geometry::Polygon(polygon) => vec![polygon.clone()],
        Geometry::MultiPolygon(polygons) => polygons.0.clone(),
        _ => Vec::new(),
    });
    let rings: Vec<LineString<i32>> = rings
        .flat_map(|polygon| {
            let (exterior, mut rings) = polygon.into_inner();
            rings.push(exterior);
            rings
        })
        .collect();
    rings.iter().flat_map(LinesIter::lines_iter).any(|line| {
        let (start, end) = (line.start, line.end);
        let [ax, ay, bx, by] = [start.x, start.y, end.x, end.y].map(i64::from);
        let (dx, dy) = (bx - ax, by - ay);
        let along = (x - ax) * dx + (y - ay) * dy;
        let across = (x - ax) * dy - (y - ay) * dx;
        let length = dx * dx + dy * dy;
        length > 0 && (0..=length).contains(&along) && 4 * across * across <= length
    })
}

/// The properties that a layer of a style asks for.
pub fn asked(layer: &serde_json::Value) -> Vec<String> {
    let mut names = Vec::new();
    let mut open = vec![layer];
    while let Some(value) = open.pop() {
        if let Some([operator, name]) = value.as_array().map(Vec::as_slice)
            && operator == "get"
        {
            names.push(name.as_str().unwrap().to_owned());
        }
        open.extend(value.as_array().into_iter().flatten());
        open.extend(value.as_object().into_iter().flatten().map(|(_, member)| member));
    }
    names
}

/// The beginning of a day in decimal years.
pub fn years(day: &str) -> f64 {
    let day: jiff::civil::Date = day.parse().unwrap();
    f64::from(day.year()) + f64::from(day.day_of_year() - 1) / f64::from(day.days_in_year())
}

/// A JSON text.
pub fn text(value: &serde_json::Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// The positions in coordinates of GeoJSON, as `longitude,latitude`.
pub fn positions(coordinates: &serde_json::Value) -> Vec<String> {
    match coordinates.as_array().map(Vec::as_slice) {
        Some([x, y]) if x.is_number() => vec![format!("{x},{y}")],
        Some(parts) => parts.iter().flat_map(positions).collect(),
        None => Vec::new(),
    }
}
