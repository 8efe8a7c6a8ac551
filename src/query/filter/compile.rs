//! From a CQL2 expression to a typed one for a layer.

use cql2::Expr;
use geo::Geometry;

use super::like::Pattern;
use super::literals::{bbox_geometry, literal, moment, time};
use super::term::{ArrayRelation, Comparison, Key, Operator, Predicate, Term};
use super::{FilterError, spatial, temporal};
use crate::atlas::schema::PropertyType;
use crate::atlas::{Layer, LayerKind, Status};
use crate::query::crs::Crs;

/// What a function takes and gives.
#[derive(Debug)]
pub struct Signature {
    pub name: &'static str,
    pub description: &'static str,
    /// Name and JSON Schema type or format of each argument.
    pub arguments: &'static [(&'static str, &'static str)],
    pub returns: &'static str,
}

/// The functions of filters, beside the operators of CQL2.
pub const FUNCTIONS: [Signature; 1] = [Signature {
    name: "distance",
    description: "Metres on the WGS 84 ellipsoid from a position to the nearest point of a geometry.",
    arguments: &[("geometry", "geometry"), ("position", "point")],
    returns: "number",
}];

/// What can be compared with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Boolean,
    Time,
    Geometry,
    List,
    /// Known only row by row.
    Any,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Boolean => "true or false",
            Self::Time => "a time",
            Self::Geometry => "a geometry",
            Self::List => "a list",
            Self::Any => "a value",
        }
    }
}

/// A term with its kind.
struct Typed {
    term: Term,
    kind: Kind,
}

/// The names that a filter on a layer may use.
pub struct Columns<'a> {
    layer: &'a Layer,
}

impl<'a> Columns<'a> {
    /// Of a layer.
    #[must_use]
    pub fn of(layer: &'a Layer) -> Self {
        Self { layer }
    }

    /// Every queryable with its type, but for the geometry.
    pub fn queryables(&self) -> impl Iterator<Item = (&'a str, PropertyType)> + '_ {
        let own = self.layer.schema.properties.iter().map(|p| (p.name.as_str(), p.kind));
        let status = Status::PROPERTIES.iter().map(|name| {
            let kind = if Status::FLAGS.contains(name) {
                PropertyType::Boolean
            } else {
                PropertyType::Text
            };
            (*name, kind)
        });
        own.chain(status.filter(|_| self.layer.info.kind == LayerKind::ReportedArea))
    }

    /// What to sort by for the property with this name.
    ///
    /// # Errors
    /// When there is no such property, or it has no order.
    pub fn key(&self, name: &str) -> Result<Key, FilterError> {
        let Typed { term, kind } = self.term(name)?;
        match kind {
            Kind::Geometry | Kind::List => {
                Err(FilterError::new(format!("`{name}` is {}, which has no order", kind.word())))
            }
            _ => Ok(Key(term)),
        }
    }

    fn term(&self, name: &str) -> Result<Typed, FilterError> {
        let info = &self.layer.info;
        let is = |property: &Option<String>| property.as_deref() == Some(name);
        if name == info.geometry_property {
            return Ok(Typed { term: Term::Shape, kind: Kind::Geometry });
        }
        if is(&info.start_property) {
            return Ok(Typed { term: Term::Start, kind: Kind::Time });
        }
        if is(&info.end_property) {
            return Ok(Typed { term: Term::End, kind: Kind::Time });
        }
        let own = self.layer.schema.properties.iter().position(|property| property.name == name);
        if let Some(place) = own {
            let kind = match self.layer.schema.properties[place].kind {
                PropertyType::Text => Kind::Text,
                PropertyType::Integer | PropertyType::Number => Kind::Number,
                PropertyType::Boolean => Kind::Boolean,
                PropertyType::Date | PropertyType::Timestamp => Kind::Time,
                PropertyType::Array => Kind::List,
                PropertyType::Json => Kind::Any,
            };
            return Ok(Typed { term: Term::Column(place), kind });
        }
        let status = Status::PROPERTIES.iter().find(|property| **property == name);
        if let (Some(name), LayerKind::ReportedArea) = (status, info.kind) {
            let kind = if Status::FLAGS.contains(name) { Kind::Boolean } else { Kind::Text };
            return Ok(Typed { term: Term::Status(name), kind });
        }
        if name == "id" {
            return Ok(Typed { term: Term::Id, kind: Kind::Text });
        }
        let names: Vec<&str> = self.queryables().map(|(name, _)| name).collect();
        Err(FilterError::new(format!(
            "`{}` is not a property of `{}`; there are {}, {}",
            crate::query::values::shown(name),
            info.id,
            names.join(", "),
            info.geometry_property
        )))
    }
}

/// Most comparisons of geometries in a filter: each may take as long as a
/// thousand others.
pub const MOST_SPATIAL: usize = 16;

/// Compiles a whole filter.
pub(super) fn filter(expression: &Expr, layer: &Layer, crs: Crs) -> Result<Predicate, FilterError> {
    let predicate = Compiler { columns: Columns::of(layer), crs }.predicate(expression)?;
    let spatial = predicate.spatial();
    if spatial > MOST_SPATIAL {
        return Err(FilterError::new(format!(
            "compares geometries {spatial} times; {MOST_SPATIAL} are the most"
        )));
    }
    Ok(predicate)
}

struct Compiler<'a> {
    columns: Columns<'a>,
    /// What the filter's geometries are in.
    crs: Crs,
}

