//! Who may see what is restricted: whoever shows a token whose hash is in a file.
//! Tokens are long and random, so that a plain hash of one tells nobody the token.

use std::collections::HashSet;

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};

use crate::load::hexadecimal;

/// Hashes of tokens.
#[derive(Debug, Default)]
pub struct Tokens(HashSet<String>);

impl Tokens {
    /// Reads hashes: each a line, as `sha256sum` writes it, with whose it is after
    /// it. Empty lines and those that begin with `#` are passed over.
    ///
    /// # Errors
    /// The line that is none, and what would do.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut hashes = HashSet::new();
        for (number, line) in (1..).zip(text.lines()) {
            let hash = line.split_whitespace().next().unwrap_or_default();
            if hash.is_empty() || hash.starts_with('#') {
                continue;
            }
            if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(format!(
                    "line {number} begins with no SHA-256 hash; write the 64 hexadecimal digits \
                     that `printf %s \"$TOKEN\" | sha256sum` gives"
                ));
            }
            hashes.insert(hash.to_ascii_lowercase());
        }
        Ok(Self(hashes))
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether a token is one of them.
    #[must_use]
    pub fn know(&self, token: &str) -> bool {
        self.0.contains(&hexadecimal(&Sha256::digest(token.as_bytes())))
    }
}

/// The token that a request shows (RFC 6750, 2.1).
#[must_use]
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = text.split_once(' ').unwrap_or((text, ""));
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_by_its_hash() {
        // printf %s open-sesame | sha256sum
        let hash = "d7ecdf25eaf3deba0f2628771dbdd22d4138ab6cf38f91ed02a2ca0dec7c8ab7";
        let file = format!("# who may see all\n\n{}  the survey team\n", hash.to_uppercase());
        let tokens = Tokens::parse(&file).unwrap();
        assert_eq!(tokens.count(), 1);
        assert!(tokens.know("open-sesame"));
        for other in ["", "open-sesam", "open-sesame ", hash] {
            assert!(!tokens.know(other), "{other}");
        }
    }

    #[test]
    fn a_line_that_is_no_hash_is_named() {
        for wrong in ["open-sesame", "41ef", &"g".repeat(64)] {
            let refusal = Tokens::parse(&format!("# one\n{wrong}\n")).unwrap_err();
            assert!(refusal.contains("line 2") && refusal.contains("sha256sum"), "{refusal}");
            assert!(!refusal.contains("open-sesame"), "a token is not written down");
        }
    }
}
