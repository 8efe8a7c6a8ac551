//! CQL2 filters, text and JSON: parsed, compiled and run over a layer.
#![no_main]

#[path = "../../tests/common/folder.rs"]
#[allow(dead_code)]
mod folder;

use std::sync::LazyLock;

use demarc::atlas::Atlas;
use demarc::load::{Folder, load};
use demarc::query::filter::{Filter, Language, parse};
use demarc::query::{Crs, Query, run};
use libfuzzer_sys::fuzz_target;

static ATLAS: LazyLock<Atlas> = LazyLock::new(|| {
    let dir = folder::small();
    load(&Folder::Dir(dir.path().to_owned())).expect("the small folder is sound")
});

fuzz_target!(|text: &str| {
    let language = if text.trim_start().starts_with('{') { Language::Json } else { Language::Text };
    let Ok(expression) = parse(text, language) else { return };
    for layer in &ATLAS.layers {
        if let Ok(filter) = Filter::compile(&expression, layer, Crs::default()) {
            let query = Query { filter: Some(filter), ..Query::default() };
            let page = run(&ATLAS, layer, &query, "2026-01-01".parse().expect("a day"));
            assert!(page.expect("nobody stops it").matched <= layer.features.len());
        }
    }
});
