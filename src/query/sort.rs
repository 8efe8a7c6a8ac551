//! The order of an answer, by properties.

use std::cmp::Ordering;

use super::filter::{Columns, FilterError, Key};
use crate::atlas::{Atlas, Day, Layer};
use crate::query::{Hit, Stop};

/// One property to sort by.
#[derive(Clone, Debug)]
pub struct SortKey {
    key: Key,
    descending: bool,
}

impl SortKey {
    /// Reads `+name`, `name` or `-name` for a layer.
    ///
    /// # Errors
    /// When the layer has no such property, or it has no order.
    pub fn parse(text: &str, layer: &Layer) -> Result<Self, FilterError> {
        let text = text.trim();
        let (name, descending) = match text.strip_prefix('-') {
            Some(name) => (name, true),
            None => (text.strip_prefix('+').unwrap_or(text), false),
        };
        Ok(Self { key: Columns::of(layer).key(name)?, descending })
    }
}

/// Matches that are sorted without looking whether to go on.
const RUN: usize = 16 * 1024;

/// Sorts matches by some properties, one after the other; what has no value
/// comes last. Matches that are equal keep their order. Once its stop is said it
/// leaves them in any.
pub(super) fn sort(
    hits: &mut [Hit],
    keys: &[SortKey],
    stop: &Stop,
    atlas: &Atlas,
    layer: &Layer,
    day: Day,
    known_at: Option<Day>,
) {
    let order = |a: &Hit, b: &Hit| {
        let orders = keys.iter().map(|SortKey { key, descending }| {
            let rows = (a.row, b.row);
            match key.order(atlas, layer, day, known_at, rows) {
                (order, true) if *descending => order.reverse(),
                (order, _) => order,
            }
        });
        orders.fold(Ordering::Equal, Ordering::then)
    };
    for run in hits.chunks_mut(RUN) {
        if stop.is_said() {
            return;
        }
        run.sort_by(order);
    }
    // Finds the runs, and merges them.
    hits.sort_by(order);
}
