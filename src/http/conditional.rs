//! Answers that a client has already: `ETag`, `Last-Modified` and 304 (RFC 9110,
//! 13). An answer follows from the snapshot, the day and the request, so that its
//! tag is known before it is made, and what has not changed is not made again.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::fmt::rfc2822;
use jiff::{Timestamp, ToSpan};

use super::app::Served;
use super::arrive::Arrived;
use crate::atlas::Day;

/// Headers that an answer depends on, beside the address that it was sent to.
const VARYING: [header::HeaderName; 2] = [header::ACCEPT, header::ACCEPT_ENCODING];

/// What a request has of its answer, and what that will be known by.
pub(super) struct Condition {
    tag: String,
    modified: Timestamp,
    /// Whether it names the tag.
    has_it: bool,
    /// Whether it has an answer that is good as long as there is any, or no newer one.
    has_one: bool,
}

impl Condition {
    /// Of a request that reads.
    pub fn of(arrived: &Arrived, request: &Request) -> Self {
        let tag = tag(arrived, request);
        let modified = modified(&arrived.served, arrived.today);
        let given = request.headers().get(header::IF_NONE_MATCH);
        let has_it = given.is_some_and(|given| names(given, &tag));
        let has_one = match given {
            Some(given) => given.as_bytes() == b"*",
            None => is_since(request.headers(), modified),
        };
        Self { tag, modified, has_it, has_one }
    }

    /// That the client has what it would get; said before that is made, since only an
    /// answer that there was has ever carried this tag.
    pub fn unchanged(&self) -> Option<Response> {
        self.has_it.then(|| self.not_modified())
    }

    /// An answer with its tag, or that the client has it.
    pub fn answered(self, mut response: Response) -> Response {
        // Conditions are for what would be an answer (RFC 9110, 13.2.1).
        if response.status().is_success() && self.has_one {
            return self.not_modified();
        }
        if response.status() == StatusCode::OK {
            mark(response.headers_mut(), &self.tag, self.modified);
        }
        response
    }

    fn not_modified(&self) -> Response {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        mark(response.headers_mut(), &self.tag, self.modified);
        response
    }
}

/// When the answers of today became what they are: when the snapshot came to be
/// served, or today began, since what holds may change with the day (UTC).
#[must_use]
pub(super) fn changed(served: &Served, today: Day) -> Timestamp {
    let midnight = jiff::tz::TimeZone::UTC.to_timestamp(today.at(0, 0, 0, 0));
    midnight.map_or(served.since, |midnight| midnight.max(served.since))
}

/// Of when answers are dated: a second later where another snapshot may have been
/// served in the same second, and was dated so (RFC 9110, 8.8.2.2).
fn modified(served: &Served, today: Day) -> Timestamp {
    let changed = changed(served, today);
    if served.is_first || changed > served.since {
        return changed;
    }
    changed.saturating_add(1.second()).unwrap_or(changed)
}

fn tag(arrived: &Arrived, request: &Request) -> String {
    let mut hasher = DefaultHasher::new();
    request.uri().hash(&mut hasher);
    arrived.base.hash(&mut hasher);
    // What an answer is made of and says may be otherwise in another run of the server,
    // or once the same snapshot is served again.
    arrived.run.hash(&mut hasher);
    arrived.served.since.hash(&mut hasher);
    arrived.today.hash(&mut hasher);
    for name in VARYING {
        let lines = request.headers().get_all(name);
        lines.iter().count().hash(&mut hasher);
        lines.iter().for_each(|line| line.as_bytes().hash(&mut hasher));
    }
    let number = hasher.finish().to_string();
    ["\"", &arrived.served.atlas.version, "-", &number, "\""].concat()
}

/// Whether `If-None-Match` names a tag; a weak mark before it does not matter.
fn names(given: &HeaderValue, tag: &str) -> bool {
    let given = given.to_str().unwrap_or_default();
    given.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)
}

/// Whether `If-Modified-Since` is no earlier than the last change.
fn is_since(headers: &HeaderMap, modified: Timestamp) -> bool {
    headers
        .get(header::IF_MODIFIED_SINCE)
        .and_then(|value| value.to_str().ok())
        .and_then(|text| rfc2822::parse(text).ok())
        .is_some_and(|since| since.timestamp() >= modified)
}

fn mark(headers: &mut HeaderMap, tag: &str, modified: Timestamp) {
    headers.append(header::VARY, HeaderValue::from_static("accept"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(header::ETAG, tag);
    }
    // A snapshot is dated by the second after it came; until then it has no date,
    // since none lies in the future (RFC 9110, 8.8.2.1).
    if modified > Timestamp::now() {
        return;
    }
    let date = rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&modified);
    if let Some(date) = date.ok().and_then(|date| HeaderValue::try_from(date).ok()) {
        headers.insert(header::LAST_MODIFIED, date);
    }
}
