//! What whoever runs the service sees of it: counters, logs, health.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

mod common;

use std::collections::BTreeMap;
use std::io::Read;
use std::process::Stdio;

use common::{Server, folder};
use serde_json::Value;

/// The series of `/metrics`, by name and labels.
fn metrics(server: &Server) -> BTreeMap<String, f64> {
    let answer = server.get("/metrics");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    let text = answer.text();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("{line:?}"));
            (name.to_owned(), value.parse().unwrap_or_else(|_| panic!("{line:?}")))
        })
        .collect()
}

#[test]
fn requests_are_counted_by_route_and_status() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &[]);
    for _ in 0..3 {
        assert_eq!(server.get("/collections/areas/items/area-village").status, 200);
    }
    for target in ["/collections/areas/items/nothing", "/near?at=71.05,40.19&radius=x", "/no/where"]
    {
        server.get(target);
    }
    let counts = &server.json("/health/ready")["collections"];
    let counts = counts.as_object().unwrap().values();
    let features: f64 = counts.map(|count| count.as_f64().unwrap()).sum();
    assert!(features > 10., "{features}");
    let found = metrics(&server);
    let item = "/collections/{collection}/items/{id}";
    for (series, value) in [
        (format!("demarc_requests_total{{route=\"{item}\",status=\"200\"}}"), 3.),
        (format!("demarc_requests_total{{route=\"{item}\",status=\"404\"}}"), 1.),
        ("demarc_requests_total{route=\"/near\",status=\"400\"}".to_owned(), 1.),
        ("demarc_requests_total{route=\"other\",status=\"404\"}".to_owned(), 1.),
        (format!("demarc_request_duration_seconds_count{{route=\"{item}\"}}"), 4.),
        ("demarc_in_flight{kind=\"questions\"}".to_owned(), 0.),
        ("demarc_snapshot_features".to_owned(), features),
        ("demarc_reloads_total{outcome=\"failed\"}".to_owned(), 0.),
    ] {
        assert_eq!(found.get(&series), Some(&value), "{series} in {found:#?}");
    }
}

/// However many addresses are asked for, there are no more series; and none names
/// what was asked.
#[test]
fn labels_are_bounded() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &[]);
    let ask = |round: usize| {
        for target in [
            format!("/collections/areas/items/thing-{round}"),
            format!("/collections/layer-{round}"),
            format!("/made/up/{round}"),
            format!("/near?at=71.0{round},40.19"),
            format!("/places?q=thing-{round}"),
        ] {
            server.get(&target);
        }
        metrics(&server)
    };
    ask(0);
    let before = ask(1);
    for round in 2..20 {
        ask(round);
    }
    let after = ask(20);
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for series in after.keys() {
        assert!(!series.contains("thing-") && !series.contains("71.0"), "{series}");
    }
}

#[cfg(unix)]
#[test]
fn reloads_are_counted_by_their_outcome() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &[]);
    let count =
        |outcome: &str| metrics(&server)[&format!("demarc_reloads_total{{outcome=\"{outcome}\"}}")];
    let loaded = metrics(&server)["demarc_snapshot_loaded_timestamp_seconds"];
    assert!(loaded > 1.7e9, "{loaded}");
    let reload = |outcome: &str| {
        let before = count(outcome);
        server.signal("HUP");
        let since = std::time::Instant::now();
        while count(outcome) <= before {
            assert!(since.elapsed().as_secs() < 60, "no reload is {outcome}");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    };
    reload("unchanged");
    folder::replace(dir.path(), "claims.toml", "\"2005\"", "\"2006\"");
    reload("swapped");
    folder::replace(dir.path(), "claims.toml", "\"2006\"", "\"soon\"");
    reload("failed");
    assert_eq!((count("swapped"), count("unchanged"), count("failed")), (1., 1., 1.));
}

#[test]
fn live_and_ready_are_apart() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &[]);
    let live = server.json("/health/live");
    assert_eq!(live, serde_json::json!({ "status": "live", "version": env!("CARGO_PKG_VERSION") }));
    let ready = server.json("/health/ready");
    for member in ["snapshot", "since", "collections", "reload", "limits"] {
        assert!(!ready[member].is_null(), "{member}");
    }
    for path in ["/health/live", "/health/ready", "/metrics"] {
        assert_eq!(server.get(path).header("cache-control"), Some("no-cache"), "{path}");
    }
}

