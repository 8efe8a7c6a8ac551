//! From the text of a filter to an expression, with limits that keep hostile
//! text cheap: the grammar tries alternatives at every parenthesis.

use std::num::NonZeroUsize;
use std::sync::{Arc, LazyLock, Once};

use cql2::Expr;
use quick_cache::sync::Cache;

use super::{FilterError, escapes, json};
use crate::query::values::shown;

/// The language a filter is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Text,
    Json,
}

/// Longest filter, bytes.
pub const LONGEST: usize = 100_000;
/// Deepest nesting of parentheses, or of JSON.
pub const DEEPEST: usize = 40;
/// Most signs before a value, and most comparisons of comparisons.
const LONGEST_CHAIN: usize = 20;
/// Most operators in all.
pub const MOST_OPERATORS: usize = 1000;
/// Steps of the grammar that a text may take: some hundred for each of its bytes
/// suffices for honest ones.
const STEPS: usize = 10_000_000;

/// The grammar's limit is one for the process.
static LIMIT: Once = Once::new();

/// Texts that were parsed, and what came of them: a map asks for each of its tiles, and a table
/// for each of its pages, with the same filter, which takes the grammar some 7 µs to read.
static PARSED: LazyLock<Cache<String, Arc<Expr>>> = LazyLock::new(|| Cache::new(KEPT));
/// How many are kept.
const KEPT: usize = 256;
/// The longest of them, bytes.
const LONGEST_KEPT: usize = 256;

/// Whether what a text means is kept. A place is written between parentheses, and whoever asks
/// about one leaves nothing of it here; nor does a list, which is larger read than written.
fn is_kept(text: &str) -> bool {
    text.len() <= LONGEST_KEPT && !text.contains('(')
}

/// Parses a filter.
///
/// # Errors
/// When it is too long, nested too deep, or not of the language; with the
/// position and what was expected there.
pub fn parse(text: &str, language: Language) -> Result<Arc<Expr>, FilterError> {
    if text.len() > LONGEST {
        return Err(FilterError::new(format!("the filter is longer than {LONGEST} bytes")));
    }
    match language {
        Language::Json => json::parse(text, DEEPEST).map(Arc::new),
        Language::Text => {
            if let Some(expression) = PARSED.get(text) {
                return Ok(expression);
            }
            // The standard's grammar has two readings of a backslash before a
            // quotation mark: the escape, and a sign of the text.
            let escaped = escapes::doubled(text);
            let read = parse_text(&escaped);
            let read =
                if read.is_err() && escaped != text { parse_text(text).or(read) } else { read };
            let expression = Arc::new(read.map(escapes::decoded)?);
            if is_kept(text) {
                PARSED.insert(text.to_owned(), Arc::clone(&expression));
            }
            Ok(expression)
        }
    }
}

fn parse_text(text: &str) -> Result<Expr, FilterError> {
    bounded(text)?;
    LIMIT.call_once(|| pest::set_call_limit(NonZeroUsize::new(STEPS)));
    cql2::parse_text(text).map_err(|error| explained(text, &error))
}

/// Checks quotes, parentheses and chains of operators before the grammar does,
/// which tries two ways at each open parenthesis and would need twice as long for
/// each, and descends into a chain link by link.
fn bounded(text: &str) -> Result<(), FilterError> {
    let mut open: Vec<usize> = Vec::new();
    let (mut operators, mut signs, mut comparisons) = (0, 0, 0);
    let mut at = 0;
    while let Some(sign) = text[at..].chars().next() {
        let start = at;
        at += sign.len_utf8();
        let mut is_prefix = false;
        match sign {
            '\'' | '"' => match text[at..].find(sign) {
                Some(length) => at += length + 1,
                None => {
                    let what = format!("the quotation mark {sign} is not closed");
                    return Err(placed(text, start, &what));
                }
            },
            '(' => {
                open.push(start);
                comparisons = 0;
                if open.len() > DEEPEST {
                    let what =
                        format!("nested deeper than {DEEPEST} parentheses; write it flatter");
                    return Err(placed(text, start, &what));
                }
            }
            ')' if open.pop().is_none() => {
                return Err(placed(text, start, "a parenthesis closes that none opened"));
            }
            ',' | ')' => comparisons = 0,
            '=' | '<' | '>' => {
                comparisons += 1;
                operators += 1;
            }
            '-' => {
                is_prefix = true;
                operators += 1;
            }
            '+' | '*' | '/' | '%' | '^' => operators += 1,
            letter if letter.is_alphabetic() => {
                let word = text[start..].split(|c: char| !c.is_alphanumeric() && c != '_').next();
                let word = word.unwrap_or_default();
                at = start + word.len().max(letter.len_utf8());
                match word.to_ascii_lowercase().as_str() {
                    "and" | "or" => {
                        comparisons = 0;
                        operators += 1;
                    }
                    "not" => {
                        is_prefix = true;
                        operators += 1;
                    }
                    "like" | "in" | "div" | "between" => {
                        comparisons += 1;
                        operators += 1;
                    }
                    _ => {}
                }
            }
            space if space.is_whitespace() => is_prefix = signs > 0,
            _ => {}
        }
        signs = if is_prefix { signs + usize::from(!sign.is_whitespace()) } else { 0 };
        if signs > LONGEST_CHAIN || comparisons > LONGEST_CHAIN || operators > MOST_OPERATORS {
            let what = "too many operators in a row; write it shorter, with IN for many values";
            return Err(placed(text, start, what));
        }
    }
    match open.pop() {
        Some(at) => Err(placed(text, at, "this parenthesis is not closed")),
        None => Ok(()),
    }
}

