//! Links of an answer (RFC 8288), in the order of members that all of them have.

use std::borrow::Cow;

use serde::Serialize;

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    pub rel: &'static str,
    /// Media type of what it leads to.
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub title: Cow<'static, str>,
    pub href: String,
    /// Whether the address is a template (RFC 6570).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub templated: bool,
}
