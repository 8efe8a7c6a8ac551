//! Hostile filters are answered: refused with a reason or worked through, at once,
//! and whoever asks next is answered too.

use std::time::{Duration, Instant};

use demarc::query::filter::{Language, parse};

use crate::common::{Server, demarc_text, encoded};
use crate::rows;

/// Far more than any of them takes, on a machine that does other things too.
const AT_ONCE: Duration = Duration::from_secs(20);

fn nested_json(times: usize) -> String {
    let mut text = r#"{"op":"=","args":[{"property":"n"},1]}"#.to_owned();
    for _ in 0..times {
        text = format!(r#"{{"op":"not","args":[{text}]}}"#);
    }
    text
}

/// Each with the words of the refusal; without any it is answered.
fn hostile() -> Vec<(&'static str, String, Option<&'static str>)> {
    let chain = |link: &str, times: usize| link.repeat(times);
    vec![
        (
            "10,000 parentheses",
            format!("{}n = 1{}", chain("(", 10_000), chain(")", 10_000)),
            Some("nested deeper"),
        ),
        ("parentheses that never close", chain("(", 10_000), Some("nested deeper")),
        ("parentheses that were never open", chain(")", 10_000), Some("none opened")),
        ("100 kB", format!("name = '{}'", chain("x", 100_000)), Some("longer than")),
        ("nearly 100 kB of one text", format!("name = '{}'", chain("x", 99_980)), None),
        ("nearly 100 kB of one number", format!("n = {}", chain("1", 99_980)), None),
        ("nearly 100 kB of blanks", format!("n ={}1", chain(" ", 99_980)), None),
        ("nearly 100 kB of a list", format!("n IN (1{})", chain(",1", 49_900)), None),
        ("1,000 wildcards", format!("name LIKE '{}'", chain("%a", 1000)), None),
        ("nearly 100 kB of wildcards", format!("name LIKE '{}'", chain("%_", 49_980)), None),
        (
            "a polygon that crosses itself",
            "S_INTERSECTS(geometry, POLYGON((0 0, 10 10, 10 0, 0 10, 0 0)))".to_owned(),
            None,
        ),
        (
            "the same, related",
            "S_WITHIN(geometry, POLYGON((0 0, 10 10, 10 0, 0 10, 0 0)))".to_owned(),
            None,
        ),
        (
            "a ring of one position",
            "S_OVERLAPS(geometry, POLYGON((0 0, 0 0, 0 0, 0 0)))".to_owned(),
            Some("no inside"),
        ),
        (
            "a ring there and back",
            "S_OVERLAPS(geometry, GEOMETRYCOLLECTION(POINT(1 1),POLYGON((0 0,1 1,0 0,0 0))))"
                .to_owned(),
            Some("no inside"),
        ),
        (
            "a ring along a line",
            "S_OVERLAPS(geometry, POLYGON((0 0,1 1,2 2,0 0)))".to_owned(),
            Some("no inside"),
        ),
        ("a window that is a point", "S_OVERLAPS(geometry, BBOX(1,1,1,1))".to_owned(), None),
        ("a window that is a line", "S_CROSSES(geometry, BBOX(1,1,1,7))".to_owned(), None),
        (
            "a window of which one half is a line",
            "S_OVERLAPS(geometry, BBOX(180,-10,-170,10))".to_owned(),
            None,
        ),
        (
            "a ring of no positions",
            "S_INTERSECTS(geometry, POLYGON EMPTY)".to_owned(),
            Some("empty"),
        ),
        ("a huge coordinate", "S_INTERSECTS(geometry, POINT(1e300 1e300))".to_owned(), Some("")),
        ("20,000 NOTs", format!("{}n = 1", chain("NOT ", 20_000)), Some("too many operators")),
        ("20,000 minus signs", format!("n = {}1", chain("-", 20_000)), Some("too many operators")),
        ("minus signs apart", format!("n = {}1", chain("- ", 20_000)), Some("too many operators")),
        (
            "20,000 comparisons of comparisons",
            format!("n{}", chain("=n", 20_000)),
            Some("too many operators"),
        ),
        ("30,000 additions", format!("n = 1{}", chain("+1", 30_000)), Some("too many operators")),
        ("20,000 ORs", format!("n = 1{}", chain(" OR n = 1", 9000)), Some("too many operators")),
        ("400 ORs", format!("n = 1{}", chain(" OR n = 1", 400)), None),
        (
            "functions in functions",
            format!("{}name{} = 'x'", chain("casei(", 5000), chain(")", 5000)),
            Some("nested deeper"),
        ),
        ("casei 30 times", format!("{}name{} = 'x'", chain("casei(", 30), chain(")", 30)), None),
        ("quotation marks", chain("'", 99_999), Some("")),
        ("letters", chain("n", 99_999), Some("")),
        ("zeros", "\0".repeat(1000), Some("")),
        ("signs beyond ASCII", chain("ʻ", 20_000), Some("")),
        ("deep JSON", nested_json(2000), Some("")),
        ("JSON as deep as is refused", nested_json(60), Some("nested too deep")),
        ("JSON brackets", format!("{{\"op\":{}", chain("[", 50_000)), Some("not JSON")),
        (
            "wide JSON",
            format!(r#"{{"op":"in","args":[{{"property":"n"}},[1{}]]}}"#, chain(",1", 40_000)),
            None,
        ),
    ]
}

fn language(text: &str) -> Language {
    if text.starts_with('{') { Language::Json } else { Language::Text }
}

/// On a thread with the stack that a server's threads have.
#[test]
fn hostile_filters_are_refused_or_answered_at_once() {
    let dir = rows::dir();
    let atlas = rows::atlas(&dir);
    let mut failures = Vec::new();
    for (what, text, refusal) in hostile() {
        let begun = Instant::now();
        let answer = std::thread::scope(|scope| {
            let work = || {
                let read = parse(&text, language(&text)).map_err(|error| error.to_string());
                read.and_then(|read| rows::matches(&atlas, &read))
            };
            let thread = std::thread::Builder::new().stack_size(2 << 20);
            thread.spawn_scoped(scope, work).unwrap().join().expect("no panic")
        });
        let took = begun.elapsed();
        let fits = match (&answer, refusal) {
            (Ok(_), None) => true,
            (Err(said), Some(words)) => said.contains(words) && said.len() < 1000,
            _ => false,
        };
        if !fits || took > AT_ONCE {
            failures.push(format!("{what}: {answer:.300?} after {took:?}, wanted {refusal:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_self_crossing_polygon_is_where_it_lies() {
    let dir = rows::dir();
    let atlas = rows::atlas(&dir);
    // A bow tie from 0,0 to 10,10: its knot lies at 5,5.
    let tie = "POLYGON((0 0, 10 10, 10 0, 0 10, 0 0))";
    let meets = rows::ask(&atlas, &format!("S_INTERSECTS(geometry, {tie})")).unwrap();
    assert_eq!(meets, "abc");
}

/// The command line takes what an address is too short for.
#[test]
fn the_command_line_survives_them() {
    let dir = rows::dir();
    let folder = dir.path().to_str().unwrap();
    for (what, text, refusal) in hostile() {
        if text.contains('\0') {
            continue; // No argument can hold it.
        }
        let begun = Instant::now();
        let (code, out, err) =
            demarc_text(&["export", "rows", "--geodata", folder, "--filter", &text]);
        assert!(begun.elapsed() < AT_ONCE, "{what}: {:?}", begun.elapsed());
        match refusal {
            None => assert!(code == 0 && out.starts_with('{'), "{what}: {code} {err:.300}"),
            Some(words) => {
                assert!(code == 2 && out.is_empty(), "{what}: {code} {err:.300}");
                assert!(err.contains(words), "{what}: {err:.300}");
            }
        }
    }
}

#[test]
fn the_server_answers_whoever_asks_next() {
    let dir = rows::dir();
    let mut server = Server::start(dir.path(), &[]);
    for (what, text, refusal) in hostile() {
        // As much of it as an address holds, and the whole, which is too long.
        let whole = encoded(&text);
        let short = &whole[..whole.len().min(8000)];
        // Not in the middle of an encoded sign.
        let short = short.rsplit_once('%').map_or(short, |(before, _)| before);
        for filter in [short, &whole] {
            let answer = server.get(&format!("/collections/rows/items?filter={filter}"));
            let fine = match answer.status {
                200 => filter.len() < whole.len() || refusal.is_none(),
                400 => filter.len() < whole.len() || refusal.is_some(),
                414 | 431 => filter.len() > 8000,
                _ => false,
            };
            assert!(fine, "{what}: {} {:.300}", answer.status, answer.text());
            assert_eq!(server.get("/health/live").status, 200, "{what}");
        }
    }
    let left = server.json("/collections/rows/items?filter=n%20=%201");
    assert_eq!(left["numberMatched"], 1);
    assert!(server.child.try_wait().unwrap().is_none(), "it still runs");
}
