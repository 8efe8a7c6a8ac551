//! Answers that are written as they are sent: a layer is streamed, not gathered.

use std::io::{self, Write};

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, StreamExt};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::format::Format;
use crate::query::Stop;

/// Bytes that are sent at once.
const CHUNK: usize = 64 * 1024;

/// Chunks that may wait for a slow reader.
const WAITING: usize = 4;

/// An answer in a format, written by `write`: at once when it is `small`, else
/// as it is sent, on a thread of its own, until it is told to stop. Formats that
/// are files get a name to be saved under.
pub fn written(
    format: Format,
    name: &str,
    small: bool,
    stop: Stop,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static,
) -> Response {
    let mut response = if small { gathered(write) } else { streamed(stop, write) };
    let headers = response.headers_mut();
    let kind = header::HeaderValue::from_static(format.media_type());
    headers.insert(header::CONTENT_TYPE, kind);
    if format != Format::GeoJson
        && let Ok(file) = header::HeaderValue::try_from(attached(name, format.extension()))
    {
        headers.insert(header::CONTENT_DISPOSITION, file);
    }
    response
}

/// `Content-Disposition` of a file (RFC 6266): a name that any system takes, and
/// beside it the one that was meant where that differs.
fn attached(name: &str, extension: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let taken: String = name.chars().map(|c| if plain(c) { c } else { '_' }).collect();
    let text = format!("attachment; filename=\"{taken}.{extension}\"");
    if taken == name {
        return text;
    }
    let meant = utf8_percent_encode(name, NON_ALPHANUMERIC);
    format!("{text}; filename*=UTF-8''{meant}.{extension}")
}

/// Does what may take a while on a thread of its own, so that others are answered
/// meanwhile.
pub async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        // An answer made of nothing would say that nothing is there.
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

fn gathered(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Response {
    let mut body = Vec::new();
    // Writing to memory does not fail.
    let _ = write(&mut body);
    body.into_response()
}

fn streamed(
    stop: Stop,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static,
) -> Response {
    let (sender, receiver) = channel(WAITING);
    tokio::task::spawn_blocking(move || {
        let mut chunks = Chunks { sender, stop, bytes: Vec::with_capacity(CHUNK) };
        let written = write(&mut chunks).and_then(|()| chunks.flush());
        // A reader that went away is no error; another error breaks the body
        // off, so that half an answer is not taken for a whole one.
        if let Err(error) = written
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            let _ = chunks.sender.blocking_send(Err(error));
        }
    });
    Body::from_stream(chunks_of(receiver)).into_response()
}

type Chunk = io::Result<Bytes>;

fn chunks_of(receiver: Receiver<Chunk>) -> impl futures_util::Stream<Item = Chunk> {
    let chunks = stream::unfold(receiver, async |mut receiver| {
        receiver.recv().await.map(|chunk| (chunk, receiver))
    });
    // Compression asks once more after the end.
    chunks.fuse()
}

/// Gathers bytes and sends them chunk by chunk.
struct Chunks {
    sender: Sender<Chunk>,
    stop: Stop,
    bytes: Vec<u8>,
}

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        self.stop.check()?;
        let bytes = std::mem::replace(&mut self.bytes, Vec::with_capacity(CHUNK));
        let sent = self.sender.blocking_send(Ok(bytes.into()));
        sent.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}
