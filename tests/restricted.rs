//! What is restricted is there for who shows a token, and for nobody else: no
//! answer to the public differs from that of a folder without it.
#![allow(clippy::unwrap_used, clippy::expect_used)] // A test that cannot go on fails.

mod common;

#[path = "restricted/commands.rs"]
mod commands;
#[path = "restricted/folders.rs"]
mod folders;
#[path = "restricted/public.rs"]
mod public;
#[path = "restricted/reloads.rs"]
mod reloads;
#[path = "restricted/tokens.rs"]
mod tokens;

use std::path::Path;

use common::token::{TOKEN, tokens, with_token};
use common::{Answer, Server, timeless, version};

/// What stands in everything that is restricted, and nowhere else.
const SIGN: &str = "kestrel";

fn serve(geodata: &Path, tokens: &str) -> Server {
    Server::start(geodata, &["--tokens", tokens, "--base-url", "http://atlas.example"])
}

/// An answer, without what only tells one run of a server from another.
fn told(answer: &Answer) -> (u16, Vec<Option<String>>, Vec<u8>) {
    let names = ["content-type", "vary", "cache-control", "link", "content-crs", "allow"];
    let headers = names.iter().map(|name| answer.header(name).map(str::to_owned));
    let headers = headers.chain([version(answer)]).collect();
    (answer.status, headers, timeless(answer))
}
