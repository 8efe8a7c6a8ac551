//! Refusals: `application/problem+json` (RFC 9457).

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Why a request is not answered as it was meant.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    detail: String,
    parameter: Option<String>,
    links: Vec<Value>,
}

impl Problem {
    fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), parameter: None, links: Vec::new() }
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

    /// 410: the thing does not hold at the time asked for.
    pub fn gone(detail: impl Into<String>, links: Vec<Value>) -> Self {
        Self { links, ..Self::new(StatusCode::GONE, detail) }
    }

    /// 414: the address is too long.
    pub fn too_long(limit: usize) -> Self {
        Self::new(
            StatusCode::URI_TOO_LONG,
            format!(
                "the address and its query are longer than {limit} bytes; ask for less at once"
            ),
        )
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
        (self.status, headers, body.to_string()).into_response()
    }
}
