//! Compiled expressions and their values for a row. `None` is null.

use std::borrow::Cow;
use std::cmp::Ordering;

use geo::{BoundingRect, Coord, Geometry, Rect};

use super::like::Pattern;
use super::{spatial, temporal};
use crate::atlas::schema::Column;
use crate::atlas::status::Said;
use crate::atlas::{Atlas, Day, Layer};
use crate::query::{Stop, geodesy};
use temporal::{Moment, Time};

/// The rows that a filter is tested on, and the day whose status they have.
pub(super) struct Rows<'a> {
    pub atlas: &'a Atlas,
    pub layer: &'a Layer,
    pub day: Day,
    pub known_at: Option<Day>,
    /// Comparing large geometries takes a while each time.
    pub stop: &'a Stop,
}

/// A value of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    Boolean(bool),
    Time(Time),
    Geometry(&'a Geometry<f64>),
    List(Vec<Value<'a>>),
}

/// An expression that has a value for each row.
#[derive(Clone, Debug)]
pub(super) enum Term {
    Text(String),
    Number(f64),
    Boolean(bool),
    Time(Time),
    Geometry(Box<Geometry<f64>>),
    /// The layer's property in this place of its schema.
    Column(usize),
    /// A property of a reported area that depends on the day.
    Status(&'static str),
    Id,
    /// The layer's own geometry.
    Shape,
    /// The first or the last day of the validity; none is open.
    Start,
    End,
    Interval(Box<Term>, Box<Term>),
    Open,
    Casei(Box<Term>),
    Accenti(Box<Term>),
    Arithmetic(Operator, Box<Term>, Box<Term>),
    /// Metres from a geometry to a position.
    Distance(Box<Term>, Coord<f64>),
    List(Vec<Term>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
    /// Whole part of a quotient.
    Div,
    Modulo,
    Power,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ArrayRelation {
    Equals,
    Contains,
    ContainedBy,
    Overlaps,
}

/// An expression that is true, false or unknown for each row.
#[derive(Clone, Debug)]
pub(super) enum Predicate {
    And(Vec<Predicate>),
    Or(Vec<Predicate>),
    Not(Box<Predicate>),
    Compare(Comparison, Term, Term),
    Between(Term, Term, Term),
    In(Term, Vec<Term>),
    Like(Term, Pattern),
    IsNull(Term),
    Spatial(spatial::Relation, Term, Term),
    Temporal(temporal::Relation, Term, Term),
    Array(ArrayRelation, Term, Term),
    Flag(Term),
}

impl<'a> Rows<'a> {
    /// A column of the layer's, where what it says of a row was known.
    fn column(&self, place: usize, row: u32) -> Option<&'a Column> {
        let property = &self.layer.schema.properties[place];
        let feature = self.layer.feature(row);
        let is_unknown = self.layer.is_unknown(feature, &property.name, self.known_at);
        (!is_unknown).then_some(&property.column)
    }
}

impl Term {
    /// Whether it is text for every row, and lies there as it is: most filters compare
    /// such, and a [`Value`] of each would take longer than the comparison.
    fn is_text(&self, layer: &Layer) -> bool {
        match self {
            Self::Text(_) | Self::Id => true,
            Self::Column(place) => {
                matches!(layer.schema.properties[*place].column, Column::Text(_))
            }
            _ => false,
        }
    }

    /// The text that it is for a row.
    fn text<'a>(&'a self, rows: &Rows<'a>, row: u32) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Id => Some(&rows.layer.feature(row).id),
            Self::Column(place) => match rows.column(*place, row)? {
                Column::Text(texts) => texts.get(row as usize),
                _ => None,
            },
            _ => None,
        }
    }

    fn value<'a>(&'a self, rows: &Rows<'a>, row: u32) -> Option<Value<'a>> {
        let day = |day: Option<Day>| day.map(|day| Value::Time(Time::at(Moment::Day(day))));
        match self {
            Self::Text(text) => Some(Value::Text(Cow::Borrowed(text))),
            Self::Number(number) => Some(Value::Number(*number)),
            Self::Boolean(flag) => Some(Value::Boolean(*flag)),
            Self::Time(time) => Some(Value::Time(*time)),
            Self::Geometry(geometry) => Some(Value::Geometry(geometry)),
            Self::Column(place) => cell(rows.column(*place, row)?, row as usize),
            Self::Status(name) => {
                let id = &rows.layer.feature(row).id;
                let ledger = &rows.atlas.ledger;
                let status = rows.atlas.areas.status(ledger, id, rows.day, rows.known_at)?;
                match status.property(ledger, name) {
                    Said::Nothing => None,
                    Said::Flag(flag) => Some(Value::Boolean(flag)),
                    Said::Text(text) => Some(Value::Text(text)),
                }
            }
            Self::Id => Some(Value::Text(Cow::Borrowed(&rows.layer.feature(row).id))),
            Self::Shape => rows.layer.feature(row).geometry.as_ref().map(Value::Geometry),
            Self::Start => day(rows.layer.feature(row).validity.first),
            Self::End => {
                let feature = rows.layer.feature(row);
                day(feature.validity.last.filter(|_| !feature.ends_unknown(rows.known_at)))
            }
            Self::Open => None,
            Self::Interval(start, end) => interval(start, end, rows, row),
            Self::Casei(inner) => match inner.value(rows, row)? {
                Value::Text(text) => Some(Value::Text(Cow::Owned(text.to_lowercase()))),
                other => Some(other),
            },
            Self::Accenti(inner) => match inner.value(rows, row)? {
                Value::Text(text) => Some(Value::Text(Cow::Owned(unaccent::unaccent(text)))),
                other => Some(other),
            },
            Self::Arithmetic(operator, a, b) => {
                let (Value::Number(a), Value::Number(b)) =
                    (a.value(rows, row)?, b.value(rows, row)?)
                else {
                    return None;
                };
                let result = match operator {
                    Operator::Plus => a + b,
                    Operator::Minus => a - b,
                    Operator::Times => a * b,
                    Operator::Over => a / b,
                    Operator::Div => (a / b).trunc(),
                    Operator::Modulo => a % b,
                    Operator::Power => a.powf(b),
                };
                // Division by nothing has no value.
                result.is_finite().then_some(Value::Number(result))
            }
            Self::Distance(geometry, to) => match geometry.value(rows, row)? {
                Value::Geometry(geometry) => {
                    geodesy::nearest(*to, geometry).map(|nearest| Value::Number(nearest.distance_m))
                }
                _ => None,
            },
            Self::List(items) => items
                .iter()
                .map(|item| item.value(rows, row))
                .collect::<Option<_>>()
                .map(Value::List),
        }
    }
}

/// An interval of two moments. A bound that is null is open when the other is
/// not; validity is open where it has no day.
fn interval<'a>(start: &'a Term, end: &'a Term, rows: &Rows<'a>, row: u32) -> Option<Value<'a>> {
    let moment = |term: &'a Term| match term.value(rows, row) {
        Some(Value::Time(time)) => Some(time),
        _ => None,
    };
    let is_open = |term: &Term| matches!(term, Term::Start | Term::End | Term::Open);
    let (first, last) = (moment(start), moment(end));
    if first.is_none() && last.is_none() && !(is_open(start) && is_open(end)) {
        return None;
    }
    Some(Value::Time(Time {
        start: first.and_then(|time| time.start),
        end: last.and_then(|time| time.end),
    }))
}

