//! The values of a layer of a tile: each stands once among them, as far as it is worth
//! looking for, and is known by its place there.

use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

use super::encode::{bytes_field, bytes_length, varint, varint_field, varint_length, zigzag};

/// A value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Attribute<'a> {
    Text(&'a str),
    Integer(i64),
    Number(f64),
    Flag(bool),
}

/// The values of a layer, one after the other.
#[derive(Default)]
pub struct Values {
    bytes: Vec<u8>,
    /// How many there are.
    count: u32,
    /// Those that were looked for by their bytes.
    places: HashTable<Held>,
    hasher: DefaultHashBuilder,
    scratch: Vec<u8>,
}

/// Where a value stands.
struct Held {
    hash: u64,
    /// Among the values.
    place: u32,
    /// Its bytes.
    stands: Range<usize>,
}

impl Values {
    /// All of them, as fields of the layer.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn add(&mut self, value: Attribute<'_>) -> Held {
        varint(&mut self.bytes, 4 << 3 | 2);
        varint(&mut self.bytes, value.length() as u64);
        let start = self.bytes.len();
        value.write(&mut self.bytes);
        let place = self.count;
        self.count += 1;
        Held { hash: 0, place, stands: start..self.bytes.len() }
    }

    /// The place of a value, which is added where it is new.
    fn place(&mut self, value: Attribute<'_>) -> u32 {
        self.scratch.clear();
        value.write(&mut self.scratch);
        let hash = self.hasher.hash_one(&*self.scratch);
        let is_it = |known: &Held| self.bytes[known.stands.clone()] == *self.scratch;
        let found = self.places.find(hash, is_it).map(|known| known.place);
        found.unwrap_or_else(|| {
            let added = Held { hash, ..self.add(value) };
            self.places.insert_unique(hash, added, |known| known.hash).get().place
        })
    }
}

/// Stands in the place of a value that a thing has not.
pub const NOTHING: u32 = u32::MAX;

/// A key whose values are being given, thing by thing: each is told of once.
pub struct Key<'a> {
    /// The place of the value of each thing, [`NOTHING`] where it has none; as far as the last
    /// that has one.
    places: &'a mut Vec<u32>,
    values: &'a mut Values,
    numbered: Numbered,
    /// How many things have been told of.
    told: usize,
}

impl<'a> Key<'a> {
    /// A key that may have a value of each of so many things.
    #[must_use]
    pub fn new(places: &'a mut Vec<u32>, values: &'a mut Values, things: usize) -> Self {
        Self { places, values, numbered: Numbered::of(things), told: 0 }
    }

    /// The next thing has no value.
    pub fn nothing(&mut self) {
        self.told += 1;
    }

    /// What had nothing before takes room only now: of many keys few have much.
    fn put(&mut self, place: u32) {
        self.places.resize(self.told, NOTHING);
        self.places.push(place);
        self.told += 1;
    }

    /// The next thing has a value that none before it has had.
    pub fn unique(&mut self, value: Attribute<'_>) {
        let place = self.values.add(value).place;
        self.put(place);
    }

    /// The next thing has a value.
    pub fn value(&mut self, value: Attribute<'_>) {
        let place = self.values.place(value);
        self.put(place);
    }

    /// The next thing has a value with a number. What has the same number has the same value:
    /// a number is found sooner than a text.
    pub fn numbered<'v>(&mut self, number: u64, value: impl FnOnce() -> Attribute<'v>) {
        if self.numbered.seldom_repeats() {
            return self.unique(value());
        }
        let Values { count, hasher, .. } = &*self.values;
        let (place, next) = (self.numbered.place(number, *count, hasher), *count);
        if place == next {
            self.values.add(value());
        }
        self.put(place);
    }
}

/// The places of the values that a key has had, by their numbers.
struct Numbered {
    /// Those of small numbers: one more than the place, nothing where there is none.
    small: Vec<u32>,
    /// Numbers below this are small.
    limit: u64,
    places: HashTable<(u64, u32)>,
    asked: usize,
    /// How many values there are.
    known: usize,
}

impl Numbered {
    /// So many values show whether they repeat.
    const TELLING: usize = 1024;
    /// The room for small numbers, for each thing.
    const ROOM: usize = 16;

    /// None so far, of so many things.
    fn of(things: usize) -> Self {
        let limit = (things * Self::ROOM) as u64;
        Self { small: Vec::new(), limit, places: HashTable::new(), asked: 0, known: 0 }
    }

    /// Whether looking for a value costs more than what it saves: hardly one stood before.
    fn seldom_repeats(&self) -> bool {
        self.asked > Self::TELLING && self.known * 32 > self.asked * 31
    }

    /// The place of the value of a number, which is `next` where it is new.
    fn place(&mut self, number: u64, next: u32, hasher: &DefaultHashBuilder) -> u32 {
        let place = if number < self.limit {
            #[allow(clippy::cast_possible_truncation)] // There is room for it.
            let at = number as usize;
            if at >= self.small.len() {
                self.small.resize(at + 1, 0);
            }
            let place = &mut self.small[at];
            if *place == 0 {
                *place = next + 1;
            }
            *place - 1
        } else {
            let hash = hasher.hash_one(number);
            let is_it = |(other, _): &(u64, u32)| *other == number;
            let again = |(number, _): &(u64, u32)| hasher.hash_one(number);
            match self.places.entry(hash, is_it, again) {
                Entry::Occupied(known) => known.get().1,
                Entry::Vacant(new) => new.insert((number, next)).get().1,
            }
        };
        self.asked += 1;
        self.known += usize::from(place == next);
        place
    }
}

impl Attribute<'_> {
    /// The bytes that it takes.
    fn length(self) -> usize {
        match self {
            Self::Text(text) => bytes_length(text.len()),
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

#[cfg(test)]
mod tests {
    use super::super::encode::TileLayer;
    use super::super::shape::Shape;
    use super::*;
    use crate::query::tile::Units;

    #[test]
    fn a_value_stands_once() {
        let names = ["a", "b"].map(str::to_owned).to_vec();
        let mut layer = TileLayer::new("x", names, Units { x: 0, y: 0 });
        for thing in 0..3 {
            layer.draw(thing, Shape::Points(&[Units { x: 5, y: 5 }]));
        }
        for number in 0..2 {
            let mut key = layer.key(number);
            (0..3).for_each(|_| key.value(Attribute::Text("same")));
        }
        let mut tile = Vec::new();
        layer.write(&mut tile);
        assert_eq!(tile.windows(4).filter(|bytes| bytes == b"same").count(), 1);
    }

    #[test]
    fn a_numbered_value_stands_once_where_values_repeat() {
        let (mut small, mut large, mut values) = (Vec::new(), Vec::new(), Values::default());
        let mut key = Key::new(&mut small, &mut values, 2000);
        for number in 0..2000 {
            key.numbered(number % 300, || Attribute::Integer(-7));
        }
        let mut key = Key::new(&mut large, &mut values, 2000);
        for number in 0..2000 {
            key.numbered(u64::MAX - number % 1500, || Attribute::Integer(9));
        }
        assert_eq!(small[..300], small[300..600]);
        // The second key's first 1,024 are all new: what comes after is not looked for.
        assert_eq!(values.count, 300 + 2000);
    }
}
