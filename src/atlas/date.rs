//! Dates as sources write them (EDTF, ISO 8601-2), and the days they may mean.

use std::fmt;

use edtf_core::{Bound, BoundDate, Edtf};
use serde::{Serialize, Serializer};

/// A calendar day, proleptic Gregorian.
pub type Day = jiff::civil::Date;

/// Today in UTC.
#[must_use]
pub fn today() -> Day {
    jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date()
}

/// The day from which something holds, as text; `..` where that lies before every
/// day.
#[must_use]
pub fn since_text(day: Day) -> String {
    if day == Day::MIN { "..".to_owned() } else { day.to_string() }
}

/// The beginning of a day in years: 2024-07-02 is 2024.5.
#[must_use]
pub fn decimal_year(day: Day) -> f64 {
    f64::from(day.year()) + f64::from(day.day_of_year() - 1) / f64::from(day.days_in_year())
}

/// A run of days, both ends included. `None` is open: without beginning or
/// without end, or not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub first: Option<Day>,
    /// Last day.
    pub last: Option<Day>,
}

impl Period {
    /// All of time.
    pub const ALWAYS: Self = Self { first: None, last: None };

    /// One day.
    #[must_use]
    pub fn day(day: Day) -> Self {
        Self { first: Some(day), last: Some(day) }
    }

    /// Whether the two share a day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let starts_in_time = |a: Option<Day>, b: Option<Day>| match (a, b) {
            (Some(first), Some(last)) => first <= last,
            _ => true,
        };
        starts_in_time(self.first, other.last) && starts_in_time(other.first, self.last)
    }

    /// Whether `day` is in it.
    #[must_use]
    pub fn contains(&self, day: Day) -> bool {
        self.overlaps(&Self::day(day))
    }

    /// The days that both have; `None` where they share none.
    #[must_use]
    pub fn within(&self, other: &Self) -> Option<Self> {
        let last = match (self.last, other.last) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let both = Self { first: self.first.max(other.first), last };
        (!both.is_reversed()).then_some(both)
    }

    /// Whether the last day comes before the first.
    #[must_use]
    pub fn is_reversed(&self) -> bool {
        matches!((self.first, self.last), (Some(first), Some(last)) if last < first)
    }
}

impl fmt::Display for Period {
    /// As `datetime` of OGC API has it: a day, or `a/b` with `..` for an open end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let write = |day: Option<Day>, f: &mut fmt::Formatter<'_>| match day {
            Some(day) => day.fmt(f),
            None => f.write_str(".."),
        };
        write(self.first, f)?;
        if self.first.is_some() && self.first == self.last {
            return Ok(());
        }
        f.write_str("/")?;
        write(self.last, f)
    }
}

/// A run of days as numbers, so that many are compared quickly: days since 1970, both
/// ends included; an open end is the least or the greatest number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    first: i32,
    last: i32,
}

impl From<Period> for Span {
    fn from(period: Period) -> Self {
        let number = |day: Day| (day - Day::constant(1970, 1, 1)).get_days();
        Self {
            first: period.first.map_or(i32::MIN, number),
            last: period.last.map_or(i32::MAX, number),
        }
    }
}

impl Span {
    /// Whether the two share a day, as [`Period::overlaps`] says it.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// An EDTF date or interval, kept as written, with the days it may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdtfDate {
    text: String,
    period: Period,
}

/// Why a text is not a date: what is wrong with it, in a sentence part.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum DateError {
    /// Not EDTF, or a day that the calendar does not have.
    #[error(
        "`{0}` is not a date: write YYYY, YYYY-MM or YYYY-MM-DD, `a/b` for a period, `../b` or `a/..` for an open one, `~` after an approximate one (EDTF)"
    )]
    NotEdtf(String),
    /// The end lies before the start.
    #[error("`{0}` ends before it starts: put the earlier date first")]
    Reversed(String),
}