fn cell(column: &Column, row: usize) -> Option<Value<'_>> {
    let at = |moment| Value::Time(Time::at(moment));
    match column {
        Column::Boolean(cells) => cells[row].map(Value::Boolean),
        #[allow(clippy::cast_precision_loss)] // Numbers compare as JSON has them.
        Column::Integer(cells) => cells[row].map(|whole| Value::Number(whole as f64)),
        Column::Number(cells) => cells[row].map(Value::Number),
        Column::Text(texts) => texts.get(row).map(|text| Value::Text(Cow::Borrowed(text))),
        Column::Date(days) => days[row].map(|day| at(Moment::Day(day))),
        Column::Timestamp(instants) => instants[row].map(|instant| at(Moment::Instant(instant))),
        Column::Json(cells) => cells[row].as_ref().and_then(borrowed),
    }
}

fn borrowed(value: &serde_json::Value) -> Option<Value<'_>> {
    match value {
        serde_json::Value::Null | serde_json::Value::Object(_) => None,
        serde_json::Value::Bool(flag) => Some(Value::Boolean(*flag)),
        serde_json::Value::Number(number) => number.as_f64().map(Value::Number),
        serde_json::Value::String(text) => Some(Value::Text(Cow::Borrowed(text))),
        serde_json::Value::Array(items) => {
            items.iter().map(borrowed).collect::<Option<_>>().map(Value::List)
        }
    }
}

