//! Tokens: what one opens, and what is none.

use tempfile::TempDir;

use crate::common::{Answer, demarc_text, folder};
use crate::folders::with_restricted;
use crate::{SIGN, TOKEN, serve, tokens, with_token};

#[test]
fn a_token_opens_it() {
    let dir = with_restricted();
    let elsewhere = TempDir::new().unwrap();
    let server = serve(dir.path(), &tokens(elsewhere.path()));
    for target in [
        "/collections/kestrel-areas/items/area-kestrel",
        "/collections/claims/items/claim-kestrel",
        "/sources/src-kestrel",
        "/near?place=Kestrelabad",
        "/timeline?feature=area-kestrel",
        "/collections/kestrel-walks/items?f=csv",
    ] {
        let answer = with_token(&server, target);
        assert_eq!(answer.status, 200, "{target}: {}", answer.text());
        assert!(answer.text().to_lowercase().contains(SIGN), "{target}");
        assert_eq!(answer.header("cache-control"), Some("private, no-cache"), "{target}");
        assert!(server.get(target).status >= 400, "{target} is for everyone");
    }
    for target in ["/collections", "/api", "/health/ready", "/tiles/WebMercatorQuad/tilejson.json"]
    {
        let answer = with_token(&server, target);
        assert!(answer.text().contains("kestrel-areas"), "{target}");
    }
    // What a claim that is restricted says of an area that is not.
    let status = |answer: Answer| answer.json()["properties"]["status"].clone();
    let target = "/collections/areas/items/area-village";
    assert_eq!(status(with_token(&server, target)), "suspected");
    assert_eq!(status(server.get(target)), "cleared");
}

#[test]
fn a_token_that_opens_nothing_is_refused() {
    let dir = with_restricted();
    let elsewhere = TempDir::new().unwrap();
    let server = serve(dir.path(), &tokens(elsewhere.path()));
    for wrong in ["Bearer", "Bearer ", "Bearer x", &format!("Bearer {TOKEN}x"), "bearer kestrel"] {
        let answer = server.request("GET", "/collections", &[("Authorization", wrong)]);
        assert_eq!(answer.status, 401, "{wrong}: {:.300}", answer.text());
        assert_eq!(answer.header("www-authenticate"), Some("Bearer error=\"invalid_token\""));
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    }
    // Of a scheme that is not ours nothing is said.
    let other = server.request("GET", "/collections", &[("Authorization", "Basic a2VzdHJlbA==")]);
    assert_eq!(other.status, 200);
    assert!(!other.text().contains(SIGN));
    // Where there are none nobody sees it.
    folder::write(elsewhere.path(), "none", "");
    let none = elsewhere.path().join("none");
    let server = serve(dir.path(), none.to_str().unwrap());
    assert_eq!(with_token(&server, "/collections").status, 401);
    assert!(!server.get("/collections").text().contains(SIGN));
}

#[test]
fn a_file_of_tokens_that_is_none_is_refused() {
    let dir = with_restricted();
    folder::write(dir.path(), "tokens", TOKEN);
    let file = dir.path().join("tokens");
    let path = dir.path().to_str().unwrap();
    let command = ["serve", "--listen", "127.0.0.1:0", "--geodata", path, "--tokens"];
    let mut command = command.to_vec();
    command.push(file.to_str().unwrap());
    let (code, _, err) = demarc_text(&command);
    assert_eq!(code, 3, "{err}");
    assert!(err.contains("--tokens") && err.contains("sha256sum"), "{err}");
    assert!(!err.contains(TOKEN), "a token is not written down: {err}");
}
