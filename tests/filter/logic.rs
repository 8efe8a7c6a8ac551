//! Three-valued logic (SQL's): true, false, and unknown, which does not match and
//! does not match when it is denied.

use demarc::atlas::Atlas;

use crate::rows;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Truth {
    True,
    False,
    Unknown,
}

use Truth::{False, True, Unknown};

/// The truth of a condition that does not depend on the row: unknown is what
/// neither matches nor is denied.
fn truth(atlas: &Atlas, condition: &str) -> Truth {
    let holds = |text: &str| {
        let rows = rows::ask(atlas, text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert!(rows.is_empty() || rows == "abcdef", "{text}: {rows}");
        !rows.is_empty()
    };
    match (holds(condition), holds(&format!("NOT ({condition})"))) {
        (true, false) => True,
        (false, true) => False,
        (false, false) => Unknown,
        (true, true) => panic!("{condition} holds and does not"),
    }
}

const ALL: [(Truth, &str); 3] = [(True, "1 = 1"), (False, "1 = 2"), (Unknown, "1 / 0 = 1")];

#[test]
fn not_and_or() {
    let dir = rows::dir();
    let atlas = rows::atlas(&dir);
    for (value, text) in ALL {
        assert_eq!(truth(&atlas, text), value, "{text}");
        let denied = match value {
            True => False,
            False => True,
            Unknown => Unknown,
        };
        assert_eq!(truth(&atlas, &format!("NOT ({text})")), denied, "{text}");
    }
    for (a, left) in ALL {
        for (b, right) in ALL {
            let both = match (a, b) {
                (False, _) | (_, False) => False,
                (True, True) => True,
                _ => Unknown,
            };
            let either = match (a, b) {
                (True, _) | (_, True) => True,
                (False, False) => False,
                _ => Unknown,
            };
            assert_eq!(truth(&atlas, &format!("{left} AND {right}")), both, "{a:?} {b:?}");
            assert_eq!(truth(&atlas, &format!("{left} OR {right}")), either, "{a:?} {b:?}");
            // Three of them, and De Morgan.
            for (c, third) in ALL {
                let all = format!("{left} AND {right} AND {third}");
                let any = format!("NOT ({left}) OR NOT ({right}) OR NOT ({third})");
                assert_eq!(
                    truth(&atlas, &format!("NOT ({all})")),
                    truth(&atlas, &any),
                    "{a:?} {b:?} {c:?}"
                );
            }
        }
    }
}

/// IN is a row of equalities joined by OR, BETWEEN two comparisons joined by AND,
/// whichever of the values is null.
#[test]
fn in_and_between() {
    let dir = rows::dir();
    let atlas = rows::atlas(&dir);
    let values = ["1", "2", "3", "(1 / 0)"];
    for value in values {
        for first in values {
            for second in values {
                let listed = truth(&atlas, &format!("{value} IN ({first}, {second})"));
                let either = truth(&atlas, &format!("{value} = {first} OR {value} = {second}"));
                assert_eq!(listed, either, "{value} in {first}, {second}");
                let refused = format!("NOT ({value} NOT IN ({first}, {second}))");
                assert_eq!(truth(&atlas, &refused), either, "{value} in {first}, {second}");

                let between = truth(&atlas, &format!("{value} BETWEEN {first} AND {second}"));
                let both = truth(&atlas, &format!("{value} >= {first} AND {value} <= {second}"));
                assert_eq!(between, both, "{value} between {first} and {second}");
            }
        }
    }
}

#[test]
fn nothing_is_known_of_what_is_null() {
    let dir = rows::dir();
    let atlas = rows::atlas(&dir);
    // Row `f` has no property and no geometry, `e` no more than a name.
    for condition in [
        "name = other",
        "other = 'x'",
        "n <> 1",
        "n < 5",
        "n > x",
        "flag",
        "flag = true",
        "other LIKE '%'",
        "CASEI(other) = 'x'",
        "n BETWEEN 0 AND 9",
        "n IN (1, 2)",
        "n + 1 > 0",
        "day = DATE('2020-01-01')",
        "T_AFTER(at, DATE('1900-01-01'))",
        "T_INTERSECTS(INTERVAL(begins, ends), INTERVAL('..', '..'))",
        "A_OVERLAPS(tags, ('red'))",
        "A_EQUALS(tags, ('red'))",
    ] {
        let rows = rows::ask(&atlas, condition).unwrap();
        let denied = rows::ask(&atlas, &format!("NOT ({condition})")).unwrap();
        assert!(!rows.contains(['e', 'f']) && !denied.contains(['e', 'f']), "{condition}");
        assert_eq!(rows.len() + denied.len(), 4, "{condition}: {rows}, not {denied}");
    }
    for condition in [
        "S_INTERSECTS(geometry, BBOX(-180,-90,180,90))",
        "S_DISJOINT(geometry, POINT(5 5))",
        "distance(geometry, POINT(5 5)) > 0",
    ] {
        let rows = rows::ask(&atlas, condition).unwrap();
        let denied = rows::ask(&atlas, &format!("NOT ({condition})")).unwrap();
        assert!(!rows.contains('f') && !denied.contains('f'), "{condition}");
        assert_eq!(rows.len() + denied.len(), 5, "{condition}: {rows}, not {denied}");
    }
}

#[test]
fn what_divides_by_nothing_is_unknown() {
    let dir = rows::dir();
    let atlas = rows::atlas(&dir);
    for condition in
        ["1 / 0 > 0", "-1 / 0 < 0", "0 / 0 = 0", "1 % 0 = 0", "0 ^ -1 > 0", "10 ^ 400 > 0"]
    {
        assert_eq!(truth(&atlas, condition), Unknown, "{condition}");
    }
    assert_eq!(rows::ask(&atlas, "1 / x > 0").unwrap(), "ad", "x is 0 in c, negative in b");
    assert_eq!(rows::ask(&atlas, "NOT (1 / x > 0)").unwrap(), "b");
    assert_eq!(truth(&atlas, "(1 / 0) IS NULL"), True);
}
