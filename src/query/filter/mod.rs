//! Filters: CQL2 text or JSON (OGC 21-065), parsed by the `cql2` crate and
//! compiled once into typed predicates over a layer's columns. Nulls are SQL's:
//! a predicate is true, false or unknown, and what is unknown does not match.

mod by_word;
mod compile;
mod escapes;
mod json;
mod like;
mod literals;
mod parse;
mod spatial;
mod temporal;
mod term;

use geo::Rect;

use self::by_word::Part;
use self::term::{Predicate, Rows};
use crate::atlas::{Atlas, Day, Layer};
use crate::query::Stop;
use crate::query::crs::Crs;

pub use compile::{Columns, FUNCTIONS, MOST_SPATIAL, Signature};
pub use parse::{DEEPEST, LONGEST, Language, MOST_OPERATORS, parse};
pub use term::Key;

/// Why a filter is not taken: what is wrong, where, and what would do.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{0}")]
pub struct FilterError(pub String);

impl FilterError {
    fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

/// A filter compiled for one layer. It is data: it borrows no snapshot.
#[derive(Clone, Debug)]
pub struct Filter {
    predicate: Predicate,
}

impl Filter {
    /// Compiles an expression for a layer; geometries of the expression are in
    /// `crs`, axes in its authority's order.
    ///
    /// # Errors
    /// When it names a property or function that is not there, or compares what
    /// cannot be compared.
    pub fn compile(expression: &cql2::Expr, layer: &Layer, crs: Crs) -> Result<Self, FilterError> {
        compile::filter(expression, layer, crs).map(|predicate| Self { predicate })
    }

    /// Both this filter and another.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { predicate: Predicate::And(vec![self.predicate, other.predicate]) }
    }

    /// A window (degrees) outside of which nothing matches, where the filter has
    /// one.
    #[must_use]
    pub fn window(&self) -> Option<Rect<f64>> {
        self.predicate.window()
    }

    /// Whether a row of a layer passes, on a day, as known on a day. See [`Self::on`] for many.
    #[must_use]
    pub fn passes(
        &self,
        atlas: &Atlas,
        layer: &Layer,
        day: Day,
        known_at: Option<Day>,
        row: u32,
    ) -> bool {
        let stop = &Stop::default();
        self.predicate.test(&Rows { atlas, layer, day, known_at, stop }, row) == Some(true)
    }

    /// A test of rows of a layer, on a day, as known on a day. Once its stop is said it may
    /// say of any that they do not pass.
    pub fn on<'a>(
        &'a self,
        atlas: &'a Atlas,
        layer: &'a Layer,
        day: Day,
        known_at: Option<Day>,
        stop: &'a Stop,
    ) -> impl Fn(u32) -> bool + 'a {
        let rows = Rows { atlas, layer, day, known_at, stop };
        let parts = Part::all(&self.predicate, &rows);
        move |row| parts.iter().all(|part| part.is_true(&rows, row))
    }
}
