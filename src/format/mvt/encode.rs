//! The bytes of a Mapbox vector tile, version 2.1: four protobuf messages, each
//! written once, front to back. (A library of messages would build every feature
//! as objects first, which costs more than drawing it.)

use super::shape::Shape;
use super::values::{Key, NOTHING, Values};
use crate::query::tile::{EXTENT, Units};

/// A layer of a tile in the making: things are drawn, one after the other, and then given
/// their attributes, key by key, since the values of a key lie side by side and are of one
/// type.
pub struct TileLayer {
    /// The layer's north-west corner.
    origin: Units,
    name: String,
    /// What is drawn, one after the other.
    geometries: Vec<u8>,
    features: Vec<Drawn>,
    keys: Vec<String>,
    /// Of each key the places of the values of the things, as far as the last that has one.
    places: Vec<Vec<u32>>,
    values: Values,
}

/// A feature: of a thing of several shapes there are several.
struct Drawn {
    /// The number of the thing that it is of.
    thing: u32,
    /// Points, lines or polygons.
    kind: u8,
    /// Where its geometry ends.
    end: usize,
}

impl TileLayer {
    /// An empty layer.
    #[must_use]
    pub fn new(name: &str, keys: Vec<String>, origin: Units) -> Self {
        Self {
            origin,
            name: name.to_owned(),
            geometries: Vec::new(),
            features: Vec::new(),
            places: vec![Vec::new(); keys.len()],
            keys,
            values: Values::default(),
        }
    }

    /// Draws a shape of a thing. Things are numbered in the order in which they are drawn.
    pub fn draw(&mut self, thing: u32, shape: Shape<'_>) {
        let kind = commands(&mut self.geometries, shape, self.origin);
        self.features.push(Drawn { thing, kind, end: self.geometries.len() });
    }

    /// The key with a number, to be told its value of each thing drawn, in their order.
    pub fn key(&mut self, number: usize) -> Key<'_> {
        let things = self.features.last().map_or(0, |last| last.thing as usize + 1);
        Key::new(&mut self.places[number], &mut self.values, things)
    }

    /// Appends the layer to a tile; nothing where it has no features.
    pub fn write(&self, tile: &mut Vec<u8>) {
        if self.features.is_empty() {
            return;
        }
        let values = self.values.bytes();
        let mut layer = Vec::with_capacity(2 * self.geometries.len() + values.len());
        varint_field(&mut layer, 15, 2);
        bytes_field(&mut layer, 1, self.name.as_bytes());
        let (mut tags, mut start) = (Vec::new(), 0);
        for Drawn { thing, kind, end } in &self.features {
            tags.clear();
            for (key, places) in (0..).zip(&self.places) {
                if let Some(place) = places.get(*thing as usize).filter(|it| **it != NOTHING) {
                    varint(&mut tags, key);
                    varint(&mut tags, (*place).into());
                }
            }
            let geometry = &self.geometries[start..*end];
            start = *end;
            let length = bytes_length(tags.len()) + 2 + bytes_length(geometry.len());
            varint(&mut layer, 2 << 3 | 2);
            varint(&mut layer, length as u64);
            bytes_field(&mut layer, 2, &tags);
            varint_field(&mut layer, 3, (*kind).into());
            bytes_field(&mut layer, 4, geometry);
        }
        for key in &self.keys {
            bytes_field(&mut layer, 3, key.as_bytes());
        }
        layer.extend_from_slice(values);
        varint_field(&mut layer, 5, EXTENT.unsigned_abs());
        bytes_field(tile, 3, &layer);
    }
}

const MOVE_TO: u64 = 1;
const LINE_TO: u64 = 2;
const CLOSE_PATH: u64 = 7;

/// Writes the commands that draw a shape, and tells its type.
fn commands(out: &mut Vec<u8>, shape: Shape<'_>, origin: Units) -> u8 {
    let mut pen = origin;
    match shape {
        Shape::Points(points) => {
            command(out, MOVE_TO, points.len());
            for at in points {
                step(out, &mut pen, *at);
            }
            1
        }
        Shape::Lines(lines) => {
            for line in lines.iter() {
                path(out, &mut pen, line);
            }
            2
        }
        Shape::Polygons(rings) => {
            for ring in rings.iter() {
                path(out, &mut pen, ring);
                command(out, CLOSE_PATH, 1);
            }
            3
        }
    }
}

fn path(out: &mut Vec<u8>, pen: &mut Units, line: &[Units]) {
    let Some((first, rest)) = line.split_first() else { return };
    command(out, MOVE_TO, 1);
    step(out, pen, *first);
    command(out, LINE_TO, rest.len());
    for at in rest {
        step(out, pen, *at);
    }
}

