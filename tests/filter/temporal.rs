//! The fifteen temporal operators over every way in which two times can lie: days,
//! instants, intervals, open ends.

use crate::rows;

const OPERATORS: [&str; 15] = [
    "T_AFTER",
    "T_BEFORE",
    "T_CONTAINS",
    "T_DISJOINT",
    "T_DURING",
    "T_EQUALS",
    "T_FINISHEDBY",
    "T_FINISHES",
    "T_INTERSECTS",
    "T_MEETS",
    "T_METBY",
    "T_OVERLAPPEDBY",
    "T_OVERLAPS",
    "T_STARTEDBY",
    "T_STARTS",
];

/// The operator that says the same with its operands exchanged.
fn inverse(operator: &str) -> &str {
    let pairs = [
        ("T_AFTER", "T_BEFORE"),
        ("T_CONTAINS", "T_DURING"),
        ("T_FINISHEDBY", "T_FINISHES"),
        ("T_METBY", "T_MEETS"),
        ("T_OVERLAPPEDBY", "T_OVERLAPS"),
        ("T_STARTEDBY", "T_STARTS"),
    ];
    pairs
        .iter()
        .find_map(|(a, b)| match operator {
            _ if *a == operator => Some(*b),
            _ if *b == operator => Some(*a),
            _ => None,
        })
        .unwrap_or(operator)
}

/// Two times, and every operator that holds between them (OGC 21-065r2, table 13).
const TIMES: [(&str, &str, &[&str]); 24] = [
    // Allen's thirteen, of days.
    (
        "INTERVAL('2000-01-01','2000-12-31')",
        "INTERVAL('2002-01-01','2002-12-31')",
        &["BEFORE", "DISJOINT"],
    ),
    (
        "INTERVAL('2000-01-01','2001-01-01')",
        "INTERVAL('2001-01-01','2002-12-31')",
        &["MEETS", "INTERSECTS"],
    ),
    (
        "INTERVAL('2000-01-01','2001-06-01')",
        "INTERVAL('2001-01-01','2002-12-31')",
        &["OVERLAPS", "INTERSECTS"],
    ),
    (
        "INTERVAL('2000-01-01','2001-01-01')",
        "INTERVAL('2000-01-01','2002-12-31')",
        &["STARTS", "INTERSECTS"],
    ),
    (
        "INTERVAL('2000-02-01','2001-01-01')",
        "INTERVAL('2000-01-01','2002-12-31')",
        &["DURING", "INTERSECTS"],
    ),
    (
        "INTERVAL('2000-02-01','2002-12-31')",
        "INTERVAL('2000-01-01','2002-12-31')",
        &["FINISHES", "INTERSECTS"],
    ),
    (
        "INTERVAL('2000-01-01','2002-12-31')",
        "INTERVAL('2000-01-01','2002-12-31')",
        &["EQUALS", "INTERSECTS"],
    ),
    // The next day is another day: they do not meet.
    (
        "INTERVAL('2000-01-01','2000-12-31')",
        "INTERVAL('2001-01-01','2001-12-31')",
        &["BEFORE", "DISJOINT"],
    ),
    // Days alone.
    ("DATE('2020-01-01')", "DATE('2020-01-02')", &["BEFORE", "DISJOINT"]),
    ("DATE('2020-01-01')", "DATE('2020-01-01')", &["EQUALS", "INTERSECTS", "MEETS", "METBY"]),
    ("DATE('2020-01-02')", "INTERVAL('2020-01-01','2020-01-03')", &["DURING", "INTERSECTS"]),
    // Instants.
    (
        "TIMESTAMP('2020-01-01T10:00:00Z')",
        "TIMESTAMP('2020-01-01T10:00:01Z')",
        &["BEFORE", "DISJOINT"],
    ),
    (
        "TIMESTAMP('2020-01-01T10:00:00Z')",
        "TIMESTAMP('2020-01-01T12:00:00+02:00')",
        &["EQUALS", "INTERSECTS", "MEETS", "METBY"],
    ),
    (
        "TIMESTAMP('2020-01-01T10:00:00Z')",
        "INTERVAL('2020-01-01T09:00:00Z','2020-01-01T11:00:00Z')",
        &["DURING", "INTERSECTS"],
    ),
    // An instant beside days: a day lasts to its end.
    ("TIMESTAMP('2020-01-01T10:00:00Z')", "DATE('2020-01-01')", &["DURING", "INTERSECTS"]),
    ("TIMESTAMP('2020-01-02T00:00:00Z')", "DATE('2020-01-01')", &["AFTER", "DISJOINT"]),
    (
        "TIMESTAMP('2020-01-31T23:59:59Z')",
        "INTERVAL('2020-01-01','2020-01-31')",
        &["DURING", "INTERSECTS"],
    ),
    // Open ends.
    ("INTERVAL('..','2000-12-31')", "INTERVAL('2001-01-01','..')", &["BEFORE", "DISJOINT"]),
    ("INTERVAL('..','2001-12-31')", "INTERVAL('2001-01-01','..')", &["OVERLAPS", "INTERSECTS"]),
    ("INTERVAL('..','2001-12-31')", "INTERVAL('..','2002-12-31')", &["STARTS", "INTERSECTS"]),
    ("INTERVAL('2001-01-01','..')", "INTERVAL('2000-01-01','..')", &["FINISHES", "INTERSECTS"]),
    ("INTERVAL('..','..')", "INTERVAL('..','..')", &["EQUALS", "INTERSECTS"]),
    ("INTERVAL('2001-01-01','2001-12-31')", "INTERVAL('..','..')", &["DURING", "INTERSECTS"]),
    ("DATE('2020-01-01')", "INTERVAL('2020-01-01','..')", &["STARTS", "MEETS", "INTERSECTS"]),
];