/// The order of two values of a kind; `None` when they have none.
fn order(a: &Value<'_>, b: &Value<'_>) -> Option<Ordering> {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Number(a), Value::Number(b)) => a.partial_cmp(b),
        (Value::Boolean(a), Value::Boolean(b)) => Some(a.cmp(b)),
        (Value::Time(a), Value::Time(b)) => temporal::order(*a, *b),
        _ => None,
    }
}

/// An order in which any two values stand, as sorting wants it: values of a kind as they
/// compare, one kind after the other. Lists, and what else has no order, stand alike.
fn total_order(a: &Value<'_>, b: &Value<'_>) -> Ordering {
    let kind = |value: &Value<'_>| match value {
        Value::Number(_) => 0,
        Value::Text(_) => 1,
        Value::Boolean(_) => 2,
        Value::Time(_) => 3,
        Value::Geometry(_) => 4,
        Value::List(_) => 5,
    };
    kind(a).cmp(&kind(b)).then_with(|| order(a, b).unwrap_or(Ordering::Equal))
}

/// A property to sort by.
#[derive(Clone, Debug)]
pub struct Key(pub(super) Term);

impl Key {
    /// The order of two rows, and whether it may be turned round: what has no
    /// value comes last either way.
    #[must_use]
    pub fn order(
        &self,
        atlas: &Atlas,
        layer: &Layer,
        day: Day,
        known_at: Option<Day>,
        (a, b): (u32, u32),
    ) -> (Ordering, bool) {
        let stop = &Stop::default();
        let rows = Rows { atlas, layer, day, known_at, stop };
        match (self.0.value(&rows, a), self.0.value(&rows, b)) {
            (Some(a), Some(b)) => (total_order(&a, &b), true),
            (a, b) => (a.is_none().cmp(&b.is_none()), false),
        }
    }
}

impl Comparison {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::LessOrEqual => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterOrEqual => order.is_ge(),
        }
    }
}

