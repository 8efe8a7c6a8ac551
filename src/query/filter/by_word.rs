//! Filters tested row by row. What asks of a row no more than a word is asked once for
//! each word, since most properties say the same few things.

use std::cell::Cell;

use super::term::{Predicate, Rows, Term};
use crate::atlas::Layer;
use crate::atlas::schema::{Column, Texts};

/// The words of a property, at the most, for which it is kept what was found of each.
const FEW_WORDS: usize = 4096;

/// One of the parts that must all be true.
pub(super) enum Part<'a> {
    /// It follows from the row's word in a column.
    OfWord { predicate: &'a Predicate, texts: &'a Texts, found: Vec<Cell<Found>> },
    /// It may be otherwise for each row.
    OfRow(&'a Predicate),
}

/// Whether a part is true of a word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    NotAsked,
    True,
    /// It is false, or unknown.
    NotTrue,
}

impl<'a> Part<'a> {
    /// The parts of a predicate.
    pub fn all(predicate: &'a Predicate, rows: &Rows<'a>) -> Vec<Self> {
        match predicate {
            Predicate::And(parts) => parts.iter().flat_map(|part| Self::all(part, rows)).collect(),
            one => vec![Self::of(one, rows)],
        }
    }

    fn of(predicate: &'a Predicate, rows: &Rows<'a>) -> Self {
        // What was known on a day differs between rows of one word.
        let words = rows.known_at.is_none().then(|| predicate.words(rows.layer)).flatten();
        match words {
            Some(texts) if texts.words() <= FEW_WORDS => {
                let found = vec![Cell::new(Found::NotAsked); texts.words()];
                Self::OfWord { predicate, texts, found }
            }
            _ => Self::OfRow(predicate),
        }
    }

    /// Whether it is true of a row.
    pub fn is_true(&self, rows: &Rows<'a>, row: u32) -> bool {
        let (predicate, known) = match self {
            Self::OfRow(predicate) => (predicate, None),
            Self::OfWord { predicate, texts, found } => {
                let number = texts.number(row as usize);
                (predicate, number.and_then(|number| found.get(number as usize)))
            }
        };
        match known.map(Cell::get) {
            Some(Found::True) => true,
            Some(Found::NotTrue) => false,
            Some(Found::NotAsked) | None => {
                let is_true = predicate.test(rows, row) == Some(true);
                if let Some(known) = known {
                    known.set(if is_true { Found::True } else { Found::NotTrue });
                }
                is_true
            }
        }
    }
}

impl Predicate {
    /// The column of texts that it follows from alone.
    fn words<'a>(&self, layer: &'a Layer) -> Option<&'a Texts> {
        let mut column = None;
        if !self.terms(&mut |term| term.rests_on_one(&mut column)) {
            return None;
        }
        match &layer.schema.properties.get(column?)?.column {
            Column::Text(texts) => Some(texts),
            _ => None,
        }
    }

    /// Whether something is so of all its terms.
    fn terms(&self, is: &mut impl FnMut(&Term) -> bool) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().all(|part| part.terms(is)),
            Self::Not(part) => part.terms(is),
            Self::Compare(_, a, b) | Self::Temporal(_, a, b) | Self::Array(_, a, b) => {
                is(a) && is(b)
            }
            Self::Between(a, b, c) => is(a) && is(b) && is(c),
            Self::In(value, items) => is(value) && items.iter().all(is),
            Self::Like(term, _) | Self::IsNull(term) | Self::Flag(term) => is(term),
            // Stopping may make it false.
            Self::Spatial(..) => false,
        }
    }
}

impl Term {
    /// Whether it follows from a column alone: from `column` where that is one, which else
    /// becomes its own.
    fn rests_on_one(&self, column: &mut Option<usize>) -> bool {
        match self {
            Self::Text(_) | Self::Number(_) | Self::Boolean(_) | Self::Time(_) | Self::Open => true,
            Self::Column(place) => *column.get_or_insert(*place) == *place,
            Self::Casei(inner) | Self::Accenti(inner) => inner.rests_on_one(column),
            Self::Interval(a, b) | Self::Arithmetic(_, a, b) => {
                a.rests_on_one(column) && b.rests_on_one(column)
            }
            Self::List(items) => items.iter().all(|item| item.rests_on_one(column)),
            Self::Geometry(_)
            | Self::Status(_)
            | Self::Id
            | Self::Shape
            | Self::Start
            | Self::End
            | Self::Distance(..) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::{Value, json};

    use super::*;
    use crate::atlas::{Known, LayerBuilder, LayerInfo, LayerKind, Period};
    use crate::load::{Folder, load};
    use crate::query::filter::{Filter, Language, parse};
    use crate::query::{Crs, Stop};

    /// Rows with a word or none, a number, and a property that is not always a word.
    fn rows() -> Layer {
        let mut builder = LayerBuilder::new(LayerInfo::bare("rows", LayerKind::Plain));
        let words = ["arable", "quarry", "Weide", "wéide", ""];
        for number in 0..200_usize {
            let word = words.get(number % 6).map_or(Value::Null, |word| json!(word));
            let mixed = if number % 4 == 0 { json!(number % 3) } else { word.clone() };
            let properties = json!({ "word": word, "number": number % 7, "mixed": mixed });
            let properties = properties.as_object().unwrap();
            let id = format!("r{number}");
            builder.push(&id, None, properties, Period::ALWAYS, Known::WithValidity);
        }
        builder.build()
    }

    #[test]
    fn what_is_found_of_a_word_is_so_of_each_row_with_it() {
        let atlas = load(&Folder::Embedded).unwrap_or_else(|faults| panic!("{faults:?}"));
        let (layer, day, stop) = (rows(), date(2026, 1, 1), Stop::default());
        for (text, of_words) in [
            ("word = 'arable'", 1),
            ("word <> 'arable'", 1),
            ("NOT word = 'arable'", 1),
            ("word IS NULL", 1),
            ("word IS NOT NULL AND number > 3", 1),
            ("word IN ('quarry', 'Weide')", 1),
            ("word LIKE '%e%'", 1),
            ("ACCENTI(CASEI(word)) = ACCENTI(CASEI('WEIDE'))", 1),
            ("word > 'b' AND (word < 'r' OR word = 'Weide')", 2),
            ("word = 'arable' OR number = 2", 0),
            ("word = id OR word = 'quarry'", 0),
            ("mixed = 'quarry'", 0),
            ("number BETWEEN 2 AND 4", 0),
            ("word BETWEEN 'a' AND 'r'", 1),
        ] {
            let expression = parse(text, Language::Text).unwrap();
            let filter = Filter::compile(&expression, &layer, Crs::Crs84).unwrap();
            let rows = Rows { atlas: &atlas, layer: &layer, day, known_at: None, stop: &stop };
            let parts = Part::all(&filter.predicate, &rows);
            let by_word = parts.iter().filter(|part| matches!(part, Part::OfWord { .. })).count();
            assert_eq!(by_word, of_words, "{text}");
            let passes = filter.on(&atlas, &layer, day, None, &stop);
            let some = (0..200).filter(|row| {
                let alone = filter.passes(&atlas, &layer, day, None, *row);
                assert_eq!(passes(*row), alone, "{text}: row {row}");
                alone
            });
            assert!((1..200).contains(&some.count()), "{text}");
        }
    }
}
