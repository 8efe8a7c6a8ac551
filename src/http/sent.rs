//! Bodies on their way: what they hold goes with their bytes, until the last of them
//! has left for the client.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};

/// Bytes of a body that are compressed at once: other requests of the thread are
/// answered in between.
const PIECE: usize = 32 * 1024;

/// A body with what is held until it is sent.
pub struct Sent<H> {
    body: Body,
    held: Arc<H>,
    /// What was taken of the body and not given on.
    rest: Bytes,
    is_compressed: bool,
    /// Whether others are to be let before.
    rests: bool,
}

/// Bytes with what is held for them.
struct Kept<H> {
    bytes: Bytes,
    _held: Arc<H>,
}

impl<H> AsRef<[u8]> for Kept<H> {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl<H: Send + Sync + 'static> Sent<H> {
    /// A body that holds something, and may be compressed on its way.
    pub fn body(body: Body, held: H, is_compressed: bool) -> Body {
        let (held, rest) = (Arc::new(held), Bytes::new());
        Body::new(Self { body, held, rest, is_compressed, rests: false })
    }
}

impl<H: Send + Sync + 'static> HttpBody for Sent<H> {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.rests {
            self.rests = false;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(bytes) => {
                        let held = Arc::clone(&self.held);
                        self.rest = Bytes::from_owner(Kept { bytes, _held: held });
                    }
                    Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
                },
                other => return Poll::Ready(other),
            }
        }
        let most = if self.is_compressed { PIECE } else { usize::MAX };
        let length = self.rest.len().min(most);
        let piece = self.rest.split_to(length);
        self.rests = self.is_compressed;
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (inner, own) = (self.body.size_hint(), self.rest.len() as u64);
        let mut hint = SizeHint::new();
        hint.set_lower(inner.lower() + own);
        if let Some(upper) = inner.upper() {
            hint.set_upper(upper + own);
        }
        hint
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;

    async fn frames(body: &mut Body) -> Vec<Bytes> {
        let mut all = Vec::new();
        while let Some(frame) = poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
            all.push(frame.unwrap().into_data().unwrap());
        }
        all
    }

    #[tokio::test]
    async fn what_is_held_is_held_until_the_last_byte_is_gone() {
        let held = Arc::new(());
        let mut body = Sent::body(Body::from(vec![7; 3 * PIECE + 1]), Arc::clone(&held), true);
        assert_eq!(body.size_hint().exact(), Some(3 * PIECE as u64 + 1));
        let mut pieces = frames(&mut body).await;
        assert_eq!(pieces.iter().map(Bytes::len).collect::<Vec<_>>(), [PIECE, PIECE, PIECE, 1]);
        assert!(body.is_end_stream());
        drop(body);
        let last = pieces.pop().unwrap();
        drop(pieces);
        assert_eq!(Arc::strong_count(&held), 2, "a byte is on its way still");
        drop(last);
        assert_eq!(Arc::strong_count(&held), 1);
    }

    #[tokio::test]
    async fn others_are_let_before_between_the_pieces_of_what_is_compressed() {
        for (is_compressed, pauses) in [(true, 4), (false, 0)] {
            let mut body = Sent::body(Body::from(vec![7; 4 * PIECE]), (), is_compressed);
            let mut paused = 0;
            poll_fn(|context| {
                loop {
                    match Pin::new(&mut body).poll_frame(context) {
                        Poll::Ready(None) => return Poll::Ready(()),
                        Poll::Ready(Some(_)) => {}
                        Poll::Pending => {
                            paused += 1;
                            return Poll::Pending;
                        }
                    }
                }
            })
            .await;
            assert_eq!(paused, pauses);
        }
    }
}