impl ArrayRelation {
    fn holds(self, a: &[Value<'_>], b: &[Value<'_>]) -> bool {
        let has = |items: &[Value<'_>], item: &Value<'_>| items.contains(item);
        match self {
            Self::Equals => {
                a.len() == b.len()
                    && a.iter().all(|item| has(b, item))
                    && b.iter().all(|item| has(a, item))
            }
            Self::Contains => b.iter().all(|item| has(a, item)),
            Self::ContainedBy => a.iter().all(|item| has(b, item)),
            Self::Overlaps => a.iter().any(|item| has(b, item)),
        }
    }
}

impl Predicate {
    /// True, false, or unknown (`None`).
    pub fn test<'a>(&'a self, rows: &Rows<'a>, row: u32) -> Option<bool> {
        match self {
            Self::And(parts) => {
                let mut unknown = false;
                for part in parts {
                    match part.test(rows, row) {
                        Some(false) => return Some(false),
                        Some(true) => {}
                        None => unknown = true,
                    }
                }
                (!unknown).then_some(true)
            }
            Self::Or(parts) => {
                let mut unknown = false;
                for part in parts {
                    match part.test(rows, row) {
                        Some(true) => return Some(true),
                        Some(false) => {}
                        None => unknown = true,
                    }
                }
                (!unknown).then_some(false)
            }
            Self::Not(part) => part.test(rows, row).map(|truth| !truth),
            Self::Compare(comparison, a, b) => {
                if a.is_text(rows.layer) && b.is_text(rows.layer) {
                    let order = a.text(rows, row)?.cmp(b.text(rows, row)?);
                    return Some(comparison.holds(order));
                }
                let (a, b) = (a.value(rows, row)?, b.value(rows, row)?);
                order(&a, &b).map(|order| comparison.holds(order))
            }
            Self::Between(value, low, high) => {
                let value = value.value(rows, row)?;
                let beside = |bound: &'a Term| order(&value, &bound.value(rows, row)?);
                // One bound that is passed settles it, whatever the other is.
                match (beside(low), beside(high)) {
                    (Some(Ordering::Less), _) | (_, Some(Ordering::Greater)) => Some(false),
                    (Some(_), Some(_)) => Some(true),
                    _ => None,
                }
            }
            Self::In(value, items) => {
                let value = value.value(rows, row)?;
                let mut unknown = false;
                for item in items {
                    match item.value(rows, row).and_then(|item| order(&value, &item)) {
                        Some(Ordering::Equal) => return Some(true),
                        Some(_) => {}
                        None => unknown = true,
                    }
                }
                (!unknown).then_some(false)
            }
            Self::Like(value, pattern) => match value.value(rows, row)? {
                Value::Text(text) => Some(pattern.fits(&text)),
                _ => None,
            },
            Self::IsNull(term) => Some(term.value(rows, row).is_none()),
            Self::Spatial(relation, a, b) => match (a.value(rows, row)?, b.value(rows, row)?) {
                (Value::Geometry(a), Value::Geometry(b)) => {
                    (!rows.stop.is_said()).then(|| relation.holds(a, b))
                }
                _ => None,
            },
            Self::Temporal(relation, a, b) => match (a.value(rows, row)?, b.value(rows, row)?) {
                (Value::Time(a), Value::Time(b)) => Some(relation.holds(a, b)),
                _ => None,
            },
            Self::Array(relation, a, b) => match (a.value(rows, row)?, b.value(rows, row)?) {
                (Value::List(a), Value::List(b)) => Some(relation.holds(&a, &b)),
                _ => None,
            },
            Self::Flag(term) => match term.value(rows, row)? {
                Value::Boolean(flag) => Some(flag),
                _ => None,
            },
        }
    }

    /// How often it compares geometries.
    pub fn spatial(&self) -> usize {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().map(Self::spatial).sum(),
            Self::Not(part) => part.spatial(),
            Self::Spatial(..) => 1,
            _ => 0,
        }
    }

    /// A window outside of which it does not hold.
    pub fn window(&self) -> Option<Rect<f64>> {
        match self {
            Self::And(parts) => parts.iter().filter_map(Self::window).reduce(|a, b| {
                let smaller = |a: Rect<f64>, b: Rect<f64>| {
                    if a.width() * a.height() <= b.width() * b.height() { a } else { b }
                };
                smaller(a, b)
            }),
            Self::Or(parts) => {
                let windows: Option<Vec<_>> = parts.iter().map(Self::window).collect();
                windows?.into_iter().reduce(|a, b| {
                    Rect::new(
                        Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) },
                        Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) },
                    )
                })
            }
            Self::Spatial(relation, Term::Shape, Term::Geometry(literal))
            | Self::Spatial(relation, Term::Geometry(literal), Term::Shape)
                if *relation != spatial::Relation::Disjoint =>
            {
                literal.bounding_rect()
            }
            _ => None,
        }
    }
}
