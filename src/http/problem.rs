//! Refusals: `application/problem+json` (RFC 9457).

use std::io;
use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::link::Link;
use super::stream::Defect;
use crate::query::Stopped;

/// Why a request is not answered as it was meant.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    detail: String,
    parameter: Option<String>,
    links: Vec<Link>,
    /// After how many seconds it may go better.
    retry_after: Option<u64>,
}

impl Problem {
    fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let (parameter, links, retry_after) = (None, Vec::new(), None);
        Self { status, detail: detail.into(), parameter, links, retry_after }
    }

    /// 400: a parameter's value is wrong; `detail` says what would do.
    pub fn parameter(name: &str, detail: impl Into<String>) -> Self {
        let problem = Self::new(StatusCode::BAD_REQUEST, format!("`{name}`: {}", detail.into()));
        Self { parameter: Some(name.to_owned()), ..problem }
    }

    /// 400: the request as a whole is wrong.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// 401: a token that opens nothing.
    pub fn unauthorized() -> Self {
        let detail = "the token in `Authorization` is not known here; show another, or none to \
                      be answered as everyone is";
        Self::new(StatusCode::UNAUTHORIZED, detail)
    }

    /// 401: what is told to who shows a token.
    pub fn for_tokens() -> Self {
        let detail = "this shows when what is restricted changes; show a token in \
                      `Authorization`, or ask where --health-listen says";
        Self::new(StatusCode::UNAUTHORIZED, detail)
    }

    /// 404: there is no such thing.
    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail)
    }

    /// 405: there is such a thing, and it cannot be changed.
    pub fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "everything here is read with GET or HEAD")
    }

    /// 406: nothing here is of a type that the request accepts.
    pub fn not_acceptable(offered: &str) -> Self {
        Self::new(
            StatusCode::NOT_ACCEPTABLE,
            format!("this is offered as {offered}; name it in `Accept`, or leave that out"),
        )
    }

    /// 406: an answer that no page is made of.
    pub fn no_page(most: usize) -> Self {
        let detail = format!(
            "this makes more than the {most} bytes that a page is made of; ask for \
             less, or for it as data with `f=json`"
        );
        Self::new(StatusCode::NOT_ACCEPTABLE, detail)
    }

    /// 410: the thing does not hold at the time asked for.
    pub fn gone(detail: impl Into<String>, links: Vec<Link>) -> Self {
        Self { links, ..Self::new(StatusCode::GONE, detail) }
    }

    /// 414: the address is too long.
    pub fn too_long(limit: u32) -> Self {
        Self::new(
            StatusCode::URI_TOO_LONG,
            format!(
                "the address and its query are longer than {limit} bytes; ask for less at once"
            ),
        )
    }

    /// 413: a body where none is read.
    pub fn too_large(limit: u32) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("nothing here takes a body, let alone one of more than {limit} bytes"),
        )
    }

    /// 429: one client asks too often.
    pub fn too_many(retry_after: Duration) -> Self {
        let detail = "you ask more often than one client may; wait as long as `Retry-After` says, \
                      or ask for more at once";
        Self::new(StatusCode::TOO_MANY_REQUESTS, detail).after(retry_after)
    }

    /// 429: one client has as many downloads under way as one may.
    pub fn too_many_downloads() -> Self {
        let detail = "you have as many downloads and large pages under way as one client may; \
                      let one of them end";
        Self::new(StatusCode::TOO_MANY_REQUESTS, detail).after(Duration::from_secs(1))
    }

    /// 429: one client leaves too much of what it asked for unread.
    pub fn unread() -> Self {
        let detail = "you have not read as much of the answers before as one client may leave; \
                      read them first";
        Self::new(StatusCode::TOO_MANY_REQUESTS, detail).after(Duration::from_secs(1))
    }

    /// 426: an answer that HTTP/1.0 cannot tell the end of.
    pub fn upgrade() -> Self {
        let detail = "this is sent in pieces, and in HTTP/1.0 a part of it would look like the \
                      whole; ask in HTTP/1.1, or for less by `limit`";
        Self::new(StatusCode::UPGRADE_REQUIRED, detail)
    }

    /// 500: the fault is ours.
    pub fn defect() -> Self {
        let detail = "something is wrong here, not with what you ask; ask for it another way, and \
                      tell whoever runs this service, with the `X-Request-Id` of this answer";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, detail)
    }

    /// 503: all clients together ask for more than can be done at once.
    pub fn busy(what: &str) -> Self {
        let detail = format!("too many {what} are under way; ask again in a moment");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail).after(Duration::from_secs(1))
    }

    /// 503: an answer took longer than one may.
    pub fn too_slow() -> Self {
        let detail = "this takes longer than one answer may, and was broken off; narrow it by \
                      `bbox`, `datetime`, `limit` or a simpler `filter`";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail).after(Duration::from_mins(1))
    }

    fn after(self, retry_after: Duration) -> Self {
        // Rounded up: who comes a moment too early is refused again.
        let whole = retry_after.as_secs() + u64::from(retry_after.subsec_nanos() > 0);
        Self { retry_after: Some(whole), ..self }
    }

    /// The same refusal, of the value of a parameter.
    #[must_use]
    pub fn of_parameter(self, name: &str) -> Self {
        let detail = format!("`{name}`: {}", self.detail);
        Self { detail, parameter: Some(name.to_owned()), ..self }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = json!({
            "type": "about:blank",
            "title": self.status.canonical_reason().unwrap_or("Refused"),
            "status": self.status.as_u16(),
            "detail": self.detail,
        });
        if let Some(parameter) = self.parameter {
            body["parameter"] = json!(parameter);
        }
        if !self.links.is_empty() {
            body["links"] = json!(self.links);
        }
        let headers = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (self.status, headers, body.to_string()).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer error=\"invalid_token\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        if self.status == StatusCode::UPGRADE_REQUIRED {
            let headers = response.headers_mut();
            headers.insert(header::UPGRADE, HeaderValue::from_static("HTTP/1.1"));
            headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        }
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<io::Error> for Problem {
    /// An answer that could not be written. Why is in the log: it may tell of the
    /// machine.
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::TimedOut {
            return Self::too_slow();
        }
        if error.get_ref().and_then(|inner| inner.downcast_ref::<Defect>()).is_some() {
            return Self::defect();
        }
        let detail = "this cannot be written at the moment; ask again later, or for another \
                      format, and tell whoever runs this service";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail).after(Duration::from_mins(1))
    }
}

impl From<Stopped> for Problem {
    fn from(_: Stopped) -> Self {
        Self::too_slow()
    }
}
