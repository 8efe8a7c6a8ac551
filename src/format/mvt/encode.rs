//! The bytes of a Mapbox vector tile, version 2.1: four protobuf messages, each
//! written once, front to back. (A library of messages would build every feature
//! as objects first, which costs more than drawing it.)

use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::shape::Shape;
use crate::query::tile::{EXTENT, Units};

/// A value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Attribute<'a> {
    Text(&'a str),
    Integer(i64),
    Number(f64),
    Flag(bool),
}

/// Where a value stands.
struct Held {
    hash: u64,
    /// Among the values.
    place: u32,
    /// Its bytes.
    stands: Range<usize>,
}

/// The values that a key has had.
#[derive(Default)]
struct Numbered {
    places: HashTable<(u64, u32)>,
    asked: usize,
}

impl Numbered {
    /// So many values show whether they repeat.
    const TELLING: usize = 1024;

    /// Whether looking for a value costs more than what it saves: hardly one stood before.
    fn seldom_repeats(&self) -> bool {
        self.asked > Self::TELLING && self.places.len() * 32 > self.asked * 31
    }
}

/// A layer of a tile in the making.
pub struct TileLayer {
    /// The layer's north-west corner.
    origin: Units,
    name: String,
    keys: Vec<String>,
    values: Vec<u8>,
    /// How many values there are.
    count: u32,
    /// Values by their bytes.
    places: HashTable<Held>,
    /// The places of the values of each key, by their numbers.
    numbered: Vec<Numbered>,
    hasher: DefaultHashBuilder,
    features: Vec<u8>,
    tags: Vec<u8>,
    scratch: Vec<u8>,
}

impl TileLayer {
    /// An empty layer. Attributes are named by their place in `keys`.
    #[must_use]
    pub fn new(name: &str, keys: Vec<String>, origin: Units) -> Self {
        let numbered = keys.iter().map(|_| Numbered::default()).collect();
        Self {
            origin,
            name: name.to_owned(),
            keys,
            numbered,
            values: Vec::new(),
            count: 0,
            places: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            features: Vec::new(),
            tags: Vec::new(),
            scratch: Vec::new(),
        }
    }

    /// Starts the attributes of the next features.
    pub fn begin(&mut self) {
        self.tags.clear();
    }

    /// Adds an attribute to the next features that none before them has had.
    pub fn unique(&mut self, key: u32, value: Attribute<'_>) {
        let place = self.add(value).place;
        self.tag(key, place);
    }

    /// Adds an attribute to the next features. Of one key what has the same number has the
    /// same value: a number is found sooner than a text.
    pub fn numbered(&mut self, key: u32, number: u64, value: Attribute<'_>) {
        let known = &mut self.numbered[key as usize];
        if known.seldom_repeats() {
            return self.unique(key, value);
        }
        known.asked += 1;
        let hash = self.hasher.hash_one(number);
        if let Some((_, place)) = known.places.find(hash, |(other, _)| *other == number) {
            let place = *place;
            return self.tag(key, place);
        }
        let place = self.add(value).place;
        let Self { numbered, hasher, .. } = self;
        let again = |(number, _): &(u64, u32)| hasher.hash_one(number);
        numbered[key as usize].places.insert_unique(hash, (number, place), again);
        self.tag(key, place);
    }

    /// Adds an attribute to the next features.
    pub fn attribute(&mut self, key: u32, value: Attribute<'_>) {
        self.scratch.clear();
        value.write(&mut self.scratch);
        let hash = self.hasher.hash_one(&*self.scratch);
        let is_it = |known: &Held| self.values[known.stands.clone()] == *self.scratch;
        let found = self.places.find(hash, is_it).map(|known| known.place);
        let place = found.unwrap_or_else(|| {
            let added = Held { hash, ..self.add(value) };
            self.places.insert_unique(hash, added, |known| known.hash).get().place
        });
        self.tag(key, place);
    }

    fn add(&mut self, value: Attribute<'_>) -> Held {
        varint(&mut self.values, 4 << 3 | 2);
        varint(&mut self.values, value.length() as u64);
        let start = self.values.len();
        value.write(&mut self.values);
        let place = self.count;
        self.count += 1;
        Held { hash: 0, place, stands: start..self.values.len() }
    }

    fn tag(&mut self, key: u32, place: u32) {
        varint(&mut self.tags, u64::from(key));
        varint(&mut self.tags, u64::from(place));
    }

