//! `cursor`: stable paging, pinned to a snapshot and a day.

use super::ask::{Ask, GEOJSON};
use super::problem::Problem;
use crate::atlas::Day;
use crate::query::values;

/// The greatest offset.
pub const HIGHEST_OFFSET: usize = usize::MAX;

/// Where in an answer a page begins, and of which snapshot and day it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    version: String,
    day: Day,
    offset: usize,
}

impl Cursor {
    /// The page that begins at `offset` of this request's answer.
    pub fn at(ask: &Ask, offset: usize) -> Self {
        Self { version: ask.atlas.version.clone(), day: ask.today, offset }
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        Some(Self {
            version: parts.next()?.to_owned(),
            day: values::day(parts.next()?).ok()?,
            offset: parts.next()?.parse().ok()?,
        })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.version, self.day, self.offset)
    }
}

/// Where the page begins: by `cursor`, else by `offset`. A cursor also says for
/// which day the answer is, so that pages of one answer do not part at midnight.
pub fn start(ask: &mut Ask) -> Result<usize, Problem> {
    let offset = ask.params.whole("offset", 0, HIGHEST_OFFSET)?;
    let cursor = ask.params.read("cursor", |text| {
        Cursor::parse(text).ok_or_else(|| {
            format!("`{}` is no cursor; take it from a `next` link", values::shown(text))
        })
    })?;
    match (cursor, offset) {
        (None, offset) => Ok(offset.unwrap_or(0)),
        (Some(_), Some(_)) => {
            Err(Problem::parameter("cursor", "stands beside `offset`; give one of the two"))
        }
        (Some(cursor), None) if cursor.version != ask.atlas.version => {
            let first = ask.path_with(&[("cursor", "")]);
            let link = ask.link("first", GEOJSON, "The first page, as it is now", &first);
            let detail = "the atlas has changed since that page, so that pages of before and \
                          after would not fit together; begin again at the link";
            Err(Problem::gone(detail, vec![link]).of_parameter("cursor"))
        }
        // A page may part from the next at midnight; what is older was kept.
        (Some(cursor), None)
            if cursor.day != ask.today && Some(cursor.day) != ask.today.yesterday().ok() =>
        {
            Err(Problem::parameter(
                "cursor",
                "is of another day; begin again without a cursor, or name the day as `datetime`",
            ))
        }
        (Some(cursor), None) => {
            ask.today = cursor.day;
            Ok(cursor.offset)
        }
    }
}
