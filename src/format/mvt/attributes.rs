//! What the attributes of the things in a tile are: of one key those of all of them.

use serde_json::Value;

use super::super::table::cell;
use super::values::{Attribute, Key};
use crate::atlas::ledger::Ledger;
use crate::atlas::schema::Column;
use crate::atlas::status::Said;
use crate::atlas::{Day, Status, decimal_year};

/// Days, as decimal years.
pub fn years(days: impl Iterator<Item = Option<Day>>, mut key: Key<'_>) {
    for day in days {
        match day {
            Some(day) => {
                key.numbered(day_number(day), || Attribute::Number(decimal_year(day)));
            }
            None => key.nothing(),
        }
    }
}

/// What is said of a property of statuses.
pub fn said(statuses: &[Status], ledger: &Ledger, property: &str, mut key: Key<'_>) {
    for status in statuses {
        match status.property(ledger, property) {
            Said::Nothing => key.nothing(),
            Said::Flag(flag) => key.value(Attribute::Flag(flag)),
            Said::Text(text) => key.value(Attribute::Text(&text)),
        }
    }
}

/// The cells of a column, in rows of which each is given unless nothing is known of it. What
/// has a number that tells it from other values of its column is looked for by that, and not
/// looked at where it is known.
pub fn own(rows: impl Iterator<Item = Option<usize>>, column: &Column, mut key: Key<'_>) {
    match column {
        Column::Boolean(cells) => each(rows, cells, &mut key, |key, flag| {
            key.numbered((*flag).into(), || Attribute::Flag(*flag));
        }),
        Column::Integer(cells) => each(rows, cells, &mut key, |key, whole| {
            key.numbered(whole.cast_unsigned(), || Attribute::Integer(*whole));
        }),
        Column::Number(cells) => each(rows, cells, &mut key, |key, number| {
            key.numbered(number.to_bits(), || Attribute::Number(*number));
        }),
        Column::Text(texts) => {
            for row in rows {
                match row.and_then(|row| Some((row, texts.number(row)?))) {
                    Some((row, number)) => key.numbered(number.into(), || {
                        Attribute::Text(texts.get(row).unwrap_or_default())
                    }),
                    None => key.nothing(),
                }
            }
        }
        Column::Date(cells) => each(rows, cells, &mut key, |key, day| {
            let mut room = [0; 10];
            key.numbered(day_number(*day), || Attribute::Text(day_text(*day, &mut room)));
        }),
        Column::Timestamp(cells) => each(rows, cells, &mut key, |key, instant| {
            key.value(Attribute::Text(&instant.to_string()));
        }),
        Column::Json(cells) => each(rows, cells, &mut key, |key, value| match value {
            Value::Bool(flag) => key.value(Attribute::Flag(*flag)),
            value => match cell(Some(value)) {
                Some(text) => key.value(Attribute::Text(&text)),
                None => key.nothing(),
            },
        }),
    }
}

/// Gives the cells of some rows, where there are any.
fn each<T>(
    rows: impl Iterator<Item = Option<usize>>,
    cells: &[Option<T>],
    key: &mut Key<'_>,
    mut give: impl FnMut(&mut Key<'_>, &T),
) {
    for row in rows {
        match row.and_then(|row| cells[row].as_ref()) {
            Some(cell) => give(key, cell),
            None => key.nothing(),
        }
    }
}

/// A number that tells a day from others, small for those of this and the last century.
fn day_number(day: Day) -> u64 {
    let [year, month, date] = [day.year(), day.month().into(), day.day().into()].map(i64::from);
    (((year - 1900) * 12 + month) * 31 + date).cast_unsigned()
}

/// A day as text, `2024-04-15`. (The calendar's own way is ten times slower, and a tile
/// has thousands.)
fn day_text(day: Day, room: &mut [u8; 10]) -> &str {
    let digit = |number: i32, at: i32| b'0' + u8::try_from(number / at % 10).unwrap_or_default();
    let (year, month, date) = (day.year().into(), day.month().into(), day.day().into());
    *room = [
        digit(year, 1000),
        digit(year, 100),
        digit(year, 10),
        digit(year, 1),
        b'-',
        digit(month, 10),
        digit(month, 1),
        b'-',
        digit(date, 10),
        digit(date, 1),
    ];
    std::str::from_utf8(room).unwrap_or_default()
}