    /// Adds a feature with the attributes given since [`Self::begin`].
    pub fn feature(&mut self, shape: Shape<'_>) {
        self.scratch.clear();
        let kind = commands(&mut self.scratch, shape, self.origin);
        let Self { features, tags, scratch, .. } = self;
        let length = bytes_length(tags) + 1 + varint_length(kind) + bytes_length(scratch);
        varint(features, 2 << 3 | 2);
        varint(features, length as u64);
        bytes_field(features, 2, tags);
        varint_field(features, 3, kind);
        bytes_field(features, 4, scratch);
    }

    /// Appends the layer to a tile; nothing where it has no features.
    pub fn write(&self, tile: &mut Vec<u8>) {
        if self.features.is_empty() {
            return;
        }
        let mut layer = Vec::with_capacity(self.features.len() + self.values.len() + 1024);
        varint_field(&mut layer, 15, 2);
        bytes_field(&mut layer, 1, self.name.as_bytes());
        layer.extend_from_slice(&self.features);
        for key in &self.keys {
            bytes_field(&mut layer, 3, key.as_bytes());
        }
        layer.extend_from_slice(&self.values);
        varint_field(&mut layer, 5, EXTENT.unsigned_abs());
        bytes_field(tile, 3, &layer);
    }
}

impl Attribute<'_> {
    /// The bytes that it takes.
    fn length(self) -> usize {
        match self {
            Self::Text(text) => bytes_length(text.as_bytes()),
            Self::Number(_) => 1 + size_of::<f64>(),
            Self::Integer(whole) => 1 + varint_length(zigzag(whole)),
            Self::Flag(_) => 2,
        }
    }

    fn write(self, out: &mut Vec<u8>) {
        match self {
            Self::Text(text) => bytes_field(out, 1, text.as_bytes()),
            Self::Number(number) => {
                varint(out, 3 << 3 | 1);
                out.extend_from_slice(&number.to_le_bytes());
            }
            Self::Integer(whole) => varint_field(out, 6, zigzag(whole)),
            Self::Flag(flag) => varint_field(out, 7, u64::from(flag)),
        }
    }
}

const MOVE_TO: u64 = 1;
const LINE_TO: u64 = 2;
const CLOSE_PATH: u64 = 7;

/// Writes the commands that draw a shape, and tells its type.
fn commands(out: &mut Vec<u8>, shape: Shape<'_>, origin: Units) -> u64 {
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
fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63).cast_unsigned()
}

fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        #[allow(clippy::cast_possible_truncation)] // The low seven bits are meant.
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    #[allow(clippy::cast_possible_truncation)] // Less than 128.
    out.push(number as u8);
}

fn varint_field(out: &mut Vec<u8>, field: u64, number: u64) {
    varint(out, field << 3);
    varint(out, number);
}

/// The bytes that a number takes.
fn varint_length(number: u64) -> usize {
    let bits = 64 - (number | 1).leading_zeros() as usize;
    bits.div_ceil(7)
}

/// The bytes that a field of bytes takes, of which less than 16 fields there are.
fn bytes_length(bytes: &[u8]) -> usize {
    1 + varint_length(bytes.len() as u64) + bytes.len()
}

fn bytes_field(out: &mut Vec<u8>, field: u64, bytes: &[u8]) {
    varint(out, field << 3 | 2);
    varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::super::paths::Paths;
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
    fn a_value_stands_once() {
        let mut layer = TileLayer::new("x", vec!["a".into(), "b".into()], Units { x: 0, y: 0 });
        for _ in 0..3 {
            layer.begin();
            layer.attribute(0, Attribute::Text("same"));
            layer.attribute(1, Attribute::Text("same"));
            layer.feature(Shape::Points(&[Units { x: 5, y: 5 }]));
        }
        assert_eq!(layer.count, 1);
        let mut tile = Vec::new();
        layer.write(&mut tile);
        assert_eq!(tile.windows(4).filter(|bytes| bytes == b"same").count(), 1);
    }

    #[test]
    fn a_numbered_value_stands_once_where_values_repeat() {
        let mut layer = TileLayer::new("x", vec!["a".into(), "b".into()], Units { x: 0, y: 0 });
        for number in 0..2000 {
            layer.begin();
            layer.numbered(0, number % 300, Attribute::Integer(-7));
            layer.numbered(1, number % 1500, Attribute::Integer(9));
        }
        // The second key's first 1,024 are all new: what comes after is not looked for.
        assert_eq!(layer.count, 300 + 2000);
    }
}
