//! Addresses with their query strings, and headers, to the whole router: the first line of
//! an input is an address, each further one a header. What is restricted is told to nobody
//! who shows no token.
#![no_main]

#[path = "../../tests/common/folder.rs"]
#[allow(dead_code)]
mod folder;

use std::cell::RefCell;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use clap::Parser;
use demarc::http::{App, Limits, Setting, Tokens, router};
use demarc::load::{Folder, load_all};
use libfuzzer_sys::fuzz_target;
use percent_encoding::percent_decode_str;
use tokio::runtime::{Builder, Runtime};
use tower_service::Service;

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    limits: Limits,
}

/// A layer of values of several types, and one for who shows a token.
const LAYERS: &str = r#"
[[layer]]
id = "mixed"
file = "mixed.geojsonl"
kind = "plain"

[[layer]]
id = "closed"
file = "closed.geojsonl"
kind = "plain"
access = "restricted"
"#;

/// What stands in what is restricted, and nowhere else.
const SIGN: &str = "kestrel";

/// The hash of `t`, which opens what is restricted.
const TOKENS: &str = "e3b98a4da31a127d4bde6e43033f66ba274cab0eb7eb1c70ec41402bf6273dd8\n";

/// Headers of a request, at the most.
const HEADERS: usize = 8;

fn asked(input: &str) -> Option<Request<Body>> {
    let mut lines = input.split('\n');
    let target = lines.next().unwrap_or_default();
    let mut request = Request::builder().uri(format!("/{target}")).header(header::HOST, "x");
    for line in lines.take(HEADERS) {
        let (name, value) = line.split_once(':')?;
        request = request.header(name, value.trim());
    }
    request.body(Body::empty()).ok()
}

fn folder() -> tempfile::TempDir {
    let dir = folder::small();
    let atlas = std::fs::read_to_string(dir.path().join("atlas.toml")).expect("it is written");
    folder::write(dir.path(), "atlas.toml", &(atlas + LAYERS));
    let row = |name: &str, value: &str| {
        format!(
            r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[71,40]}},"properties":{{"name":"{name}","value":{value}}}}}"#
        )
    };
    let mixed = ["1", "\"a\"", "2", "true", "null", "[1]", "{}", "0.5", "\"2\"", "\"2020-01-01\""];
    let mixed: Vec<String> = (0..60).map(|n| row("m", mixed[n % mixed.len()])).collect();
    folder::write(dir.path(), "mixed.geojsonl", &mixed.join("\n"));
    folder::write(dir.path(), "closed.geojsonl", &row(SIGN, "1"));
    dir
}

fn served() -> (Runtime, Router) {
    let dir = folder();
    let loaded = load_all(&Folder::Dir(dir.path().to_owned())).expect("the folder is sound");
    let Flags { limits } = Flags::parse_from([""]);
    let tokens = Some(Tokens::parse(TOKENS).expect("it is a hash"));
    let app = App::new(loaded, Setting { tokens, ..Setting::default() }, limits);
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut router = router(&Arc::new(app));
    // Where this is refused at the door so is all else, and nothing is thrown at anything.
    for (input, is_seen) in
        [("collections/closed", false), ("collections/closed\nAuthorization: Bearer t", true)]
    {
        let known = asked(input).expect("it is an address");
        let answer = runtime.block_on(router.call(known)).expect("it is infallible");
        let status = if is_seen { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(answer.status(), status, "{input}");
    }
    (runtime, router)
}

thread_local! {
    static SERVED: RefCell<(Runtime, Router)> = RefCell::new(served());
}

fuzz_target!(|input: &str| {
    let Some(request) = asked(input) else { return };
    // Whoever names it is told that there is none of that name.
    let is_named = percent_decode_str(input).decode_utf8_lossy().to_lowercase().contains(SIGN);
    let mut shown = request.headers().get_all(header::AUTHORIZATION).iter();
    let is_shown = shown.any(|token| token.as_bytes().eq_ignore_ascii_case(b"bearer t"));
    SERVED.with_borrow_mut(|(runtime, router)| {
        runtime.block_on(async {
            let response = router.call(request).await.expect("it is infallible");
            let status = response.status();
            assert!(!status.is_server_error(), "{status}");
            let body = to_bytes(response.into_body(), usize::MAX).await;
            let body = body.expect("the answer is whole");
            let tells = body.windows(SIGN.len()).any(|part| part == SIGN.as_bytes());
            assert!(!tells || is_named || is_shown, "what is restricted is told");
        });
    });
});
