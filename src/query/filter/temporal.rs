//! Times in filters, and how two of them lie to one another (Allen's relations,
//! as OGC 21-065 names them).

use jiff::Timestamp;

use crate::atlas::Day;
use crate::atlas::schema::{full_date, instant};

/// A run of time, in days when both ends are days, else in instants. An open end
/// lies before or after everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    pub start: Option<Moment>,
    pub end: Option<Moment>,
}

/// A day or an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    Day(Day),
    Instant(Timestamp),
}

impl Moment {
    /// Reads a day or an RFC 3339 instant.
    pub fn parse(text: &str) -> Option<Self> {
        full_date(text).map(Self::Day).or_else(|| instant(text).map(Self::Instant))
    }

    /// Nanoseconds since 1970 of its beginning or its last nanosecond.
    fn nanoseconds(self, last: bool) -> i128 {
        match self {
            Self::Instant(instant) => instant.as_nanosecond(),
            Self::Day(day) => {
                const A_DAY: i128 = 86_400_000_000_000;
                let epoch = jiff::civil::date(1970, 1, 1);
                let days = i128::from((day - epoch).get_days());
                days * A_DAY + if last { A_DAY - 1 } else { 0 }
            }
        }
    }
}

impl Time {
    /// One moment.
    pub fn at(moment: Moment) -> Self {
        Self { start: Some(moment), end: Some(moment) }
    }

    /// Its ends on a scale that two times share: whole days when all ends are
    /// days, so that a run of days meets the next on the day they share.
    fn ends(self, days: bool) -> (i128, i128) {
        let scale = |moment: Option<Moment>, last: bool, open: i128| match moment {
            None => open,
            Some(moment) => moment.nanoseconds(last && !days),
        };
        (scale(self.start, false, i128::MIN), scale(self.end, true, i128::MAX))
    }

    fn is_of_days(self) -> bool {
        [self.start, self.end].iter().all(|end| !matches!(end, Some(Moment::Instant(_))))
    }
}

/// How one time lies to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    After,
    Before,
    Contains,
    Disjoint,
    During,
    Equals,
    FinishedBy,
    Finishes,
    Intersects,
    Meets,
    MetBy,
    OverlappedBy,
    Overlaps,
    StartedBy,
    Starts,
}

impl Relation {
    /// The relation that an operator of CQL2 names.
    pub fn from_operator(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "t_after" => Self::After,
            "t_before" => Self::Before,
            "t_contains" => Self::Contains,
            "t_disjoint" => Self::Disjoint,
            "t_during" => Self::During,
            "t_equals" => Self::Equals,
            "t_finishedby" => Self::FinishedBy,
            "t_finishes" => Self::Finishes,
            "t_intersects" => Self::Intersects,
            "t_meets" => Self::Meets,
            "t_metby" => Self::MetBy,
            "t_overlappedby" => Self::OverlappedBy,
            "t_overlaps" => Self::Overlaps,
            "t_startedby" => Self::StartedBy,
            "t_starts" => Self::Starts,
            _ => return None,
        })
    }

    /// Whether it holds between two times (OGC 21-065, table 13).
    pub fn holds(self, a: Time, b: Time) -> bool {
        let days = a.is_of_days() && b.is_of_days();
        let ((a1, a2), (b1, b2)) = (a.ends(days), b.ends(days));
        match self {
            Self::After => a1 > b2,
            Self::Before => a2 < b1,
            Self::Contains => a1 < b1 && a2 > b2,
            Self::Disjoint => a1 > b2 || a2 < b1,
            Self::During => a1 > b1 && a2 < b2,
            Self::Equals => a1 == b1 && a2 == b2,
            Self::FinishedBy => a1 < b1 && a2 == b2,
            Self::Finishes => a1 > b1 && a2 == b2,
            Self::Intersects => a1 <= b2 && a2 >= b1,
            Self::Meets => a2 == b1,
            Self::MetBy => a1 == b2,
            Self::OverlappedBy => a1 > b1 && a1 < b2 && a2 > b2,
            Self::Overlaps => a1 < b1 && a2 > b1 && a2 < b2,
            Self::StartedBy => a1 == b1 && a2 > b2,
            Self::Starts => a1 == b1 && a2 < b2,
        }
    }
}

/// The order of two moments, a day standing for its beginning.
pub(super) fn order(a: Time, b: Time) -> Option<std::cmp::Ordering> {
    let days = a.is_of_days() && b.is_of_days();
    a.start.zip(b.start).map(|_| a.ends(days).0.cmp(&b.ends(days).0))
}
