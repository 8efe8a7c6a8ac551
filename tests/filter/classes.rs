//! Each class of expressions: as text, as JSON, through the `cql2` crate's own
//! text and JSON, over HTTP, and by `demarc export`, it matches the same rows.

use demarc::query::filter::{Language, parse};
use serde::Deserialize;
use serde_json::Value;

use crate::common::{Server, demarc_json, encoded};
use crate::rows;

/// An expression, the same in JSON where it is written out, and the ids of the
/// rows that it must match.
#[derive(Deserialize)]
struct Case {
    text: String,
    json: Option<String>,
    rows: String,
}

fn cases() -> Vec<Case> {
    #[derive(Deserialize)]
    struct File {
        filters: Vec<Case>,
    }
    let file: File = toml::from_str(include_str!("../data/filters.toml")).unwrap();
    assert!(file.filters.len() >= 170, "{}", file.filters.len());
    let written_out = file.filters.iter().filter(|case| case.json.is_some()).count();
    assert!(written_out >= 105, "{written_out}");
    file.filters
}

#[test]
fn every_expression_matches_its_rows_in_every_writing() {
    let dir = rows::dir();
    let atlas = rows::atlas(&dir);
    let mut failures = Vec::new();
    for Case { text, json, rows } in cases() {
        let mut wrong = |how: &str, found: Result<String, String>| {
            if found.as_ref() != Ok(&rows) {
                failures.push(format!("{text} ({how}): {found:?}, wanted {rows:?}"));
            }
        };
        let expression = match parse(&text, Language::Text) {
            Ok(expression) => expression,
            Err(error) => {
                wrong("text", Err(error.to_string()));
                continue;
            }
        };
        wrong("text", rows::matches(&atlas, &expression));
        if let Some(json) = json {
            let read = parse(&json, Language::Json).map_err(|e| e.to_string());
            wrong("JSON written out", read.and_then(|read| rows::matches(&atlas, &read)));
        }
        // There and back by the crate's own writers, once and twice.
        let again = |text: String, language| {
            let read = parse(&text, language).map_err(|error| format!("{error}: {text}"));
            read.and_then(|read| rows::matches(&atlas, &read).map(|found| (read, found)))
        };
        let as_json = again(expression.to_json().unwrap(), Language::Json);
        wrong("to_json", as_json.clone().map(|(_, found)| found));
        let as_text = again(expression.to_text().unwrap(), Language::Text);
        wrong("to_text", as_text.map(|(_, found)| found));
        if let Ok((read, _)) = as_json {
            let back = again(read.to_text().unwrap(), Language::Text);
            wrong("to_json, to_text", back.map(|(_, found)| found));
        }
    }
    assert!(failures.is_empty(), "{}:\n{}", failures.len(), failures.join("\n"));
}

fn joined(collection: &Value) -> String {
    let features = collection["features"].as_array().unwrap();
    features.iter().map(|feature| feature["id"].as_str().unwrap()).collect()
}