/// A fault at a byte of the text, as "at character N (near `…`): …".
fn placed(text: &str, at: usize, what: &str) -> FilterError {
    let before = text.get(..at).unwrap_or(text);
    let near = text.get(at..).unwrap_or_default();
    let place = before.chars().count() + 1;
    if near.is_empty() {
        return FilterError::new(format!("at character {place} (its end): {what}"));
    }
    let near: String = near.chars().take(20).collect();
    FilterError::new(format!("at character {place} (near `{near}`): {what}"))
}

fn explained(text: &str, error: &cql2::Error) -> FilterError {
    let cql2::Error::Pest(inner) = error else {
        return FilterError::new(format!("{error}; see CQL2, OGC 21-065"));
    };
    let at = match inner.location {
        pest::error::InputLocation::Pos(at) | pest::error::InputLocation::Span((at, _)) => at,
    };
    let expected = match &inner.variant {
        pest::error::ErrorVariant::ParsingError { positives, .. } => {
            let mut names: Vec<String> =
                positives.iter().map(|rule| wanted(&format!("{rule:?}")).to_owned()).collect();
            names.sort();
            names.dedup();
            format!("expected {}", names.join(", "))
        }
        pest::error::ErrorVariant::CustomError { message } => {
            format!("{}; write it simpler", shown(message))
        }
    };
    placed(text, at, &expected)
}

/// A rule of the grammar in a person's words.
fn wanted(rule: &str) -> &str {
    match rule {
        "EOI" => "the end",
        "And" | "Or" => "AND, OR",
        "Eq" | "NotEq" | "Gt" | "GtEq" | "Lt" | "LtEq" => "a comparison",
        "Like" | "In" | "BetweenPostfix" | "IsNullPostfix" => "LIKE, IN, BETWEEN or IS NULL",
        "Add" | "Subtract" | "Multiply" | "Divide" | "Modulo" | "Power" => "an operator",
        "GEOMETRY" | "GEOMETRY_SINGLE" | "GEOMETRY_COLLECTION" => "a geometry (WKT)",
        "Identifier" | "IdentifierQuoted" => "a property",
        "True" | "False" | "Null" | "Double" | "DECIMAL" | "SingleQuotedString" | "Integer" => {
            "a value"
        }
        "Function" => "a function",
        "COORD" | "PADDED_DECIMAL" => "coordinates",
        _ => "an expression",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_means_the_same_once_it_is_kept() {
        for text in ["use = 'quarry of nobody'", "a = 1 AND b <> 'it''s'", "c = 'back\\slash'"] {
            let before = parse(text, Language::Text).unwrap();
            let again = parse(text, Language::Text).unwrap();
            assert!(Arc::ptr_eq(&before, &again), "{text}");
            assert_eq!(format!("{before:?}"), format!("{:?}", parse_text(text).unwrap()), "{text}");
            assert!(parse(text, Language::Json).is_err(), "{text}");
        }
    }

    #[test]
    fn what_names_a_place_or_is_wrong_is_not_kept() {
        let long = format!("a = '{}'", "x".repeat(LONGEST_KEPT));
        for text in ["S_INTERSECTS(geom, POINT(71 40))", "a IN (1, 2)", &long] {
            let before = parse(text, Language::Text).unwrap();
            assert!(!Arc::ptr_eq(&before, &parse(text, Language::Text).unwrap()), "{text}");
        }
        for _ in 0..2 {
            assert!(parse("a = = 1", Language::Text).is_err());
        }
    }
}
