//! Every spelling of every place, folded, for exact, prefix and misspelt look-up
//! among a hundred thousand places and more.

use super::places::fold;

/// One way in which a place is spelt.
#[derive(Debug)]
struct Spelling {
    /// Folded: ASCII letters and digits.
    text: Box<str>,
    /// Row of the place.
    place: u32,
    /// Whether it is what the place calls itself, not what others call it.
    own: bool,
}

/// A spelling as a look-up finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Row of the place.
    pub place: u32,
    /// Whether it is what the place calls itself.
    pub own: bool,
    /// How many letters are wrong.
    pub wrong: usize,
}

/// Spellings in order, with the letters of each.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    sorted: Vec<Spelling>,
    letters: Vec<Letters>,
}

/// Which letters a spelling has, and how many. A bit a letter or digit that
/// occurs, and one more a letter that occurs twice: a letter put in or left out
/// changes one bit at the most, another in its place two, and two letters that
/// change places none. So spellings whose bits differ more are farther apart
/// than a tolerance, and that is seen without comparing them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Letters {
    bits: u64,
    length: u32,
}

impl Letters {
    fn of(text: &str) -> Self {
        let mut bits = 0u64;
        for byte in text.bytes() {
            let (once, twice) = match byte {
                b'a'..=b'z' => (1 << (byte - b'a'), 1 << (byte - b'a' + 36)),
                b'0'..=b'9' => (1 << (byte - b'0' + 26), 0),
                _ => (0, 0),
            };
            bits |= if bits & once == 0 { once } else { twice };
        }
        Self { bits, length: u32::try_from(text.len()).unwrap_or(u32::MAX) }
    }

    /// Whether two spellings may be as few letters apart.
    fn may_be_within(self, other: Self, tolerance: u32) -> bool {
        self.length.abs_diff(other.length) <= tolerance
            && (self.bits ^ other.bits).count_ones() <= 2 * tolerance
    }
}

impl Spellings {
    /// Takes the rows of places, each with its name and all its names.
    pub fn build<'a>(places: impl Iterator<Item = (u32, &'a str, &'a [String])>) -> Self {
        let mut sorted: Vec<Spelling> = Vec::new();
        for (place, name, names) in places {
            let own = fold(name);
            let texts = names.iter().map(|name| fold(name)).filter(|text| !text.is_empty());
            sorted.extend(texts.map(|text| Spelling {
                own: text == own,
                text: text.into_boxed_str(),
                place,
            }));
        }
        sorted.sort_unstable_by(|a, b| (&a.text, a.place).cmp(&(&b.text, b.place)));
        sorted.dedup_by(|a, b| a.place == b.place && a.text == b.text);
        let letters = sorted.iter().map(|spelling| Letters::of(&spelling.text)).collect();
        Self { sorted, letters }
    }

    /// The spellings that begin with a folded text, those that are it first.
    pub fn beginning(&self, text: &str) -> impl Iterator<Item = (Found, bool)> {
        let start = self.sorted.partition_point(|spelling| *spelling.text < *text);
        self.sorted[start..].iter().take_while(move |spelling| spelling.text.starts_with(text)).map(
            move |spelling| {
                let found = Found { place: spelling.place, own: spelling.own, wrong: 0 };
                (found, spelling.text.len() == text.len())
            },
        )
    }

    /// The places that are spelt so.
    pub fn exactly(&self, text: &str) -> impl Iterator<Item = u32> {
        self.beginning(text).take_while(|(_, exact)| *exact).map(|(found, _)| found.place)
    }

    /// The spellings that differ from a folded text by a few letters: put in,
    /// left out, wrong, or two that changed places.
    pub fn similar(&self, text: &str, tolerance: usize) -> impl Iterator<Item = Found> {
        let asked = Letters::of(text);
        let most = u32::try_from(tolerance).unwrap_or(u32::MAX);
        self.letters
            .iter()
            .zip(&self.sorted)
            .filter(move |(letters, _)| tolerance > 0 && letters.may_be_within(asked, most))
            .filter_map(move |(_, spelling)| {
                let wrong = strsim::osa_distance(&spelling.text, text);
                let found = Found { place: spelling.place, own: spelling.own, wrong };
                (wrong <= tolerance).then_some(found)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_similar_spelling_is_passed_over(a in "[a-e0-1]{0,9}", b in "[a-e0-1]{0,9}") {
            let apart = u32::try_from(strsim::osa_distance(&a, &b)).unwrap();
            prop_assert!(Letters::of(&a).may_be_within(Letters::of(&b), apart));
        }
    }
}