impl Compiler<'_> {
    fn predicate(&self, expression: &Expr) -> Result<Predicate, FilterError> {
        let Expr::Operation { op, args } = expression else {
            let flag = self.term(expression)?;
            return match flag.kind {
                Kind::Boolean | Kind::Any => Ok(Predicate::Flag(flag.term)),
                other => Err(FilterError::new(format!(
                    "{} stands where a condition is wanted, as `name = 'x'`",
                    other.word()
                ))),
            };
        };
        let all = || args.iter().map(|arg| self.predicate(arg)).collect::<Result<Vec<_>, _>>();
        let name = op.to_ascii_lowercase();
        if let Some(relation) = spatial::Relation::from_operator(&name) {
            let [a, b] = self.terms(op, args)?;
            wanted(op, &a, Kind::Geometry)?;
            wanted(op, &b, Kind::Geometry)?;
            return Ok(Predicate::Spatial(relation, a.term, b.term));
        }
        if let Some(relation) = temporal::Relation::from_operator(&name) {
            let [a, b] = self.terms(op, args)?;
            let (a, b) = (as_time(op, a)?, as_time(op, b)?);
            return Ok(Predicate::Temporal(relation, a.term, b.term));
        }
        match name.as_str() {
            "and" => all().map(Predicate::And),
            "or" => all().map(Predicate::Or),
            "not" => {
                let [part] = operands(op, args)?;
                Ok(Predicate::Not(Box::new(self.predicate(part)?)))
            }
            "=" | "eq" => self.compare(Comparison::Equal, op, args),
            "<>" | "!=" | "neq" => self.compare(Comparison::NotEqual, op, args),
            "<" | "lt" => self.compare(Comparison::Less, op, args),
            "<=" | "lte" => self.compare(Comparison::LessOrEqual, op, args),
            ">" | "gt" => self.compare(Comparison::Greater, op, args),
            ">=" | "gte" => self.compare(Comparison::GreaterOrEqual, op, args),
            "between" => {
                let [value, low, high] = self.terms(op, args)?;
                let (value, low) = alike(op, value, low)?;
                let (value, high) = alike(op, value, high)?;
                Ok(Predicate::Between(value.term, low.term, high.term))
            }
            "in" => self.in_list(op, args),
            "like" => self.like(op, args),
            "isnull" => {
                let [term] = self.terms(op, args)?;
                Ok(Predicate::IsNull(term.term))
            }
            "a_equals" => self.array(ArrayRelation::Equals, op, args),
            "a_contains" => self.array(ArrayRelation::Contains, op, args),
            "a_containedby" => self.array(ArrayRelation::ContainedBy, op, args),
            "a_overlaps" => self.array(ArrayRelation::Overlaps, op, args),
            _ => Err(FilterError::new(format!(
                "`{}` gives no condition; compare it with something, as `… > 0`, or see /functions for what there is",
                crate::query::values::shown(op)
            ))),
        }
    }

    fn terms<const N: usize>(
        &self,
        op: &str,
        args: &[Box<Expr>],
    ) -> Result<[Typed; N], FilterError> {
        let terms: Vec<Typed> =
            operands::<N>(op, args)?.iter().map(|arg| self.term(arg)).collect::<Result<_, _>>()?;
        terms.try_into().map_err(|_| FilterError::new(format!("`{op}` takes {N} operands")))
    }

    fn compare(
        &self,
        how: Comparison,
        op: &str,
        args: &[Box<Expr>],
    ) -> Result<Predicate, FilterError> {
        let [a, b] = self.terms(op, args)?;
        let (a, b) = alike(op, a, b)?;
        if a.kind == Kind::Geometry {
            return Err(FilterError::new("geometries are compared with S_EQUALS"));
        }
        Ok(Predicate::Compare(how, a.term, b.term))
    }

    fn in_list(&self, op: &str, args: &[Box<Expr>]) -> Result<Predicate, FilterError> {
        let [value, list] = operands(op, args)?;
        let Expr::Array(items) = list else {
            return Err(FilterError::new("IN takes a list in parentheses, as IN ('a', 'b')"));
        };
        let mut value = self.term(value)?;
        let mut terms = Vec::with_capacity(items.len());
        for item in items {
            let (same, item) = alike(op, value, self.term(item)?)?;
            value = same;
            terms.push(item.term);
        }
        Ok(Predicate::In(value.term, terms))
    }

    fn like(&self, op: &str, args: &[Box<Expr>]) -> Result<Predicate, FilterError> {
        let [value, pattern] = self.terms(op, args)?;
        wanted(op, &value, Kind::Text)?;
        let pattern = constant_text(&pattern.term).ok_or_else(|| {
            FilterError::new(
                "LIKE takes a pattern in quotes, as LIKE 'Ak%'; CASEI and ACCENTI of one too",
            )
        })?;
        Ok(Predicate::Like(value.term, Pattern::new(&pattern)))
    }

    fn array(
        &self,
        how: ArrayRelation,
        op: &str,
        args: &[Box<Expr>],
    ) -> Result<Predicate, FilterError> {
        let [a, b] = self.terms(op, args)?;
        wanted(op, &a, Kind::List)?;
        wanted(op, &b, Kind::List)?;
        Ok(Predicate::Array(how, a.term, b.term))
    }

    fn term(&self, expression: &Expr) -> Result<Typed, FilterError> {
        let typed = |term, kind| Ok(Typed { term, kind });
        match expression {
            Expr::Literal(text) => typed(Term::Text(text.clone()), Kind::Text),
            Expr::Float(number) => typed(Term::Number(*number), Kind::Number),
            Expr::Bool(flag) => typed(Term::Boolean(*flag), Kind::Boolean),
            Expr::Null => Err(FilterError::new("nothing compares with null; write IS NULL")),
            Expr::Property { property } => self.columns.term(property),
            Expr::Date { date } => typed(Term::Time(moment(date, "DATE")?), Kind::Time),
            Expr::Timestamp { timestamp } => {
                typed(Term::Time(moment(timestamp, "TIMESTAMP")?), Kind::Time)
            }
            Expr::Interval { interval } => self.interval(interval),
            Expr::BBox { bbox } => {
                typed(Term::Geometry(Box::new(bbox_geometry(bbox, self.crs)?)), Kind::Geometry)
            }
            Expr::Geometry(geometry) => {
                typed(Term::Geometry(Box::new(literal(geometry, self.crs)?)), Kind::Geometry)
            }
            Expr::Array(items) => {
                let terms: Result<Vec<Term>, _> =
                    items.iter().map(|item| self.term(item).map(|typed| typed.term)).collect();
                typed(Term::List(terms?), Kind::List)
            }
            Expr::Operation { op, args } => self.operation(op, args),
        }
    }

    fn operation(&self, op: &str, args: &[Box<Expr>]) -> Result<Typed, FilterError> {
        let name = op.to_ascii_lowercase();
        let operator = match name.as_str() {
            "casei" | "accenti" => {
                let [text] = self.terms(op, args)?;
                wanted(op, &text, Kind::Text)?;
                let inner = Box::new(text.term);
                let term = if name == "casei" { Term::Casei(inner) } else { Term::Accenti(inner) };
                return Ok(Typed { term, kind: Kind::Text });
            }
            "distance" => return self.distance(op, args),
            "+" => Operator::Plus,
            "-" => Operator::Minus,
            "*" => Operator::Times,
            "/" => Operator::Over,
            "div" => Operator::Div,
            "%" => Operator::Modulo,
            "^" => Operator::Power,
            _ => {
                let names: Vec<&str> = FUNCTIONS.iter().map(|function| function.name).collect();
                return Err(FilterError::new(format!(
                    "there is no function `{}`; there are casei, accenti, {}",
                    crate::query::values::shown(op),
                    names.join(", ")
                )));
            }
        };
        let mut terms = Vec::with_capacity(args.len());
        for arg in args {
            let term = self.term(arg)?;
            wanted(op, &term, Kind::Number)?;
            terms.push(term.term);
        }
        let sum =
            terms.into_iter().reduce(|a, b| Term::Arithmetic(operator, Box::new(a), Box::new(b)));
        let term = sum.filter(|_| args.len() > 1);
        let term =
            term.ok_or_else(|| FilterError::new(format!("`{op}` takes two operands or more")))?;
        Ok(Typed { term, kind: Kind::Number })
    }

    fn distance(&self, op: &str, args: &[Box<Expr>]) -> Result<Typed, FilterError> {
        let [geometry, position] = self.terms(op, args)?;
        wanted(op, &geometry, Kind::Geometry)?;
        let Term::Geometry(literal) = &position.term else {
            return Err(FilterError::new("distance takes a position, as POINT(71.05 40.19)"));
        };
        let Geometry::Point(point) = **literal else {
            return Err(FilterError::new("distance takes a position, as POINT(71.05 40.19)"));
        };
        Ok(Typed { term: Term::Distance(Box::new(geometry.term), point.0), kind: Kind::Number })
    }

    fn interval(&self, bounds: &[Box<Expr>]) -> Result<Typed, FilterError> {
        let [start, end] = operands("INTERVAL", bounds)?;
        let bound = |bound: &Expr| match bound {
            Expr::Literal(text) if text == ".." => Ok(Term::Open),
            other => as_time("INTERVAL", self.term(other)?).map(|time| time.term),
        };
        let (start, end) = (bound(start)?, bound(end)?);
        if let (Term::Time(a), Term::Time(b)) = (&start, &end)
            && temporal::order(*a, *b) == Some(std::cmp::Ordering::Greater)
        {
            return Err(FilterError::new(
                "the INTERVAL ends before it starts; put the earlier time first",
            ));
        }
        Ok(Typed { term: Term::Interval(Box::new(start), Box::new(end)), kind: Kind::Time })
    }
}

