//! Parameters that narrow and order a collection by what its features say:
//! `filter`, queryables by name, `sortby` (OGC 19-079r2, OGC 20-004).

use cql2::Expr;

use super::ask::Ask;
use super::problem::Problem;
use crate::atlas::Layer;
use crate::atlas::schema::PropertyType;
use crate::query::filter::{Columns, Filter, Language, parse};
use crate::query::values;
use crate::query::{Crs, SortKey};

/// Names that parameters of `items` have: a queryable of such a name is asked
/// with `filter`.
pub(super) const RESERVED: [&str; 18] = [
    "bbox",
    "bbox-crs",
    "crs",
    "cursor",
    "datetime",
    "f",
    "filter",
    "filter-crs",
    "filter-lang",
    "known-at",
    "limit",
    "near",
    "offset",
    "place",
    "properties",
    "radius",
    "skipGeometry",
    "sortby",
];

/// `filter`, with every queryable that is asked by its name.
pub fn filter(ask: &Ask, layer: &Layer) -> Result<Option<Filter>, Problem> {
    let language = ask.params.read("filter-lang", |text| match text {
        "cql2-text" => Ok(Language::Text),
        "cql2-json" => Ok(Language::Json),
        other => {
            Err(format!("`{}` is not offered; write cql2-text or cql2-json", values::shown(other)))
        }
    })?;
    let text = ask.params.text("filter");
    let crs = ask.params.read("filter-crs", Crs::parse)?;
    if text.is_none() && crs.is_some() {
        return Err(Problem::parameter("filter-crs", "stands without `filter`; add the filter"));
    }
    let guessed = match text {
        Some(text) if text.trim_start().starts_with('{') => Language::Json,
        _ => Language::Text,
    };
    let mut whole = text
        .map(|text| {
            parse(text, language.unwrap_or(guessed))
                .and_then(|expression| Filter::compile(&expression, layer, crs.unwrap_or_default()))
                .map_err(|error| Problem::parameter("filter", error.to_string()))
        })
        .transpose()?;
    if text.is_none() && language.is_some() {
        return Err(Problem::parameter("filter-lang", "stands without `filter`; add the filter"));
    }
    for (name, kind) in Columns::of(layer).queryables() {
        if RESERVED.contains(&name) {
            continue;
        }
        let Some(value) = ask.params.named(name) else { continue };
        let problem = |detail: String| Problem::parameter(name, detail);
        let value = queried(kind, value).map_err(problem)?;
        let property = Expr::Property { property: name.to_owned() };
        let equal =
            Expr::Operation { op: "=".to_owned(), args: vec![Box::new(property), Box::new(value)] };
        let part = Filter::compile(&equal, layer, Crs::Crs84)
            .map_err(|error| problem(error.to_string()))?;
        whole = Some(match whole {
            Some(whole) => whole.and(part),
            None => part,
        });
    }
    Ok(whole)
}

/// The value that a queryable is asked to equal.
fn queried(kind: PropertyType, text: &str) -> Result<Expr, String> {
    let shown = values::shown(text);
    match kind {
        PropertyType::Integer | PropertyType::Number => {
            let number = text.parse().ok().filter(|number: &f64| number.is_finite());
            let number = number.ok_or_else(|| format!("`{shown}` is not a number"))?;
            if kind == PropertyType::Integer && number.fract() != 0. {
                return Err(format!("`{shown}` is not a whole number, as this property is"));
            }
            Ok(Expr::Float(number))
        }
        PropertyType::Boolean => match text {
            "true" => Ok(Expr::Bool(true)),
            "false" => Ok(Expr::Bool(false)),
            _ => Err(format!("`{shown}` is not a flag; write true or false")),
        },
        PropertyType::Array => Err("is a list; ask it with `filter`, as A_CONTAINS".to_owned()),
        _ => Ok(Expr::Literal(text.to_owned())),
    }
}

/// `sortby`: names after `+` or `-`, comma-separated.
pub fn sort(ask: &Ask, layer: &Layer) -> Result<Vec<SortKey>, Problem> {
    let keys = ask.params.read("sortby", |text| {
        SortKey::parse_all(text, layer).map_err(|error| error.to_string())
    })?;
    Ok(keys.unwrap_or_default())
}