/// Whatever is asked, and however.
#[test]
fn every_method_is_counted_and_named() {
    let dir = folder::small();
    let server = Server::start(dir.path(), &[]);
    for (method, status) in [("POST", 405), ("DELETE", 405), ("OPTIONS", 200)] {
        let answer = server.request(method, "/collections", &[]);
        assert_eq!(answer.status, status, "{method}");
        assert!(answer.header("x-request-id").is_some(), "{method}");
        let series = format!("demarc_requests_total{{route=\"/collections\",status=\"{status}\"}}");
        assert!(metrics(&server).contains_key(&series), "{method}");
    }
    // No page is made of that.
    let refused = server.request("POST", "/collections", &[("Accept", "text/html")]);
    assert_eq!(refused.header("content-type"), Some("application/problem+json"));
}

/// Where whoever runs the service asks they are told all, on a thread of their own.
#[test]
fn health_is_told_at_an_address_of_its_own() {
    let dir = folder::small();
    let mut server = Server::start(dir.path(), &["--health-listen", "127.0.0.1:0"]);
    let line = server.line();
    let health = line.strip_prefix("health on http://").unwrap_or_else(|| panic!("{line}"));
    let ask = |method: &str, target: &str| {
        let head = format!(
            "{method} {target} HTTP/1.1\r\nHost: x\r\nOrigin: https://x.example\r\nConnection: close\r\n\r\n"
        );
        common::Answer::parse(&common::sent(health, &head), false)
    };
    let get = |target: &str| ask("GET", target);
    for target in ["/metrics", "/health/ready", "/nothing"] {
        let allowed = get(target).header("access-control-allow-origin").map(str::to_owned);
        assert_eq!(allowed, None, "{target} is for no page of another origin");
    }
    assert_eq!(ask("OPTIONS", "/metrics").status, 405);
    assert_eq!(get("/health/live").json()["status"], "live");
    assert_eq!(get("/health/ready").json()["reload"]["done"], 0);
    assert!(get("/metrics").text().contains("demarc_connections "));
    assert_eq!(get("/collections").status, 404, "nothing else is");
    assert_eq!(server.json("/health/live")["status"], "live");
}

/// What a server writes to stderr while it answers some requests; the ids that it
/// gave them.
fn logged(level: &str, form: &str, targets: &[&str]) -> (String, Vec<String>) {
    let dir = folder::small();
    let mut server = Server::spawn(|command| {
        let command = command.args(["--geodata"]).arg(dir.path());
        command.args(["--log", level, "--log-format", form]).stderr(Stdio::piped());
    });
    let ids = targets
        .iter()
        .map(|target| server.get(target).header("x-request-id").unwrap().to_owned())
        .collect();
    let mut stderr = server.child.stderr.take().unwrap();
    drop(server);
    let mut text = String::new();
    stderr.read_to_string(&mut text).unwrap();
    (text, ids)
}

const ASKED: [&str; 3] = [
    "/near?at=71.0512,40.1934&radius=900m",
    "/collections/areas/items?bbox=71.0512,40.1934,71.06,40.2",
    "/places?q=Village",
];

#[test]
fn logs_are_json_objects_with_the_ids_of_requests() {
    let (text, ids) = logged("debug", "json", &ASKED);
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    for (id, route) in ids.iter().zip(["/near", "/collections/{collection}/items", "/places"]) {
        let of_id: Vec<&Value> = lines.iter().filter(|line| line["id"] == **id).collect();
        assert_eq!(of_id.len(), 1, "{id} in {text}");
        let line = of_id[0];
        assert_eq!((&line["route"], &line["status"]), (&route.into(), &200.into()), "{line}");
        assert!(line["timestamp"].is_string() && line["level"] == "DEBUG", "{line}");
        assert!(line["ms"].is_u64(), "{line}");
    }
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), ids.len());
}

/// Where someone asks about may be where they are, or mean to go.
#[test]
fn no_place_that_is_asked_about_is_written_down() {
    let places = ["71.0512", "40.1934", "Village"];
    for level in ["info", "debug"] {
        let (text, _) = logged(level, "text", &ASKED);
        assert!(text.contains("listening"), "{text}");
        for place in places {
            assert!(!text.contains(place), "{place} at {level}: {text}");
        }
    }
    let (text, _) = logged("trace", "text", &ASKED);
    assert!(places.iter().all(|place| text.contains(place)), "who asks for it gets it: {text}");
    let (text, _) = logged("off", "text", &ASKED);
    assert_eq!(text, "");
}