impl EdtfDate {
    /// Reads an EDTF date or interval.
    ///
    /// # Errors
    /// When the text is not EDTF, names a day that does not exist, or ends
    /// before it starts.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let date = Edtf::parse(text).map_err(|_| {
            // The parser refuses an interval that ends before it starts.
            let whole = text.split_once('/');
            match whole.map(|(start, end)| (Edtf::parse(start), Edtf::parse(end))) {
                Some((Ok(_), Ok(_))) => DateError::Reversed(text.to_owned()),
                _ => DateError::NotEdtf(text.to_owned()),
            }
        })?;
        let bounds = date.bounds();
        let beyond = |bound| matches!(bound, Bound::Date(_)) && bound_day(bound).is_none();
        if beyond(bounds.earliest) || beyond(bounds.latest) {
            return Err(DateError::NotEdtf(text.to_owned()));
        }
        let period = Period { first: bound_day(bounds.earliest), last: bound_day(bounds.latest) };
        if period.is_reversed() {
            return Err(DateError::Reversed(text.to_owned()));
        }
        Ok(Self { text: text.to_owned(), period })
    }

    /// The date as it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The days it may mean, from the earliest to the latest.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }
}

impl fmt::Display for EdtfDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for EdtfDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

fn bound_day(bound: Bound) -> Option<Day> {
    match bound {
        Bound::Date(BoundDate { year, month, day }) => {
            Day::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
                .ok()
        }
        Bound::NegativeInfinity | Bound::PositiveInfinity | Bound::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_divided_by_their_days() {
        let year = |text: &str| decimal_year(text.parse().unwrap());
        assert!((year("2023-01-01") - 2023.).abs() < 1e-9);
        assert!((year("2024-07-02") - 2024.5).abs() < 1e-9);
        assert!(year("2023-12-31") < 2024. && year("2023-12-31") > 2023.99);
    }

    #[test]
    fn runs_share_the_days_that_both_have() {
        let run = |text: &str| EdtfDate::parse(text).unwrap().period();
        let shared = run("2003/2005").within(&run("2004-06-01/.."));
        assert_eq!(shared, Some(run("2004-06-01/2005-12-31")));
        assert_eq!(run("2003/2005").within(&run("2006/..")), None);
        assert_eq!(Period::ALWAYS.within(&run("../2005")), Some(run("../2005")));
    }

    fn days(text: &str) -> (String, String) {
        let period = EdtfDate::parse(text).unwrap().period();
        let show = |day: Option<Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
        (show(period.first), show(period.last))
    }

    #[test]
    fn a_date_keeps_its_precision() {
        for (text, first, last) in [
            ("2005", "2005-01-01", "2005-12-31"),
            ("2005~", "2005-01-01", "2005-12-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2004/2005", "2004-01-01", "2005-12-31"),
            ("2022-09-20/..", "2022-09-20", ".."),
            ("../2003", "..", "2003-12-31"),
            ("2011-06-29", "2011-06-29", "2011-06-29"),
        ] {
            assert_eq!(days(text), (first.to_owned(), last.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_date_says_so() {
        for text in ["", "Y17000", "yesterday", "2005-02-30", "2005-13", "20050101", "29.06.2011"] {
            assert!(matches!(EdtfDate::parse(text), Err(DateError::NotEdtf(_))), "{text}");
        }
        for text in ["2005/2004", "2005-06/2005-05"] {
            assert!(matches!(EdtfDate::parse(text), Err(DateError::Reversed(_))), "{text}");
        }
    }

    #[test]
    fn periods_overlap_at_their_ends() {
        let period = |text: &str| EdtfDate::parse(text).unwrap().period();
        assert!(period("2004").overlaps(&period("2004-12-31")));
        assert!(!period("2004").overlaps(&period("2005-01-01")));
        assert!(period("../2003").overlaps(&period("1900")));
        assert!(Period::ALWAYS.overlaps(&period("1900")));
    }
}
