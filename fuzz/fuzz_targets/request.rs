//! Addresses with their query strings, to the whole router.
#![no_main]

#[path = "../../tests/common/folder.rs"]
#[allow(dead_code)]
mod folder;

use std::cell::RefCell;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use clap::Parser;
use demarc::http::{App, Limits, Setting, router};
use demarc::load::{Folder, load_all};
use libfuzzer_sys::fuzz_target;
use tokio::runtime::{Builder, Runtime};
use tower_service::Service;

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    limits: Limits,
}

fn asked(target: &str) -> Option<Request<Body>> {
    let request = Request::builder().uri(target).header(header::HOST, "x");
    request.body(Body::empty()).ok()
}

fn served() -> (Runtime, Router) {
    let dir = folder::small();
    let loaded = load_all(&Folder::Dir(dir.path().to_owned())).expect("the small folder is sound");
    let Flags { limits } = Flags::parse_from([""]);
    let app = App::new(loaded, Setting::default(), limits);
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut router = router(&Arc::new(app));
    // Where this is refused at the door so is all else, and nothing is thrown at anything.
    let known = asked("/collections").expect("it is an address");
    let answer = runtime.block_on(router.call(known)).expect("it is infallible");
    assert!(answer.status().is_success(), "{}", answer.status());
    (runtime, router)
}

thread_local! {
    static SERVED: RefCell<(Runtime, Router)> = RefCell::new(served());
}

fuzz_target!(|target: &str| {
    let Some(request) = asked(&format!("/{target}")) else { return };
    SERVED.with_borrow_mut(|(runtime, router)| {
        runtime.block_on(async {
            let response = router.call(request).await.expect("it is infallible");
            let status = response.status();
            assert!(!status.is_server_error(), "{status}");
            let body = to_bytes(response.into_body(), usize::MAX).await;
            assert!(body.is_ok(), "the answer is whole");
        });
    });
});
