//! CQL2 JSON: checked along its structure first, so that an error names the
//! place in the document.

use cql2::Expr;
use serde_json::Value;

use super::FilterError;

/// Parses CQL2 JSON nested no deeper than `deepest`.
pub(super) fn parse(text: &str, deepest: usize) -> Result<Expr, FilterError> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        FilterError::new(format!(
            "line {}, column {}: not JSON: {error}",
            error.line(),
            error.column()
        ))
    })?;
    check(&value, "$", deepest)?;
    Expr::try_from(value).map_err(|error| FilterError::new(format!("not CQL2 JSON: {error}")))
}

fn check(value: &Value, path: &str, deepest: usize) -> Result<(), FilterError> {
    let fault = |what: &str| Err(FilterError::new(format!("at {path}: {what}")));
    if deepest == 0 {
        return fault("nested too deep; write it flatter");
    }
    let each = |items: &[Value], member: &str| {
        items.iter().enumerate().try_for_each(|(place, item)| {
            check(item, &format!("{path}{member}[{place}]"), deepest - 1)
        })
    };
    let object = match value {
        Value::Array(items) => return each(items, ""),
        Value::Object(object) => object,
        Value::Null => return fault("null has no place in a filter; use isNull"),
        _ => return Ok(()),
    };
    if object.contains_key("type") {
        return Ok(());
    }
    if let Some(op) = object.get("op") {
        if !op.is_string() {
            return fault("`op` is not a string; write the operator's name");
        }
        return match object.get("args") {
            Some(Value::Array(items))
                if items.len() < 2 && matches!(op.as_str(), Some("and" | "or")) =>
            {
                fault("`and` and `or` take two operands or more")
            }
            Some(Value::Array(items)) => each(items, ".args"),
            _ => fault("`args` is not a list of operands"),
        };
    }
    for (member, many) in
        [("interval", true), ("bbox", true), ("date", false), ("timestamp", false)]
    {
        match object.get(member) {
            Some(Value::Array(items)) if many => return each(items, &format!(".{member}")),
            Some(Value::String(_)) if !many => return Ok(()),
            Some(_) => return fault(&format!("`{member}` is of the wrong type")),
            None => {}
        }
    }
    match object.get("property") {
        Some(Value::String(_)) => Ok(()),
        Some(_) => fault("`property` is not a string"),
        None => fault(
            "expected an object with `op`, `property`, `date`, `timestamp`, `interval`, `bbox` or a geometry's `type`",
        ),
    }
}