#[test]
fn http_and_export_agree_with_it() {
    let dir = rows::dir();
    let server = Server::start(dir.path(), &[]);
    let folder = dir.path().to_str().unwrap();
    let mut failures = Vec::new();
    for (number, Case { text, json, rows }) in cases().into_iter().enumerate() {
        let mut ask = |path: &str| {
            let found = joined(&server.json(path));
            if found != rows {
                failures.push(format!("{text}: {found} at {path}, wanted {rows}"));
            }
        };
        let path = format!("/collections/rows/items?filter={}", encoded(&text));
        ask(&path);
        ask(&format!("{path}&filter-lang=cql2-text"));
        if let Some(json) = &json {
            let path = format!("/collections/rows/items?filter={}", encoded(json));
            ask(&path);
            ask(&format!("{path}&filter-lang=cql2-json"));
        }
        // Each fourth, since each is a process of its own.
        if number % 4 == 0 {
            let export = |filter: &str| {
                joined(&demarc_json(&["export", "rows", "--geodata", folder, "--filter", filter]))
            };
            if export(&text) != rows {
                failures.push(format!("{text}: export gives {}", export(&text)));
            }
            if let Some(json) = &json {
                let found = export(json);
                if found != rows {
                    failures.push(format!("{json}: export gives {found}"));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}:\n{}", failures.len(), failures.join("\n"));
}

/// What an error must say: where, and what was expected or would do.
const WRONG: [(&str, &[&str]); 22] = [
    ("n = ", &["at character 5 (its end)", "expected", "a value"]),
    ("n == 1", &["at character 4 (near `= 1`)", "expected"]),
    ("n = 1 AND", &["its end", "expected"]),
    ("name LIKE 'x", &["at character 11 (near `'x`)", "quotation mark ' is not closed"]),
    ("(n = 1", &["at character 1 (near `(n = 1`)", "parenthesis is not closed"]),
    ("n = 1)", &["at character 6 (near `)`)", "closes that none opened"]),
    ("n = 1 n = 2", &["at character 7", "expected"]),
    ("nope = 1", &["`nope` is not a property of `rows`", "there are name", "geometry"]),
    ("n = 'x'", &["`=` compares a number with a text"]),
    ("flag = 1", &["compares true or false with a number"]),
    ("n", &["a number stands where a condition is wanted"]),
    ("n + 1", &["gives no condition"]),
    ("n LIKE 'a%'", &["`like` takes a text, and has a number"]),
    ("name LIKE other", &["LIKE takes a pattern in quotes"]),
    ("S_INTERSECTS(name, POINT(1 1))", &["takes a geometry, and has a text"]),
    ("S_INTERSECTS(geometry)", &["takes 2 operand(s), and has 1"]),
    (
        "S_INTERSECTS(geometry, POINT(1 91))",
        &["1, 91 lies outside ±180, ±90", "longitude, then latitude"],
    ),
    ("day = '2020-13-01'", &["`2020-13-01` is not a time", "2024-04-15"]),
    ("T_AFTER(n, DATE('2020-01-01'))", &["takes a time, and has a number"]),
    ("A_CONTAINS(name, ('a'))", &["takes a list, and has a text"]),
    ("frob(n) = 1", &["no function `frob`", "distance"]),
    ("geometry = POINT(1 1)", &["S_EQUALS"]),
];

#[test]
fn errors_say_where_and_what_would_do() {
    let dir = rows::dir();
    let atlas = rows::atlas(&dir);
    let server = Server::start(dir.path(), &[]);
    let folder = dir.path().to_str().unwrap();
    for (text, parts) in WRONG {
        let said = rows::ask(&atlas, text).unwrap_err();
        for part in parts {
            assert!(said.contains(part), "{text}: {part:?} is not in {said:?}");
        }
        let path = format!("/collections/rows/items?filter={}", encoded(text));
        let answer = server.get(&path);
        assert_eq!(answer.status, 400, "{text}: {}", answer.text());
        let problem = answer.json();
        assert_eq!(problem["parameter"], "filter", "{text}");
        assert!(problem["detail"].as_str().unwrap().contains(parts[0]), "{text}: {problem}");
        let args = ["export", "rows", "--geodata", folder, "--filter", text];
        let (code, out, err) = crate::common::demarc_text(&args);
        assert_eq!((code, out.as_str()), (2, ""), "{text}: {err}");
        assert!(err.contains(parts[0]), "{text}: {err}");
    }
}

#[test]
fn errors_in_json_name_the_place() {
    for (text, parts) in [
        ("{", &["line 1, column", "not JSON"][..]),
        ("{\"op\":\"and\",\n\"args\":[}", &["line 2, column 9", "not JSON"]),
        ("{}", &["at $: ", "expected an object with `op`"]),
        (r#"{"op":"=","args":[{"property":"n"},null]}"#, &["at $.args[1]: ", "isNull"]),
        (
            r#"{"op":"and","args":[{"op":1,"args":[]},{"property":"n"}]}"#,
            &["at $.args[0]: ", "`op` is not a string"],
        ),
        (r#"{"op":"and","args":[]}"#, &["at $: ", "two operands"]),
        (r#"{"op":"and"}"#, &["at $: ", "`args` is not a list"]),
        (
            r#"{"op":"=","args":[{"property":1},1]}"#,
            &["at $.args[0]: ", "`property` is not a string"],
        ),
        (r#"{"op":"=","args":[{"date":1},1]}"#, &["at $.args[0]: ", "`date` is of the wrong type"]),
    ] {
        let said = parse(text, Language::Json).unwrap_err().to_string();
        for part in parts {
            assert!(said.contains(part), "{text}: {part:?} is not in {said:?}");
        }
    }
}
