//! What properties the features of a layer carry: their names, types, and
//! values as typed columns, so that filters and writers need not read JSON.

use std::collections::HashMap;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::date::Day;

/// What a property holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PropertyType {
    Text,
    Integer,
    Number,
    Boolean,
    /// Calendar days, `2024-04-15`.
    Date,
    /// RFC 3339 instants.
    Timestamp,
    /// Arrays of texts, numbers and flags.
    Array,
    /// Objects, or values of several types.
    Json,
}

/// The values of one property, one a row; `None` is null or not given.
#[derive(Clone, Debug)]
pub enum Column {
    Boolean(Vec<Option<bool>>),
    Integer(Vec<Option<i64>>),
    Number(Vec<Option<f64>>),
    Text(Texts),
    Date(Vec<Option<Day>>),
    Timestamp(Vec<Option<Timestamp>>),
    /// Arrays, objects and mixtures.
    Json(Vec<Option<Value>>),
}

/// Texts by number, since most properties say the same few things.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    rows: Vec<u32>,
    words: Words,
}

/// Texts one after the other.
#[derive(Clone, Debug, Default)]
struct Words {
    text: String,
    ends: Vec<usize>,
}

impl Words {
    fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)?;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.text[start..end])
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).filter_map(|number| self.get(number))
    }

    fn push(&mut self, word: &str) {
        self.text.push_str(word);
        self.ends.push(self.text.len());
    }
}

/// The numbers of words, by the words.
#[derive(Debug, Default)]
struct Numbers {
    hasher: DefaultHashBuilder,
    table: HashTable<u32>,
}

impl Numbers {
    /// The number of a word, which is added where it is new.
    fn number(&mut self, word: &str, words: &mut Words) -> u32 {
        let hash = |word: &str| self.hasher.hash_one(word);
        let is_it = |number: &u32| words.get(*number as usize) == Some(word);
        if let Some(number) = self.table.find(hash(word), is_it) {
            return *number;
        }
        #[allow(clippy::cast_possible_truncation)] // Rows are numbered by u32.
        let number = words.ends.len() as u32;
        words.push(word);
        let again = |number: &u32| hash(words.get(*number as usize).unwrap_or_default());
        self.table.insert_unique(hash(word), number, again);
        number
    }
}

/// The row of a text that is not given.
const NO_TEXT: u32 = u32::MAX;

impl Texts {
    /// The text of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        let number = *self.rows.get(row)?;
        self.words.get(number as usize)
    }

    /// The number of a row's text: rows with the same have the same text.
    #[must_use]
    pub fn number(&self, row: usize) -> Option<u32> {
        self.rows.get(row).copied().filter(|number| *number != NO_TEXT)
    }

    /// How many different texts there are.
    #[must_use]
    pub fn words(&self) -> usize {
        self.words.ends.len()
    }

    /// The same of rows in another order, the words in theirs.
    fn reordered(&self, order: &[u32]) -> Self {
        let (mut texts, mut numbers) = (Self::default(), Numbers::default());
        for row in order {
            let text = self.get(*row as usize);
            let number = text.map_or(NO_TEXT, |text| numbers.number(text, &mut texts.words));
            texts.rows.push(number);
        }
        texts
    }

    fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        (0..self.rows.len()).map(|row| self.get(row))
    }
}

/// A property of a layer.
#[derive(Clone, Debug)]
pub struct Property {
    pub name: String,
    pub kind: PropertyType,
    pub column: Column,
}

/// The properties of a layer, in the order in which features first name them.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    pub properties: Vec<Property>,
}

impl Schema {
    /// The property with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }
}

impl Schema {
    /// The same of rows in another order: each place has the number of the row that comes
    /// there.
    pub(super) fn reordered(mut self, order: &[u32]) -> Self {
        for property in &mut self.properties {
            property.column.reorder(order);
        }
        self
    }
}

impl Column {
    fn reorder(&mut self, order: &[u32]) {
        fn cells<T: Clone>(cells: &mut Vec<T>, order: &[u32]) {
            *cells = order.iter().map(|row| cells[*row as usize].clone()).collect();
        }
        match self {
            Self::Boolean(all) => cells(all, order),
            Self::Integer(all) => cells(all, order),
            Self::Number(all) => cells(all, order),
            Self::Text(texts) => *texts = texts.reordered(order),
            Self::Date(all) => cells(all, order),
            Self::Timestamp(all) => cells(all, order),
            Self::Json(all) => cells(all, order),
        }
    }
}

