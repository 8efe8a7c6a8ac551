//! Tiles that were drawn and may be asked for again, up to so many bytes. Each is of one
//! snapshot and one day, so that none is ever wrong; those of a snapshot that is no
//! longer served make room.

use std::hash::RandomState;

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{OptionsBuilder, Weighter};

use super::arrive::Arrived;
use crate::atlas::Day;
use crate::format::mvt::MVT;

/// Bytes of a tile that is neither large nor small, for room that is made beforehand.
const USUAL: u64 = 64 * 1024;

/// Tiles by what was asked.
pub struct Kept(Option<Cache<Asked, Bytes, BySize, RandomState>>);

/// All that a tile depends on. Nothing of it is a part of the request, which would stay in
/// memory whole.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    version: String,
    day: Day,
    target: String,
    is_taken: bool,
}

#[derive(Clone)]
struct BySize;

impl Weighter<Asked, Bytes> for BySize {
    fn weight(&self, asked: &Asked, tile: &Bytes) -> u64 {
        (size_of::<Asked>() + asked.version.len() + asked.target.len() + tile.len()) as u64
    }
}

impl Asked {
    /// What a request for a tile asks.
    pub fn of(arrived: &Arrived, request: &Request) -> Self {
        Self {
            version: arrived.served.atlas.version.clone(),
            day: arrived.today,
            target: request.uri().path_and_query().map(ToString::to_string).unwrap_or_default(),
            is_taken: arrived.accept.takes(&[MVT]),
        }
    }
}

impl Kept {
    /// Room for so many bytes; none where that is nothing.
    pub fn new(bytes: u64) -> Self {
        #[allow(clippy::cast_possible_truncation)] // A guess.
        let usual = (bytes / USUAL) as usize;
        // In one piece: tiles are large, and parts of it would hold few of them.
        let options = OptionsBuilder::new()
            .estimated_items_capacity(usual)
            .weight_capacity(bytes)
            .shards(1)
            .build();
        let cache = options.ok().filter(|_| bytes > 0).map(|options| {
            Cache::with_options(options, BySize, RandomState::new(), DefaultLifecycle::default())
        });
        Self(cache)
    }

    /// Gives up the tiles of snapshots but of some versions.
    pub fn keep_only(&self, versions: &[&str]) {
        if let Some(cache) = &self.0 {
            cache.retain(|asked, _| versions.contains(&asked.version.as_str()));
        }
    }

    /// The tile that was asked for before.
    pub fn get(&self, asked: &Asked) -> Option<Response> {
        self.0.as_ref()?.get(asked).map(answer)
    }

    /// Keeps the tile that an answer is, where it is one.
    pub async fn keep(&self, asked: Asked, response: Response) -> Response {
        let is_tile = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == MVT)
            || response.status() == StatusCode::NO_CONTENT;
        let length = response.body().size_hint().exact().and_then(|length| length.try_into().ok());
        let (Some(cache), Some(length), true) = (&self.0, length, is_tile) else { return response };
        let (parts, body) = response.into_parts();
        match to_bytes(body, length).await {
            Ok(tile) => {
                cache.insert(asked, tile.clone());
                Response::from_parts(parts, Body::from(tile))
            }
            // It lies in memory; nothing can come between.
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

fn answer(tile: Bytes) -> Response {
    if tile.is_empty() {
        return StatusCode::NO_CONTENT.into_response();
    }
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MVT));
    (headers, tile).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::today;

    #[tokio::test]
    async fn tiles_of_a_snapshot_that_is_gone_make_room() {
        let kept = Kept::new(1 << 20);
        let asked = |version: &str| Asked {
            version: version.to_owned(),
            day: today(),
            target: "/tiles/WebMercatorQuad/1/0/1".to_owned(),
            is_taken: true,
        };
        for version in ["before", "now"] {
            kept.keep(asked(version), answer(Bytes::from_static(b"tile"))).await;
        }
        kept.keep_only(&["now"]);
        assert!(kept.get(&asked("before")).is_none());
        assert!(kept.get(&asked("now")).is_some());
    }
}