fn command(out: &mut Vec<u8>, id: u64, count: usize) {
    varint(out, id | (count as u64) << 3);
}

fn step(out: &mut Vec<u8>, pen: &mut Units, to: Units) {
    varint(out, zigzag(to.x - pen.x));
    varint(out, zigzag(to.y - pen.y));
    *pen = to;
}

/// Signed numbers as protobuf has them in few bytes.
pub(super) fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63).cast_unsigned()
}

pub(super) fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        #[allow(clippy::cast_possible_truncation)] // The low seven bits are meant.
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    #[allow(clippy::cast_possible_truncation)] // Less than 128.
    out.push(number as u8);
}

pub(super) fn varint_field(out: &mut Vec<u8>, field: u64, number: u64) {
    varint(out, field << 3);
    varint(out, number);
}

/// The bytes that a number takes.
pub(super) fn varint_length(number: u64) -> usize {
    let bits = 64 - (number | 1).leading_zeros() as usize;
    bits.div_ceil(7)
}

/// The bytes that a field of so many bytes takes, of which less than 16 fields there are.
pub(super) fn bytes_length(bytes: usize) -> usize {
    1 + varint_length(bytes as u64) + bytes
}

pub(super) fn bytes_field(out: &mut Vec<u8>, field: u64, bytes: &[u8]) {
    varint(out, field << 3 | 2);
    varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::super::paths::Paths;
    use super::super::values::Attribute;
    use super::*;

    #[test]
    fn the_example_of_the_specification_is_written_byte_for_byte() {
        // Sections 4.3.5.4 and 4.3.5.6: a line and a polygon, as command integers.
        let at = |x, y| Units { x, y };
        let (mut lines, mut polygon) = (Paths::default(), Paths::default());
        lines.add(&[at(2, 2), at(2, 10), at(10, 10)]);
        lines.add(&[at(1, 1), at(3, 5)]);
        polygon.add(&[at(3, 6), at(8, 12), at(20, 34)]);
        let mut bytes = Vec::new();
        assert_eq!(commands(&mut bytes, Shape::Lines(&lines), at(0, 0)), 2);
        assert_eq!(bytes, [9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8]);
        let mut bytes = Vec::new();
        assert_eq!(commands(&mut bytes, Shape::Polygons(&polygon), at(0, 0)), 3);
        assert_eq!(bytes, [9, 6, 12, 18, 10, 12, 24, 44, 15]);
    }

    #[test]
    fn numbers_take_as_many_bytes_as_they_need() {
        let mut bytes = Vec::new();
        varint(&mut bytes, 300);
        assert_eq!(bytes, [0xac, 0x02]);
        for number in [0, 1, 127, 128, 16_383, 16_384, u64::MAX] {
            let mut bytes = Vec::new();
            varint(&mut bytes, number);
            assert_eq!(bytes.len(), varint_length(number));
        }
        assert_eq!([0, -1, 1, -2, i64::MAX].map(zigzag), [0, 1, 2, 3, u64::MAX - 1]);
    }

    #[test]
    fn each_feature_has_the_values_of_its_thing() {
        let at = |x| [Units { x, y: 5 }];
        let names = ["first", "gaps", "last", "never"].map(str::to_owned).to_vec();
        let mut layer = TileLayer::new("x", names, Units { x: 0, y: 0 });
        // The second is of two shapes.
        for (thing, x) in [(0, 1), (1, 2), (1, 3), (2, 4)] {
            layer.draw(thing, Shape::Points(&at(x)));
        }
        let mut last = layer.key(2);
        last.nothing();
        last.nothing();
        last.unique(Attribute::Text("z"));
        let mut gaps = layer.key(1);
        gaps.numbered(7, || Attribute::Integer(7));
        gaps.nothing();
        gaps.numbered(7, || Attribute::Integer(7));
        let mut first = layer.key(0);
        for text in ["a", "b", "a"] {
            first.value(Attribute::Text(text));
        }
        let mut never = layer.key(3);
        (0..3).for_each(|_| never.nothing());
        let mut tile = Vec::new();
        layer.write(&mut tile);
        let features = mvt_reader::Reader::new(tile).unwrap().get_features(0).unwrap();
        let said = features.iter().map(|feature| {
            let properties = feature.properties.iter().flatten();
            let mut all: Vec<String> =
                properties.map(|(name, value)| format!("{name} {value:?}")).collect();
            all.sort();
            all.join(", ")
        });
        let said: Vec<String> = said.collect();
        assert_eq!(said[0], "first String(\"a\"), gaps SInt(7)");
        assert_eq!(said[1], "first String(\"b\")");
        assert_eq!(said[2], said[1]);
        assert_eq!(said[3], "first String(\"a\"), gaps SInt(7), last String(\"z\")");
    }
}