/// Gathers the properties of features, row by row.
#[derive(Debug, Default)]
pub(super) struct SchemaBuilder {
    columns: Vec<Building>,
    places: HashMap<String, usize>,
    rows: usize,
}

#[derive(Debug)]
struct Building {
    name: String,
    cells: Cells,
}

/// Values so far, in the narrowest type that holds them.
#[derive(Debug)]
enum Cells {
    Nothing,
    Boolean(Vec<Option<bool>>),
    Integer(Vec<Option<i64>>),
    Number(Vec<Option<f64>>),
    Text(Texts, Numbers),
    Json(Vec<Option<Value>>),
}

impl SchemaBuilder {
    /// Takes the properties of the next row.
    pub fn push(&mut self, properties: &Map<String, Value>) {
        for (name, value) in properties {
            let place = match self.places.get(name) {
                Some(place) => *place,
                None => {
                    let column = Building { name: name.clone(), cells: Cells::Nothing };
                    self.columns.push(column);
                    self.places.insert(name.clone(), self.columns.len() - 1);
                    self.columns.len() - 1
                }
            };
            self.columns[place].cells.set(self.rows, value);
        }
        self.rows += 1;
    }

    /// The schema of all rows.
    pub fn build(self) -> Schema {
        let rows = self.rows;
        let properties = self.columns.into_iter().map(|column| {
            let (kind, values) = column.cells.finish(rows);
            Property { name: column.name, kind, column: values }
        });
        Schema { properties: properties.collect() }
    }
}

impl Cells {
    fn set(&mut self, row: usize, value: &Value) {
        if value.is_null() {
            return;
        }
        self.widen(value);
        match (self, value) {
            (Self::Boolean(cells), Value::Bool(flag)) => put(cells, row, *flag),
            (Self::Integer(cells), Value::Number(number)) => {
                put(cells, row, number.as_i64().unwrap_or_default());
            }
            (Self::Number(cells), Value::Number(number)) => {
                put(cells, row, number.as_f64().unwrap_or_default());
            }
            (Self::Text(texts, numbers), Value::String(text)) => {
                let number = numbers.number(text, &mut texts.words);
                texts.rows.resize(row, NO_TEXT);
                texts.rows.push(number);
            }
            (Self::Json(cells), other) => put(cells, row, other.clone()),
            _ => {}
        }
    }

    /// Changes the type of the cells to one that holds `value` too.
    fn widen(&mut self, value: &Value) {
        let fits = match (&*self, value) {
            (Self::Nothing, _) => false,
            (Self::Boolean(_), value) => value.is_boolean(),
            (Self::Integer(_), value) => value.is_i64(),
            (Self::Number(_), value) => value.is_number(),
            (Self::Text(..), value) => value.is_string(),
            (Self::Json(_), _) => true,
        };
        if fits {
            return;
        }
        *self = match (std::mem::replace(self, Self::Nothing), value) {
            (Self::Nothing, Value::Bool(_)) => Self::Boolean(Vec::new()),
            (Self::Nothing, value) if value.is_i64() => Self::Integer(Vec::new()),
            (Self::Nothing, Value::Number(_)) => Self::Number(Vec::new()),
            (Self::Nothing, Value::String(_)) => Self::Text(Texts::default(), Numbers::default()),
            #[allow(clippy::cast_precision_loss)] // As JSON's own numbers have it.
            (Self::Integer(cells), Value::Number(_)) => {
                Self::Number(cells.into_iter().map(|cell| cell.map(|whole| whole as f64)).collect())
            }
            (other, _) => Self::Json(other.into_json()),
        };
    }

