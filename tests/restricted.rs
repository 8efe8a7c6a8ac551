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

use common::{Answer, Server, folder, timeless};

/// What stands in everything that is restricted, and nowhere else.
const SIGN: &str = "kestrel";

const TOKEN: &str = "f3b1c6d2-of-the-survey-team";

/// A file that knows the token.
fn tokens(dir: &Path) -> String {
    use sha2::{Digest, Sha256};
    let hash = demarc::load::hexadecimal(&Sha256::digest(TOKEN));
    folder::write(dir, "tokens", &format!("{hash}  the survey team\n"));
    dir.join("tokens").to_str().unwrap().to_owned()
}

fn serve(geodata: &Path, tokens: &str) -> Server {
    Server::start(geodata, &["--tokens", tokens, "--base-url", "http://atlas.example"])
}

fn with_token(server: &Server, target: &str) -> Answer {
    server.request("GET", target, &[("Authorization", &format!("Bearer {TOKEN}"))])
}

/// The version of a snapshot in the tag of an answer.
fn version(answer: &Answer) -> Option<String> {
    Some(answer.header("etag")?.trim_matches('"').split('-').next()?.to_owned())
}

/// An answer, without what only tells one run of a server from another.
fn told(answer: &Answer) -> (u16, Vec<Option<String>>, Vec<u8>) {
    let names = ["content-type", "vary", "cache-control", "link", "content-crs", "allow"];
    let headers = names.iter().map(|name| answer.header(name).map(str::to_owned));
    let headers = headers.chain([version(answer)]).collect();
    (answer.status, headers, timeless(answer))
}
