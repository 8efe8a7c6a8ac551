//! A connection whose other end must take what is sent: one that reads too slowly
//! would keep the answer, and the snapshot that it is of, in memory.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// What must be taken in each span of time, bytes.
const STRIDE: usize = 64 * 1024;

/// A stream that fails once its other end lets a span of time pass without taking
/// a stride.
pub(super) struct Paced<S> {
    stream: S,
    span: Duration,
    /// What was taken since the span began.
    taken: usize,
    /// The end of the span, while there is something to take.
    end: Option<Pin<Box<Sleep>>>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Paced<S> {
    pub fn new(stream: S, span: Duration) -> Self {
        Self { stream, span, taken: 0, end: None }
    }

    fn poll_taken(
        &mut self,
        context: &mut Context<'_>,
        write: impl FnOnce(Pin<&mut S>, &mut Context<'_>) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if let Poll::Ready(written) = write(Pin::new(&mut self.stream), context) {
            self.taken += written.as_ref().map_or(0, |length| *length);
            if self.taken >= STRIDE {
                self.rest();
            }
            return Poll::Ready(written);
        }
        let span = self.span;
        let end = self.end.get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + span)));
        ready!(end.as_mut().poll(context));
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "the reader is too slow")))
    }

    fn rest(&mut self) {
        self.taken = 0;
        self.end = None;
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_taken(context, |stream, context| stream.poll_write(context, bytes))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.poll_taken(context, |stream, context| stream.poll_write_vectored(context, parts))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = ready!(Pin::new(&mut self.stream).poll_flush(context));
        // There is nothing left to take.
        self.rest();
        Poll::Ready(flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Paced<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    const SPAN: Duration = Duration::from_millis(200);

    #[tokio::test(start_paused = true)]
    async fn who_takes_nothing_is_hung_up_on() {
        let (near, _far) = duplex(1024);
        let mut paced = Paced::new(near, SPAN);
        let failed = paced.write_all(&[0; 4096]).await.unwrap_err();
        assert_eq!(failed.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test(start_paused = true)]
    async fn who_takes_a_little_now_and_then_is_hung_up_on_too() {
        let (near, mut far) = duplex(1024);
        let mut paced = Paced::new(near, SPAN);
        let trickling = tokio::spawn(async move {
            let mut byte = [0];
            while far.read_exact(&mut byte).await.is_ok() {
                tokio::time::sleep(SPAN / 20).await;
            }
        });
        let failed = paced.write_all(&vec![0; 2 * STRIDE]).await.unwrap_err();
        assert_eq!(failed.kind(), io::ErrorKind::TimedOut);
        drop(paced);
        trickling.await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn who_keeps_up_gets_all_of_it_however_long_it_takes() {
        let (near, mut far) = duplex(1024);
        let mut paced = Paced::new(near, SPAN);
        let reading = tokio::spawn(async move {
            let mut stride = vec![0; STRIDE];
            for _ in 0..4 {
                far.read_exact(&mut stride).await.unwrap();
                tokio::time::sleep(SPAN / 2).await;
            }
        });
        paced.write_all(&vec![0; 4 * STRIDE]).await.unwrap();
        reading.await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_between_answers_is_no_offence() {
        let (near, mut far) = duplex(1024);
        let mut paced = Paced::new(near, SPAN);
        let reading = tokio::spawn(async move {
            let mut answer = vec![0; 4096];
            for _ in 0..3 {
                far.read_exact(&mut answer).await.unwrap();
                tokio::time::sleep(2 * SPAN).await;
            }
        });
        for _ in 0..3 {
            paced.write_all(&[0; 4096]).await.unwrap();
            paced.flush().await.unwrap();
            tokio::time::sleep(2 * SPAN).await;
        }
        reading.await.unwrap();
    }
}
