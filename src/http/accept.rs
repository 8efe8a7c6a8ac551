//! What representation a request asks for (RFC 9110, 12.5.1).

use axum::http::{HeaderMap, header};

/// The media ranges of `Accept` with their weights; empty when it is not given, or gives
/// `*/*` alone, which says as much.
#[derive(Debug)]
pub struct Accept(Vec<(String, f32)>);

/// The most ranges that are read, and the longest: they are held while a request waits for
/// its turn. Browsers send about eight; a type has 255 signs at the most (RFC 6838, 4.2).
const MOST_RANGES: usize = 32;
const LONGEST_RANGE: usize = 255;

impl Accept {
    /// Reads the headers of a request; what cannot be read is passed over, as is what comes
    /// after many.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let values = headers.get_all(header::ACCEPT);
        if values.iter().all(|value| value.as_bytes() == b"*/*") {
            return Self(Vec::new());
        }
        let values = values.iter().filter_map(|value| value.to_str().ok());
        let ranges = values.flat_map(|value| value.split(',')).filter_map(|range| {
            let mut parts = range.split(';').map(str::trim);
            let kind = parts.next()?.to_ascii_lowercase();
            let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse().ok());
            let is_range = (1..=LONGEST_RANGE).contains(&kind.len());
            is_range.then_some((kind, weight.unwrap_or(1.)))
        });
        Self(ranges.take(MOST_RANGES).collect())
    }

    /// Whether one of some types will do. Without `Accept` everything does.
    #[must_use]
    pub fn takes(&self, types: &[&str]) -> bool {
        self.0.is_empty() || types.iter().any(|kind| self.weight(kind) > 0.)
    }

    /// The type that is wanted most, of those that will do; of several that are
    /// wanted as much the first. Without `Accept` the first.
    #[must_use]
    pub fn best<'a>(&self, mut types: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        if self.0.is_empty() {
            return types.next();
        }
        let mut best: Option<(&str, f32)> = None;
        for kind in types {
            let weight = self.weight(kind);
            if weight > best.map_or(0., |(_, weight)| weight) {
                best = Some((kind, weight));
            }
        }
        best.map(|(kind, _)| kind)
    }

    /// Whether a type is named itself, not by a wildcard.
    #[must_use]
    fn names(&self, kind: &str) -> bool {
        self.0.iter().any(|(range, weight)| range == essence(kind) && *weight > 0.)
    }

    /// The weight of a type: that of the range which fits it most closely.
    fn weight(&self, kind: &str) -> f32 {
        let kind = essence(kind);
        let main = kind.split('/').next().unwrap_or_default();
        let of = |wanted: &str| self.0.iter().find(|(range, _)| range == wanted).map(|(_, w)| *w);
        let of_main = || self.0.iter().find(|(range, _)| range.strip_suffix("/*") == Some(main));
        of(kind).or_else(|| of_main().map(|(_, w)| *w)).or_else(|| of("*/*")).unwrap_or(0.)
    }

    /// Whether a page is wanted rather than data: HTML is named, and no kind of
    /// data is wanted as much by its name, or more by a wildcard.
    #[must_use]
    pub fn prefers_page<'a>(&self, data: &(impl Iterator<Item = &'a str> + Clone)) -> bool {
        let pages = ["text/html", "application/xhtml+xml"];
        let page = pages.iter().filter(|kind| self.names(kind)).map(|kind| self.weight(kind));
        let page = page.fold(0., f32::max);
        let named = self.0.iter().filter(|(range, _)| {
            range.ends_with("json") || data.clone().any(|kind| essence(kind) == range)
        });
        let named = named.map(|(_, weight)| *weight).fold(0., f32::max);
        named < page && self.weight("application/json") <= page
    }
}

/// A media type without its parameters.
pub fn essence(kind: &str) -> &str {
    kind.split(';').next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn accept(text: &'static str) -> Accept {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(text));
        Accept::of(&headers)
    }

    #[test]
    fn pages_are_for_those_who_prefer_them() {
        for text in [
            "text/html",
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
            "text/html, */*",
            "application/json;q=0.5, text/html;q=0.9",
            "TEXT/HTML; charset=utf-8",
        ] {
            assert!(accept(text).prefers_page(&["text/csv"].into_iter()), "{text}");
        }
        for text in [
            "*/*",
            "",
            "text/*",
            "application/json",
            "application/json, text/html",
            "text/html, application/geo+json",
            "text/html;q=0.5, */*",
            "text/html;q=0, */*;q=0.1",
            "text/html;q=0.9, application/vnd.oai.openapi+json;version=3.0",
            "text/csv, text/html",
        ] {
            assert!(!accept(text).prefers_page(&["text/csv"].into_iter()), "{text}");
        }
        assert!(!Accept::of(&HeaderMap::new()).prefers_page(&[].into_iter()));
    }

    #[test]
    fn a_long_list_is_read_as_far_as_anyone_would_write_one() {
        let mut headers = HeaderMap::new();
        let long = format!("{},{}*/*", "a".repeat(9000), "a/b,".repeat(9000));
        headers.insert(header::ACCEPT, HeaderValue::try_from(long).unwrap());
        let Accept(ranges) = Accept::of(&headers);
        assert_eq!(ranges.len(), MOST_RANGES);
        assert!(ranges.iter().all(|(range, _)| range == "a/b"));
    }

    #[test]
    fn types_are_taken_by_name_or_wildcard() {
        let json = ["application/json", "application/geo+json"];
        for text in ["*/*", "application/*", "application/geo+json", "image/png, */*;q=0.1", ""] {
            assert!(accept(text).takes(&json), "{text}");
        }
        for text in ["image/png", "application/json;q=0", "*/*;q=0"] {
            assert!(!accept(text).takes(&json), "{text}");
        }
        assert!(Accept::of(&HeaderMap::new()).takes(&json));
    }
}
