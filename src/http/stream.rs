//! Answers that are written as they are sent: a layer is streamed, not gathered.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, StreamExt};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::problem::Problem;
use crate::format::{Format, Holds};
use crate::query::Stop;

/// Bytes that are sent at once.
const CHUNK: usize = 64 * 1024;

/// Chunks that may wait for a slow reader.
const WAITING: usize = 4;

/// Bytes of a download that wait for its reader.
pub const WAITING_BYTES: usize = (WAITING + 1) * CHUNK;

/// Headers of an answer, about: room for them is made once.
const HEADERS: usize = 16;

/// What a thread is called that writes a download.
const THREAD: &str = "download";

/// How far it steps back: to a tenth of the time that another thread is given beside it.
/// At the farthest, 19, one that holds what others wait for could be kept from going on.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// How an answer is written.
#[derive(Clone, Copy, Debug)]
pub enum How {
    /// Here and now, in about so many bytes.
    AtOnce(usize),
    /// As it is taken, once [`admit`](super::admit) has room for it and what it holds.
    AsTaken(Holds),
}

/// An answer in a format, written by `write`. Formats that are files get a name to be
/// saved under, where there is one ([`Ask::file_name`](super::ask::Ask::file_name)).
pub fn written(
    format: Format,
    name: Option<&str>,
    how: How,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static,
) -> Result<Response, Problem> {
    let mut response = match how {
        How::AtOnce(bytes) => {
            let mut body = Vec::with_capacity(bytes);
            write(&mut body)?;
            Response::new(body.into())
        }
        How::AsTaken(held) => Unwritten::answer(write, held),
    };
    let headers = response.headers_mut();
    headers.reserve(HEADERS);
    let kind = header::HeaderValue::from_static(format.media_type());
    headers.insert(header::CONTENT_TYPE, kind);
    if format != Format::GeoJson
        && let Ok(file) = header::HeaderValue::try_from(attached(name, format.extension()))
    {
        headers.insert(header::CONTENT_DISPOSITION, file);
    }
    Ok(response)
}

/// `Content-Disposition` of a file (RFC 6266): a name that any system takes, and
/// beside it the one that was meant where that differs.
fn attached(name: Option<&str>, extension: &str) -> String {
    let Some(name) = name else { return "attachment".to_owned() };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let taken: String = name.chars().map(|c| if plain(c) { c } else { '_' }).collect();
    let text = format!("attachment; filename=\"{taken}.{extension}\"");
    if taken == name {
        return text;
    }
    let meant = utf8_percent_encode(name, NON_ALPHANUMERIC);
    format!("{text}; filename*=UTF-8''{meant}.{extension}")
}

type Writing = Box<dyn FnOnce(&mut dyn Write) -> io::Result<()> + Send>;

/// The body of an answer that was worked out and is yet to be written. It travels with
/// the answer's head, which it must leave before that is sent.
#[derive(Clone)]
pub struct Unwritten(Arc<Mutex<Option<Writer>>>);

impl Unwritten {
    fn answer(
        write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static,
        held: Holds,
    ) -> Response {
        // Of no length that is known.
        let mut response = Body::from_stream(stream::empty::<Chunk>()).into_response();
        let writer = Writer { write: Box::new(write), held };
        response.extensions_mut().insert(Self(Arc::new(Mutex::new(Some(writer)))));
        response
    }

