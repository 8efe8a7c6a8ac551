//! Links of an answer (RFC 8288), in the order of members that all of them have.

use std::borrow::Cow;

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::atlas::json_text::write_text;

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub rel: &'static str,
    /// Media type of what it leads to.
    pub kind: &'static str,
    pub title: Cow<'static, str>,
    pub href: String,
    /// Whether the address is a template (RFC 6570).
    pub templated: bool,
}

impl Link {
    /// Bytes of its object beside its texts, at the most.
    const BETWEEN: usize = 64;

    /// Writes it as an object of JSON.
    pub fn write(&self, out: &mut String) {
        let Self { rel, kind, title, href, templated } = self;
        // Once for all of it.
        out.reserve(rel.len() + kind.len() + title.len() + href.len() + Self::BETWEEN);
        Self::write_before_href(rel, kind, title, out);
        write_text(out, href);
        out.push_str(if *templated { ",\"templated\":true}" } else { "}" });
    }

    /// Writes an object as far as its address.
    pub fn write_before_href(rel: &str, kind: &str, title: &str, out: &mut String) {
        // Names of relations and types have no sign that JSON escapes.
        for part in ["{\"rel\":\"", rel, "\",\"type\":\"", kind, "\",\"title\":"] {
            out.push_str(part);
        }
        write_text(out, title);
        out.push_str(",\"href\":");
    }
}

impl Serialize for Link {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = String::new();
        self.write(&mut text);
        RawValue::from_string(text).map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}
