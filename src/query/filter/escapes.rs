//! Escapes in the character literals of CQL2 text (OGC 21-065r2, requirement
//! `/req/cql2-text/escaping`). The grammar of the crate has `''` alone: the rest is
//! rewritten before it parses, and decoded after.

use std::borrow::Cow;

use cql2::Expr;

/// A filter with every `\'` of its literals as `''`. Both are two bytes, so that
/// places in the text stay.
pub(super) fn doubled(text: &str) -> Cow<'_, str> {
    if !text.contains(r"\'") {
        return Cow::Borrowed(text);
    }
    let mut bytes = text.as_bytes().to_vec();
    let mut quote = None;
    let mut at = 0;
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (None, sign @ (b'\'' | b'"')) => quote = Some(sign),
            (Some(b'\''), b'\\') if bytes.get(at + 1) == Some(&b'\'') => {
                bytes[at] = b'\'';
                at += 1;
            }
            // A quotation mark written twice ends a literal and begins another.
            (Some(open), sign) if sign == open => quote = None,
            _ => {}
        }
        at += 1;
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// An expression with the escapes in its literals decoded: control characters,
/// and the backslash. A pattern of LIKE keeps `\\`, which it has a use for itself.
pub(super) fn decoded(expression: Expr) -> Expr {
    within(expression, false)
}

fn within(expression: Expr, is_pattern: bool) -> Expr {
    let each = |items: Vec<Box<Expr>>| -> Vec<Box<Expr>> {
        items.into_iter().map(|item| Box::new(within(*item, is_pattern))).collect()
    };
    match expression {
        Expr::Literal(text) if text.contains('\\') => Expr::Literal(literal(&text, is_pattern)),
        Expr::Operation { op, args } => {
            let is_like = op.eq_ignore_ascii_case("like");
            let args = args.into_iter().enumerate().map(|(place, operand)| {
                Box::new(within(*operand, is_pattern || (is_like && place == 1)))
            });
            Expr::Operation { args: args.collect(), op }
        }
        Expr::Array(items) => Expr::Array(each(items)),
        // The texts of times have no escapes.
        other => other,
    }
}

fn literal(text: &str, is_pattern: bool) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut signs = text.chars();
    while let Some(sign) = signs.next() {
        let next = if sign == '\\' { signs.next() } else { None };
        match next {
            Some('a') => decoded.push('\u{7}'),
            Some('b') => decoded.push('\u{8}'),
            Some('t') => decoded.push('\t'),
            Some('n') => decoded.push('\n'),
            Some('v') => decoded.push('\u{b}'),
            Some('f') => decoded.push('\u{c}'),
            Some('r') => decoded.push('\r'),
            Some('\\') if !is_pattern => decoded.push('\\'),
            // Escapes nothing here.
            other => {
                decoded.push(sign);
                decoded.extend(other);
            }
        }
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_are_doubled_in_literals_alone() {
        for (text, wanted) in [
            (r"name = 'it\'s'", "name = 'it''s'"),
            (r"name = 'it''s \''", "name = 'it''s '''"),
            (r#""a\'b" = '\''"#, r#""a\'b" = ''''"#),
            (r"a = '' AND b = '\'ж\''", "a = '' AND b = '''ж'''"),
            ("name = 'plain'", "name = 'plain'"),
        ] {
            assert_eq!(doubled(text), wanted, "{text}");
            assert_eq!(doubled(text).len(), text.len());
        }
    }

    #[test]
    fn a_backslash_escapes_itself_and_control_characters() {
        for (text, is_pattern, wanted) in [
            (r"\a\b\t\n\v\f\r", false, "\u{7}\u{8}\t\n\u{b}\u{c}\r"),
            (r"C:\\new", false, r"C:\new"),
            (r"C:\\new", true, r"C:\\new"),
            (r"100\%\n", true, "100\\%\n"),
            (r"\q\", false, r"\q\"),
        ] {
            assert_eq!(literal(text, is_pattern), wanted, "{text}");
        }
    }
}