    /// What is to be written of an answer, if it is not written.
    pub fn of(response: &mut Response) -> Option<Writer> {
        let Self(held) = response.extensions_mut().remove()?;
        held.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Why a writer broke off: by a defect of its own.
#[derive(Debug, thiserror::Error)]
#[error("a defect of the writer")]
pub struct Defect;

/// Writes a body.
pub struct Writer {
    write: Writing,
    /// What it holds until it has, without what waits to be read.
    pub held: Holds,
}

impl Writer {
    /// Writes it here and now, up to a length.
    ///
    /// # Errors
    /// When it is longer, or cannot be written.
    pub fn gather(self, most: usize) -> io::Result<Vec<u8>> {
        let mut gathered = Gathered { bytes: Vec::new(), most };
        (self.write)(&mut gathered)?;
        Ok(gathered.bytes)
    }

    /// Writes it as it is taken, on a thread of its own that lets others go first, until
    /// it is told to stop. Its first bytes are there, so that what cannot be written at
    /// all is refused. The room that it has is given back when the thread ends: it may
    /// notice late that nobody reads any longer.
    ///
    /// # Errors
    /// When it cannot.
    pub async fn start(self, stop: Stop, room: impl Send + 'static) -> io::Result<Body> {
        let (sender, mut receiver) = channel(WAITING);
        let thread = thread::Builder::new().name(THREAD.to_owned());
        let thread = thread.spawn(move || {
            let _room = room;
            step_back();
            let mut chunks = Chunks { sender, stop, bytes: Vec::with_capacity(CHUNK) };
            // A writer that breaks off, also by a defect, must not seem to have ended.
            let write =
                AssertUnwindSafe(|| (self.write)(&mut chunks).and_then(|()| chunks.flush()));
            let written = catch_unwind(write).unwrap_or_else(|_| Err(io::Error::other(Defect)));
            // A reader that went away is no error; another error breaks the body
            // off, so that half an answer is not taken for a whole one.
            if let Err(error) = written
                && error.kind() != io::ErrorKind::BrokenPipe
            {
                if error.kind() != io::ErrorKind::TimedOut {
                    tracing::error!(%error, "an answer could not be written");
                }
                let _ = chunks.sender.blocking_send(Err(error));
            }
        });
        if let Err(error) = thread {
            tracing::error!(%error, "there is no thread for a download");
            return Err(error);
        }
        let first = receiver.recv().await.transpose()?;
        Ok(Body::from_stream(chunks_of(first, receiver)))
    }
}

/// Has this thread take what the others leave of the cores: many downloads together
/// would keep every short answer waiting. Elsewhere than on Linux that would be asked of
/// the whole process.
fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(NICENESS) {
        tracing::debug!(%error, "downloads go beside other work, not behind it");
    }
}

/// Bytes in memory, up to a length.
struct Gathered {
    bytes: Vec<u8>,
    most: usize,
}

impl Write for Gathered {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.most {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

type Chunk = io::Result<Bytes>;

fn chunks_of(
    first: Option<Bytes>,
    receiver: Receiver<Chunk>,
) -> impl futures_util::Stream<Item = Chunk> {
    stream::unfold((first, receiver), async |(first, mut receiver)| {
        let chunk = match first {
            Some(first) => Ok(first),
            None => receiver.recv().await?,
        };
        Some((chunk, (None, receiver)))
    })
    // Compression asks once more after the end.
    .fuse()
}

/// Gathers bytes and sends them chunk by chunk.
struct Chunks {
    sender: Sender<Chunk>,
    stop: Stop,
    bytes: Vec<u8>,
}

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(CHUNK - self.bytes.len());
        self.bytes.extend_from_slice(&bytes[..taken]);
        if self.bytes.len() == CHUNK {
            self.flush()?;
        }
        Ok(taken)
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

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use axum::http::StatusCode;

    use super::*;

    #[tokio::test]
    async fn a_writer_with_a_defect_does_not_seem_to_have_ended() {
        for before in [0, 3 * CHUNK + 1] {
            let write = move |out: &mut dyn Write| {
                out.write_all(&vec![7; before])?;
                panic!("a defect")
            };
            let writer = Writer { write: Box::new(write), held: Holds::default() };
            match writer.start(Stop::new(), ()).await {
                Err(error) => {
                    assert_eq!(before, 0);
                    let refusal = Problem::from(error).into_response();
                    assert_eq!(refusal.status(), StatusCode::INTERNAL_SERVER_ERROR);
                }
                Ok(body) => assert!(to_bytes(body, usize::MAX).await.is_err()),
            }
        }
    }
}
