//! Files: the map, built into the binary, and the atlas's elevation tiles.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use rust_embed::RustEmbed;

use super::ask::Ask;
use super::page;
use super::problem::Problem;
use crate::query::values;

/// The built map. Absent when the binary was compiled before `web/` was built.
#[derive(RustEmbed)]
#[folder = "web/dist/"]
#[allow_missing = true]
struct Map;

/// Media type of elevation tiles.
const PNG: &str = "image/png";

/// Nothing inline, nothing from elsewhere; MapLibre draws with a worker from a blob.
/// (What it and Solid set on `style` of an element is no inline style.)
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self'; \
    worker-src 'self' blob:; img-src 'self' data: blob:; style-src 'self'; \
    connect-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'self'";

/// Whether the map is built into this binary.
pub(super) fn has_map() -> bool {
    Map::get("index.html").is_some()
}

/// The map's page.
pub(super) fn map() -> Result<Response, Problem> {
    file("index.html", &HeaderMap::new()).ok_or_else(|| {
        Problem::not_found(
            "this binary was built without the map; build it with `make build`, or ask for ?f=json",
        )
    })
}

/// What the build compressed better than there is time for here, by the coding and the
/// end of the file's name. The first that is taken is sent.
const CODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

/// A mark of answers that are not compressed on their way.
#[derive(Clone, Copy)]
pub struct AsItIs;

fn file(name: &str, asked: &HeaderMap) -> Option<Response> {
    let mut taken = CODINGS.into_iter().filter(|(coding, _)| takes(asked, coding));
    let coded = taken.find_map(|(coding, end)| Some((coding, Map::get(&format!("{name}.{end}"))?)));
    let (coding, file) = match coded {
        Some((coding, file)) => (Some(coding), file),
        None => (None, Map::get(name)?),
    };
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let mut response = file.data.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, kind.as_ref().parse().ok()?);
    // What is compressed on its way is counted where it is let in, and these are not.
    response.extensions_mut().insert(AsItIs);
    let headers = response.headers_mut();
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    // A script that is run as a worker is bound by its own.
    let policy = HeaderValue::from_static(CONTENT_SECURITY_POLICY);
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    if kind.subtype() == "html" {
        page::secure(headers);
    } else if name.starts_with("assets/") {
        // The build names these files by a hash of their content.
        let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
        headers.insert(header::CACHE_CONTROL, forever);
    }
    Some(response)
}

/// Whether `Accept-Encoding` names a coding, and not to refuse it (RFC 9110, 12.5.3).
fn takes(asked: &HeaderMap, coding: &str) -> bool {
    let values = asked.get_all(header::ACCEPT_ENCODING).iter();
    let named = values.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    named.into_iter().any(|named| {
        let mut parts = named.split(';').map(str::trim);
        let is_it = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok());
        is_it && weight.unwrap_or(1.) > 0.
    })
}

/// Whatever no other route knows: a file of the map, or nothing.
pub(super) async fn asset(uri: Uri, asked: HeaderMap) -> Result<Response, Problem> {
    let path = uri.path().trim_start_matches('/');
    if path == page::STYLE {
        let headers = [
            (header::CONTENT_TYPE, "text/css; charset=utf-8"),
            (header::CACHE_CONTROL, "public, max-age=3600"),
        ];
        return Ok((headers, page::STYLE_SHEET).into_response());
    }
    if let Some(path) = uri.path().strip_suffix('/').filter(|path| !path.is_empty()) {
        // A slash too many: the same address without it, relative to this server.
        let query = uri.query().map_or(String::new(), |query| format!("?{query}"));
        // Two signs before a name would be the address of another server.
        let to = format!("/{}{query}", path.trim_start_matches(['/', '\\']));
        return Ok(Redirect::permanent(&to).into_response());
    }
    file(path, &asked).ok_or_else(|| {
        Problem::not_found(format!(
            "there is nothing at `{}`; start at / or /collections",
            values::shown(uri.path())
        ))
    })
}

/// `/relief/{zoom}/{column}/{row}.png`
pub(super) async fn relief(
    path: Result<Path<(String, String, String)>, PathRejection>,
    ask: Ask,
) -> Result<Response, Problem> {
    ask.finish_as(PNG)?;
    let missing = || Problem::not_found("there is no elevation tile here");
    let Path((zoom, column, row)) = path.map_err(|_| missing())?;
    let row = row.strip_suffix(".png").ok_or_else(missing)?;
    let tile = match (zoom.parse(), column.parse(), row.parse()) {
        (Ok(zoom), Ok(column), Ok(row)) => (zoom, column, row),
        _ => return Err(missing()),
    };
    let bytes = ask.atlas.relief.as_ref().and_then(|relief| relief.tiles.get(&tile));
    let bytes = bytes.ok_or_else(missing)?.clone();
    let headers = [(header::CONTENT_TYPE, PNG), (header::CACHE_CONTROL, "public, max-age=86400")];
    Ok((headers, bytes).into_response())
}
