//! The order of an answer, by properties.

use std::cmp::Ordering;

use super::filter::{Columns, FilterError, Key};
use crate::atlas::{Atlas, Day, Layer};
use crate::query::{Hit, Stop, values};

/// One property to sort by.
#[derive(Clone, Debug)]
pub struct SortKey {
    key: Key,
    descending: bool,
}

impl SortKey {
    /// The properties that an answer is sorted by, at the most: each may be compared for
    /// every two features.
    pub const MOST: usize = 16;

    /// Reads several, comma-separated.
    ///
    /// # Errors
    /// As [`Self::parse`]; also when there are too many, or one stands there twice.
    pub fn parse_all(text: &str, layer: &Layer) -> Result<Vec<Self>, FilterError> {
        let keys: Vec<&str> = text.split(',').map(str::trim).collect();
        let names: Vec<&str> =
            keys.iter().map(|key| key.strip_prefix(['+', '-']).unwrap_or(key)).collect();
        values::no_repeats(&names).map_err(FilterError)?;
        if keys.len() > Self::MOST {
            let (given, most) = (keys.len(), Self::MOST);
            return Err(FilterError(format!("names {given} properties; name {most} at the most")));
        }
        keys.into_iter().map(|key| Self::parse(key, layer)).collect()
    }

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
    sort_until(hits, stop, order);
}

/// Sorts by an order in which equals keep theirs.
fn sort_until<T: Copy>(items: &mut [T], stop: &Stop, order: impl Fn(&T, &T) -> Ordering) {
    for run in items.chunks_mut(RUN) {
        if stop.is_said() {
            return;
        }
        run.sort_by(&order);
    }
    // The library would merge the runs as fast, but cannot be broken off: the last of the
    // merges goes over all matches.
    let mut merged = Vec::with_capacity(items.len());
    let mut length = RUN;
    while length < items.len() {
        merged.clear();
        for pair in items.chunks(2 * length) {
            let (mut left, mut right) = pair.split_at(length.min(pair.len()));
            while let ([a, after_a @ ..], [b, after_b @ ..]) = (left, right) {
                if stop.is_said() {
                    return;
                }
                if order(b, a).is_lt() {
                    merged.push(*b);
                    right = after_b;
                } else {
                    merged.push(*a);
                    left = after_a;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        items.copy_from_slice(&merged);
        length *= 2;
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// Few values, each many times, and which of them it is.
    fn items(length: usize) -> Vec<(u8, usize)> {
        let mut random = fastrand::Rng::with_seed(7);
        (0..length).map(|number| (random.u8(..), number)).collect()
    }

    #[test]
    fn equals_keep_their_order_across_runs() {
        for length in [0, 1, RUN, RUN + 1, 2 * RUN, 5 * RUN + 7] {
            let mut sorted = items(length);
            sort_until(&mut sorted, &Stop::default(), |a, b| a.0.cmp(&b.0));
            let mut wanted = items(length);
            wanted.sort_unstable();
            assert_eq!(sorted, wanted, "{length}");
        }
    }

    #[test]
    fn every_merge_is_broken_off_where_its_stop_is_said() {
        let count = |said_at: usize| {
            let (stop, count) = (Stop::new(), Cell::new(0));
            sort_until(&mut items(4 * RUN), &stop, |a, b| {
                count.set(count.get() + 1);
                if count.get() == said_at {
                    stop.say();
                }
                a.cmp(b)
            });
            count.get()
        };
        let all = count(usize::MAX);
        // The last merge compares nearly as often as there are matches, and so do those of
        // the halves before it together.
        for said_at in [all - RUN, all - 6 * RUN] {
            assert_eq!(count(said_at), said_at);
        }
        // What sorts a run goes on to the end of that.
        assert!(count(1) < all / 4);
    }
}
