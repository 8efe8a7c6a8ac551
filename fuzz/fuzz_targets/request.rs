//! Addresses with their query strings, to the whole router.
#![no_main]

#[path = "../../tests/common/folder.rs"]
#[allow(dead_code)]
mod folder;

use std::cell::RefCell;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
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

fn served() -> (Runtime, Router) {
    let dir = folder::small();
    let loaded = load_all(&Folder::Dir(dir.path().to_owned())).expect("the small folder is sound");
    let Flags { limits } = Flags::parse_from([""]);
    let app = App::new(loaded, Setting::default(), limits);
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    (runtime, router(&Arc::new(app)))
}

thread_local! {
    static SERVED: RefCell<(Runtime, Router)> = RefCell::new(served());
}

fuzz_target!(|target: &str| {
    let Ok(request) = Request::builder().uri(format!("/{target}")).body(Body::empty()) else {
        return;
    };
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