#[test]
fn every_operator_over_every_way_two_times_can_lie() {
    let dir = rows::dir();
    let atlas = rows::atlas(&dir);
    let holds = |operator: &str, a: &str, b: &str| {
        let text = format!("{operator}({a}, {b})");
        let rows = rows::ask(&atlas, &text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert!(rows.is_empty() || rows == "abcdef", "{text}: {rows}");
        !rows.is_empty()
    };
    for (a, b, wanted) in TIMES {
        for operator in OPERATORS {
            let should = wanted.contains(&operator.strip_prefix("T_").unwrap());
            assert_eq!(holds(operator, a, b), should, "{operator}({a}, {b})");
            assert_eq!(holds(inverse(operator), b, a), should, "{}({b}, {a})", inverse(operator));
        }
    }
}

#[test]
fn rows_by_their_times() {
    let dir = rows::dir();
    let atlas = rows::atlas(&dir);
    let validity = "INTERVAL(begins, ends)";
    for (text, wanted) in [
        ("T_AFTER(day, DATE('2020-01-01'))".to_owned(), "bc"),
        ("T_BEFORE(day, DATE('2020-01-01'))".to_owned(), "d"),
        ("T_EQUALS(day, DATE('2020-01-01'))".to_owned(), "a"),
        ("T_DURING(day, INTERVAL('2020-01-01','2020-12-31'))".to_owned(), "b"),
        ("T_INTERSECTS(day, INTERVAL('2020-01-01','2020-12-31'))".to_owned(), "ab"),
        ("T_FINISHES(day, INTERVAL('2020-01-01','2021-12-31'))".to_owned(), "c"),
        ("T_AFTER(at, TIMESTAMP('2020-06-14T23:59:59Z'))".to_owned(), "bc"),
        ("T_EQUALS(at, TIMESTAMP('1999-12-31T10:00:00Z'))".to_owned(), "d"),
        ("T_INTERSECTS(at, DATE('2021-12-31'))".to_owned(), "c"),
        ("at < TIMESTAMP('2021-12-31T23:59:59Z')".to_owned(), "abd"),
        ("at > TIMESTAMP('2021-12-31T23:59:59.4Z')".to_owned(), "c"),
        ("day >= '2020-06-15' AND day <= DATE('2021-12-31')".to_owned(), "bc"),
        ("day BETWEEN DATE('2020-01-01') AND DATE('2020-12-31')".to_owned(), "ab"),
        ("day IN (DATE('2020-01-01'), DATE('1999-12-31'))".to_owned(), "ad"),
        // A bound that is null is open while the other is not.
        (format!("T_INTERSECTS({validity}, INTERVAL('2006-01-01','2006-12-31'))"), "ac"),
        (format!("T_INTERSECTS({validity}, DATE('1900-01-01'))"), "d"),
        (format!("T_AFTER({validity}, DATE('2004-12-31'))"), "bc"),
        (format!("T_CONTAINS({validity}, INTERVAL('2006-01-01','2030-12-31'))"), "c"),
        (format!("T_MEETS({validity}, INTERVAL('2009-12-31','2012-12-31'))"), "a"),
        (format!("T_OVERLAPS({validity}, INTERVAL('2005-06-01','2012-12-31'))"), "a"),
        (format!("T_STARTS({validity}, INTERVAL('2000-01-01','2012-12-31'))"), "a"),
        (format!("T_FINISHEDBY({validity}, INTERVAL('2015-01-01','2019-12-31'))"), "b"),
        (format!("T_DISJOINT({validity}, INTERVAL('2001-01-01','..'))"), "d"),
    ] {
        assert_eq!(rows::ask(&atlas, &text).as_deref(), Ok(wanted), "{text}");
    }
    let reversed = "T_AFTER(day, INTERVAL('2020-12-31','2020-01-01'))";
    assert!(rows::ask(&atlas, reversed).unwrap_err().contains("ends before it starts"));
}
