//! What a query found: rows of a layer in the order of the answer, kept as briefly
//! as they allow, since a whole layer is an answer too.

use std::ops::Range;

use super::engine::Reach;

/// One match: a row of the layer, with its distance where one was asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    pub row: u32,
    pub reach: Option<Reach>,
}

/// No matches.
pub static NO_HITS: Hits = Hits::Run(0..0);

/// Matches in the order of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Hits {
    /// Rows that follow one another.
    Run(Range<u32>),
    Rows(Vec<u32>),
    /// Rows with their distances.
    Reached(Vec<Hit>),
}

impl Default for Hits {
    fn default() -> Self {
        NO_HITS.clone()
    }
}

impl From<Hit> for Hits {
    fn from(hit: Hit) -> Self {
        Self::Reached(vec![hit])
    }
}

impl FromIterator<Hit> for Hits {
    fn from_iter<I: IntoIterator<Item = Hit>>(hits: I) -> Self {
        Self::Reached(hits.into_iter().collect())
    }
}

impl Hits {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Run(run) => run.len(),
            Self::Rows(rows) => rows.len(),
            Self::Reached(hits) => hits.len(),
        }
    }

    /// The bytes that they take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match self {
            Self::Run(_) => 0,
            Self::Rows(rows) => size_of_val(rows.as_slice()),
            Self::Reached(hits) => size_of_val(hits.as_slice()),
        }
    }

    /// Whether they have distances.
    #[must_use]
    pub fn are_reached(&self) -> bool {
        self.first().is_some_and(|hit| hit.reach.is_some())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The match at a place of the answer.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<Hit> {
        let plain = |row| Hit { row, reach: None };
        match self {
            Self::Run(run) => run.clone().nth(place).map(plain),
            Self::Rows(rows) => rows.get(place).copied().map(plain),
            Self::Reached(hits) => hits.get(place).copied(),
        }
    }

    /// The first match.
    #[must_use]
    pub fn first(&self) -> Option<Hit> {
        self.get(0)
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = Hit> + Clone + '_ {
        let mut places = 0..self.len();
        std::iter::from_fn(move || self.get(places.next()?))
    }

    /// All of them as runs of rows that follow one another, in order.
    pub fn runs(&self) -> impl Iterator<Item = Range<u32>> + '_ {
        let mut place = 0;
        std::iter::from_fn(move || {
            if let Self::Run(run) = self {
                let is_left = place < run.len();
                place = run.len();
                return is_left.then(|| run.clone());
            }
            let first = self.get(place)?.row;
            let mut end = first.saturating_add(1);
            place += 1;
            while self.get(place).is_some_and(|hit| hit.row == end) {
                end = end.saturating_add(1);
                place += 1;
            }
            Some(first..end)
        })
    }

    /// Those at some places of the answer, as far as there are any: a search that was
    /// stopped has found fewer than match.
    #[must_use]
    pub(super) fn part(self, places: Range<usize>) -> Self {
        match self {
            #[allow(clippy::cast_possible_truncation)] // Places of rows, which are u32.
            Self::Run(run) => {
                Self::Run(run.start + places.start as u32..run.start + places.end as u32)
            }
            Self::Rows(mut rows) => {
                rows.truncate(places.end);
                Self::Rows(rows.split_off(places.start.min(rows.len())))
            }
            Self::Reached(mut hits) => {
                hits.truncate(places.end);
                Self::Reached(hits.split_off(places.start.min(hits.len())))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_all_rows_in_order() {
        let rows = vec![3, 4, 5, 9, 8, 9, 10, u32::MAX - 1];
        let runs = [3..6, 9..10, 8..11, u32::MAX - 1..u32::MAX];
        let of = |hits: Hits| hits.runs().collect::<Vec<_>>();
        let hits = rows.iter().map(|row| Hit { row: *row, reach: None });
        assert_eq!(of(hits.collect()), runs);
        assert_eq!(of(Hits::Rows(rows)), runs);
        assert_eq!(Hits::Run(4..7).runs().next(), Some(4..7));
        assert_eq!(Hits::Run(4..7).runs().count(), 1);
        assert!(of(Hits::Rows(Vec::new())).is_empty() && of(NO_HITS.clone()).is_empty());
    }

    #[test]
    fn a_search_that_was_stopped_has_nothing_at_places_it_did_not_come_to() {
        let found = || (0..3).map(|row| Hit { row, reach: None }).collect::<Vec<_>>();
        for (places, many) in [(900..910, 0), (2..12, 1), (0..2, 2), (3..3, 0)] {
            assert_eq!(Hits::Reached(found()).part(places.clone()).len(), many);
            assert_eq!(Hits::Rows(vec![0, 1, 2]).part(places).len(), many);
        }
    }
}