fn operands<'e, const N: usize>(
    op: &str,
    args: &'e [Box<Expr>],
) -> Result<[&'e Expr; N], FilterError> {
    let refs: Vec<&Expr> = args.iter().map(AsRef::as_ref).collect();
    refs.try_into().map_err(|refs: Vec<&Expr>| {
        FilterError::new(format!("`{op}` takes {N} operand(s), and has {}", refs.len()))
    })
}

fn wanted(op: &str, found: &Typed, kind: Kind) -> Result<(), FilterError> {
    if found.kind == kind || found.kind == Kind::Any {
        return Ok(());
    }
    Err(FilterError::new(format!("`{op}` takes {}, and has {}", kind.word(), found.kind.word())))
}

/// Two terms that can be compared; a text beside a time is read as one.
fn alike(op: &str, a: Typed, b: Typed) -> Result<(Typed, Typed), FilterError> {
    match (a.kind, b.kind) {
        (Kind::Time, Kind::Text) => Ok((a, as_time(op, b)?)),
        (Kind::Text, Kind::Time) => Ok((as_time(op, a)?, b)),
        (Kind::Any, _) | (_, Kind::Any) => Ok((a, b)),
        (x, y) if x == y => Ok((a, b)),
        (x, y) => Err(FilterError::new(format!("`{op}` compares {} with {}", x.word(), y.word()))),
    }
}

fn as_time(op: &str, found: Typed) -> Result<Typed, FilterError> {
    match (&found.term, found.kind) {
        (Term::Text(text), _) => {
            let time = time(text).ok_or_else(|| {
                FilterError::new(format!(
                    "`{}` is not a time; write 2024-04-15, or 2024-04-15T10:00:00Z",
                    crate::query::values::shown(text)
                ))
            })?;
            Ok(Typed { term: Term::Time(time), kind: Kind::Time })
        }
        (_, Kind::Time | Kind::Any) => Ok(found),
        (_, other) => {
            Err(FilterError::new(format!("`{op}` takes a time, and has {}", other.word())))
        }
    }
}

/// The text of a pattern that does not depend on the row.
fn constant_text(term: &Term) -> Option<String> {
    match term {
        Term::Text(text) => Some(text.clone()),
        Term::Casei(inner) => constant_text(inner).map(|text| text.to_lowercase()),
        Term::Accenti(inner) => constant_text(inner).map(unaccent::unaccent),
        _ => None,
    }
}