    fn into_json(self) -> Vec<Option<Value>> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Boolean(cells) => cells.into_iter().map(|c| c.map(Value::from)).collect(),
            Self::Integer(cells) => cells.into_iter().map(|c| c.map(Value::from)).collect(),
            Self::Number(cells) => cells.into_iter().map(|c| c.map(Value::from)).collect(),
            Self::Text(texts, _) => texts.iter().map(|c| c.map(Value::from)).collect(),
            Self::Json(cells) => cells,
        }
    }

    fn finish(self, rows: usize) -> (PropertyType, Column) {
        match self {
            Self::Nothing => {
                let texts = Texts { rows: vec![NO_TEXT; rows], words: Words::default() };
                (PropertyType::Text, Column::Text(texts))
            }
            Self::Boolean(cells) => (PropertyType::Boolean, Column::Boolean(padded(cells, rows))),
            Self::Integer(cells) => (PropertyType::Integer, Column::Integer(padded(cells, rows))),
            Self::Number(cells) => (PropertyType::Number, Column::Number(padded(cells, rows))),
            Self::Text(mut texts, _) => {
                texts.rows.resize(rows, NO_TEXT);
                dated(texts)
            }
            Self::Json(cells) => {
                let is_array = cells.iter().flatten().all(Value::is_array);
                let kind = if is_array { PropertyType::Array } else { PropertyType::Json };
                (kind, Column::Json(padded(cells, rows)))
            }
        }
    }
}

fn put<T: Clone>(cells: &mut Vec<Option<T>>, row: usize, value: T) {
    cells.resize(row, None);
    cells.push(Some(value));
}

fn padded<T: Clone>(mut cells: Vec<Option<T>>, rows: usize) -> Vec<Option<T>> {
    cells.resize(rows, None);
    cells
}

/// Texts that are all days, or all instants, as such.
fn dated(texts: Texts) -> (PropertyType, Column) {
    let given = || texts.words.iter();
    if given().all(|word| full_date(word).is_some()) {
        let days = texts.iter().map(|text| text.and_then(full_date)).collect();
        return (PropertyType::Date, Column::Date(days));
    }
    if given().all(|word| instant(word).is_some()) {
        let instants = texts.iter().map(|text| text.and_then(instant)).collect();
        return (PropertyType::Timestamp, Column::Timestamp(instants));
    }
    (PropertyType::Text, Column::Text(texts))
}

/// A day written in full, `2024-04-15` (RFC 3339, 5.6).
#[must_use]
pub fn full_date(text: &str) -> Option<Day> {
    let form = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    form.then(|| text.parse().ok()).flatten()
}

/// An RFC 3339 instant; one without an offset is taken as UTC.
#[must_use]
pub fn instant(text: &str) -> Option<Timestamp> {
    let marked = text.len() > 11 && matches!(text.as_bytes()[10], b'T' | b't');
    if !marked {
        return None;
    }
    let zoneless = || {
        let civil: jiff::civil::DateTime = text.parse().ok()?;
        jiff::tz::TimeZone::UTC.to_timestamp(civil).ok()
    };
    text.parse().ok().or_else(zoneless)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn schema(rows: &[Value]) -> Schema {
        let mut builder = SchemaBuilder::default();
        for row in rows {
            builder.push(row.as_object().unwrap());
        }
        builder.build()
    }

    fn kinds(rows: &[Value]) -> Vec<(String, PropertyType)> {
        schema(rows).properties.into_iter().map(|p| (p.name, p.kind)).collect()
    }

    #[test]
    fn types_are_the_narrowest_that_hold_every_value() {
        use PropertyType::{Array, Boolean, Date, Integer, Json, Number, Text, Timestamp};
        let rows = [
            json!({"a": 1, "b": "x", "c": true, "d": "2024-02-29", "e": 1, "f": null}),
            json!({"a": 2.5, "b": null, "c": null, "d": "2024-03-01", "e": "one", "g": [1, "x"]}),
            json!({"h": "2024-02-29T10:00:00Z", "i": {"x": 1}, "j": 3}),
        ];
        let wanted: Vec<(String, PropertyType)> = [
            ("a", Number),
            ("b", Text),
            ("c", Boolean),
            ("d", Date),
            ("e", Json),
            ("f", Text),
            ("g", Array),
            ("h", Timestamp),
            ("i", Json),
            ("j", Integer),
        ]
        .map(|(name, kind)| (name.to_owned(), kind))
        .into();
        assert_eq!(kinds(&rows), wanted);
    }

    #[test]
    fn columns_have_a_cell_for_every_row() {
        let schema = schema(&[json!({}), json!({"a": "x"}), json!({}), json!({"a": "y", "n": 7})]);
        let Column::Text(texts) = &schema.get("a").unwrap().column else { panic!("not texts") };
        assert_eq!(texts.iter().collect::<Vec<_>>(), [None, Some("x"), None, Some("y")]);
        let Column::Integer(cells) = &schema.get("n").unwrap().column else { panic!("not whole") };
        assert_eq!(cells, &[None, None, None, Some(7)]);
    }
}
